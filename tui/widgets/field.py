"""A one-line text field: no layout and one frame a key, the real cursor where the text goes, nothing pasted is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from domain.text import one_line
from tui.terminal.widths import CELLS, text_width
from tui.widgets.look import CURRENT, PLAIN, SOFT

UNDO_DEPTH = 100


class LineField(Widget, can_focus=True):
    """A line to type into; posts `Changed` after each change and `Submitted` on Enter."""

    DEFAULT_CSS = "LineField { height: 1; }"

    @dataclass
    class Changed(Message, bubble=False):
        """The text is another one."""

        field: LineField
        value: str

    @dataclass
    class Submitted(Message, bubble=False):
        """Enter was pressed."""

        field: LineField
        value: str

    def __init__(self, *, prompt: str = "> ", id: str | None = None) -> None:
        super().__init__(id=id)
        self.value, self.cursor, self.prompt, self.placeholder = "", 0, prompt, ""
        self._left, self._selected, self.sent = 0, False, False
        self._undo: list[tuple[str, int]] = []
        self._undone: list[tuple[str, int]] = []

    def set(self, value: str, placeholder: str = "", *, selected: bool = False) -> None:
        """Put a text into the field, the caret behind it; undo starts anew.

        selected: the text is shown reversed, and typing replaces it whole.
        """
        self.value, self.placeholder = one_line(value), placeholder
        self.cursor, self._left, self._selected, self.sent = len(self.value), 0, selected, False
        self._undo.clear()
        self._undone.clear()
        self._keep_in_sight()
        self.refresh()

    def select(self) -> None:
        """Show the text reversed: typing replaces it whole, moving and deleting edit it."""
        self._selected = bool(self.value)
        self.refresh()

    # -- editing --

    def insert(self, text: str) -> None:
        """Put text in at the caret, or in place of a selected text."""
        if self._selected:
            self._change(text, len(text))
            return
        self._change(self.value[: self.cursor] + text + self.value[self.cursor :], self.cursor + len(text))

    def _change(self, value: str, cursor: int) -> None:
        if value != self.value:
            self._undo = [*self._undo[-UNDO_DEPTH:], (self.value, self.cursor)]
            self._undone.clear()
            self.value, self.cursor = value, cursor
            self._tell(self.Changed(self, value))
        self._moved(cursor)

    def _moved(self, cursor: int) -> None:
        self._selected = self.sent = False
        self.cursor = max(0, min(len(self.value), cursor))
        self._keep_in_sight()
        self.refresh()

    def _tell(self, message: Message) -> None:
        """Straight to the screen, past the widgets between: what it shows for the text goes out with the text."""
        self.screen.post_message(message)

    def undo(self) -> bool:
        """Take back the last change of the text; whether there was one."""
        return self._go_back(self._undo, self._undone)

    def redo(self) -> bool:
        """Make again what was undone last; whether there was anything."""
        return self._go_back(self._undone, self._undo)

    def _go_back(self, states: list[tuple[str, int]], others: list[tuple[str, int]]) -> bool:
        if not states:
            return False
        others.append((self.value, self.cursor))
        self.value, self.cursor = states.pop()
        self._tell(self.Changed(self, self.value))
        self._moved(self.cursor)
        return True

    def on_key(self, event: events.Key) -> None:
        """Printable keys and the keys that edit a line; the rest is left to the screen."""
        handler: Any = getattr(self, f"_press_{event.key.replace('+', '_')}", None)
        if handler is not None and event.key in _EDITING:
            handler()
        elif event.is_printable and event.character:
            self.insert(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """A paste of several lines becomes one; nothing of it is dropped."""
        self.insert(one_line(event.text))
        event.stop()

    def _press_enter(self) -> None:
        self.sent = True
        self._tell(self.Submitted(self, self.value))

    def _press_left(self) -> None:
        self._moved(self.cursor - 1)

    def _press_right(self) -> None:
        self._moved(self.cursor + 1)

    def _press_home(self) -> None:
        self._moved(0)

    def _press_end(self) -> None:
        self._moved(len(self.value))

    def _press_backspace(self) -> None:
        if self.cursor:
            self._change(self.value[: self.cursor - 1] + self.value[self.cursor :], self.cursor - 1)

    def _press_delete(self) -> None:
        self._change(self.value[: self.cursor] + self.value[self.cursor + 1 :], self.cursor)

    def _press_ctrl_u(self) -> None:
        self._change(self.value[self.cursor :], 0)

    def _press_ctrl_w(self) -> None:
        head = self.value[: self.cursor].rstrip()
        cut = max(head.rfind(mark) for mark in " ，。、；：,.;:") + 1
        self._change(head[:cut] + self.value[self.cursor :], cut)

    # -- painting --

    @property
    def _room(self) -> int:
        return max(2, self.size.width - text_width(self.prompt) - 1)

    def _keep_in_sight(self) -> None:
        """Scroll so that the caret stays in the field, by as little as possible."""
        self._left = min(self._left, self.cursor)
        while text_width(self.value[self._left : self.cursor]) > self._room:
            self._left += 1

    def on_resize(self) -> None:
        """Keep the caret in the field, and as much of the text before it as there is room for."""
        self._left = 0
        self._keep_in_sight()
        self.refresh()

    def caret_offset(self) -> Offset:
        """Where the terminal's cursor belongs, for the input method."""
        return Offset(text_width(self.prompt) + text_width(self.value[self._left : self.cursor]), 0)

    def render_line(self, y: int) -> Strip:
        """The prompt and what of the text is in sight."""
        room, shown = self._room, []
        for char in self.value[self._left :]:
            if (room := room - CELLS[char]) < 0:
                break
            shown.append(char)
        segments = [Segment(self.prompt, PLAIN), Segment("".join(shown), CURRENT if self._selected else PLAIN)]
        if not self.value and self.placeholder:
            segments.append(Segment(f" {self.placeholder}", SOFT))
        return Strip(segments).adjust_cell_length(self.size.width, PLAIN)


_EDITING = frozenset(("enter", "left", "right", "home", "end", "backspace", "delete", "ctrl+u", "ctrl+w"))
