"""A layout as an Excel workbook (xlsx) with merged cells, column widths and row heights like the official table."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from domain.changes import Record
from domain.exchange.sheet import Cell, Role, Sheet, placed, seed
from domain.exchange.to_docx import NOT_XML
from domain.exchange.types import ExportProblem
from domain.quantity import plain
from domain.textwidth import usual_width

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MISSING = (
    "要读写 Excel 文件，需要先安装办公文件组件：pip install 'tianbiao[office]'（或 openpyxl）。"
    "没有网络时可改用 txt、csv 或 json。"
)
MAX_CELL = 32_767
"""Characters that Excel allows in a cell."""
_LINE = 15.5
"""Height of one line of text in points."""


def write(record: Record) -> bytes:
    """The record's declaration in the form's own layout as xlsx."""
    return workbook(seed(record))


def _new_book() -> tuple[Workbook, Worksheet]:
    """An empty workbook and its one sheet; raises ExportProblem where openpyxl is not installed."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise ExportProblem(MISSING) from error
    book = Workbook()
    page = book.active
    assert page is not None
    return book, page


def workbook(sheet: Sheet) -> bytes:
    """Any layout as xlsx; raises ExportProblem where openpyxl is not installed or a cell would be too long."""
    book, page = _new_book()
    page.title = sheet.title.strip("0123456789年")[:31] or "Sheet1"
    _page(page, sheet)
    heights: dict[int, float] = {}
    for one in placed(sheet):
        row, column = one.row + 3, one.column + 1
        _fill(page, page.cell(row, column), one.cell, row, column)
        width = sum(sheet.widths[one.column : one.column + one.cell.cols])
        if one.cell.rows == 1:
            heights[row] = max(heights.get(row, 0), _height(one.cell.text, width))
    for row, height in heights.items():
        page.row_dimensions[row].height = min(max(height, 20), 409)
    _sections(page, sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _page(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    for row, text, size in ((1, sheet.title, 16), (2, sheet.note, 11)):
        cell = page.cell(row, 1)
        put_text(cell, text)
        cell.font, cell.alignment = Font("宋体", size, bold=size > 11), Alignment("center", "center")
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(sheet.widths))
    page.row_dimensions[1].height, page.row_dimensions[2].height = 30, 20
    page.page_setup.paperSize, page.page_setup.orientation = 9, "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = _fit()
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = 0.5


def _fit() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _fill(page: Worksheet, cell: Any, one: Cell, row: int, column: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    if one.role is Role.MONEY and (number := _number(one.text)) is not None:
        cell.value = number
    else:
        put_text(cell, one.text)
    side = Side("thin")
    for down in range(one.rows):
        for right in range(one.cols):
            page.cell(row + down, column + right).border = Border(side, side, side, side)
    centred = one.role in (Role.LABEL, Role.HEAD, Role.LEVEL)
    horizontal = "center" if centred else "right" if one.role is Role.MONEY else "left"
    cell.alignment = Alignment(horizontal, "center", wrap_text=True)
    cell.font = Font("宋体", 11, bold=one.role is Role.HEAD)
    if one.role in (Role.LABEL, Role.HEAD):
        cell.fill = PatternFill("solid", "F2F2F2")
    if one.rows > 1 or one.cols > 1:
        below, beside = row + one.rows - 1, column + one.cols - 1
        page.merge_cells(start_row=row, start_column=column, end_row=below, end_column=beside)


def put_text(cell: Any, text: str) -> None:
    """Write text as text: what begins with = + - @ is never a formula. Raises ExportProblem for more than Excel can hold."""
    if len(text) > MAX_CELL:
        raise ExportProblem(
            f"“{text[:20]}…”有 {len(text)} 字，超过 Excel 一格 {MAX_CELL} 字的上限；请改用 docx 或 txt 导出。"
        )
    if not text:
        return
    cell.value = NOT_XML.sub("\ufffd", text)
    cell.data_type = "s"
    if text[0] in "=+-@":
        cell.quotePrefix = True


def _number(text: str) -> float | None:
    """The amount as a number where a spreadsheet's floating point keeps it exactly."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    number = float(amount)
    return number if plain(Decimal(repr(number))) == text and len(text) <= 15 else None


def _height(text: str, width: int) -> float:
    rows = sum(max(1, math.ceil(sum(map(usual_width, line)) / max(1, width - 2))) for line in text.split("\n"))
    return rows * _LINE + 4


def _sections(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font

    row = len(sheet.rows) + 4
    for heading, text in sheet.sections:
        for content, bold in ((heading, True), (text, False)):
            cell = page.cell(row, 1)
            put_text(cell, content)
            cell.font, cell.alignment = Font("宋体", 11, bold=bold), Alignment("left", "top", wrap_text=True)
            page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(sheet.widths))
            page.row_dimensions[row].height = min(_height(content, sum(sheet.widths)), 409)
            row += 1


def plain_table(title: str, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> bytes:
    """A bare table with its heads in the first row, every cell text; raises ExportProblem as `workbook`."""
    book, page = _new_book()
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page.title = title
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = page.cell(number, column)
            put_text(cell, text)
            cell.font = Font("宋体", 11, bold=number == 1)
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "A2"
    page.page_setup.paperSize, page.page_setup.orientation = 9, "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = _fit()
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
