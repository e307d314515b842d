"""A form of one field and ten hits on the terminal layer, run by test_output.py; its first argument is the file of options."""

from __future__ import annotations

import sys
from pathlib import Path

from tui.terminal import environment, prepaint

environment.prepare()
opening = prepaint.begin("演示")

from rich.segment import Segment  # noqa: E402
from textual.app import ComposeResult  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widget import Widget  # noqa: E402

from tui.terminal.app import TerminalApp  # noqa: E402
from tui.terminal.widths import text_width  # noqa: E402

OPTIONS = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()


class Hits(Widget):
    """A plain list."""

    DEFAULT_CSS = "Hits { height: 10; }"
    items = OPTIONS[:10]

    def show_for(self, text: str) -> None:
        self.items = [option for option in OPTIONS if text in option][:10]
        self.refresh()

    def render_line(self, y: int) -> Strip:
        text = self.items[y] if y < len(self.items) else ""
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(self.size.width, self.rich_style)


class Field(Widget, can_focus=True):
    """A field without layout per key."""

    DEFAULT_CSS = "Field { height: 1; }"
    value = ""

    def caret_offset(self) -> tuple[int, int]:
        return text_width(self.value), 0

    def on_key(self, event) -> None:
        if event.key == "backspace":
            self.value = self.value[:-1]
        elif event.is_printable:
            self.value += event.character
        else:
            return
        event.stop()
        self.refresh()
        self.app.query_one(Hits).show_for(self.value)

    def render_line(self, y: int) -> Strip:
        style = self.rich_style
        return Strip([Segment(self.value or "READY", style)]).adjust_cell_length(self.size.width, style)


class Form(TerminalApp):
    """The form."""

    def compose(self) -> ComposeResult:
        yield Field()
        yield Hits()


code = Form().run_terminal(opening.finish())
sys.exit(code)
