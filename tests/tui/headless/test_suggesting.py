"""The suggest command over a record: the coverage view as text and JSON, and what it says of an unreadable record of choices."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Declaration, Indicator, Project
from domain.records.store import Store
from tui import UNREADABLE, wiring
from tui.folders import Folders
from tui.headless.suggesting import run_suggest

Said = pytest.CaptureFixture[str]
FORM = Declaration(
    project=Project(year=2026, unit="县卫生健康局", name="乡镇卫生院医疗设备购置"),
    indicators=(Indicator("产出目标", "数量", "彩超购置数量", "=6台"),),
)


@pytest.fixture
def folders(tmp_path: Path, store: Store) -> Folders:
    """A folder with one record; engines of other tests are forgotten."""
    store.add(Record(FORM))
    wiring.suggester.cache_clear()
    return Folders(store.folder, *(tmp_path / name for name in ("data", "config", "state", "cache")))


def asked(folders: Folders, **more: object) -> Namespace:
    stem = Store(folders.records).paths()[0].stem
    usual = {"record": stem, "jsonl": None, "slot": None, "n": 5, "json": False, "coverage": False}
    return Namespace(**(usual | more))


def test_the_coverage_view_in_lines(folders: Folders, capsys: Said) -> None:
    assert run_suggest(asked(folders, coverage=True), folders) == 0
    lines = capsys.readouterr().out.rstrip().split("\n")
    assert "设备购置" in lines[0]
    assert "卫生" in lines[0]
    assert any(line.startswith("7. 产出目标›数量：几乎都填，已有 1 条") for line in lines)
    assert lines[-1].startswith("最该补：")


def test_the_coverage_view_as_json(folders: Folders, capsys: Said) -> None:
    assert run_suggest(asked(folders, coverage=True, json=True), folders) == 0
    view = json.loads(capsys.readouterr().out)
    assert view["slots"]["产出目标/数量"]["rows"] == 1
    assert view["next"]["slot"] != "产出目标/数量"
    assert len(view["slots"]) == 20


def test_unreadable_choices_are_told_and_the_rest_goes_on(folders: Folders, capsys: Said) -> None:
    folders.data.mkdir(parents=True)
    (folders.data / "learned.toml").write_text("bad = [", encoding="utf-8")
    assert run_suggest(asked(folders, slot="数量"), folders) == 0
    said = capsys.readouterr()
    assert "采纳记录" in said.err
    assert "learned.toml" in said.err
    assert "产出目标›数量" in said.out


def test_a_line_that_is_no_json_is_named_once_by_its_number_in_the_file(
    folders: Folders, capsys: Said, tmp_path: Path
) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"id": "a", "project": "路灯维修"}\n{"id": 一}\n{"id": "c"}\n', encoding="utf-8")
    assert run_suggest(asked(folders, record=None, jsonl=str(lines)), folders) == UNREADABLE
    said = capsys.readouterr()
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == ["a", "c"]
    assert said.err.strip() == "第2行从第8个字符起不是 JSON。这一行没有用上。"
