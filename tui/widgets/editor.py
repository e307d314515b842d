"""The editor for long texts: Textual's TextArea without frame, its own undo, pastes cleaned. Imported when first needed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Selection

from domain.text import clean
from tui.terminal import linebreak

if TYPE_CHECKING:
    from domain.rolling import Mention

linebreak.install()

DATED = Style(bold=True, underline=True)
"""How a year or document number in a text carried from last year looks."""


@lru_cache(maxsize=64)
def _mentions(line: str) -> tuple[Mention, ...]:
    """Years and document numbers in a paragraph; kept, since a paragraph is drawn row by row and key by key."""
    from domain.rolling import mentions  # only texts of a rolled record are looked through

    return tuple(mentions(line))


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
        self.match_cursor_bracket = False
        self._dated = False

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
        self.scroll_cursor_visible()
        return True

    def edit(self, edit: Edit) -> EditResult:
        """Edit with the caret in view: TextArea scrolls to it before it knows how many rows the text has now."""
        result = super().edit(edit)
        self.scroll_cursor_visible()
        return result

    # -- painting --

    def _render_line(self, y: int) -> Strip:
        """A row by itself where nothing in it is marked: TextArea lays out the whole paragraph anew for each of its rows."""
        if self._dated or not self.selection.is_empty:
            return super()._render_line(y)
        theme, width = self._theme, self.size.width
        style = theme.base_style if theme and theme.base_style is not None else self.rich_style
        wrapped, row = self.wrapped_document, y + self.scroll_offset.y
        if row >= wrapped.height:
            return Strip.blank(width, style)
        line, section = wrapped._offset_to_line_info[row]
        places = [0, *wrapped.get_offsets(line), None]
        text = self.document.get_line(line)[places[section] : places[section + 1]]
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)

    # -- years in a text carried from last year --

    def mark_mentions(self, on: bool) -> None:
        """Show up years and document numbers (文号), or no longer."""
        if on != self._dated:
            self._dated = on
            self._line_cache.clear()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A paragraph as it is drawn."""
        text = super().get_line(line_index)
        for one in _mentions(text.plain) if self._dated else ():
            text.stylize(DATED, one.start, one.end)
        return text

    def next_mention(self) -> bool:
        """Select the year of the next mention behind the caret, from the top again after the last; whether there is one."""
        lines = enumerate(self.document.lines if self._dated else ())
        places = [(row, *one.digits) for row, line in lines for one in _mentions(line)]
        if not places:
            return False
        row, start, end = next((place for place in places if place[:2] >= self.cursor_location), places[0])
        self.selection = Selection((row, start), (row, end))
        self.scroll_cursor_visible()
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
