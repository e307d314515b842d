"""Search as you type (边输边查) within a slot: words, fragments, pinyin initials and entry ids; exact match first, stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from domain import pinyin
from domain.library import Entry
from suggest.data import EngineData, TypedData, typed_data, without_gap
from suggest.index import common, score
from suggest.numerals import half
from suggest.segment import Segment

ENOUGH = 400
"""Hits ranked at most: a single character may stand in thousands of names."""


class Lookup:
    """Looks names, synonyms, keywords and ids up in the prepared data."""

    def __init__(self, entries: Sequence[Entry], data: EngineData, segment: Segment) -> None:
        self._entries, self._data, self._segment = entries, data, segment
        self._ranges = {(one, two): (start, end) for one, two, start, end in data["slots"]}

    @cached_property
    def _typed(self) -> TypedData:
        return typed_data(self._data)

    def find(self, slot: tuple[str, str], query: str) -> list[tuple[int, int]]:
        """(rank, entry number) of what a query may mean in a slot; a lower rank is a better match."""
        text = clean_query(query)
        start, end = self._ranges.get(slot, (0, 0))
        if not text or start == end:
            return []
        found: dict[int, int] = {}
        for doc, rank in self._ranked(text, start, end):
            found[doc] = min(rank, found.get(doc, rank))
        if not found:
            found = dict(self._by_words(text, start, end))
        return sorted((rank, doc) for doc, rank in found.items())

    def _ranked(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        pieces = text.split()
        for doc in common(self._typed["grams"], grams_of(pieces), start, end)[:ENOUGH]:
            rank = match_rank(pieces, self._texts(doc))
            if rank is not None:
                yield doc, rank
        if pinyin.is_initials(text):
            yield from self._by_initials(text, start, end)
        if text.isascii() and len(text) >= 3:
            yield from self._by_id(text, start, end)

    def _texts(self, doc: int) -> tuple[tuple[str, ...], ...]:
        entry = self._entries[doc]
        return ((without_gap(entry.name),), entry.synonyms, entry.keywords)

    def _by_initials(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        pairs = [text[at : at + 2] for at in range(len(text) - 1)]
        for doc in common(self._typed["letters"], pairs, start, end)[:ENOUGH]:
            entry = self._entries[doc]
            for place, name in enumerate((without_gap(entry.name), *entry.synonyms)):
                at = pinyin.matches(text, pinyin.keys(name))
                if at is not None:
                    yield doc, (20 if at == 0 else 24) + (3 if place else 0)
                    break

    def _by_id(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        for doc in range(start, end):
            identity = self._entries[doc].id
            if identity == text:
                yield doc, 0
            elif identity.startswith(text):
                yield doc, 30
            elif text in identity:
                yield doc, 34

    def _by_words(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Entries that share words with a query that matches nothing whole, best first."""
        words = {word: 1.0 for word in self._segment.cut(text) if len(word) > 1}
        scores = score(self._data["index"], words)
        ranked = sorted((-value, doc) for doc, value in scores.items() if start <= doc < end)
        for place, (_, doc) in enumerate(ranked[:20]):
            yield doc, 50 + place


def clean_query(text: str) -> str:
    """A query half-width, lower case, inner blanks single."""
    return " ".join(half(text).lower().split())


def grams_of(pieces: Iterable[str]) -> list[str]:
    """The keys under which a query's pieces are found: pairs of characters, or the one character."""
    return [
        gram
        for piece in pieces
        for gram in ([piece] if len(piece) == 1 else [piece[at : at + 2] for at in range(len(piece) - 1)])
    ]


def match_rank(pieces: Sequence[str], texts: Sequence[Sequence[str]]) -> int | None:
    """How well all pieces match names (best), synonyms, keywords; None where one is missing."""
    worst = 0
    for piece in pieces:
        rank = min(
            (r for r in (_rank(piece, row, 4 * level) for level, row in enumerate(texts)) if r is not None),
            default=None,
        )
        if rank is None:
            return None
        worst = max(worst, rank)
    return worst + (1 if len(pieces) > 1 else 0)


def _rank(piece: str, row: Sequence[str], base: int) -> int | None:
    best: int | None = None
    for text in row:
        at = text.lower().find(piece)
        if at < 0:
            continue
        rank = base if len(text) == len(piece) else base + 1 if at == 0 else base + 2
        best = rank if best is None else min(best, rank)
    return best
