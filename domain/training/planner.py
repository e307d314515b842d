"""What to practise next (下一题): what was missed first, then what is due, then what is new in the course's order."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from domain.training.exercise import Exercise, ExerciseError
from domain.training.material import Material
from domain.training.memory import due_exercises, due_topics
from domain.training.practice import ask, kind_of
from domain.training.practice import topics as all_topics
from domain.training.progress import Progress

PRACTISED = ("classify", "order", "sums", "repair", "target", "goal", "defects", "quiz")
"""Kinds that come up by themselves; forms and reviews take long and are chosen."""
HARDER = ((0.5, "1"), (0.8, "2"), (2.0, "3"))
"""Mean score of the kind below which each level of difficulty is asked."""


def next_exercise(
    material: Material,
    progress: Progress,
    day: datetime.date,
    kind: str = "",
    asked: Sequence[str] = (),
    avoid: Collection[str] = (),
) -> tuple[Exercise, Progress]:
    """The next exercise, and the progress with it counted.

    asked: ids of this sitting, not to be repeated; avoid: topics just asked, which wait for a turn.
    """
    for identity in due_exercises(progress.missed, day):
        if identity not in asked and kind in ("", identity.split(":", 1)[0]):
            try:
                return ask(material, identity), progress
            except ExerciseError:  # its material has gone since: it cannot come back
                progress = replace(progress, missed=tuple(one for one in progress.missed if one.exercise != identity))
    number = progress.counter + 1
    counted = replace(progress, counter=number)
    for topic, name in _candidates(material, progress, day, kind, avoid):
        try:
            return ask(material, f"{name}:{progress.seed}:{number}{':' + topic if topic else ''}"), counted
        except ExerciseError:
            continue
    raise ExerciseError("没有可以出的题")


def _candidates(
    material: Material, progress: Progress, day: datetime.date, kind: str, avoid: Collection[str]
) -> list[tuple[str, str]]:
    """(topic, kind) in the order to try."""
    number = progress.counter + 1
    kinds = (kind_of(kind).id,) if kind else PRACTISED
    trained: dict[str, list[str]] = {}
    for topic, one in all_topics(material):
        if one.id in kinds:
            trained.setdefault(topic, []).append(one.id)
    due = [topic for topic in due_topics(progress.cards, day) if topic in trained]
    new = [topic for topic in _in_course_order(material, trained) if topic not in progress.cards]
    turns = [*due[:3], *new] if number % 3 else [*new[:1], *due, *new[1:]]
    rest = [topic for topic in trained if topic not in turns]
    weakest = sorted(rest, key=lambda topic: progress.cards[topic].mean if topic in progress.cards else 1.0)
    found = []
    for topic in sorted([*turns, *weakest], key=lambda topic: topic in avoid):
        names = trained[topic]
        name = _kind_for(progress, names, topic, number)
        found.append((_asked_as(progress, name, topic), name))
    return found


def _asked_as(progress: Progress, kind: str, topic: str) -> str:
    """The topic part of the id: skills have none, difficulties follow the trainee's mean."""
    if topic.startswith("skill:"):
        return ""
    if topic.startswith("level:"):
        mean = progress.kind(kind).recent_mean
        return "level:" + next(level for least, level in HARDER if mean < least)
    return topic


def _in_course_order(material: Material, trained: Mapping[str, Sequence[str]]) -> list[str]:
    """The topics as the lessons bring them up: slots first of each round, then rules, then the rest."""
    taught = [topic for lesson in material.lessons.values() for part in lesson.practice for topic in part.topics]
    known = [topic for topic in dict.fromkeys([*taught, *trained]) if topic in trained]
    slots = [topic for topic in known if topic.startswith("slot:")]
    rules = [topic for topic in known if topic.startswith("rule:")]
    rest = [topic for topic in known if not topic.startswith(("slot:", "rule:", "level:"))]
    rest.sort(key=lambda topic: ("skill", "field", "lesson").index(topic.split(":", 1)[0]))
    rounds = zip_longest(slots, rules, rest)
    return [topic for turn in rounds for topic in turn if topic] + [
        topic for topic in known if topic.startswith("level:")
    ]


def _kind_for(progress: Progress, names: Sequence[str], topic: str, number: int) -> str:
    """The kind to train a topic with; a whole form to search comes only after the rule was met on its own."""
    easy = [name for name in names if name != "defects"]
    if easy and topic not in progress.cards:
        return easy[0]
    return names[number % len(names)]
