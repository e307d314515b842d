"""Commands about review: check records as the finance bureau would."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from domain.checking import Checked, Surroundings, as_json, check, exit_code, files, fix_file, visible
from domain.records.store import Store
from domain.review import Severity
from domain.text import one_line
from tui import wiring
from tui.folders import Folders
from tui.headless.common import UNREADABLE, complain

PROGRESS_FROM = 20
"""Files from which on progress is shown on a terminal."""


def run_check(arguments: argparse.Namespace, folders: Folders) -> int:
    """Review records; exit 1 when an error stands, 3 when a file could not be read."""
    surroundings, problems = wiring.surroundings(folders)
    for problem in problems:
        complain(one_line(problem))
    store = Store(folders.records)
    paths = [Path(name) if Path(name).is_dir() else store.resolve(name) for name in arguments.record]
    if arguments.fix:
        for path in files(paths):
            _fix(path, surroundings)
    least = Severity(arguments.min_severity)
    outcomes = []
    for outcome in check(paths, surroundings, _progress(len(files(paths)))):
        outcomes.append(exit_code([outcome]))
        if arguments.json:
            print(json.dumps(as_json(outcome, least), ensure_ascii=False))
        else:
            _say(outcome, least)
    worst = max(outcomes, default=0)
    return UNREADABLE if worst == 2 else worst


def _progress(of: int) -> Callable[[int, int], None] | None:
    if of < PROGRESS_FROM or not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        end = "\n" if done == of else ""
        print(f"\r检查 {done}/{of} {'#' * (done * 30 // of):<30}", end=end, file=sys.stderr, flush=True)

    return show


def _fix(path: Path, surroundings: Surroundings) -> None:
    for one in fix_file(path, surroundings).applied:
        print(f"{one_line(path.stem)}\t{one.rule}\t{one.where}")
        print(f"  原：{one_line(one.before) or '（空）'}")
        print(f"  改：{one_line(one.after) or '（空）'}")


def _say(outcome: Checked, least: Severity) -> None:
    name = one_line(outcome.path.stem)
    if outcome.review is None:
        complain(f"{name}：{outcome.problem}")
        return
    grade = outcome.review.grade
    print(f"{name}　评级 {grade.label}　{outcome.review.total.normalize():f} 分　{grade.outcome}")
    for cap in outcome.review.grading.caps:
        print(f"  （{cap}）")
    for one in visible(outcome.review, least):
        fixable = "（可自动改）" if one.fixed is not None else ""
        print(f"  [{one.severity.label}] {one.rule.id} {one_line(one.hit.message)}{one_line(one.advice)}{fixable}")
        print(f"    依据：{one.rule.grounds}")
