"""Commands about records: import, show, list, new, export, paths."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from domain.changes import Record
from domain.json_values import json_form
from domain.model import Declaration
from domain.quantity import plain
from domain.records import naming
from domain.records.atomic import reason
from domain.records.codec import RecordError
from domain.records.files import read_record
from domain.records.store import Store
from domain.text import one_line
from tui import OK, UNREADABLE, USAGE
from tui.folders import Folders
from tui.headless.common import complain, decoded
from tui.record_keys import progress

STDIN = STDOUT = "-"


def run_import(arguments: argparse.Namespace, folders: Folders) -> int:
    """Turn forms in files into records; prints one path a line, what was odd on stderr."""
    from domain.exchange import ImportProblem, read
    from tui.outer_files import read_file, read_stream

    store, code = Store(folders.records), OK
    for name in arguments.file:
        try:
            data = read_stream(sys.stdin.buffer) if name == STDIN else read_file(Path(name))
            forms = read(data, name)
        except OSError as error:
            complain(f"{one_line(name)}：读不了（{reason(error)}），请核对路径。")
            code = UNREADABLE
            continue
        except ImportProblem as error:
            complain(f"{one_line(name)}：{error}")
            code = UNREADABLE
            continue
        for form in forms:
            path = store.add(form.record)
            print(path)
            if path.stem != naming.stem_for(form.record.declaration):
                complain(f"{path.name}：已有同年同名的记录，这份另存")
            for oddity in form.oddities:
                complain(f"{path.name}：{oddity}")
            for text in form.unplaced:
                complain(f"{path.name}：没有归处，留在记录的 [unplaced] 里：{text}")
    return code


def run_show(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print a record as the form, or as JSON with the TOML's keys."""
    store = Store(folders.records)
    path = store.resolve(arguments.record)
    record = decoded(path).record if path.exists() else store.open(path).record
    if arguments.json:
        print(json.dumps(json_form(record.declaration), ensure_ascii=False, indent=2))
    else:
        print(form_text(record))
    return OK


def form_text(record: Record, width: int = 80) -> str:
    """The form as plain lines in its own order."""
    from domain.exchange import preview

    return "\n".join(preview.lines(record, width))


def run_export(arguments: argparse.Namespace, folders: Folders) -> int:
    """Write a record in another format; what the format cannot hold is said on stderr."""
    from domain.exchange import ExportProblem, exporter
    from tui import outgoing

    if arguments.to == "list":
        for one in outgoing.of_file(folders, folders.records, Record()).targets:
            print(f"{one.id}\t{outgoing.in_a_line(one)}")
        return OK
    path = Store(folders.records).resolve(arguments.record)
    leaving = outgoing.of_file(folders, path, decoded(path).record)
    if not folders.exports:
        leaving = replace(leaving, folder=Path())
    try:
        target = exporter(arguments.to, leaving.targets)
        for lost in outgoing.told_losses(leaving, target):
            complain(lost)
        if arguments.output == STDOUT:
            sys.stdout.buffer.write(target.write(leaving.record))
            return OK
        named = arguments.output or ""  # a shell has taken quotes and ~ away already, and is where it is
        out = leaving.placed(target, named, Path(named)) if named else leaving.path(target)
        leaving.write(target, out, replacing=True)
    except ExportProblem as error:
        complain(str(error))
        return USAGE
    print(out)
    return OK


def run_list(arguments: argparse.Namespace, folders: Folders) -> int:
    """List the records: file stem, year, name, amount, how complete."""
    store = Store(folders.records)
    for path in store.paths():
        try:
            declaration = read_record(path).declaration
        except (OSError, RecordError) as error:
            print(f"{one_line(path.stem)}\t损坏\t{one_line(reason(error))}")
            continue
        filled, of = progress(declaration)
        amount = declaration.funding.requested or declaration.funding.total
        money = f"{plain(amount)}万元" if amount is not None else ""
        name = declaration.project.name
        rows = len(declaration.indicators)
        print(f"{one_line(path.stem)}\t{declaration.project.year or ''}\t{name}\t{money}\t{filled}/{of}\t指标{rows}")
    for path in store.drafts():
        print(f"{one_line(path.stem)}\t未存成文件，tianbiao fill 可接着填")
    return OK


def run_new(arguments: argparse.Namespace, folders: Folders) -> int:
    """Make an empty record, and print its path; what recurs is offered when it is filled."""
    if arguments.from_record:
        from tui.headless.handover import new_from

        return new_from(arguments, folders)
    declaration = Declaration()
    if arguments.year is not None:
        declaration = declaration.replace(("project", "year"), arguments.year)
    if arguments.name is not None:
        declaration = declaration.replace(("project", "name"), one_line(arguments.name))
    print(Store(folders.records).add(Record(declaration)))
    return OK


def run_paths(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print the folders in use."""
    for label, folder in folders.lines():
        print(f"{label}\t{folder}")
    return OK
