"""Any layout as Markdown or as plain lines, for layouts that are read and never imported again."""

from __future__ import annotations

import re

from domain.exchange.sheet import Cell, Role, Sheet, placed

_SPECIAL = re.compile(r"([\\`*_|~#\[\]])")


def markdown(sheet: Sheet) -> bytes:
    """One Markdown table; a merged cell stands in the first of the places that it covers."""
    columns = len(sheet.widths)
    grid = [[""] * columns for _ in sheet.rows]
    for one in placed(sheet):
        grid[one.row][one.column] = _escaped(one.cell.text).replace("\n", "<br>")
    found = [f"# {_escaped(sheet.title)}", "", _escaped(sheet.note), ""]
    found += [_row([""] * columns), _row(["---"] * columns), *map(_row, grid)]
    for heading, text in sheet.sections:
        found += ["", f"## {_escaped(heading)}", "", *_escaped(text).split("\n")]
    return ("\n".join(found) + "\n").encode()


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))


def text(sheet: Sheet) -> bytes:
    """A row of the table on a line, its cells divided by tabs; long texts follow below, indented."""
    found = [sheet.title, sheet.note, ""]
    for row in sheet.rows:
        found.append("\t".join(cell.text for cell in row if not _long(cell)))
        found += [f"  {line}" for cell in row if _long(cell) for line in cell.text.split("\n")]
    for heading, content in sheet.sections:
        found += ["", heading, *content.split("\n")]
    return ("\n".join(line.rstrip() for line in found) + "\n").encode()


def _long(cell: Cell) -> bool:
    return cell.role is Role.LONG or "\n" in cell.text
