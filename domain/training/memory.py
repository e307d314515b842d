"""Spaced repetition (间隔复习): each topic sits in a box, a right answer moves it on, a wrong one back to the first.

Days are passed in; there is no clock here. A topic missed comes back the same day as a new exercise; the very exercise that was
missed comes back after one, three and seven days until it is right each time.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.training.exercise import PASS

INTERVALS = (0, 1, 3, 7, 14, 30, 60)
"""Days until a topic in each box comes back."""
MISSED_INTERVALS = (1, 3, 7)
"""Days until a missed exercise comes back; after the last one it is forgotten."""
HALF = 0.5
"""From this score up to PASS a topic stays in its box."""
MAX_MISSED = 200
"""Missed exercises kept; the oldest make way."""


@dataclass(frozen=True, slots=True)
class Card:
    """A topic's box, the day it is due, how often it was answered, and the sum of scores."""

    box: int
    due: datetime.date
    seen: int = 0
    points: float = 0.0

    @property
    def mean(self) -> float:
        """The mean score; 0 before the first answer."""
        return self.points / self.seen if self.seen else 0.0


@dataclass(frozen=True, slots=True)
class Missed:
    """An exercise answered wrong and the day it comes back."""

    exercise: str
    due: datetime.date
    box: int = 0


def after(card: Card | None, score: float, day: datetime.date) -> Card:
    """The topic's card after an answer. A right answer before the due day counts, but moves the card no further."""
    old = card or Card(0, day)
    if score < HALF:
        box, due = 0, day
    elif score < PASS:
        box, due = old.box, day + datetime.timedelta(days=max(INTERVALS[old.box], 1))
    elif card is not None and day < old.due:
        box, due = old.box, old.due
    else:
        box = min(old.box + 1, len(INTERVALS) - 1)
        due = day + datetime.timedelta(days=INTERVALS[box])
    return Card(box, due, old.seen + 1, round(old.points + score, 3))


def missed_after(missed: tuple[Missed, ...], exercise: str, score: float, day: datetime.date) -> tuple[Missed, ...]:
    """The missed exercises after an answer to one of them or to another."""
    old = next((one for one in missed if one.exercise == exercise), None)
    rest = tuple(one for one in missed if one.exercise != exercise)
    if score < PASS:
        entry = Missed(exercise, day + datetime.timedelta(days=MISSED_INTERVALS[0]))
    elif old is None:
        return missed
    elif day < old.due:
        entry = old
    elif old.box + 1 < len(MISSED_INTERVALS):
        entry = replace(old, box=old.box + 1, due=day + datetime.timedelta(days=MISSED_INTERVALS[old.box + 1]))
    else:
        return rest
    return (*rest, entry)[-MAX_MISSED:]


def due_topics(cards: Mapping[str, Card], day: datetime.date) -> list[str]:
    """The topics to repeat on a day, the least known and longest overdue first."""
    ready = [(card.box, card.due, topic) for topic, card in cards.items() if card.due <= day]
    return [topic for _, _, topic in sorted(ready)]


def due_exercises(missed: tuple[Missed, ...], day: datetime.date) -> list[str]:
    """The missed exercises to ask again on a day, the longest overdue first."""
    return [one.exercise for one in sorted(missed, key=lambda one: (one.due, one.exercise)) if one.due <= day]
