"""Matters (事项) as data: a common business of budget projects, finer than a sector (图书馆开放, 人民调解), and what it measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import log
from typing import Any

from suggest.kinds import Measure, measures_of


@dataclass(frozen=True)
class Matter:
    """One matter; data/suggest_matters.toml explains the fields. Measures are read only when a project is about it."""

    label: str
    words: tuple[str, ...]
    served: tuple[str, ...]
    often: frozenset[str]
    table: Mapping[str, Any]

    @cached_property
    def measures(self) -> dict[str, tuple[Measure, ...]]:
        """What projects of the matter measure, by role, the most usual first."""
        return measures_of(
            {
                role: [
                    [name, target, _PLACES[min(place, len(_PLACES) - 1)], *told]
                    for place, (name, target, *told) in enumerate(rows)
                ]
                for role, rows in self.table["measures"].items()
            }
        )


_PLACES = (0.6, 0.55, 0.51, 0.47, 0.44, 0.4)
"""How common a measure is by its place in the data."""


def matters_of(document: Mapping[str, Any]) -> tuple[Matter, ...]:
    """The matters of a parsed data/suggest_matters.toml; raises KeyError where a field is missing."""
    return tuple(
        Matter(table["label"], tuple(table["words"]), tuple(table["served"]), frozenset(table["often"]), table)
        for table in document["matter"]
    )


def spoken_of(matters: Sequence[Matter], name: Sequence[str], unit: str, body: str) -> tuple[tuple[Matter, float], ...]:
    """The matters that a project is about, likeliest first: those its name speaks of, else those of its unit and its texts.

    name: the words of the project's name; a matter's word stands there only where one of them begins, so that 应急救援 does not
    speak of 急救 but 助学金 does of 助学.

    The head of a Chinese name stands last, so a word nearer the end weighs more.
    """
    places = _places(matters, name)
    found = []
    for one in matters:
        weight = _weigh(one.words, places, len("".join(name)), unit, body)
        if weight >= LEAST:
            found.append((one, weight))
    found.sort(key=lambda item: (-item[1], item[0].label))
    return tuple(found[:MOST])


def _places(matters: Iterable[Matter], name: Sequence[str]) -> dict[str, int]:
    """Where the words of matters that a project's name speaks of end in it; a word inside a longer one does not count."""
    text = "".join(name)
    edges = {0, *accumulate(map(len, name))}
    found: dict[str, int] = {}
    for word in (word for one in matters for word in one.words if word in text):
        end = text.rindex(word) + len(word)
        if end - len(word) in edges:
            found[word] = end
    return {
        word: end
        for word, end in found.items()
        if not any(word in longer and word != longer and end <= found[longer] for longer in found)
    }


def _weigh(words: Sequence[str], places: Mapping[str, int], length: int, unit: str, body: str) -> float:
    told = log(1 + sum(body.count(word) for word in words))
    in_name = max((_at(places[word], length, word) for word in words if word in places), default=0.0)
    if in_name:
        return min(1.0, in_name + 0.08 * told)
    return min(IN_TEXTS, 0.4 * told + 0.2 * any(word in unit for word in words))


def _at(end: int, length: int, word: str) -> float:
    return FRONT + (HEAD - FRONT) * end / length + 0.02 * len(word)


FRONT, HEAD = 0.6, 0.95
"""What a word says at the front of a project's name, and at its end."""
MOST = 3
"""Matters that one project is about."""
LEAST = 0.43
"""Weight below which a matter is no more than mentioned."""
IN_TEXTS = 0.7
"""The most that texts and unit say of a matter that the name does not name."""
