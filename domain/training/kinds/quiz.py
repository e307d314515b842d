"""选择题 (quiz): questions written with the lessons, for what no library or rule can ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.training.answers import need, texts
from domain.training.exercise import Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.layout import wrap_all
from domain.training.material import Material
from domain.training.picks import choice


def topics(material: Material) -> tuple[str, ...]:
    """One for each lesson that has questions."""
    return tuple(f"lesson:{lesson.id}" for lesson in material.lessons.values() if lesson.number and lesson.quizzes)


def make(material: Material, seed: Seed) -> Data:
    """A lesson's question by its number (quiz:why:1), else one drawn from all or from the topic's lesson."""
    lesson = material.lessons.get(seed.seed)
    if lesson is not None:
        if not 1 <= seed.number <= len(lesson.quizzes):
            raise ExerciseError(f"“{lesson.title}”没有第{seed.number}道选择题")
        return lesson.quizzes[seed.number - 1]
    wanted = seed.wants("lesson")
    held: Sequence[Data] = [
        quiz for one in material.lessons.values() if one.number and wanted in ("", one.id) for quiz in one.quizzes
    ]
    chosen = seed.pick(held, lambda quiz: str(quiz["ask"]), "quiz")
    return {**chosen, "choices": seed.ranked(texts(chosen, "choices"), str, "choices")}


def _choices(data: Data) -> tuple[str, ...]:
    choices = texts(data, "choices")
    if need(data, "answer") not in choices:
        raise ExerciseError("选择题的 answer 应当是 choices 里的一个")
    return choices


def pose(material: Material, data: Data) -> Posed:
    """The question and its choices."""
    trained = (f"lesson:{data['lesson']}",) if data.get("lesson") else ()
    _, found, question = str(data.get("why", "")).partition("检验问句：")
    hint = f"{found}{question}"
    return Posed(wrap_all([need(data, "ask")]), "写序号。", _choices(data), hint=hint, topics=trained)


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """Right or wrong, with the reason."""
    right = need(data, "answer")
    said = choice(answer, _choices(data))
    trained = [f"lesson:{data['lesson']}"] if data.get("lesson") else []
    chosen = said in _choices(data)
    start = "对。" if said == right else f"不对，应当选“{right}”。" if chosen else f"应当选“{right}”。"
    unread = "" if chosen else "没有看懂选的是哪一个，写序号就行。"
    return graded(float(said == right), [start + str(data.get("why", ""))], trained, unread=unread)


def key(material: Material, data: Data) -> str:
    """The number of the right choice."""
    return str(_choices(data).index(need(data, "answer")) + 1)


KIND = Kind("quiz", "选择题", "课上讲过的道理", make, pose, grade, key, topics, ("ask", "choices", "answer"))
