"""Key cards (按键卡) as rows: what each key of a screen does, in two columns where there is room."""

from __future__ import annotations

from itertools import zip_longest

from tui import keymap
from tui.actions import SCREENS
from tui.terminal.widths import text_width
from tui.widgets.look import PLAIN, STRONG, Line, line, wrap

COLUMN = 38
"""Cells that a column needs at least."""

KEYS = 14
"""Cells of the keys within a column, a gap included."""


def card_rows(screen: str, width: int) -> list[Line]:
    """The screen's title and its keys with what they do."""
    count = 2 if width >= 2 * COLUMN + 2 else 1
    room = (width - 2 * (count - 1)) // count
    cells = [_cell(keys, about, room) for keys, about in keymap.card(screen)]
    columns: list[list[str]] = [[] for _ in range(count)]
    half, at = (sum(map(len, cells)) + 1) // 2, 0
    for cell in cells:
        if at + 1 < count and len(columns[at]) >= half:
            at += 1
        columns[at] += cell
    texts = ("  ".join(_padded(cell, room) for cell in row).rstrip() for row in zip_longest(*columns, fillvalue=""))
    return [line(f"【{SCREENS[screen].title}】", STRONG), *(line(text, PLAIN) for text in texts)]


def _cell(keys: str, about: str, room: int) -> list[str]:
    """Keys and what they do, on as many rows as that takes."""
    first, *rest = wrap(about, room - KEYS)
    lead = _padded(keys, KEYS - 1)
    if text_width(keys) >= KEYS:
        return [keys, *(" " * KEYS + row for row in (first, *rest))]
    return [f"{lead} {first}", *(" " * KEYS + row for row in rest)]


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - text_width(text))
