"""The review as a whole: grades and their caps, ignored findings, causes, places, what has changed, the official table."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from domain.case import Case, case_for
from domain.grading import Point, Test, by_points
from domain.model import Declaration, Indicator
from domain.records.codec import decode
from domain.review import Grade, Severity, field_findings, findings, review, slot_findings
from domain.review_table import KEY, TITLE, review_table
from domain.reviewed import changes_since, notes_from_plain, notes_of, notes_to_plain

EXAMPLES = Path(__file__).parent / "rules" / "examples"


@pytest.fixture
def case() -> Case:
    from suggest.reader import load_reader

    text = (EXAMPLES / "school-broadband.toml").read_text(encoding="utf-8")
    return case_for(decode(text).record, load_reader())


def _without(case: Case, *levels: str) -> Case:
    rows = tuple(row for row in case.declaration.indicators if row.level2 not in levels)
    return case.of(case.declaration.replace(("indicators",), rows))


def test_a_sound_form_is_excellent(case: Case) -> None:
    outcome = review(case)
    assert (outcome.grade, outcome.total, outcome.findings) == (
        Grade.EXCELLENT,
        Decimal(100),
        outcome.of(Severity.INFO),
    )
    assert "进入下一步" in outcome.outcome


def test_an_empty_form_is_poor_and_says_why() -> None:
    outcome = review(case_for(Declaration()))
    assert outcome.grade is Grade.POOR
    assert any("内容为空" in cap for cap in outcome.grading.caps)
    assert all(one.where for one in outcome.findings)


def test_one_error_keeps_a_form_from_the_best_grade(case: Case) -> None:
    outcome = review(case.of(case.declaration.replace(("project", "category"), None)))
    assert outcome.total == 95
    assert outcome.grade is Grade.GOOD
    assert outcome.grading.caps == ("还有必须改正的错误",)


def test_no_quantity_and_quality_is_fair_at_most(case: Case) -> None:
    outcome = review(_without(case, "数量", "质量"))
    assert outcome.grade is Grade.FAIR
    assert "产出里没有数量和质量指标" in outcome.grading.caps


def test_without_any_indicator_there_is_nothing_to_pass(case: Case) -> None:
    outcome = review(case.of(replace(case.declaration, indicators=())))
    assert outcome.grade is Grade.POOR
    assert "绩效指标表是空的，没有可审的指标" in outcome.grading.caps


def test_amounts_that_do_not_add_up_are_fair_at_most(case: Case) -> None:
    remarks = "600元/条·月×41条×12个月=259200元"
    outcome = review(case.of(case.declaration.replace(("narrative", "remarks"), remarks)))
    assert outcome.grade is Grade.FAIR
    assert "金额之间对不上" in outcome.grading.caps


def test_a_rule_costs_once_however_often_it_fails(case: Case) -> None:
    texts = case.declaration
    for name in ("basis", "necessity", "measures"):
        texts = texts.replace(("narrative", name), "")
    outcome = review(case.of(texts))
    assert len([one for one in outcome.findings if one.rule.id == "R1"]) == 3
    assert outcome.grading.scores[Test.COMPLETENESS] == 15


def test_no_test_goes_below_zero() -> None:
    assert min(review(case_for(Declaration())).grading.scores.values()) >= 0


def test_bands() -> None:
    marks = [by_points(Decimal(points)) for points in (100, 90, "89.5", 80, 79, 60, "59.5", 0)]
    assert [grade.label for grade in marks] == ["优", "优", "良", "良", "中", "中", "差", "差"]


def test_findings_of_an_empty_table_are_one_cause(case: Case) -> None:
    outcome = review(case.of(case.declaration.replace(("indicators",), ())))
    groups = {lead.cause: others for lead, others in outcome.by_cause()}
    assert len(groups["no-indicators"]) >= 7


def test_field_findings_are_those_of_the_field(case: Case) -> None:
    plan: tuple[str | int, ...] = ("narrative", "plan")
    spoilt = case.of(case.declaration.replace(plan, "由科室组织实施。"))
    assert [one.rule.id for one in field_findings(spoilt, plan)] == ["R51"]
    assert field_findings(case, plan) == []
    assert field_findings(spoilt, ("narrative", "basis")) == []
    row = case.declaration.indicators.index(next(one for one in case.declaration.indicators if one.level2 == "满意度"))
    lowered = case.of(case.declaration.replace(("indicators", row, "target"), ">=60%"))
    for path in (("indicators", row), ("indicators", row, "name"), ("indicators", row, "target")):
        assert [one.rule.id for one in field_findings(lowered, path)] == ["R71"]


def test_slot_findings_are_those_of_the_slot(case: Case) -> None:
    assert [one.rule.id for one in slot_findings(_without(case, "成本"), ("产出目标", "成本"))] == ["R4"]
    assert slot_findings(case, ("产出目标", "成本")) == []


def test_a_finding_goes_away_when_it_is_mended(case: Case) -> None:
    before = review(_without(case, "成本"))
    now = review(case)
    changed = changes_since(notes_of(before.findings), now.findings)
    assert [one.rule for one in changed.gone] == ["R4"]
    assert (changed.new, changed.weighed) == ((), ())
    back = changes_since(notes_of(now.findings), before.findings)
    assert [one.rule.id for one in back.new] == ["R4"]


def test_what_is_remembered_of_a_review_survives_as_plain_data(case: Case) -> None:
    found = review(_without(case, "成本", "满意度")).findings
    plain = json.loads(json.dumps(notes_to_plain(notes_of(found))))
    assert notes_from_plain(plain) == notes_of(found)
    odd = plain | {"R1/x": ["R1", "fatal", "没有填。"], "R2/x": 3, "R3/x": ["R3", "error"]}
    assert notes_from_plain(odd) == notes_of(found)


def test_a_finding_that_weighs_otherwise_now_is_told(case: Case) -> None:
    (found,) = review(_without(case, "成本")).of(Severity.WARNING)
    changed = changes_since(notes_of([replace(found, severity=Severity.ERROR)]), [found])
    assert (changed.gone, changed.new) == ((), ())
    assert [(old.severity, now.severity) for old, now in changed.weighed] == [(Severity.ERROR, Severity.WARNING)]


def test_keys_outlive_reordering(case: Case) -> None:
    rows = (*case.declaration.indicators, Indicator("效果目标", "满意度", "村民满意度", ">=60%"))
    one = findings(case.of(case.declaration.replace(("indicators",), rows)))
    other = findings(case.of(case.declaration.replace(("indicators",), rows[::-1])))
    assert {found.key for found in one} == {found.key for found in other}
    assert "R71/效果目标/满意度/村民满意度" in {found.key for found in one}


def test_ignoring(case: Case) -> None:
    spoilt = case.of(case.declaration.replace(("project", "category"), None))
    key = "R2/project.category"
    assert key in {one.key for one in review(spoilt).findings}
    assert key in {one.key for one in review(spoilt, {key: " "}).findings}
    outcome = review(spoilt, {key: "系统里没有这一栏"})
    assert outcome.grade is Grade.EXCELLENT
    assert [(one.key, reason) for one, reason in outcome.ignored] == [(key, "系统里没有这一栏")]


def test_every_finding_says_what_where_why_and_how(case: Case) -> None:
    for one in review(case_for(Declaration())).findings:
        assert one.hit.message.endswith("。")
        assert one.text == f"{one.hit.message}{one.rule.cost}{one.advice}"


def test_another_framework_is_reviewed_by_roles(case: Case) -> None:
    moved = {
        "数量": "数量指标",
        "质量": "质量指标",
        "时效": "时效指标",
        "成本": "经济成本指标",
        "社会效益": "社会效益指标",
    }
    levels = {"数量指标": "产出指标", "质量指标": "产出指标", "时效指标": "产出指标", "经济成本指标": "成本指标"}
    rows = tuple(
        Indicator(levels.get(moved[row.level2], "效益指标"), moved[row.level2], row.name, row.target)
        for row in case.declaration.indicators
        if row.level2 in moved
    )
    declaration = case.declaration.replace(("indicators",), rows).replace(("framework",), "national-2021")
    failing = review(case.of(declaration)).verdicts
    assert not {"R3", "R4", "R5", "R7", "R9", "R35"} & set(failing)
    assert {"R6", "R8"} <= set(failing)


def test_the_official_table_is_filled(case: Case) -> None:
    outcome = review(_without(case, "成本"))
    table = review_table(case.declaration, outcome, key_project=True)
    assert (table.title, table.kind, table.grade) == (TITLE, KEY, outcome.grade)
    assert [row.point for row in table.rows] == [point.label for point in Point]
    assert sum(row.full for row in table.rows) == 100
    assert sum(row.points for row in table.rows) == outcome.total
    assert any("成本" in opinion for row in table.rows for opinion in row.opinions)
    assert "良" not in table.opinion
    assert outcome.outcome in table.opinion


def test_a_review_is_fast(case: Case) -> None:
    review(case)
    start = time.process_time()
    for year in range(20):
        review(case.of(case.declaration.replace(("project", "year"), 2000 + year)))
    assert (time.process_time() - start) / 20 < 0.03
