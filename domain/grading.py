"""Points and grades (评分与等级): the four official tests, their points of review, 优良中差 and what each grade means.

The tests and grades are those of 财预〔2015〕88号 (参考: seen in part); how many points a finding costs is our own proposal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum


class Severity(StrEnum):
    """How heavy a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def order(self) -> int:
        """Position, the heaviest first."""
        return _SEVERITIES.index(self)

    @property
    def label(self) -> str:
        """How it is called on screen."""
        return _LABELS[self]

    @property
    def cost(self) -> Decimal:
        """Points that a rule loses with a finding of this weight."""
        return _COSTS[self]


_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_COSTS = {Severity.ERROR: Decimal(5), Severity.WARNING: Decimal("1.5"), Severity.INFO: Decimal(0)}


class Test(StrEnum):
    """The four tests (审核内容)."""

    __test__ = False
    COMPLETENESS = "完整性"
    RELEVANCE = "相关性"
    ADEQUACY = "适当性"
    FEASIBILITY = "可行性"

    @property
    def points(self) -> Decimal:
        """Points of the test out of a hundred."""
        return _POINTS[self]


_POINTS = {
    Test.COMPLETENESS: Decimal(20),
    Test.RELEVANCE: Decimal(30),
    Test.ADEQUACY: Decimal(30),
    Test.FEASIBILITY: Decimal(20),
}


class Point(Enum):
    """The two points of review (审核要点) of each test."""

    COMPLETE = ("规范完整性", Test.COMPLETENESS, "格式规范，内容完整准确，没有缺项错项")
    CLEAR = ("明确清晰性", Test.COMPLETENESS, "目标明确清晰，反映主要内容，充分描述产出和效果")
    TIED = ("目标相关性", Test.RELEVANCE, "符合法规规划，与职能、计划密切相关")
    SOUND = ("指标科学性", Test.RELEVANCE, "指标全面充分、细化量化，定性描述充分具体，选了关键指标并有指标值")
    REASONABLE = ("绩效合理性", Test.ADEQUACY, "预期显著，合乎正常水平，与同类项目相比合理")
    MATCHED = ("资金匹配性", Test.ADEQUACY, "目标与资金量、使用方向匹配，不过高过低")
    POSSIBLE = ("实现可能性", Test.FEASIBILITY, "经过调研论证和测算")
    SUPPORTED = ("条件充分性", Test.FEASIBILITY, "方案合理，组织能力、内控、制度健全")

    def __init__(self, label: str, test: Test, meaning: str) -> None:
        self.label, self.test, self.meaning = label, test, meaning


class Grade(Enum):
    """The grade of a form (综合评定等级), best first: label, lowest points, what follows."""

    EXCELLENT = ("优", 90, "符合要求，可以进入下一步预算安排。")
    GOOD = ("良", 80, "可与单位协商，直接修改完善后进入下一步预算安排。")
    FAIR = ("中", 60, "由单位修改完善，按程序重新报送审核，符合要求后再进入下一步。")
    POOR = ("差", 0, "不得进入下一步预算安排。")

    def __init__(self, label: str, lowest: int, outcome: str) -> None:
        self.label, self.lowest, self.outcome = label, lowest, outcome


GRADES = tuple(Grade)


@dataclass(frozen=True)
class Grading:
    """Points left by test, the reasons that cap the grade, and the grade."""

    scores: Mapping[Test, Decimal]
    caps: tuple[str, ...] = ()
    grade: Grade = Grade.POOR

    @property
    def total(self) -> Decimal:
        """Points out of a hundred."""
        return sum(self.scores.values(), Decimal(0))


def by_points(points: Decimal) -> Grade:
    """The grade that so many points out of a hundred come to."""
    return next(grade for grade in GRADES if points >= grade.lowest)


def grade_of(
    marks: Mapping[str, Severity], points: Mapping[str, Point], caps: Iterable[tuple[Grade, str]] = ()
) -> Grading:
    """Points and grade: each failing rule costs once, by its heaviest finding; no test goes below zero."""
    lost = dict.fromkeys(Test, Decimal(0))
    for rule, severity in marks.items():
        lost[points[rule].test] += severity.cost
    scores = {test: max(test.points - lost[test], Decimal(0)) for test in Test}
    earned = by_points(sum(scores.values(), Decimal(0)))
    binding = [(grade, reason) for grade, reason in caps if GRADES.index(grade) > GRADES.index(earned)]
    worst = max([earned, *(grade for grade, _ in binding)], key=GRADES.index)
    return Grading(scores, tuple(reason for grade, reason in binding if grade is worst), worst)
