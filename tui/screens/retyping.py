"""A long text corrected on a page of its own (改文字), where it is not an answer to a question."""

from __future__ import annotations

from textual.app import ComposeResult

from tui.screens.base import Page
from tui.widgets.editor import LongText


class RetypePage(Page, screen="retype"):
    """Dismisses with the text as it was left, None where it is to stay as it was. `said` is why it was refused before."""

    DEFAULT_CSS = "RetypePage #long { height: 1fr; border: none; padding: 0; }"

    def __init__(self, label: str, text: str, limit: int, said: str = "") -> None:
        super().__init__()
        self._label, self._text, self._limit, self._said = label, text, limit, said

    def compose(self) -> ComposeResult:
        """Title with the count, text, keys."""
        yield self.title_bar()
        yield LongText(id="long")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Begin at the end of the text."""
        self._editor.put(self._text)
        self._editor.focus()
        self._count()
        self.say_keys(self._said or None)

    @property
    def _editor(self) -> LongText:
        return self.query_one("#long", LongText)

    def on_text_area_changed(self) -> None:
        """Count."""
        self._count()

    def _count(self) -> None:
        self.say_title(f" 改文字｜{self._label}｜{len(self._editor.text)}/{self._limit}字")

    def action_undo(self) -> None:
        """Undo in the text."""
        self._editor.take_back()

    def action_done(self) -> None:
        """Use the text."""
        self.dismiss(self._editor.text)

    def action_leave_page(self) -> None:
        """Back without a change; one that was made is asked about."""
        if self._editor.text == self._text:
            self.dismiss(None)
        else:
            self.ask("改过的不要了吗？", self._leave)

    def _leave(self) -> None:
        self.dismiss(None)
