"""What the dialogue shows: the question to ask, what is offered with it, and what is said around it.

Nothing here changes a value of the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain import answers
from domain.fields import Kind
from domain.marks import CARRIED, COMPUTED
from domain.model import Indicator, is_empty, spec_at
from domain.narrative import OVERVIEW_SKELETON
from domain.textwidth import truncate
from suggest.types import Offer, Suggestion
from tui.dialogue import commands, drafting, helping, outside, rolled, slots, targeting
from tui.dialogue.places import FieldPlace, Place, SlotPlace, answered, pending, place_at, places, slot_places
from tui.dialogue.state import DONE_KEY, Standing
from tui.dialogue.types import Message, Mode, Question, Role
from tui.record_keys import progress, target_key

if TYPE_CHECKING:
    from domain.review import Finding

TOLD_COLUMNS = 120
"""Columns of an answer that is told again when a conversation goes on after a break."""

TOTAL, REQUESTED = ("funding", "total"), ("funding", "requested")


class Asking(Standing):
    """A conversation that can say its question."""

    # -- the question --

    def question(self) -> Question:
        """The question to show now."""
        if self._is_held:
            return outside.held_question(self.session)
        if self.session.conflicts:
            return outside.merge_question(self.session)
        question = self._question_of_the_form()
        return replace(question, note=outside.look_note(self.session)) if self.session.read_only else question

    @property
    def _is_held(self) -> bool:
        """Whether it has to be asked what to do about somebody else who has the record."""
        return self.session.can_take_over and self.session.read_only != self._settled_for_looking

    def _question_of_the_form(self) -> Question:
        if self._draft is not None:
            if self._draft.current is not None:
                return drafting.question(self.session, self._draft)
            return drafting.paste_question(self.session.typing_at(drafting.PASTE_KEY))
        place = self.place
        if place is None:
            return self._done_question()
        if isinstance(place, SlotPlace):
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
            "/检查 看哪里会被退回，/全表 看各项，/去 某项 再改，回车存好并离开。",
            done=filled,
            of=of,
        )

    def _field_question(self, place: FieldPlace) -> Question:
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
            carried=spec.kind is Kind.LONG and rolled.carried_unseen(session, place),
        )

    def _text_to_edit(self, place: FieldPlace) -> str:
        if self._prefill is not None:
            return self._prefill
        if typed := self.session.typing_at(place.key):
            return typed
        return answers.shown(self.session.declaration.get(place.field.path))

    def _default(self, place: FieldPlace) -> tuple[Any, str, str]:
        """What a bare Enter takes at an empty field, why in Chinese, and its origin; None where there is nothing."""
        declaration = self.session.declaration
        if not is_empty(declaration.get(place.field.path)):
            return None, "", ""
        if place.field.path == REQUESTED and declaration.funding.total is not None:
            return declaration.funding.total, f"与{spec_at(TOTAL).label}相同", COMPUTED
        value = self.session.default(place.field.path)
        return (value, "同上一份表", CARRIED) if value is not None else (None, "", "")

    def _slot_question(self, place: SlotPlace) -> Question:
        offer = self.offer()
        rows = slots.row_lines(self.session, place.slot)
        table = slot_places(self.session.declaration.framework)
        number = table.index(place) + 1
        typed = self.session.typing_at(place.key)
        whole_table = (
            "" if number > 1 or self.session.declaration.indicators else "输入 /拟指标 可先拟出整张表，再逐条定"
        )
        ask = "还要再加一条吗？不加就按 Enter 到下一格。" if rows else place.slot.meaning
        return Question(
            key=place.key,
            mode=Mode.SLOT,
            title=place.label,
            ask=ask,
            prefill=typed if self._prefill is None else self._prefill,
            suggestions=offer.suggestions,
            rows=rows,
            note="；".join(
                filter(
                    None,
                    (rolled.slot_note(self.session, place.slot), offer.note, self._trouble_of_choices(), whole_table),
                )
            ),
            section=place.section,
            done=number,
            of=len(table),
        )

    def _target_question(self, place: SlotPlace, index: int) -> Question:
        row = self.session.declaration.indicators[index]
        options = self.suggester.targets(self.session.declaration, place.slot.key, row.name)
        default = targeting.default_of(row, options)
        hint = targeting.shape_for(row, options, self.session.declaration.indicators).hint
        return Question(
            key=place.key,
            mode=Mode.TARGET,
            title=f"{place.label}　{row.name}",
            ask=f"目标值是多少？如 =147条、>=98%、<=4小时、健全；选序号也行。{hint}",
            prefill=self._target_to_edit(row),
            default=default.text if default else "",
            default_note=default.reason if default else "",
            choices=tuple(f"{option.text}　{option.reason}" for option in options),
            note=rolled.row_note(self.session, index),
            section=place.section,
        )

    def _target_to_edit(self, row: Indicator) -> str:
        if self._prefill is not None:
            return self._prefill
        return self.session.typing_at(target_key(row)) or row.target

    # -- what is offered with it --

    def offer(self) -> Offer:
        """The suggestions for the slot in question; empty elsewhere.

        Their numbers stay while the slot is asked, so that 1 and then 3 may be picked; the picked ones are marked.
        """
        place = self.place
        if not isinstance(place, SlotPlace):
            return Offer(())
        declaration, slot = self.session.declaration, place.slot
        told = self._told(place)
        kept = self._offer[1] if self._offer is not None and self._offer[0] == told else None
        if kept is None or slots.all_taken(self.session, slot, kept):
            kept = self.suggester.offer(declaration, slot.key)
            self._offer = (told, kept)
        return slots.marked(self.session, slot, kept)

    def _told(self, place: SlotPlace) -> object:
        """What an offer goes by: while it stays the same, the numbers of the offer stay."""
        declaration = self.session.declaration
        return place.key, declaration.project, declaration.funding, declaration.narrative

    def _offer_instead(self, place: SlotPlace, found: tuple[Suggestion, ...]) -> None:
        """Offer what was found in place of what was offered, until one of it is taken or the slot is left."""
        self._offer, self._searched = (self._told(place), Offer(found)), True

    def _trouble_of_choices(self) -> str:
        """Why earlier choices could not be used or kept, at the first slot that suggests after it happened."""
        trouble = self.suggester.trouble
        if trouble and self._trouble_told[0] != trouble:
            self._trouble_told = (trouble, self.key)
        return trouble if self._trouble_told == (trouble, self.key) else ""

    def complete(self, text: str) -> tuple[Suggestion, ...]:
        """Suggestions while typing at the indicator prompt: the offer for an empty line, else a search."""
        place = self.place
        if not isinstance(place, SlotPlace) or self._target_index() is not None:
            return ()
        line = slots.read_line(text)
        if line.about_offer:
            return self.offer().suggestions
        return self.suggester.search(self.session.declaration, place.slot.key, line.query)

    def taken(self, text: str, shown: Sequence[Suggestion]) -> tuple[int, ...]:
        """Which of the suggestions shown for a text (from 0) Enter takes."""
        return slots.taken(slots.read_line(text), shown, self.highlight)

    def picks_by_number(self, text: str) -> bool:
        """Whether a number typed with this text picks among the suggestions shown for it; behind words it is part of a name."""
        line = slots.read_line(text)
        return line.about_offer or line.initials

    def leave_text(self, text: str, asked: Question | None = None) -> None:
        """Keep what stands in the input but was not sent, for when the place is visited again.

        asked is the question that the input belongs to. Where another one has its turn by now (a key in another view took a
        step back, a save in the midst of an answer) the text belongs to none, and overwrites none.
        """
        question = self.question()
        if asked is not None and asked.identity != question.identity:
            return
        literal = question.mode in (Mode.LONG, Mode.PASTE)
        if commands.is_bare(text) or (not literal and commands.split(text.strip()) is not None):
            text = ""  # a command in the making is no answer
        if text == question.prefill:
            return
        if question.mode in (Mode.LINE, Mode.LONG, Mode.SLOT, Mode.PASTE):
            self.session.note_typing(question.key, text)
        elif question.mode is Mode.TARGET and (row := self._target_index()) is not None:
            self.session.note_typing(target_key(self.session.declaration.indicators[row]), text)

    # -- what is said around it --

    def so_far(self, limit: int = 12) -> tuple[Message, ...]:
        """The last answers before this question, for a conversation that goes on after a break; of a year roll, its news."""
        if news := rolled.news(self.session):
            return tuple(Message(Role.NOTE, text) for text in news)
        declaration = self.session.declaration
        lines: list[str] = []
        for place in places(declaration.framework):
            if place.key == self.key:
                break
            if isinstance(place, SlotPlace):
                lines += [f"{place.slot.level2}：{row}" for row in slots.row_lines(self.session, place.slot)]
            elif not is_empty(value := declaration.get(place.field.path)):
                told = " ".join(answers.told(place.field, value).split())
                lines.append(f"{place.label}：{truncate(told, TOLD_COLUMNS)}")
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
        from domain.grading import Severity

        place = place_at(self.session.declaration, key)
        if place is None:
            return ()
        if isinstance(place, FieldPlace):
            found = self.reviewer.at_field(place.field.path)
        else:
            found = [one for one in self.reviewer.at_slot(place.slot.key) if one.hit.name]
        ready = [one for one in found if one.severity is not Severity.INFO and not self._waits(place, one)]
        return tuple(f"{one.hit.message}{one.advice}" for one in ready[:limit])

    def _waits(self, place: Place, finding: Finding) -> bool:
        """Whether a finding rests on a field that has not been asked yet."""
        keys = {".".join(str(part) for part in path[:2]) for path in (finding.where, *finding.hit.also)}
        others = [place_at(self.session.declaration, key) for key in keys if key != place.key]
        return any(other is not None and pending(other, self.session) for other in others)
