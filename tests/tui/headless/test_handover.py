"""The commands that hand over: what they print where, and how they end."""

from __future__ import annotations

import io
import json
from argparse import Namespace
from pathlib import Path

import pytest

from domain import entering
from domain.changes import Record
from domain.exchange import read
from domain.model import Declaration, Indicator
from domain.records.codec import RecordError, decode
from domain.records.store import Store, read_text
from tests.fakes import Talk
from tests.paths import THREE_FORMS, WATER_SUPPLY
from tui.folders import Folders
from tui.headless import handover, records
from tui.headless.handover import Progress

Said = pytest.CaptureFixture[str]


@pytest.fixture
def path(store: Store) -> Path:
    """A record in the folder."""
    [form] = read(WATER_SUPPLY.read_bytes(), WATER_SUPPLY.name)
    return store.add(form.record)


def changed(store: Store, path: Path) -> Path:
    record = decode(read_text(path)).record
    return store.add(Record(record.declaration.replace(("project", "filler"), "另一人")))


# -- export --


@pytest.mark.parametrize("name", ["'甲'.md", "~表.md", " 空格 .md", "文件夹/"])
def test_an_exports_name_is_taken_as_the_shell_gave_it(
    path: Path, folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "文件夹").mkdir()
    assert records.run_export(Namespace(record=path.stem, to="md", output=name), folders) == 0
    assert (tmp_path / name / f"{path.stem}.md" if name.endswith("/") else tmp_path / name).is_file()


# -- new --from --


def test_a_rolled_record_lies_in_the_folder_and_its_path_is_printed(path: Path, folders: Folders, capsys: Said) -> None:
    assert handover.new_from(Namespace(from_record=path.stem, year=None), folders) == 0
    out, err = capsys.readouterr()
    old, new = (decode(read_text(one)).record.declaration for one in (path, Path(out.strip())))
    assert (new.project.year or 0) - (old.project.year or 0) == 1
    assert new.funding.previous_budget == old.funding.requested
    assert "要重新填的" in err


def test_last_years_form_may_be_any_file_that_can_be_imported(folders: Folders, capsys: Said) -> None:
    assert handover.new_from(Namespace(from_record=str(THREE_FORMS), year=2030), folders) == 0
    paths = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert len(paths) > 1
    assert {decode(read_text(one)).record.declaration.project.year for one in paths} == {2030}


def test_without_a_year_it_asks_for_one(store: Store, folders: Folders, capsys: Said) -> None:
    store.add(Record(Declaration().replace(("project", "name"), "热线")))
    assert handover.new_from(Namespace(from_record="热线", year=None), folders) == 2
    assert "--year" in capsys.readouterr().err
    assert handover.new_from(Namespace(from_record="热线", year=20), folders) == 2


@pytest.mark.parametrize(("name", "year"), [(None, None), ("网格终端通信费", 2031)])
def test_another_project_is_begun_from_a_record(
    path: Path, folders: Folders, capsys: Said, name: str | None, year: int | None
) -> None:
    assert handover.new_like(Namespace(like=path.stem, name=name, year=year), folders) == 0
    old, new = (decode(read_text(one)).record for one in (path, Path(capsys.readouterr().out.strip())))
    assert new.declaration.project.name == (name or "")
    assert new.declaration.project.year == (year or old.declaration.project.year)
    assert new.declaration.project.unit == old.declaration.project.unit
    assert new.declaration.funding.requested is None
    assert ("project.name" in new.marks("ask")) is (name is None)


def test_a_record_that_is_not_there_or_no_form(tmp_path: Path, folders: Folders) -> None:
    with pytest.raises(RecordError):
        handover.new_from(Namespace(from_record="没有", year=2030), folders)
    other = tmp_path / "图.txt"
    other.write_text("", encoding="utf-8")
    with pytest.raises(RecordError):
        handover.new_from(Namespace(from_record=str(other), year=2030), folders)


def test_a_draft_of_which_only_the_journal_exists(talk: Talk, folders: Folders, capsys: Said) -> None:
    talk.say("2020")
    talk.session.close()
    talk.session.path.unlink()
    assert handover.new_from(Namespace(from_record=talk.session.path.stem, year=None), folders) == 0
    assert "2021-" in capsys.readouterr().out


# -- diff --


def test_diff_says_what_differs(path: Path, store: Store, folders: Folders, capsys: Said) -> None:
    other = changed(store, path)
    assert handover.run_diff(Namespace(a=path.stem, b=other.stem, json=False), folders) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[:2] == [f"- {path.stem}", f"+ {other.stem}"]
    assert any(line.startswith("填报人：") and line.endswith("→ 另一人") for line in out)
    assert handover.run_diff(Namespace(a=path.stem, b=path.stem, json=False), folders) == 0


def test_diff_as_json(path: Path, store: Store, folders: Folders, capsys: Said) -> None:
    other = changed(store, path)
    assert handover.run_diff(Namespace(a=str(path), b=other.stem, json=True), folders) == 1
    found = json.loads(capsys.readouterr().out)
    assert [change["path"] for change in found["fields"]] == ["project.filler"]
    assert found["indicators"] == []


def test_a_record_beside_the_file_it_came_from(path: Path, folders: Folders) -> None:
    assert handover.run_diff(Namespace(a=str(WATER_SUPPLY), b=path.stem, json=False), folders) == 0


def test_a_file_of_several_forms_cannot_be_compared(path: Path, folders: Folders) -> None:
    with pytest.raises(RecordError, match="张表"):
        handover.run_diff(Namespace(a=str(THREE_FORMS), b=path.stem, json=False), folders)


# -- collect --


def test_collect_prints_the_tables(path: Path, folders: Folders, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "out"
    assert handover.run_collect(Namespace(folder=None, to="csv", output=str(out)), folders) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [str(out / "forms.csv"), str(out / "indicators.csv")]
    assert "汇总了 1 张表" in said.err
    assert "\r" not in said.err


def test_collect_names_what_it_left_out(path: Path, folders: Folders, tmp_path: Path, capsys: Said) -> None:
    (path.parent / "坏.toml").write_text("[", encoding="utf-8")
    assert handover.run_collect(Namespace(folder=str(path.parent), to="jsonl", output=str(tmp_path)), folders) == 3
    assert "跳过 坏.toml" in capsys.readouterr().err
    assert (tmp_path / "forms.jsonl").exists()


def test_collect_where_there_is_no_folder_or_no_extra(
    path: Path, folders: Folders, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert handover.run_collect(Namespace(folder="没有", to="csv", output=None), folders) == 3

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("domain.flat_tables.import_module", missing)
    out = tmp_path / "out"
    assert handover.run_collect(Namespace(folder=None, to="parquet", output=str(out)), folders) == 2
    assert "pip install" in capsys.readouterr().err
    assert list(out.iterdir()) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal_is_one_line_and_leaves_nothing_behind() -> None:
    out = Terminal()
    progress = Progress(out, 4)
    progress.show(2)
    progress.say("跳过 坏.toml")
    progress.show(4)
    progress.end()
    assert "[############------------] 2/4" in out.getvalue()
    assert "[########################] 4/4" in out.getvalue()
    assert shown(out.getvalue()) == ["跳过 坏.toml", ""]


def shown(text: str) -> list[str]:
    """What a terminal shows of lines that were written over."""
    rows = []
    for row in text.split("\n"):
        line: list[str] = []
        for piece in row.split("\r"):
            line[: len(piece)] = piece
        rows.append("".join(line).rstrip())
    return rows


# -- entry --


def test_entry_prints_every_text_alone(path: Path, folders: Folders, capsys: Said) -> None:
    assert handover.run_entry(Namespace(record=path.stem, output=None), folders) == 0
    out = capsys.readouterr().out
    record = decode(read_text(path)).record
    assert f"\n{record.declaration.narrative.overview}\n" in out
    assert "\t" in out
    assert out == entering.as_text(record)


def test_entry_into_a_file_and_what_is_still_empty(
    store: Store, folders: Folders, tmp_path: Path, capsys: Said
) -> None:
    form = Declaration(indicators=(Indicator("产出目标", "数量", "租用光纤数", "=147条"),))
    store.add(Record(form.replace(("project", "name"), "热线")))
    target = tmp_path / "录入.txt"
    assert handover.run_entry(Namespace(record="热线", output=str(target)), folders) == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(target)
    assert "还有必填项空着" in said.err
    assert "产出目标\t数量\t租用光纤数\t=147条" in target.read_text(encoding="utf-8")
