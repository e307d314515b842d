"""Comma- or semicolon-separated tables: indicator rows, or a whole form saved from a spreadsheet."""

from __future__ import annotations

import csv
import io

from domain.exchange.form import understand
from domain.exchange.heads import is_header
from domain.exchange.labels import own_matcher
from domain.exchange.limits import TEXT_ROWS
from domain.exchange.types import Imported, ImportProblem, Row

FORMULA = "=+-@\t\r\n＝＋－\uff20"
"""Signs by which a spreadsheet takes a cell for a formula; an East Asian Excel takes the wide ones too."""


def separator(text: str) -> str:
    """The separator of a text that is a table, "" where it is none."""
    lines = [line for line in text.split("\n")[:40] if line.strip()]
    for sign in (",", ";", "，"):
        cells = [[cell.strip(' "\r') for cell in line.split(sign)] for line in lines]
        if any(is_header(row) for row in cells):
            return sign
        if sum(len(row) > 1 and own_matcher().whole(row[0], known=True) is not None for row in cells) >= 3:
            return sign
    return ""


def read(text: str, sign: str = "") -> tuple[Imported, ...]:
    """The forms in a table; raises ImportProblem for one that is cut off or too long."""
    return understand(rows(text, sign or separator(text) or ","))


def rows(text: str, sign: str) -> list[Row]:
    """The table's rows, with the apostrophe taken off that keeps a text from being a formula."""
    found: list[Row] = []
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=sign), 1
        ):
            if number > TEXT_ROWS:
                raise ImportProblem(f"csv 超过 {TEXT_ROWS} 行，不像填报表。请只留下表格部分再导入。")
            found.append(Row(tuple(bare(cell) for cell in cells), f"第{number}行", grid=True))
    except csv.Error as error:
        raise ImportProblem(
            f"csv 第 {len(found) + 1} 行读不了（引号没有成对，或一格太长）。请在表格软件里重新另存为 csv 再导入。"
        ) from error
    return found


def bare(cell: str) -> str:
    """A cell as it was before `guarded`."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("'", *FORMULA) else cell


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before = + - @ (and before an apostrophe).

    A sign that stands alone is no formula and stays as it is: the import table has a column of them.
    """
    return f"'{text}" if len(text) > 1 and text[0] in FORMULA + "'" else text
