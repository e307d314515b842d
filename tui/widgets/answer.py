"""Where an answer is typed: a line, or an editor for long text in its place. The editor is loaded when first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget

from domain.text import clean
from tui.widgets.field import LineField

if TYPE_CHECKING:
    from tui.widgets.editor import LongText


class Answer(Widget):
    """One of the two inputs is in sight, or none; what stands in it is `text`."""

    DEFAULT_CSS = """
    Answer { height: auto; }
    Answer #long { height: 9; border: none; padding: 0; }
    """

    def __init__(self, *, prompt: str = "> ") -> None:
        super().__init__(id="answer")
        self._line = LineField(prompt=prompt, id="line")
        self._long: LongText | None = None
        self._in_use: LineField | LongText | None = self._line
        """The one in sight. Textual's own word for that, `display`, says no of both while the program ends."""

    def compose(self) -> ComposeResult:
        """The line; the editor joins it when first needed."""
        yield self._line

    def use_line(self, text: str, placeholder: str = "", *, selected: bool = False) -> None:
        """Take the answer on one line; selected: typing replaces the text there whole."""
        self._line.set(text, placeholder, selected=selected)
        self._in_use, self._line.display = self._line, True
        if self._long is not None:
            self._long.display = False
        self._line.focus()

    def use_editor(self, text: str, *, at_start: bool = False, dated: bool = False) -> None:
        """Take the answer as paragraphs; the caret begins behind the text, or before it. dated shows up years in it."""
        from tui.widgets.editor import LongText

        editor = self._long
        if editor is None:
            editor = self._long = LongText(id="long")
            self.mount(editor)
        editor.mark_mentions(dated)
        if at_start:
            editor.load_text(clean(text))
        else:
            editor.put(text)
        self._in_use, editor.display = editor, True
        self._line.display = False
        self.call_after_refresh(editor.focus)

    def hide(self) -> None:
        """Nothing is to be typed."""
        self._in_use, self._line.display = None, False
        if self._long is not None:
            self._long.display = False
        self.screen.set_focus(None)

    @property
    def editor(self) -> LongText | None:
        """The editor, while it is in sight."""
        return self._long if self._in_use is self._long else None

    @property
    def text(self) -> str:
        """What stands in the input."""
        if self._in_use is None:
            return ""
        return self._line.value if self.editor is None else self.editor.text

    @property
    def sent(self) -> bool:
        """Whether the line was sent with Enter and not touched since."""
        return self._line.sent

    def take_back(self) -> bool:
        """Undo the last change of the text; whether there was one."""
        return self.editor.take_back() if self.editor is not None else self._line.undo()

    def make_again(self) -> bool:
        """Redo what was undone in the text; whether there was anything."""
        return self.editor.make_again() if self.editor is not None else self._line.redo()
