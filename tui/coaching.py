"""Learning beside the work (边填边学): the long help with each question, why an indicator goes where, what a review would say.

It only reads the dialogue; the record is changed by the filer's answers alone.
"""

from __future__ import annotations

from domain.framework import Slot
from domain.model import Indicator
from domain.training import Material
from domain.training.coach import after_pick, runner_up, summing_up
from domain.training.confusions import partners
from suggest.types import Suggestion
from tui import wiring
from tui.dialogue import Dialogue, Message, Mode, Question, Reply, Role
from tui.dialogue.slots import number_in

KEY = "边填边学"
ON = "边填边学已打开：每一项先说怎么填，选了指标再问一句为什么。再来一次 {key} 就关。"
OFF = "边填边学已关上。"
OPTIONS = 4
"""Reasons to choose from."""


class Coach:
    """What is taught beside one dialogue."""

    def __init__(self, material: Material, dialogue: Dialogue) -> None:
        self._material, self._dialogue = material, dialogue
        self._helped = ""
        self._summed: object = None
        self._before: tuple[Indicator, ...] | None = None
        self._offered: tuple[Suggestion, ...] = ()
        self._picked: Indicator | None = None

    @property
    def asks(self) -> bool:
        """Whether the coach's own question stands before the dialogue's."""
        return self._picked is not None

    def watch(self, question: Question) -> None:
        """Remember what is there before an answer."""
        slot = question.mode is Mode.SLOT
        self._before = self._dialogue.session.declaration.indicators if slot else None
        self._offered = question.suggestions

    def drop(self) -> None:
        """Leave the coach's question unanswered."""
        self._picked = None

    def question(self, question: Question) -> tuple[Question, tuple[Message, ...]]:
        """The question to show, the coach's own or the dialogue's, and what is said before it."""
        before, self._before = self._before, None
        if before is not None:
            rows = self._dialogue.session.declaration.indicators
            new = [row for row in rows if (row.slot, row.name) not in {(one.slot, one.name) for one in before}]
            self._picked = new[0] if len(new) == 1 and len(self._reasons(new[0])) > 1 else None
        if self._picked is not None and self._still_there(self._picked):
            return self._why(self._picked), ()
        self._picked = None
        if question.mode is Mode.DONE:
            return question, self.summary()
        if question.key == self._helped:
            return question, ()
        self._helped = question.key
        text = "\n".join(f"{heading}：{text}" for heading, text in self._dialogue.help_lines())
        return question, (Message(Role.HELP, text),) if text else ()

    def _still_there(self, row: Indicator) -> bool:
        rows = self._dialogue.session.declaration.indicators
        return (row.slot, row.name) in {(one.slot, one.name) for one in rows}

    def _reasons(self, row: Indicator) -> list[Slot]:
        """The slot of a row and those it is mixed up with, in the form's order."""
        framework = self._material.framework
        here = framework.slot(*row.slot)
        if here is None:
            return []
        roles = {here.role, *partners(here.role)[: OPTIONS - 1]}
        return [slot for slot in framework.slots if slot.role in roles]

    def _why(self, row: Indicator) -> Question:
        choices = tuple(slot.test for slot in self._reasons(row))
        ask = f"“{row.name}”为什么放在“{'›'.join(row.slot)}”？哪一句问的就是它，写序号；空着回车不答。"
        return Question(KEY, Mode.LINE, KEY, ask, choices=choices, section="指标表")

    def answer(self, text: str) -> Reply:
        """Say whether the reason is right, what the slot is mixed up with, why the runner-up lost."""
        row, self._picked = self._picked, None
        if row is None:
            return Reply()
        reasons, number = self._reasons(row), number_in(text)
        lines = []
        if number is not None and 1 <= number <= len(reasons):
            right = next(slot for slot in reasons if slot.key == row.slot)
            chosen = reasons[number - 1]
            lines.append("对。" if chosen is right else f"那一句问的是“{chosen.level2}”。")
        lines += [*after_pick(self._material, row.slot, row.name), *self._elsewhere(row), *self._runner_up(row)]
        return Reply((Message(Role.HELP, "\n".join(lines)),))

    def _elsewhere(self, row: Indicator) -> list[str]:
        """A word where the library files the name in other slots only."""
        filed = {entry.slot for entry in self._material.entries if entry.name == row.name}
        if not filed or row.slot in filed:
            return []
        places = "、".join("›".join(slot) for slot in sorted(filed))
        return [f"指标库把“{row.name}”放在{places}，想一想要不要移过去。"]

    def _runner_up(self, row: Indicator) -> list[str]:
        chosen = next((one for one in self._offered if one.name == row.name), None)
        others = [one for one in self._offered if one.name != row.name]
        if chosen is None or not others:
            return []
        return [runner_up(chosen.name, chosen.reasons, others[0].name, others[0].reasons)]

    def summary(self) -> tuple[Message, ...]:
        """What the review would say of the form as it stands; nothing where that was said already."""
        declaration = self._dialogue.session.declaration
        if declaration == self._summed:
            return ()
        self._summed = declaration
        return (Message(Role.HELP, "\n".join(summing_up(self._material, declaration))),)


def coach_for(dialogue: Dialogue) -> Coach:
    """A coach over the built-in course."""
    return Coach(wiring.material(), dialogue)
