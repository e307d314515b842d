"""What an exercise (练习) is and how it is known: an id that makes it again anywhere, the data that grading needs, a grade.

An id is `kind:seed:number` or `kind:seed:number:topic`. Everything random comes from the id's text, and items are picked by a
hash of id and item, so that a library or an example that is added later seldom changes an exercise already handed out.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from domain.training.material import Material

Data = Mapping[str, Any]
"""All that posing and grading an exercise needs, as JSON has it."""
Item = TypeVar("Item")

PASS = 0.8
"""From this score on an answer counts as right (答对)."""
MODEL = "参考写法"
"""What begins the line of an explanation that shows an answer worth everything."""


class ExerciseError(ValueError):
    """An exercise that cannot be made or read; the message is Chinese and says what is missing."""


@dataclass(frozen=True, slots=True)
class Seed:
    """The source of everything random in one exercise."""

    kind: str
    seed: str
    number: int
    topic: str = ""

    @property
    def id(self) -> str:
        """classify:7:3 or defects:7:3:rule:R57."""
        base = f"{self.kind}:{self.seed}:{self.number}"
        return f"{base}:{self.topic}" if self.topic else base

    def rng(self, use: str = "") -> random.Random:
        """A fresh generator for one use, the same on every machine."""
        return random.Random(f"{self.id}|{use}")

    def ranked(self, items: Iterable[Item], name: Callable[[Item], str], use: str = "") -> list[Item]:
        """The items in an order drawn by the seed; adding an item leaves the order of the others."""
        return sorted(items, key=lambda item: _draw(f"{self.id}|{use}|{name(item)}"))

    def pick(self, items: Iterable[Item], name: Callable[[Item], str], use: str = "") -> Item:
        """One of the items; raises ExerciseError where there is none."""
        ranked = self.ranked(items, name, use)
        if not ranked:
            raise ExerciseError(f"没有可以出“{self.topic or self.kind}”这类题的材料")
        return ranked[0]

    def wants(self, prefix: str) -> str:
        """The topic's value where it is of this kind: slot:output.quality → output.quality."""
        return self.topic.removeprefix(f"{prefix}:") if self.topic.startswith(f"{prefix}:") else ""


def _draw(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def parse_id(text: str) -> Seed:
    """The seed of an id; raises ExerciseError for text that is none."""
    parts = text.strip().split(":", 3)
    if len(parts) < 3 or not parts[0] or not parts[1] or not re.fullmatch(r"[0-9]{1,9}", parts[2]):
        raise ExerciseError(f"“{text[:40]}”不是题号；题号写成 题型:种子:序号，例如 classify:7:3")
    return Seed(parts[0], parts[1], int(parts[2]), parts[3] if len(parts) > 3 else "")


@dataclass(frozen=True, slots=True)
class Posed:
    """An exercise as it is shown: lines within the page's width, the question, numbered choices, a hint on demand.

    long answers take several lines, `sheet` is what to start them from; topics are what the exercise trains (slot:…, rule:…,
    field:…, skill:…).
    """

    lines: tuple[str, ...]
    ask: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    long: bool = False
    topics: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise; `data` makes it self-contained, `id` is "" for one that was written by hand."""

    kind: str
    title: str
    data: Data
    posed: Posed
    id: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """What an answer earned: score 0 to 1, its explanation in paragraphs, the score by topic, whether the task is done.

    Where an answer is not understood at all, `unread` says how to write one: a face asks again before it counts.
    """

    score: float
    explanation: tuple[str, ...]
    topics: Mapping[str, float] = field(default_factory=dict)
    passed: bool = False
    unread: str = ""

    @property
    def points(self) -> int:
        """The score out of a hundred."""
        return round(self.score * 100)


def graded(
    score: float,
    explanation: Sequence[str],
    topics: Iterable[str] = (),
    *,
    passed: bool | None = None,
    unread: str = "",
) -> Graded:
    """A grade with the score rounded to three decimals and the same score for every topic."""
    rounded = round(float(min(max(score, 0.0), 1.0)), 3)
    done = rounded >= PASS if passed is None else passed
    return Graded(rounded, tuple(explanation), dict.fromkeys(topics, rounded), done, unread)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of exercise (题型): how to make, show, grade and solve one.

    make gives the data for a seed; topics lists what exercises of the kind can be asked for; skill says what it trains.
    """

    id: str
    title: str
    skill: str
    make: Callable[[Material, Seed], Data]
    pose: Callable[[Material, Data], Posed]
    grade: Callable[[Material, Data, Any], Graded]
    key: Callable[[Material, Data], Any]
    topics: Callable[[Material], tuple[str, ...]]
    required: tuple[str, ...] = ()
    """Keys that a self-contained exercise must have."""
