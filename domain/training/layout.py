"""Text laid out for a terminal of a given width in columns (列宽): wrapping with the Chinese break rules, padding, tables.

Ambiguous characters (“ ” … — · ①) are counted as two columns, so that a line fits whatever the terminal thinks of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from domain.textwidth import NO_END, NO_START, usual_width

WIDTH = 76
"""Columns of a lesson page."""

_PIECE = re.compile(r"[!-~]+|[^\s·!-~]·[^\s·!-~]|.", re.DOTALL)
"""ASCII words and numbers stay whole, everything else breaks character by character."""


@lru_cache(maxsize=8192)
def _columns(char: str) -> int:
    usual = usual_width(char)
    return 2 if usual and unicodedata.east_asian_width(char) == "A" else usual


def width(text: str) -> int:
    """The columns a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def pad(text: str, columns: int) -> str:
    """The text filled up with spaces to a width."""
    return text + " " * max(columns - width(text), 0)


def wrap(text: str, columns: int = WIDTH, indent: str = "") -> list[str]:
    """Each line of the text broken to fit; continuation lines start with the indent. An empty line stays one."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines.extend(_wrap_line(line.rstrip(), columns, indent))
    return lines


def wrap_all(texts: Iterable[str], columns: int = WIDTH, indent: str = "") -> tuple[str, ...]:
    """Every text wrapped, one after the other."""
    return tuple(line for text in texts for line in wrap(text, columns, indent))


def rewrap(lines: Iterable[str], columns: int) -> tuple[str, ...]:
    """Lines that were wrapped for WIDTH, wrapped anew for fewer columns.

    A full line and the next belong together; where continuation lines are indented, only an indented one goes on.
    """
    joined: list[str] = []
    indents: list[str] = []
    last = 0
    lines = list(lines)
    indented = any(line.startswith(" ") for line in lines)
    for line in lines:
        rest = line.lstrip(" ")
        if joined and rest and (rest != line or not indented) and last + _head(rest) > WIDTH:
            indents[-1] = line[: len(line) - len(rest)]
            joined[-1] += rest
        else:
            joined.append(line)
            indents.append("")
        last = width(line)
    return tuple(row for line, indent in zip(joined, indents, strict=True) for row in wrap(line, columns, indent))


def _head(text: str) -> int:
    """The columns that the beginning of a line would have taken at the end of the line above it."""
    pieces = _PIECE.findall(text)
    size = 0
    for at, piece in enumerate(pieces):
        size += width(piece)
        following = pieces[at + 1 : at + 2]
        if piece[-1] not in NO_END and not (following and following[0][0] in NO_START):
            break
    return size


def _wrap_line(line: str, columns: int, indent: str) -> list[str]:
    pieces = _PIECE.findall(line)
    lines: list[str] = []
    current: list[str] = []
    used = 0
    for piece in _split_long(pieces, columns - width(indent)):
        size = width(piece)
        if current and used + size > columns:
            carried = _carried(current, piece)
            lines.append("".join(current).rstrip())
            current = [indent, *carried] if indent else carried
            used = sum(map(width, current))
            if piece == " ":
                continue
        current.append(piece)
        used += size
    return [*lines, "".join(current)]


def _split_long(pieces: Sequence[str], columns: int) -> Iterable[str]:
    for piece in pieces:
        yield from (piece[at : at + columns] for at in range(0, len(piece), columns))


def _carried(current: list[str], following: str) -> list[str]:
    """Takes from the end of a full line what must stand at the start of the next one."""
    carried: list[str] = []
    head = following[0]
    for _ in range(8):
        if len(current) < 3 or (head not in NO_START and current[-1][-1] not in NO_END):
            break
        carried.insert(0, current.pop())
        head = carried[0][0]
    return carried


def table(rows: Sequence[Sequence[str]], gap: str = "  ") -> tuple[str, ...]:
    """Rows with their cells in aligned columns."""
    sizes = [max(width(row[at]) for row in rows if at < len(row)) for at in range(max(map(len, rows), default=0))]
    return tuple(gap.join(pad(cell, sizes[at]) for at, cell in enumerate(row)).rstrip() for row in rows)
