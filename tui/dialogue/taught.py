"""What picks taught the engine (采纳), taken back where a pick is undone and taught again where it is redone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.marks import ORIGINS, SUGGESTED, row_key
from domain.model import Indicator
from domain.records.history import Step
from suggest.types import Suggester, Suggestion
from tui.record_keys import ADDED, CHANGED
from tui.session import Session


def picked(step: Step) -> Iterator[Indicator]:
    """The rows that a step put into the table as picked among suggestions."""
    if not step.label.startswith((ADDED, CHANGED)):
        return
    suggested = {
        change.where[2]
        for change in step.changes
        if change.where[:2] == ("meta", ORIGINS) and change.new == SUGGESTED != change.old
    }
    for change in step.changes:
        if change.where[0] == "indicators":
            yield from (row for row in change.new if row_key(row) in suggested)


def undone(session: Session, step: Step, suggester: Callable[[], Suggester]) -> None:
    """The step was undone; the engine is made only where it has something to forget."""
    for row in picked(step):
        suggester().taken_back(session.declaration, row.slot, row.name)


def redone(session: Session, step: Step, suggester: Callable[[], Suggester]) -> None:
    """The step was made again."""
    for row in picked(step):
        again = Suggestion("", row.slot, row.name, row.target, 0.0, ())
        suggester().chosen(session.declaration, again, True)
