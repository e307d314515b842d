"""Lessons (课): pages with live examples, questions and practice, read from data/lessons; how a page is laid out.

An example on a page is live: a library sheet, a slot's card, a part of a form, a rule that fires on a form broken before the
reader's eyes, a text before and after. Nothing of them is written down twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.training.exercise import Data, ExerciseError

if TYPE_CHECKING:
    from domain.training.material import Material

TOUR = "tour"
"""The guided first run (两分钟导览), a lesson with the number 0."""


@dataclass(frozen=True, slots=True)
class Page:
    """One screen of a lesson: title, text, live examples."""

    title: str
    text: str
    shows: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Practice:
    """Exercises at the end of a lesson: a kind, how many, and topics to take in turn."""

    kind: str
    count: int
    topics: tuple[str, ...] = ()

    def ids(self, seed: str) -> tuple[str, ...]:
        """The exercises' ids for a seed."""
        turns = [f":{self.topics[at % len(self.topics)]}" if self.topics else "" for at in range(self.count)]
        return tuple(f"{self.kind}:{seed}:{at + 1}{turn}" for at, turn in enumerate(turns))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson; `goal` says what can be done after it, `minutes` how long it takes."""

    id: str
    number: int
    title: str
    minutes: int
    goal: str
    pages: tuple[Page, ...]
    quizzes: tuple[Data, ...]
    practice: tuple[Practice, ...]

    def exercise_ids(self, seed: str) -> tuple[str, ...]:
        """The lesson's exercises in order: its own questions, then the practice made for a seed."""
        own = tuple(f"quiz:{self.id}:{at}" for at in range(1, len(self.quizzes) + 1))
        return own + tuple(one for part in self.practice for one in part.ids(f"{seed}-{self.id}"))


def lesson_of(table: Mapping[str, Any]) -> Lesson:
    """A lesson from its tables; raises KeyError and TypeError where something is missing."""
    pages = tuple(
        Page(page["title"], str(page.get("text", "")).strip("\n"), tuple(page.get("show", ())))
        for page in table["page"]
    )
    quizzes = tuple({**quiz, "lesson": table["id"]} for quiz in table.get("quiz", ()))
    practice = tuple(
        Practice(one["kind"], one["count"], tuple(one.get("topics", ()))) for one in table.get("practice", ())
    )
    return Lesson(
        table["id"], table["number"], table["title"], table["minutes"], table["goal"], pages, quizzes, practice
    )


def read_lessons(folder: Path) -> dict[str, Lesson]:
    """The lessons of a folder by id, in the order of their numbers; raises MaterialError."""
    from domain.training.material import MaterialError, read_toml

    lessons = []
    for path in sorted(folder.glob("*.toml")):
        table = read_toml(path)
        try:
            lessons.append(lesson_of(table))
        except (KeyError, TypeError) as error:
            raise MaterialError(f"{path.name}：课文缺少内容（{error}）") from error
    return {lesson.id: lesson for lesson in sorted(lessons, key=lambda lesson: lesson.number)}


def find_lesson(material: Material, wanted: str) -> Lesson:
    """A lesson by id, number or part of its title; raises ExerciseError that lists them."""
    bare = wanted.strip()
    for lesson in material.lessons.values():
        if bare in (lesson.id, str(lesson.number), f"第{lesson.number}课"):
            return lesson
    hits = [lesson for lesson in material.lessons.values() if bare and bare in lesson.title]
    if len(hits) == 1:
        return hits[0]
    known = "；".join(f"{lesson.number} {lesson.title}" for lesson in material.lessons.values() if lesson.number)
    raise ExerciseError(f"没有叫“{bare}”的课。可选：{known}")
