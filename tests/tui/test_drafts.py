"""Long exercises left in the middle come back: text and practice form, from the state folder, never among the records."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.training import ExerciseError
from tests.tui.conftest import PtyApp
from tui.cli import main
from tui.folders import Folders
from tui.practice_form import Draft, begun, sheet_with

SHEET = "年份：2021\n预算单位：\n项目名称：热线专线租用费\n产出目标/数量||\n产出目标/质量||"


def test_a_draft_is_kept_found_and_dropped(folders: Folders) -> None:
    draft = Draft(folders, "form:a:1")
    assert draft.text("空白") == "空白"
    draft.keep("写了一半")
    Draft(folders, "reviewer:a:1").keep("")
    assert Draft(folders, "form:a:1").text("空白") == "写了一半"
    assert Draft(folders, "reviewer:a:1").text("空白") == "空白"
    assert begun(folders, "form") == ["form:a:1"]
    assert begun(folders, "reviewer") == ["reviewer:a:1"]
    draft.drop()
    assert begun(folders, "form") == []
    assert draft.text("空白") == "空白"


def test_a_form_cut_off_in_the_filling_screen_comes_back_with_what_was_answered(folders: Folders) -> None:
    dialogue = Draft(folders, "form:a:1").dialogue(SHEET)
    dialogue.answer("某某中心")
    dialogue.session.save()
    text = Draft(folders, "form:a:1").text(SHEET)
    assert "预算单位：某某中心" in text
    assert "产出目标/数量||" in text
    assert not folders.records.exists()
    taken = Draft(folders, "form:a:1").take_back(dialogue, SHEET)
    assert taken == text == sheet_with(dialogue.session.declaration, SHEET)
    assert Draft(folders, "form:a:1").text("") == text


def test_a_sheet_that_cannot_be_read_opens_no_form(folders: Folders) -> None:
    with pytest.raises(ExerciseError, match="没有看懂这一行"):
        Draft(folders, "form:a:1").dialogue("乱写一行")


def test_line_by_line_a_form_goes_on_where_the_input_ended(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def sit(*lines: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert main(["learn", "form"]) == 0
        return capsys.readouterr().out

    first = sit("项目名称：头一回写的")
    story = next(line for line in first.splitlines() if line.startswith("《"))
    again = sit("预算单位：某某中心", "项目名称：后来改的", ".")
    assert story in again
    assert "上次写到这里" in again
    assert "项目名称：头一回写的" in again
    assert "审核" in again
    other = sit()
    assert "上次写到这里" not in other


def test_a_hang_up_keeps_the_sheet_that_is_being_written(start: Callable[..., PtyApp], tmp_path: Path) -> None:
    env = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "STATE", "CONFIG")}
    argv = [sys.executable, "-m", "tui", "--dir", str(tmp_path / "records"), "learn", "form"]
    app = start(argv=argv, env=env, wait="照这个故事")
    app.type("甲乙丙")
    assert app.shows("甲乙丙年份"), app.text
    os.kill(app.pid, signal.SIGHUP)
    assert app.exit_code() is not None
    app = start(argv=argv, env=env, wait="上次写到一半")
    assert app.shows("甲乙丙年份"), app.text
    assert not (tmp_path / "records").exists() or not list((tmp_path / "records").glob("*.toml"))


def test_a_lesson_opens_on_the_full_screen_and_ends_the_program(start: Callable[..., PtyApp], tmp_path: Path) -> None:
    env = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "STATE", "CONFIG")}
    app = start(argv=[sys.executable, "-m", "tui", "learn", "3"], env=env, wait="三级是什么意思")
    assert "第3课" in app.text
    app.type("\x1b[21~")
    assert app.shows("学完 0/10"), app.text
    app.type("\x1b[21~")
    assert app.exit_code() == 0


def test_a_form_that_was_skipped_is_not_asked_again(start: Callable[..., PtyApp], tmp_path: Path) -> None:
    env = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "STATE", "CONFIG")}
    folders = Folders(*(tmp_path / name for name in ("records", "data", "config", "state/tianbiao", "cache")))
    app = start(argv=[sys.executable, "-m", "tui", "learn", "form"], env=env, wait="照这个故事")
    app.type("甲乙丙")
    assert app.shows("甲乙丙年份"), app.text
    app.type("\x1b[21~")
    assert app.shows("学完 0/10"), app.text
    app.type("\x1b[6~", "\x1b[6~")
    assert app.shows("写到一半"), app.text
    assert len(begun(folders, "form")) == 1
    app.type("\x1b[21~")
    assert app.exit_code() == 0
    app = start(argv=[sys.executable, "-m", "tui", "learn", "form"], env=env, wait="甲乙丙年份")
    app.type("\x1b[19~")
    assert app.shows("先不做"), app.text
    assert begun(folders, "form") == []
