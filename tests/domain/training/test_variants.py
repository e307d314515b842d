"""A story told in another year, place, at other prices and counts: its model form stays sound and in step with it."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from domain.training import ExerciseError, Material, ask, grade, key
from domain.training.exercise import Seed
from domain.training.facts import holds
from domain.training.kinds import KINDS
from domain.training.kinds.sums import read_steps
from domain.training.variants import COUNTS, PLACES, PRICES, YEARS, Variant, draw, variant_of, varied

CORNERS = [
    Variant(min(YEARS), PRICES[0], COUNTS[0], PLACES[5]),
    Variant(max(YEARS), PRICES[-1], COUNTS[-1], PLACES[-1]),
    Variant(0, PRICES[6], COUNTS[2], ""),
]


@pytest.mark.parametrize("variant", CORNERS, ids=str)
def test_every_story_can_be_told_otherwise(material: Material, variant: Variant) -> None:
    for story in material.stories.values():
        told, form = varied(story, material.example(story.example), variant)
        assert not [one.hit.message for one in material.review(form).findings if one.severity != "info"], story.id
        assert all(holds(material, form, fact) for fact in told.facts), story.id
        assert not [step for step in read_steps(form.narrative.remarks) if step.is_wrong], story.id


def test_figures_year_and_place_move_together(material: Material) -> None:
    story = material.story("elder-allowance")
    told, form = varied(story, material.example(story.example), Variant(1, "1.2", "1.5", "望溪"))
    assert "望溪县民政局" in told.text
    assert "云岭" not in told.text + form.narrative.basis + form.project.unit
    assert "望政发〔2020〕22号" in told.text
    assert "望政发〔2020〕22号" in form.narrative.basis
    assert form.project.year == 2023
    assert form.project.start_date is not None
    assert form.project.start_date.year == 2023
    assert "1860人" not in told.text
    assert "2790人，每人每月120元" in told.text
    assert form.funding.requested == form.funding.total
    assert f"总共{form.funding.requested}万元" in told.text
    assert form.funding.requested != Decimal("310.2")


def test_the_calendar_is_no_count(material: Material) -> None:
    story = material.story("land-system")
    told, form = varied(story, material.example(story.example), Variant(counts="2"))
    assert "一年12次" in told.text
    assert "×12个月" in form.narrative.remarks
    assert any(row.target == "=12次" for row in form.indicators)


def test_a_story_as_it_is_stays_as_it_is(material: Material) -> None:
    story = material.story("hotline-lines")
    told, form = varied(story, material.example(story.example), Variant())
    assert form == material.example(story.example)
    assert [fact.what for fact in told.facts] == [fact.what for fact in story.facts]


def test_a_drawn_variant_is_the_same_everywhere(material: Material) -> None:
    story = material.story("flu-vaccine")
    drawn = [draw(material, story, Seed("form", "v", number)) for number in range(1, 9)]
    assert drawn == [draw(material, story, Seed("form", "v", number)) for number in range(1, 9)]
    assert len(set(drawn)) > 6


@pytest.mark.parametrize(
    "given",
    [5, "x", [], {"years": "a"}, {"years": 99}, {"prices": "x"}, {"prices": "0"}, {"counts": "1e9"}, {"else": 1}],
)
def test_a_variant_that_is_none_is_refused(given: object) -> None:
    with pytest.raises(ExerciseError, match="variant"):
        variant_of(given)


ENDLESS = {"quiz": 30, "classify": 45, "target": 45}
"""Different exercises among fifty; all others must all differ."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_exercises_go_on_and_on_and_an_empty_answer_earns_nothing(material: Material, kind) -> None:
    seen = set()
    for number in range(1, 501, 10):
        exercise = ask(material, f"{kind.id}:endless:{number}")
        seen.add(json.dumps([exercise.posed.lines, exercise.posed.choices], ensure_ascii=False))
        assert grade(material, exercise, key(material, exercise)).score == 1, exercise.id
        for nothing in (None, "", [], {}):
            if kind.id == "defects" and key(material, exercise) == "0":
                continue
            assert grade(material, exercise, nothing).score == 0, exercise.id
    assert len(seen) >= ENDLESS.get(kind.id, 48)
