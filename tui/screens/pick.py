"""Choosing one of many (挑选): a list with headings and a search line; the page goes away with what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.app import ComposeResult

from tui.screens.base import Page
from tui.widgets.field import LineField
from tui.widgets.rows import Rows


@dataclass(frozen=True, slots=True)
class Choice:
    """A row to choose; a heading has no value."""

    text: str
    value: Any = None
    heading: bool = False


class PickPage(Page, screen="pick"):
    """Dismisses with the value of the chosen row, None to go back. `find` gives the rows for what was typed.

    `likely` is the value of the row to begin at.
    """

    def __init__(self, title: str, find: Callable[[str], Sequence[Choice]], likely: Any = None) -> None:
        super().__init__()
        self._title, self._find, self._likely = title, find, likely
        self._shown: Sequence[Choice] = ()

    def compose(self) -> ComposeResult:
        """Title, choices, search line, keys."""
        yield self.title_bar()
        yield Rows(id="choices")
        yield LineField(prompt="查找：", id="search")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Everything is there at first."""
        self.query_one("#search", LineField).focus()
        self._show()
        values = [choice.value for choice in self._shown]
        if self._likely in values:
            rows = self.query_one("#choices", Rows)
            rows.move(values.index(self._likely) - rows.current)

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._show()

    def _show(self) -> None:
        self._shown = self._find(self.query_one("#search", LineField).value.strip())
        headings = frozenset(number for number, choice in enumerate(self._shown) if choice.heading)
        texts = [choice.text for choice in self._shown] or ["没有找到，换个词试试"]
        self.query_one("#choices", Rows).show(texts, headings=headings)
        self.say_title(f" {self._title}")
        self.say_keys()

    def on_line_field_changed(self, event: LineField.Changed) -> None:
        """Search as you type."""
        self.query_one("#choices", Rows).current = 0
        self._show()

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Enter."""
        self.action_choose()

    def action_choose(self) -> None:
        """Take the current row."""
        at = self.query_one("#choices", Rows).current
        if 0 <= at < len(self._shown) and not self._shown[at].heading:
            self.dismiss(self._shown[at].value)

    def on_key(self, event: events.Key) -> None:
        """Move in the list."""
        rows = self.query_one("#choices", Rows)
        if rows.press(event.key):
            event.stop()
