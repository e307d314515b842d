"""Commands about learning: a lesson or practice, papers, grading in bulk, progress, a class's report."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from domain.records.atomic import write_atomic
from domain.text import clean, one_line
from domain.training import ExerciseError
from tui import FINDINGS, OK, UNREADABLE, USAGE, learning, wiring
from tui.folders import Folders
from tui.headless.common import complain, lines_of


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
        from tui.plain.lessons import sit

        return sit(wanted, folders)
    from tui.arguments import flags
    from tui.opening import Wanted, open_screen

    return open_screen(flags(arguments), Wanted(lesson=wanted))


# -- papers and grading --


def _exam(arguments: argparse.Namespace, folders: Folders) -> int:
    """Write a paper, its key and the sheet to answer in; prints their paths."""
    from domain.training import exam

    missing = [option for option in ("seed", "out") if not getattr(arguments, option)]
    if missing:
        lacking = "、".join(f"--{option}" for option in missing)
        complain(f"用法不对：还缺 {lacking}。例如 tianbiao learn exam --seed 7 --out 试卷.md")
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
    for result in grade_lines(wiring.material(), lines_of(arguments.jsonl), with_key=arguments.key):
        failed += "error" in result
        print(json.dumps(result, ensure_ascii=False) if arguments.json else _graded(result), flush=True)
    if failed:
        complain(f"{failed}行没法评分，原因写在各行的结果里。")
    return FINDINGS if failed else OK


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
    if not found.rows and not found.problems:
        complain(f"{one_line(str(folder))} 里没有学员的进度文件（进度在哪里：tianbiao paths）。")
    print(found.csv() if arguments.csv else clean(found.table()), end="" if arguments.csv else "\n")
    return OK


ACTIONS: Mapping[str, Callable[[argparse.Namespace, Folders], int]] = {
    "exam": _exam,
    "grade": _grade,
    "progress": _progress,
    "report": _report,
}
