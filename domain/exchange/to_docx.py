"""A layout as a Word document (docx) on A4, with merged cells and column widths like the official table."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from domain.changes import Record
from domain.exchange.sheet import Placed, Role, Sheet, placed, seed
from domain.exchange.types import ExportProblem

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

MISSING = (
    "要读写 Word 文件，需要先安装办公文件组件：pip install 'tianbiao[office]'（或 python-docx）。"
    "没有网络时可改用 txt、html 或 json。"
)
NOT_XML = re.compile("[\ufffe\uffff]")
"""Characters that no XML file can hold."""
_PAGE, _MARGINS, _TEXT_WIDTH = (210, 297), (18, 16), 178
"""A4 in mm: page, margins (top and bottom, left and right), width of the table."""
_FONT = "宋体"


def write(record: Record) -> bytes:
    """The record's declaration in the form's own layout as docx."""
    return document(seed(record))


def document(sheet: Sheet) -> bytes:
    """Any layout as docx; raises ExportProblem where python-docx is not installed."""
    try:
        import docx
    except ImportError as error:
        raise ExportProblem(MISSING) from error
    found = docx.Document()
    _page(found)
    _centred(found, sheet.title, 16, bold=True)
    _centred(found, sheet.note, 10.5)
    _table(found, sheet)
    for heading, text in sheet.sections:
        _paragraph(found.add_paragraph(), heading, 12, bold=True)
        for line in text.split("\n"):
            _paragraph(found.add_paragraph(), line, 10.5)
    found.core_properties.title = NOT_XML.sub("\ufffd", sheet.title)[:255]
    found.core_properties.author = found.core_properties.comments = ""
    data = io.BytesIO()
    found.save(data)
    return data.getvalue()


def _page(found: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = found.sections[0]
    section.page_width, section.page_height = Mm(_PAGE[0]), Mm(_PAGE[1])
    section.top_margin = section.bottom_margin = Mm(_MARGINS[0])
    section.left_margin = section.right_margin = Mm(_MARGINS[1])
    style: Any = found.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)


def _centred(found: Document, text: str, size: float, *, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = found.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(6)
    _paragraph(paragraph, text, size, bold=bold)


def _paragraph(paragraph: Any, text: str, size: float, *, bold: bool = False) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(NOT_XML.sub("\ufffd", text))
    run.font.size, run.bold = Pt(size), bold or None


def _table(found: Document, sheet: Sheet) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Mm

    table = found.add_table(rows=len(sheet.rows), cols=len(sheet.widths), style="Table Grid")
    _pad(table)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Mm(_TEXT_WIDTH * width / sum(sheet.widths)) for width in sheet.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    grid = [list(row.cells) for row in table.rows]
    for row in grid:
        for cell, width in zip(row, widths, strict=True):
            cell.width = width
    for one in placed(sheet):
        last = grid[one.row + one.cell.rows - 1][one.column + one.cell.cols - 1]
        first = grid[one.row][one.column]
        _fill(first.merge(last) if last is not first else first, one)
    _repeat_nothing_split(table)


def _pad(table: Any) -> None:
    """A little room above and below the text of every cell, in twentieths of a point."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 40), ("left", 90), ("bottom", 40), ("right", 90)):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(width))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    table._tbl.tblPr.append(margins)


def _fill(cell: _Cell, one: Placed) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    role = one.cell.role
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = one.cell.text.split("\n")
    for extra in cell.paragraphs[1:]:
        cell._tc.remove(extra._p)
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if role in (Role.LABEL, Role.HEAD, Role.LEVEL):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif role is Role.MONEY:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _paragraph(paragraph, line, 10.5, bold=role is Role.HEAD)
    if role in (Role.LABEL, Role.HEAD):
        _shade(cell)


def _shade(cell: _Cell) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F2F2F2")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat_nothing_split(table: Any) -> None:
    """Keep short rows on one page; narratives may break across pages."""
    from docx.oxml import OxmlElement

    for row in table.rows:
        if max(len(cell.text) for cell in row.cells) < 200:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
