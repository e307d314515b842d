"""A screen of text to read and scroll: help, preview."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult

from tui.screens.base import Page
from tui.widgets.lines import Lines
from tui.widgets.look import Line


class TextPage(Page, screen="text"):
    """Rows made for the screen's width, scrolled by arrows, PageUp and PageDown."""

    DEFAULT_CSS = "TextPage #text { height: 1fr; }"

    def __init__(self, title: str, rows: Callable[[int], list[Line]]) -> None:
        super().__init__()
        self._title, self.rows = title, rows

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield self.title_bar()
        yield Lines(id="text")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Lay the text out."""
        self._fill()

    def on_resize(self) -> None:
        """Lay the text out for the new width."""
        self._fill()

    def _fill(self) -> None:
        self.say_title(self._title)
        self.say_keys()
        self.query_one("#text", Lines).show(self.rows(self.app.size.width))

    def on_key(self, event: events.Key) -> None:
        """Scroll."""
        if self.query_one("#text", Lines).press(event.key):
            event.stop()
