"""The conversation screen (填表): keys and timers around a dialogue; what it shows is the `Conversation`'s."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from domain.quantity import looks_like_target
from tui import keymap
from tui.dialogue import Dialogue, Message, Mode, Question, Reply, Role
from tui.dialogue.outside import HELD_KEY, MERGE_KEY
from tui.keeping import SIGN_OF_LIFE
from tui.screens import fill_rows
from tui.screens.base import Page
from tui.screens.conversation import Conversation, greetings
from tui.screens.retrying import Retrying
from tui.widgets.field import LineField

if TYPE_CHECKING:
    from pathlib import Path

    from tui.coaching import Coach

REMARK_PAUSE = 0.15
"""Seconds after an answer until the reviewer's remark on it is looked for: the next question comes first."""


class FillPage(Page, screen="fill"):
    """A dialogue on screen. It holds nothing but what is being typed."""

    def __init__(self, dialogue: Dialogue) -> None:
        super().__init__()
        self.dialogue = dialogue
        dialogue.names_keys = True
        self._talk = Conversation(dialogue)
        self._question: Question | None = None
        self._retrying = Retrying(self, dialogue.session, self._tell_of_disk)
        self._kept: tuple[object, str] | None = None
        """The text of which question is kept: what another screen writes over it since then stays."""
        self._mending = ""
        self._coach: Coach | None = None

    def compose(self) -> ComposeResult:
        """Title, conversation, keys."""
        yield self.title_bar()
        yield self._talk
        yield self.key_bar()

    def on_mount(self) -> None:
        """Greet and ask the first question."""
        self._talk.tell(*(Message(Role.NOTE, text) for text in greetings(self.dialogue)), *self.dialogue.so_far())
        self.set_interval(SIGN_OF_LIFE, self.dialogue.session.sign)
        self.look_again()

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self._talk.make_room()
        if self._question is not None:
            self._show_all(self._question)

    def on_screen_resume(self) -> None:
        """Something may have changed while another screen was on top."""
        if self._question is not None:
            self.look_again()

    def look_again(self) -> None:
        """See what others did to the record in the meantime, and ask anew."""
        self._talk.tell(*self.dialogue.look_again())
        self.refresh_question()

    # -- showing --

    def refresh_question(self, keep: str = "") -> None:
        """Show the current question; keep is text to leave in the input."""
        question = self.dialogue.question()
        if self._coach is not None:
            question, taught = self._coach.question(question)
            self._talk.tell(*taught)
        self._talk.ask(question, keep)
        self._question, self._kept = question, None  # only now: a save before finds the text of the question before
        self._say_bars(question)
        self._retrying.soon()

    def _show_all(self, question: Question) -> None:
        self._say_bars(question)
        self._talk.show(question)
        self._retrying.soon()

    def _say_bars(self, question: Question) -> None:
        self.say_title(fill_rows.title(self.dialogue, question, self.app.size.width, coached=self._coach is not None))
        self.say_keys()

    def usual_keys(self) -> str:
        """The keys that fit the input."""
        question = self._question
        if question is not None and question.key in (HELD_KEY, MERGE_KEY):
            return keymap.bar(self.SCREEN, "settling")
        if self.dialogue.session.read_only:
            return keymap.bar(self.SCREEN, "looking")
        if question is None or question.mode not in (Mode.LONG, Mode.PASTE):
            return keymap.bar(self.SCREEN)
        return keymap.bar(self.SCREEN, "carried" if question.carried else "skeleton" if question.skeleton else "long")

    # -- keeping --

    @property
    def text(self) -> str:
        """What stands in the input."""
        return self._talk.answer.text

    def on_line_field_changed(self, event: LineField.Changed) -> None:
        """Look for suggestions while an indicator is typed, and keep the text safe."""
        if self._question is not None and self._question.mode is Mode.SLOT:
            self._talk.offer(event.value)
        self.keep_soon()

    def on_text_area_changed(self) -> None:
        """Keep the long text safe."""
        self.keep_soon()

    def keep_now(self) -> None:
        """Keep the text, and tell what came of it."""
        before = self.dialogue.session.trouble
        super().keep_now()
        if news := self.dialogue.news():
            self._talk.tell(*news)
            self.refresh_question()
        elif self.dialogue.session.trouble != before:
            self._tell_of_disk()

    def keep_draft(self) -> None:
        """Put the text in progress on disk, unless it is there."""
        if self._question is None or not self.is_mounted or self._coach_asks:
            return
        standing = (self._question.identity, self.text)
        if standing != self._kept:
            self._kept = standing
            self.dialogue.leave_text(self.text, self._question)

    def _tell_of_disk(self) -> None:
        trouble = self.dialogue.session.trouble
        self._talk.tell(Message(Role.ERROR, trouble) if trouble else Message(Role.NOTE, "又能存了，内容都已存盘。"))
        if self._question is not None:
            self._show_all(self._question)

    # -- answering --

    def on_line_field_submitted(self, event: LineField.Submitted) -> None:
        """Enter."""
        self.action_send()

    def on_key(self, event: events.Key) -> None:
        """Up and down choose among suggestions."""
        slot = self._question is not None and self._question.mode is Mode.SLOT
        if event.key in ("up", "down") and slot and self._talk.options.offered:
            self.dialogue.highlight = max(0, self._talk.choose(1 if event.key == "down" else -1))
            event.stop()

    def action_send(self) -> None:
        """Answer with what stands in the input."""
        question, text = self._question, self.text
        if question is None:
            return
        options = self._talk.options
        if self._coach is not None:
            if self._coach.asks:
                self._after(self._coach.answer(text), said=text)
                return
            self._coach.watch(replace(question, suggestions=options.offered))
        if options.picked is not None and question.mode is Mode.SLOT and not looks_like_target(text):
            self._after(self.dialogue.pick(options.picked, text), said=options.picked.name)
            return
        if question.mode in (Mode.LINE, Mode.LONG) and question.prefill and not text.strip():
            self._after(self.dialogue.command("clear"), said="")
            return
        literal = question.mode in (Mode.LONG, Mode.PASTE)
        self._after(self.dialogue.answer(text, literal=literal), said=text)

    def action_say(self, command: str) -> None:
        """Run a command by its key; what is being typed stays with its field."""
        if self._coach is not None and self._coach.asks:
            self._coach.drop()
            if command in ("skip", "back"):
                self.refresh_question()
                return
        else:
            self.keep_draft()
        self._after(self.dialogue.command(command), keep_text=True)

    def _after(self, reply: Reply, *, said: str = "", keep_text: bool = False) -> None:
        """Show what came of an answer or command."""
        before = self._question.key if self._question else ""
        looked = self.dialogue.session.read_only and not reply.messages
        if said.strip() and not looked and not any(message.role is Role.ECHO for message in reply.messages):
            self._talk.tell(Message(Role.YOU, fill_rows.spoken(self._question, said)))
        self._talk.tell(*reply.messages)
        if reply.leave:
            self.leave()
            return
        self._remark_soon(before, reply)
        if reply.view:
            self.show_view(reply.view, reply.topic)
            return
        if self._mending and self.dialogue.key != self._mending:
            self.show_view("check")
            return
        same = keep_text and self.dialogue.key == before
        if same and self._question is not None:
            self._show_all(self._question)
        else:
            self.refresh_question(reply.keep)

    def _remark_soon(self, key: str, reply: Reply) -> None:
        """Once the next question stands: what a reviewer would say of this answer; it goes with the next one.

        An answer that was given to another place (把结束时间改成…) leaves this one as it was.
        """
        self._talk.remark()
        mode = self.dialogue.question().mode
        if (
            mode is not Mode.TARGET
            and (mode is Mode.SLOT or self.dialogue.key != key)
            and any(message.role is Role.ECHO for message in reply.messages)
        ):
            self.set_timer(REMARK_PAUSE, lambda: self._remark(key))

    def _remark(self, key: str) -> None:
        if self.is_current and (remarks := self.dialogue.remarks(key)):
            self._talk.remark(remarks)
            self._talk.show_said()

    # -- keys --

    @property
    def _coach_asks(self) -> bool:
        return self._coach is not None and self._coach.asks

    def action_coach(self) -> None:
        """Ctrl+T: learning beside the work on, or off with a summing-up."""
        from tui.coaching import OFF, ON, coach_for

        keep = "" if self._coach_asks else self.text
        if self._coach is None:
            self._coach = coach_for(self.dialogue)
            self._talk.tell(Message(Role.NOTE, ON.format(key=keymap.shown("fill.coach"))))
        else:
            self._talk.tell(*self._coach.summary(), Message(Role.NOTE, OFF))
            self._coach = None
        self.refresh_question(keep)

    def action_editor(self) -> None:
        """The long text in the user's own editor; what comes back stands in the input, to be confirmed."""
        from tui.screens.views import edit_outside

        self.keep_draft()
        edit_outside(self)

    def action_undo(self) -> None:
        """Undo in the text first, then whole steps."""
        if not self._talk.answer.take_back():
            self._after(self.dialogue.command("undo"))

    def action_redo(self) -> None:
        """Redo in the long text first, then whole steps."""
        if not self._talk.answer.make_again():
            self._after(self.dialogue.command("redo"))

    def action_skeleton_or_table(self) -> None:
        """F6: the skeleton in a long text that has one, else the indicator table."""
        editor = self._talk.answer.editor
        if editor is not None and self._question is not None and self._question.skeleton:
            editor.add_skeleton(self._question.skeleton)
        else:
            self.action_say("table")

    def action_mention(self) -> None:
        """The next year or document number in a text carried from last year."""
        if (editor := self._talk.answer.editor) is not None:
            editor.next_mention()

    def action_talk(self, rows: int) -> None:
        """Scroll the conversation."""
        self._talk.scroll_said(rows)

    def action_leave_page(self) -> None:
        """Leave after asking; everything is saved first."""
        self.keep_draft()
        from tui.screens.leaving import ask_to_leave

        ask_to_leave(self, self._coach.summary() if self._coach is not None else ())

    def leave(self) -> None:
        """Close the record and this screen."""
        self.dialogue.session.close()
        self.dismiss()

    # -- other screens --

    def show_view(self, view: str, topic: str = "") -> None:
        """Open another screen over this one; topic is what it is to be about."""
        from tui.screens.views import open_view

        self._mending = ""
        self._talk.show_said()
        open_view(self, view, topic)

    def say(self, *messages: Message) -> None:
        """Add to the conversation, and show it; the question stays."""
        self._talk.tell(*messages)
        self._talk.show_said()

    def told(self, said: str | None, role: Role = Role.ECHO) -> None:
        """Something outside the conversation was done, or went wrong, that is worth a line."""
        if said:
            self._talk.tell(Message(role, said))
        self.refresh_question()

    def wrote(self, paths: tuple[Path, ...] | None) -> None:
        """Another screen wrote files."""
        self.told("；".join(f"已导出到 {path}" for path in paths or ()))

    def jump(self, key: str | None) -> None:
        """Go to a place that another screen named, and come back after its answer."""
        self._mending = ""
        if key:
            self.dialogue.goto(key)
        self.refresh_question()

    def mend(self, key: str) -> None:
        """Go to a place that the review named, and back to the review once it is answered."""
        self.jump(key)
        back = keymap.shown("fill.check")
        if self.dialogue.session.read_only:
            self._talk.tell(Message(Role.NOTE, f"看完按 {back} 回到检查。"))
        else:
            self._mending = key
            self._talk.tell(Message(Role.NOTE, f"改好这一项就回到检查；不改了按 {back} 回去。"))
        self._talk.show_said()
