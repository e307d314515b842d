"""Search as you type (边输边查) within a slot: words, fragments, pinyin initials and entry ids; exact match first, stable order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, zip_longest

from domain import pinyin
from domain.fields import FieldPath
from domain.library import Entry
from domain.library.entry import without_gaps
from suggest.data import EngineData, TypedData, typed_data
from suggest.index import common, score
from suggest.numerals import half
from suggest.segment import Segment
from suggest.wording import OwnWords, Speller, Told, WordingData, opened

ENOUGH = 400
"""Hits ranked at most: a single character may stand in thousands of names."""
SPELLED, BEGUN, WITHIN = 18, 20, 24
"""Ranks of names that initials spell to the end, begin, or stand within."""
HOLDING = 10
"""Rank up to which a name holds what was typed as it stands."""
OFFERED = 1
"""By how much what is reasoned for this record ranks before the library where initials begin both."""
IN_TITLE = 4
"""How much a word of the project's name counts beside one of the narratives."""


class Lookup:
    """Looks names, synonyms, keywords and ids up in the prepared data."""

    def __init__(self, entries: Sequence[Entry], data: EngineData, segment: Segment) -> None:
        self._entries, self._data, self._segment = entries, data, segment
        self._ranges = {(one, two): (start, end) for one, two, start, end in data["slots"]}
        self._speller: tuple[object, Speller] | None = None

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
        return ((without_gaps(entry.name),), entry.synonyms, entry.keywords)

    def _by_initials(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        pairs = [text[at : at + 2] for at in range(len(text) - 1)]
        for doc in common(self._typed["letters"], pairs, start, end)[:ENOUGH]:
            entry = self._entries[doc]
            for place, name in enumerate((without_gaps(entry.name), *entry.synonyms)):
                rank = initials_rank(text, name)
                if rank is not None:
                    yield doc, rank + (3 if place else 0)
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

    def spelled(self, slot: tuple[str, str], told: Told, query: str, limit: int) -> list[str]:
        """Names that a query spells with the words of the library and of a record's own texts, the likeliest first."""
        if self._speller is None or self._speller[0] != (slot, told):
            own = OwnWords(told, self._segment)
            self._speller = (slot, told), Speller(self._wording, "/".join(slot), own, self._segment)
        return self._speller[1].names(query, limit)

    @cached_property
    def _wording(self) -> WordingData:
        return opened(self._data["wording"])


def told_by(texts: Mapping[FieldPath, str], rows: Iterable[str]) -> Told:
    """What a record's words are taken from; rows: the names filed already."""
    title = ("project", "name")
    return Told(tuple((text, IN_TITLE if path == title else 1) for path, text in texts.items()), tuple(rows))


def is_fitting(rank: int) -> bool:
    """Whether a name holds what was typed, is spelled whole by it, or is reasoned for this record and begins with it."""
    return rank <= HOLDING or SPELLED <= rank <= BEGUN - OFFERED


def alternating(hits: Sequence[tuple[int, str]], spelled: Iterable[str]) -> list[str]:
    """Names found, best first, with names spelled: what fits first, then of each in turn."""
    fitting = [name for rank, name in hits if is_fitting(rank)]
    turns = chain.from_iterable(zip_longest(spelled, (name for _, name in hits if name not in fitting)))
    return list(dict.fromkeys((*fitting, *(name for name in turns if name is not None))))


def name_rank(query: str, name: str) -> int | None:
    """How well a query matches a name reasoned for this record, by its pieces or by pinyin initials; None where it does not."""
    rank = match_rank(query.split(), ((name,),))
    if rank is None and pinyin.is_initials(query):
        rank = initials_rank(query, name)
        return rank - OFFERED if rank == BEGUN else rank
    return rank


def initials_rank(letters: str, name: str) -> int | None:
    """How well pinyin initials match a name: to its end, from its beginning, further on; None where they do not."""
    keys = pinyin.keys(name)
    at = pinyin.matches(letters, keys)
    if at is None:
        return None
    return SPELLED if len(keys) == len(letters) else BEGUN if at == 0 else WITHIN


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
