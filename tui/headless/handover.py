"""Commands that hand over: a new record from last year's, two forms compared, a folder as tables, the texts to enter elsewhere."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from domain.changes import Record
from domain.records.atomic import write_atomic
from domain.records.codec import RecordError
from domain.records.files import look_into
from domain.records.naming import SUFFIX
from domain.records.store import Store
from domain.text import one_line
from tui import FINDINGS, OK, UNREADABLE, USAGE
from tui.folders import Folders
from tui.headless.common import STDOUT, Progress, complain, decoded


def load(store: Store, reference: str) -> Iterator[tuple[str, Record]]:
    """The forms that a RECORD on the command line means, with a name each: a record, or any file that can be imported."""
    path = store.resolve(reference)
    if not path.exists():
        opened = store.open(path)  # answers were given, the file was never written
        opened.journal.close()
        yield path.stem, opened.record
    elif path.suffix == SUFFIX:
        yield path.stem, decoded(path).record
    else:
        from domain.exchange import ImportProblem, read
        from tui.outer_files import read_file

        try:
            forms = read(read_file(path), path.name)
        except ImportProblem as error:
            raise RecordError(f"{path.name}：{error}") from error
        for number, form in enumerate(forms, 1):
            yield path.stem if len(forms) == 1 else f"{path.stem} 第{number}张", form.record


def load_one(store: Store, reference: str) -> tuple[str, Record]:
    """The one form that is meant; raises RecordError where the file holds several."""
    found = list(load(store, reference))
    if len(found) != 1:
        raise RecordError(f"{reference} 里有 {len(found)} 张表；请先 tianbiao import，再指定其中一份。")
    return found[0]


def new_like(arguments: argparse.Namespace, folders: Folders) -> int:
    """`tianbiao new --like RECORD [--year Y] [--name N]`: another project's record begun from this one; prints its path."""
    from domain import copying

    store = Store(folders.records)
    for _, record in load(store, arguments.like):
        begun = copying.begun_from(record, one_line(arguments.name or ""))
        if arguments.year is not None:
            begun = replace(begun, declaration=begun.declaration.replace(("project", "year"), arguments.year))
        print(store.add(begun))
    return OK


# --- year roll -----------------------------------------------------------------------------------------------------


def new_from(arguments: argparse.Namespace, folders: Folders) -> int:
    """`tianbiao new --from RECORD [--year Y]`: this year's record from last year's; prints its path, what to do on stderr."""
    from domain import rolling

    store = Store(folders.records)
    for name, record in load(store, arguments.from_record):
        try:
            year = rolling.year_for(record, arguments.year)
        except rolling.NoYearError as error:
            complain(f"{name} {error}；请加 --year 和四位年份，例如 --year 2021。")
            return USAGE
        rolled = rolling.roll(record, year)
        print(store.add(rolled))
        for line in rolling.summary(rolled):
            complain(line)
    return OK


# --- compare -------------------------------------------------------------------------------------------------------


def run_diff(arguments: argparse.Namespace, folders: Folders) -> int:
    """`tianbiao diff A B [--json]`: what differs, in the form's terms; exit code 1 where anything does."""
    from domain import comparing, comparing_report

    store = Store(folders.records)
    (left, before), (right, after) = load_one(store, arguments.a), load_one(store, arguments.b)
    found = comparing.compare(before.declaration, after.declaration)
    if arguments.json:
        print(json.dumps(comparing_report.data(found, left, right), ensure_ascii=False, indent=2))
    else:
        for line in comparing_report.report(found, left, right):
            print(line.text)
    return OK if found.equal else FINDINGS


# --- collections ---------------------------------------------------------------------------------------------------


def run_collect(arguments: argparse.Namespace, folders: Folders) -> int:
    """`tianbiao collect DIR --to csv|jsonl|parquet -o OUT_DIR`: two flat tables; prints their paths."""
    from domain import collecting
    from domain.exchange.types import ExportProblem

    folder = Path(arguments.folder) if arguments.folder else folders.records
    if not folder.is_dir():
        complain(f"{folder} 不是文件夹，请写记录所在的文件夹。")
        return UNREADABLE
    look_into(folder)
    progress = Progress(sys.stderr, sum(1 for _ in collecting.record_paths(folder)))

    def report(count: collecting.Count, problem: str) -> None:
        if problem:
            progress.say(f"跳过 {problem}")
        progress.show(count.files)

    try:
        with collecting.tables(Path(arguments.output or "."), arguments.to) as tables:
            count = collecting.collect(folder, tables, report)
    except ExportProblem as error:
        complain(str(error))
        return USAGE
    finally:
        progress.end()
    for path in tables.paths.values():
        print(path)
    damaged = f"，跳过 {count.damaged} 份读不了的" if count.damaged else ""
    complain(f"汇总了 {count.forms} 张表、{count.indicators} 条指标{damaged}。")
    return UNREADABLE if count.damaged else OK


# --- entry ---------------------------------------------------------------------------------------------------------


def run_entry(arguments: argparse.Namespace, folders: Folders) -> int:
    """`tianbiao entry RECORD [-o FILE]`: the texts to enter in the order of the page, without borders or wrapping."""
    from domain import entering

    _, record = load_one(Store(folders.records), arguments.record)
    text = entering.as_text(record)
    if empty := entering.missing(record.declaration):
        complain(f"还有必填项空着：{'、'.join(empty)}")
    if arguments.output and arguments.output != STDOUT:
        out = Path(arguments.output)
        write_atomic(out, text.encode())
        print(out)
    else:
        print(text, end="")
    return OK
