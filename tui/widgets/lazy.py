"""Texts of a long list, each made when its row is painted: a thousand entries cost no more than those in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Lazily(Sequence[str]):
    """The texts of items, made one by one; the items must stay as they are while the list is shown."""

    def __init__(self, items: Sequence[T], text: Callable[[T], str]) -> None:
        self._count = len(items)
        self._text: Callable[[int], str] = lambda number: text(items[number])

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        """The text of one item, or of several."""
        if isinstance(index, slice):
            return [self._text(number) for number in range(*index.indices(self._count))]
        return self._text(index)
