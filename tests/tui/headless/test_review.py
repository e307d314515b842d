"""`tianbiao check`: what it says of numbers, the review tables it writes, and how it ends."""

from __future__ import annotations

import errno
import io
import json
import sys
from argparse import Namespace
from pathlib import Path

import docx
import pytest

from domain.changes import Record
from domain.records.codec import decode
from domain.records.store import Store
from tui.cli import main
from tui.folders import Folders
from tui.headless.review import PROGRESS_FROM, run_check
from tui.streams import Guarded

EXAMPLES = Path(__file__).parents[2] / "domain" / "rules" / "examples"

Said = pytest.CaptureFixture[str]


def asked(*records: str, **more: object) -> Namespace:
    usual = {"fix": False, "json": False, "min_severity": "info", "table": None, "key_project": False}
    return Namespace(record=list(records), **{**usual, **more})


@pytest.fixture
def stems(store: Store) -> list[str]:
    """Two records in the folder, the first with an error and with numbers that contradict each other."""
    found = []
    for name in ("school-broadband", "office-park-greening"):
        declaration = decode((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")).record.declaration
        if name == "school-broadband":
            declaration = declaration.replace(("narrative", "remarks"), "600元/条·月×41条×12个月=259200元")
        found.append(store.add(Record(declaration)).stem)
    return found


def test_it_says_the_findings_by_test_and_the_numbers(stems: list[str], folders: Folders, capsys: Said) -> None:
    assert run_check(asked(stems[0]), folders) == 1
    out = capsys.readouterr().out
    assert f"《{stems[0]}》" in out
    assert "【适当性" in out
    assert "[错] R26" in out
    assert "【数字对照】" in out
    assert "[矛盾] 600元/条·月×41条×12个月=259200元" in out


def test_how_it_ends_tells_errors_from_files_that_cannot_be_read(
    stems: list[str], store: Store, folders: Folders, capsys: Said
) -> None:
    (store.folder / "坏.toml").write_text("[project", encoding="utf-8")
    assert run_check(asked(stems[1]), folders) == 0
    assert run_check(asked(*stems), folders) == 1
    assert run_check(asked(stems[1], "坏", stems[0]), folders) == 3
    assert "坏：" in capsys.readouterr().err


def test_only_errors_leaves_the_rest_out(stems: list[str], folders: Folders, capsys: Said) -> None:
    assert run_check(asked(stems[0], min_severity="error"), folders) == 1
    out = capsys.readouterr().out
    assert "[错] R26" in out
    assert "[提]" not in out
    assert "数字对照" not in out


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".html", ".md", ".txt"])
def test_the_table_of_one_record_goes_into_the_file_named(
    stems: list[str], folders: Folders, tmp_path: Path, capsys: Said, suffix: str
) -> None:
    out = tmp_path / "新的" / f"审核表{suffix}"
    assert run_check(asked(stems[0], table=str(out)), folders) == 0
    assert capsys.readouterr().out == f"{out}\n"
    assert out.stat().st_size > 500


def test_tables_of_several_go_into_a_folder_as_documents(
    stems: list[str], folders: Folders, tmp_path: Path, capsys: Said
) -> None:
    where = tmp_path / "审核"
    assert run_check(asked(*stems, table=f"{where}/", key_project=True), folders) == 0
    paths = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in paths] == [f"{stem}-审核表.docx" for stem in stems]
    (table,) = docx.Document(str(paths[0])).tables
    assert "得分" in [cell.text for cell in table.rows[2].cells]


@pytest.mark.parametrize(("name", "said"), [("审核表.pdf", "不认识"), ("审核表", "不认识"), ("两份.docx", "文件夹")])
def test_what_cannot_be_written_is_said(
    stems: list[str], folders: Folders, tmp_path: Path, capsys: Said, name: str, said: str
) -> None:
    records = stems if name == "两份.docx" else stems[:1]
    assert run_check(asked(*records, table=str(tmp_path / name)), folders) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_a_record_that_cannot_be_read_or_a_folder_in_the_way_is_said(
    stems: list[str], folders: Folders, tmp_path: Path, capsys: Said
) -> None:
    (folders.records / "坏.toml").write_text("[project", encoding="utf-8")
    assert run_check(asked("坏", table=str(tmp_path / "x.md")), folders) == 3
    assert "坏 的审核表没有写成" in capsys.readouterr().err
    (tmp_path / "文件").touch()
    assert run_check(asked(stems[0], table=str(tmp_path / "文件" / "x.md")), folders) == 3
    assert "没有写成" in capsys.readouterr().err


def test_by_the_command_line(stems: list[str], store: Store, tmp_path: Path, capsys: Said) -> None:
    out = tmp_path / "表.txt"
    code = main(["--dir", str(store.folder), "check", stems[1], "--table", str(out), "--key-project"])
    assert code == 0
    assert "重点项目" in out.read_text(encoding="utf-8")
    assert capsys.readouterr().out == f"{out}\n"


def test_the_table_is_among_the_formats_of_export_too(
    stems: list[str], store: Store, tmp_path: Path, capsys: Said
) -> None:
    assert main(["--dir", str(store.folder), "export", "--to", "list"]) == 0
    assert "review-key-docx\t绩效目标审核表·重点项目（Word）" in capsys.readouterr().out
    out = tmp_path / "表.md"
    assert main(["--dir", str(store.folder), "export", stems[1], "--to", "review-md", "-o", str(out)]) == 0
    assert "绩效目标审核表" in out.read_text(encoding="utf-8")


def test_into_a_folder_it_gets_the_record_s_name(stems: list[str], store: Store, tmp_path: Path, capsys: Said) -> None:
    assert main(["--dir", str(store.folder), "export", stems[1], "--to", "review-md", "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out == f"{tmp_path / stems[1]}-review-md.md\n"
    assert (tmp_path / f"{stems[1]}-review-md.md").exists()


def test_no_format_overwrites_another_s_file(stems: list[str], store: Store, tmp_path: Path, capsys: Said) -> None:
    formats = ("docx", "national", "shanghai", "review-docx")
    for one in formats:
        assert main(["--dir", str(store.folder), "export", stems[1], "--to", one, "-o", str(tmp_path)]) == 0
    paths = capsys.readouterr().out.split()
    assert len(set(paths)) == len(formats)
    assert all(Path(one).exists() for one in paths)


def test_an_unknown_format_is_said(stems: list[str], store: Store, capsys: Said) -> None:
    assert main(["--dir", str(store.folder), "export", stems[1], "--to", "pdf"]) == 2
    assert "没有“pdf”这种格式" in capsys.readouterr().err


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_folder_shows_how_far_it_is_on_one_line_of_a_terminal(
    stems: list[str], store: Store, folders: Folders, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    declaration = decode((EXAMPLES / "school-broadband.toml").read_text(encoding="utf-8")).record.declaration
    for number in range(PROGRESS_FROM):
        store.add(Record(declaration.replace(("project", "name"), f"第{number}个宽带项目")))
    terminal = Screen()
    monkeypatch.setattr(sys, "stderr", Guarded(terminal))
    run_check(asked(str(store.folder), min_severity="error"), folders)
    total = PROGRESS_FROM + len(stems)
    shown = terminal.getvalue()
    assert f"{total}/{total}" in shown
    assert "\n" not in shown
    assert shown.endswith("\r")
    assert capsys.readouterr().out.count("评级") == total


def test_what_there_is_not_stops_nothing(stems: list[str], folders: Folders, capsys: Said) -> None:
    assert run_check(asked("没有", stems[1]), folders) == 3
    said = capsys.readouterr()
    assert "没有找到记录“没有”" in said.err
    assert f"《{stems[1]}》" in said.out


def test_a_folder_without_records_says_so(tmp_path: Path, folders: Folders, capsys: Said) -> None:
    assert run_check(asked(str(tmp_path)), folders) == 0
    assert "没有记录可检查" in capsys.readouterr().err


def test_json_is_all_that_stdout_has_when_things_are_mended(store: Store, folders: Folders, capsys: Said) -> None:
    declaration = decode((EXAMPLES / "school-broadband.toml").read_text(encoding="utf-8")).record.declaration
    doubled = declaration.project.functional_subjects * 2
    path = store.add(Record(declaration.replace(("project", "functional_subjects"), doubled)))
    assert run_check(asked(path.stem, fix=True, json=True), folders) in (0, 1)
    said = capsys.readouterr()
    assert json.loads(said.out)["path"] == str(path)
    assert "R32" in said.err
    assert len(store.record(path.stem).declaration.project.functional_subjects) == len(doubled) // 2


def test_a_record_that_cannot_be_mended_is_told_by_the_exit_code(
    stems: list[str], folders: Folders, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path, surroundings: object) -> None:
        raise PermissionError(errno.EACCES, "", str(path))

    monkeypatch.setattr("tui.headless.review.fix_file", closed)
    assert run_check(asked(stems[1], fix=True), folders) == 3
    assert f"{stems[1]}：没有权限" in capsys.readouterr().err
