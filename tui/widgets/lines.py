"""Rows of styled text without markup: bars, questions, conversation, lists. Painting is all they do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.look import BAR, PLAIN, Line, cut, line


class Lines(Widget):
    """Rows painted as given; `show` replaces them. `bottom` keeps the last rows in sight instead of the first."""

    DEFAULT_CSS = "Lines { height: auto; }"

    def __init__(self, *, id: str | None = None, bottom: bool = False) -> None:
        super().__init__(id=id)
        self._rows: Sequence[Line] = ()
        self._bottom = bottom
        self._height: int | None = None
        self.offset_rows = 0
        """Rows scrolled away from the natural end."""

    def show(self, rows: Sequence[Line], *, height: int | None = None) -> None:
        """Paint these rows; height fixes how many there is room for."""
        same = list(rows) == list(self._rows)
        if height is not None and height != self._height:
            self._height = self.styles.height = height
        elif same:
            return
        grown = height is None and self._height is None and len(rows) != len(self._rows)
        self._rows = rows
        self.offset_rows = 0
        self.refresh(layout=grown)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are."""
        return len(self._rows)

    def scroll_rows(self, rows: int) -> None:
        """Move the view by rows, within what there is."""
        room = max(0, len(self._rows) - self.size.height)
        self.offset_rows = max(0, min(room, self.offset_rows + rows))
        self.refresh()

    def press(self, key: str) -> bool:
        """Scroll as an arrow or a page key says; whether the key was one."""
        page = max(1, self.size.height - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "space": page, "home": -(10**6), "end": 10**6}
        if key in steps:
            self.scroll_rows(steps[key])
        return key in steps

    def on_mouse_scroll_down(self) -> None:
        """Scroll as the screen does; a bar and a short text have nothing to scroll."""
        if len(self._rows) > self.size.height:
            self.app.simulate_key("pagedown" if self._bottom else "down")

    def on_mouse_scroll_up(self) -> None:
        """Scroll back."""
        if len(self._rows) > self.size.height:
            self.app.simulate_key("pageup" if self._bottom else "up")

    def render_line(self, y: int) -> Strip:
        """One row."""
        height, width = self.size.height, self.size.width
        first = max(0, len(self._rows) - height) - self.offset_rows if self._bottom else self.offset_rows
        number = first + y
        row = self._rows[number] if 0 <= number < len(self._rows) else ()
        segments = [Segment(text, style) for text, style in row]
        fill = row[-1][1] if row and row[-1][1] is BAR else PLAIN
        return Strip(segments).adjust_cell_length(width, fill)


class Bar(Lines):
    """One row across the screen: a title or the keys."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def say(self, text: str, *, reverse: bool = True) -> None:
        """Show one row of text, cut to the screen."""
        width = self.app.size.width
        self.show([line(cut(text, width), BAR if reverse else PLAIN)])
