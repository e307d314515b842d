"""The app class under Textual's Pilot: everything must also work without a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import weakref

import pytest
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from domain.text import clean
from tui.terminal.app import TerminalApp
from tui.terminal.caret import is_text_field, locate


class Marker(Widget, can_focus=True):
    """A widget with a caret of its own, or none."""

    place: tuple[int, int] | None = (3, 0)

    def caret_offset(self) -> tuple[int, int] | None:
        return self.place


class Form(TerminalApp):
    """Two fields, a text area and a widget with its own caret."""

    CSS = (
        "Input, Input:focus, TextArea, TextArea:focus { border: none; padding: 0 1; height: 1; } #long, #long:focus { height: 4; }"
        "Marker { height: 2; margin-left: 5; }"
    )
    BINDINGS = [  # noqa: RUF012
        Binding("f2", "save", priority=True),
        Binding("f9", "slow", priority=True),
        Binding("f8", "fail", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.saves: list[str] = []
        self.notices: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static(Content(clean("[/b]标题\x1b[2J")), id="title")
        yield Input(id="one", select_on_focus=False)
        yield Input(id="two", select_on_focus=False)
        yield TextArea(id="long")
        yield Marker()

    def save_now(self) -> None:
        self.saves.append(self.query_one("#one", Input).value)

    def notice(self, text: str) -> None:
        self.notices.append(text)

    def action_save(self) -> None:
        self.save_now()

    async def action_slow(self) -> None:
        with contextlib.suppress(TimeoutError):  # a handler that takes its time
            await asyncio.wait_for(asyncio.Event().wait(), 0.05)
        self.query_one("#long").focus()

    def action_fail(self) -> None:
        raise ValueError("secret")


async def test_keys_under_pilot():
    app = Form()
    async with app.run_test() as pilot:
        await pilot.press("a", "b", "tab", "c", "shift+tab", "d", "f2")
        assert (app.query_one("#one", Input).value, app.query_one("#two", Input).value) == ("abd", "c")
        assert app.saves == ["abd"]
        assert app.query_one("#title", Static).render().plain == "[/b]标题"


async def test_posted_together_they_act_one_by_one():
    from textual.events import Key, Paste

    app = Form()
    async with app.run_test() as pilot:
        for event in (
            Key("x", "x"),
            Key("tab", "\t"),
            Paste("多行\n文字"),
            Key("f9", None),
            Key("y", "y"),
            Key("f2", None),
        ):
            app.post_message(event)
        for _ in range(20):
            await pilot.pause(0.02)
        assert app.query_one("#one", Input).value == "x"
        assert app.query_one("#long", TextArea).text == "y"
        assert app.saves == ["x"]


async def test_keys_held_and_dropped():
    from textual.events import Key

    app = Form()
    async with app.run_test() as pilot:
        with app.key_queue.held():
            app.post_message(Key("x", "x"))
            await pilot.pause()
            assert app.query_one("#one", Input).value == ""
        await pilot.pause(0.05)
        assert app.query_one("#one", Input).value == "x"
        with app.key_queue.held():
            app.post_message(Key("enter", "\r"))
            await pilot.pause()
            assert app.key_queue.drop() == 1


async def test_an_end_waits_for_keys_that_are_held_back():
    from textual.events import Key

    app = Form()
    async with app.run_test() as pilot:
        with app.key_queue.held():
            app.post_message(Key("x", "x"))
            await pilot.pause()
            rest = asyncio.create_task(app.key_queue.at_rest())
            await pilot.pause()
            assert not rest.done()
        await rest
        assert app.query_one("#one", Input).value == "x"


async def test_caret():
    app = Form()
    async with app.run_test() as pilot:
        await pilot.press("a", "中")
        assert locate(app) == (4, 1, True)
        await pilot.press("left")
        assert locate(app) == (2, 1, True)
        app.query_one("#long").focus()
        await pilot.pause()
        await pilot.press("a", "enter", "文")
        assert locate(app) == (3, 4, True)
        marker = app.query_one(Marker)
        marker.focus()
        await pilot.pause()
        assert locate(app) == (8, 7, True)
        assert is_text_field(marker)
        marker.place = (3, 9)
        assert not locate(app).visible
        marker.place = None
        assert not locate(app).visible
        assert not is_text_field(marker)
        marker.visible = False
        app.screen.set_focus(None)
        assert not locate(app).visible


async def test_ctrl_q_saves_and_leaves():
    app = Form()
    async with app.run_test() as pilot:
        await pilot.press("a", "ctrl+q")
    assert app.saves == ["a"]
    assert app.return_code == 0


async def test_ctrl_c_twice():
    app = Form()
    async with app.run_test() as pilot:
        await pilot.press("a", "ctrl+c")
        assert "再按一次" in app.notices[0]
        await pilot.press("ctrl+c")
    assert app.return_code == 130


async def test_failure_is_raised_for_tests(capsys):
    app = Form()
    with pytest.raises(ValueError, match="secret"):
        async with app.run_test() as pilot:
            await pilot.press("a", "f8")
    assert app.return_code == 70
    assert app.saves == ["a"]
    assert "secret" not in capsys.readouterr().err


async def test_a_failing_save_is_reported(tmp_path):
    app = Form()
    app.crash_report = tmp_path / "crash.txt"
    app.save_now = lambda: 1 / 0
    async with app.run_test() as pilot:
        await pilot.press("ctrl+q")
    assert "ZeroDivisionError" in app.crash_report.read_text("utf-8")


async def test_copy_without_a_terminal():
    app = Form()
    async with app.run_test():
        assert not app.copy("内容")
        assert app.clipboard == "内容"


async def test_a_screen_that_was_left_is_forgotten():
    """Its widgets with all the rows they painted: an hour's use opens hundreds of screens."""
    app = Form()
    async with app.run_test() as pilot:
        painted = []
        for _ in range(3):
            shown = Static("行")
            page = Screen()
            await app.push_screen(page)
            await page.mount(shown)
            await pilot.pause()
            painted.append(weakref.ref(shown._styles_cache))
            await app.pop_screen()
            del page, shown
        await pilot.pause()
        gc.collect()
        assert [one() for one in painted] == [None] * 3
