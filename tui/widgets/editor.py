"""The editor for long texts: Textual's TextArea without frame, its own undo, pastes cleaned. Imported when first needed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from domain.text import clean
from tui.terminal import linebreak

linebreak.install()


class LongText(TextArea, inherit_bindings=False):
    """Several paragraphs; Enter begins a new one, F9 (of the screen) finishes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("left", "cursor_left", show=False),
        Binding("right", "cursor_right", show=False),
        Binding("home", "cursor_line_start", show=False),
        Binding("end", "cursor_line_end", show=False),
        Binding("ctrl+home", "cursor_document_start", show=False),
        Binding("ctrl+end", "cursor_document_end", show=False),
        Binding("backspace", "delete_left", show=False),
        Binding("delete", "delete_right", show=False),
        Binding("ctrl+u", "delete_to_start_of_line", show=False),
        Binding("ctrl+w", "delete_word_left", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True)
        self.cursor_blink = False
        self.highlight_cursor_line = False

    def on_focus(self) -> None:
        """Draw once more, now with the real cursor here."""
        self.call_after_refresh(self.refresh)

    def put(self, text: str) -> None:
        """Replace the text, the caret at its end; undo starts anew."""
        self.load_text(clean(text))
        self.call_after_refresh(self._to_end)

    def _to_end(self) -> None:
        """Only once the width is known: before, TextArea works the caret out for another wrapping and keeps it."""
        self.move_cursor(self.document.end)

    def take_back(self) -> bool:
        """Undo an edit; whether there was one."""
        if not self.history.undo_stack:
            return False
        self.undo()
        return True

    def make_again(self) -> bool:
        """Redo an edit; whether there was one."""
        if not self.history.redo_stack:
            return False
        self.redo()
        return True

    def add_skeleton(self, skeleton: str) -> None:
        """Put those headings of a skeleton in that the text does not have yet, at its end."""
        missing = [heading for heading in skeleton.split("\n") if heading.split("、", 1)[-1] not in self.text]
        if missing:
            start = "" if not self.text or self.text.endswith("\n") else "\n"
            self.move_cursor(self.document.end)
            row = self.document.line_count - (0 if start else 1)
            self.insert(start + "\n".join(missing))
            self.move_cursor((row, len(missing[0])))

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert(clean(event.text))
