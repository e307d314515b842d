"""Grading answers in bulk (批量评分): JSONL in, one result a line out. Nothing in a line can stop the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from domain.training.exercise import ExerciseError
from domain.training.material import Material
from domain.training.practice import ask, grade, key


def grade_lines(material: Material, lines: Iterable[str], *, with_key: bool = False) -> Iterator[dict[str, Any]]:
    """A result for every line that is not blank.

    Keys of a result: line, exercise, kind, score, passed, explanation, topics; error in place of the last four where the line
    or its exercise could not be used (score 0, passed false); key with `with_key`. docs/learn.md explains the input.
    """
    for number, line in enumerate(lines, 1):
        if line.strip().lstrip("\ufeff"):
            yield {"line": number, **_graded(material, line.lstrip("\ufeff"), with_key)}


def _graded(material: Material, line: str, with_key: bool) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return _failed("", f"不是一行完整的 JSON（第{error.pos + 1}个字符起看不懂）")
    except RecursionError:
        return _failed("", "不是一行完整的 JSON（括号套得太深）")
    if not isinstance(row, dict) or "exercise" not in row:
        return _failed("", '一行应当是 {"exercise": …, "answer": …}')
    try:
        exercise = ask(material, row["exercise"])
        result = grade(material, exercise, row.get("answer"))
        found: dict[str, Any] = {
            "exercise": exercise.id,
            "kind": exercise.kind,
            "score": result.score,
            "passed": result.passed,
            "explanation": "\n".join(result.explanation),
            "topics": dict(result.topics),
        }
        return found | ({"key": key(material, exercise)} if with_key else {})
    except ExerciseError as error:
        wanted = row["exercise"]
        return _failed(
            wanted if isinstance(wanted, str) else str(wanted.get("id", "")) if isinstance(wanted, dict) else "",
            str(error),
        )


def _failed(exercise: str, message: str) -> dict[str, Any]:
    return {"exercise": exercise, "score": 0.0, "passed": False, "explanation": message, "error": message}
