"""A layout as a grid of merged cells, drawn alike by Markdown, HTML, docx and xlsx; and the form's own layout as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.answers import shown
from domain.changes import Record
from domain.exchange import markup, values
from domain.exchange.form import FRAMEWORK_LABEL
from domain.exchange.heads import HEADER, NAME
from domain.exchange.misread import mended
from domain.exchange.table import is_misread
from domain.fields import Field, Kind
from domain.framework import Framework, framework
from domain.model import FRAMEWORK, Declaration, Indicator, layout

TITLE = "部门项目支出预算绩效目标下达表"
"""The form's name, as on the official page."""


class Role(StrEnum):
    """What a cell is, for its looks."""

    LABEL = "label"
    VALUE = "value"
    MONEY = "money"
    LONG = "long"
    HEAD = "head"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over `rows` × `cols` of the grid."""

    text: str
    role: Role = Role.VALUE
    cols: int = 1
    rows: int = 1


def label_cell(text: str, cols: int = 1) -> Cell:
    """A cell that names what stands beside or below it."""
    return Cell(text, Role.LABEL, cols=cols)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A layout ready to draw: rows hold only the cells that begin in them, left to right, covered places left out.

    widths are the columns' shares in characters; sections stand below the table as headings with texts.
    """

    title: str
    note: str
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the row and column where it begins."""

    row: int
    column: int
    cell: Cell


def placed(sheet: Sheet) -> Iterator[Placed]:
    """Every cell with its place in the grid, taking account of cells that reach down from above."""
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(sheet.rows):
        column = 0
        for cell in row:
            while (number, column) in covered:
                column += 1
            yield Placed(number, column, cell)
            covered.update((number + down, column + right) for down in range(cell.rows) for right in range(cell.cols))
            column += cell.cols


# --- the form's own layout -----------------------------------------------------------------------------------------


def title(declaration: Declaration) -> str:
    """2020年部门项目支出预算绩效目标下达表."""
    year = str(declaration.project.year or "")
    return f"{year}年{TITLE}" if re.fullmatch(r"\d{4}", year) else TITLE


def year_line(declaration: Declaration) -> str:
    """年份（2020）, with the label from the form."""
    one = layout()[0][0]
    return f"{one.spec.label}（{shown(declaration.get(one.path))}）"


def caption(one: Field) -> str:
    """The label as printed: with a star where the field is required."""
    return one.spec.label + ("*" if one.spec.required else "")


def seed(record: Record) -> Sheet:
    """The form in its own layout: label and value twice a row, narratives across, then the indicator table."""
    declaration = record.declaration
    rows: list[tuple[Cell, ...]] = []
    for pair in layout()[1:]:
        cells: list[Cell] = []
        for one, cols in zip(pair, (4,) if len(pair) == 1 else (2, 1), strict=True):
            text = values.written(one, declaration.get(one.path), lines=True)
            cells += [label_cell(caption(one)), Cell(text, _role(one), cols=cols)]
        rows.append(tuple(cells))
    if declaration.framework != FRAMEWORK:
        rows.append((label_cell(FRAMEWORK_LABEL), Cell(framework_cell(declaration), Role.VALUE, cols=4)))
    rows.append(tuple(Cell(head, Role.HEAD, cols=2 if head == NAME else 1) for head in HEADER))
    rows.extend(_merged(lines(declaration)))
    return Sheet(title(declaration), year_line(declaration), _WIDTHS, tuple(rows))


_WIDTHS = (20, 16, 14, 20, 28)
"""Columns of the form: label, value (two), label, value above; level 1, level 2, name (two), target below."""


def _role(one: Field) -> Role:
    return {Kind.LONG: Role.LONG, Kind.MONEY: Role.MONEY}.get(one.spec.kind, Role.VALUE)


def framework_cell(declaration: Declaration) -> str:
    """The framework's id as a cell, guarded where it would not read back."""
    name = declaration.framework
    return name if markup.is_bare(name) else markup.guard(name)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the indicator table as it is shown; a blank level is that of the row above."""

    level1: str
    level2: str
    name: str = ""
    target: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The four cells."""
        return (self.level1, self.level2, self.name, self.target)


def lines(declaration: Declaration) -> list[Line]:
    """The table in the record's order, with every slot of the framework, empty ones included."""
    try:
        frame = framework(declaration.framework)
    except KeyError:
        frame = Framework(declaration.framework, "", "", ())
    return list(_Lines(frame).of(declaration.indicators))


class _Lines:
    """Lines made one after the other, remembering which slot stands above."""

    def __init__(self, frame: Framework) -> None:
        self.keys = [slot.key for slot in frame.slots]
        self.above: tuple[str, str] | None = None

    def of(self, rows: tuple[Indicator, ...]) -> Iterator[Line]:
        used = {row.slot for row in rows}
        empty = [(order, key) for order, key in enumerate(self.keys) if key not in used]
        for row in rows:
            order = self.keys.index(row.slot) if row.slot in self.keys else -1
            while empty and empty[0][0] < order:
                yield self._line(empty.pop(0)[1])
            yield self._line(row.slot, row)
        for _, key in empty:
            yield self._line(key)

    def _line(self, slot: tuple[str, str], row: Indicator | None = None) -> Line:
        name, target = _content(row) if row else ("", "")
        if slot not in self.keys:
            self.above = None
            return Line(markup.guard(slot[0]), markup.guard(slot[1]), name, target)
        level1, level2 = slot
        if self.above and self.above[0] == level1:
            level1 = ""
            level2 = "" if self.above == slot and row else level2
        self.above = slot
        return Line(level1, level2, name, target)


def _content(row: Indicator) -> tuple[str, str]:
    name, target = (_guarded(text) if text else "" for text in (row.name, row.target))
    if mended(row.name, row.target).said and not markup.is_literal(name):
        name = markup.guard(name)
    return (name, target) if name or target else (markup.guard(""), "")


def _guarded(text: str) -> str:
    return text if markup.is_bare(text) and not is_misread(text) else markup.guard(text)


def _merged(table: list[Line]) -> Iterator[tuple[Cell, ...]]:
    for number, line in enumerate(table):
        cells = []
        if line.level1:
            cells.append(Cell(line.level1, Role.LEVEL, rows=_reach([other.level1 for other in table[number:]])))
        if line.level2:
            cells.append(Cell(line.level2, Role.LEVEL, rows=_reach([other.level2 for other in table[number:]])))
        yield (*cells, Cell(line.name, cols=2), Cell(line.target))


def _reach(column: list[str]) -> int:
    """How many rows the first cell of a column covers: itself and the blank ones below."""
    return next((number for number, text in enumerate(column[1:], 1) if text), len(column))
