"""The declaration as a value, and what every field says about itself."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from domain.fields import Field, Kind, Spec
from domain.model import SECTIONS, Coded, Declaration, Funding, Indicator, fields, is_empty, layout, spec_at

SPECS = [pytest.param(one, id=one.key) for one in fields()]
ROWS = (
    Indicator("产出目标", "数量", "甲", "=1"),
    Indicator("产出目标", "质量", "乙"),
    Indicator("产出目标", "数量", "丙"),
)


def test_every_field_of_the_model_is_asked_once() -> None:
    declared = {(section, one.name) for section, cls in SECTIONS.items() for one in dataclasses.fields(cls)}
    asked = [one.path for one in fields()]
    assert set(asked) == declared
    assert len(asked) == len(declared)


def test_rows_of_the_page_hold_one_field_or_two() -> None:
    assert {len(row) for row in layout()} == {1, 2}


def test_labels_and_aliases_name_one_field_each() -> None:
    names = [name for one in fields() for name in (one.spec.label, *one.spec.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("one", SPECS)
def test_every_field_says_how_and_why_in_chinese(one: Field) -> None:
    spec = one.spec
    said = (spec.hint, spec.guide, spec.why, spec.good, spec.bad, spec.mistake)
    assert all(text.strip() for text in said)
    assert all(any("一" <= char <= "鿿" for char in text) for text in (spec.hint, spec.guide, spec.why, spec.mistake))
    assert len(spec.hint) <= 60
    assert spec.guide != spec.hint
    assert spec.good != spec.bad


@pytest.mark.parametrize("one", SPECS)
def test_choices_and_tables_are_where_the_kind_needs_them(one: Field) -> None:
    assert bool(one.spec.choices) == (one.spec.kind in (Kind.CHOICE, Kind.CODED))
    assert bool(one.spec.table) == (one.spec.kind is Kind.SUBJECTS)
    assert one.spec.max_chars > 0


def test_what_the_form_stars_is_required() -> None:
    starred = {one.spec.label for one in fields() if one.spec.required}
    assert starred == {
        "项目名称", "开始时间", "结束时间", "项目概况", "项目立项依据", "项目设立的必要性", "保证项目实施制度、措施",
        "项目实施计划", "项目总目标", "年度绩效目标",
    }  # fmt: skip


def test_what_a_unit_repeats_is_recurring() -> None:
    recurring = {one.path[1] for one in fields() if one.spec.recurring}
    assert recurring == {
        "year", "unit", "filler", "phone", "category", "functional_subjects", "economic_subjects", "start_date", "end_date",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("nature", "asked"), [("", True), ("经常性项目", True), ("阶段性项目", True), ("一次性项目", False)]
)
def test_last_years_figures_are_asked_unless_done_once(nature: str, asked: bool) -> None:
    form = Declaration().replace(("project", "nature"), nature)
    relevant = spec_at(("funding", "previous_budget")).relevant
    assert relevant is not None
    assert relevant(form) is asked


def test_an_empty_declaration_is_valid() -> None:
    assert all(is_empty(Declaration().get(one.path)) for one in fields())


@pytest.mark.parametrize("value", [None, "", " \n", ()])
def test_empty(value: object) -> None:
    assert is_empty(value)


@pytest.mark.parametrize("value", [False, 0, "否", (Coded("", "甲"),), datetime.date(2020, 1, 1)])
def test_not_empty(value: object) -> None:
    assert not is_empty(value)


def test_replace_changes_one_place_and_leaves_the_old_value_alone() -> None:
    old = Declaration(indicators=ROWS)
    new = old.replace(("indicators", 1, "target"), "=2").replace(("project", "name"), "热线")
    assert new.get(("indicators", 1, "target")) == "=2"
    assert new.project.name == "热线"
    assert old.indicators == ROWS
    assert old.project.name == ""
    assert new.funding == Funding()


@pytest.mark.parametrize(
    "path", [("nothing",), ("project", "nothing"), ("indicators", 9), ("project", 0), ("indicators", "x")]
)
def test_unknown_places(path: tuple[str | int, ...]) -> None:
    with pytest.raises(KeyError):
        Declaration(indicators=ROWS).get(path)
    with pytest.raises(KeyError):
        Declaration(indicators=ROWS).replace(path, "x")


def test_rows_of_a_slot_come_with_their_place() -> None:
    assert Declaration(indicators=ROWS).rows(("产出目标", "数量")) == [(0, ROWS[0]), (2, ROWS[2])]


def test_unknown_spec() -> None:
    with pytest.raises(KeyError):
        spec_at(("indicators", 0))


def test_specs_are_values() -> None:
    with pytest.raises(AttributeError):
        spec_at(("project", "name")).label = "x"  # type: ignore[misc]
    assert isinstance(spec_at(("project", "name")), Spec)


@pytest.mark.parametrize(
    ("coded", "text"),
    [(Coded("30207", "邮电费"), "[30207]邮电费"), (Coded("", "其他"), "其他"), (Coded("30207", ""), "[30207]")],
)
def test_coded_as_on_the_form(coded: Coded, text: str) -> None:
    assert str(coded) == text
