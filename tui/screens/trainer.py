"""A sitting of the trainer (上课、练习): what is to be read or answered, the input, the score with its explanation."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult

from domain.records.atomic import reason
from domain.training import ExerciseError, Mode, Question, Reply, Trainer
from domain.training.trainer import FORM
from tui import keymap, learning
from tui.folders import Folders
from tui.learning import Notebook
from tui.screens.base import Page
from tui.terminal.widths import text_width
from tui.widgets.answer import Answer
from tui.widgets.field import LineField
from tui.widgets.lines import Lines
from tui.widgets.look import ECHO, ERROR, HELP, PLAIN, STRONG, Line, cut, line, wrapped

if TYPE_CHECKING:
    from tui.practice_form import Draft

WIDEST = 76
"""Columns that a lesson is laid out for at most: longer lines are hard to read."""


LOSING = ("答案", "上一页", "跳过")
"""Commands after which an answer begun is not asked for again."""


class State(Enum):
    """What Enter does: turn a page, send an answer, go on from a reply."""

    READING = auto()
    ANSWERING = auto()
    REPLIED = auto()


class TrainerPage(Page, screen="trainer"):
    """A trainer on screen. It holds nothing but what is being typed; the trainer keeps progress after every step."""

    DEFAULT_CSS = """
    TrainerPage #lesson { height: 1fr; }
    """

    def __init__(self, trainer: Trainer, notebook: Notebook, folders: Folders) -> None:
        super().__init__()
        self._trainer, self._notebook, self._folders = trainer, notebook, folders
        self._question: Question | None = None
        self._state = State.READING
        self._said = ""
        self._reply: Reply | None = None
        self._hint: tuple[str, ...] = ()
        self._draft: Draft | None = None

    def compose(self) -> ComposeResult:
        """Title, what is to be read, what is asked, input, keys."""
        yield self.title_bar()
        yield Lines(id="lesson")
        yield Lines(id="ask")
        yield Answer(prompt="你：")
        yield self.key_bar()

    def on_mount(self) -> None:
        """Begin."""
        self._next()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        if self._question is None:
            return
        self._trainer.columns = min(WIDEST, self.app.size.width - 2)
        if self._state is not State.REPLIED:
            self._question = self._trainer.question()
        self._show()

    # -- showing --

    def _next(self) -> None:
        """The next question, or the word that there is none."""
        self._trainer.columns = min(WIDEST, self.app.size.width - 2)
        try:
            self._question = question = self._trainer.question()
        except ExerciseError as error:
            self._question = question = Question("fault", Mode.DONE, "出不了题", (str(error),), "")
        self._hint, self._reply, self._said = (), None, ""
        reading = question.mode in (Mode.PAGE, Mode.DONE)
        self._state = State.READING if reading else State.ANSWERING
        text = self._begin_draft(question) if question.kind in learning.DRAFTED else question.prefill
        self._show()
        self._place_input(question, text)

    def _begin_draft(self, question: Question) -> str:
        """What was written before for an exercise that takes long; from now on it counts as begun."""
        from tui.practice_form import Draft

        self._draft = Draft(self._folders, question.key)
        text = self._draft.text(question.prefill)
        if text != question.prefill:
            self._hint = ("上次写到一半的都在下面，接着写。",)
        self._keep(text)
        return text

    def _keep(self, text: str) -> None:
        """Keep the text of an exercise that takes long; a disk that refuses is said."""
        if self._draft is not None:
            try:
                self._draft.keep(text)
            except OSError as error:
                self._hint = (f"草稿没存上：{reason(error)}",)

    def keep_draft(self) -> None:
        """Put what is being typed on disk; called by signals and crashes too."""
        if self._state is State.ANSWERING and self._question is not None and self._question.mode is Mode.LONG:
            self._keep(self._typed)

    def _place_input(self, question: Question | None, text: str = "") -> None:
        """The input that fits the question; none while there is only something to read."""
        mode = question.mode if question is not None else Mode.PAGE
        if mode is Mode.LINE:
            self._input.use_line("")
        elif mode is Mode.LONG:
            self._input.use_editor(text, at_start=True)  # a sheet is filled in from its first line on
        else:
            self._input.hide()

    @property
    def _input(self) -> Answer:
        return self.query_one(Answer)

    def _show(self, *, stay: bool = False) -> None:
        """Show everything anew; stay keeps the place in the text."""
        question = self._question
        assert question is not None
        count = f" {question.done}{f'/{question.of}' if question.of else ''}" if question.done else ""
        state = f"｜{self._notebook.trouble or '进度已存'}" if self._notebook.progress.last_day else ""
        name = cut(f"{question.section or self._trainer.sitting}{count}", self.app.size.width - text_width(state) - 8)
        self.say_title(f" 学习｜{name}{state}")
        asked = self._asked(question) if self._state is State.ANSWERING else []
        self.query_one("#ask", Lines).show(asked)
        rows, at = self._rows(question)
        text = self.query_one("#lesson", Lines)
        kept = (10**6 if self._below() <= 0 else text.offset_rows) if stay else 0
        text.show(rows)
        text.offset_rows = 0
        self.call_after_refresh(self._look_at, at, kept)

    def _look_at(self, row: int, kept: int) -> None:
        """Scroll as little as shows what is new from its first row on, and say whether there is more."""
        text = self.query_one("#lesson", Lines)
        if kept:
            text.scroll_rows(kept)
        elif row and self._below() > 0:
            text.scroll_rows(min(row - text.offset_rows, self._below()))
        self.say_keys()

    def _rows(self, question: Question) -> tuple[list[Line], int]:
        """What is to be read, and the row at which the reply begins (0 without one)."""
        width = self.app.size.width - 1
        rows = wrapped(question.title, width, STRONG)
        for text in question.lines:
            rows += wrapped(text, width)
        for number, choice in enumerate(question.choices, 1):
            rows += wrapped(choice, width, PLAIN, f"  {number}. ", "     ")
        if self._reply is None:
            return rows, 0
        at = len(rows)
        said = self._said if len(self._said) <= 200 else f"写了{len(self._said)}字"
        rows += [line(""), *(wrapped(said, width, ECHO, "你：", "    ") if said else [])]
        style = HELP if self._reply.passed or self._reply.score is None else ERROR
        for number, text in enumerate(self._reply.lines):
            rows += wrapped(text, width, PLAIN if number else style)
        return rows, at

    def _asked(self, question: Question) -> list[Line]:
        width = self.app.size.width - 1
        rows = [row for text in self._hint for row in wrapped(text, width, HELP)]
        return [*rows, *wrapped(question.ask, width, STRONG)]

    def _below(self) -> int:
        """Rows of the text below what is in sight."""
        text = self.query_one("#lesson", Lines)
        return len(self._rows(self._question)[0]) - text.size.height - text.offset_rows if self._question else 0

    def usual_keys(self) -> str:
        """The keys that fit, and whether there is more to read."""
        below = self._below()
        more = f"还有{below}行 {keymap.shown('trainer.page_down')} " if below > 0 else ""
        return more + keymap.bar(self.SCREEN, self._bar)

    @property
    def _bar(self) -> str:
        """Which key bar fits."""
        question = self._question
        if self._state is State.REPLIED:
            return "replied"
        if self._state is State.READING:
            return "done" if question is not None and question.mode is Mode.DONE else "reading"
        if question is not None and question.mode is Mode.LONG:
            return "form" if question.kind == FORM else "long"
        return ""

    # -- acting --

    def action_turn(self, direction: int) -> None:
        """Scroll the text by a screenful."""
        self._scroll(direction * max(1, self.query_one("#lesson", Lines).size.height - 1))

    def _scroll(self, rows: int) -> None:
        self.query_one("#lesson", Lines).scroll_rows(rows)
        self.say_keys()

    def on_key(self, event: events.Key) -> None:
        """Enter goes on, arrows scroll; a long text keeps its keys."""
        steps = {"up": -1, "down": 1, "home": -(10**6), "end": 10**6}
        if event.key in steps:
            self._scroll(steps[event.key])
        elif event.key in ("enter", "space") and self._state is not State.ANSWERING:
            self.action_send()
        else:
            return
        event.stop()

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Enter in the line."""
        self.action_send()

    @property
    def _typed(self) -> str:
        if self._state is not State.ANSWERING or self._question is None:
            return ""
        return self._input.text

    def action_send(self) -> None:
        """Read on where there is more, else turn the page, answer, or go on to the next exercise."""
        typed = self._typed
        if self._below() > 0 and not typed.strip():
            self.action_turn(1)
        elif self._state is State.REPLIED:
            self._next()
        elif self._state is State.ANSWERING and self._question is not None and typed == self._question.prefill != "":
            self._answer("")
        elif self._question is not None and self._question.mode is Mode.DONE:
            self.dismiss()
        else:
            self._answer(typed)

    def action_tell(self, command: str) -> None:
        """Run one of the trainer's commands by its key; where there is nothing to hint at, its key shows the keys."""
        going_back = command == "上一页"
        if self._begun and command in LOSING and self._state is State.ANSWERING:
            self.ask(f"这道题写了一半，不会留下。{command}吗？", lambda: self._answer(f"/{command}"))
        elif self._state is State.ANSWERING or (going_back and self._state is State.READING):
            self._answer(f"/{command}")
        elif going_back:
            self._next()
        elif command == "提示":
            self.action_help()

    def _answer(self, text: str) -> None:
        self.keep_draft()
        reply = learning.answered(self._trainer, text)
        if self._draft is not None and not (reply.again or reply.leave):
            if text != "/上一页":
                self._draft.drop()
            self._draft = None
        if reply.leave:
            self.dismiss()
        elif reply.again:
            self._hint = reply.lines
            self._show(stay=True)
            self._ask_again(text)
        elif reply.lines:
            self._said = "" if text.startswith(("/", "／")) else text
            self._reply, self._state = reply, State.REPLIED
            self._place_input(None)
            self._show()
        else:
            self._next()

    def _ask_again(self, sent: str) -> None:
        """What was sent from the line and settled nothing stands there to be typed over; a key leaves the line alone."""
        if self._question is not None and self._question.mode is Mode.LINE and sent == self._typed:
            self._input.use_line(sent, selected=True)

    def action_fill(self) -> None:
        """Fill the form of a story in the filling screen; its values come back into the sheet."""
        if self._question is None or self._question.kind != FORM or self._state is not State.ANSWERING:
            return
        from tui.screens.fill import FillPage

        sheet, draft = self._typed, self._draft
        if draft is None:
            return
        try:
            dialogue = draft.dialogue(sheet)
        except (ExerciseError, OSError) as error:
            self._hint = (reason(error),)
            self._show()
            return

        def filled(_: Any) -> None:
            self._input.use_editor(draft.take_back(dialogue, sheet), at_start=True)
            self._hint = (
                f"填的内容都在下面的填写单里了，{keymap.shown('trainer.send')} 交卷，{keymap.shown('trainer.fill')} 接着填。",
            )
            self._show()

        self.app.push_screen(FillPage(dialogue), filled)

    def action_undo(self) -> None:
        """Take back the last change of what is being typed."""
        self._input.take_back()

    def action_leave_page(self) -> None:
        """Leave; only a long answer that was begun is asked about."""
        if self._begun:
            self.ask("这道题写了一半，不会留下。离开吗？", self._leave)
        else:
            self.keep_draft()
            self._leave()

    @property
    def _begun(self) -> bool:
        """Whether a long answer was begun that is kept nowhere."""
        question = self._question
        if self._draft is not None or question is None or question.mode is not Mode.LONG:
            return False
        return self._typed.strip() not in ("", question.prefill.strip())

    def _leave(self) -> None:
        self.dismiss()
