"""Commands about records: import, show, list, new, export, paths."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from domain.changes import Record
from domain.json_values import json_form
from domain.model import Declaration
from domain.quantity import plain
from domain.records import naming
from domain.records.atomic import make_folder, reason
from domain.records.codec import RecordError
from domain.records.files import read_record
from domain.records.store import Store
from domain.text import one_line
from tui import OK, UNREADABLE, USAGE
from tui.folders import Folders
from tui.headless.common import STDIN, STDOUT, complain, decoded
from tui.record_keys import progress


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
    if not arguments.record:
        complain("用法不对：还缺 记录。例如 tianbiao export 2020-热线 --to docx")
        return USAGE
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
        if named.endswith("/"):
            make_folder(out.parent)
        replaced = out.is_file()
        leaving.write(target, out, replacing=True)
    except ExportProblem as error:
        complain(str(error))
        return USAGE
    print(out)
    if replaced:
        complain(f"原来的 {out.name} 换成了这一份。")
    return OK


def run_list(arguments: argparse.Namespace, folders: Folders) -> int:
    """List the records: file stem, year, name, amount, how complete; with --json one object a line."""
    for row in _listed(Store(folders.records)):
        if arguments.json:
            print(json.dumps(row, ensure_ascii=False))
        else:
            print("\t".join(_cells(row)))
    return OK


def _listed(store: Store) -> Iterator[dict[str, Any]]:
    """Each record as data: `state` says whether it could be read; a draft was never written as a file."""
    for path in store.paths():
        row = {"record": path.stem, "path": str(path)}
        try:
            declaration = read_record(path).declaration
        except (OSError, RecordError) as error:
            yield row | {"state": "damaged", "problem": one_line(reason(error))}
            continue
        project, funding = declaration.project, declaration.funding
        answered, asked = progress(declaration)
        yield row | {
            "state": "sound",
            "year": project.year,
            "unit": project.unit,
            "name": project.name,
            "total": None if funding.total is None else plain(funding.total),
            "requested": None if funding.requested is None else plain(funding.requested),
            "answered": answered,
            "asked": asked,
            "indicators": len(declaration.indicators),
        }
    for path in store.drafts():
        yield {"record": path.stem, "path": str(path), "state": "draft"}


def _cells(row: Mapping[str, Any]) -> Sequence[str]:
    """A record of the list as people read it."""
    name = one_line(row["record"])
    if row["state"] == "damaged":
        return name, "损坏", row["problem"]
    if row["state"] == "draft":
        return name, "未存成文件，tianbiao fill 可接着填"
    amount = row["requested"] or row["total"]
    money = "" if amount is None else f"{amount}万元"
    done = f"{row['answered']}/{row['asked']}"
    return name, str(row["year"] or ""), row["name"], money, done, f"指标{row['indicators']}"


def run_new(arguments: argparse.Namespace, folders: Folders) -> int:
    """Make a record, empty or from another, and print its path; what recurs is offered when it is filled."""
    if arguments.from_record or arguments.like:
        from tui.headless import handover

        return (handover.new_from if arguments.from_record else handover.new_like)(arguments, folders)
    declaration = Declaration()
    if arguments.year is not None:
        declaration = declaration.replace(("project", "year"), arguments.year)
    if arguments.name is not None:
        declaration = declaration.replace(("project", "name"), one_line(arguments.name))
    print(Store(folders.records).add(Record(declaration)))
    return OK


def run_paths(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print the folders in use."""
    if arguments.json:
        print(json.dumps({key: str(folder) for key, _, folder in folders.named()}, ensure_ascii=False, indent=2))
        return OK
    for _, label, folder in folders.named():
        print(f"{label}\t{folder}")
    return OK
