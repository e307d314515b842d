"""A filer at the real dialogue who wants one given form and counts the keys; `keystrokes.py` sends it through whole forms."""

from __future__ import annotations

import re
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
from suggest.types import Suggestion
from tui.dialogue import DONE_KEY, Dialogue, Mode, Question
from tui.dialogue.places import FieldPlace, SlotPlace, place_at
from tui.dialogue.slots import split_row

SEEN = 5
"""Suggestions on a screen of 24 rows."""

SHORTEST = 2
"""Initials or characters typed at least to look for a name."""
SWITCHED = 1
"""The key that turns an input method off before letters behind Chinese, and that leaves it off."""


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

    def __post_init__(self) -> None:
        """At the full screen, where what is found is seen while typing."""
        self.dialogue.names_keys = True

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
            if isinstance(place, FieldPlace):
                self.field(question, place)
            elif self.drafting:
                self.drafting = False
                self.propose()
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

    def paired(self, slot: SlotKey) -> list[tuple[Indicator, Indicator | None]]:
        """Each wanted row of a slot with the one in the table that stands for it: of that very name, else of a name that will do."""
        there = [row for _, row in self.dialogue.session.declaration.rows(slot)]
        found: dict[int, Indicator] = {}
        wanted = [row for _, row in self.wanted.rows(slot)]
        for alike in (False, True):
            for at, row in enumerate(wanted):
                hit = next(
                    (one for one in there if one.name == row.name or (alike and self.fits(one.name, row.name))), None
                )
                if at not in found and hit is not None:
                    found[at] = hit
                    there.remove(hit)
        return [(row, found.get(at)) for at, row in enumerate(wanted)]

    def missing(self, slot: SlotKey) -> list[Indicator]:
        """The wanted rows of a slot that are not there yet."""
        return [row for row, there in self.paired(slot) if there is None]

    def return_to_missing(self) -> None:
        """Go back to slots that were passed over, or left with a row missing."""
        for slot in {row.slot: None for row in self.wanted.indicators}:
            if self.missing(slot):
                word = f"/去 {slot[1]}"
                self._count(word, cost(word) + 1)
                self.dialogue.goto("/".join(slot))
                while (question := self.dialogue.question()).mode is Mode.TARGET or self.missing(slot):
                    place = place_at(self.dialogue.session.declaration, question.key)
                    assert isinstance(place, SlotPlace)
                    if question.mode is Mode.TARGET:
                        self.target(question)
                    else:
                        self.slot(place)

    # -- fields --

    def field(self, question: Question, place: FieldPlace) -> None:
        """The shortest of Enter, a number, and writing the value."""
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

    def slot(self, place: SlotPlace) -> None:
        """The next wanted row of this slot, or on."""
        missing = self.missing(place.slot.key)
        if not missing:
            self.answer("", 1)
            return
        row = missing[0]
        keys, act, what = min(self.ways(row), key=lambda way: way[0])
        self._count(what, keys)
        act()
        if row in self.missing(place.slot.key):
            raise SystemExit(f"{self.dialogue.key}: {what!r} did not bring {row.name}")

    def ways(self, row: Indicator) -> Iterator[tuple[int, Callable[[], object], str]]:
        """Every way to this row: keys, what to do, in words. Where the target is asked afterwards, `target` counts it."""
        line = f"{row.name} {row.target}".strip()
        line = line if split_row(line) == (row.name, quantity.parse_target(row.target).text) else row.name
        yield cost(line) + 1, partial(self.dialogue.answer, line), line
        for number, one in self.shown("", row):
            yield from self._of_offer(number, one, row)
        letters = "".join(key[0] for key in pinyin.keys(row.name))
        if found := self.first_shown((letters[:count] for count in range(SHORTEST, len(letters) + 1)), row):
            text, number, one = found
            line = f"{text}{number if number > 1 else ''}"
            line += f" {beside(one.target, row.target)}" if not self.has_target(one, row) else ""
            yield cost(line) + 1, partial(self.dialogue.answer, line), line
        if found := self.first_shown((row.name[:count] for count in range(SHORTEST, len(row.name) + 1)), row):
            yield self._chosen(row, cost(found[0]), *found)
        for head in range(SHORTEST, len(row.name) - 1):
            rest = "".join(key[0] for key in pinyin.keys(row.name[head:]))
            lines = (row.name[:head] + rest[:count] for count in range(1, len(rest) + 1))
            if found := self.first_shown(lines, row):
                yield self._chosen(row, cost(found[0]) + SWITCHED, *found)

    def shown(self, text: str, row: Indicator) -> Iterator[tuple[int, Suggestion]]:
        """What is on the screen for a text and is the wanted row, with its number."""
        there = {one.name for _, one in self.dialogue.session.declaration.rows(row.slot)}
        for number, one in enumerate(self.dialogue.complete(text)[:SEEN], 1):
            if self.fits(one.name, row.name) and one.name not in there:
                yield number, one

    def first_shown(self, texts: Iterator[str], row: Indicator) -> tuple[str, int, Suggestion] | None:
        """The first text, each a key longer than the one before, at which the wanted row is on the screen."""
        return next(((text, number, one) for text in texts for number, one in self.shown(text, row)), None)

    def _of_offer(
        self, number: int, one: Suggestion, row: Indicator
    ) -> Iterator[tuple[int, Callable[[], object], str]]:
        """A suggestion of the offer by its number, with another target where it has another."""
        if self.has_target(one, row):
            yield 2, partial(self.dialogue.answer, str(number)), f"{number}"
        elif quantity.looks_like_target(row.target):
            line = f"{number} {beside(one.target, row.target)}"
            yield cost(line) + 1, partial(self.dialogue.answer, line), line

    def _chosen(
        self, row: Indicator, keys: int, text: str, number: int, one: Suggestion
    ) -> tuple[int, Callable[[], object], str]:
        """A suggestion for words typed: down to it, and Enter; the target behind the words where it has another."""
        if not self.has_target(one, row):
            target = beside(one.target, row.target)
            text, keys = f"{text} {target}", keys + cost(f" {target}")
        return keys + number + 1, partial(self.dialogue.pick, one, text), f"{text} ↓{number}"

    def target(self, question: Question) -> None:
        """The target of the row just taken: a number, last year's, or written."""
        name = question.title.split("　", 1)[1]
        place = place_at(self.dialogue.session.declaration, question.key)
        assert isinstance(place, SlotPlace)
        pairs = self.paired(place.slot.key)
        wanted = next(row.target for row, there in pairs if there is not None and there.name == name)
        options = [choice.split("　", 1)[0] for choice in question.choices]
        erased = bool(question.prefill)
        if same(wanted, question.prefill):
            self.answer(question.prefill, 1)
        elif not wanted:
            self._count("", 1)
            self.dialogue.command("skip")
        elif question.default and same(wanted, question.default) and not erased:
            self.answer("", 1)
        elif (number := next((at for at, one in enumerate(options, 1) if same(wanted, one)), 0)) and not erased:
            self.answer(str(number), 2)
        else:
            self.written_target(question, wanted, erased=erased)

    def written_target(self, question: Question, wanted: str, *, erased: bool) -> None:
        """The target without what the question says may be left out."""
        text = min(
            (text for text in (wanted, *shortened(question.ask, wanted)) if text not in self.numbers(question)),
            key=cost,
        )
        self.answer(text, erased + cost(text) + 1)

    @staticmethod
    def numbers(question: Question) -> list[str]:
        """The numbers that pick an option."""
        return [str(at) for at, _ in enumerate(question.choices, 1)]

    @staticmethod
    def has_target(one: Suggestion, row: Indicator) -> bool:
        """Whether a suggestion has the wanted target, or none, so that it is asked for."""
        return not one.target or same(one.target, row.target)

    def fits(self, name: str, wanted: str) -> bool:
        """Whether an indicator of this name is the wanted one."""
        return name == wanted or (self.alike and likeness(name, wanted) >= 0.5)


def shortened(ask: str, wanted: str) -> Iterator[str]:
    """A target as the question says that it may be written: the number alone, the day in figures."""
    whole = re.fullmatch(r"([><]?=|[><])?(\d+(?:\.\d+)?)(\D+)", wanted)
    if whole and (told := re.search(r"只写数，就记作 (\S+?)…(\S+?)。", ask)) and whole[3] == told[2]:
        yield whole[2] if whole[1] == told[1] else f"{whole[1]}{whole[2]}"
    day = re.fullmatch(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日前", wanted)
    if day and "就记作 9月15日前" in ask:
        yield f"{day[1]}-{day[2]}-{day[3]}".removeprefix("None-")


def same(target: str, wanted: str) -> bool:
    """Whether two targets are one: 100% and =100% are."""
    texts = [quantity.parse_target(text).text.removeprefix("=") for text in (target, wanted)]
    return texts[0] == texts[1]


def beside(offered: str, wanted: str) -> str:
    """The wanted target as it is typed beside an offered one: without the unit that both have."""
    parts = [re.fullmatch(r"([><]?=|[><])(\d+(?:\.\d+)?)(\D+)", text) for text in (offered, wanted)]
    if parts[0] and parts[1] and parts[0][3] == parts[1][3]:
        return f"{parts[1][1]}{parts[1][2]}"
    return wanted


def likeness(one: str, other: str) -> float:
    """Share of the characters of two names that both have (Dice)."""
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other))


def coded(value: object) -> str:
    """A value as text, codes without their names."""
    if isinstance(value, Coded):
        return value.code or value.name
    if isinstance(value, tuple):
        return "，".join(coded(one) for one in value)
    return answers.shown(value)
