"""Exercises by id or by their own data (出题与评分): ask one, grade an answer to it, give its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from domain.model import Declaration
from domain.training.answers import as_text
from domain.training.exercise import Exercise, ExerciseError, Graded, Kind, parse_id
from domain.training.kinds import KIND_BY_ID, KINDS
from domain.training.material import Material

MAX_ANSWER = 4_000
"""Characters of an answer that are read; a form may have MAX_SHEET."""
MAX_SHEET = 200_000


def kind_of(identity: str) -> Kind:
    """A kind by id or title; raises ExerciseError that lists them."""
    found = KIND_BY_ID.get(identity) or next((kind for kind in KINDS if kind.title == identity), None)
    if found is None:
        known = "、".join(f"{kind.id}（{kind.title}）" for kind in KINDS)
        raise ExerciseError(f"没有“{identity}”这种题。题型有：{known}")
    return found


def ask(material: Material, wanted: str | Mapping[str, Any]) -> Exercise:
    """The exercise of an id, or of its own data: {"kind": …, …}, or {"id": …}; raises ExerciseError."""
    if isinstance(wanted, str):
        seed = parse_id(wanted)
        kind = kind_of(seed.kind)
        data = kind.make(material, seed)
        return Exercise(kind.id, kind.title, data, kind.pose(material, data), seed.id)
    if not isinstance(wanted, Mapping):
        raise ExerciseError("题目应当是题号，或者带 kind 的一组内容")
    if "kind" not in wanted:
        if isinstance(wanted.get("id"), str):
            return ask(material, wanted["id"])
        raise ExerciseError("题目缺少“kind”（题型）或“id”（题号）")
    kind = kind_of(str(wanted["kind"]))
    missing = [key for key in kind.required if key not in wanted and not (key == "form" and "example" in wanted)]
    if missing and isinstance(wanted.get("id"), str):
        return ask(material, wanted["id"])
    if missing:
        raise ExerciseError(f"{kind.title}题缺少：{'、'.join(missing)}")
    data = {key: value for key, value in wanted.items() if key not in ("kind", "id")}
    return Exercise(kind.id, kind.title, data, kind.pose(material, data), str(wanted.get("id", "")))


def grade(material: Material, exercise: Exercise, answer: Any) -> Graded:
    """What an answer earns; raises ExerciseError only where the exercise itself is at fault."""
    if isinstance(answer, Mapping) and set(answer) == {"answer"}:
        answer = answer["answer"]
    if not isinstance(answer, Declaration) and _too_long(answer, MAX_SHEET if exercise.kind == "form" else MAX_ANSWER):
        result = kind_of(exercise.kind).grade(material, exercise.data, None)
        said = "答案太长，没有看。写到点子上就行。"
        return Graded(0.0, (said, *result.explanation), dict.fromkeys(result.topics, 0.0), unread=said)
    result = kind_of(exercise.kind).grade(material, exercise.data, answer)
    if (
        result.unread
        and result.unread not in result.explanation
        and (isinstance(answer, Declaration) or as_text(answer))
    ):
        result = replace(result, explanation=(result.unread, *result.explanation))
    return result


def _too_long(answer: Any, limit: int) -> bool:
    try:
        return len(as_text(answer)) > limit
    except RecursionError:
        return True


def key(material: Material, exercise: Exercise) -> Any:
    """An answer that earns everything."""
    return kind_of(exercise.kind).key(material, exercise.data)


def exported(exercise: Exercise) -> dict[str, Any]:
    """The exercise as a table that `ask` reads back, for JSONL files."""
    return {**({"id": exercise.id} if exercise.id else {}), "kind": exercise.kind, **exercise.data}


def topics(material: Material) -> Iterator[tuple[str, Kind]]:
    """Every (topic, kind) that can be asked for."""
    for kind in KINDS:
        for topic in kind.topics(material):
            yield topic, kind


def topic_title(material: Material, topic: str) -> str:
    """How a topic is called: slot:output.quality → 产出目标›质量; the topic itself where it has no name."""
    prefix, _, value = topic.partition(":")
    if prefix == "slot":
        slot = material.framework.by_role(value)
        return slot.place if slot else topic
    if prefix == "rule":
        rule = material.rule_by_id.get(value)
        return f"{value} {rule.title}" if rule else topic
    if prefix == "field":
        from domain.model import narrative_label

        return f"段落：{narrative_label(value)}"
    if prefix == "lesson":
        lesson = material.lessons.get(value)
        return f"课：{lesson.title}" if lesson else topic
    if prefix == "skill":
        return next((kind.title for kind in KINDS if kind.id == value), topic)
    return f"难度{value}" if prefix == "level" else topic
