"""Review as the finance bureau would (审核): rules look at a case, what they hit becomes findings, findings become a grade.

A rule (审核规则) is a check, and where it can be said with certainty a fix, and an `inject` that makes the same defect on
purpose. Findings say what was found and where, what it costs next year, and what to do; nothing here blocks anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from random import Random
from typing import Any

from domain.case import Case, Row
from domain.fields import FieldPath, path_text
from domain.framework import SlotKey
from domain.grading import Grade, Grading, Point, Severity, Test, grade_of
from domain.model import Declaration

__all__ = [
    "IGNORED",
    "Check",
    "Finding",
    "Fix",
    "Grade",
    "Hit",
    "Inject",
    "Measure",
    "Point",
    "Review",
    "Rule",
    "Severity",
    "Spoil",
    "Test",
    "Trust",
    "at_field",
    "at_row",
    "at_slot",
    "field_findings",
    "findings",
    "review",
    "slot_findings",
]

IGNORED = "ignored"
"""The table of a record's marks that keeps ignored findings: {key: reason}."""


class Trust(StrEnum):
    """How sure a rule's basis is (依据的可靠程度)."""

    PUBLISHED = "公开材料"
    DERIVED = "由公开表归纳"
    REFERENCE = "参考"
    PROPOSED = "本程序约定"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a rule found.

    where is the place to jump to and also the further places touched; slot and name identify an indicator (or an empty
    slot) beyond reordering. severity and advice stand in for the rule's own. detail tells apart several hits of one rule at
    one place; hits of one cause, across rules, carry the same cause.
    """

    where: FieldPath
    message: str
    severity: Severity | None = None
    slot: SlotKey | None = None
    name: str = ""
    detail: str = ""
    cause: str = ""
    also: tuple[FieldPath, ...] = ()
    advice: str = ""
    data: Any = None
    """What the rule's own fix wants to know."""


def at_row(row: Row, message: str, part: str = "name", **more: Any) -> Hit:
    """A hit on an indicator."""
    return Hit(row.where(part), message, slot=row.slot, name=row.name, **more)


def at_field(section: str, name: str, message: str, **more: Any) -> Hit:
    """A hit on a field of the form."""
    return Hit((section, name), message, **more)


def at_slot(slot: SlotKey | None, message: str, **more: Any) -> Hit:
    """A hit on a slot that misses something."""
    return Hit(("indicators",), message, slot=slot, **more)


Check = Callable[[Case], Iterable[Hit]]
Fix = Callable[[Case, Hit], Declaration | None]
Inject = Callable[[Case, Random], Declaration | None]
Measure = tuple[str, str, str]
"""(role, name, target) of an indicator that stands alone."""
Spoil = Callable[[Measure, int], Measure | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One review rule. cost says what the defect costs later, advice what to do; bad and good are examples.

    inject breaks it in a whole form, spoil, where it looks at single indicators, in one of them (see `domain.rules.spoiling`).
    """

    id: str
    point: Point
    severity: Severity
    title: str
    basis: str
    trust: Trust
    cost: str
    advice: str
    bad: str
    good: str
    check: Check
    inject: Inject
    fix: Fix | None = None
    spoil: Spoil | None = None

    @property
    def test(self) -> Test:
        """The official test that the rule belongs to."""
        return self.point.test

    @property
    def number(self) -> int:
        """The rule's number in the table."""
        return int(self.id[1:])

    @property
    def grounds(self) -> str:
        """The basis with how sure it is, as shown."""
        return f"{self.basis}（{self.trust}）"


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit of a rule with its weight; fixed is the declaration after the rule's quick fix, None where nothing is certain."""

    rule: Rule
    hit: Hit
    severity: Severity
    fixed: Declaration | None = field(default=None, repr=False, compare=False)

    @property
    def where(self) -> FieldPath:
        """The place to jump to."""
        return self.hit.where

    @property
    def key(self) -> str:
        """What the finding is known by when rows move: rule/slot/indicator name, or rule/field."""
        place = f"{'/'.join(self.hit.slot)}/{self.hit.name}" if self.hit.slot else path_text(self.hit.where)
        return f"{self.rule.id}/{place}" + (f"/{self.hit.detail}" if self.hit.detail else "")

    @property
    def cause(self) -> str:
        """Findings with one cause belong together on screen."""
        return self.hit.cause or self.key

    @property
    def advice(self) -> str:
        """What to do."""
        return self.hit.advice or self.rule.advice

    @property
    def text(self) -> str:
        """The whole finding in one paragraph: what was found, what it costs, what to do."""
        return f"{self.hit.message}{self.rule.cost}{self.advice}"

    def touches(self, path: FieldPath) -> bool:
        """Whether the finding belongs to a place: the field itself, or any part of the same row."""
        size = 2 if path[0] == "indicators" else len(path)
        return any(one[:size] == path[:size] and len(one) >= size for one in (self.hit.where, *self.hit.also))


@dataclass(frozen=True, slots=True)
class Review:
    """A review's outcome: what stands, what was ignored with its reason, and the grade."""

    findings: tuple[Finding, ...]
    ignored: tuple[tuple[Finding, str], ...]
    grading: Grading

    @property
    def grade(self) -> Grade:
        """优, 良, 中 or 差."""
        return self.grading.grade

    @property
    def total(self) -> Decimal:
        """Points out of a hundred."""
        return self.grading.total

    @property
    def outcome(self) -> str:
        """What the grade means for the form, close to the official wording."""
        return self.grade.outcome

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The standing findings of one severity."""
        return tuple(one for one in self.findings if one.severity is severity)

    @property
    def verdicts(self) -> Mapping[str, Severity]:
        """The rules that fail, each with its heaviest finding."""
        heaviest: dict[str, Severity] = {}
        for one in self.findings:
            known = heaviest.get(one.rule.id)
            heaviest[one.rule.id] = one.severity if known is None else min(known, one.severity, key=Severity.order)
        return heaviest

    def by_cause(self) -> Iterator[tuple[Finding, tuple[Finding, ...]]]:
        """Findings put together by cause: the one to act on first (with a fix if any has one), then the others."""
        groups: dict[str, list[Finding]] = {}
        for one in self.findings:
            groups.setdefault(one.cause, []).append(one)
        for group in groups.values():
            lead = min(group, key=lambda one: (one.fixed is None, one.severity.order()))
            yield lead, tuple(one for one in group if one is not lead)


def _weighed(found: Severity, usual: Severity, override: str | None) -> Severity:
    """A hit's weight where the office weighs the rule differently: milder hits stay milder, none exceeds a milder rule."""
    if override is None:
        return found
    chosen = Severity(override)
    return chosen if found is usual or chosen.order() > found.order() else found


def _found(rule: Rule, case: Case, fixes: bool) -> Iterator[Finding]:
    override = case.settings.severities.get(rule.id)
    for hit in rule.check(case):
        severity = _weighed(hit.severity or rule.severity, rule.severity, override)
        fixed = rule.fix(case, hit) if fixes and rule.fix else None
        yield Finding(rule, hit, severity, None if fixed == case.declaration else fixed)


def findings(case: Case, rules: Sequence[Rule] | None = None, *, fixes: bool = True) -> list[Finding]:
    """Everything that the rules find, in form order within severity; `fixes` off spares working them out."""
    if rules is None:
        from domain.rules import RULES

        rules = RULES
    found = [one for rule in rules if rule.id not in case.settings.disabled for one in _found(rule, case, fixes)]
    return sorted(found, key=lambda one: (one.severity.order(), one.rule.number))


def review(case: Case, ignored: Mapping[str, str] | None = None) -> Review:
    """Review a case; ignored findings ({key: reason}) neither stand nor count, an error only with a reason."""
    reasons = ignored or {}
    standing: list[Finding] = []
    passed: list[tuple[Finding, str]] = []
    for one in findings(case):
        reason = reasons.get(one.key)
        if reason is None or (one.severity is Severity.ERROR and not str(reason).strip()):
            standing.append(one)
        else:
            passed.append((one, str(reason)))
    outcome = Review(tuple(standing), tuple(passed), Grading({}))
    points = {one.rule.id: one.rule.point for one in standing}
    return replace(outcome, grading=grade_of(outcome.verdicts, points, _caps(case, outcome)))


def _caps(case: Case, outcome: Review) -> list[tuple[Grade, str]]:
    """Grades that a form cannot exceed, whatever its points, with the reason."""
    from domain.rules.phrases import lacks_result

    caps: list[tuple[Grade, str]] = []
    texts = case.texts
    if not texts["annual_goal"] and lacks_result(texts["overall_goal"]):
        caps.append((Grade.POOR, "年度绩效目标为空，总目标也没有写出结果，按“内容为空”处理"))
    if not case.rows:
        caps.append((Grade.POOR, "绩效指标表是空的，没有可审的指标"))
    elif not case.by_role("output.quantity") and not case.by_role("output.quality"):
        caps.append((Grade.FAIR, "产出里没有数量和质量指标"))
    sums = sorted(set(outcome.verdicts) & {"R20", "R26", "R27"})
    if any(outcome.verdicts[rule] is Severity.ERROR for rule in sums):
        caps.append((Grade.FAIR, "金额之间对不上"))
    if Severity.ERROR in outcome.verdicts.values():
        caps.append((Grade.GOOD, "还有必须改正的错误"))
    return caps


def field_findings(case: Case, path: FieldPath) -> list[Finding]:
    """The findings that touch one place, for showing beside an answer just given; fixes are not worked out."""
    return [one for one in findings(case, fixes=False) if one.touches(path)]


def slot_findings(case: Case, slot: SlotKey) -> list[Finding]:
    """The findings about one slot of the table and the indicators in it."""
    return [one for one in findings(case, fixes=False) if one.hit.slot == slot]
