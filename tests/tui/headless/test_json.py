"""The JSON of every command against docs/scripts.md: each key is described there, and each described key comes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.records import trash
from domain.records.store import Store
from tests.paths import ROOT
from tests.tui.test_usage import commands
from tui.arguments import parser
from tui.cli import main
from tui.session import Session

Said = Callable[..., str]
DOCUMENT = (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")
ROAD, LINES = "t-road-repair", "t-hotline-lines"


def described(command: str) -> tuple[set[str], set[str]]:
    """The keys that the document gives for a command, and those of them that always come."""
    section = DOCUMENT.partition(f"### `tianbiao {command} --json`\n")[2].partition("\n### ")[0]
    keys = re.findall(r"^\| (?!key |---)(\S+) \|", section, re.MULTILINE)
    always = {key for key in keys if not key.startswith("[")}
    return {key[1:-1] if key.startswith("[") else key for key in keys}, always


def keys_of(value: Any, known: set[str], place: str = "") -> Iterator[str]:
    """The places of a JSON value as the document writes them; below a described one nothing is looked at."""
    if place in known:
        yield place
    elif isinstance(value, dict):
        as_data = any(key.startswith(f"{place}{{}}") for key in known)
        for key, inner in value.items():
            yield from keys_of(inner, known, f"{place}{{}}" if as_data else f"{place}.{key}".removeprefix("."))
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner, known, f"{place}[]")
    else:
        yield place


@pytest.fixture
def said(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """What a command prints, on a folder with sound records, one changed twice, a damaged one, a draft and something thrown away."""
    records.mkdir()
    for name in (ROAD, LINES):
        shutil.copy(ROOT / "data" / "examples" / f"{name}.toml", records)
    (records / "坏.toml").write_text("[", encoding="utf-8")
    text = (records / f"{ROAD}.toml").read_text(encoding="utf-8")
    names = re.findall(r'^name = "(.+)"', text.partition("[[indicators]]")[2], re.MULTILINE)
    changed = text.replace(names[0], f"{names[0]}甲").replace('level2 = "质量"', 'level2 = "时效"', 1)
    (records / "改.toml").write_text(
        re.sub(r"(?m)^target = .*", 'target = ">=7个"', changed, count=4), encoding="utf-8"
    )
    store = Store(records)
    draft = store.new()
    store.typing(draft, "project.year", "20")
    draft.journal.close()
    trash.throw(store.add(store.record(LINES)))
    session = Session(store, store.asked(ROAD))
    session.edit(("project", "phone"), "0631-5970000")
    session.close()

    def run(*words: str) -> str:
        main(["--dir", str(records), *words])
        return capsys.readouterr().out

    return run


RUNS: dict[str, list[tuple[str, ...]]] = {
    "list": [("list",)],
    "show": [("show", ROAD), ("show", LINES)],
    "check": [("check", ROAD, LINES, "改", "坏")],
    "diff": [("diff", ROAD, LINES), ("diff", ROAD, "改"), ("diff", ROAD, ROAD)],
    "suggest": [("suggest", ROAD)],
    "suggest --coverage": [("suggest", ROAD, "--coverage")],
    "history": [("history", ROAD)],
    "trash": [("trash",)],
    "paths": [("paths",)],
    "library stats": [("library", "stats", "--library", "own.toml")],
    "library check": [("library", "check", "own.toml")],
}


@pytest.mark.parametrize("command", RUNS)
def test_every_key_is_described_and_every_described_key_comes(
    command: str, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.toml").write_text(
        '[[entry]]\nid = "general-budget-execution-rate"\nunit = "辆"\n', encoding="utf-8"
    )
    known, always = described(command)
    come: set[str] = set()
    for words in RUNS[command]:
        text = said(*words, "--json")
        rows = [json.loads(text)] if text.startswith(("{\n", "[\n")) else list(map(json.loads, text.splitlines()))
        assert rows
        for row in rows:
            found = set(keys_of(row, known))
            come |= found
            assert {key for key in always if not re.search(r"[\[{]", key)} <= found
    assert come == known


def test_every_command_with_json_is_described() -> None:
    titles = re.findall(r"`tianbiao ([a-z ]+?)(?: --coverage)? --json`", DOCUMENT)
    having = {name for name, one in commands(parser()).items() if "--json" in one._option_string_actions}
    assert having - {"learn"} == set(titles) - {"learn grade"}
