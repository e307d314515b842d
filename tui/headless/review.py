"""Commands about review: check records as the finance bureau would."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from domain.checking import Checked, Surroundings, as_json, check, files, fix_file, judge
from domain.exchange import ExportProblem, review_sheet
from domain.records.atomic import make_folder, reason, write_atomic
from domain.records.codec import RecordError
from domain.records.files import read_record
from domain.records.store import Store
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
    store = Store(folders.records)
    paths = [Path(name) if Path(name).is_dir() else store.resolve(name) for name in arguments.record]
    if arguments.fix:
        for path in files(paths):
            _fix(path, surroundings)
    if arguments.table:
        return _write_tables(arguments, files(paths), surroundings)
    return _check_all(paths, surroundings, Severity(arguments.min_severity), as_lines=arguments.json)


def _check_all(paths: list[Path], surroundings: Surroundings, least: Severity, *, as_lines: bool) -> int:
    total = len(files(paths))
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


def _fix(path: Path, surroundings: Surroundings) -> None:
    try:
        applied = fix_file(path, surroundings).applied
    except RecordError as error:
        complain(f"{one_line(path.stem)}：{error}")
        return
    for one in applied:
        print(f"{one_line(path.stem)}\t{one.rule}\t{one.where}")
        before, after = told_apart(one.before, one.after, FIX_SHOWN)
        print(f"  原：{clean(before)}")
        print(f"  改：{clean(after)}")


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
