"""A list of rows with a current one, marked by > and reverse video: records, fields, indicators, choices."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.look import CURRENT, PLAIN, STRONG, cut

MOVES = frozenset(("up", "down", "pageup", "pagedown"))
"""Keys that move through rows."""


class Rows(Widget):
    """Rows to move through; it takes no focus, its screen moves it."""

    DEFAULT_CSS = "Rows { height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._texts: Sequence[str] = ()
        self._headings: frozenset[int] = frozenset()
        self.current, self._top = 0, 0

    def show(self, texts: Sequence[str], *, current: int | None = None, headings: frozenset[int] = frozenset()) -> None:
        """Replace the rows; headings are rows that cannot be current."""
        self._texts, self._headings = texts, headings
        self.current = max(0, min(len(texts) - 1, self.current if current is None else current))
        if self.current in headings:
            self.move(1)
        self._keep_in_sight()
        self.refresh()

    def move(self, by: int) -> None:
        """Make another row current, passing over headings; stays at the ends."""
        step = 1 if by > 0 else -1
        target = max(0, min(len(self._texts) - 1, self.current + by))
        while target in self._headings and 0 <= target + step < len(self._texts):
            target += step
        while target in self._headings and 0 <= target - step < len(self._texts):
            target -= step
        self.current = target
        self._keep_in_sight()
        self.refresh()

    def press(self, key: str) -> bool:
        """Move as a key says; whether it is one that moves."""
        if key in ("up", "down"):
            self.move(1 if key == "down" else -1)
        elif key in MOVES:
            self.page(1 if key == "pagedown" else -1)
        return key in MOVES

    def page(self, direction: int) -> None:
        """Move by a screenful."""
        self.move(direction * max(1, self.size.height - 1))

    # -- the mouse, where it is wanted: it presses the keys that its screen knows --

    def on_click(self, event: events.Click) -> None:
        """Go to the row; a second click is Enter."""
        event.stop()
        row = self._top + event.y
        if row == self.current:
            self.app.simulate_key("enter")
        elif row < len(self._texts) and row not in self._headings:
            between = range(min(row, self.current) + 1, max(row, self.current))
            steps = 1 + sum(number not in self._headings for number in between)
            for _ in range(steps):
                self.app.simulate_key("down" if row > self.current else "up")

    def on_mouse_scroll_down(self) -> None:
        """A row down."""
        self.app.simulate_key("down")

    def on_mouse_scroll_up(self) -> None:
        """A row up."""
        self.app.simulate_key("up")

    def on_resize(self) -> None:
        """Keep the current row in sight, in the middle where there are many before and after it."""
        self._top = max(0, self.current - self.size.height // 2)
        if self._top == 1:
            self._top = 0  # one row alone is not worth hiding
        self._keep_in_sight()
        self.refresh()

    def _keep_in_sight(self) -> None:
        height = self.size.height
        if not height:
            return  # not laid out yet: `on_resize` sees to it
        self._top = max(0, min(self._top, self.current, max(0, len(self._texts) - height)))
        if self.current >= self._top + height:
            self._top = self.current - height + 1
        if self._top == self.current and self._top - 1 in self._headings:
            self._top -= 1

    def render_line(self, y: int) -> Strip:
        """One row."""
        number, width = self._top + y, self.size.width
        if number >= len(self._texts):
            return Strip.blank(width)
        if number in self._headings:
            return Strip([Segment(cut(self._texts[number], width), STRONG)]).adjust_cell_length(width, PLAIN)
        here = number == self.current
        text = ("> " if here else "  ") + cut(self._texts[number], width - 2)
        style = CURRENT if here else PLAIN
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)
