"""Taking an entry of the library into the record (采用): its gap is filled with the project's noun, its target settled."""

from __future__ import annotations

from dataclasses import replace

from textual.app import ComposeResult

from domain import quantity
from domain.library.entry import shown
from domain.library.sheet import sheet_lines
from domain.text import one_line
from suggest.types import TargetOption
from tui import browsing, keymap
from tui.browsing import Adding
from tui.dialogue import Dialogue
from tui.dialogue.slots import too_long
from tui.screens.base import Page
from tui.widgets.field import LineField
from tui.widgets.lines import Lines
from tui.widgets.look import HELP, PLAIN, STRONG, Line, cut, line, wrapped


class TakingPage(Page, screen="taking"):
    """Asks for what is missing, one question after the other. Dismisses with the complete `Adding`, None to go back."""

    DEFAULT_CSS = "TakingPage #about { height: 1fr; }"

    def __init__(self, dialogue: Dialogue, adding: Adding) -> None:
        super().__init__()
        self._dialogue, self._adding = dialogue, adding
        self._options: tuple[TargetOption, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, what is being added and how it is meant, input, keys."""
        yield self.title_bar()
        yield Lines(id="about")
        yield LineField(id="answer")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Ask the first question."""
        self.query_one("#answer", LineField).focus()
        self._ask()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self._show()

    def _ask(self) -> None:
        adding, field = self._adding, self.query_one("#answer", LineField)
        if adding.gap:
            field.prompt = f"名称里的“{cut(adding.gap, 20)}”是："
            field.set("", cut(f"回车填：{adding.guess}" if adding.guess else f"例如 {adding.example}", 50))
        else:
            declaration = self._dialogue.session.declaration
            self._options = self._dialogue.suggester.targets(declaration, adding.slot.key, adding.name)
            field.prompt = "目标值："
            field.set("", cut(f"例如 {browsing.open_target(adding.entry)}，□换成本项目的数；空着就先不填", 70))
        self._show()

    def _show(self) -> None:
        adding, width = self._adding, self.app.size.width
        noun = one_line(self.query_one("#answer", LineField).value) or adding.guess
        name = adding.filled(noun).name if adding.gap and noun else adding.name
        rows: list[Line] = wrapped(f"{shown(name)}　{adding.target}", width, STRONG)
        rows += [line("")] if self._options else []
        for number, option in enumerate(self._options, 1):
            rows += wrapped(f"{number}. {option.text}　{option.reason}", width, PLAIN, "  ", "     ")
        rows += [line("")]
        for text in sheet_lines(adding.entry):
            rows += wrapped(text, width, HELP, "", "  ")
        self.query_one("#about", Lines).show(rows)
        self.say_title(f" 加到 {adding.slot.place}")
        self.say_keys()

    def on_line_field_changed(self, event: LineField.Changed) -> None:
        """Show the name as it will read."""
        self._show()

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Enter."""
        self.action_answer()

    def action_answer(self) -> None:
        """Take the answer; ask further or go back with the whole."""
        text = one_line(self.query_one("#answer", LineField).value)
        if not self._adding.gap:
            self.dismiss(self._with_target(text))
            return
        self._adding, problem = self._filled(text)
        if problem:
            self.say_keys(problem)
        elif self._adding.gap or not self._adding.target:
            self._ask()
        else:
            self.dismiss(self._adding)

    def _filled(self, noun: str) -> tuple[Adding, str]:
        """The entry with its gap filled, or as it was and why not."""
        adding = self._adding
        noun = noun or adding.guess
        if not noun or "{" in noun or "}" in noun:
            return adding, f"请写出本项目的“{adding.gap}”，例如 {adding.example}。{keymap.shown('page.leave')} 取消"
        filled = adding.filled(noun)
        if fault := too_long(filled.name):
            return adding, f"{fault}，请删减。"
        if self._dialogue.session.declaration.has_row(adding.slot.key, filled.name):
            return adding, f"“{filled.name}”已经在这一格里了，换个名词。{keymap.shown('page.leave')} 取消"
        return filled, ""

    def _with_target(self, text: str) -> Adding:
        if not text:
            return self._adding
        target = browsing.target_of(text, self._adding.entry, self._options)
        return replace(self._adding, target=quantity.parse_target(target).text)

    def action_undo(self) -> None:
        """Undo in the input."""
        self.query_one("#answer", LineField).undo()
