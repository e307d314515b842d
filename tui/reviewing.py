"""Reviewing the open record (检查): the case around it, the whole review, and the findings of one place. Free of Textual."""

from __future__ import annotations

from collections.abc import Sequence

from domain.case import Case
from domain.checking import Surroundings, ignored
from domain.fields import FieldPath
from domain.framework import SlotKey
from domain.records.codec import RecordError, decode
from domain.records.store import read_text
from domain.review import Finding, Review, Severity, field_findings, review, slot_findings
from domain.siblings import Siblings
from tui.session import Session

MOST_SIBLINGS = 200
"""Forms of the folder that are read for comparison; more would be felt."""

LETTERS = {Severity.ERROR: "错", Severity.WARNING: "警", Severity.INFO: "提"}


class Reviewer:
    """The review of one session; the other forms of the folder are read once."""

    def __init__(self, session: Session, surroundings: Surroundings) -> None:
        self._session, self._surroundings = session, surroundings
        self._siblings: Siblings | None = None
        self.last: tuple[Finding, ...] = ()
        """The findings of the last whole review, for what has changed since."""

    def _case(self) -> Case:
        if self._siblings is None:
            self._siblings = self._read_siblings()
        return self._surroundings.case(self._session.record, self._siblings, self._session.path.stem)

    def _read_siblings(self) -> Siblings:
        entries = []
        for path in self._session.store.paths()[:MOST_SIBLINGS]:
            if path == self._session.path:
                continue
            try:
                entries.append((path.stem, decode(read_text(path)).record.declaration))
            except (OSError, RecordError):
                continue
        return Siblings(tuple(entries))

    def review(self) -> Review:
        """The whole review, with ignored findings left out."""
        outcome = review(self._case(), ignored(self._session.record))
        self.last = outcome.findings
        return outcome

    def at_field(self, path: FieldPath) -> Sequence[Finding]:
        """The findings that touch a field."""
        return field_findings(self._surroundings.case(self._session.record), path)

    def at_slot(self, slot: SlotKey) -> Sequence[Finding]:
        """The findings about a slot and its rows."""
        return slot_findings(self._surroundings.case(self._session.record), slot)


def finding_line(finding: Finding) -> str:
    """A finding on one line: [错] R41 what was found."""
    return f"[{LETTERS[finding.severity]}] {finding.rule.id} {finding.hit.message}"


def summary(outcome: Review) -> str:
    """Grade, points, counts and what the grade means."""
    counts = "、".join(f"{severity.label}{len(outcome.of(severity))}" for severity in Severity if outcome.of(severity))
    return (
        f"评级 {outcome.grade.label}　{outcome.total.normalize():f} 分　{counts or '没有发现问题'}。{outcome.outcome}"
    )


def as_text(outcome: Review) -> str:
    """The whole review as lines, for the plain face."""
    lines = [summary(outcome), *(f"（{cap}）" for cap in outcome.grading.caps)]
    for number, (lead, others) in enumerate(outcome.by_cause(), 1):
        lines.append(f"{number}. {finding_line(lead)}")
        lines.append(f"   {lead.advice}　依据：{lead.rule.grounds}")
        lines.extend(f"   同一原因：{finding_line(other)}" for other in others)
    return "\n".join(lines)
