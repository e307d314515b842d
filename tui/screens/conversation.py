"""The middle of the conversation screen: what was said, the question, what can be picked, the input, the panel beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from suggest.types import Suggestion
from tui.dialogue import Dialogue, Message, Mode, Question
from tui.screens import fill_rows
from tui.widgets.answer import Answer
from tui.widgets.lines import Lines

OTHER_ROWS = 4
"""Rows that the question and the suggestions leave: bars, input, the end of the conversation."""

KEPT_MESSAGES = 300
SHOWN_MESSAGES = 60


@dataclass
class Options:
    """What can be picked, which of it (from 0, -1 for none) the arrow keys have chosen, and which the text typed stands for."""

    offered: tuple[Suggestion, ...] = ()
    chosen: int = -1
    typed: tuple[int, ...] = ()
    numbered: bool = True
    """Whether a number picks among them."""

    @property
    def picked(self) -> Suggestion | None:
        """The chosen suggestion."""
        return self.offered[self.chosen] if 0 <= self.chosen < len(self.offered) else None

    @property
    def taken(self) -> tuple[int, ...]:
        """Which of it Enter takes."""
        return self.typed if self.chosen < 0 else (self.chosen,)


class Conversation(Horizontal):
    """Shows one question of a dialogue, and remembers what was said."""

    DEFAULT_CSS = """
    Conversation { height: 1fr; }
    Conversation #main { width: 1fr; }
    Conversation #talk { height: 1fr; }
    Conversation #side { height: 1fr; padding-left: 1; }
    """

    def __init__(self, dialogue: Dialogue) -> None:
        super().__init__()
        self._dialogue = dialogue
        self._said: list[Message] = []
        self._remarks: tuple[str, ...] = ()
        self._question: Question | None = None
        self.options = Options()
        self.answer = Answer()

    def compose(self) -> ComposeResult:
        """What was said, the question, the suggestions and the input; beside them the panel of wide terminals."""
        with Vertical(id="main"):
            yield Lines(id="talk", bottom=True)
            yield Lines(id="ask")
            yield Lines(id="options")
            yield self.answer
        yield Lines(id="side")

    def make_room(self) -> None:
        """Give the panel beside the conversation its columns, where there is room for it."""
        side, columns = self.query_one("#side"), fill_rows.side_columns(self.app.size.width)
        side.display, side.styles.width = bool(columns), columns

    # -- saying --

    def tell(self, *messages: Message) -> None:
        """Add to what was said; it is seen with the next `show` or `show_said`."""
        self._said = [*self._said, *messages][-KEPT_MESSAGES:]

    def remark(self, remarks: tuple[str, ...] = ()) -> None:
        """What a reviewer would say of the last answer; none takes it away."""
        self._remarks = remarks

    def scroll_said(self, rows: int) -> None:
        """Scroll what was said."""
        self.query_one("#talk", Lines).scroll_rows(rows)

    # -- showing --

    def ask(self, question: Question, keep: str = "") -> None:
        """Put a question, with the input that fits it; keep is text to leave there."""
        text = keep or question.prefill
        self.options = self._looked_for(text) if question.mode is Mode.SLOT and text else Options(question.suggestions)
        self.show(question)
        if question.mode in (Mode.LONG, Mode.PASTE):
            self.answer.use_editor(text, dated=question.carried)
        else:
            default = f"回车填：{question.default}" if question.default else ""
            note = f"（{question.default_note}）" if question.default and question.default_note else ""
            selected = self._stands(question) if not keep else self.answer.sent
            self.answer.use_line(text, f"{default}{note}", selected=selected)

    def _stands(self, question: Question) -> bool:
        """Whether an answer given before stands in the line, which typing then replaces whole."""
        typed = self._dialogue.session.typing_at(question.key)
        return question.mode is Mode.LINE and bool(question.prefill) and typed != question.prefill

    def show(self, question: Question) -> None:
        """Draw everything but the input anew."""
        self._question = question
        height = self.app.size.height
        room = height - fill_rows.option_rows(height) - OTHER_ROWS
        self.query_one("#ask", Lines).show(fill_rows.asked(question, self._columns, room))
        self._show_options()
        self.show_said()
        if columns := fill_rows.side_columns(self.app.size.width):
            self.query_one("#side", Lines).show(fill_rows.beside(self._dialogue, columns - 2, height - 2))

    def show_said(self) -> None:
        """Draw what was said anew."""
        talk = self.query_one("#talk", Lines)
        talk.show(fill_rows.said(self._said[-SHOWN_MESSAGES:], self._remarks, self._columns, talk.size.height))

    @property
    def _columns(self) -> int:
        width = self.app.size.width
        return width - fill_rows.side_columns(width)

    # -- suggestions --

    def offer(self, text: str) -> None:
        """Show what can be picked while a text is typed, none chosen by the arrow keys."""
        self.options = self._looked_for(text)
        self._show_options()

    def _looked_for(self, text: str) -> Options:
        found = self._dialogue.complete(text)
        typed, numbered = self._dialogue.taken(text, found), self._dialogue.picks_by_number(text)
        return Options(found, typed=typed, numbered=numbered)

    def choose(self, step: int) -> int:
        """Move the choice among the suggestions in sight; returns the chosen one (-1 for none)."""
        options = self.options
        in_sight = len(options.offered[: fill_rows.option_rows(self.app.size.height)])
        options.chosen = max(-1, min(in_sight - 1, options.chosen + step))
        self._show_options()
        return options.chosen

    def _show_options(self) -> None:
        lines = self.query_one("#options", Lines)
        if self._question is None or self._question.mode is not Mode.SLOT:
            lines.show([], height=0)
            return
        height = fill_rows.option_rows(self.app.size.height)
        options = self.options
        rows = fill_rows.offered(options.offered[:height], options.taken, self._columns, numbered=options.numbered)
        lines.show(rows, height=height)


def greetings(dialogue: Dialogue) -> Iterable[str]:
    """What is told when a record is opened: what was found again, what was odd, how to begin."""
    session = dialogue.session
    if session.recovered:
        yield "上次没有正常结束，答过的内容已找回。"
    for oddity in session.oddities:
        yield f"文件里有一处没看懂：{oddity}"
    if not session.on_disk:
        yield "新填一张表。一次问一项，回车确认，空着回车就跳过；随时可退出，答过的都已存盘。"
        yield "已有项目说明的，可输入 /草拟 先拟一稿；写 /命令 看全部命令。"
