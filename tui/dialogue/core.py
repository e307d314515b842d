"""The dialogue (对话): which question comes next, and what an answer or a command does. Every face speaks to this.

It holds no answers itself; they live in the session. It is free of Textual and of any file format.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from domain import answers, compose, quantity
from domain.fields import Kind
from domain.grading import Severity
from domain.model import Indicator, is_empty, spec_at
from domain.narrative import OVERVIEW_SKELETON
from domain.reading import Reader
from domain.text import clean
from suggest.types import Offer, Suggester, Suggestion
from tui.dialogue import commands, drafting, helping, intents, rolled, slots
from tui.dialogue.places import Place, answered, before, find, following, pending, place_at, places, relevant
from tui.dialogue.types import Message, Mode, Question, Reply, Role, say
from tui.session import CARRIED, COMPUTED, TYPED, Session, progress, row_key

if TYPE_CHECKING:
    from domain.checking import Surroundings
    from domain.review import Finding
    from tui.reviewing import Reviewer

DONE_KEY = "完成"
GOAL, REMARKS = "narrative.annual_goal", "narrative.remarks"
TOTAL, REQUESTED = ("funding", "total"), ("funding", "requested")
UNITS = {Kind.MONEY: "万元"}


class Dialogue:
    """A conversation about one record. `suggester` and `reader` are made when first needed: loading them takes time."""

    def __init__(
        self,
        session: Session,
        suggester: Callable[[], Suggester],
        reader: Callable[[], Reader],
        surroundings: Callable[[], Surroundings] | None = None,
    ) -> None:
        self.session = session
        self._make_suggester, self._make_reader, self._make_surroundings = suggester, reader, surroundings
        self.highlight = 0
        self._trail: list[str] = []
        self._return_to = ""
        self._candidates: tuple[str, ...] = ()
        self._prefill: str | None = None
        self._target_row: tuple[int, Indicator] | None = None
        self._warned = self._looking = False
        self._draft: drafting.DraftRun | None = None
        self._offer: tuple[object, Offer] | None = None
        self.key = self._first()
        session.note_place(self.key)
        self._ask_again()

    # -- where we are --

    def _first(self) -> str:
        left = self.session.place
        place = place_at(self.session.declaration, left)
        if place is None or (self.session.skipped(left) and not self.session.typing_at(left)):
            return self._after("")
        here = place.slot is not None or self.session.typing_at(left) or pending(place, self.session)
        return left if here else self._after("")

    def _is_answered(self, key: str) -> bool:
        place = place_at(self.session.declaration, key)
        return place is None or place.field is None or not is_empty(self.session.declaration.get(place.field.path))

    def _after(self, key: str) -> str:
        place = following(self.session, key)
        return place.key if place else DONE_KEY

    @cached_property
    def suggester(self) -> Suggester:
        """The suggestion engine, loaded on first use."""
        return self._make_suggester()

    @cached_property
    def reviewer(self) -> Reviewer:
        """The review of this record, loaded on first use."""
        from domain.checking import Surroundings
        from tui.reviewing import Reviewer

        make = self._make_surroundings
        return Reviewer(self.session, make() if make else Surroundings(self._make_reader()))

    @property
    def place(self) -> Place | None:
        """The place that the question is about; None when all is done or a draft is under way."""
        return place_at(self.session.declaration, self.key)

    def _move(self, key: str, *, remember: bool = True) -> None:
        if remember and self.key not in (key, DONE_KEY, drafting.PASTE_KEY):
            self._trail.append(self.key)
        self.key, self.highlight = key, 0
        self._candidates, self._prefill, self._target_row = (), None, None
        self._ask_again()
        if key != drafting.PASTE_KEY:
            self.session.note_place(key)

    def _ask_again(self) -> None:
        """At a slot with targets carried from last year: ask for the first that has to be asked again."""
        self._ask_target(rolled.asked_row(self.session, self.place.slot if self.place else None))

    def _advance(self) -> None:
        """Go on after an answer: back to where a jump came from, to what nobody has looked at, to what is missing next."""
        target, self._return_to = self._return_to, ""
        if not target and self._looking:
            unseen = rolled.next_unseen(self.session, self.key)
            target, self._looking = (unseen.key, True) if unseen else ("", False)
        self._move(target if target and target != self.key else self._after(self.key))

    def so_far(self, limit: int = 12) -> tuple[Message, ...]:
        """The last answers before this question, for a conversation that goes on after a break; of a year roll, its news."""
        if news := rolled.news(self.session):
            return tuple(Message(Role.NOTE, text) for text in news)
        declaration = self.session.declaration
        lines: list[str] = []
        for place in places(declaration.framework):
            if place.key == self.key:
                break
            if place.field is not None and not is_empty(value := declaration.get(place.field.path)):
                lines.append(f"{place.label}：{' '.join(answers.shown(value).split())[:60]}")
            elif place.slot is not None:
                lines += [f"{place.slot.level2}：{row}" for row in slots.row_lines(self.session, place.slot)]
        return tuple(Message(Role.ECHO, text) for text in lines[-limit:])

    def help_lines(self) -> tuple[tuple[str, str], ...]:
        """What can be said about the place in question, as headings and texts."""
        return helping.help_page(self.place).lines if self.place else ()

    def sections(self) -> list[tuple[str, int, int]]:
        """Each section of the form with how many of its places are filled, and of how many."""
        declaration = self.session.declaration
        counts: dict[str, tuple[int, int]] = {}
        for place in places(declaration.framework):
            done, of = counts.get(place.section, (0, 0))
            counts[place.section] = (done + answered(place, declaration), of + 1)
        return [(section, done, of) for section, (done, of) in counts.items()]

    def remarks(self, key: str, limit: int = 2) -> tuple[str, ...]:
        """What a reviewer would say of the answer just given; never what waits for an answer that is still to come."""
        place = place_at(self.session.declaration, key)
        if place is None:
            return ()
        if place.field is not None:
            found = self.reviewer.at_field(place.field.path)
        else:
            assert place.slot is not None
            found = [one for one in self.reviewer.at_slot(place.slot.key) if one.hit.name]
        ready = [one for one in found if one.severity is not Severity.INFO and not self._waits(place, one)]
        return tuple(f"{one.hit.message}{one.advice}" for one in ready[:limit])

    def _waits(self, place: Place, finding: Finding) -> bool:
        """Whether a finding rests on a field that has not been asked yet."""
        keys = {".".join(str(part) for part in path[:2]) for path in (finding.where, *finding.hit.also)}
        others = [place_at(self.session.declaration, key) for key in keys if key != place.key]
        return any(other is not None and pending(other, self.session) for other in others)

    # -- the question --

    def question(self) -> Question:
        """The question to show now."""
        if self._draft is not None:
            if self._draft.current is not None:
                return drafting.question(self.session, self._draft)
            return drafting.paste_question(self.session.typing_at(drafting.PASTE_KEY))
        place = self.place
        if place is None:
            return self._done_question()
        if place.slot is not None:
            row = self._target_index()
            return self._slot_question(place) if row is None else self._target_question(place, row)
        return self._field_question(place)

    def _done_question(self) -> Question:
        filled, of = progress(self.session.declaration)
        rows = len(self.session.declaration.indicators)
        kept = "还没存上" if self.session.trouble else "已存盘"
        unseen = sum(1 for _ in rolled.all_unseen(self.session))
        look = f"还有 {unseen} 处没人看过，/未看 逐处过目；" if unseen else ""
        return Question(
            key=DONE_KEY,
            mode=Mode.DONE,
            title="都问过一遍了",
            ask=f"已填 {filled}/{of} 项，指标 {rows} 条，{kept}。{look}"
            "/检查 看哪里会被退回，/概览 看全表，/去 某项 再改，回车存好并离开。",
            done=filled,
            of=of,
        )

    def _field_question(self, place: Place) -> Question:
        assert place.field is not None
        session, spec = self.session, place.field.spec
        filled, of = progress(session.declaration)
        default, default_note, _ = self._default(place)
        choices = self._candidates or spec.choices or (("是", "否") if spec.kind is Kind.YES_NO else ())
        return Question(
            key=place.key,
            mode=Mode.LONG if spec.kind is Kind.LONG else Mode.LINE,
            title=f"{spec.label}{'*' if spec.required else ''}",
            ask=spec.hint,
            prefill=self._text_to_edit(place),
            default=answers.shown(default),
            default_note=default_note,
            choices=choices,
            note=rolled.field_note(session, place),
            section=place.section,
            done=filled,
            of=of,
            skeleton=OVERVIEW_SKELETON if place.key == "narrative.overview" else "",
            limit=spec.max_chars,
        )

    def _text_to_edit(self, place: Place) -> str:
        if self._prefill is not None:
            return self._prefill
        if typed := self.session.typing_at(place.key):
            return typed
        assert place.field is not None
        return answers.shown(self.session.declaration.get(place.field.path))

    def _default(self, place: Place) -> tuple[Any, str, str]:
        """What a bare Enter takes at an empty field, why in Chinese, and its origin; None where there is nothing."""
        assert place.field is not None
        declaration = self.session.declaration
        if not is_empty(declaration.get(place.field.path)):
            return None, "", ""
        if place.field.path == REQUESTED and declaration.funding.total is not None:
            return declaration.funding.total, f"与{spec_at(TOTAL).label}相同", COMPUTED
        value = self.session.default(place.field.path)
        return (value, "同上一份表", CARRIED) if value is not None else (None, "", "")

    def _target_index(self) -> int | None:
        """The row whose target is asked; None where it is gone (deleted or moved in the table)."""
        if self._target_row is None:
            return None
        index, row = self._target_row
        rows = self.session.declaration.indicators
        if index >= len(rows) or (rows[index].slot, rows[index].name) != (row.slot, row.name):
            self._target_row = None
        return None if self._target_row is None else index

    def _ask_target(self, index: int | None) -> None:
        self._target_row = None if index is None else (index, self.session.declaration.indicators[index])

    def offer(self) -> Offer:
        """The suggestions for the slot in question; empty elsewhere."""
        place = self.place
        if place is None or place.slot is None:
            return Offer(())
        state = (self.session.declaration, place.key)
        if self._offer is None or self._offer[0] != state:
            self._offer = (state, self.suggester.offer(self.session.declaration, place.slot.key))
        return self._offer[1]

    def pick(self, suggestion: Suggestion) -> Reply:
        """Take one suggestion, from the offer or from a search, into the table."""
        reply, row = slots.take(self.session, self.suggester, suggestion)
        if row is not None and not self.session.declaration.indicators[row].target:
            self._ask_target(row)
        self.session.note_typing(self.key, "")
        self._prefill = None
        return Reply(self._with_trouble(reply.messages))

    def leave_text(self, text: str) -> None:
        """Keep what stands in the input but was not sent, for when the place is visited again."""
        question = self.question()
        if question.mode in (Mode.LINE, Mode.LONG, Mode.SLOT, Mode.PASTE) and text != question.prefill:
            self.session.note_typing(question.key, text)

    def complete(self, text: str) -> tuple[Suggestion, ...]:
        """Suggestions while typing at the indicator prompt: the offer for an empty line, else a search."""
        place = self.place
        if place is None or place.slot is None or self._target_index() is not None:
            return ()
        line = text.strip()
        if not line or line.isdigit() or quantity.looks_like_target(line):
            return self.offer().suggestions
        return self.suggester.search(self.session.declaration, place.slot.key, line)

    def _slot_question(self, place: Place) -> Question:
        assert place.slot is not None
        offer = self.offer()
        rows = slots.row_lines(self.session, place.slot)
        number = [one.key for one in places(self.session.declaration.framework) if one.slot].index(place.key) + 1
        typed = self.session.typing_at(place.key)
        ask = "还要再加一条吗？不加就按 Enter 到下一格。" if rows else place.slot.meaning
        return Question(
            key=place.key,
            mode=Mode.SLOT,
            title=place.label,
            ask=ask,
            prefill=typed if self._prefill is None else self._prefill,
            suggestions=offer.suggestions,
            rows=rows,
            note="；".join(filter(None, (rolled.slot_note(self.session, place.slot), offer.note))),
            section=place.section,
            done=number,
            of=sum(1 for one in places(self.session.declaration.framework) if one.slot),
        )

    def _target_question(self, place: Place, index: int) -> Question:
        assert place.slot is not None
        row = self.session.declaration.indicators[index]
        options = self.suggester.targets(self.session.declaration, place.slot.key, row.name)
        return Question(
            key=place.key,
            mode=Mode.TARGET,
            title=f"{place.label}　{row.name}",
            ask="目标值是多少？如 =147条、>=98%、<=4小时、健全；选序号也行。",
            prefill=row.target if self._prefill is None else self._prefill,
            choices=tuple(f"{option.text}　{option.reason}" for option in options),
            note=rolled.row_note(self.session, index),
            section=place.section,
        )

    # -- answers --

    def answer(self, text: str, *, literal: bool = False) -> Reply:
        """Take what was typed at the question. literal: the text comes from a long-text editor and is never a command."""
        if not literal and (reply := self._slash(text)) is not None:
            return reply
        if not literal and text.lstrip()[:2] in ("//", "／／"):
            text = text.lstrip()[1:]
        if not literal and text.strip() in ("?", "？"):
            return self.command("help")
        if self._draft is not None:
            return self._answer_draft(text)
        place = self.place
        if place is None:
            return self._sentence_only(text) if text.strip() else self.command("quit")
        if place.slot is not None:
            return self._answer_slot(place, text)
        return self._answer_field(place, text)

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

    def _sentence_only(self, text: str) -> Reply:
        intent = intents.understand(text)
        if intent is not None:
            return self._do_intent(intent, text)
        return say(Role.ERROR, "都问完了。要改某项请写 /去 金额 这样的命令，回车离开。", keep=text)

    def _answer_field(self, place: Place, text: str) -> Reply:
        assert place.field is not None
        if not clean(text).strip():
            return self._answer_nothing(place)
        value = self.session.declaration.get(place.field.path)
        text = rolled.last_value(self.session, place.key, text)
        if not is_empty(value) and text == answers.shown(value):
            return self._accept(
                place, answers.Understood(value), TYPED
            )  # kept as it is, whatever a parser thinks of it
        number = slots.number_in(text)
        if self._candidates and number is not None and 1 <= number <= len(self._candidates):
            text = self._candidates[number - 1]
        result = answers.parse(place.field, text, self.session.declaration)
        if (intent := self._sentence(place, text, result)) is not None:
            return self._do_intent(intent, text)
        if isinstance(result, answers.Refused):
            self._candidates = result.candidates
            return say(Role.ERROR, result.message, keep="" if result.candidates else text)
        return self._accept(place, result, TYPED)

    def _sentence(self, place: Place, text: str, result: answers.Answer) -> intents.Intent | None:
        """The command that a whole sentence in a typed field means: where it is no answer, or could hardly be one."""
        assert place.field is not None
        kind = place.field.spec.kind
        intent = intents.understand(text) if kind not in (Kind.TEXT, Kind.LONG) else None
        if intent is None:
            return None
        if isinstance(result, answers.Refused):
            return None if kind is Kind.SUBJECTS and result.candidates else intent
        known = intent.command not in ("go", "set") or find(self.session.declaration, intent.argument)
        return intent if kind is Kind.CODED and known else None

    def _accept(self, place: Place, result: answers.Understood, origin: str) -> Reply:
        assert place.field is not None
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

    def _echo(self, place: Place, result: answers.Understood) -> tuple[Message, ...]:
        assert place.field is not None
        shown = answers.shown(result.value)
        if place.field.spec.kind is Kind.LONG:
            shown = f"{len(shown)} 字，已记下"
        echo = Message(Role.ECHO, f"{place.label}：{shown}{UNITS.get(place.field.spec.kind, '')}")
        notes = (result.note, rolled.changed(self.session, place, result.value))
        return (echo, *(Message(Role.NOTE, note) for note in notes if note))

    def _with_trouble(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        if (kept := self.session.kept_copy()) is not None:
            text = f"文件在程序之外写过或改过，存盘时会按统一格式重写（不留注释）；原样留了一份在 {kept}"
            messages = (*messages, Message(Role.NOTE, text))
        trouble = self.session.trouble
        return (*messages, Message(Role.ERROR, trouble)) if trouble else messages

    def _answer_nothing(self, place: Place) -> Reply:
        assert place.field is not None
        self.session.note_typing(place.key, "")
        if not is_empty(self.session.declaration.get(place.field.path)):
            self.session.look([place.key], place.label)
            self._advance()
            return Reply(self._with_trouble(()))
        default, _, origin = self._default(place)
        return self.command("skip") if default is None else self._accept(place, answers.Understood(default), origin)

    def _answer_slot(self, place: Place, text: str) -> Reply:
        assert place.slot is not None
        if (row := self._target_index()) is not None:
            return self._answer_target(place, row, text)
        outcome = slots.answer(self.session, self.suggester, place.slot, self.offer(), self.highlight, text)
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

    def _answer_target(self, place: Place, index: int, text: str) -> Reply:
        assert place.slot is not None
        row = self.session.declaration.indicators[index]
        options = self.suggester.targets(self.session.declaration, place.slot.key, row.name)
        number = slots.number_in(text)
        if number is not None and 1 <= number <= len(options):
            text = options[number - 1].text
        again = bool(self.session.asked_again(row_key(row)))
        reply = slots.set_target(self.session, index, rolled.last_value(self.session, row_key(row), text))
        if reply.refused:
            return Reply(self._with_trouble(reply.messages), reply.keep)
        said = rolled.target_said(self.session, index)
        self._next_target(place, again)
        return Reply(self._with_trouble((*reply.messages, *((Message(Role.NOTE, said),) if said else ()))))

    def _next_target(self, place: Place, again: bool) -> None:
        """After a target: the next one of the slot to be asked again; past the slot after the last of those."""
        self._prefill = None
        self._ask_target(rolled.asked_row(self.session, place.slot))
        if again and self._target_row is None:
            self._advance()

    def _answer_draft(self, text: str) -> Reply:
        run = self._draft
        assert run is not None
        if run.current is not None:
            reply = drafting.answer(self.session, self.suggester, run, text)
            reply = Reply(self._with_trouble(reply.messages), reply.keep)
            return self._end_draft(reply) if run.current is None else reply
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
        back_to, self._draft = self._draft.back_to, None
        self._move(back_to if back_to and not self._is_answered(back_to) else self._after(""), remember=False)
        return reply

    # -- commands --

    def command(self, identity: str, argument: str = "") -> Reply:
        """Run a command by id, as a key or a slash word does."""
        handler = getattr(self, f"_do_{identity}", None)
        if handler is None:
            return Reply(view=identity)
        reply: Reply = handler(argument)
        return reply

    def _do_intent(self, intent: intents.Intent, text: str) -> Reply:
        if intent.command == "set":
            return self._set_elsewhere(intent, text)
        if intent.command == "go" and not find(self.session.declaration, intent.argument):
            return say(Role.ERROR, f"没有叫“{intent.argument}”的栏目。/概览 可看全部栏目。", keep=text)
        return self.command(intent.command, intent.argument)

    def _set_elsewhere(self, intent: intents.Intent, text: str) -> Reply:
        hits = [place for place in find(self.session.declaration, intent.argument) if place.field is not None]
        if len(hits) != 1 or hits[0].field is None:
            known = "、".join(place.label for place in hits[:5])
            which = (
                f"“{intent.argument}”可能是：{known}，请写全一点。" if hits else f"没有叫“{intent.argument}”的栏目。"
            )
            return say(Role.ERROR, which, keep=text)
        place, field = hits[0], hits[0].field
        result = answers.parse(field, intent.value, self.session.declaration)
        if isinstance(result, answers.Refused):
            return say(Role.ERROR, f"{place.label}：{result.message}", keep=text)
        self.session.edit(field.path, result.value, TYPED, also=result.also)
        return Reply(self._with_trouble(self._echo(place, result)))

    def _do_help(self, argument: str) -> Reply:
        place = self._named(argument)
        return say(Role.HELP, helping.as_text(helping.help_page(place)) if place else helping.command_list())

    def _do_why(self, argument: str) -> Reply:
        place = self._named(argument)
        return say(Role.HELP, helping.why(place) if place else "这里没有要解释的问题。")

    def _do_example(self, argument: str) -> Reply:
        place = self._named(argument)
        return say(Role.HELP, helping.examples(place) if place else "这里没有例子。")

    def _named(self, argument: str) -> Place | None:
        hits = find(self.session.declaration, argument) if argument else []
        return hits[0] if hits else self.place

    def _do_commands(self, argument: str) -> Reply:
        return say(Role.HELP, helping.command_list())

    def _do_back(self, argument: str) -> Reply:
        if self._draft is not None:
            return self._end_draft(say(Role.NOTE, "不草拟了。"))
        if self._target_index() is not None:
            self._target_row, self._prefill = None, None
            return Reply()
        while self._trail:
            key = self._trail.pop()
            if key != self.key:
                self._move(key, remember=False)
                return Reply()
        place = before(self.session.declaration, self.key)
        if place is None:
            return say(Role.NOTE, "已经是第一项了。")
        self._move(place.key, remember=False)
        return Reply()

    def _do_skip(self, argument: str) -> Reply:
        if self._draft is not None:
            return self._answer_draft("n")
        place = self.place
        if place is None:
            return say(Role.NOTE, "已经到最后了。")
        if (row := self._target_index()) is not None:
            return self._skip_target(place, row)
        messages: tuple[Message, ...] = ()
        if place.field is not None and is_empty(self.session.declaration.get(place.field.path)):
            self.session.skip(place.key, place.label)
            starred = "（必填项，检查时会提醒）" if place.field.spec.required else ""
            messages = (Message(Role.NOTE, f"{place.label}先空着{starred}"),)
        elif self.session.asked_again(place.key) or (
            place.slot is not None and not self.session.declaration.rows(place.slot.key)
        ):
            self.session.skip(place.key, place.label)
        self._advance()
        return Reply(self._with_trouble(messages))

    def _skip_target(self, place: Place, index: int) -> Reply:
        row = self.session.declaration.indicators[index]
        again = bool(self.session.asked_again(row_key(row)))
        if again:
            self.session.skip(row_key(row), row.name)
        reply = slots.target_left(self.session, index)
        self._next_target(place, again)
        return Reply(self._with_trouble(reply.messages))

    def _do_unseen(self, argument: str) -> Reply:
        place = rolled.next_unseen(self.session, self.key) or rolled.next_unseen(self.session, "")
        if place is None:
            return say(Role.NOTE, "都有人看过了。")
        self._looking = True
        self.goto(place.key, come_back=False)
        count = sum(1 for _ in rolled.all_unseen(self.session))
        return say(Role.NOTE, f"还有 {count} 处没人看过，逐处来：没有问题就回车，要改就直接改。")

    def _do_go(self, argument: str) -> Reply:
        if not argument:
            return Reply(view="overview")
        hits = find(self.session.declaration, argument)
        if not hits:
            text = f"没有叫“{argument}”的栏目。/概览 可看全部栏目，也可用拼音首字母。"
            return say(Role.ERROR, text, keep=f"/{commands.BY_ID['go'].names[0]} {argument}")
        self.goto(hits[0].key)
        more = [place.label for place in hits[1:4]]
        note = f"还有：{'、'.join(more)}" if more and argument not in hits[0].names else ""
        return Reply((Message(Role.NOTE, note),)) if note else Reply()

    def goto(self, key: str, *, come_back: bool = True) -> None:
        """Jump to a place; after its answer the dialogue comes back to where it was."""
        self._draft = None
        if key == self.key:
            return
        if come_back and self.key != DONE_KEY and not self._return_to:
            self._return_to = self.key
        self._move(key)

    def _do_undo(self, argument: str) -> Reply:
        step = self.session.undo()
        if step is None:
            return say(Role.NOTE, "没有可以撤销的了。")
        return self._moved_in_time(step.place, f"已撤销：{step.label}（/重做 可恢复）")

    def _do_redo(self, argument: str) -> Reply:
        step = self.session.redo()
        if step is None:
            return say(Role.NOTE, "没有可以重做的了。")
        return self._moved_in_time("", f"已重做：{step.label}")

    def _moved_in_time(self, key: str, text: str) -> Reply:
        reply = Reply(self._with_trouble((Message(Role.NOTE, text),)))
        if self._draft is not None and self._draft.current is not None:
            return reply  # what is still proposed is not lost by taking one answer back
        self._draft, self._return_to = None, ""
        place = place_at(self.session.declaration, key)
        if place is not None and relevant(place, self.session.declaration):
            self._move(key, remember=False)
        elif self.place is None or self._is_answered(self.key):
            self._move(self._after(""), remember=False)
        else:
            self._move(self.key, remember=False)
        return reply

    def _do_clear(self, argument: str) -> Reply:
        place = self.place
        if place is None or place.field is None:
            return say(Role.ERROR, "这里没有可以清空的栏目；删指标请用 /删 序号。")
        self.session.clear(place.field.path)
        self.session.note_typing(place.key, "")
        self._prefill = None
        return Reply(self._with_trouble((Message(Role.NOTE, f"{place.label}已清空（/撤销 可恢复）"),)))

    def _do_suggest(self, argument: str) -> Reply:
        place = self.place
        if place is None or place.slot is None:
            return say(Role.NOTE, "到指标那几格时会给建议；现在可用 /草拟 粘贴说明，先拟一稿。")
        offer = self.offer()
        lines = [offer.note] if offer.note else []
        for number, one in enumerate(offer.suggestions, 1):
            lines.append(f"{number}. {one.name}  {one.target}　（{'；'.join(one.reasons)}）")
        return say(Role.HELP, "\n".join(lines) or "这一格没有合适的建议，可以空着或自己写。")

    def _do_draft(self, argument: str) -> Reply:
        self._draft, self._target_row = drafting.DraftRun(back_to=self.key), None
        return self._answer_draft(argument) if argument else Reply()

    def _do_goal(self, argument: str) -> Reply:
        text = compose.annual_goal(self.session.declaration)
        if not text:
            return say(Role.NOTE, "还没有产出或效果指标，拼不出目标；先选几条指标再来。")
        return self._compose(GOAL, text, "由已选指标拼出，请改顺了再确认。")

    def _do_calculation(self, argument: str) -> Reply:
        text = compose.calculation(self.session.declaration, self._make_reader())
        if not text:
            return say(Role.NOTE, "正文里没有找到算式；在金额或说明里写 1720元*12个月 这样的算式即可。")
        return self._compose(REMARKS, text, "由正文里的算式算出，请核对后确认。")

    def _compose(self, key: str, text: str, note: str) -> Reply:
        place = place_at(self.session.declaration, key)
        assert place is not None
        assert place.field is not None
        old = self.session.declaration.get(place.field.path)
        self.goto(key)
        self._prefill = old if text in old else f"{old}\n{text}" if old.strip() else text
        return say(Role.NOTE, note)

    def _row(self, argument: str) -> int | Reply:
        place = self.place
        if place is None or place.slot is None:
            return say(Role.ERROR, "请先到指标那一格，例如 /去 数量。")
        return slots.numbered_row(self.session, place.slot, argument)

    def _do_delete(self, argument: str) -> Reply:
        row = self._row(argument)
        if isinstance(row, Reply):
            return row
        self._target_row, self._prefill = None, None
        removed = self.session.remove_row(row)
        return Reply(self._with_trouble((Message(Role.NOTE, f"已删除：{removed.name}（/撤销 可恢复）"),)))

    def _do_edit(self, argument: str) -> Reply:
        row = self._row(argument)
        if isinstance(row, Reply):
            return row
        indicator = self.session.declaration.indicators[row]
        self._ask_target(row)
        self._prefill = None
        return say(Role.NOTE, f"修改“{indicator.name}”的目标值；要换名称，请 /删 后重写，或在指标表里改。")

    def _do_move(self, argument: str) -> Reply:
        row = self._row(argument)
        if isinstance(row, Reply):
            return row
        self._target_row = None
        moved = self.session.move_row(row, -1) != row
        name = self.session.declaration.indicators[row - moved].name
        text = f"已上移：{name}" if moved else f"“{name}”已经在这一格的最上面了。"
        return Reply(self._with_trouble((Message(Role.NOTE, text),)))

    def _do_save(self, argument: str) -> Reply:
        saved = self.session.save()
        return say(Role.NOTE, f"已存到 {self.session.path}") if saved else say(Role.ERROR, self.session.trouble)

    def _do_quit(self, argument: str) -> Reply:
        if self.session.save():
            return Reply(self._with_trouble((Message(Role.NOTE, "已存好。下次打开会从这里接着填。"),)), leave=True)
        warned, self._warned = self._warned, True
        if warned:
            return Reply(self._with_trouble(()), leave=True)
        note = Message(Role.NOTE, "现在离开，没存上的内容会丢。再退出一次就真的离开。")
        return Reply((*self._with_trouble(()), note))
