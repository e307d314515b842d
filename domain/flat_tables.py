"""Flat tables written row by row: csv, JSON lines and parquet, in constant memory, put in place only when they are whole."""

from __future__ import annotations

import csv
import datetime
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, TextIO

from domain.exchange.from_csv import guarded
from domain.exchange.types import ExportProblem
from domain.quantity import plain
from domain.records.atomic import FILE_MODE, make_folder

Value = str | int | bool | Decimal | datetime.date | None
Row = Sequence[Value]
DIGITS, MONEY_PLACES, NUMBER_PLACES = 28, 6, 8
"""Digits of a decimal column, and how many stand behind the point: of amounts in 万元 (a fen is the sixth), of numbers."""
BATCH = 2_000
"""Rows that a parquet file takes at once."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and what it holds (text, int, bool, date, money in 万元, number, or integer)."""

    name: str
    type: str


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
            pyarrow: Any = import_module("pyarrow")
            parquet: Any = import_module("pyarrow.parquet")
        except ImportError as error:
            raise ExportProblem(
                "写 parquet 需要 pyarrow：pip install 'tianbiao[parquet]'；也可改用 --to csv 或 jsonl。"
            ) from error
        types = {
            "text": pyarrow.string(),
            "int": pyarrow.int32(),
            "bool": pyarrow.bool_(),
            "date": pyarrow.date32(),
            "money": pyarrow.decimal128(DIGITS, MONEY_PLACES),
            "number": pyarrow.decimal128(DIGITS, NUMBER_PLACES),
        }
        self._arrow = pyarrow
        self._schema = pyarrow.schema([(column.name, types[column.type]) for column in columns])
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")
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
FORMATS = tuple(_WRITERS)


class Tables:
    """Tables being written into a folder; they get their names when all is well, else nothing is left behind."""

    def __init__(self, folder: Path, form: str, columns: Mapping[str, Sequence[Column]]) -> None:
        self.paths = {table: folder / f"{table}.{form}" for table in columns}
        self._parts = {table: path.with_name(f".{path.name}.{os.getpid()}.part") for table, path in self.paths.items()}
        self._writers: dict[str, TableWriter] = {}
        self._folder, self._make, self._columns = folder, _WRITERS[form], columns

    def __enter__(self) -> Tables:
        make_folder(self._folder)
        with ExitStack() as undo:
            undo.callback(self._discard)
            for table, part in self._parts.items():
                os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE))
                self._writers[table] = self._make(part, self._columns[table])
            undo.pop_all()
        return self

    def add(self, table: str, row: Row) -> None:
        """Write one row."""
        self._writers[table].write(row)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as undo:
            undo.callback(self._discard)
            with ExitStack() as closing:
                for writer in self._writers.values():
                    closing.callback(writer.close)
            if kind is None:
                for table, part in self._parts.items():
                    part.replace(self.paths[table])

    def _discard(self) -> None:
        for part in self._parts.values():
            part.unlink(missing_ok=True)
