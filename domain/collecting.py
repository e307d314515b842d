"""Collections (汇总): a folder of records as two flat tables, forms and indicators, in constant memory.

One record is read at a time and its rows are handed to a writer of csv, JSON lines or parquet; columns are derived from the
form's fields and stay the same whatever the records hold.
"""

from __future__ import annotations

import csv
import datetime
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, TextIO

from domain.answers import shown
from domain.exchange.from_csv import guarded
from domain.exchange.types import ExportProblem
from domain.fields import Field, Kind
from domain.framework import framework
from domain.model import Declaration, fields
from domain.quantity import parse_target, plain
from domain.records import naming
from domain.records.atomic import make_folder
from domain.records.codec import RecordError, decode
from domain.records.store import read_text

Value = str | int | bool | Decimal | datetime.date | None
FORMATS = ("csv", "jsonl", "parquet")
FORMS, INDICATORS = "forms", "indicators"
"""The two tables; a file's name is the table's with the format as suffix."""
MONEY_PLACES, NUMBER_PLACES = 6, 8
"""Decimal places kept of amounts in 万元 (a fen is the sixth) and of numbers in targets."""
_DIGITS = 28
BATCH = 2_000
"""Rows that a parquet file takes at once."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and what it holds (text, int, bool, date, money in 万元, number, or integer)."""

    name: str
    type: str


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
Row = Sequence[Value]


def form_row(file: str, declaration: Declaration) -> list[Value]:
    """The form as a row of FORM_COLUMNS."""
    found: list[Value] = [file]
    for one in fields():
        found += _cells(one, declaration.get(one.path))
    return [*found, declaration.framework, len(declaration.indicators)]


def _cells(one: Field, value: Any) -> list[Value]:
    if one.spec.kind is Kind.CODED:
        return [value.code, value.name] if value else [None, None]
    if one.spec.kind is Kind.SUBJECTS:
        return [",".join(item.code for item in value), ",".join(item.name for item in value)]
    if one.spec.kind is Kind.MONEY:
        return [_fitted(value, MONEY_PLACES)]
    if one.spec.kind in (Kind.YEAR, Kind.DATE, Kind.YES_NO):
        return [value]
    return [shown(value)]


def _fitted(number: Decimal | None, places: int) -> Decimal | None:
    """The number to so many places, None where it has more digits than a table holds."""
    if number is None or number.adjusted() >= _DIGITS - places:
        return None
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)


def indicator_rows(file: str, declaration: Declaration) -> Iterator[list[Value]]:
    """The form's indicators as rows of INDICATOR_COLUMNS."""
    try:
        roles = {slot.key: slot.role for slot in framework(declaration.framework).slots}
    except KeyError:
        roles = {}
    project = declaration.project
    for position, row in enumerate(declaration.indicators, 1):
        target = parse_target(row.target)
        taken = [target.operator, _fitted(target.number, NUMBER_PLACES), target.unit]
        names = [row.level1, row.level2, roles.get(row.slot, ""), row.name, row.target]
        yield [file, project.year, project.unit, project.name, position, *names, *taken]


# --- writing -------------------------------------------------------------------------------------------------------


class TableWriter(Protocol):
    """Takes the rows of one table, one after the other."""

    def write(self, row: Row) -> None:
        """Add a row."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


class _Csv:
    """csv with BOM, which spreadsheets open as UTF-8; no text is taken for a formula."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._file: TextIO = path.open("w", encoding="utf-8", newline="")
        self._file.write("\ufeff")
        self._csv = csv.writer(self._file)
        self._csv.writerow(column.name for column in columns)

    def write(self, row: Row) -> None:
        self._csv.writerow(guarded(value) if isinstance(value, str) else _plain(value) for value in row)

    def close(self) -> None:
        self._file.close()


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, Decimal) else "" if value is None else str(value)


class _JsonLines:
    """One JSON object a line; amounts are JSON numbers with every digit."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._file: TextIO = path.open("w", encoding="utf-8", newline="\n")
        self._keys = [json.dumps(column.name) for column in columns]

    def write(self, row: Row) -> None:
        pairs = (f"{key}: {_json(value)}" for key, value in zip(self._keys, row, strict=True))
        self._file.write("{" + ", ".join(pairs) + "}\n")

    def close(self) -> None:
        self._file.close()


def _json(value: Value) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return json.dumps(value.isoformat() if isinstance(value, datetime.date) else value, ensure_ascii=False)


class _Parquet:
    """Parquet in batches, so that memory does not grow with the collection."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError as error:
            raise ExportProblem(
                "写 parquet 需要 pyarrow：pip install 'tianbiao[parquet]'；也可改用 --to csv 或 jsonl。"
            ) from error
        types = {
            "text": pyarrow.string(),
            "int": pyarrow.int32(),
            "bool": pyarrow.bool_(),
            "date": pyarrow.date32(),
            "money": pyarrow.decimal128(_DIGITS, MONEY_PLACES),
            "number": pyarrow.decimal128(_DIGITS, NUMBER_PLACES),
        }
        self._arrow = pyarrow
        self._schema = pyarrow.schema([(column.name, types[column.type]) for column in columns])
        self._writer = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def write(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            arrays = [
                self._arrow.array(values, type=kind.type)
                for values, kind in zip(zip(*self._rows, strict=True), self._schema, strict=True)
            ]
            self._writer.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))
            self._rows = []

    def close(self) -> None:
        self._flush()
        self._writer.close()


_WRITERS: dict[str, Callable[[Path, Sequence[Column]], TableWriter]] = {
    "csv": _Csv,
    "jsonl": _JsonLines,
    "parquet": _Parquet,
}


class Tables:
    """Both tables being written into a folder; they get their names when all is well, else nothing is left behind."""

    def __init__(self, folder: Path, form: str) -> None:
        self.paths = {table: folder / f"{table}.{form}" for table in COLUMNS}
        self._parts = {table: path.with_name(f".{path.name}.{os.getpid()}.part") for table, path in self.paths.items()}
        self._writers: dict[str, TableWriter] = {}
        self._folder, self._make = folder, _WRITERS[form]

    def __enter__(self) -> Tables:
        make_folder(self._folder)
        with ExitStack() as undo:
            undo.callback(self._discard)
            for table, part in self._parts.items():
                self._writers[table] = self._make(part, COLUMNS[table])
            undo.pop_all()
        return self

    def add(self, file: str, declaration: Declaration) -> None:
        """Write one form."""
        self._writers[FORMS].write(form_row(file, declaration))
        for row in indicator_rows(file, declaration):
            self._writers[INDICATORS].write(row)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as undo:
            undo.callback(self._discard)
            for writer in self._writers.values():
                undo.callback(writer.close)
        if kind is None:
            for table, part in self._parts.items():
                part.replace(self.paths[table])

    def _discard(self) -> None:
        for part in self._parts.values():
            part.unlink(missing_ok=True)


# --- collecting ----------------------------------------------------------------------------------------------------


@dataclass
class Count:
    """How far a collection has come."""

    files: int = 0
    forms: int = 0
    indicators: int = 0
    damaged: list[str] = field(default_factory=list)


def record_paths(folder: Path) -> Iterator[Path]:
    """The record files below a folder in a stable order; hidden folders and links to folders are passed over."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(naming.SUFFIX) and not name.startswith("."):
                yield Path(root, name)


def collect(folder: Path, tables: Tables, report: Callable[[Count, str], None]) -> Count:
    """Write every record below the folder; `report` is told after each file, with the reason where one was left out."""
    count = Count()
    for path in record_paths(folder):
        file, problem = str(path.relative_to(folder)), ""
        count.files += 1
        try:
            declaration = decode(read_text(path)).record.declaration
        except (OSError, RecordError) as error:
            problem = f"{file}：{error}"
            count.damaged.append(file)
        else:
            tables.add(file, declaration)
            count.forms += 1
            count.indicators += len(declaration.indicators)
        report(count, problem)
    return count
