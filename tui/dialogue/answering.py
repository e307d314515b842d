"""What an answer does: at a field, in a slot, at a target, to a draft, or as a sentence that means a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from domain import answers
from domain.fields import Field, Kind
from domain.marks import COMPUTED, TYPED, row_key
from domain.model import fields, is_empty
from domain.text import clean
from suggest.types import Suggestion
from tui import keymap
from tui.dialogue import asking, commands, drafting, outside, rolled, slots, targeting
from tui.dialogue.offers import Offers
from tui.dialogue.places import FieldPlace, SlotPlace, find
from tui.dialogue.state import DONE_KEY, Standing
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


class Answering:
    """Takes the answers of a conversation; run does the command, by id and argument, that one of them stands for."""

    def __init__(self, standing: Standing, offers: Offers, run: Callable[[str, str], Reply]) -> None:
        self._at, self._session, self._offers, self._run = standing, standing.session, offers, run

    def answer(self, text: str, *, literal: bool) -> Reply:
        """Take what was typed at the question; literal as for `Dialogue.answer`."""
        if literal and commands.is_bare(text):
            asking.keep_text(self._at, asking.question(self._at, self._offers), "")
            literal = False
        if not literal:
            if (reply := self._slash(text)) is not None:
                return reply
            if text.strip() in ("?", "？"):
                return self._run("help", "")
            if text.lstrip()[:2] in ("//", "／／"):
                text = text.lstrip()[1:]
        return self._take(text)

    def _take(self, text: str) -> Reply:
        """Take a text that is no command, by what is asked now."""
        if self._at.is_held:
            return self._answer_held(text)
        if self._session.conflicts:
            return outside.answer_merge(self._session, text)
        if self._at.key == DONE_KEY and self._at.draft is None:
            step = slots.number_in(text)
            if step is not None and 1 <= step <= len(asking.NEXT_STEPS):
                return self._run(asking.NEXT_STEPS[step - 1][0], "")
        if self._session.read_only:
            return self.look_on(text)
        if self._at.draft is not None:
            return self.answer_draft(text)
        if is_whole_form(text):
            return say(Role.ERROR, WHOLE_FORM.format(way=self._way_to_import()), keep=text)
        place = self._at.place
        if place is None:
            return self._sentence_only(text) if text.strip() else self._run("quit", "")
        if isinstance(place, SlotPlace):
            return self._answer_slot(place, text)
        return self._answer_field(place, text)

    def _way_to_import(self) -> str:
        if not self._at.names_keys:
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
        return self._run(found[0].id, " ".join(part for part in (found[1], split[1]) if part))

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
        known = intent.command not in ("go", "set") or find(self._session.declaration, intent.argument)
        return intent if kind is Kind.CODED and known else None

    def _do_intent(self, intent: intents.Intent, text: str) -> Reply:
        if intent.command == "set":
            return self._set_elsewhere(intent, text)
        if intent.command == "go" and not find(self._session.declaration, intent.argument):
            return say(Role.ERROR, f"没有叫“{intent.argument}”的栏目。/全表 可看全部栏目。", keep=text)
        return self._run(intent.command, intent.argument)

    def _set_elsewhere(self, intent: intents.Intent, text: str) -> Reply:
        hits = [place for place in find(self._session.declaration, intent.argument) if isinstance(place, FieldPlace)]
        if len(hits) != 1:
            known = "、".join(place.label for place in hits[:5])
            which = (
                f"“{intent.argument}”可能是：{known}，请写全一点。"
                if hits
                else f"没有叫“{intent.argument}”的栏目。/全表 可看全部栏目。"
            )
            return say(Role.ERROR, which, keep=text)
        place = hits[0]
        result = answers.parse(place.field, intent.value, self._session.declaration)
        if isinstance(result, answers.Refused):
            return say(Role.ERROR, f"{place.label}：{result.message}", keep=text)
        self._session.edit(place.field.path, result.value, TYPED, also=result.also)
        return self._at.reply(*self._echo(place, result))

    # -- fields --

    def _answer_field(self, place: FieldPlace, text: str) -> Reply:
        if not clean(text).strip():
            return self._answer_nothing(place)
        value = self._session.declaration.get(place.field.path)
        text = rolled.last_value(self._session, place.key, text)
        if not is_empty(value) and text == answers.shown(value):
            # kept as it is, whatever a parser thinks of it
            return self._accept(place, answers.Understood(value), TYPED)
        number, candidates = slots.number_in(text), self._at.visit.candidates
        if number is not None and 1 <= number <= len(candidates):
            text = candidates[number - 1]
        result = answers.parse(place.field, text, self._session.declaration)
        if (intent := self._sentence(place.field, text, result)) is not None:
            return self._do_intent(intent, text)
        if isinstance(result, answers.Refused):
            self._at.visit.candidates = result.candidates
            keep = "" if result.candidates else text
            self._session.note_typing(place.key, keep)
            return say(Role.ERROR, result.message, keep=keep)
        return self._accept(place, result, TYPED)

    def _answer_nothing(self, place: FieldPlace) -> Reply:
        self._session.note_typing(place.key, "")
        if not is_empty(self._session.declaration.get(place.field.path)):
            self._session.look([place.key], place.label)
            self._at.advance()
            return self._at.reply()
        default, _, origin = asking.default(self._session, place)
        return self._run("skip", "") if default is None else self._accept(place, answers.Understood(default), origin)

    def _accept(self, place: FieldPlace, result: answers.Understood, origin: str) -> Reply:
        origin = COMPUTED if origin == TYPED and "=" in result.note else origin
        news = {place.field.path: result.value, **result.also}
        if any(self._session.declaration.get(path) != value for path, value in news.items()):
            self._session.edit(place.field.path, result.value, origin, also=result.also)
        else:
            self._session.look([place.key], place.label)
        self._session.note_typing(place.key, "")
        echo = self._echo(place, result)
        self._at.advance()
        return self._at.reply(*echo)

    def _echo(self, place: FieldPlace, result: answers.Understood) -> tuple[Message, ...]:
        told = answers.told(place.field, result.value)
        if place.field.spec.kind is Kind.LONG:
            told = f"{len(told)} 字，已记下"
        echo = Message(Role.ECHO, f"{place.label}：{told}")
        large = rolled.changed(self._session, place, result.value, lambda: self._at.reviewer.thresholds.change)
        notes = (result.note, large)
        return (echo, *(Message(Role.NOTE, note) for note in notes if note))

    # -- what others do to the record --

    def _answer_held(self, text: str) -> Reply:
        reply, looks = outside.answer_held(self._session, text)
        if looks:
            self._at.settle_for_looking()
        elif not self._session.read_only:
            self._at.begin()
        return reply

    def look_on(self, text: str) -> Reply:
        """Only looking: an empty answer, or the value that stands there, goes on to the next place."""
        place = self._at.place
        stands = answers.shown(self._session.declaration.get(place.field.path)) if isinstance(place, FieldPlace) else ""
        if text.strip() and text != stands:
            return outside.refused(self._session, text)
        if place is None:
            return self._run("quit", "")
        place = outside.next_in_order(self._session, self._at.key)
        self._at.move(place.key if place else DONE_KEY)
        return Reply()

    # -- slots and targets --

    def _answer_slot(self, place: SlotPlace, text: str) -> Reply:
        at = self._at
        if (row := at.target_index()) is not None:
            return self._answer_target(place, row, text)
        outcome = slots.answer(
            self._session,
            at.suggester,
            place.slot,
            self._offers.now(),
            at.visit.highlight,
            text,
            seen=at.names_keys,
        )
        if outcome.found:
            self._offers.offer_found(place, outcome.found)
        elif not outcome.reply.refused:
            self._offers.end_search()
        if not outcome.reply.keep:
            self._session.note_typing(place.key, "")
        if outcome.ask_target is not None:
            at.ask_target(outcome.ask_target)
        elif outcome.finished:
            rows = self._session.declaration.rows(place.slot.key)
            self._session.look([row_key(one) for _, one in rows], place.label)
            at.advance()
        return at.reply(*outcome.reply.messages, keep=outcome.reply.keep)

    def pick(self, suggestion: Suggestion, line: str) -> Reply:
        """Take one suggestion into the table, with the target that stands in the line typed."""
        reply, row = slots.take(self._session, self._at.suggester, suggestion, slots.read_line(line).target)
        if row is not None and not self._session.declaration.indicators[row].target:
            self._at.ask_target(row)
        self._session.note_typing(self._at.key, "")
        return self._at.reply(*reply.messages)

    def _answer_target(self, place: SlotPlace, index: int, text: str) -> Reply:
        declaration = self._session.declaration
        row = declaration.indicators[index]
        options = self._at.suggester.targets(declaration, place.slot.key, row.name)
        shape = targeting.shape_for(row, options, declaration.indicators)
        text = targeting.meant(row, options, shape, text)
        again = bool(self._session.asked_again(row_key(row)))
        reply = slots.set_target(self._session, index, rolled.last_value(self._session, row_key(row), text))
        if reply.refused:
            return self._at.reply(*reply.messages, keep=reply.keep)
        self._session.note_typing(target_key(row), "")
        said = rolled.target_said(self._session, index)
        self._next_target(place, again)
        return self._at.reply(*reply.messages, *((Message(Role.NOTE, said),) if said else ()))

    def skip_target(self, place: SlotPlace, index: int) -> Reply:
        """Leave the target of a row as it is, and go on."""
        row = self._session.declaration.indicators[index]
        again = bool(self._session.asked_again(row_key(row)))
        if again:
            self._session.skip(row_key(row), row.name)
        reply = slots.target_left(self._session, index)
        self._next_target(place, again)
        return self._at.reply(*reply.messages)

    def _next_target(self, place: SlotPlace, again: bool) -> None:
        """After a target: the next one of the slot to be asked again; past the slot after the last of those."""
        self._at.ask_target(rolled.asked_row(self._session, place.slot))
        if again and self._at.visit.target_row is None:
            self._at.advance()

    # -- drafts --

    def answer_draft(self, text: str) -> Reply:
        """Take the text to draft from, or an answer about the proposal on screen."""
        run = self._at.draft
        assert run is not None
        if run.current is not None:
            reply = drafting.answer(self._session, self._at.suggester, run, text)
            reply = self._at.reply(*reply.messages, keep=reply.keep)
            if run.current is not None:
                return reply
            if run.rows_only:
                passed = drafting.pass_over(self._session, self._at.suggester)
                reply = replace(reply, messages=(*reply.messages, *passed.messages))
            return self.end_draft(reply)
        if not clean(text).strip():
            return self.end_draft(say(Role.NOTE, "没有写内容，不草拟了。"))
        run.proposals = drafting.propose(self._session, self._at.suggester, clean(text))
        self._session.note_typing(drafting.PASTE_KEY, "")
        if not run.proposals:
            return self.end_draft(
                say(Role.NOTE, "没有从这段文字里看出能填的内容。可以多写一点：对谁、多少、多少钱、什么时候。")
            )
        return say(Role.NOTE, f"看出 {len(run.proposals)} 处可以先填，逐条请您定。")

    def end_draft(self, reply: Reply) -> Reply:
        """Go on from the draft with this reply."""
        self._at.end_draft()
        return reply
