"""Chinese line breaking (see `domain.textwidth`) in place of Textual's and Rich's, which break at spaces only.

There a line may begin with 、 or end with （, and a long Chinese run after a space starts a new line.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from domain.textwidth import LOOK_BACK, NO_END, NO_START, WORD, breaks, divide_line, truncate
from tui.terminal.widths import CELLS

if TYPE_CHECKING:
    from textual.document._wrapped_document import WrappedDocument

__all__ = ["LOOK_BACK", "NO_END", "NO_START", "WORD", "compute_wrap_offsets", "divide_line", "install", "truncate"]


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
    if "\t" not in text:
        return _last.breaks(text, width, fold) if len(text) > LONG else _plain_breaks(text, width, fold)
    if precomputed_tab_sections is None:
        from textual.expand_tabs import get_tab_widths

        precomputed_tab_sections = get_tab_widths(text, tab_size)
    tabs = iter(size for _, size in precomputed_tab_sections)
    sizes = [min(next(tabs, tab_size), max(width, 1)) if char == "\t" else CELLS[char] for char in text]
    return breaks(text, sizes, width, hang=1, fold=fold)


def _plain_breaks(text: str, width: int, fold: bool) -> list[int]:
    return breaks(text, [CELLS[char] for char in text], width, hang=1, fold=fold)


LONG = 2_000
"""Characters from which on a paragraph is worth remembering between two keys."""

LOOK_AHEAD = 3
"""Rows that a break may depend on: what stands further on cannot move it."""


class _Last:
    """The long paragraph that was broken last: a key changes its end or a place in it, the rows before stay as they were."""

    def __init__(self) -> None:
        self._text, self._width, self._fold = "", 0, True
        self._found: list[int] = []

    def breaks(self, text: str, width: int, fold: bool) -> list[int]:
        """Where to break, from the last row on that the change cannot have moved."""
        kept = 0
        if (width, fold) == (self._width, self._fold):
            kept = bisect_right(self._found, _same_until(text, self._text) - LOOK_AHEAD * width)
        start = self._found[kept - 1] if kept else 0
        rest = _plain_breaks(text[start:], width, fold)
        self._found = [*self._found[:kept], *(start + place for place in rest)]
        self._text, self._width, self._fold = text, width, fold
        return list(self._found)


_last = _Last()


def _same_until(one: str, other: str) -> int:
    """How many characters two texts have in common from the beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _sections(self: WrappedDocument, line_index: int) -> list[str]:
    """In place of `WrappedDocument.get_sections`, which makes a Rich text of each row."""
    text = self.document[line_index]
    return [text[start:end] for start, end in pairwise([0, *self.get_offsets(line_index), len(text)])]


def install() -> None:
    """Replace the break functions where Textual and Rich look them up; may be called again after further imports."""
    import rich.text
    import textual._wrap
    import textual.content

    textual._wrap.compute_wrap_offsets = compute_wrap_offsets
    document = sys.modules.get("textual.document._wrapped_document")
    if document is not None:  # imported with TextArea: else it takes the name from textual._wrap
        setattr(document, "compute_wrap_offsets", compute_wrap_offsets)  # noqa: B010
        document.WrappedDocument.get_sections = _sections
    setattr(textual.content, "divide_line", divide_line)  # noqa: B010
    setattr(rich.text, "divide_line", divide_line)  # noqa: B010
