"""A filer at the real dialogue who wants one given form and counts the keys; `keystrokes.py` sends it through whole forms."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from domain import answers, pinyin, quantity
from domain.fields import Field, Kind
from domain.framework import SlotKey
from domain.model import Declaration, Indicator, is_empty
from domain.project import Coded
from tui.dialogue import DONE_KEY, Dialogue, Mode, Question
from tui.dialogue.places import Place, place_at

SEEN = 5
"""Suggestions on a screen of 24 rows."""

LONGEST = 6
"""Characters or initials typed at most before a suggestion is looked for no further."""


def cost(text: str) -> int:
    """Keys that a text takes."""
    return sum(3 if "\u3400" <= char <= "\u9fff" else 1 for char in text)


@dataclass
class Filer:
    """Someone who fills a record until it holds the wanted form, and counts the keys."""

    dialogue: Dialogue
    wanted: Declaration
    alike: bool = False
    """Whether a suggestion under a name that is much like the wanted one will do."""
    drafting: bool = False
    """Whether the indicator table is proposed as a whole first (/拟指标)."""
    keys: int = 0
    said: list[str] = field(default_factory=list)

    # -- acting --

    def answer(self, text: str, keys: int, *, literal: bool = False) -> None:
        """Send an answer that took so many keys, Enter included."""
        self._count(text, keys)
        reply = self.dialogue.answer(text, literal=literal)
        if reply.refused:
            raise SystemExit(f"{self.dialogue.key}: {text!r}: {reply.messages}")

    def _count(self, what: str, keys: int) -> None:
        self.keys += keys
        self.said.append(f"{keys:4} {self.dialogue.key}: {what[:40]}")

    def fill(self) -> None:
        """Question after question until everything has been asked."""
        while (question := self.dialogue.question()).key != DONE_KEY:
            place = place_at(self.dialogue.session.declaration, question.key)
            assert place is not None
            if self.drafting and place.slot is not None:
                self.drafting = False
                self.propose()
            elif place.field is not None:
                self.field(question, place)
            elif question.mode is Mode.TARGET:
                self.target(question)
            else:
                self.slot(place)

        self.return_to_missing()

    # -- the table proposed as a whole --

    def propose(self) -> None:
        """Take what is wanted of the proposed table, with the wanted target, and nothing else."""
        self._count("/拟指标", cost("/拟指标") + 1)
        self.dialogue.command("indicators")
        while (question := self.dialogue.question()).mode is Mode.PROPOSAL:
            name, _, target = question.ask.split("\n")[0].partition(" ")
            level1, level2 = question.title.split("　")[1].split("›")
            wanted = next((row for row in self.missing((level1, level2)) if self.fits(name, row.name)), None)
            if wanted is None:
                self.answer("n", 2)
            elif same(target, wanted.target) or not wanted.target:
                self.answer("", 1)
            else:
                line = wanted.target if quantity.looks_like_target(wanted.target) else f"{name} {wanted.target}"
                self.answer(line, cost(line) + 1)

    def missing(self, slot: SlotKey) -> list[Indicator]:
        """The wanted rows of a slot that are not there yet."""
        there = [row.name for _, row in self.dialogue.session.declaration.rows(slot)]
        return [row for _, row in self.wanted.rows(slot) if not any(self.fits(name, row.name) for name in there)]

    def return_to_missing(self) -> None:
        """Go back to slots that were passed over, or left with a row missing."""
        for slot in {row.slot: None for row in self.wanted.indicators}:
            if self.missing(slot):
                word = f"/去 {slot[1]}"
                self._count(word, cost(word) + 1)
                self.dialogue.goto("/".join(slot))
                while self.missing(slot):
                    question = self.dialogue.question()
                    place = place_at(self.dialogue.session.declaration, question.key)
                    assert place is not None
                    if question.mode is Mode.TARGET:
                        self.target(question)
                    else:
                        self.slot(place)

    # -- fields --

    def field(self, question: Question, place: Place) -> None:
        """The shortest of Enter, a number, and writing the value."""
        assert place.field is not None
        value = self.wanted.get(place.field.path)
        now = self.dialogue.session.declaration.get(place.field.path)
        if now == value or (is_empty(now) and question.default and question.default == answers.shown(value)):
            self.answer(question.prefill, 1, literal=question.mode is Mode.LONG)
        elif is_empty(value):
            self._count("", 1 + (not is_empty(now)))
            self.dialogue.command("skip" if is_empty(now) else "clear")
        elif answers.shown(value) in question.choices:
            self.answer(answers.shown(value), 2)
        else:
            text = self.shortest(place.field, value)
            emptied = bool(question.prefill)
            self.answer(text, emptied + cost(text) + 1, literal=place.field.spec.kind is Kind.LONG)

    def shortest(self, one: Field, value: object) -> str:
        """The least that is read as this value: codes without their names where the tables know them."""
        declaration = self.dialogue.session.declaration
        for text in sorted({coded(value), answers.shown(value)}, key=cost):
            read_as = answers.parse(one, text, declaration)
            if isinstance(read_as, answers.Understood) and read_as.value == value:
                return text
        raise SystemExit(f"{one.spec.label}: {answers.shown(value)!r} cannot be typed")

    # -- indicators --

    def slot(self, place: Place) -> None:
        """The next wanted row of this slot, or on."""
        assert place.slot is not None
        missing = self.missing(place.slot.key)
        if not missing:
            self.answer("", 1)
            return
        row = missing[0]
        keys, act, what = min(self.ways(row), key=lambda way: way[0])
        self._count(what, keys)
        act()

    def ways(self, row: Indicator) -> Iterator[tuple[int, Callable[[], object], str]]:
        """Every way to this row: keys, what to do, in words. Where the target is asked afterwards, `target` counts it."""
        line = f"{row.name} {row.target}".strip()
        yield cost(line) + 1, lambda: self.dialogue.answer(line), line
        for text in ("", *heads(row.name)):
            for rank, one in enumerate(self.dialogue.complete(text)[:SEEN]):
                if not self.fits(one.name, row.name):
                    continue
                if same(one.target, row.target) or not one.target:
                    reached = 1 if not text else rank + 1
                    yield cost(text) + reached + 1, partial(self.dialogue.pick, one), f"{text} {rank + 1}."
                elif not text and quantity.looks_like_target(row.target):
                    yield self._with_target(rank, row)

    def _with_target(self, rank: int, row: Indicator) -> tuple[int, Callable[[], object], str]:
        """A suggestion of the offer under another target: down to it, then the target instead of its number."""

        def act() -> None:
            self.dialogue.highlight = rank
            self.dialogue.answer(row.target)

        return rank + cost(row.target) + 1, act, f"{rank + 1}. {row.target}"

    def target(self, question: Question) -> None:
        """The target of the row just taken: a number, last year's, or written."""
        name = question.title.split("　", 1)[1]
        place = place_at(self.dialogue.session.declaration, question.key)
        assert place is not None
        assert place.slot is not None
        wanted = next(row.target for _, row in self.wanted.rows(place.slot.key) if self.fits(name, row.name))
        options = [choice.split("　", 1)[0] for choice in question.choices]
        erased = bool(question.prefill)
        if same(wanted, question.prefill):
            self.answer(question.prefill, 1)
        elif not wanted:
            self._count("", 1)
            self.dialogue.command("skip")
        elif wanted in options:
            self.answer(str(options.index(wanted) + 1), erased + 2)
        else:
            self.answer(wanted, erased + cost(wanted) + 1)

    def fits(self, name: str, wanted: str) -> bool:
        """Whether an indicator of this name is the wanted one."""
        return name == wanted or (self.alike and likeness(name, wanted) >= 0.5)


def same(target: str, wanted: str) -> bool:
    """Whether two targets are one: 100% and =100% are."""
    texts = [quantity.parse_target(text).text.removeprefix("=") for text in (target, wanted)]
    return texts[0] == texts[1]


def likeness(one: str, other: str) -> float:
    """Share of the characters of two names that both have (Dice)."""
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other))


def heads(name: str) -> Iterator[str]:
    """What to look for a name by: initials from its beginning, then its first characters."""
    letters = "".join(key[0] for key in pinyin.keys(name))
    yield from (letters[:count] for count in range(2, LONGEST + 1))
    yield from (name[:count] for count in range(1, LONGEST))


def coded(value: object) -> str:
    """A value as text, codes without their names."""
    if isinstance(value, Coded):
        return value.code or value.name
    if isinstance(value, tuple):
        return "，".join(coded(one) for one in value)
    return answers.shown(value)
