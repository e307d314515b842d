"""Collections (汇总): a folder of records as two flat tables, forms and indicators, in constant memory.

One record is read at a time and its rows are handed to a writer of csv, JSON lines or parquet; columns are derived from the
form's fields and stay the same whatever the records hold.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

from domain.answers import shown
from domain.fields import Field, Kind
from domain.flat_tables import DIGITS, MONEY_PLACES, NUMBER_PLACES, Column, Tables, Value
from domain.framework import roles_of
from domain.model import Declaration, fields
from domain.quantity import parse_target
from domain.records import naming
from domain.records.atomic import reason
from domain.records.codec import RecordError
from domain.records.files import read_record
from domain.text import one_line

FORMS, INDICATORS = "forms", "indicators"
"""The two tables; a file's name is the table's with the format as suffix."""


def _columns_of(one: Field) -> tuple[Column, ...]:
    name = str(one.path[1])
    if one.spec.kind is Kind.CODED:
        return Column(f"{name}_code", "text"), Column(f"{name}_name", "text")
    if one.spec.kind is Kind.SUBJECTS:
        stem = name.removesuffix("s")
        return Column(f"{stem}_codes", "text"), Column(f"{stem}_names", "text")
    types = {Kind.YEAR: "int", Kind.DATE: "date", Kind.MONEY: "money", Kind.YES_NO: "bool"}
    return (Column(name, types.get(one.spec.kind, "text")),)


FORM_COLUMNS: tuple[Column, ...] = (
    Column("file", "text"),
    *(column for one in fields() for column in _columns_of(one)),
    Column("framework", "text"),
    Column("indicators", "int"),
)
"""One row a form; amounts are in 万元, several codes are joined by a comma."""

INDICATOR_COLUMNS: tuple[Column, ...] = (
    *(Column(name, "int" if name == "year" else "text") for name in ("file", "year", "unit", "project")),
    Column("position", "int"),
    *(Column(name, "text") for name in ("level1", "level2", "role", "name", "target", "target_operator")),
    Column("target_number", "number"),
    Column("target_unit", "text"),
)
"""One row an indicator, with what is needed of its form; the target as written and taken apart."""

COLUMNS = {FORMS: FORM_COLUMNS, INDICATORS: INDICATOR_COLUMNS}


def form_row(file: str, declaration: Declaration) -> list[Value]:
    """The form as a row of FORM_COLUMNS."""
    found: list[Value] = [file]
    for one in fields():
        found += _cells(one, declaration.get(one.path))
    return [*found, declaration.framework, len(declaration.indicators)]


def _cells(one: Field, value: Any) -> list[Value]:
    if one.spec.kind is Kind.CODED:
        return [value.code, value.name] if value else ["", ""]
    if one.spec.kind is Kind.SUBJECTS:
        return [",".join(item.code for item in value), ",".join(item.name for item in value)]
    if one.spec.kind is Kind.MONEY:
        return [_fitted(value, MONEY_PLACES)]
    if one.spec.kind in (Kind.YEAR, Kind.DATE, Kind.YES_NO):
        return [value]
    return [shown(value)]


def _fitted(number: Decimal | None, places: int) -> Decimal | None:
    """The number to so many places, None where it has more digits than a table holds."""
    if number is None or number.adjusted() >= DIGITS - places:
        return None
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)


def indicator_rows(file: str, declaration: Declaration) -> Iterator[list[Value]]:
    """The form's indicators as rows of INDICATOR_COLUMNS."""
    roles = roles_of(declaration.framework)
    project = declaration.project
    for position, row in enumerate(declaration.indicators, 1):
        target = parse_target(row.target)
        taken = [target.operator, _fitted(target.number, NUMBER_PLACES), target.unit]
        names = [row.level1, row.level2, roles.get(row.slot, ""), row.name, row.target]
        yield [file, project.year, project.unit, project.name, position, *names, *taken]


@dataclass
class Count:
    """How far a collection has come; damaged counts the files that were left out."""

    files: int = 0
    forms: int = 0
    indicators: int = 0
    damaged: int = 0


def record_paths(folder: Path, unread: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """The record files below a folder in a stable order; hidden folders and links to folders are passed over.

    `unread` is told of each folder that cannot be looked into.
    """
    for root, folders, files in os.walk(folder, onerror=unread):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(naming.SUFFIX) and not name.startswith("."):
                yield Path(root, name)


def tables(folder: Path, form: str) -> Tables:
    """The two tables, to be written into a folder as csv, jsonl or parquet; raises ExportProblem where an extra is missing."""
    return Tables(folder, form, COLUMNS)


def collect(folder: Path, into: Tables, report: Callable[[Count, str], None]) -> Count:
    """Write every record below the folder; `report` is told after each file, with the reason where one was left out."""
    count = Count()

    def unread(error: OSError) -> None:
        count.damaged += 1
        report(count, f"{_shown(Path(error.filename).relative_to(folder))}：文件夹打不开（{reason(error)}）")

    for path in record_paths(folder, unread):
        file, problem = _shown(path.relative_to(folder)), ""
        count.files += 1
        try:
            declaration = _read(path)
        except (OSError, RecordError) as error:
            problem = f"{file}：{reason(error)}"
            count.damaged += 1
        else:
            into.add(FORMS, form_row(file, declaration))
            for row in indicator_rows(file, declaration):
                into.add(INDICATORS, row)
            count.forms += 1
            count.indicators += len(declaration.indicators)
        report(count, problem)
    return count


def _shown(path: Path) -> str:
    """A path as text that every table can hold, also where its name is no UTF-8."""
    return one_line(os.fsencode(path).decode("utf-8", "replace"))


def _read(path: Path) -> Declaration:
    record = read_record(path)
    if record.declaration == Declaration() and record.extra and not record.meta:
        raise RecordError("里面没有表的内容，不像一份记录；请核对是不是选错了文件")
    return record.declaration
