"""What importers and exporters give and take: an imported record with what was odd, and problems said in Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from domain.changes import Record
from domain.exchange.oddities import Oddity

UNPLACED = "unplaced"
"""The TOML table that keeps text from the imported file for which the form has no place."""


class ExchangeError(Exception):
    """Something outside our hands; the message is Chinese and says what, where and how to go on."""


class ImportProblem(ExchangeError):  # noqa: N818 - what a file has is a problem, not an error of ours
    """A file that cannot be read as a form."""


class ExportProblem(ExchangeError):  # noqa: N818 - as above
    """A form that cannot be written, such as where an extra is not installed."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One form read: the record, what was odd or repaired, and texts that found no place (also in record.extra)."""

    record: Record
    oddities: tuple[Oddity, ...] = ()
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells as found in a file; a line of text without tabs is a row of one cell."""

    cells: tuple[str, ...]
    place: str = ""
    """Where it stood, for people: 第3行, 工作表“Sheet1”第3行."""
    grid: bool = False
    """Whether the cells are those of a real table, where an empty first cell means something; False for a line of text."""

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells that hold something."""
        return tuple(cell for cell in self.cells if cell.strip())
