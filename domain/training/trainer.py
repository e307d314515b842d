"""The trainer (学习对话): what to show next and what an answer does, as text; every face shows it as it is.

A sitting is a lesson (pages, then exercises), the tour, a practice that picks by itself, or a list of exercises such as a paper.
It never touches a record; progress goes to the caller through `save` after every answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.training import levels, planner, progress
from domain.training.answers import as_text
from domain.training.course import TOUR, Lesson, find_lesson
from domain.training.exercise import MODEL, Exercise, Graded
from domain.training.layout import WIDTH, rewrap, wrap, wrap_all
from domain.training.material import Material
from domain.training.pages import page_lines
from domain.training.practice import ask, grade, key, topic_title
from domain.training.progress import Progress, weak_topics

SITTING = 10
"""Exercises of one practice."""
FORM = "form"
"""The kind whose answer is a whole form: a face may open its filling screen and answer with a Declaration."""

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "back": ("上一页", "上一步", "返回", "b"),
    "hint": ("提示", "h"),
    "key": ("答案", "不会", "a"),
    "skip": ("跳过", "s"),
    "end": ("结束", "退出", "q"),
}
"""What may be written after a slash instead of an answer."""


class Mode(StrEnum):
    """What kind of answer the question waits for."""

    PAGE = "page"
    LINE = "line"
    LONG = "long"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Question:
    """What is on screen: a page to read, an exercise to answer, or the end.

    Lines fit the width; choices are numbered; prefill is what a long answer starts from.
    """

    key: str
    mode: Mode
    title: str
    lines: tuple[str, ...]
    ask: str
    choices: tuple[str, ...] = ()
    section: str = ""
    done: int = 0
    of: int = 0
    kind: str = ""
    prefill: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of an answer: lines to show, the score of an exercise, whether an answer is still awaited, whether to leave."""

    lines: tuple[str, ...] = ()
    score: float | None = None
    passed: bool = False
    again: bool = False
    leave: bool = False


Step = int | str
"""A page by its place in the lesson, or an exercise by its id."""


class Trainer:
    """One sitting. `save` gets the progress after every step; `columns` is the width to lay out for."""

    def __init__(
        self,
        material: Material,
        known: Progress,
        day: datetime.date,
        save: Callable[[Progress], None] | None = None,
        *,
        columns: int = WIDTH,
    ) -> None:
        self.material, self.progress, self.day, self.columns = material, known, day, columns
        self._save = save or (lambda _: None)
        self._steps: list[Step] = []
        self._at = 0
        self._lesson: Lesson | None = None
        self._kind = ""
        self._left: int | None = 0
        """Exercises still to be picked; None where the practice goes on until it is ended."""
        self._current: Exercise | None = None
        self._unread = ""
        self._scores: list[float] = []
        self._asked: list[str] = []
        self._recent: list[str] = []
        self._level_before = levels.title(known)

    # -- sittings --

    @property
    def sitting(self) -> str:
        """What this sitting is called."""
        if self._lesson is not None:
            return f"第{self._lesson.number}课　{self._lesson.title}" if self._lesson.number else self._lesson.title
        return "练习"

    def lesson(self, wanted: str) -> Trainer:
        """Begin a lesson by id, number or title, or go on where it was left; raises ExerciseError for an unknown one."""
        lesson = find_lesson(self.material, wanted)
        self._lesson = lesson
        mark = self.progress.lesson(lesson.id)
        # read again, a lesson brings new exercises
        seed = f"{self.progress.seed}-{self.progress.days}" if mark.finished else self.progress.seed
        self._steps = [*range(len(lesson.pages)), *lesson.exercise_ids(seed)]
        self._at = min(max(mark.page - 1, 0), len(self._steps) - 1)
        if mark.done:
            self._at = min(len(lesson.pages) + mark.done, len(self._steps) - 1)
        return self

    def tour(self) -> Trainer:
        """Begin the guided first run."""
        return self.lesson(TOUR)

    def exercises(self, ids: Sequence[str]) -> Trainer:
        """Begin a list of exercises, such as a paper's."""
        self._steps = list(ids)
        return self

    def practice(self, kind: str = "", count: int = SITTING, first: Sequence[str] = ()) -> Trainer:
        """Begin a practice that picks by itself, of one kind or mixed; count 0 goes on until it is ended. `first` comes first."""
        self._steps = list(first)
        self._kind, self._left = kind, count - len(first) if count else None
        return self

    # -- the question --

    def question(self) -> Question:
        """What to show now; raises ExerciseError where an exercise cannot be made."""
        step = self._step()
        if step is None:
            return Question(
                "end",
                Mode.DONE,
                f"{self.sitting}：结束",
                (*self._summary(), *self._following()),
                "回车离开。",
                section=self.sitting,
            )
        if isinstance(step, int):
            return self._page(step)
        return self._exercise(step)

    def _step(self) -> Step | None:
        if self._at < len(self._steps):
            return self._steps[self._at]
        if self._left is not None and self._left <= 0:
            return None
        exercise, self.progress = planner.next_exercise(
            self.material, self.progress, self.day, self._kind, self._asked, self._recent
        )
        if self._left is not None:
            self._left -= 1
        self._current = exercise
        self._steps.append(exercise.id)
        return exercise.id

    def _page(self, number: int) -> Question:
        assert self._lesson is not None
        page = self._lesson.pages[number]
        lines = page_lines(self.material, page, self.columns)
        if number == 0:
            lines = (*wrap(f"学完以后：{self._lesson.goal}", self.columns), "", *lines)
        return Question(
            f"{self._lesson.id}/{number + 1}",
            Mode.PAGE,
            page.title,
            lines,
            "回车看下一页，/上一页 返回，/结束 离开。",
            section=self.sitting,
            done=number + 1,
            of=len(self._steps),
        )

    def _exercise(self, identity: str) -> Question:
        if self._current is None or self._current.id != identity:
            self._current = ask(self.material, identity)
        posed = self._current.posed
        return Question(
            identity,
            Mode.LONG if posed.long else Mode.LINE,
            self._current.title,
            posed.lines if self.columns >= WIDTH else rewrap(posed.lines, self.columns),
            "\n".join(wrap(posed.ask, self.columns)),
            posed.choices,
            self.sitting,
            self._at + 1,
            0 if self._left is None else len(self._steps) + self._left,
            self._current.kind,
            posed.sheet,
        )

    # -- answers --

    def answer(self, given: Any) -> Reply:
        """Take an answer, or a command such as /提示; an empty one turns the page or is asked for again."""
        text = as_text(given) if isinstance(given, str) or given is None else ""
        command = self._command(text)
        step = self._step()
        if command == "end" or step is None:
            return Reply(self._summary() if step is not None else (), leave=True)
        if command == "back":
            return self._back()
        if isinstance(step, int):
            return self._turn(step)
        if self._current is None or self._current.id != step:
            self._current = ask(self.material, step)
        if command:
            return self._do(command, self._current)
        if isinstance(given, str | None) and not text:
            return Reply(("还没有作答。/提示 看提示，/答案 看答案，/跳过 先不做。",), again=True)
        return self._mark(self._current, given)

    def _command(self, text: str) -> str:
        if text in ("?", "？"):
            return "hint"
        if not text.startswith(("/", "／")) or "\n" in text:
            return ""
        word = text[1:].strip().lower()
        return next((command for command, words in COMMANDS.items() if word in words), "")

    def _turn(self, page: int) -> Reply:
        assert self._lesson is not None
        self._at += 1
        if self._at >= len(self._steps):
            self._keep(progress.finish(self.progress, self._lesson, self.day))
        else:
            self._keep(progress.read_to(self.progress, self._lesson, page + 2, 0, self.day))
        return Reply()

    def _back(self) -> Reply:
        if self._at == 0:
            return Reply(("已经是开头了。",), again=True)
        self._at -= 1
        self._current = None
        return Reply()

    def _do(self, command: str, exercise: Exercise) -> Reply:
        if command == "hint":
            hint = exercise.posed.hint or "把题目再读一遍，从检验问句想起。"
            return Reply(wrap_all([hint], self.columns), again=True)
        if command == "skip":
            self._advance(exercise)
            return Reply(("先不做，不计分。",))
        shown = as_text(key(self.material, exercise))
        result = grade(self.material, exercise, None)
        self._record(exercise, Graded(0.0, result.explanation, dict.fromkeys(result.topics, 0.0)))
        start = [f"答案：{shown}"] if "\n" not in shown else ["答案：", *shown.split("\n")]
        why = [line for line in result.explanation if not line.startswith(MODEL)]
        return Reply(wrap_all([*start, *why], self.columns, "  "), 0.0)

    def _mark(self, exercise: Exercise, given: Any) -> Reply:
        result = grade(self.material, exercise, given)
        if result.unread and self._unread != exercise.id:
            self._unread = exercise.id
            return Reply(
                wrap_all([f"{result.unread}这一次不算，再写一遍；不会做就写 /答案。"], self.columns), again=True
            )
        again = result.passed and exercise.kind in levels.TASKS and self.progress.was_shown(exercise)
        self._record(exercise, result)
        lines = [f"得分 {result.points}", *result.explanation]
        if again:
            lines.append("这一题的答案您看过，这次算复习，不计升级；换一题再做。")
        reached = levels.title(self.progress)
        if reached != self._level_before:
            lines.append(f"恭喜，升到“{reached}”。")
            self._level_before = reached
        return Reply(wrap_all(lines, self.columns, "  "), result.score, result.passed)

    def _record(self, exercise: Exercise, result: Graded) -> None:
        self._scores.append(result.score)
        self._keep(progress.answered(self.progress, exercise, result, self.day))
        self._advance(exercise)

    def _advance(self, exercise: Exercise) -> None:
        self._asked.append(exercise.id)
        self._recent = [*self._recent, *exercise.posed.topics][-4:]
        self._at += 1
        self._current = None
        if self._lesson is None:
            return
        if self._at >= len(self._steps):
            self._keep(progress.finish(self.progress, self._lesson, self.day))
        else:
            pages = len(self._lesson.pages)
            self._keep(progress.read_to(self.progress, self._lesson, pages, self._at - pages, self.day))

    def _keep(self, known: Progress) -> None:
        self.progress = known
        self._save(known)

    # -- the end --

    def _summary(self) -> tuple[str, ...]:
        lines = []
        if self._scores:
            mean = sum(self._scores) / len(self._scores)
            lines.append(f"这一次做了{len(self._scores)}题，得分率{mean:.0%}。")
        following = levels.following(self.progress)
        lines.append(f"等级：{levels.title(self.progress)}。")
        if following is not None:
            lines.append(f"下一级“{following.title}”：{following.asks}；{following.measure(self.progress)[1]}。")
        weak = weak_topics(self.progress)
        if weak:
            lines.append("还不稳的：" + "；".join(topic_title(self.material, topic) for topic in weak) + "。")
        if self.progress.missed:
            lines.append(f"错过的{len(self.progress.missed)}道题会隔几天再来。")
        return wrap_all(lines, self.columns)

    def _following(self) -> tuple[str, ...]:
        """Where to go on after a lesson."""
        if self._lesson is None:
            return ()
        number = self._lesson.number + 1
        following = next((one for one in self.material.lessons.values() if one.number == number), None)
        said = (
            f"接下来：第{number}课　{following.title}。"
            if following
            else "课上完了。接下来练“照故事填表”和“当评审”：前一种做到80分升“合格”，后一种过关三次升“熟练”。"
        )
        return ("", *wrap(said, self.columns))
