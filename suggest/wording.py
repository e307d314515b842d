"""Names spelled by pinyin initials (首字母拼名): sbgz → 设备购置数, put together from the words of the library and of the record.

A model of which word follows which, counted in the library's names and in the record's own texts, reads the letters and goes on to
how names of the slot end. A name may hold one step at most that neither has seen, so that what is shown reads like an indicator.
"""

from __future__ import annotations

import heapq
import marshal
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise, product
from math import log, prod
from typing import NamedTuple, TypedDict

from domain import pinyin
from domain.library import Entry
from domain.patterns import HAN, later
from suggest.compose import GAP, MAX_NAME, MIN_NAME
from suggest.likeness import suffix
from suggest.segment import Segment

START, INSIDE = "^", "*"
"""Before the first word of a name; before the word behind a template's gap."""
LONGEST_WORD = 6
SHORTEST_QUERY, LONGEST_QUERY = 3, 24
"""Letters of a query; with a Chinese character at its beginning one less will do."""
SENTENCE = 6
"""Characters from which on a name may end in any word, as those do that say what is to be done (按时完成建设)."""
WAYS = 14
"""Ways through the letters typed so far that are followed."""
GOING_ON, LONGEST_BEGUN = 5, 3
"""Of these the ways that are tried with a word of which only the first letters are typed, and letters of such a word at most."""
WORDS, ONE_CHAR_WORDS = 16, 6
"""Library words tried for the same letters, the most frequent ones; of one character fewer."""
OWN_STEP, LIBRARY_STEP, OWN_WORD, LIBRARY_WORD, SLOT_WORD = 0.35, 0.3, 0.15, 0.075, 0.075
"""How much counts that a word follows the one before in the record or in the library; how frequent it is in the record, in the
library, in the slot's names."""
LONGEST_TEXT, MOST_ROWS = 5000, 60
"""Characters of a text and rows that are read: whoever types waits for it once, at the first letter."""
IN_ROW = 3
"""How much a word of a row filed already counts beside one of the texts."""
SHORTEST_STEM, STEM = 3, 0.01
"""Characters of what a row is about, and the chance that another row is about the same."""
UNSEEN = 0.5
"""What a step that was never seen leaves of its chance."""
FOLLOWERS = 12
"""Words tried as the next one, of each source."""
CLOSING = 0.8
"""Share of its places at the end of names from which on a word closes a name, unless something was seen behind it."""
USUAL = 3
"""The most frequent last words of a slot's names, which may close a name behind any word."""
STRANGE, WHOLE = 1, 2
"""Names with an unseen step that are shown at most; names that the letters spell to their end, at least."""

_RUN = later(rf"{HAN}+")
_QUERY = later(r"(.*?)([a-z]*)", re.DOTALL)
_TWICE = later(r"(..+?)\1|[率数量度][率数度]$|(?:数量|人数|率).*(?:数量|人数|率)")

_COUNTED = ("人", "户")
"""Measures of people: only behind words with which they were seen, for nobody counts 蒸饭柜人数."""
_JOINING = tuple("pcudryeo")
"""Classes of single characters that join words to sentences: 以, 的, 每."""

Counts = dict[str, int]
_NONE: Mapping[str, int] = {}


class WordingData(TypedDict):
    """Counted in the library's names; each row of `follows` and `ends` has the most frequent word first."""

    words: Counts
    follows: dict[str, Counts]
    ends: dict[str, Counts]
    """By slot (一级/二级): the last words of its names."""
    lasts: Counts
    """The last words of all names."""
    slots: dict[str, Counts]
    """By slot: all words of its names."""
    spelled: dict[str, list[str]]
    """By initials: the words of these, the most frequent first."""


def wording_data(entries: Iterable[Entry], segment: Segment) -> bytes:
    """What spelling needs of the library, packed: only a search by letters opens it."""
    follows: dict[str, Counter[str]] = {}
    ends: dict[str, Counter[str]] = {}
    slots: dict[str, Counter[str]] = {}
    for entry in entries:
        key = "/".join(entry.slot)
        for name in (entry.name, *entry.synonyms):
            words = [word for words in _phrases(name, segment) for word in words]
            slots.setdefault(key, Counter()).update(words)
            for before, row in _steps(name, segment):
                for word in row:
                    follows.setdefault(before, Counter())[word] += 1
                    before = word
            if words and name.endswith(words[-1]):
                ends.setdefault(key, Counter())[words[-1]] += 1
    total = sum(slots.values(), Counter())
    made: dict[str, Counts | dict[str, Counts] | dict[str, list[str]]] = {
        "words": dict(total),
        "follows": {word: dict(row.most_common()) for word, row in follows.items()},
        "ends": {key: dict(row.most_common()) for key, row in ends.items()},
        "lasts": dict(sum(ends.values(), Counter())),
        "slots": {key: dict(row) for key, row in slots.items()},
        "spelled": _spelled(total),
    }
    return marshal.dumps(made)


def _steps(name: str, segment: Segment) -> Iterator[tuple[str, list[str]]]:
    """The stretches of a template's fixed words, each with what stands before it."""
    for place, part in enumerate(GAP.split(name)[::2]):
        for words in _phrases(part, segment):
            yield (START if place == 0 and part.startswith(words[0]) else INSIDE), words


def _phrases(text: str, segment: Segment, *, guess: bool = False) -> Iterator[list[str]]:
    """The words of each run of Chinese characters."""
    return (segment.cut(run, guess=guess) for run in _RUN.findall(GAP.sub("，", text)))


def _spelled(words: Mapping[str, int]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda one: (-words[one], one)):
        for letters in initials(word):
            row = found.setdefault(letters, [])
            if len(row) < (WORDS if len(letters) > 1 else ONE_CHAR_WORDS):
                row.append(word)
    return found


def initials(word: str) -> set[str]:
    """The letters that a word may be typed as: 重复 → cf, zf. None for a long word."""
    keys = pinyin.keys(word)
    if not keys or len(keys) > LONGEST_WORD:
        return set()
    if prod(map(len, keys)) > 8:
        return {"".join(letters[0] for letters in keys)}
    return {"".join(letters) for letters in product(*keys)}


def opened(packed: bytes) -> WordingData:
    """What `wording_data` packed."""
    data: WordingData = marshal.loads(packed)
    return data


class Told(NamedTuple):
    """What a record tells: its texts, each with how much a word of it counts, and the names of the rows filed already."""

    texts: tuple[tuple[str, int], ...]
    rows: tuple[str, ...] = ()


def _stems(rows: Iterable[str], segment: Segment) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        stem = row.removesuffix(suffix(row))
        if len(stem) >= SHORTEST_STEM:
            letters = "".join(letters[0] for letters in pinyin.keys(stem))
            found[letters] = (stem, segment.cut(stem)[-1])
    return found


class OwnWords:
    """The words of one record: how often each stands in its texts, which follows which, and by what letters."""

    def __init__(self, told: Told, segment: Segment) -> None:
        self.stems = _stems(told.rows[-MOST_ROWS:], segment)
        """By initials: what the rows filed already are about, with the last word of it."""
        self.words: Counter[str] = Counter()
        self.follows: dict[str, Counter[str]] = {}
        rows = ((row, IN_ROW) for row in told.rows[-MOST_ROWS:])
        for text, weight in (*told.texts, *rows):
            for row in _phrases(text[:LONGEST_TEXT], segment, guess=True):
                self.words.update({word: weight * count for word, count in Counter(row).items()})
                for before, word in pairwise(row):
                    self.follows.setdefault(before, Counter())[word] += weight
        self.total = sum(self.words.values()) or 1
        self.spelled: dict[str, list[str]] = {}
        for word in self.words:
            if len(word) == 1 and segment.classes(word).startswith(_JOINING):
                continue
            for letters in initials(word):
                self.spelled.setdefault(letters, []).append(word)


class _Way(NamedTuple):
    """One reading of the letters so far: how likely (a logarithm), the name, its last word, steps never seen before."""

    score: float
    name: str
    last: str
    strange: int


class Speller:
    """Spells the names of one slot of one record; keeps its readings, so that each further letter costs one step."""

    def __init__(self, data: WordingData, slot: str, own: OwnWords, segment: Segment) -> None:
        self._data, self._own, self._segment = data, own, segment
        self._total = sum(data["words"].values()) or 1
        self._slot = data["slots"].get(slot, {})
        self._slot_total = sum(self._slot.values()) or 1
        self._ends = data["ends"].get(slot, {})
        self._usual = [word for word in self._ends if not word.startswith(_COUNTED)][:USUAL]
        self._read: dict[str, list[_Way]] = {}
        self._sums: dict[str, tuple[int, int]] = {}
        self._letters: dict[str, set[str]] = {}

    def names(self, query: str, limit: int) -> list[str]:
        """The likeliest names that begin with a query: initials, or Chinese characters and then initials; best first."""
        match = _QUERY.fullmatch(query)
        if match is None or not SHORTEST_QUERY <= len(query) + bool(match[1]) <= LONGEST_QUERY or not query.isalnum():
            return []
        literal = len(match[1])
        ways = self._ways(query, literal)
        found: dict[str, tuple[float, int]] = {}
        for name, score, strange in (*self._finished(ways), *self._begun(query, literal)):
            if name != query and MIN_NAME <= len(name) <= MAX_NAME and not _TWICE.search(name):
                found[name] = max((score, -strange), found.get(name, (score, -strange)))
        best = sorted(found, key=lambda name: (-found[name][0], name))
        odd = [name for name in best if found[name][1]]
        chosen = [name for name in best if name not in odd[STRANGE:]][:limit]
        whole = [way.name for way in ways if way.name in found][:WHOLE]
        missing = [name for name in whole if name not in chosen]
        return [*chosen[: limit - len(missing)], *missing]

    def _finished(self, ways: Iterable[_Way]) -> Iterator[tuple[str, float, int]]:
        """Each way as it stands, and with one more word."""
        for way in ways:
            if way.last in self._data["lasts"] or len(way.name) >= SENTENCE:
                yield way.name, way.score + log(self._ending(way.last)), way.strange
            for word in self._next(way.last):
                step = self._step(way, word)
                if step is not None and step.strange == way.strange and word in self._data["lasts"]:
                    yield step.name, step.score + log(self._ending(word)), step.strange

    def _begun(self, query: str, literal: int) -> Iterator[tuple[str, float, int]]:
        """Readings whose last word, or what an earlier row is about, is only begun: sbg for 设备购置; and with one more word."""
        for letters, stem in self._own.stems.items():
            if letters.startswith(query) and letters != query:
                yield from self._finished((_Way(log(STEM), *stem, 0),))
        for size in range(1, min(LONGEST_BEGUN, len(query) - literal, len(query) - 1) + 1):
            for way in self._ways(query[:-size], literal)[:GOING_ON]:
                for word in self._next(way.last):
                    step = self._step(way, word) if self._begins(word, query[-size:]) else None
                    if step is not None and step.strange == way.strange:
                        yield from self._finished((step,))

    def _begins(self, word: str, letters: str) -> bool:
        if word not in self._letters:
            self._letters[word] = initials(word)
        return any(len(one) > len(letters) and one.startswith(letters) for one in self._letters[word])

    def _next(self, before: str) -> Iterable[str]:
        """Words to be tried behind another."""
        own = [word for word, _ in self._own.follows.get(before, Counter[str]()).most_common(FOLLOWERS)]
        library = islice(self._data["follows"].get(before, ()), FOLLOWERS)
        return dict.fromkeys((*own, *library, *islice(self._ends, FOLLOWERS)))

    # -- reading letters --

    def _ways(self, query: str, literal: int) -> list[_Way]:
        """The likeliest readings of a query of which the first characters stand for themselves."""
        if query in self._read:
            return self._read[query]
        if len(query) == literal:
            last = self._segment.cut(query)[-1] if query else START
            return [_Way(0.0, query, last, 0)]
        found: dict[str, _Way] = {}
        for size in range(1, min(LONGEST_WORD, len(query) - literal) + 1):
            letters = query[-size:]
            words = dict.fromkeys((*self._own.spelled.get(letters, ()), *self._data["spelled"].get(letters, ())))
            for way in self._ways(query[:-size], literal) if words else ():
                for word in words:
                    step = self._step(way, word)
                    if step is not None and (step.name not in found or found[step.name].score < step.score):
                        found[step.name] = step
        if stem := self._own.stems.get(query):
            found[stem[0]] = _Way(log(STEM), *stem, 0)
        self._read[query] = heapq.nlargest(WAYS, found.values())
        return self._read[query]

    def _step(self, way: _Way, word: str) -> _Way | None:
        """A way with one more word; None where it would no longer read like a name."""
        library, own = self._data["follows"].get(way.last, _NONE), self._own.follows.get(way.last, _NONE)
        known = word in library or word in own
        if not known and self._data["lasts"].get(way.last, 0) >= CLOSING * self._data["words"].get(way.last, 1):
            return None
        told = len(word) > 1 and word in self._own.words
        begins = way.last == START and len(word) > 1
        odd = not (known or told or begins or word in self._usual)
        if odd and (way.strange or len(word) == 1):
            return None
        if way.last not in self._sums:
            self._sums[way.last] = (sum(own.values()), sum(library.values()))
        own_sum, library_sum = self._sums[way.last]
        chance = (
            OWN_STEP * own.get(word, 0) / (own_sum + 1)
            + LIBRARY_STEP * library.get(word, 0) / (library_sum + 2)
            + OWN_WORD * self._own.words.get(word, 0) / self._own.total
            + LIBRARY_WORD * self._data["words"].get(word, 0) / self._total
            + SLOT_WORD * self._slot.get(word, 0) / self._slot_total
        )
        if odd:
            chance *= UNSEEN
        return _Way(way.score + log(chance), way.name + word, word, way.strange + odd) if chance else None

    def _ending(self, word: str) -> float:
        """How likely a name of the slot ends with a word."""
        here = self._ends.get(word, 0) / (self._slot.get(word, 0) + 1)
        anywhere = self._data["lasts"].get(word, 0) / (self._data["words"].get(word, 0) + 2)
        return 0.6 * here + 0.35 * anywhere + 0.01
