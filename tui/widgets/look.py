"""How things look: few attributes, readable without colour, and text laid out by cells."""

from __future__ import annotations

from rich.style import Style

from domain.text import clean
from tui.terminal.linebreak import divide_line, truncate
from tui.terminal.widths import text_width

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
    rows: list[str] = []
    for paragraph in clean(text).split("\n"):
        start = 0
        for end in divide_line(paragraph, max(width, 2)):
            rows.append(paragraph[start:end].rstrip())
            start = end
        rows.append(paragraph[start:])
    return rows


def wrapped(text: str, width: int, style: Style = PLAIN, first: str = "", rest: str = "") -> list[Line]:
    """A text as rows with a first and a following indent."""
    rows = wrap(text, width - max(text_width(first), text_width(rest)))
    return [line((first if number == 0 else rest) + row, style) for number, row in enumerate(rows)]


def cut(text: str, width: int) -> str:
    """A text on one row, cut to a width with … where it is longer; controls removed."""
    return truncate(" ".join(clean(text).split("\n")), width)


def columns(cells: list[str], widths: list[int], gap: int = 1) -> str:
    """Texts side by side, each cut and padded to its width in cells."""
    parts = []
    for text, width in zip(cells, widths, strict=True):
        shown = cut(text, width)
        parts.append(shown + " " * (width - text_width(shown)))
    return (" " * gap).join(parts).rstrip()
