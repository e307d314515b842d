"""A small app on the terminal layer, for the pty tests: two fields, a long field, a list, a dialog, a status line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tui.terminal import environment, prepaint

environment.prepare()
verdict = environment.suitability()
if not verdict.ok:
    print(verdict.message)
    sys.exit(2)
opening = prepaint.begin("演示")

from rich.segment import Segment  # noqa: E402
from textual.app import ComposeResult  # noqa: E402
from textual.binding import Binding  # noqa: E402
from textual.content import Content  # noqa: E402
from textual.screen import ModalScreen  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widget import Widget  # noqa: E402
from textual.widgets import Input, Static, TextArea  # noqa: E402

from domain.text import clean, one_line  # noqa: E402
from tui.terminal.app import TerminalApp  # noqa: E402
from tui.terminal.linebreak import truncate  # noqa: E402

D = Path(os.environ["DEMO_DATA"])


def shown(text: str) -> Content:
    """The text letter by letter, where a widget would take a bare string for markup."""
    return Content(clean(text))


class Field(Input):
    """A one-line field that joins pasted lines."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name, select_on_focus=False)
        self.cursor_blink = False

    def _on_paste(self, event) -> None:
        self.insert_text_at_cursor(one_line(event.text))
        event.prevent_default()
        event.stop()


class Long(TextArea):
    """A field of several lines."""

    def __init__(self) -> None:
        super().__init__(id="long")
        self.cursor_blink = False

    async def _on_paste(self, event) -> None:
        event.text = clean(event.text)


class Rows(Widget, can_focus=True):
    """A list with a mark on its current row, in columns."""

    BINDINGS = [Binding("down", "move(1)"), Binding("up", "move(-1)")]  # noqa: RUF012
    current = 0
    rows = tuple(
        f"{text}" for text in ("①线路", "温度℃", "“引号”", "破折—号", "面积㎡", "很长很长很长很长的名称要截断")
    )

    def action_move(self, step: int) -> None:
        self.current = (self.current + step) % len(self.rows)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y >= len(self.rows):
            return Strip.blank(self.size.width, self.rich_style)
        mark = "> " if self.has_focus and y == self.current else "  "
        text = truncate(self.rows[y], 18)
        line = Strip([Segment(mark + text, self.rich_style)]).adjust_cell_length(22, self.rich_style)
        return Strip.join([line, Strip([Segment("|第二列", self.rich_style)])]).adjust_cell_length(self.size.width)


class Quiet(Widget, can_focus=True):
    """A field of its own that draws nothing when it gets the focus."""

    DEFAULT_CSS = "Quiet { height: 1; }"

    def caret_offset(self) -> tuple[int, int]:
        return 7, 0

    def render_line(self, y: int) -> Strip:
        return Strip([Segment("quiet:", self.rich_style)]).adjust_cell_length(self.size.width, self.rich_style)


class Dialog(ModalScreen[None]):
    """A dialog with a field of its own."""

    BINDINGS = [Binding("f4", "app.pop_screen", priority=True)]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Static("对话框")
        yield Field("inner")


class Demo(TerminalApp):
    """The demo."""

    CSS = """
    Input, Input:focus { border: none; height: 1; padding: 0 1; }
    TextArea, TextArea:focus { border: none; height: 8; padding: 0 1; }
    #title { height: 1; }
    Rows { height: 6; }
    #status { dock: bottom; height: 1; }
    Dialog { align: center middle; }
    Dialog Static, Dialog Input { width: 40; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("ctrl+s", "save", priority=True),
        Binding("f3", "dialog", priority=True),
        *(Binding(f"f{n}", f"say('F{n}')", priority=True) for n in (1, 2, 5, 6, 7, 8, 9, 10)),
        Binding("home", "say('home')", priority=True),
        Binding("end", "say('end')", priority=True),
        Binding("ctrl+t", "fail"),
        Binding("ctrl+o", "freeze", priority=True),
        Binding("ctrl+x", "flood", priority=True),
        Binding("ctrl+y", "copy", priority=True),
        Binding("ctrl+r", "shell", priority=True),
    ]
    crash_report = D / "crash.txt"

    def compose(self) -> ComposeResult:
        yield Static(shown(os.environ.get("DEMO_TITLE", "标题")), id="title")
        yield Field("one")
        yield Field("two")
        yield Long()
        yield Rows()
        yield Quiet()
        yield Static("", id="status", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.screen.focus_next()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one("#title", Static).update(shown("标题 " + event.value))

    def notice(self, text: str) -> None:
        self.screen_stack[0].query_one("#status", Static).update(text)

    def save_now(self) -> None:
        fields = self.screen_stack[0].query(Input) if self.screen_stack else ()
        text = "\n".join([*(field.value for field in fields), self.screen_stack[0].query_one(Long).text])
        temporary = D / "draft.tmp"
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(D / "draft")

    def action_say(self, text: str) -> None:
        self.notice(f"按键 {text}")

    def action_save(self) -> None:
        self.save_now()
        self.notice("已保存")

    def action_dialog(self) -> None:
        self.push_screen(Dialog())

    def action_fail(self) -> None:
        secret = self.query_one("#one", Input).value
        raise ValueError(f"cannot read {secret}")

    def action_freeze(self) -> None:
        (D / "frozen").touch()
        while True:
            pass

    def action_flood(self) -> None:
        self._count = 0
        self.set_interval(0.001, self._flood)

    def _flood(self) -> None:
        self._count += 1
        (D / "ticks").write_text(str(self._count))
        self.query_one("#title", Static).update(str(self._count) * 20)
        self.query_one(Long).text = f"{self._count} 满屏的文字\n" * 8

    def action_shell(self) -> None:
        with self.suspend():
            print("在别的程序里", flush=True)

    def action_copy(self) -> None:
        self.notice(f"copied {self.copy('复制的内容')}")


report = opening.finish()
if not report.readable:
    print("GBK")
    sys.exit(2)
sys.exit(Demo().run_terminal(report))
