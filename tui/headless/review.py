"""Commands about review: check records as the finance bureau would."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from domain.checking import Checked, Surroundings, as_json, check, files, fix_file, judge
from domain.exchange import ExportProblem, review_sheet
from domain.records.atomic import make_folder, reason, write_atomic
from domain.records.codec import RecordError
from domain.records.files import read_record
from domain.records.store import Store, UnknownRecordError
from domain.review import Severity
from domain.rules.chains import links
from domain.text import clean, one_line
from tui import FINDINGS, OK, UNREADABLE, USAGE, wiring
from tui.findings import Only, Results, as_text, told_apart
from tui.folders import Folders
from tui.headless.common import Progress, complain

PROGRESS_FROM = 20
"""Files from which on progress is shown on a terminal."""
FIX_SHOWN = 200
"""Characters shown of a text before and after a fix."""
TABLE_SUFFIX = ".docx"
"""What the review table is written as where only a folder is named."""


def run_check(arguments: argparse.Namespace, folders: Folders) -> int:
    """Review records; exit 1 when an error stands, 3 when a file could not be read. With --table only the tables are written."""
    surroundings = wiring.surroundings(folders)
    for problem in surroundings.problems:
        complain(problem)
    paths, code = _meant(arguments.record, Store(folders.records))
    if code == OK and not paths:
        complain("这里没有记录可检查。")
    if arguments.fix:
        out = sys.stderr if arguments.json else sys.stdout
        code = max([code, *(_fix(path, surroundings, out) for path in paths)])
    if arguments.table:
        return max(code, _write_tables(arguments, paths, surroundings))
    return max(code, _check_all(paths, surroundings, Severity(arguments.min_severity), as_lines=arguments.json))


def _meant(names: Sequence[str], store: Store) -> tuple[list[Path], int]:
    """The record files that are named, those of a folder too; and the exit code for what there is not."""
    found, code = [], OK
    for name in names:
        try:
            found.append(Path(name) if Path(name).is_dir() else store.resolve(name))
        except UnknownRecordError as error:
            complain(str(error))
            code = UNREADABLE
    return files(found), code


def _check_all(paths: list[Path], surroundings: Surroundings, least: Severity, *, as_lines: bool) -> int:
    total = len(paths)
    progress = Progress(sys.stderr, total) if total >= PROGRESS_FROM else None
    if progress:
        progress.show(0)
    worst = OK
    for done, outcome in enumerate(check(paths, surroundings), 1):
        worst = max(worst, _exit_code(outcome))
        if progress and sys.stdout.isatty():
            progress.wipe()
        for oddity in outcome.oddities:
            complain(f"{one_line(outcome.path.stem)}：{oddity}")
        if as_lines:
            print(json.dumps(as_json(outcome, least), ensure_ascii=False))
        else:
            _say(outcome, least)
        if progress:
            progress.show(done)
    if progress:
        progress.end()
    return worst


def _exit_code(outcome: Checked) -> int:
    if outcome.review is None:
        return UNREADABLE
    return FINDINGS if outcome.review.of(Severity.ERROR) else OK


def _fix(path: Path, surroundings: Surroundings, out: TextIO) -> int:
    """Make a record's certain fixes and say which; returns an exit code."""
    try:
        applied = fix_file(path, surroundings).applied
    except (OSError, RecordError) as error:
        complain(f"{one_line(path.stem)}：{reason(error)}")
        return UNREADABLE
    for one in applied:
        before, after = told_apart(one.before, one.after, FIX_SHOWN)
        print(f"{one_line(path.stem)}\t{one.rule}\t{one.where}", file=out)
        print(f"  原：{clean(before)}\n  改：{clean(after)}", file=out)
    return OK


def _say(outcome: Checked, least: Severity) -> None:
    name = one_line(outcome.path.stem)
    if outcome.review is None or outcome.case is None:
        complain(f"{name}：{outcome.problem}")
        return
    only = {Severity.ERROR: Only.ERRORS, Severity.WARNING: Only.SERIOUS, Severity.INFO: Only.ALL}[least]
    compared = links(outcome.case) if only is Only.ALL else ()
    print(f"《{name}》\n{clean(as_text(Results(outcome.review, compared), only))}")


# --- the review table ------------------------------------------------------------------------------------------------


def _write_tables(arguments: argparse.Namespace, paths: list[Path], surroundings: Surroundings) -> int:
    """Write the official table of each record: into the file named, or into the folder named, as Word files."""
    target, many = Path(arguments.table), len(paths) > 1
    into_folder = target.is_dir() or arguments.table.endswith("/")
    if many and not into_folder:
        complain(f"要写 {len(paths)} 份审核表，--table 后面请写一个文件夹（末尾加 /），不是文件。")
        return USAGE
    suffix = TABLE_SUFFIX if into_folder else target.suffix.lower()
    if suffix not in review_sheet.FORMATS:
        complain(f"不认识“{suffix or target.name}”这种文件；审核表可以写成 {'、'.join(review_sheet.FORMATS)}。")
        return USAGE
    for path in paths:
        exporter = review_sheet.exporter(judge(path, surroundings), suffix, key_project=arguments.key_project)
        out = target / f"{path.stem}-审核表{suffix}" if into_folder else target
        try:
            data = exporter.write(read_record(path))
            make_folder(out.parent)
            write_atomic(out, data)
        except ExportProblem as problem:
            complain(str(problem))
            return USAGE
        except (OSError, RecordError) as error:
            complain(f"{one_line(path.stem)} 的审核表没有写成：{reason(error)}")
            return UNREADABLE
        print(out)
    return OK
