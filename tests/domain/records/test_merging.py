"""Two people at one record: what each changed, put together by field; what both changed is asked about, never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from domain.changes import Record
from domain.model import Indicator
from domain.records.merging import both, merge, settled, value_at
from tests.domain.records.programs import form
from tests.domain.strategies import records

A = Indicator("产出目标", "数量", "甲", "=1")
B = Indicator("产出目标", "数量", "乙", "=2")
C = Indicator("产出目标", "质量", "丙", "=3")
BASE = Record(form(name="热线", unit="中心", overview="一"))


def test_each_side_keeps_what_only_it_changed() -> None:
    mine, theirs = (
        Record(form(name="热线费", unit="中心", overview="一")),
        Record(form(name="热线", unit="站", overview="一")),
    )
    merged = merge(BASE, mine, theirs)
    assert merged.record.declaration == form(name="热线费", unit="站", overview="一")
    assert merged.conflicts == ()


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    changed = Record(form(name="热线费", unit="中心", overview="一"))
    assert merge(BASE, changed, changed).conflicts == ()


def test_a_field_that_both_changed_is_asked_about() -> None:
    mine, theirs = (
        Record(form(name="甲", unit="中心", overview="我")),
        Record(form(name="乙", unit="中心", overview="他")),
    )
    merged = merge(BASE, mine, theirs)
    assert merged.record == mine
    assert [(one.label, one.texts) for one in merged.conflicts] == [
        ("项目名称", ("甲", "乙")),
        ("项目概况", ("我", "他")),
    ]
    name, overview = merged.conflicts
    assert not name.is_long
    assert settled(mine, name, name.theirs).declaration.project.name == "乙"
    assert both(overview) == "我\n他"


@given(records(), records(), records())
def test_nothing_is_lost_and_an_untouched_side_gives_way(base: Record, mine: Record, theirs: Record) -> None:
    assert merge(base, base, theirs).record.declaration == theirs.declaration
    assert merge(base, mine, base).record.declaration == mine.declaration
    assert merge(base, mine, mine).conflicts == ()
    merged = merge(base, mine, theirs)
    asked = {one.where for one in merged.conflicts}
    for where in asked - {("framework",)}:
        assert value_at(merged.record, where) == value_at(mine, where)
    taken = merged.record
    for one in merged.conflicts:
        taken = settled(taken, one, one.theirs)
        assert value_at(taken, one.where) == one.theirs


def with_rows(*rows: Indicator) -> Record:
    return replace(BASE, declaration=replace(BASE.declaration, indicators=rows))


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ((A,), (A, B), (A, C), (A, C, B)),
        ((A, B), (B,), (A, B, C), (B, C)),
        ((A, B), (A, B), (B, A), (B, A)),
        ((A, B), (A,), (B,), ()),
        ((A,), (replace(A, target="=9"),), (A, B), (replace(A, target="=9"), B)),
        ((A, A), (A, A, B), (A, A), (A, A, B)),
    ],
)
def test_rows_are_merged_by_name(
    base: tuple[Indicator, ...],
    mine: tuple[Indicator, ...],
    theirs: tuple[Indicator, ...],
    merged: tuple[Indicator, ...],
) -> None:
    found = merge(with_rows(*base), with_rows(*mine), with_rows(*theirs))
    assert found.record.declaration.indicators == merged
    assert found.conflicts == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "texts"),
    [
        ((replace(A, target="=5"),), (replace(A, target="=6"),), ("甲 =5", "甲 =6")),
        ((), (replace(A, target="=6"),), ("（删掉了）", "甲 =6")),
        ((replace(A, target="=5"),), (), ("甲 =5", "（删掉了）")),
    ],
)
def test_a_row_that_both_changed_is_asked_about(
    mine: tuple[Indicator, ...], theirs: tuple[Indicator, ...], texts: tuple[str, str]
) -> None:
    found = merge(with_rows(A), with_rows(*mine), with_rows(*theirs))
    [one] = found.conflicts
    assert one.texts == texts
    assert found.record.declaration.indicators == mine
    assert settled(found.record, one, one.theirs).declaration.indicators == theirs


def test_a_framework_that_both_changed_is_asked_about() -> None:
    base, mine, theirs = (
        replace(BASE, declaration=replace(BASE.declaration, framework=name)) for name in ("a", "b", "c")
    )
    [one] = merge(base, mine, theirs).conflicts
    assert settled(mine, one, one.theirs).declaration.framework == "c"
    assert merge(base, base, theirs).record.declaration.framework == "c"


def test_keys_of_a_person_and_marks_are_merged_key_by_key() -> None:
    base = replace(BASE, meta={"origins": {"a": "typed"}}, extra={"own": {"x": 1, "y": 1}})
    mine = replace(base, meta={"origins": {"a": "typed", "b": "typed"}})
    theirs = replace(base, meta={"origins": {}, "ignored": {"R01": "不适用"}}, extra={"own": {"x": 2}, "new": 3})
    merged = merge(base, mine, theirs).record
    assert merged.meta == {"origins": {"b": "typed"}, "ignored": {"R01": "不适用"}}
    assert merged.extra == {"own": {"x": 2}, "new": 3}
