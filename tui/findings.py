"""A review as rows (检查结果): by the four official tests or by weight, filtered, with the number chains. Free of Textual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from domain.changes import Record, diff
from domain.fields import FieldPath, path_text
from domain.marks import slot_key
from domain.model import spec_at
from domain.quantity import plain
from domain.review import Finding, Review, Severity, Test
from domain.reviewed import Changed, Noted
from domain.rules.chains import Agreement, Link

if TYPE_CHECKING:
    from tui.dialogue import Dialogue

LETTERS = {Severity.ERROR: "错", Severity.WARNING: "警", Severity.INFO: "提"}
PARAGRAPH = "〔另起一段〕"
"""Stands for a new paragraph where nothing else was changed."""
_AGREEMENTS = (Agreement.CONFLICT, Agreement.UNKNOWN, Agreement.CONSISTENT)


class Only(Enum):
    """Which rows are wanted: the name of the filter and the weights it lets through."""

    ALL = ("全部", tuple(Severity))
    ERRORS = ("只看错误", (Severity.ERROR,))
    SERIOUS = ("错误和警告", (Severity.ERROR, Severity.WARNING))
    NEW = ("新出来的", tuple(Severity))

    def __init__(self, label: str, weights: tuple[Severity, ...]) -> None:
        self.label, self.weights = label, weights


@dataclass(slots=True)
class View:
    """How a filer looks at a review: by test or by weight, filtered, the number chains instead, and the row in question."""

    only: Only = Only.ALL
    by_test: bool = True
    numbers: bool = False
    at: str = ""
    row: int = 0
    """Where that row stood, for when it is gone."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Where the filer wants to go from the review: the key of a question, and a row of the indicator table where it is one."""

    key: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the review: a heading, a finding with those of the same cause, an ignored one, one gone, a comparison."""

    text: str
    heading: bool = False
    finding: Finding | None = None
    others: tuple[Finding, ...] = ()
    reason: str | None = None
    """Why an ignored finding may stand; None for one that was not ignored."""
    link: Link | None = None
    gone: Noted | None = None

    @property
    def key(self) -> str:
        """What the row is known by when the review is made anew."""
        if self.finding is not None:
            return self.finding.key
        return f"{self.link.where}{self.link.what}" if self.link else self.text


@dataclass(frozen=True)
class Results:
    """A review with what belongs beside it."""

    outcome: Review
    links: tuple[Link, ...] = ()
    changed: Changed | None = None
    problems: tuple[str, ...] = ()
    """What of the office's settings could not be used."""

    @cached_property
    def _fresh(self) -> frozenset[str]:
        """Keys of the findings that the last review did not have."""
        return frozenset(one.key for one in self.changed.new) if self.changed else frozenset()

    # -- rows --

    def rows(self, only: Only = Only.ALL, *, by_test: bool = True) -> list[Item]:
        """The findings, then what was ignored and what has gone since the last review."""
        leads = [
            Item(self._line(lead), finding=lead, others=others)
            for lead, others in self.outcome.by_cause()
            if lead.severity in only.weights and (only is not Only.NEW or lead.key in self._fresh)
        ]
        found = list(self._by_test(leads, only) if by_test else self._by_weight(leads))
        return [*found, *self._ignored(), *self._gone(), *self._unused()] if only is Only.ALL else found

    def _line(self, one: Finding) -> str:
        fresh = "新 " if one.key in self._fresh else ""
        return f"{LETTERS[one.severity]} {one.rule.id} {fresh}{'[可改] ' if one.fixed else ''}{one.hit.message}"

    def _by_test(self, leads: list[Item], only: Only) -> Iterator[Item]:
        for test in Test:
            mine = sorted((one for one in leads if _test(one) is test), key=_order)
            points = f"{plain(self.outcome.grading.scores[test])}/{plain(test.points)} 分"
            if mine or only is Only.ALL:
                yield Item(f"{test.value} {points}{_counted(mine)}", heading=True)
                yield from mine or [Item("没有要改的")]

    def _by_weight(self, leads: list[Item]) -> Iterator[Item]:
        for severity in Severity:
            mine = [one for one in leads if one.finding and one.finding.severity is severity]
            if mine:
                yield Item(f"{severity.label} {len(mine)} 处", heading=True)
                yield from mine

    def _ignored(self) -> Iterator[Item]:
        passed = self.outcome.ignored
        if passed:
            yield Item(f"已忽略 {len(passed)} 处，不计分", heading=True)
        for one, reason in passed:
            text = f"略 {one.rule.id} {one.hit.message}（{reason or '没有写理由'}）"
            yield Item(text, finding=one, reason=reason)

    def _gone(self) -> Iterator[Item]:
        gone = self.changed.gone if self.changed else ()
        if gone:
            yield Item(f"比上次少了 {len(gone)} 处", heading=True)
        for one in gone:
            yield Item(f"√ 已消除 {one.rule} {one.message}", gone=one)

    def _unused(self) -> Iterator[Item]:
        if self.problems:
            yield Item(f"审核设置有 {len(self.problems)} 处没有用上", heading=True)
        yield from map(Item, self.problems)

    def numbers(self) -> list[Item]:
        """The number chains: what contradicts first, what agrees last."""
        found: list[Item] = []
        for agreement in _AGREEMENTS:
            mine = [one for one in self.links if one.agreement is agreement]
            if mine:
                found.append(Item(f"{agreement} {len(mine)} 处", heading=True))
                found += [Item(link_line(one), link=one) for one in mine]
        return found

    # -- words --

    @property
    def summary(self) -> str:
        """Grade, points, counts and what the grade means."""
        outcome = self.outcome
        return f"评级 {outcome.grade.label}　{plain(outcome.total)} 分　{counts(outcome)}。{outcome.outcome}"

    @property
    def change(self) -> str:
        """What has changed since the last review, in a few words; "" where nothing has."""
        if self.changed is None:
            return ""
        gone, new, weighed = (len(one) for one in (self.changed.gone, self.changed.new, self.changed.weighed))
        parts = [f"少{gone}处" * bool(gone), f"多{new}处" * bool(new), f"{weighed}处轻重变了" * bool(weighed)]
        said = "、".join(filter(None, parts))
        return f"比上次{said}" if said else "和上次一样"


def _test(item: Item) -> Test | None:
    return item.finding.rule.test if item.finding else None


def _order(item: Item) -> tuple[int, int]:
    assert item.finding is not None
    return item.finding.severity.order(), item.finding.rule.number


def _counted(items: Iterable[Item]) -> str:
    found = [one.finding.severity for one in items if one.finding]
    said = [f"{severity.label}{found.count(severity)}" for severity in Severity if severity in found]
    return f"｜{' '.join(said)}" if said else ""


def counts(outcome: Review) -> str:
    """错误2、警告12: how many of each weight."""
    said = [f"{severity.label}{len(outcome.of(severity))}" for severity in Severity if outcome.of(severity)]
    return "、".join(said) or "没有发现问题"


def place_label(path: FieldPath) -> str:
    """How a place is called: the field's label, the indicator table."""
    return "指标表" if path[0] == "indicators" else spec_at(path).label


def link_line(one: Link) -> str:
    """A comparison on one line: 468部（项目概况）： 指标写的是……"""
    return f"{one.what}（{place_label(one.where)}）：{one.note}"


def jump_to(dialogue: Dialogue, where: FieldPath, finding: Finding | None = None) -> Jump | None:
    """The place to mend: the question of a field or of an empty slot, a row of the table; None for the table as a whole."""
    if where[0] != "indicators":
        return Jump(path_text(where[:2]))
    if len(where) > 1 and isinstance(where[1], int):
        return Jump(slot_key(dialogue.session.declaration.indicators[where[1]].slot), where[1])
    return Jump(slot_key(finding.hit.slot)) if finding is not None and finding.hit.slot is not None else None


def finding_line(finding: Finding) -> str:
    """A finding on one line: [错] R41 what was found."""
    return f"[{LETTERS[finding.severity]}] {finding.rule.id} {finding.hit.message}"


def as_text(results: Results, only: Only = Only.ALL) -> str:
    """The whole review as lines, for the faces without a screen."""
    lines = [results.summary, *(f"（{cap}）" for cap in results.outcome.grading.caps)]
    if results.change:
        lines.append(f"{results.change}。")
    number = 0
    for item in results.rows(only):
        if item.heading:
            lines.append(f"【{item.text}】")
        elif item.finding is None or item.reason is not None:
            lines.append(f"   {item.text}")
        else:
            number += 1
            fixable = "（能自动改）" if item.finding.fixed else ""
            lines.append(f"{number}. {finding_line(item.finding)}{fixable}")
            lines.append(f"   {item.finding.advice}　依据：{item.finding.rule.grounds}")
            lines.extend(f"   同一原因：{finding_line(other)}" for other in item.others)
    lines += numbers_text(results.links)
    return "\n".join(lines)


def numbers_text(links: Iterable[Link]) -> list[str]:
    """The number chains as lines under a heading; none where the form has no numbers to compare."""
    ordered = sorted(links, key=lambda one: _AGREEMENTS.index(one.agreement))
    lines = [f"   [{one.agreement}] {link_line(one)}" for one in ordered]
    return ["【数字对照】", *lines] if lines else []


def changed_places(before: Record, after: Record) -> Iterator[tuple[str, str, str]]:
    """What a fix changes, place by place: how it is called, what stood there, what stands there now."""
    for change in diff(before, after):
        yield place_label(change.where), *told_apart(_shown(change.old), _shown(change.new))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "；".join(f"{row.name} {row.target}" if hasattr(row, "target") else str(row) for row in value)
    return str(value if value is not None else "")


def told_apart(old: str, new: str, longest: int = 100) -> tuple[str, str]:
    """A text before and after a fix, each on one line, cut to the part where they begin to differ.

    Where they differ in their paragraphs only, each new one begins with a sign.
    """
    before, after = (" ".join(text.split()) or "（空）" for text in (old, new))
    if before == after:
        before, after = (PARAGRAPH.join(filter(None, map(str.strip, text.split("\n")))) for text in (old, new))
    if max(len(before), len(after)) <= longest:
        return before, after
    pairs = enumerate(zip(before, after, strict=False))
    differs = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = max(0, differs - longest // 3)
    return _part(before, start, longest), _part(after, start, longest)


def _part(text: str, start: int, longest: int) -> str:
    return ("…" if start else "") + text[start : start + longest] + ("…" if len(text) > start + longest else "")
