"""Differences between two states of a record: they lead from one to the other, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from domain.changes import Change, Record, apply, diff, inverse
from domain.model import Declaration, Indicator
from tests.domain.strategies import records

ROW, OTHER, THIRD = (Indicator("产出目标", "数量", name, "=1") for name in "甲乙丙")


def with_rows(*rows: Indicator) -> Record:
    return Record(Declaration(indicators=rows))


@given(records(), records())
def test_changes_lead_there_and_back(before: Record, after: Record) -> None:
    changes = diff(before, after)
    assert apply(before, changes) == after
    assert apply(after, inverse(changes)) == before
    assert (changes == ()) == (before == after)


@given(records(), records(), records())
def test_steps_follow_each_other(one: Record, two: Record, three: Record) -> None:
    assert apply(apply(one, diff(one, two)), diff(two, three)) == three


@given(records(), records())
def test_the_inverse_of_the_inverse_is_the_change(before: Record, after: Record) -> None:
    changes = diff(before, after)
    assert inverse(inverse(changes)) == changes


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ((), (ROW,), Change(("indicators", 0), (), (ROW,))),
        ((ROW, THIRD), (ROW, OTHER, THIRD), Change(("indicators", 1), (), (OTHER,))),
        ((ROW, OTHER, THIRD), (ROW, THIRD), Change(("indicators", 1), (OTHER,), ())),
        ((ROW, ROW), (ROW,), Change(("indicators", 1), (ROW,), ())),
        ((ROW, OTHER), (OTHER, ROW), Change(("indicators", 0), (ROW, OTHER), (OTHER, ROW))),
    ],
)
def test_the_table_changes_by_one_splice(
    before: tuple[Indicator, ...], after: tuple[Indicator, ...], change: Change
) -> None:
    assert diff(with_rows(*before), with_rows(*after)) == (change,)


def test_another_framework_is_a_change() -> None:
    before = Record()
    after = Record(replace(before.declaration, framework="national-2021"))
    changes = diff(before, after)
    assert apply(before, changes) == after
    assert apply(after, inverse(changes)) == before


def test_what_a_person_added_is_no_change() -> None:
    assert diff(Record(), Record(extra={"note": "甲"})) == ()


def test_marks_are_set_and_taken_away() -> None:
    record = Record().marked("origins", "project.name", "typed").marked("origins", "project.unit", "carried")
    assert record.marks("origins") == {"project.name": "typed", "project.unit": "carried"}
    record = record.marked("origins", "project.name", None).marked("origins", "project.unit", None)
    assert record.meta == {}
    assert record.marks("nothing") == {}


def test_marks_that_are_no_table_count_as_none() -> None:
    assert Record(meta={"origins": "x"}).marks("origins") == {}
