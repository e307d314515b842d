"""Entry mode: pieces in order, copied by one key, ticked off, remembered; and what a terminal does that cannot copy."""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.changes import Record
from domain.entering import TABLE, State, pieces, states
from domain.model import Declaration, Indicator, Narrative, Project
from domain.records.store import Store, read_text
from tui.screens.entry import EntryPage, entry_file, shown
from tui.session import Session
from tui.terminal.app import TerminalApp

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp
    from tests.tui.screens.conftest import Show

HERE = Path(__file__).parent
LONG = "第一段，" * 60 + "\n第二段。"
HOSTILE = "错[/b]误[@click=app.quit]点[/][2024]3号"
RECORD = Record(
    Declaration(
        project=Project(year=2020, name=HOSTILE, filler="甲"),
        narrative=Narrative(overview=LONG),
        indicators=(Indicator("产出目标", "数量", "租用光纤数", "=147条"),),
    )
)


@pytest.fixture
def session(store: Store) -> Session:
    return Session(store, store.open(store.add(RECORD)))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was copied, on a terminal that can."""
    found: list[str] = []

    def copy(app: TerminalApp, text: str) -> bool:
        found.append(text)
        return True

    monkeypatch.setattr(TerminalApp, "copy", copy)
    return found


def done(session: Session) -> list[str]:
    return [key for key, state in states(session.with_ticks).items() if state is State.DONE]


async def test_enter_copies_and_the_second_enter_ticks_off(session: Session, sent: list[str], show: Show) -> None:
    async with show(EntryPage(session)) as seen:
        assert seen.lines[1] == "- 1/7　年份　4字"
        assert seen.lines[3] == "2020"
        assert "还有必填项空着" in seen.text
        await seen.press("enter")
        assert sent == ["2020"]
        assert "已发送" in seen.text
        assert "已复制" not in seen.text
        assert done(session) == []
        await seen.press("enter")
        assert sent == ["2020"]
        assert done(session) == ["project.year"]
        assert seen.lines[0].startswith(" 录入｜已录 1/7｜")
        assert seen.lines[1] == f"- 2/7　项目名称*　{len(HOSTILE)}/100字"
        assert seen.lines[3] == HOSTILE
        await seen.press("space", "space")
        assert sent == ["2020", HOSTILE, HOSTILE]


async def test_every_piece_can_be_reached_and_copied(session: Session, sent: list[str], show: Show) -> None:
    wanted = [piece.text for piece in pieces(session.record)]
    async with show(EntryPage(session)) as seen:
        for key in ("f8", "down", "tab", "f8", "down", "tab", "f8"):
            await seen.press("space", key)
        assert sent == wanted
        assert "没有了，这是最后一项" in seen.text
        await seen.press("home", "space", "end", "up", "f7", "space")
        assert sent[len(wanted) :] == [wanted[0], wanted[-3]]


async def test_a_terminal_that_cannot_copy_is_said_so_and_nothing_is_ticked(session: Session, show: Show) -> None:
    async with show(EntryPage(session)) as seen:
        await seen.press("enter", "enter")
        assert "没有发送" in seen.text
        assert "F6" in seen.text
        assert done(session) == []


async def test_ticks_are_taken_away_again(session: Session, show: Show) -> None:
    async with show(EntryPage(session)) as seen:
        await seen.press("f9")
        assert done(session) == ["project.year"]
        await seen.press("f7", "f9")
        assert done(session) == []


async def test_it_goes_on_where_it_stopped(session: Session, show: Show) -> None:
    async with show(EntryPage(session)) as seen:
        await seen.press("f9", "f8", "f10")
        await seen.ended()
    again = Session(session.store, session.store.open(session.path))
    async with show(EntryPage(again)) as seen:
        assert seen.lines[1].startswith("- 3/7　填报人")
        await seen.press("f3", "f3", "f3", "f3", "f3")
        assert seen.lines[1].startswith("- 2/7")


async def test_what_was_changed_after_its_tick_is_to_be_entered_again(session: Session, show: Show) -> None:
    async with show(EntryPage(session)) as seen:
        await seen.press("f8", "f8", "f9", "f10")
    session.edit(("project", "filler"), "乙")
    async with show(EntryPage(session)) as seen:
        await seen.press("home", "f8", "f8")
        assert seen.lines[1] == "! 3/7　填报人　1/20字　录后改过"
        assert "重新录这一项" in seen.text


async def test_when_all_is_done_it_says_so(session: Session, show: Show) -> None:
    async with show(EntryPage(session)) as seen:
        await seen.press("f9", "f9", "f9", "f9", "f9")
        assert set(done(session)) == {piece.key for piece in pieces(session.record)}
        assert TABLE in done(session)
        assert "都录完了" in seen.text
        await seen.press("f3")
        assert "都录完了" in seen.text


async def test_a_long_text_is_scrolled_and_has_nothing_around_it(session: Session, show: Show) -> None:
    async with show(EntryPage(session), size=(60, 20)) as seen:
        await seen.press("end", "f7", "f7", "f7")
        assert seen.lines[1].startswith("- 4/7　项目概况*")
        body = "".join(seen.lines[3:14])
        assert LONG.startswith(body[:200])
        await seen.press("pagedown")
        assert "第二段。" in seen.text
        await seen.press("pageup")
        assert "".join(seen.lines[3:14]) == body


async def test_everything_into_a_file(session: Session, show: Show) -> None:
    async with show(EntryPage(session)) as seen:
        await seen.press("f6")
        assert "已写到" in seen.text
    text = entry_file(session.path).read_text(encoding="utf-8")
    assert f"\n{LONG}\n" in text
    assert "产出目标\t数量\t租用光纤数\t=147条\n" in text
    assert session.store.paths() == [session.path]


async def test_a_file_that_is_there_already_is_asked_about(session: Session, show: Show) -> None:
    written = entry_file(session.path)
    written.write_text("我自己的笔记", encoding="utf-8")
    async with show(EntryPage(session)) as seen:
        await seen.press("f6")
        assert "覆盖吗" in seen.keys
        await seen.press("n")
        assert written.read_text(encoding="utf-8") == "我自己的笔记"
        await seen.press("f6", "y")
        assert "已写到" in seen.text
    assert "录入用" in written.read_text(encoding="utf-8")


async def test_a_tick_is_no_step_and_outlives_undo_and_restart(session: Session, show: Show) -> None:
    session.edit(("project", "filler"), "乙")
    async with show(EntryPage(session)) as seen:
        await seen.press("f9", "f9", "f10")
    before = read_text(session.path)
    assert set(done(session)) == {"project.year", "project.name"}
    step = session.undo()
    assert step is not None
    assert step.label == "填写填报人"
    assert session.undo() is None
    assert session.redo() is not None
    assert read_text(session.path) == before
    assert "entry" not in session.record.meta
    again = Session(session.store, session.store.open(session.path))
    assert set(done(again)) == {"project.year", "project.name"}
    again._opened.journal.rewrite(again._opened.history)
    third = Session(session.store, session.store.open(session.path))
    assert set(done(third)) == {"project.year", "project.name"}


async def test_a_file_that_cannot_be_written_is_said_so(session: Session, show: Show) -> None:
    entry_file(session.path).mkdir()
    async with show(EntryPage(session)) as seen:
        await seen.press("f6", "y")
        assert "没有写成" in seen.text


async def test_an_empty_form_and_help(store: Store, show: Show) -> None:
    async with show(EntryPage(Session(store, store.new()))) as seen:
        assert "没有可录的内容" in seen.text
        await seen.press("enter", "f9", "f3", "f4", "f8", "end")
        await seen.press("f1")
        await seen.shows("OSC 52")
        await seen.press("f10", "f10")
        await seen.ended()


def test_the_table_is_shown_with_gaps_and_controls_never(session: Session) -> None:
    assert shown("一级\t二级\n甲\x1b]0;PWN\x07\t乙", 80) == ["一级　　二级", "甲　　乙"]


# -- on a terminal --


def on_terminal(start: Callable[..., PtyApp], store: Store, **options: object) -> PtyApp:
    path = store.add(RECORD)
    argv = [sys.executable, str(HERE / "handover_app.py"), "entry", str(store.folder), path.stem]
    return start(argv=argv, wait="录入｜", **options)


def copied(app: PtyApp) -> list[str]:
    return [base64.b64decode(text).decode() for text in re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", app.raw)]


def test_copying_reaches_the_terminal(start: Callable[..., PtyApp], store: Store) -> None:
    app = on_terminal(start, store)
    app.type("\r")
    assert app.until(lambda: copied(app) == ["2020"])
    app.type("\r", "\x1b[19~", "\x1b[19~", " ")
    assert app.until(lambda: copied(app)[1:] == [LONG]), app.text
    app.type("\x1b[21~")
    assert app.exit_code() == 0
    assert done(Session(store, store.open(store.paths()[0]))) == ["project.year"]
    again = Session(store, store.open(store.paths()[0]))
    assert again.with_ticks.marks("entry")["at"] == "narrative.overview"


def test_gnu_screen_is_sent_nothing(start: Callable[..., PtyApp], store: Store) -> None:
    app = on_terminal(start, store, env={"STY": "1.pts", "TERM": "screen"})
    app.type("\r")
    assert app.shows("没有发送"), app.text
    assert copied(app) == []


def test_the_text_alone_is_wrapped_by_the_terminal(start: Callable[..., PtyApp], store: Store) -> None:
    app = on_terminal(start, store)
    app.type("\x1b[19~", "\x1b[19~", "\x1b[19~")
    assert app.shows("项目概况*"), app.text
    before = len(app.raw)
    app.type("\x1bOS")
    assert app.shows("按回车返回"), app.text
    raw = app.raw[before:].decode()
    assert LONG.split("\n")[0] in raw
    assert "\x1b[?1049l" in raw
    app.type("\x03", "q")
    assert "按回车返回" in app.text
    app.type("\r")
    assert app.shows("录入｜"), app.text
    assert "\x1b[?1049h" in app.raw[before:].decode()
    app.type("\x1b[21~")
    assert app.exit_code() == 0
