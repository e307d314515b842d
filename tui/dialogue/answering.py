"""What an answer does: at a field, in a slot, at a target, to a draft, or as a sentence that means a command."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from domain import answers
from domain.fields import Field, Kind
from domain.marks import COMPUTED, TYPED, row_key
from domain.model import fields, is_empty
from domain.text import clean
from suggest.types import Suggestion
from tui import keymap
from tui.dialogue import commands, drafting, outside, rolled, slots, targeting
from tui.dialogue.asking import Asking
from tui.dialogue.places import FieldPlace, SlotPlace, find
from tui.dialogue.state import DONE_KEY
from tui.dialogue.types import Message, Reply, Role, say
from tui.record_keys import target_key

if TYPE_CHECKING:
    from tui.dialogue import intents

WHOLE_FORM = "这像一整张表，不是这一项的答案，没有记下。要导入：{way}，先看认出了什么再存。"
"""Said where someone pastes a page at a question; the text stays in the input."""


def is_whole_form(text: str) -> bool:
    """Whether an answer is a page of the form: the labels of most narratives stand in it."""
    narratives = [one.spec.label for one in fields() if one.spec.kind is Kind.LONG]
    return sum(label in text for label in narratives) > len(narratives) // 2


class Answering(Asking, ABC):
    """A conversation that takes answers; the commands that an answer may stand for come with the dialogue."""

    @abstractmethod
    def command(self, identity: str, argument: str = "") -> Reply:
        """Run a command by id, as a key or a slash word does."""

    def answer(self, text: str, *, literal: bool = False) -> Reply:
        """Take what was typed at the question.

        literal: the text comes from a long-text editor; it is a command only where it is nothing but the name of one.
        """
        reply = self._answered(text, literal)
        return replace(reply, messages=self._with_news(reply.messages))

    def _answered(self, text: str, literal: bool) -> Reply:
        if literal and commands.is_bare(text):
            self.leave_text("")
            literal = False
        if not literal and (reply := self._slash(text)) is not None:
            return reply
        if not literal and text.lstrip()[:2] in ("//", "／／"):
            text = text.lstrip()[1:]
        if not literal and text.strip() in ("?", "？"):
            return self.command("help")
        if self._is_held:
            return self._answer_held(text)
        if self.session.conflicts:
            return outside.answer_merge(self.session, text)
        if self.session.read_only:
            return self._look_on(text)
        if self._draft is not None:
            return self._answer_draft(text)
        if is_whole_form(text):
            return say(Role.ERROR, WHOLE_FORM.format(way=self._way_to_import()), keep=text)
        place = self.place
        if place is None:
            return self._sentence_only(text) if text.strip() else self.command("quit")
        if isinstance(place, SlotPlace):
            return self._answer_slot(place, text)
        return self._answer_field(place, text)

    def _way_to_import(self) -> str:
        if not self.names_keys:
            return "/退出 回主屏，写 导入，再写 粘贴，贴到那里"
        leave, opens, turn = (keymap.shown(one) for one in ("page.leave", "home.import", "import.turn"))
        return f"{leave} 回主屏，按 {opens} 再按 {turn}，粘贴到那里"

    def _slash(self, text: str) -> Reply | None:
        split = commands.split(text.strip()) if "\n" not in text.strip() else None
        if split is None:
            return None
        found = commands.find(split[0])
        if found is None:
            near = "、".join(f"/{command.names[0]}" for command in commands.close_to(split[0]))
            hint = f"是不是想用 {near}？" if near else "/命令 可看全部命令。"
            return say(Role.ERROR, f"没有“/{split[0]}”这个命令。{hint}若它就是答案，请写成 /{text.strip()}", keep=text)
        return self.command(found[0].id, " ".join(part for part in (found[1], split[1]) if part))

    # -- sentences --

    def _sentence_only(self, text: str) -> Reply:
        from tui.dialogue import intents

        intent = intents.understand(text)
        if intent is not None:
            return self._do_intent(intent, text)
        return say(Role.ERROR, "都问完了。要改某项请写 /去 金额 这样的命令，回车离开。", keep=text)

    def _sentence(self, field: Field, text: str, result: answers.Answer) -> intents.Intent | None:
        """The command that a whole sentence in a typed field means: where it is no answer, or could hardly be one."""
        from tui.dialogue import intents

        kind = field.spec.kind
        intent = intents.understand(text) if kind not in (Kind.TEXT, Kind.LONG) else None
        if intent is None:
            return None
        if isinstance(result, answers.Refused):
            return None if kind is Kind.SUBJECTS and result.candidates else intent
        known = intent.command not in ("go", "set") or find(self.session.declaration, intent.argument)
        return intent if kind is Kind.CODED and known else None

    def _do_intent(self, intent: intents.Intent, text: str) -> Reply:
        if intent.command == "set":
            return self._set_elsewhere(intent, text)
        if intent.command == "go" and not find(self.session.declaration, intent.argument):
            return say(Role.ERROR, f"没有叫“{intent.argument}”的栏目。/全表 可看全部栏目。", keep=text)
        return self.command(intent.command, intent.argument)

    def _set_elsewhere(self, intent: intents.Intent, text: str) -> Reply:
        hits = [place for place in find(self.session.declaration, intent.argument) if isinstance(place, FieldPlace)]
        if len(hits) != 1:
            known = "、".join(place.label for place in hits[:5])
            which = (
                f"“{intent.argument}”可能是：{known}，请写全一点。"
                if hits
                else f"没有叫“{intent.argument}”的栏目。/全表 可看全部栏目。"
            )
            return say(Role.ERROR, which, keep=text)
        place = hits[0]
        result = answers.parse(place.field, intent.value, self.session.declaration)
        if isinstance(result, answers.Refused):
            return say(Role.ERROR, f"{place.label}：{result.message}", keep=text)
        self.session.edit(place.field.path, result.value, TYPED, also=result.also)
        return Reply(self._with_trouble(self._echo(place, result)))

    # -- fields --

    def _answer_field(self, place: FieldPlace, text: str) -> Reply:
        if not clean(text).strip():
            return self._answer_nothing(place)
        value = self.session.declaration.get(place.field.path)
        text = rolled.last_value(self.session, place.key, text)
        if not is_empty(value) and text == answers.shown(value):
            # kept as it is, whatever a parser thinks of it
            return self._accept(place, answers.Understood(value), TYPED)
        number = slots.number_in(text)
        if self._candidates and number is not None and 1 <= number <= len(self._candidates):
            text = self._candidates[number - 1]
        result = answers.parse(place.field, text, self.session.declaration)
        if (intent := self._sentence(place.field, text, result)) is not None:
            return self._do_intent(intent, text)
        if isinstance(result, answers.Refused):
            self._candidates = result.candidates
            keep = "" if result.candidates else text
            self.session.note_typing(place.key, keep)
            return say(Role.ERROR, result.message, keep=keep)
        return self._accept(place, result, TYPED)

    def _answer_nothing(self, place: FieldPlace) -> Reply:
        self.session.note_typing(place.key, "")
        if not is_empty(self.session.declaration.get(place.field.path)):
            self.session.look([place.key], place.label)
            self._advance()
            return Reply(self._with_trouble(()))
        default, _, origin = self._default(place)
        return self.command("skip") if default is None else self._accept(place, answers.Understood(default), origin)

    def _accept(self, place: FieldPlace, result: answers.Understood, origin: str) -> Reply:
        origin = COMPUTED if origin == TYPED and "=" in result.note else origin
        news = {place.field.path: result.value, **result.also}
        if any(self.session.declaration.get(path) != value for path, value in news.items()):
            self.session.edit(place.field.path, result.value, origin, also=result.also)
        else:
            self.session.look([place.key], place.label)
        self.session.note_typing(place.key, "")
        echo = self._echo(place, result)
        self._advance()
        return Reply(self._with_trouble(echo))

    def _echo(self, place: FieldPlace, result: answers.Understood) -> tuple[Message, ...]:
        told = answers.told(place.field, result.value)
        if place.field.spec.kind is Kind.LONG:
            told = f"{len(told)} 字，已记下"
        echo = Message(Role.ECHO, f"{place.label}：{told}")
        large = rolled.changed(self.session, place, result.value, lambda: self.reviewer.thresholds.change)
        notes = (result.note, large)
        return (echo, *(Message(Role.NOTE, note) for note in notes if note))

    def _with_trouble(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        trouble = self.session.trouble
        return (*messages, Message(Role.ERROR, trouble)) if trouble else messages

    def _with_news(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        """The messages, and what happened to the record from outside."""
        return (*messages, *(Message(Role.NOTE, text) for text in self.session.news()))

    # -- what others do to the record --

    def look_again(self) -> tuple[Message, ...]:
        """On coming back to the record: see what others did to it; what is told as by `news`."""
        self.session.look_again()
        return self.news()

    def news(self) -> tuple[Message, ...]:
        """What happened to the record from outside since the last answer; the question may be another one now."""
        return self._with_news(())

    def _answer_held(self, text: str) -> Reply:
        reply, looks = outside.answer_held(self.session, text)
        if looks:
            self._settled_for_looking = self.session.read_only
        elif not self.session.read_only:
            self._move(self._first(), remember=False)
        return reply

    def _look_on(self, text: str) -> Reply:
        """Only looking: an empty answer, or the text that stands there, goes on to the next place."""
        if text.strip() and text != self.question().prefill:
            return outside.refused(self.session, text)
        if self.place is None:
            return self.command("quit")
        place = outside.next_in_order(self.session, self.key)
        self._move(place.key if place else DONE_KEY)
        return Reply()

    # -- slots and targets --

    def _answer_slot(self, place: SlotPlace, text: str) -> Reply:
        if (row := self._target_index()) is not None:
            return self._answer_target(place, row, text)
        outcome = slots.answer(
            self.session, self.suggester, place.slot, self.offer(), self.highlight, text, seen=self.names_keys
        )
        if outcome.found:
            self._offer_instead(place, outcome.found)
        elif self._searched and not outcome.reply.refused:
            self._offer, self._searched = None, False
        if outcome.ask_target is not None:
            self._ask_target(outcome.ask_target)
        elif outcome.finished:
            rows = self.session.declaration.rows(place.slot.key)
            self.session.look([row_key(one) for _, one in rows], place.label)
            self._advance()
        if not outcome.reply.keep:
            self.session.note_typing(place.key, "")
        self._prefill = None
        return Reply(self._with_trouble(outcome.reply.messages), outcome.reply.keep)

    def pick(self, suggestion: Suggestion, line: str = "") -> Reply:
        """Take one suggestion, from the offer or from a search, into the table, with the target that stands in the line typed."""
        if self.session.read_only:
            return outside.refused(self.session)
        reply, row = slots.take(self.session, self.suggester, suggestion, slots.read_line(line).target)
        if row is not None and not self.session.declaration.indicators[row].target:
            self._ask_target(row)
        self.session.note_typing(self.key, "")
        self._prefill = None
        return Reply(self._with_news(self._with_trouble(reply.messages)))

    def add(self, suggestion: Suggestion) -> Reply:
        """Put a suggestion into the table from another view; the question and what is being typed stay."""
        if self.session.read_only:
            return outside.refused(self.session)
        reply, _ = slots.take(self.session, self.suggester, suggestion)
        return Reply(self._with_news(self._with_trouble(reply.messages)))

    def _answer_target(self, place: SlotPlace, index: int, text: str) -> Reply:
        row = self.session.declaration.indicators[index]
        options = self.suggester.targets(self.session.declaration, place.slot.key, row.name)
        shape = targeting.shape_for(row, options, self.session.declaration.indicators)
        text = targeting.meant(row, options, shape, text)
        again = bool(self.session.asked_again(row_key(row)))
        reply = slots.set_target(self.session, index, rolled.last_value(self.session, row_key(row), text))
        if reply.refused:
            return Reply(self._with_trouble(reply.messages), reply.keep)
        self.session.note_typing(target_key(row), "")
        said = rolled.target_said(self.session, index)
        self._next_target(place, again)
        return Reply(self._with_trouble((*reply.messages, *((Message(Role.NOTE, said),) if said else ()))))

    def _next_target(self, place: SlotPlace, again: bool) -> None:
        """After a target: the next one of the slot to be asked again; past the slot after the last of those."""
        self._prefill = None
        self._ask_target(rolled.asked_row(self.session, place.slot))
        if again and self._target_row is None:
            self._advance()

    # -- drafts --

    def _answer_draft(self, text: str) -> Reply:
        run = self._draft
        assert run is not None
        if run.current is not None:
            reply = drafting.answer(self.session, self.suggester, run, text)
            reply = Reply(self._with_trouble(reply.messages), reply.keep)
            if run.current is not None:
                return reply
            if run.rows_only:
                passed = drafting.pass_over(self.session, self.suggester)
                reply = replace(reply, messages=(*reply.messages, *passed.messages))
            return self._end_draft(reply)
        if not clean(text).strip():
            return self._end_draft(say(Role.NOTE, "没有写内容，不草拟了。"))
        run.proposals = drafting.propose(self.session, self.suggester, clean(text))
        self.session.note_typing(drafting.PASTE_KEY, "")
        if not run.proposals:
            return self._end_draft(
                say(Role.NOTE, "没有从这段文字里看出能填的内容。可以多写一点：对谁、多少、多少钱、什么时候。")
            )
        return say(Role.NOTE, f"看出 {len(run.proposals)} 处可以先填，逐条请您定。")

    def _end_draft(self, reply: Reply) -> Reply:
        assert self._draft is not None
        run, self._draft = self._draft, None
        onward = self._after(run.back_to if run.rows_only else "")
        self._move(run.back_to if run.back_to and not self._is_answered(run.back_to) else onward, remember=False)
        return reply
