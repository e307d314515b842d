"""How many cells a character takes, as Rich and Textual count it; and counting ambiguous characters as two.

East-Asian-ambiguous characters (`“ ” … — ① ≥ ±`) take one cell in most terminals and two in PuTTY with "Treat CJK
ambiguous characters as wide" and its like. Where the probe found two, `count_ambiguous_wide()` makes Rich's own table say
so: layout, wrapping, the caret and the drawing then agree with the terminal. Box and block characters stay at one cell and
are drawn as ASCII instead (`ascii_art`), so that borders and scrollbars keep their shape.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache

import rich.cells
import rich.segment
from rich._unicode_data import load

from domain import textwidth
from domain.textwidth import CELLS, text_width

__all__ = ["CELLS", "ambiguous", "ascii_art", "count_ambiguous_wide", "text_width"]

BOX = range(0x2500, 0x25A0)


def _as_rich_counts(char: str) -> int:
    return rich.cells.get_character_cell_size(char)


textwidth.measure_by(_as_rich_counts)


@lru_cache(maxsize=4096)
def ambiguous(char: str) -> bool:
    """Whether terminals disagree on one cell or two."""
    return unicodedata.east_asian_width(char) == "A" and unicodedata.category(char) not in ("Co", "Mn", "Me")


def count_ambiguous_wide() -> None:
    """From now on count ambiguous characters as two cells, everywhere; to be called before the app draws."""
    table = load("auto")
    wide = [code for code in range(0xA0, sys.maxunicode + 1) if code not in BOX and _becomes_wide(code)]
    entries = sorted([*table.widths, *((code, code, 2) for code in wide)])
    patched = table._replace(widths=entries)
    narrow = frozenset(rich.cells._SINGLE_CELLS) - {chr(code) for code in wide}
    for module, name, value in (
        (rich.cells, "load_cell_table", lambda unicode_version="auto": patched),
        (rich.cells, "_is_single_cell_widths", narrow.issuperset),
        (rich.segment, "_is_single_cell_widths", narrow.issuperset),
    ):
        setattr(module, name, value)
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()
    CELLS.clear()


def _becomes_wide(code: int) -> bool:
    return code < 0x20000 and ambiguous(chr(code)) and rich.cells.get_character_cell_size(chr(code)) == 1


_ART = {
    0x2500: "-",
    0x2501: "-",
    0x2502: "|",
    0x2503: "|",
    0x2550: "-",
    0x2551: "|",
    0x2588: "#",
    0x2591: ":",
    0x2592: ":",
    0x2593: "#",
    0x2571: "/",
    0x2572: "\\",
    0x2594: "-",
    0x2595: "|",
    0x2580: "-",
    **dict.fromkeys(range(0x2504, 0x250C), "-"),
    **dict.fromkeys((0x2506, 0x2507, 0x250A, 0x250B, 0x254E, 0x254F), "|"),
    **dict.fromkeys((0x254C, 0x254D, 0x2574, 0x2576, 0x2578, 0x257A, 0x257C, 0x257E), "-"),
    **dict.fromkeys((0x2575, 0x2577, 0x2579, 0x257B, 0x257D, 0x257F), "|"),
    **dict.fromkeys(range(0x2581, 0x2585), "_"),
    **dict.fromkeys(range(0x2585, 0x2588), "#"),
    **dict.fromkeys(range(0x2589, 0x2591), "|"),
}


def ascii_art(char: str) -> str:
    """A box or block character as ASCII; corners and crossings are `+`. Other characters come back as they are."""
    code = ord(char)
    return _ART.get(code, "+" if code < 0x2580 else "#") if code in BOX else char
