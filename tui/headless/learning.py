"""Commands about learning: lessons and practice line by line, papers, grading in bulk, progress, a class's report."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from domain.records.atomic import write_atomic
from domain.text import clean, one_line
from domain.training import ExerciseError, Mode, Question, Reply, Trainer
from domain.training.layout import WIDTH
from domain.training.trainer import COMMANDS as TRAINER_COMMANDS
from tui import learning, wiring
from tui.folders import Folders
from tui.headless.common import FINDINGS, INTERRUPTED, OK, UNREADABLE, USAGE, complain
from tui.practice_form import Draft

END = "."
"""The line that ends a long answer."""
STDIN = "-"


def run_learn(arguments: argparse.Namespace, folders: Folders) -> int:
    """Run one of `tianbiao learn …`; what is no action is a lesson."""
    action = ACTIONS.get(arguments.what)
    if action is not _report and arguments.folder is not None:
        complain(f"用法不对：多了“{one_line(arguments.folder)}”。课名里有空格时请加引号。")
        return USAGE
    try:
        return _begin(arguments, folders) if action is None else action(arguments, folders)
    except ExerciseError as error:
        complain(str(error))
        return USAGE


# -- a sitting --


def _begin(arguments: argparse.Namespace, folders: Folders) -> int:
    """A sitting on the full screen; line by line where that is wanted, or where there is no terminal."""
    wanted = arguments.what.strip()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return sit(wanted, folders)
    from tui.arguments import flags
    from tui.opening import LEARN, open_screen

    return open_screen(flags(arguments), f"{LEARN}{wanted}")


def sit(wanted: str, folders: Folders) -> int:
    """A sitting line by line; raises ExerciseError for what is no lesson, kind or exercise."""
    for stream in (sys.stdin, sys.stdout):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    notebook = learning.open_notebook(folders)
    for problem in notebook.problems:
        complain(problem)
    made = learning.begin(learning.trainer(wiring.material(), notebook, WIDTH), wanted, folders)
    code = PlainTrainer(made, sys.stdin, sys.stdout, folders).run()
    if notebook.trouble:
        complain(notebook.trouble)
        return UNREADABLE
    return code


class PlainTrainer:
    """A trainer on standard input and output; no escape codes, 助手：and 你：mark who speaks."""

    def __init__(self, trainer: Trainer, source: TextIO, out: TextIO, folders: Folders) -> None:
        self._trainer, self._source, self._out, self._folders = trainer, source, out, folders
        self._long: list[str] = []
        """The lines of a long answer that is being given."""
        self._interactive = source.isatty()

    def run(self) -> int:
        """Ask until the sitting or the input ends."""
        shown = ""
        draft: Draft | None = None
        try:
            self._line(f"助手：{self._trainer.sitting}。/提示 /答案 /跳过 /上一页 随时可写，/结束 离开。")
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
                    self._line("助手：输入结束，学到这里都记下了。")
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
            self._line("")
            self._line("助手：已中断，学到这里都记下了。")
            return INTERRUPTED

    def _line(self, text: str) -> None:
        print(clean(text), file=self._out, flush=True)

    def _together(self, draft: Draft, answer: str | None) -> str | None:
        """The lines after what was written before, kept as the draft: a label that comes twice counts the last time."""
        text = "\n".join([*filter(None, [draft.text("")]), *self._long])
        self._long = []
        draft.keep(text)
        return None if answer is None else text

    def _ask(self, question: Question, written: str) -> None:
        count = f"（{question.done}{f'/{question.of}' if question.of else ''}）" if question.done else ""
        self._line("")
        self._line(f"助手：{count}{question.title}")
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
            self._line(text if number else f"助手：{text}")

    def _take(self, question: Question) -> str | None:
        self._long = []
        first = self._read("你：")
        if first is None or question.mode is not Mode.LONG or not first.strip():
            return first
        if first.strip() == END:
            return ""
        if first.lstrip()[:1] in ("/", "／", "?", "？"):
            return first
        self._long.append(first)
        while (line := self._read("")) is not None and line.strip() != END:
            self._long.append(line)
        return None if line is None else "\n".join(self._long)

    def _read(self, prompt: str) -> str | None:
        if self._interactive:
            import readline  # noqa: F401  the terminal's own line is cut at 4,095 bytes

            try:
                return input(prompt)
            except EOFError:
                return None
        if prompt:
            self._out.write(prompt)
            self._out.flush()
        line = self._source.readline()
        if prompt:
            self._line("")
        return line.rstrip("\r\n") if line else None


def _goes_back(answer: str) -> bool:
    return answer.strip()[1:] in TRAINER_COMMANDS["back"]


# -- papers and grading --


def _exam(arguments: argparse.Namespace, folders: Folders) -> int:
    """Write a paper, its key and the sheet to answer in; prints their paths."""
    from domain.training import exam

    if not arguments.seed or not arguments.out:
        complain("用法不对：还缺 --seed 或 --out。例如 tianbiao learn exam --seed 7 --out 试卷.md")
        return USAGE
    out = Path(arguments.out)
    if out.suffix == ".jsonl" or not out.name:
        complain("用法不对：--out 写试卷的文件名，如 试卷.md。")
        return USAGE
    paper = exam(wiring.material(), arguments.seed, arguments.n)
    answers = out.with_name(f"{out.stem}-答案{out.suffix}")
    sheet = out.with_name(f"{out.stem}.jsonl")
    for path, text in ((out, paper.markdown()), (answers, paper.key_markdown())):
        write_atomic(path, text.encode())
        print(path)
    if sheet.exists() and sheet.read_bytes() != paper.jsonl().encode():
        complain(f"{sheet} 里已有答题内容，没有覆盖。")
        return OK
    write_atomic(sheet, paper.jsonl().encode())
    print(sheet)
    return OK


def _grade(arguments: argparse.Namespace, folders: Folders) -> int:
    """Grade answers, one result a line; a line that cannot be used says so in its result, and the exit code is 1."""
    from domain.training import grade_lines

    if not arguments.jsonl:
        complain("用法不对：还缺 --jsonl 文件。")
        return USAGE
    failed = 0
    with _lines(arguments.jsonl) as lines:
        for result in grade_lines(wiring.material(), lines, with_key=arguments.key):
            failed += "error" in result
            print(json.dumps(result, ensure_ascii=False) if arguments.json else _graded(result), flush=True)
    if failed:
        complain(f"{failed}行没法评分，原因写在各行的结果里。")
    return FINDINGS if failed else OK


@contextmanager
def _lines(name: str) -> Iterator[TextIO]:
    """The lines of a file or of standard input; bytes that are no UTF-8 spoil their own line only."""
    if name == STDIN:
        reconfigure = getattr(sys.stdin, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
        yield sys.stdin
    else:
        with Path(name).open(encoding="utf-8", errors="replace") as file:
            yield file


def _graded(result: Mapping[str, Any]) -> str:
    said = [f"第{result['line']}行　{one_line(str(result['exercise']))}　得分 {result['score'] * 100:.0f}"]
    said += [f"  {line}" for line in clean(str(result["explanation"])).split("\n")]
    return "\n".join([*said, *([f"  参考答案：{one_line(str(result['key']))}"] if "key" in result else [])])


# -- progress --


def _progress(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print the trainee's progress."""
    from domain.training import progress_lines

    notebook = learning.open_notebook(folders)
    for problem in notebook.problems:
        complain(problem)
    for line in progress_lines(wiring.material(), notebook.progress):
        print(clean(line))
    return OK


def _report(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print the progress of a class as a table or CSV."""
    from domain.training import report

    if arguments.folder is None:
        complain("用法不对：还缺文件夹。例如 tianbiao learn report 全班 --csv")
        return USAGE
    folder = Path(arguments.folder)
    if not folder.is_dir():
        complain(f"{one_line(str(folder))}：没有这个文件夹。")
        return UNREADABLE
    found = report(wiring.material(), folder)
    for problem in found.problems:
        complain(one_line(problem))
    print(found.csv() if arguments.csv else clean(found.table()), end="" if arguments.csv else "\n")
    return OK


ACTIONS: Mapping[str, Callable[[argparse.Namespace, Folders], int]] = {
    "exam": _exam,
    "grade": _grade,
    "progress": _progress,
    "report": _report,
}
