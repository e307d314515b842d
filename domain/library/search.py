"""Finding entries by what a person types: name, id, synonym, words, fragments or pinyin initials (zjdwl → 资金到位率)."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from pathlib import Path

from domain import derived, pinyin
from domain.data import data_path
from domain.library.checks.twins import pairs
from domain.library.entry import Entry, filled, without_gaps
from domain.text import one_line

EXACT, SYNONYM, PREFIX, WITHIN, INITIALS, ALIKE, WORDS, FRAGMENT = range(8)
"""Kinds of match, best first."""
REASONS = (
    "名称或编号相同",
    "同义名相同",
    "名称开头",
    "名称含有",
    "拼音首字母",
    "同义名或关键词含有",
    "各词都含有",
    "字词相近",
)
"""What each kind of match is called."""

_ENOUGH = 0.5
"""Share of a query's letter pairs that an entry must have to be shown for fragments."""
_VARIANTS = 16
"""Readings kept of a text with characters of several sounds."""
_MAX_QUERY = 100
_ASKING = re.compile(r"多少|几[个次名条家]?|怎么|怎样|如何|什么|哪些|的|了|吗|要做")
"""Words of a question that say nothing about what is looked for."""

INITIALS_NAME = "library-initials"
INITIALS_FORMAT = 2
"""Version of the derived initials; change it together with `Finder.initials`."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found, and why it was."""

    entry: Entry
    kind: int

    @property
    def reason(self) -> str:
        """Why it was found, in Chinese."""
        return REASONS[self.kind]


_Initials = tuple[int, str, list[int], list[int]]
"""Number of entries; all initials as one text, a run a line; where each run starts; 2 × its entry, +1 for a synonym."""


class Finder:
    """Search over entries; what it needs is made on the first search that needs it.

    `sources` are the files that the entries come from (Library.sources): with them the initials are kept as a derived form.
    """

    def __init__(self, entries: Sequence[Entry], sources: Sequence[Path] = ()) -> None:
        self._entries = tuple(entries)
        self._sources = tuple(sources)

    def find(self, query: str, limit: int = 20, slot: tuple[str, str] | None = None) -> tuple[Match, ...]:
        """The best matches, best first; an empty query finds nothing."""
        wanted = _folded(query)[:_MAX_QUERY]
        if not wanted:
            return ()
        best: dict[int, tuple[int, float]] = {}
        for number, kind, weight in self._hits(wanted):
            if kind < best.get(number, (FRAGMENT + 1, 0.0))[0]:
                best[number] = (kind, weight)
        found = [number for number in best if slot is None or self._entries[number].slot == slot]
        found.sort(key=lambda number: (*best[number], len(self._names[number][0]), number))
        return tuple(Match(self._entries[number], best[number][0]) for number in found[:limit])

    def _hits(self, wanted: str) -> Iterator[tuple[int, int, float]]:
        """(number of the entry, kind, weight within the kind, smaller is better)."""
        yield from self._name_hits(wanted)
        if pinyin.is_initials(wanted):
            yield from self._initial_hits(wanted)
        words = wanted.replace("、", " ").replace("，", " ").split()
        if len(words) > 1:
            yield from (
                (number, WORDS, 0.0) for number, text in enumerate(self._texts) if all(w in text for w in words)
            )
        if not wanted.isascii():
            yield from self._fragment_hits("".join(words))

    def _name_hits(self, wanted: str) -> Iterator[tuple[int, int, float]]:
        for number, (bare, full, identity, synonyms, words) in enumerate(self._names):
            if wanted in (full, identity) or wanted == self._entries[number].name:
                yield number, EXACT, 0.0
            elif wanted == bare:
                yield number, EXACT, 1.0
            elif wanted in synonyms:
                yield number, SYNONYM, 0.0
            elif bare.startswith(wanted) or full.startswith(wanted):
                yield number, PREFIX, 0.0
            elif wanted in full or wanted in bare:
                yield number, WITHIN, 0.0
            elif wanted in words or wanted in identity:
                yield number, ALIKE, 0.0

    def _initial_hits(self, wanted: str) -> Iterator[tuple[int, int, float]]:
        """Initials anywhere in a name or synonym: the whole of it, then its beginning, then within, names before synonyms."""
        _, text, starts, owners = self._initials
        place = text.find(wanted)
        while place >= 0:
            run = bisect_right(starts, place) - 1
            number, is_synonym = divmod(owners[run], 2)
            whole = text[place - 1] == "\n" and text[place + len(wanted)] == "\n"
            rank = 0 if whole else 1 if text[place - 1] == "\n" else 2
            yield number, INITIALS, rank + 0.5 * is_synonym
            place = text.find(wanted, starts[run + 1] if run + 1 < len(starts) else len(text))

    def _fragment_hits(self, wanted: str) -> Iterator[tuple[int, int, float]]:
        wanted = _ASKING.sub("", wanted)
        if len(wanted) < 3:
            return
        own = pairs(wanted)
        for number, text in enumerate(self._texts):
            share = sum(pair in text for pair in own) / len(own)
            if share >= _ENOUGH:
                yield number, FRAGMENT, -share

    @cached_property
    def _names(self) -> list[tuple[str, str, str, frozenset[str], str]]:
        """Name without and with its gap filled, id, synonyms, and synonyms and keywords as one text; all folded."""
        rows = []
        for entry in self._entries:
            texts = (without_gaps(entry.name), filled(entry.name), *entry.synonyms, *entry.keywords)
            # One call for all texts of an entry: it is what this costs.
            bare, full, *words = _even("\n".join(texts)).split("\n")
            synonyms = frozenset(words[: len(entry.synonyms)])
            rows.append((bare, full, entry.id, synonyms, "\n".join(words)))
        return rows

    @cached_property
    def _texts(self) -> list[str]:
        return [
            "\n".join((bare, full, words, entry.level2, *entry.sectors))
            for entry, (bare, full, _, _, words) in zip(self._entries, self._names, strict=True)
        ]

    @cached_property
    def _initials(self) -> _Initials:
        if self._sources:
            sources = (*self._sources, data_path("pinyin_initials.txt"))
            kept = derived.load(INITIALS_NAME, sources, self.initials, INITIALS_FORMAT)
            if kept[0] == len(self._entries):
                return kept
        return self.initials()

    def initials(self) -> _Initials:
        """The initials of all names and synonyms in one text, so that str.find does the searching."""
        pieces, starts, place = ["\n"], [], 1
        owners: list[int] = []
        for number, entry in enumerate(self._entries):
            for text, is_synonym in self._spoken(entry):
                for variant in _variants(text):
                    pieces.append(variant + "\n")
                    starts.append(place)
                    owners.append(2 * number + is_synonym)
                    place += len(variant) + 1
        return len(self._entries), "".join(pieces), starts, owners

    def _spoken(self, entry: Entry) -> Iterator[tuple[str, bool]]:
        yield without_gaps(entry.name), False
        if entry.template:
            yield filled(entry.name), False
        yield from ((synonym, True) for synonym in entry.synonyms)


def _variants(text: str) -> Iterable[str]:
    return islice(("".join(letters) for letters in product(*pinyin.keys(text))), _VARIANTS)


def _folded(text: str) -> str:
    """A query for comparing: one line, half-width, lower case, a gap as the file writes it and not as lists show it."""
    return _even(one_line(text)).translate(_BRACKETS)


_BRACKETS = str.maketrans("〔〕", "{}")


def _even(text: str) -> str:
    """Full-width letters made half-width, lower case."""
    return unicodedata.normalize("NFKC", text).lower()
