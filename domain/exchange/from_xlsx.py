"""Excel workbooks (xlsx): every sheet as rows of cells, merged cells blank but for their first, numbers as people see them."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain.exchange import archive
from domain.exchange.draft import imported
from domain.exchange.form import understand
from domain.exchange.limits import SHEET_CELLS
from domain.exchange.oddities import Oddity, OddityKind
from domain.exchange.types import Imported, ImportProblem, Row
from domain.model import Declaration

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MISSING = (
    "要读 Excel 文件，需要先安装办公文件组件：pip install 'tianbiao[office]'（或 openpyxl）。"
    "也可以在 Excel 里另存为 csv，或复制表格存成 txt 再导入。"
)
_WHAT = "Excel 文件"
_UNIT = re.compile(r'[#,0.]+\s*"([^"]{1,8})"(?:;.*)?')
"""A number format that shows a unit behind the number: 0"株"."""


def read(data: bytes) -> tuple[Imported, ...]:
    """The forms in a workbook, sheet by sheet; raises ImportProblem."""
    archive.opened(data, _WHAT)
    found: list[Imported] = []
    passed: list[Oddity] = []
    for title, rows in _sheets(data):
        forms = understand(rows)
        if found and len(forms) == 1 and _completes(found[-1], forms[0]):
            found[-1] = _joined(found[-1], forms[0])
        else:
            found.extend(forms)
        cells = sum(len(row.filled) for row in rows)
        if not forms and cells:
            said = f"工作表“{title}”里没有认出填报表，{cells} 格文字没有读入"
            passed.append(Oddity(OddityKind.LEFT_OUT, said, raw=title))
    if found and passed:
        first = found[0]
        found[0] = Imported(first.record, (*first.oddities, *passed), first.unplaced)
    return tuple(found)


def _completes(form: Imported, other: Imported) -> bool:
    """Whether a sheet holds nothing but the indicator table that the form before it lacks."""
    declaration = form.record.declaration
    alone = replace(other.record.declaration, indicators=(), framework=declaration.framework) == replace(
        Declaration(), framework=declaration.framework
    )
    return alone and bool(other.record.declaration.indicators) and not declaration.indicators


def _joined(form: Imported, table: Imported) -> Imported:
    first, second = form.record.declaration, table.record.declaration
    declaration = replace(first, indicators=second.indicators, framework=second.framework)
    whole = imported(declaration, (*form.oddities, *table.oddities), (*form.unplaced, *table.unplaced))
    return replace(whole, record=replace(whole.record, meta={**table.record.meta, **whole.record.meta}))


def _sheets(data: bytes) -> Iterator[tuple[str, list[Row]]]:
    try:
        import openpyxl
    except ImportError as error:
        raise ImportProblem(MISSING) from error
    try:
        formulas = openpyxl.load_workbook(io.BytesIO(data))
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # openpyxl raises whatever its parts meet in a broken file
        raise ImportProblem(
            f"{_WHAT}的内容不合规范，读不了（{type(error).__name__}）。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
        ) from error
    for sheet in formulas.worksheets:
        yield sheet.title, _rows(sheet, values[sheet.title])


def _rows(sheet: Worksheet, values: Any) -> list[Row]:
    """The rows that hold something, without the empty columns on the left."""
    cells = [cell for cell in sheet._cells.values() if cell.value is not None]
    if len(cells) > SHEET_CELLS:
        raise ImportProblem(f"工作表“{sheet.title}”有 {len(cells)} 格内容，不像填报表。请只留下表格部分再导入。")
    if not cells:
        return []
    left = min(cell.column for cell in cells)
    by_row: dict[int, list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        by_row.setdefault(cell.row, []).append(cell)
    rows = []
    for number, row in by_row.items():
        texts = [""] * (row[-1].column - left + 1)
        for cell in row:
            texts[cell.column - left] = _text(cell, values.cell(cell.row, cell.column).value)
        rows.append(Row(tuple(texts), f"工作表“{sheet.title}”第{number}行", grid=True))
    return rows


def _text(cell: Cell, value: Any) -> str:
    """A cell as it is seen: the formula's result where one is stored, the formula itself where none is."""
    if value is None or (cell.data_type != "f" and isinstance(cell.value, str)):
        value = cell.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, (int, float)):
        return _number(value, str(cell.number_format))
    return str(value)


def _number(value: float, shape: str) -> str:
    if "%" in shape:
        return f"{_digits(round(value * 100, 10))}%"
    if shape.strip("0") == "" and len(shape) > 1 and value == int(value):
        return str(int(value)).zfill(len(shape))
    unit = _UNIT.fullmatch(shape)
    return f"{_digits(value)}{unit[1] if unit else ''}"


def _digits(value: float) -> str:
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(value, "f") if isinstance(value, float) and "e" in repr(value) else repr(value)
