"""Papers (试卷): n exercises for a seed, the same for everyone, with the answer key; both as Markdown, and as JSONL to answer in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from domain.text import one_line
from domain.training.exercise import Exercise, ExerciseError, Seed
from domain.training.material import Material
from domain.training.practice import ask, grade, key

CYCLE = (
    "classify",
    "target",
    "repair",
    "quiz",
    "classify",
    "order",
    "sums",
    "target",
    "classify",
    "defects",
    "repair",
    "goal",
)
"""Kinds in turn."""
LONG = (("reviewer", 20), ("form", 30))
"""Long tasks that end a paper of at least so many exercises."""
MAX_EXERCISES = 200
BLANK = "\uff3f" * 6
"""A line to write on."""
_ATTEMPTS = 50


@dataclass(frozen=True)
class Paper:
    """A paper: its seed and its exercises in order."""

    seed: str
    exercises: tuple[Exercise, ...]
    material: Material

    @property
    def title(self) -> str:
        """The paper's heading."""
        return f"预算绩效填报练习卷（种子 {self.seed}，{len(self.exercises)} 题）"

    def markdown(self) -> str:
        """The paper for trainees."""
        head = [f"# {self.title}", "", f"姓名：{BLANK}　日期：{BLANK}　得分：{BLANK}", ""]
        return "\n".join([*head, *(line for at, one in self._numbered() for line in _question(at, one))])

    def key_markdown(self) -> str:
        """The answer key with explanations, for the teacher."""
        head = [f"# {self.title}　参考答案", "", "每题1分；部分得分的办法见 docs/learn.md。", ""]
        return "\n".join([*head, *(line for at, one in self._numbered() for line in self._solution(at, one))])

    def jsonl(self) -> str:
        """One line an exercise with an empty answer, to be filled in and graded."""
        rows = [{"exercise": one.id, "answer": ""} for one in self.exercises]
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    def _numbered(self) -> Iterator[tuple[int, Exercise]]:
        return enumerate(self.exercises, 1)

    def _solution(self, number: int, exercise: Exercise) -> Iterator[str]:
        answer = str(key(self.material, exercise))
        yield f"## {number}. {exercise.title}"
        yield ""
        yield f"题号：`{exercise.id}`"
        yield ""
        if "\n" in answer:
            yield from ("答案：", "", *_block(answer.split("\n")), "")
        else:
            yield from (f"答案：`{answer}`{_chosen(exercise, answer)}", "")
        for line in grade(self.material, exercise, answer).explanation:
            yield f"- {_escaped(line)}"
        yield ""


def _chosen(exercise: Exercise, answer: str) -> str:
    """The text of numbered choices, for reading."""
    choices = exercise.posed.choices
    numbers = [int(item) for item in answer.split() if item.isdecimal() and 1 <= int(item) <= len(choices)]
    return "　" + "；".join(_escaped(choices[number - 1]) for number in numbers) if numbers else ""


def _question(number: int, exercise: Exercise) -> Iterator[str]:
    posed = exercise.posed
    yield from (f"## {number}. {exercise.title}", "", f"题号：`{exercise.id}`", "")
    yield from (*_block(list(posed.lines)), "")
    if posed.choices:
        yield from (*(f"{at}. {_escaped(choice)}" for at, choice in enumerate(posed.choices, 1)), "")
    if posed.sheet:
        yield from (*_block(posed.sheet.split("\n")), "")
    yield from (_escaped(posed.ask), "", *(["", "", ""] if posed.long else [f"答：{BLANK}"]), "")


def _block(lines: list[str]) -> list[str]:
    """Lines kept as they are, whatever signs they hold."""
    fence = "```"
    while any(fence in line for line in lines):
        fence += "`"
    return [f"{fence}text", *lines, fence]


def _escaped(text: str) -> str:
    """Text whose signs Markdown would read as markup or HTML."""
    for sign in "\\`*_<>[]|":
        text = text.replace(sign, f"\\{sign}")
    return text


def exam(material: Material, seed: str | int, n: int) -> Paper:
    """A paper of n exercises without repetition; the same seed gives the same paper. Raises ExerciseError for an odd n."""
    if not 1 <= n <= MAX_EXERCISES:
        raise ExerciseError(f"题数 {n} 不行，应当在1到{MAX_EXERCISES}之间")
    name = str(seed).strip()
    if not name or ":" in name:
        raise ExerciseError(f"种子“{one_line(name)[:20]}”不能用：写一个数或一个词，中间没有冒号，例如 7 或 甲班")
    long = [kind for kind, least in LONG if n >= least]
    kinds = [CYCLE[at % len(CYCLE)] for at in range(n - len(long))] + long
    used: set[str] = set()
    exercises: list[Exercise] = []
    for kind in kinds:
        exercises.append(_fresh(material, kind, name, used, exercises))
    return Paper(name, tuple(exercises), material)


def _fresh(material: Material, kind: str, seed: str, used: set[str], before: list[Exercise]) -> Exercise:
    """The next exercise of a kind whose content has not come up on the paper."""
    number = sum(one.kind == kind for one in before)
    found = None
    for _ in range(_ATTEMPTS):
        number += 1
        while any(one.id.startswith(f"{kind}:{seed}:{number}") for one in before):
            number += 1
        found = ask(material, _id(kind, seed, number, len(before)))
        content = json.dumps([found.kind, found.posed.lines], ensure_ascii=False)
        if content not in used:
            used.add(content)
            return found
    assert found is not None
    return found


def _id(kind: str, seed: str, number: int, place: int) -> str:
    """The id; papers grow harder from front to back."""
    topic = f"level:{1 if place < 12 else 2 if place < 24 else 3}" if kind == "defects" else ""
    return Seed(kind, seed, number, topic).id
