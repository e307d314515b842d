"""The official review table (项目支出绩效目标审核表) as plain content; how it is laid out in a file is the exporter's matter.

The eight points of review and the grades follow the annex of 财预〔2015〕88号 (参考: recalled, not seen); the version for key
projects (重点项目) carries points, the general one grades only.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from domain.grading import Grade, Point, Severity, Test
from domain.model import Declaration
from domain.review import Finding, Review

TITLE = "项目支出绩效目标审核表"
GENERAL, KEY = "一般性项目", "重点项目"


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of review: the test it belongs to, what is looked at, points, grade, and the opinions in words.

    grade follows from the point's own findings; points also bear what the test's other point lost beyond its share, so that
    the two add up to the test's score.
    """

    test: Test
    point: str
    meaning: str
    full: Decimal
    points: Decimal
    grade: Grade
    opinions: tuple[str, ...]
    borne: Decimal = Decimal(0)
    """Points borne for the test's other point."""


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """Everything that stands on the table."""

    title: str
    kind: str
    project: str
    unit: str
    year: str
    rows: tuple[PointRow, ...]
    total: Decimal
    grade: Grade
    outcome: str
    opinion: str
    """总体意见: the grade's reason and the errors to mend, in a paragraph."""
    ignored: tuple[str, ...]
    """Findings set aside, each with the filer's reason."""


def review_table(declaration: Declaration, outcome: Review, *, key_project: bool = False) -> ReviewTable:
    """The table filled from a review."""
    project = declaration.project
    return ReviewTable(
        TITLE,
        KEY if key_project else GENERAL,
        project.name,
        project.unit,
        str(project.year or ""),
        tuple(_row(point, outcome) for point in Point),
        outcome.total,
        outcome.grade,
        outcome.outcome,
        _opinion(outcome),
        tuple(f"{one.rule.id} {one.hit.message}（不作修改：{reason or '提示'}）" for one, reason in outcome.ignored),
    )


FEW = 2
"""Rules of a point that may ask for a change while the point is still 良."""


def _row(point: Point, outcome: Review) -> PointRow:
    found = [one for one in outcome.findings if one.rule.point is point]
    full = point.test.points / 2
    (other,) = (one for one in Point if one.test is point.test and one is not point)
    own = max(full - _lost(point, outcome), Decimal(0))
    borne = min(own, max(_lost(other, outcome) - full, Decimal(0)))
    opinions = tuple(_said(one) for one in found if one.severity is not Severity.INFO)
    grade = _grade(list(_weights(point, outcome).values()), own)
    return PointRow(point.test, point.label, point.meaning, full, own - borne, grade, opinions, borne)


def _weights(point: Point, outcome: Review) -> dict[str, Severity]:
    """The failing rules of a point that cost anything, each with its heaviest finding."""
    points = {one.rule.id: one.rule.point for one in outcome.findings}
    return {rule: weight for rule, weight in outcome.verdicts.items() if points[rule] is point and weight.cost}


def _lost(point: Point, outcome: Review) -> Decimal:
    return sum((weight.cost for weight in _weights(point, outcome).values()), Decimal(0))


def _grade(weights: list[Severity], left: Decimal) -> Grade:
    """优 meets all, 良 a few things to change, 中 part fails and can be mended, 差 nothing is left."""
    if not weights:
        return Grade.EXCELLENT
    if not left:
        return Grade.POOR
    return Grade.FAIR if Severity.ERROR in weights or len(weights) > FEW else Grade.GOOD


def _said(one: Finding) -> str:
    return f"{one.hit.message}{one.advice}"


def _opinion(outcome: Review) -> str:
    errors = outcome.of(Severity.ERROR)
    warnings = outcome.of(Severity.WARNING)
    parts = [f"综合评定为“{outcome.grade.label}”。"]
    parts += [f"{cap}。" for cap in outcome.grading.caps]
    if errors:
        parts.append(
            f"必须改正{len(errors)}处：" + "；".join(one.hit.message.rstrip("。") for one in errors[:5]) + "。"
        )
    if warnings:
        tests = dict.fromkeys(one.rule.test for one in warnings)
        names = "、".join(test.value for test in Test if test in tests)
        parts.append(f"另有{len(warnings)}处需要说明或完善，主要在{names}方面。")
    if not errors and not warnings:
        parts.append("没有需要修改的问题。")
    return "".join(parts) + outcome.outcome
