"""Reviewing the open record (检查): the whole review, the findings of one place, and what is done about them. Free of Textual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from domain import filling
from domain.case import Case
from domain.changes import Record
from domain.checking import Surroundings, ignored
from domain.fields import FieldPath
from domain.framework import SlotKey
from domain.model import Declaration
from domain.quantity import plain
from domain.records.files import readable
from domain.review import IGNORED, Finding, Review, field_findings, findings, review, slot_findings
from domain.reviewed import changes_since, notes_from_plain, notes_of, notes_to_plain
from domain.rules import rule
from domain.rules.chains import links
from domain.settings import Thresholds
from domain.siblings import NO_SIBLINGS, Siblings
from tui.findings import Results, View
from tui.session import Session

SUM_OF_WEIGHTS = "R75"
MOST_SIBLINGS = 200
"""Forms of the folder that are read for comparison; more would be felt."""
AT_ONCE = 10
"""Forms read in one step while nobody types."""
STEPS = MOST_SIBLINGS // AT_ONCE + 1
"""Steps in which all of them have been read."""


class Reviewer:
    """The review of one session; the other forms of the folder are read once."""

    def __init__(self, session: Session, surroundings: Surroundings) -> None:
        self._session, self._surroundings = session, surroundings
        self._siblings: Siblings | None = None
        self.view = View()
        """How the filer last looked at the review, and at which row."""

    @property
    def thresholds(self) -> Thresholds:
        """The numbers that the office's rules compare with."""
        return self._surroundings.settings.thresholds

    def _case(self, record: Record, siblings: Siblings) -> Case:
        return self._surroundings.case(record, siblings, self._session.path.stem)

    def _around(self) -> Siblings:
        if self._siblings is None:
            for _ in self.read_siblings():
                pass
        return self._siblings or NO_SIBLINGS

    def read_siblings(self) -> Iterator[None]:
        """Read the other forms of the folder, a few at a step; remarks know them from then on."""
        entries: list[tuple[str, Declaration]] = []
        for number, path in enumerate(self._session.store.others()[:MOST_SIBLINGS], 1):
            if path != self._session.path:
                entries += [(path.stem, record.declaration) for _, record in readable([path])]
            if not number % AT_ONCE:
                yield
        siblings = Siblings(tuple(entries))
        siblings.prepare()
        self._siblings = siblings

    def judge(self, record: Record) -> Review:
        """The review of a state of the record, with ignored findings left out."""
        return review(self._case(record, self._around()), ignored(record))

    def results(self) -> Results:
        """The whole review with the number chains, and what has changed since the review before, which may be days ago."""
        record, last = self._session.record, self._session.reviewed
        outcome = self.judge(record)
        found = (*outcome.findings, *(one for one, _ in outcome.ignored))
        self._session.note_reviewed(notes_to_plain(notes_of(found)))
        changed = None if last is None else changes_since(notes_from_plain(last), found)
        return Results(outcome, links(self._case(record, NO_SIBLINGS)), changed, self._surroundings.problems)

    def apply_fix(self, finding: Finding) -> None:
        """Make the certain fix that a finding offers, as one step."""
        if finding.fixed is not None:
            fixed = filling.corrected(self._session.record, finding.fixed)
            self._session.apply(f"按 {finding.rule.id} 自动改", fixed)

    def ignore(self, finding: Finding, reason: str | None) -> None:
        """Let a finding stand for a reason, as one step; None lets it count again."""
        label = f"忽略 {finding.rule.id}" if reason is not None else f"不再忽略 {finding.rule.id}"
        self._session.apply(label, self._session.record.marked(IGNORED, finding.key, reason))

    def at_field(self, path: FieldPath) -> Sequence[Finding]:
        """The findings that touch a field, copies from other forms included once those have been read."""
        return field_findings(self._case(self._session.record, self._siblings or NO_SIBLINGS), path)

    def about_weights(self) -> str:
        """What the weights of the indicators come to, and what a reviewer would say of it."""
        case = self._case(self._session.record, NO_SIBLINGS)
        if case.export is None or not case.export.weights:
            return "还没有写权重。"
        found = findings(case, [rule(SUM_OF_WEIGHTS)], fixes=False)
        return found[0].hit.message if found else f"权重合计{plain(sum(case.export.weights.values(), Decimal(0)))}。"

    def at_slot(self, slot: SlotKey) -> Sequence[Finding]:
        """The findings about a slot and its rows."""
        return slot_findings(self._case(self._session.record, self._siblings or NO_SIBLINGS), slot)
