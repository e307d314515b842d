"""A trainee's progress (学习进度): what was read and answered, what comes back when. Immutable; the day is passed in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.training import memory
from domain.training.course import Lesson
from domain.training.exercise import PASS, Exercise, Graded
from domain.training.memory import Card, Missed

RECENT = 20
"""Latest scores kept for each kind of exercise."""


@dataclass(frozen=True, slots=True)
class KindRecord:
    """How one kind of exercise went: answers, sum of scores, best score, tasks done, the latest scores."""

    answered: int = 0
    points: float = 0.0
    best: float = 0.0
    passed: int = 0
    recent: tuple[float, ...] = ()

    @property
    def mean(self) -> float:
        """Mean score of all answers."""
        return self.points / self.answered if self.answered else 0.0

    @property
    def recent_mean(self) -> float:
        """Mean score of the latest answers."""
        return sum(self.recent) / len(self.recent) if self.recent else 0.0

    def with_answer(self, graded: Graded, *, shown: bool) -> KindRecord:
        """The record after one more answer; one whose key was `shown` before is practice and no evidence of a level."""
        return KindRecord(
            self.answered + 1,
            round(self.points + graded.score, 3),
            self.best if shown else max(self.best, graded.score),
            self.passed + (graded.passed and not shown),
            (*self.recent, graded.score)[-RECENT:],
        )


@dataclass(frozen=True, slots=True)
class LessonMark:
    """How far a lesson was read: the page reached (from 1), exercises answered, and the day it was finished."""

    page: int = 0
    done: int = 0
    finished: datetime.date | None = None


@dataclass(frozen=True)
class Progress:
    """Everything remembered about one trainee. seed makes exercises of their own; `counter` numbers them."""

    trainee: str = ""
    seed: str = "1"
    counter: int = 0
    days: int = 0
    last_day: datetime.date | None = None
    kinds: Mapping[str, KindRecord] = field(default_factory=dict)
    lessons: Mapping[str, LessonMark] = field(default_factory=dict)
    cards: Mapping[str, Card] = field(default_factory=dict)
    missed: tuple[Missed, ...] = ()

    def kind(self, identity: str) -> KindRecord:
        """How a kind went; an empty record before the first answer."""
        return self.kinds.get(identity, KindRecord())

    def lesson(self, identity: str) -> LessonMark:
        """How far a lesson was read."""
        return self.lessons.get(identity, LessonMark())

    @property
    def answered(self) -> int:
        """Answers given in all."""
        return sum(record.answered for record in self.kinds.values())

    @property
    def mean(self) -> float:
        """Mean score of all answers."""
        return sum(record.points for record in self.kinds.values()) / self.answered if self.answered else 0.0

    def was_shown(self, exercise: Exercise) -> bool:
        """Whether the exercise was missed, and its key seen, before."""
        return any(one.exercise == exercise.id for one in self.missed)

    def finished(self) -> tuple[str, ...]:
        """The lessons finished."""
        return tuple(identity for identity, mark in self.lessons.items() if mark.finished)


def on_day(progress: Progress, day: datetime.date) -> Progress:
    """The progress with the day counted as a day of practice."""
    if progress.last_day == day:
        return progress
    return replace(progress, days=progress.days + 1, last_day=day)


def answered(progress: Progress, exercise: Exercise, graded: Graded, day: datetime.date) -> Progress:
    """The progress after an answer: the kind's record, the topics' cards, what was missed."""
    cards = dict(progress.cards)
    for topic, score in graded.topics.items():
        cards[topic] = memory.after(cards.get(topic), score, day)
    record = progress.kind(exercise.kind).with_answer(graded, shown=progress.was_shown(exercise))
    kinds = {**progress.kinds, exercise.kind: record}
    missed = progress.missed
    if exercise.id:
        missed = memory.missed_after(missed, exercise.id, graded.score, day)
    return replace(on_day(progress, day), kinds=kinds, cards=cards, missed=missed)


def read_to(progress: Progress, lesson: Lesson, page: int, done: int, day: datetime.date) -> Progress:
    """The progress with a lesson read to a page, and so many of its exercises answered."""
    old = progress.lesson(lesson.id)
    mark = LessonMark(max(old.page, page), max(old.done, done), old.finished)
    return replace(on_day(progress, day), lessons={**progress.lessons, lesson.id: mark})


def finish(progress: Progress, lesson: Lesson, day: datetime.date) -> Progress:
    """The progress with a lesson finished; the first day counts, and the next reading starts from its first page."""
    old = progress.lesson(lesson.id)
    mark = LessonMark(0, 0, old.finished or day)
    return replace(on_day(progress, day), lessons={**progress.lessons, lesson.id: mark})


def weak_topics(progress: Progress, count: int = 3) -> list[str]:
    """The topics that went worst, among those answered at least twice and below a pass."""
    known = [(card.mean, topic) for topic, card in progress.cards.items() if card.seen > 1 and card.mean < PASS]
    return [topic for _, topic in sorted(known)[:count]]
