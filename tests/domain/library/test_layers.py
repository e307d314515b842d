"""Layers: add, change, retire; what is broken is reported and left out, and the rest works on."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.library import builtin_library, layers, open_library
from domain.library.format import format_library
from domain.library.load import read_library

from .test_lint import SOUND

CHANGE = '[[entry]]\nid = "line-rental-count"\nunit = "路"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "library"
    path.mkdir()
    return path


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_there_is_the_built_in_library(tmp_path: Path):
    assert open_library().entries == builtin_library()
    library = open_library(tmp_path / "missing")
    assert library.entries == builtin_library()
    assert library.faults == ()


def test_add_change_and_retire(folder: Path):
    put(folder, "a.toml", format_library([SOUND]))
    put(folder, "b.toml", CHANGE)
    gone = '[[entry]]\nid = "line-availability-rate"\nretired = true\nuse_instead = "sani-truck-online-rate"\n'
    path = put(folder, "c.toml", gone)
    library = open_library(folder)
    assert library.faults == ()
    added = library.get("sani-truck-online-rate")
    assert added is not None
    assert added.name == SOUND["name"]
    changed, before = library.get("line-rental-count"), open_library().get("line-rental-count")
    assert changed is not None
    assert before is not None
    assert (changed.unit, changed.name) == ("路", before.name)
    assert [entry.id for entry in library.retired] == ["line-availability-rate"]
    assert library.in_use("line-availability-rate") == added
    assert "line-availability-rate" not in {entry.id for entry in library.entries}
    assert library.origins["line-availability-rate"] == path
    assert len(library.sources) == 4
    position = [entry.id for entry in builtin_library()].index("line-rental-count")
    assert [entry.id for entry in library.entries].index("line-rental-count") <= position


def test_later_files_win_and_named_files_come_last(folder: Path, tmp_path: Path):
    put(folder, "2.toml", CHANGE.replace("路", "对"))
    put(folder, "1.toml", CHANGE)
    entry = open_library(folder).get("line-rental-count")
    assert entry is not None
    assert entry.unit == "对"
    extra = put(tmp_path, "office.toml", CHANGE.replace("路", "根"))
    entry = open_library(folder, (extra,)).get("line-rental-count")
    assert entry is not None
    assert entry.unit == "根"


def test_a_broken_file_is_reported_and_left_out(folder: Path, tmp_path: Path):
    put(folder, "a.toml", "这不是 TOML")
    (folder / "b.toml").write_bytes(b"\xff\xfe\x00")
    (folder / "c.toml").mkdir()
    put(folder, "d.toml", format_library([SOUND]))
    library = open_library(folder, (tmp_path / "missing.toml",))
    assert library.get("sani-truck-online-rate") is not None
    assert len(library.entries) == len(builtin_library()) + 1
    assert [(Path(fault.path).name, fault.code) for fault in library.faults] == [
        ("a.toml", "toml"),
        ("b.toml", "encoding"),
        ("c.toml", "unreadable"),
        ("missing.toml", "unreadable"),
    ]


def test_a_broken_entry_is_left_out_and_the_others_stay(folder: Path):
    bad = [SOUND | {"id": "sani-bad-sector", "sectors": ["火星"]}, SOUND | {"id": "sani-bad-gap", "name": "{什么}率"}]
    put(folder, "a.toml", format_library([*bad, SOUND]))
    library = open_library(folder)
    assert library.get("sani-truck-online-rate") is not None
    assert library.get("sani-bad-sector") is None
    assert {fault.entry for fault in library.faults} == {"sani-bad-sector", "sani-bad-gap"}
    assert all("已略过" in fault.message for fault in library.faults)
    assert all(fault.line > 1 for fault in library.faults)


def test_a_part_of_an_entry_that_does_not_exist_is_left_out(folder: Path):
    put(folder, "a.toml", '[[entry]]\nid = "no-such-entry"\ntarget = "98"\n[[entry]]\nname = "无编号率"\n')
    library = open_library(folder)
    assert library.entries == builtin_library()
    assert [fault.code for fault in library.faults if fault.entry == "no-such-entry"] == ["missing-key"]


def test_the_same_id_twice_in_a_file_keeps_the_first(folder: Path):
    put(folder, "a.toml", format_library([SOUND]) + "\n" + format_library([SOUND | {"target": "50"}]).split("\n", 1)[1])
    library = open_library(folder)
    entry = library.get("sani-truck-online-rate")
    assert entry is not None
    assert entry.target == "95"
    assert [fault.code for fault in library.faults] == ["duplicate-id"]


def test_retiring_in_favour_of_nothing_is_said_and_done(folder: Path):
    put(folder, "a.toml", '[[entry]]\nid = "line-rental-count"\nretired = true\nuse_instead = "line-rental-count"\n')
    library = open_library(folder)
    assert library.in_use("line-rental-count") is None
    assert [(fault.code, fault.severity) for fault in library.faults] == [("dead-reference", "warning")]


def test_untrusted_text_is_cleaned(folder: Path):
    dirty = {"definition": "数\x1b[2J车辆\u202e在线的，停修的不算。", "name": "车辆\u200b在线率"}
    put(folder, "a.toml", format_library([SOUND | dirty]))
    entry = open_library(folder).get("sani-truck-online-rate")
    assert entry is not None
    assert entry.name == "车辆在线率"
    assert "\x1b" not in entry.definition
    assert "\u202e" not in entry.definition


def test_a_gap_brought_by_a_change_makes_a_template(folder: Path):
    put(folder, "a.toml", '[[entry]]\nid = "line-rental-count"\nname = "专线租用数量"\n')
    entry = open_library(folder).get("line-rental-count")
    assert entry is not None
    assert not entry.template


def test_a_layer_is_parsed_once_until_it_changes(folder: Path, monkeypatch: pytest.MonkeyPatch):
    path = put(folder, "a.toml", CHANGE)
    open_library(folder)
    monkeypatch.setattr(layers, "_parse_layer", lambda path: pytest.fail("parsed again"))
    assert open_library(folder).get("line-rental-count") is not None
    monkeypatch.undo()
    path.write_text(CHANGE.replace("路", "组"), encoding="utf-8")
    entry = open_library(folder).get("line-rental-count")
    assert entry is not None
    assert entry.unit == "组"


def test_faults_are_remembered_with_the_file(folder: Path):
    put(folder, "a.toml", "坏的")
    first = open_library(folder).faults
    assert first
    assert open_library(folder).faults == first


def test_pydantic_and_tomllib_stay_off_the_normal_path(folder: Path):
    import subprocess
    import sys

    put(folder, "a.toml", CHANGE)
    open_library(folder)
    code = (
        "import sys; from pathlib import Path; from domain.library import open_library;"
        f"open_library(Path({str(folder)!r})); print([m for m in ('pydantic', 'tomllib', 'textual') if m in sys.modules])"
    )
    root = Path(__file__).resolve().parents[3]
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
        ).stdout.strip()
        for _ in range(2)
    ]
    assert runs[1] == "[]"


def test_read_library_still_reads_a_plain_file(folder: Path):
    path = put(folder, "a.toml", format_library([SOUND]))
    assert read_library(path)[0].id == SOUND["id"]
