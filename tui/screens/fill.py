"""The conversation screen (填表): what was said, the question, what can be picked, and the input that fits the field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from suggest.types import Suggestion
from tui.dialogue import Dialogue, Message, Mode, Question, Reply, Role
from tui.screens import fill_rows
from tui.screens.base import Page
from tui.widgets.answer import Answer
from tui.widgets.field import LineField
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from pathlib import Path

    from tui.coaching import Coach

TYPING_PAUSE = 0.5
"""Seconds after a key until the text in progress is on disk."""

REMARK_PAUSE = 0.15
"""Seconds after an answer until the reviewer's remark on it is looked for: the next question comes first."""

WIDE = 118
"""Columns from which on help and progress stand beside the conversation."""

SIDE = 42
"""Columns of that panel, a blank one on its left included."""

KEPT_MESSAGES = 300
SHOWN_MESSAGES = 60


class FillPage(Page):
    """A dialogue on screen. It holds nothing but what is being typed."""

    KEYS = "F1帮助 F3理由 F4全表 F5检查 F6指标表 F7上一步 F8跳过 F9确认 ^Z撤销 F10离开"
    LONG_KEYS = "F9写好了 F6插入提纲 F1帮助 F4全表 F7上一步 F8跳过 ^Z撤销 F2保存 F10离开"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "say('help')", show=False, priority=True),
        Binding("f2,ctrl+s", "say('save')", show=False, priority=True),
        Binding("f3", "say('suggest')", show=False, priority=True),
        Binding("f4,ctrl+g", "say('overview')", show=False, priority=True),
        Binding("f5", "say('check')", show=False, priority=True),
        Binding("f6", "skeleton_or_table", show=False, priority=True),
        Binding("f7,shift+tab", "say('back')", show=False, priority=True),
        Binding("f8", "say('skip')", show=False, priority=True),
        Binding("f9,tab", "send", show=False, priority=True),
        Binding("ctrl+z", "undo", show=False, priority=True),
        Binding("ctrl+y", "redo", show=False, priority=True),
        Binding("ctrl+t", "coach", show=False, priority=True),
        Binding("pageup", "talk(8)", show=False, priority=True),
        Binding("pagedown", "talk(-8)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    FillPage #talk { height: 1fr; }
    FillPage #side { dock: right; width: 42; height: 1fr; margin: 1 0 1 0; display: none; }
    FillPage.-wide #side { display: block; }
    """

    def __init__(self, dialogue: Dialogue) -> None:
        super().__init__()
        self.dialogue = dialogue
        self._messages: list[Message] = []
        self._question: Question | None = None
        self._options: tuple[Suggestion, ...] = ()
        self._chosen = -1
        self._typing_timer = False
        self._remarks: tuple[str, ...] = ()
        self._coach: Coach | None = None

    # -- building --

    def compose(self) -> ComposeResult:
        """Title, conversation, question, options, input, keys."""
        yield self.title_bar()
        yield Lines(id="side")
        yield Lines(id="talk", bottom=True)
        yield Lines(id="ask")
        yield Lines(id="options")
        yield Answer()
        yield self.key_bar()

    def on_mount(self) -> None:
        """Greet and ask the first question."""
        session = self.dialogue.session
        if session.recovered:
            self._tell(Message(Role.NOTE, "上次没有正常结束，答过的内容已找回。"))
        for oddity in session.oddities:
            self._tell(Message(Role.NOTE, f"文件里有一处没看懂，已原样保留：{oddity}"))
        if not session.on_disk:
            self._tell(
                Message(Role.NOTE, "新填一张表。一次问一项，回车确认，空着回车就跳过；随时可退出，答过的都已存盘。")
            )
            self._tell(Message(Role.NOTE, "已有项目说明的，可输入 /草拟 先拟一稿；写 /命令 看全部命令。"))
        for message in self.dialogue.so_far():
            self._tell(message)
        self.refresh_question()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self.set_class(self.app.size.width >= WIDE, "-wide")
        if self._question is not None:
            self._show_all(self._question)

    def on_screen_resume(self) -> None:
        """Something may have changed while another screen was on top."""
        if self._question is not None:
            self.refresh_question()

    # -- showing --

    def refresh_question(self, keep: str = "") -> None:
        """Show the current question; keep is text to leave in the input."""
        question = self.dialogue.question()
        if self._coach is not None:
            question, taught = self._coach.question(question)
            for message in taught:
                self._tell(message)
        self._question, self._chosen = question, -1
        self._options = question.suggestions
        self._show_all(question)
        text = keep or question.prefill
        if question.mode in (Mode.LONG, Mode.PASTE):
            self._input.use_editor(text)
        else:
            default = f"回车填：{question.default}" if question.default else ""
            note = f"（{question.default_note}）" if question.default and question.default_note else ""
            self._input.use_line(text, f"{default}{note}")

    @property
    def _columns(self) -> int:
        """Columns for the conversation."""
        width = self.app.size.width
        return width - SIDE if width >= WIDE else width

    def _show_side(self) -> None:
        """Help and progress beside the conversation, where there is room."""
        if self.app.size.width >= WIDE:
            self.query_one("#side", Lines).show(fill_rows.beside(self.dialogue, SIDE - 2))

    def _show_all(self, question: Question) -> None:
        self.say_title(fill_rows.title(self.dialogue, question, self.app.size.width, coached=self._coach is not None))
        self.say_keys()
        self.query_one("#ask", Lines).show(fill_rows.asked(question, self._columns))
        self._show_options()
        self._show_talk()
        self._show_side()

    def usual_keys(self) -> str:
        """The keys that fit the input."""
        long = self._question is not None and self._question.mode in (Mode.LONG, Mode.PASTE)
        return self.LONG_KEYS if long else self.KEYS

    def _show_options(self) -> None:
        question = self._question
        if question is not None and question.mode is Mode.SLOT:
            rows = fill_rows.offered(self._options, self._chosen, self._columns)
            self.query_one("#options", Lines).show(rows, height=max(len(question.suggestions), len(rows), 1))
        else:
            self.query_one("#options", Lines).show([], height=0)

    def _show_talk(self) -> None:
        rows = fill_rows.said(self._messages[-SHOWN_MESSAGES:], self._remarks, self._columns)
        self.query_one("#talk", Lines).show(rows)

    def _tell(self, message: Message) -> None:
        self._messages = [*self._messages[-KEPT_MESSAGES:], message]

    # -- the input --

    @property
    def _input(self) -> Answer:
        return self.query_one(Answer)

    @property
    def text(self) -> str:
        """What stands in the input."""
        return self._input.text

    def on_line_field_changed(self, event: LineField.Changed) -> None:
        """Look for suggestions while an indicator is typed, and keep the text safe."""
        if self._question is not None and self._question.mode is Mode.SLOT:
            self._options, self._chosen = self.dialogue.complete(event.value), -1
            self._show_options()
        self._keep_soon()

    def on_text_area_changed(self) -> None:
        """Keep the long text safe."""
        self._keep_soon()

    def _keep_soon(self) -> None:
        if not self._typing_timer:
            self._typing_timer = True
            self.set_timer(TYPING_PAUSE, self.keep_typing)

    def keep_typing(self) -> None:
        """Put the text in progress on disk."""
        self._typing_timer = False
        if self._question is not None and self.is_mounted and not self._coach_asks:
            self.dialogue.leave_text(self.text)

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Enter."""
        self.action_send()

    def on_key(self, event: events.Key) -> None:
        """Up and down choose among suggestions or numbered choices."""
        if event.key in ("up", "down") and self._options and self._question and self._question.mode is Mode.SLOT:
            step = 1 if event.key == "down" else -1
            self._chosen = max(-1, min(len(self._options[: fill_rows.OPTION_ROWS]) - 1, self._chosen + step))
            self.dialogue.highlight = max(0, self._chosen)
            self._show_options()
            event.stop()

    # -- acting --

    def action_send(self) -> None:
        """Answer with what stands in the input."""
        question, text = self._question, self.text
        if question is None:
            return
        if self._coach is not None:
            if self._coach.asks:
                self._after(self._coach.answer(text), said=text)
                return
            self._coach.watch(replace(question, suggestions=self._options))
        if self._chosen >= 0 and question.mode is Mode.SLOT and not self._is_target(text):
            suggestion = self._options[self._chosen]
            self._after(self.dialogue.pick(suggestion), said=suggestion.name)
            return
        if question.mode in (Mode.LINE, Mode.LONG) and question.prefill and not text.strip():
            self._after(self.dialogue.command("clear"), said="")
            return
        literal = question.mode in (Mode.LONG, Mode.PASTE)
        self._after(self.dialogue.answer(text, literal=literal), said=text)

    @staticmethod
    def _is_target(text: str) -> bool:
        from domain.quantity import looks_like_target

        return looks_like_target(text)

    def action_say(self, command: str) -> None:
        """Run a command by its key; what is being typed stays with its field."""
        if self._coach is not None and self._coach.asks:
            self._coach.drop()
            if command in ("skip", "back"):
                self.refresh_question()
                return
        else:
            self.dialogue.leave_text(self.text)
        self._after(self.dialogue.command(command), keep_text=True)

    @property
    def _coach_asks(self) -> bool:
        return self._coach is not None and self._coach.asks

    def action_coach(self) -> None:
        """Ctrl+T: learning beside the work on, or off with a summing-up."""
        from tui.coaching import OFF, ON, coach_for

        keep = "" if self._coach_asks else self.text
        if self._coach is None:
            self._coach = coach_for(self.dialogue)
            self._tell(Message(Role.NOTE, ON))
        else:
            for message in (*self._coach.summary(), Message(Role.NOTE, OFF)):
                self._tell(message)
            self._coach = None
        self.refresh_question(keep)

    def action_undo(self) -> None:
        """Undo in the text first, then whole steps."""
        if not self._input.take_back():
            self._after(self.dialogue.command("undo"))

    def action_redo(self) -> None:
        """Redo in the long text first, then whole steps."""
        if not self._input.make_again():
            self._after(self.dialogue.command("redo"))

    def action_skeleton_or_table(self) -> None:
        """F6: the skeleton in a long text that has one, else the indicator table."""
        editor = self._input.editor
        if editor is not None and self._question is not None and self._question.skeleton:
            editor.add_skeleton(self._question.skeleton)
        else:
            self.action_say("table")

    def action_talk(self, rows: int) -> None:
        """Scroll the conversation."""
        self.query_one("#talk", Lines).scroll_rows(rows)

    def action_leave_page(self) -> None:
        """Leave after asking; everything is saved first."""
        self.keep_typing()
        self.dialogue.session.save()
        trouble = self.dialogue.session.trouble
        if self._coach is not None:
            for message in self._coach.summary():
                self._tell(message)
            self._show_talk()
        self.ask(f"{trouble or '已存好，下次从这里接着填。'}离开吗？", self._leave)

    def _leave(self) -> None:
        self.dialogue.session.close()
        self.dismiss()

    def _after(self, reply: Reply, *, said: str = "", keep_text: bool = False) -> None:
        """Show what came of an answer or command."""
        before = self._question.key if self._question else ""
        if said.strip() and not any(message.role is Role.ECHO for message in reply.messages):
            self._tell(Message(Role.YOU, self._spoken(said)))
        for message in reply.messages:
            self._tell(message)
        if reply.leave:
            self._leave()
            return
        self._remark_soon(before, reply)
        if reply.view:
            self.show_view(reply.view)
            return
        same = keep_text and self.dialogue.key == before
        if same and self._question is not None:
            self._show_talk()
            self._show_all(self._question)
        else:
            self.refresh_question(reply.keep)

    def _remark_soon(self, key: str, reply: Reply) -> None:
        """Once the next question stands: what a reviewer would say of this answer; it goes with the next one."""
        self._remarks = ()
        waiting = self.dialogue.question().mode is Mode.TARGET
        if not waiting and any(message.role is Role.ECHO for message in reply.messages):
            self.set_timer(REMARK_PAUSE, lambda: self._remark(key))

    def _remark(self, key: str) -> None:
        if self.is_current:
            self._remarks = self.dialogue.remarks(key)
            if self._remarks:
                self._show_talk()

    def told(self, said: str | None) -> None:
        """Another screen did something worth a line."""
        if said:
            self._tell(Message(Role.ECHO, said))
        self.refresh_question()

    def wrote(self, paths: tuple[Path, ...] | None) -> None:
        """Another screen wrote files."""
        self.told("；".join(f"已导出到 {path}" for path in paths or ()))

    def jump(self, key: str | None) -> None:
        """Go to a place that another screen named, and come back after its answer."""
        if key:
            self.dialogue.goto(key)
        self.refresh_question()

    def _spoken(self, said: str) -> str:
        title = self._question.title.rstrip("*") if self._question else ""
        text = said if len(said) <= 200 else f"{said[:200]}…（共 {len(said)} 字）"
        return f"{title}：{text}" if title and not said.startswith("/") else text

    def show_view(self, view: str) -> None:
        """Open another screen over this one."""
        from tui.screens.views import open_view

        self._show_talk()
        open_view(self, view)
