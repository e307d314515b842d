"""The form in its own layout as text: tab-separated as copied from the official page, so that its import is the same record."""

from __future__ import annotations

from domain.changes import Record
from domain.exchange import values
from domain.exchange.form import FRAMEWORK_LABEL
from domain.exchange.heads import HEADER
from domain.exchange.sheet import caption, framework_cell, lines, title, year_line
from domain.model import FRAMEWORK, layout


def write(record: Record) -> bytes:
    """The record's declaration as UTF-8 text."""
    return text(record).encode()


def text(record: Record) -> str:
    """The record's declaration as text."""
    declaration = record.declaration
    found = [f"## {title(declaration)}", "", year_line(declaration), ""]
    for row in layout()[1:]:
        cells = [cell for one in row for cell in (f"{caption(one)}：", values.written(one, declaration.get(one.path)))]
        found.append("\t".join([*cells, "", ""][:4]))
    if declaration.framework != FRAMEWORK:
        found.append("\t".join([f"{FRAMEWORK_LABEL}：", framework_cell(declaration), "", ""]))
    found += ["", "\t".join(HEADER)]
    found += ["\t".join(line.cells) for line in lines(declaration)]
    return "\n".join(found) + "\n"


def indicator_block(record: Record) -> str:
    """The indicator table alone as tab-separated lines, every row with its levels, to paste into a web form or a sheet."""
    rows = [(row.level1, row.level2, row.name, row.target) for row in record.declaration.indicators]
    return "".join("\t".join(row) + "\n" for row in [HEADER, *rows])
