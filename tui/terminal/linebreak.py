"""Where Chinese text may be broken (禁则), for every wrapped text on the screen, and cutting text to a width.

Textual breaks at spaces only, so a line may begin with 、 or end with （, and a long Chinese run after a space starts a new
line. Here every Chinese character may begin a line unless a rule forbids it; ASCII words and numbers stay whole when they
fit on a line. `install()` puts this in place of Textual's and Rich's break functions.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from itertools import accumulate

from tui.terminal.widths import CELLS, text_width

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


def compute_wrap_offsets(
    text: str,
    width: int,
    tab_size: int,
    fold: bool = True,
    precomputed_tab_sections: list[tuple[str, int]] | None = None,
) -> list[int]:
    """In place of `textual._wrap.compute_wrap_offsets` (TextArea): the indices at which to break one line.

    TextArea keeps a cell free for the caret, so one space may hang over the end of a line.
    """
    if text.isascii() and len(text) <= width and "\t" not in text:
        return []
    sizes = [CELLS[char] for char in text]
    if "\t" in text:
        if precomputed_tab_sections is None:
            from textual.expand_tabs import get_tab_widths

            precomputed_tab_sections = get_tab_widths(text, tab_size)
        tabs = iter(size for _, size in precomputed_tab_sections)
        sizes = [
            min(next(tabs, tab_size), max(width, 1)) if char == "\t" else size
            for char, size in zip(text, sizes, strict=True)
        ]
    return _breaks(text, sizes, width, hang=1, fold=fold)


def divide_line(text: str, width: int, fold: bool = True) -> list[int]:
    """In place of `rich._wrap.divide_line` (Static, Content, Text): blanks at the end of a line are cut off later."""
    if text.isascii() and len(text) <= width:
        return []
    return _breaks(text, [CELLS[char] for char in text], width, hang=len(text), fold=fold)


def _breaks(text: str, sizes: list[int], width: int, hang: int, fold: bool) -> list[int]:
    """Break greedily; `hang` is how many blanks may stand beyond the end of a line."""
    ends = list(accumulate(sizes))  # ends[i]: cells up to and with character i
    if width < 1 or not ends or ends[-1] <= width:
        return []
    breaks: list[int] = []
    start = 0
    while True:
        before = ends[start - 1] if start else 0
        full = max(bisect_right(ends, before + width), start + 1)  # the first character that does not fit
        hung = full
        while hung < len(text) and hung - full < hang and text[hung] == " ":
            hung += 1
        if hung >= len(text):
            return breaks
        start = hung if hung > full else _best(text, sizes, start, full, width, fold)
        if start >= len(text):
            return breaks
        breaks.append(start)


def _best(text: str, sizes: list[int], start: int, full: int, width: int, fold: bool) -> int:
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


def _allowed(text: str, sizes: list[int], place: int) -> bool:
    """Whether a line may begin with the character at `place`."""
    here, left = text[place], text[place - 1]
    if here == " " or here in NO_START or left in NO_END or not sizes[place]:
        return False
    return not (here in WORD and left in WORD)


def truncate(text: str, cells: int, mark: str = "…") -> str:
    """The text cut to a width in cells, ending in `mark` when anything was cut; never half a character."""
    if text_width(text) <= cells:
        return text
    room = cells - text_width(mark)
    if room < 0:
        return "." * max(cells, 0)
    ends = list(accumulate(CELLS[char] for char in text))
    return text[: bisect_right(ends, room)].rstrip() + mark


def install() -> None:
    """Replace the break functions where Textual and Rich look them up; may be called again after further imports."""
    import rich.text
    import textual._wrap
    import textual.content

    textual._wrap.compute_wrap_offsets = compute_wrap_offsets
    document = sys.modules.get("textual.document._wrapped_document")
    if document is not None:  # imported with TextArea: else it takes the name from textual._wrap
        setattr(document, "compute_wrap_offsets", compute_wrap_offsets)  # noqa: B010
    setattr(textual.content, "divide_line", divide_line)  # noqa: B010
    setattr(rich.text, "divide_line", divide_line)  # noqa: B010
