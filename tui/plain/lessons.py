"""Lessons and practice line by line (上课、练习): a sitting of the trainer on a console."""

from __future__ import annotations

import sys

from domain.training import Mode, Question, Reply, Trainer
from domain.training.layout import WIDTH
from domain.training.trainer import COMMANDS
from tui import INTERRUPTED, OK, UNREADABLE, learning, wiring
from tui.folders import Folders
from tui.plain import streams
from tui.plain.console import END, Console, Ended
from tui.practice_form import Draft


def sit(wanted: str, folders: Folders) -> int:
    """A sitting; returns the exit code, raises ExerciseError for what is no lesson, kind or exercise."""
    notebook = learning.open_notebook(folders)
    for problem in notebook.problems:
        print(problem, file=sys.stderr)
    made = learning.begin(learning.trainer(wiring.material(), notebook, WIDTH), wanted, folders)
    code = Sitting(made, Console(*streams()), folders).run()
    if notebook.trouble:
        print(notebook.trouble, file=sys.stderr)
        return UNREADABLE
    return code


class Sitting:
    """A trainer's questions and answers on a console."""

    def __init__(self, trainer: Trainer, console: Console, folders: Folders) -> None:
        self._trainer, self._console, self._folders = trainer, console, folders
        self._line = console.line
        self._long: list[str] = []
        """The lines of a long answer that is being given."""

    def run(self) -> int:
        """Ask until the sitting or the input ends; returns the exit code."""
        shown = ""
        draft: Draft | None = None
        try:
            self._console.say(f"{self._trainer.sitting}。/提示 /答案 /跳过 /上一页 随时可写，/结束 离开。")
            while True:
                question = self._trainer.question()
                draft = Draft(self._folders, question.key) if question.kind in learning.DRAFTED else None
                if question.key != shown:
                    self._ask(question, draft.text("") if draft else "")
                    if draft:
                        draft.keep(draft.text(""))
                shown = question.key
                if question.mode is Mode.DONE:
                    return OK
                answer = self._take(question)
                if draft and question.mode is Mode.LONG and self._long:
                    answer = self._together(draft, answer)
                if answer is None:
                    self._line()
                    self._console.say("输入结束，学到这里都记下了。")
                    return OK
                reply = learning.answered(self._trainer, answer)
                self._tell(reply)
                if reply.leave:
                    return OK
                if draft and not reply.again and not _goes_back(answer):
                    draft.drop()
                shown = shown if reply.again else ""
        except KeyboardInterrupt:
            if draft and self._long:
                self._together(draft, None)
            self._line()
            self._console.say("已中断，学到这里都记下了。")
            return INTERRUPTED

    def _together(self, draft: Draft, answer: str | None) -> str | None:
        """The lines after what was written before, kept as the draft: a label that comes twice counts the last time."""
        text = "\n".join([*filter(None, [draft.text("")]), *self._long])
        self._long = []
        draft.keep(text)
        return None if answer is None else text

    def _ask(self, question: Question, written: str) -> None:
        count = f"（{question.done}{f'/{question.of}' if question.of else ''}）" if question.done else ""
        self._line()
        self._console.say(f"{count}{question.title}")
        for text in question.lines:
            self._line(text)
        for number, choice in enumerate(question.choices, 1):
            self._line(f"{number}. {choice}")
        if question.mode is Mode.DONE:
            return
        self._line(question.ask)
        if written.strip():
            self._line("上次写到这里，接着写；要改的那几行再写一遍就行：")
            self._line(written)
        elif question.prefill:
            self._line("可以照抄下面的样子，填在冒号和竖线后面：")
            self._line(question.prefill)
        if question.mode is Mode.LONG:
            self._line(f"可写多行，最后单独一行写一个“{END}”结束。")

    def _tell(self, reply: Reply) -> None:
        for number, text in enumerate(reply.lines):
            if number:
                self._line(text)
            else:
                self._console.say(text)

    def _take(self, question: Question) -> str | None:
        """The answer, None at the end of the input; the lines of a long one stand in `_long` as far as they came."""
        self._long = []
        try:
            first = self._console.read()
            if question.mode is not Mode.LONG or not first.strip():
                return first
            if first.strip() == END:
                return ""
            if first.lstrip()[:1] in ("/", "／", "?", "？"):
                return first
            self._long.append(first)
            while (line := self._console.read("")).strip() != END:
                self._long.append(line)
        except Ended:
            return None
        return "\n".join(self._long)


def _goes_back(answer: str) -> bool:
    return answer.strip()[1:] in COMMANDS["back"]
