"""What the dialogue says around its question: what was answered so far, how far each section is, what a reviewer would say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain import answers
from domain.model import is_empty
from domain.textwidth import truncate
from tui.dialogue import rolled, slots
from tui.dialogue.places import FieldPlace, Place, SlotPlace, answered, pending, place_at, places
from tui.dialogue.types import Message, Role
from tui.session import Session

if TYPE_CHECKING:
    from domain.review import Finding
    from tui.reviewing import Reviewer

TOLD_COLUMNS = 120
"""Columns of an answer that is told again when a conversation goes on after a break."""


def so_far(session: Session, key: str, limit: int) -> tuple[Message, ...]:
    """The last answers before a place, for a conversation that goes on after a break; of a year roll, its news."""
    if news := rolled.news(session):
        return tuple(Message(Role.NOTE, text) for text in news)
    declaration = session.declaration
    lines: list[str] = []
    for place in places(declaration.framework):
        if place.key == key:
            break
        if isinstance(place, SlotPlace):
            lines += [f"{place.slot.level2}：{row}" for row in slots.row_lines(session, place.slot)]
        elif not is_empty(value := declaration.get(place.field.path)):
            told = " ".join(answers.told(place.field, value).split())
            lines.append(f"{place.label}：{truncate(told, TOLD_COLUMNS)}")
    return tuple(Message(Role.ECHO, text) for text in lines[-limit:])


def sections(session: Session) -> list[tuple[str, int, int]]:
    """Each section of the form with how many of its places are filled, and of how many."""
    declaration = session.declaration
    counts: dict[str, tuple[int, int]] = {}
    for place in places(declaration.framework):
        done, of = counts.get(place.section, (0, 0))
        counts[place.section] = (done + answered(place, declaration), of + 1)
    return [(section, done, of) for section, (done, of) in counts.items()]


def remarks(session: Session, reviewer: Reviewer, key: str, limit: int) -> tuple[str, ...]:
    """What a reviewer would say of the answer just given; never what waits for an answer that is still to come."""
    from domain.grading import Severity

    place = place_at(session.declaration, key)
    if place is None:
        return ()
    if isinstance(place, FieldPlace):
        found = reviewer.at_field(place.field.path)
    else:
        found = [one for one in reviewer.at_slot(place.slot.key) if one.hit.name]
    ready = [one for one in found if one.severity is not Severity.INFO and not _waits(session, place, one)]
    return tuple(f"{one.hit.message}{one.advice}" for one in ready[:limit])


def _waits(session: Session, place: Place, finding: Finding) -> bool:
    """Whether a finding rests on a field that has not been asked yet."""
    keys = {".".join(str(part) for part in path[:2]) for path in (finding.where, *finding.hit.also)}
    others = [place_at(session.declaration, key) for key in keys if key != place.key]
    return any(other is not None and pending(other, session) for other in others)
