"""How things look: few attributes, readable without colour, and text laid out by cells."""

from __future__ import annotations

from rich.style import Style

from domain import textwidth
from domain.text import clean
from domain.textwidth import text_width, truncate

PLAIN = Style()
BAR = Style(reverse=True)
STRONG = Style(bold=True)
CURRENT = Style(reverse=True)
ERROR = Style(bold=True, color="red")
ECHO = Style(color="green")
HELP = Style(color="cyan")
SOFT = Style(color="bright_black")

Line = tuple[tuple[str, Style], ...]
"""One row of the screen: pieces of text with their styles."""


def line(text: str, style: Style = PLAIN) -> Line:
    """A row of one piece."""
    return ((text, style),)


def wrap(text: str, width: int) -> list[str]:
    """A text on rows of at most `width` cells, broken as Chinese is; controls removed."""
    return textwidth.wrap(clean(text), width)


def wrapped(text: str, width: int, style: Style = PLAIN, first: str = "", rest: str = "") -> list[Line]:
    """A text as rows with a first and a following indent."""
    rows = wrap(text, width - max(text_width(first), text_width(rest)))
    return [line((first if number == 0 else rest) + row, style) for number, row in enumerate(rows)]


def wrapped_pieces(pieces: Line, width: int, indent: str = "") -> list[Line]:
    """Pieces of different looks as rows that follow each other as one text does; rows after the first are indented."""
    kept = [(clean(text, newlines=False), style) for text, style in pieces]
    ends = textwidth.divide_line("".join(text for text, _ in kept), max(width - text_width(indent), 2))
    rows: list[Line] = []
    start = 0
    for end in [*ends, sum(len(text) for text, _ in kept)]:
        rows.append(((indent, PLAIN), *_between(kept, start, end)) if rows else _between(kept, start, end))
        start = end
    return rows


def _between(pieces: list[tuple[str, Style]], start: int, end: int) -> Line:
    """What stands in pieces of a text at characters [start, end)."""
    found = []
    for text, style in pieces:
        if inside := text[max(start, 0) : max(end, 0)]:
            found.append((inside, style))
        start, end = start - len(text), end - len(text)
    return tuple(found)


def clipped(rows: list[Line], height: int, more: str) -> list[Line]:
    """The rows where they fit; else as many as do and, as the last, `more`, in which {} stands for how many are left out."""
    if len(rows) <= height:
        return rows
    return [*rows[: height - 1], line(more.format(len(rows) - height + 1), HELP)]


def cut(text: str, width: int) -> str:
    """A text on one row, cut to a width with … where it is longer; controls removed."""
    return truncate(" ".join(clean(text).split("\n")), width)


def cut_front(text: str, width: int) -> str:
    """A text on one row, its end kept and … before it where it is longer, as for a path; controls removed."""
    text = " ".join(clean(text).split("\n"))
    if text_width(text) <= width:
        return text
    while text and text_width(text) >= width:
        text = text[1:]
    return f"…{text}"


def cut_middle(text: str, width: int) -> str:
    """A text on one row, … in its middle where it is longer, for names that may differ in their ends only."""
    text = clean(text, newlines=False)
    if text_width(text) <= width:
        return text
    end = cut_front(text, width // 3)
    return truncate(text, width - text_width(end), "") + end


def columns(cells: list[str], widths: list[int], gap: int = 1) -> str:
    """Texts side by side, each cut and padded to its width in cells."""
    parts = []
    for text, width in zip(cells, widths, strict=True):
        shown = cut(text, width)
        parts.append(shown + " " * (width - text_width(shown)))
    return (" " * gap).join(parts).rstrip()
