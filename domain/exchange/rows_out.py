"""Indicator rows for other programs: csv of the form's rows, and the import table of the finance systems (指标导入表)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from domain.changes import Record
from domain.exchange.crossing import number, sign, target_of
from domain.exchange.from_csv import guarded
from domain.exchange.heads import HEADER
from domain.marks import EXPLAINED, WEIGHTS, beside, row_keys
from domain.model import Indicator

IMPORT_HEADER = ("一级指标", "二级指标", "三级指标名称", "计算符号", "指标值", "计量单位", "权重（分值）", "指标值说明")
"""The columns of the finance systems' import table."""


def write_csv(record: Record) -> bytes:
    """The indicator rows as csv with BOM, which spreadsheets open as UTF-8; no cell is taken for a formula."""
    rows = ((row.level1, row.level2, row.name, row.target) for row in record.declaration.indicators)
    return _csv([HEADER, *rows])


def write_import_csv(record: Record) -> bytes:
    """The import table as csv."""
    return _csv([IMPORT_HEADER, *_import_rows(record)])


def write_import_xlsx(record: Record) -> bytes:
    """The import table as xlsx, heads in the first row as the systems ask."""
    from domain.exchange.to_xlsx import plain_table

    return plain_table("指标导入", [IMPORT_HEADER, *_import_rows(record)], (18, 14, 36, 10, 14, 10, 14, 30))


def _import_rows(record: Record) -> list[tuple[str, ...]]:
    weights, explained = beside(record, WEIGHTS), beside(record, EXPLAINED)
    rows = record.declaration.indicators
    return [
        (*_import_row(row), weights.get(key, ""), explained.get(key, ""))
        for row, key in zip(rows, row_keys(rows), strict=True)
    ]


def _import_row(row: Indicator) -> tuple[str, ...]:
    target = target_of(row)
    return (row.level1, row.level2, row.name, sign(target), number(target), target.unit)


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


_BESIDE = {WEIGHTS: "权重（分值）", EXPLAINED: "指标值说明"}


def _left_empty(record: Record, table: str, label: str) -> str:
    """What is to be said of a column for which the form has no place: nothing where every row has come with it."""
    kept = beside(record, table)
    rows = record.declaration.indicators
    bare = [row.name for row, key in zip(rows, row_keys(rows), strict=True) if key not in kept]
    if not kept:
        return f"{label}下达表里没有，留空待填"
    return f"没有{label}，留空待填：{'、'.join(bare)}" if bare else ""


def losses(record: Record) -> tuple[str, ...]:
    """What the import table cannot know."""
    found = [text for table, label in _BESIDE.items() if (text := _left_empty(record, table, label))]
    if empty := [row.name for row in record.declaration.indicators if not row.target.strip()]:
        found.append(f"没有目标值，系统会退回：{'、'.join(empty)}")
    bare = [row.name for row in record.declaration.indicators if target_of(row).is_number and not target_of(row).unit]
    if bare:
        found.append(f"没有计量单位，导入时可能被退回：{'、'.join(bare)}")
    return tuple(found)
