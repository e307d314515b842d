"""How many terminal cells a text takes, and where Chinese text may be broken (禁则): for every wrapped text there is.

Pure. A face that knows its terminal better says so with `measure_by`; layout made here and drawn there then agree.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

_NOTHING = (range(0x1160, 0x1200), range(0xD7B0, 0xD800), range(0x1F3FB, 0x1F400), (0x2028, 0x2029, 0x3164, 0xFFA0))
"""Characters without a cell of their own beside controls and marks: joining jamo, skin tones, line separators, fillers."""
_SIGNS = frozenset((0xAD, 0x6DD, 0x70F, 0x8E2, 0x110BD, 0x110CD, *range(0x600, 0x606), *range(0x890, 0x892)))
"""Format characters that are drawn all the same: the soft hyphen, signs around Arabic numbers."""
_WIDE = (
    range(0x2630, 0x2638),
    range(0x268A, 0x2690),
    range(0x4DC0, 0x4E00),
    range(0x1D300, 0x1D357),
    range(0x1D360, 0x1D377),
)
"""Trigrams, hexagrams and counting rods, wide since Unicode 16."""


def usual_width(char: str) -> int:
    """The cells of a character in most terminals: 2 for wide ones, 1 for ambiguous ones, 0 for controls and marks."""
    code = ord(char)
    if any(code in part for part in _WIDE):
        return 2
    if any(code in part for part in _NOTHING) or (
        unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf", "Cc") and code not in _SIGNS
    ):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class _Widths(dict[str, int]):
    """Cells by character, filled as characters are met."""

    measure: Callable[[str], int] = staticmethod(usual_width)

    def __missing__(self, char: str) -> int:
        size = self[char] = self.measure(char)
        return size


CELLS = _Widths()
"""`CELLS[char]` is the width of one character in cells."""


def measure_by(measure: Callable[[str], int]) -> None:
    """From now on count as `measure` does, everywhere."""
    CELLS.measure = measure
    CELLS.clear()


def text_width(text: str) -> int:
    """The cells a text takes, character by character."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(CELLS.__getitem__, text))


def pad(text: str, width: int) -> str:
    """The text filled up with spaces to a width in cells."""
    return text + " " * (width - text_width(text))


def truncate(text: str, cells: int, mark: str = "…") -> str:
    """The text cut to a width in cells, ending in `mark` when anything was cut; never half a character."""
    if text_width(text) <= cells:
        return text
    room = cells - text_width(mark)
    if room < 0:
        return "." * max(cells, 0)
    ends = list(accumulate(CELLS[char] for char in text))
    return text[: bisect_right(ends, room)].rstrip() + mark


# --- breaking ------------------------------------------------------------------------------------------------------

NO_START = frozenset(
    "、。，；：！？…—～·）》」』】〕〉］｝”’％‰℃°㎡㎏々〻゛゜ー"  # noqa: RUF001
    ",.;:!?)]}%>'\"﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞｡､｣"
)
"""Characters no line begins with."""

NO_END = frozenset("（《「『【〔〈［｛“‘￥＄№＃" + "([{<$#" + "﹙﹛﹝｢")  # noqa: RUF001
"""Characters no line ends with."""

LOOK_BACK = 12
"""Characters a break may move back for a rule; beyond that the line is broken where it is full."""

WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
"""Characters that make up words and numbers; no break stands between two of them in a word that fits on a line."""


def wrap(text: str, width: int) -> list[str]:
    """The text on rows of at most `width` cells (2 at least), without blanks at the ends of rows that were broken."""
    rows: list[str] = []
    for paragraph in text.split("\n"):
        start = 0
        for end in divide_line(paragraph, max(width, 2)):
            rows.append(paragraph[start:end].rstrip())
            start = end
        rows.append(paragraph[start:])
    return rows


def divide_line(text: str, width: int, fold: bool = True) -> list[int]:
    """The indices at which to break one line; blanks at its end may hang over and are to be cut off."""
    if text.isascii() and len(text) <= width:
        return []
    return breaks(text, [CELLS[char] for char in text], width, hang=len(text), fold=fold)


def breaks(text: str, sizes: Sequence[int], width: int, hang: int, fold: bool) -> list[int]:
    """Where to break a line of characters of these sizes; `hang` is how many blanks may stand beyond the end of a row.

    Words longer than a row are broken where `fold`, else they stand out.
    """
    ends = list(accumulate(sizes))  # ends[i]: cells up to and with character i
    if width < 1 or not ends or ends[-1] <= width:
        return []
    found: list[int] = []
    start = 0
    while True:
        before = ends[start - 1] if start else 0
        full = max(bisect_right(ends, before + width), start + 1)  # the first character that does not fit
        hung = full
        while hung < len(text) and hung - full < hang and text[hung] == " ":
            hung += 1
        if hung >= len(text):
            return found
        start = hung if hung > full else _best(text, sizes, start, full, width, fold)
        if start >= len(text):
            return found
        found.append(start)


def _best(text: str, sizes: Sequence[int], start: int, full: int, width: int, fold: bool) -> int:
    """The last good break after `start` and not after `full`."""
    place = full
    if text[full] in WORD and text[full - 1] in WORD:
        head = full - 1
        while head > start and text[head - 1] in WORD:
            head -= 1
        tail = full
        while tail < len(text) and text[tail] in WORD:
            tail += 1
        fits = sum(sizes[head:tail]) <= width
        if head == start and not fits:
            return full if fold else tail
        if fits or not fold:
            place = head
    for candidate in range(place, max(start, place - LOOK_BACK), -1):
        if _allowed(text, sizes, candidate):
            return candidate
    return place if place > start else full


def _allowed(text: str, sizes: Sequence[int], place: int) -> bool:
    """Whether a line may begin with the character at `place`."""
    here, left = text[place], text[place - 1]
    if here == " " or here in NO_START or left in NO_END or not sizes[place]:
        return False
    return not (here in WORD and left in WORD)
