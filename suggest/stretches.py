"""Stretches of a text (起止位置): whether any of many meets another one, without a look at each of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Stretches:
    """Pieces of a text as (start, end)."""

    def __init__(self, pieces: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(pieces)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))
        """The last end of all pieces up to this one."""

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with this stretch."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._furthest[before - 1] > start
