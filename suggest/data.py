"""What the engine needs, computed ahead of time (预先计算): segmented library terms, index, look-up tables.

`build` is a pure function from entries to plain dicts, lists, strings and numbers, so that a cache may marshal its result; the
engine is made from the entries and this data without segmenting anything again.
"""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypedDict

from domain import pinyin
from domain.library import Entry
from domain.library.entry import without_gaps
from suggest.index import IndexData, Postings, build, idf, postings
from suggest.likeness import suffix
from suggest.segment import Segment
from suggest.wording import wording_data

VERSION = 6
"""Raise when the shape or the meaning of the data changes, so that caches are made anew."""


class EngineData(TypedDict):
    """Everything derived from the entries, in the order of `arranged`."""

    version: int
    slots: list[tuple[str, str, int, int]]
    index: IndexData
    typed: bytes
    """Packed TypedData: only search-as-you-type opens it, so that an offer does not wait for it."""
    wording: bytes
    """Packed WordingData: only a search by letters opens it."""
    phrases: dict[str, dict[str, float]]
    links: dict[str, dict[str, int]]
    names: list[list[tuple[str, float]]]


class TypedData(TypedDict):
    """What search-as-you-type looks in: entries by characters and pairs of characters, and by pairs of pinyin initials."""

    grams: Postings
    letters: Postings


def typed_data(data: EngineData) -> TypedData:
    """The opened data of search-as-you-type."""
    opened: TypedData = marshal.loads(data["typed"])
    return opened


def _typed(entries: Sequence[Entry]) -> bytes:
    made: dict[str, Postings] = {
        "grams": postings(_grams(entry) for entry in entries),
        "letters": postings(_letter_pairs(entry) for entry in entries),
    }
    return marshal.dumps(made)


def arranged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that may be suggested, slot by slot, each slot's in library order."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if not entry.retired:
            groups.setdefault(entry.slot, []).append(entry)
    return tuple(entry for group in groups.values() for entry in group)


def build_data(entries: Sequence[Entry], segment: Segment) -> EngineData:
    """The data for entries that `arranged` has put in order."""
    return {
        "version": VERSION,
        "slots": _slots(entries),
        "index": build([_fields(entry, segment) for entry in entries]),
        "typed": _typed(entries),
        "wording": wording_data(entries, segment),
        "phrases": _phrases(entries),
        "links": _links(entries),
        "names": _name_words(entries, segment),
    }


def _slots(entries: Sequence[Entry]) -> list[tuple[str, str, int, int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for number, entry in enumerate(entries):
        found.setdefault(entry.slot, []).append(number)
    return [(level1, level2, rows[0], rows[-1] + 1) for (level1, level2), rows in found.items()]


def _fields(entry: Entry, segment: Segment) -> list[tuple[list[str], float]]:
    """The entry's searched texts with their weights: keywords and name first, the definition a little."""

    def words(texts: Iterable[str]) -> list[str]:
        return [word for text in texts for word in segment.cut(text) if len(word) > 1]

    return [
        (list(entry.keywords), 2.5),
        (words([without_gaps(entry.name)]), 2.0),
        (words(entry.keywords), 0.8),
        (words(without_gaps(one) for one in entry.synonyms), 1.0),
        (words([entry.definition]), 0.3),
    ]


def _name_words(entries: Sequence[Entry], segment: Segment) -> list[list[tuple[str, float]]]:
    """Each name's telling words with how telling they are: 雨露计划 in 雨露计划资助人数 more than 人数."""
    rows = [
        [word for word in segment.cut(without_gaps(entry.name).removesuffix(suffix(entry.name))) if len(word) > 1]
        for entry in entries
    ]
    holding = Counter(word for row in rows for word in set(row))
    return [[(word, round(idf(len(rows), holding[word]), 2)) for word in dict.fromkeys(row)] for row in rows]


def _searched(entry: Entry) -> tuple[str, ...]:
    return (without_gaps(entry.name), *entry.synonyms, *entry.keywords)


def _grams(entry: Entry) -> set[str]:
    """Characters and character pairs of what search-as-you-type looks at, lower case."""
    found: set[str] = set()
    for text in _searched(entry):
        low = text.lower()
        found.update(low)
        found.update(low[at : at + 2] for at in range(len(low) - 1))
    return found


def _letter_pairs(entry: Entry) -> set[str]:
    """Pairs of neighbouring pinyin initials of name and synonyms."""
    found: set[str] = set()
    for text in (without_gaps(entry.name), *entry.synonyms):
        keys = pinyin.keys(text)
        for first, second in pairwise(keys):
            found.update(a + b for a in first for b in second)
    return found


def _phrases(entries: Sequence[Entry]) -> dict[str, dict[str, float]]:
    """Each keyword with the sectors it speaks for; a keyword of many sectors speaks for none of them loudly."""
    votes: dict[str, dict[str, float]] = {}
    for entry in entries:
        named = [sector for sector in entry.sectors if sector != "通用"]
        for keyword in entry.keywords:
            row = votes.setdefault(keyword, {})
            for place, sector in enumerate(named):
                row[sector] = row.get(sector, 0.0) + (1.0 if place == 0 else 0.5)
    for keyword, row in votes.items():
        total = sum(row.values()) + 1.0
        votes[keyword] = {sector: round(value / total, 3) for sector, value in row.items() if value / total >= 0.15}
    return votes


def _links(entries: Sequence[Entry]) -> dict[str, dict[str, int]]:
    """By slot (一级/二级): fixed words of names and synonyms → the entry they belong to, names before synonyms."""
    found: dict[str, dict[str, int]] = {}
    for number, entry in enumerate(entries):
        found.setdefault("/".join(entry.slot), {}).setdefault(without_gaps(entry.name), number)
    for number, entry in enumerate(entries):
        row = found["/".join(entry.slot)]
        for synonym in entry.synonyms:
            row.setdefault(without_gaps(synonym), number)
    return found
