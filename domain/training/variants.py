"""Variants of stories and example forms (变式): the same project in another year and place, at other prices and counts.

A story, its facts and its model form are told again with one mapping of figures, so that they stay in step: prices and counts
of the calculation are drawn, its results worked out anew, every other amount moves with the total.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from domain.model import Declaration
from domain.quantity import CENT, YUAN_PER_WAN, evaluate, plain
from domain.review import Severity
from domain.training.exercise import ExerciseError, Seed
from domain.training.facts import holds
from domain.training.material import Fact, Material, Story

YEARS = (-2, -1, 0, 1, 2)
PRICES = ("0.75", "0.8", "0.9", "0.95", "1.05", "1.1", "1.15", "1.2", "1.25", "1.5")
COUNTS = ("0.5", "0.75", "1.25", "1.5", "2")
PLACES = ("云岭", "临溪", "滨河", "明湖", "青禾", "望溪", "清渡", "安岚", "竹岭", "泽源", "禾田")
"""Invented places; all but the last six are those of the stories."""
_TRIES = 8
_SMALLEST_COUNT = 10
"""Smaller numbers stand for too many things in a text to be exchanged."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|〔|〕|-\d)")
_MONEY = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(万元|元)")
_STEP = re.compile(r"(\d[\d.]*)元/[^×=；]*((?:×\d[\d.]*[^×=；\d]*)+)=(\d[\d.]*)元")
_TIED = re.compile(r"每[所校期村站座][^，。；]{0,4}\d|各\d|每[日周月季][^，。；]{1,4}一次")
"""Counts that follow from another one, or from the calendar."""


@dataclass(frozen=True, slots=True)
class Variant:
    """What is told differently: years later, factors for prices and counts, the place."""

    years: int = 0
    prices: str = "1"
    counts: str = "1"
    place: str = ""

    def data(self) -> dict[str, Any]:
        """The variant as an exercise keeps it."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def variant_of(data: Any) -> Variant:
    """The variant of an exercise's data, none for None; raises ExerciseError."""
    if data is None:
        return Variant()
    try:
        found = Variant(**data)
        if not isinstance(found.years, int) or abs(found.years) > 50:
            raise TypeError(found.years)
        factors = [Decimal(str(found.prices)), Decimal(str(found.counts))]
    except (TypeError, InvalidOperation) as error:
        raise ExerciseError(f"variant 应当有 years、prices、counts、place（{error}）") from error
    if not all(Decimal("0.01") <= factor <= 100 for factor in factors):
        raise ExerciseError("variant 的 prices 和 counts 应当在0.01到100之间")
    return replace(found, prices=str(found.prices), counts=str(found.counts), place=str(found.place)[:10])


def varied(story: Story, example: Declaration, variant: Variant) -> tuple[Story, Declaration]:
    """The story and its model form as the variant tells them."""
    telling = _Telling(story, example, variant)
    facts = tuple(telling.fact(fact) for fact in story.facts)
    return replace(story, text=telling.text(story.text), facts=facts), telling.form(example)


def draw(material: Material, story: Story, seed: Seed) -> Variant:
    """A variant of a story whose model form the review passes without a word; the story as it is where none was found."""
    example = material.example(story.example)
    for attempt in range(_TRIES):
        rng = seed.rng(f"variant{attempt}")
        variant = Variant(rng.choice(YEARS), rng.choice(PRICES), rng.choice(COUNTS), rng.choice(PLACES))
        told, form = varied(story, example, variant)
        if _sound(material, told, form):
            return variant
    return Variant()


def draw_example(material: Material, name: str, seed: Seed) -> tuple[Declaration, Variant]:
    """An example form told again as its story allows; as it is where it has none."""
    story = next((story for story in material.stories.values() if story.example == name), None)
    variant = draw(material, story, seed) if story else Variant()
    return example_as(material, name, variant), variant


def example_as(material: Material, name: str, variant: Variant) -> Declaration:
    """An example form as a variant tells it; raises ExerciseError where there is none of this name."""
    example = material.example(name)
    story = next((story for story in material.stories.values() if story.example == name), None)
    return varied(story, example, variant)[1] if story else example


def _sound(material: Material, story: Story, form: Declaration) -> bool:
    standing = [one for one in material.review(form).findings if one.severity is not Severity.INFO]
    return not standing and all(holds(material, form, fact) for fact in story.facts)


class _Telling:
    """One mapping of figures, years and the place, for texts and values alike."""

    def __init__(self, story: Story, example: Declaration, variant: Variant) -> None:
        self._years, self._from = variant.years, example.project.unit[:2]
        self._to = variant.place or self._from
        self._counts = self._new_counts(story, example, Decimal(variant.counts))
        self._money, self._ratio = self._new_money(example, Decimal(variant.prices))

    @staticmethod
    def _new_counts(story: Story, example: Declaration, factor: Decimal) -> Mapping[str, str]:
        """The counts of quantity indicators that the calculation multiplies; none where the text ties them to other figures."""
        remarks = example.narrative.remarks
        tied = "比上年" in remarks or example.project.nature == "阶段性项目" or _TIED.search(story.text)
        found = {} if tied else {fact.number for fact in story.facts if fact.role == "output.quantity"}
        return {
            number: plain((Decimal(number) * factor).to_integral_value(ROUND_HALF_UP))
            for number in found
            if Decimal(number) >= _SMALLEST_COUNT and re.search(rf"×{number}(?!\d)", remarks)
        }

    def _new_money(self, example: Declaration, factor: Decimal) -> tuple[Mapping[Decimal, Decimal], Decimal]:
        """(amounts in 元 of the calculation, old to new; by how much the total moves)."""
        money: dict[Decimal, Decimal] = {}
        before = after = Decimal(0)
        for price, rest, result in _STEP.findall(example.narrative.remarks):
            new = (Decimal(price) * factor).quantize(CENT)
            times = re.sub(r"[^\d.×]", "", self._count(rest)).strip("×").replace("×", "*")
            money[Decimal(price)] = new
            money[Decimal(result)] = new * evaluate(times)
            before += Decimal(result)
            after += money[Decimal(result)]
        ratio = after / before if before else Decimal(1)
        return {**money, before: after}, ratio

    def text(self, text: str) -> str:
        """A text told again."""
        text = _YEAR.sub(lambda year: str(int(year[0]) + self._years), text)
        text = _MONEY.sub(self._amount, text)
        text = self._count(text).replace(self._from, self._to)
        return re.sub(rf"（{self._from[0]}(?=[^（）]{{1,6}}〔)", f"（{self._to[0]}", text)

    def _amount(self, found: re.Match[str]) -> str:
        yuan = Decimal(found[1].replace(",", "")) * (YUAN_PER_WAN if found[2] == "万元" else 1)
        new = self._money.get(yuan)
        if new is None:
            new = (yuan * self._ratio / YUAN_PER_WAN).quantize(CENT, ROUND_HALF_UP) * YUAN_PER_WAN
        return f"{plain(new / YUAN_PER_WAN if found[2] == '万元' else new)}{found[2]}"

    def _count(self, text: str) -> str:
        for old, new in self._counts.items():
            text = re.sub(rf"(?<![\d.]){old}(?![\d.]|元|万|%|个?月|个?小时|[日年号时天周岁分])", f"\0{new}", text)
        return text.replace("\0", "")

    def _wan(self, amount: Decimal | None) -> Decimal | None:
        return None if amount is None else Decimal(self.text(f"{plain(amount)}万元").removesuffix("万元"))

    def fact(self, fact: Fact) -> Fact:
        """A fact told again, its value or number with it."""
        new = replace(fact, what=self.text(fact.what))
        if fact.field.startswith("funding."):
            return replace(new, value=self.text(f"{fact.value}万元").removesuffix("万元"))
        if fact.field == "project.year":
            return replace(new, value=str(int(fact.value) + self._years))
        if fact.field:
            return replace(new, value=self.text(fact.value))
        return replace(new, number=self.text(f"{fact.number}{fact.unit}").removesuffix(fact.unit))

    def form(self, example: Declaration) -> Declaration:
        """The model form told again."""
        project, funding, narrative = example.project, example.funding, example.narrative
        texts = {one.name: self.text(getattr(narrative, one.name)) for one in fields(narrative)}
        amounts = {one.name: self._wan(getattr(funding, one.name)) for one in fields(funding)}
        rows = tuple(replace(row, name=self.text(row.name), target=self.text(row.target)) for row in example.indicators)
        return replace(
            example,
            project=replace(
                project,
                year=project.year + self._years if project.year else project.year,
                unit=self.text(project.unit),
                name=self.text(project.name),
                start_date=self._day(project.start_date),
                end_date=self._day(project.end_date),
            ),
            funding=replace(funding, **amounts),
            narrative=replace(narrative, **texts),
            indicators=rows,
        )

    def _day(self, day: datetime.date | None) -> datetime.date | None:
        return day.replace(year=day.year + self._years) if day else day
