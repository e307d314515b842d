"""One page under Textual's Pilot: what it shows as text, keys into it, what it was dismissed with."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from tui.folders import folders
from tui.screens.base import Page
from tui.terminal.app import TerminalApp

ROOT = Path(__file__).parents[3]
PATIENCE = 10.0
WAITING = object()


class Host(TerminalApp):
    """An app that shows one page and keeps what it comes back with."""

    CSS_PATH = ROOT / "tui" / "app.tcss"

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.folders = folders()
        self.page, self.result = page, WAITING

    def on_mount(self) -> None:
        self.push_screen(self.page, self._ended)

    def _ended(self, result: Any) -> None:
        self.result = result


class Seen:
    """The page on its screen."""

    def __init__(self, app: Host, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def current(self) -> str:
        """The row marked as current."""
        return next((row for row in self.lines if row.startswith("> ")), "")

    @property
    def keys(self) -> str:
        """The bottom bar."""
        return self.lines[-1]

    @property
    def result(self) -> Any:
        assert self.app.result is not WAITING, self.text
        return self.app.result

    @property
    def is_open(self) -> bool:
        return self.app.result is WAITING

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.until(lambda: not self.app.key_queue._holds)  # keys wait for what is done in a thread
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        for char in text:
            self.app.post_message(events.Key(char, char))
        await self.pilot.pause()
        await self.until(lambda: not self.app.key_queue._waiting)

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.text
            await self.pilot.pause(0.01)

    async def shows(self, text: str) -> None:
        await self.until(lambda: text in self.text)

    async def ended(self) -> Any:
        await self.until(lambda: not self.is_open)
        return self.result


Show = Callable[..., AbstractAsyncContextManager[Seen]]


@pytest.fixture
def show() -> Show:
    """Show a page: `async with show(page, size=(80, 24)) as seen`."""

    @asynccontextmanager
    async def run(page: Page, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Seen]:
        app = Host(page)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Seen(app, pilot)
            assert app._exception is None

    return run
