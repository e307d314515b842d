"""Matters (事项) as data: a common business of budget projects, finer than a sector (图书馆开放, 人民调解), and what it measures."""

from __future__ import annotations

import marshal
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import log
from typing import Any

from suggest.kinds import Measure, measures_of


@dataclass(frozen=True)
class Matter:
    """One matter, as a table of data/matters/*.toml tells it; `words` and `measures` are opened when they are asked for.

    label    what the reason calls it: “图书馆开放”类项目常用
    words    any of them in the project's name settles the matter; in its texts or its unit they count less
    served   those whom it serves, the usual one first: fills {服务对象}
    often    slots of effect and impact, by role, that most forms of the matter fill
    broad    it is no more than a way of spending (维修费, 工作经费), of which only the name speaks, where it names nothing finer
    measures by role, the most usual first: [name, target] or [name, target, "words"], one of which should then stand
             in the project's words; a target without number (>=人, <=万元) is filled from the text or left open

    Names are our own, after the habits of published forms; figures are the usual ones (参考), no standards.
    """

    label: str
    joined: str
    """The words, one a line: thousands of strings of their own would take ten times the memory."""
    served: tuple[str, ...]
    often: frozenset[str]
    packed: bytes
    """Marshalled and compressed, because a project is about three matters at most: the others are never opened."""
    broad: bool = False

    @property
    def words(self) -> list[str]:
        """The words that speak of it."""
        return self.joined.split("\n")

    @cached_property
    def measures(self) -> dict[str, tuple[Measure, ...]]:
        """What projects of the matter measure, by role, the most usual first."""
        return measures_of(
            {
                role: [
                    [name, target, _PLACES[min(place, len(_PLACES) - 1)], *told]
                    for place, (name, target, *told) in enumerate(rows)
                ]
                for role, rows in marshal.loads(zlib.decompress(self.packed)).items()
            }
        )


PackedMatter = tuple[str, str, list[str], list[str], bytes, bool]
"""Label, joined words, served, often, packed measures of a matter and whether it is broad, as its derived form keeps them."""
_NO_REFERENCES = 2
"""Marshal format that every Python reads and in which equal tables give equal bytes: a wheel is the same whoever builds it."""
_PLACES = (0.6, 0.55, 0.51, 0.47, 0.44, 0.4)
"""How common a measure is by its place in the data."""


def packed_matters(documents: Iterable[Mapping[str, Any]]) -> list[PackedMatter]:
    """The matters of parsed files of data/matters as plain values; raises KeyError where a field is missing."""
    return [
        (
            one["label"],
            "\n".join(one["words"]),
            one["served"],
            one["often"],
            zlib.compress(marshal.dumps(one["measures"], _NO_REFERENCES)),
            one.get("broad", False),
        )
        for document in documents
        for one in document["matter"]
    ]


def matters_of(rows: Iterable[PackedMatter]) -> tuple[Matter, ...]:
    """The matters that `packed_matters` made plain."""
    return tuple(
        Matter(label, words, tuple(served), frozenset(often), packed, broad)
        for label, words, served, often, packed, broad in rows
    )


def spoken_of(
    matters: Sequence[Matter], name: Sequence[str], unit: str, body: Sequence[str]
) -> tuple[tuple[Matter, float], ...]:
    """The matters that a project is about, likeliest first: those its name speaks of, else those of its unit and its texts.

    name, body: the words of the project's name and of its texts; a matter's word stands there only where one of them begins, so
    that 应急救援 does not speak of 急救 but 助学金 does of 助学.

    The head of a Chinese name stands last, so a word nearer the end weighs more.
    """
    length = sum(map(len, name))
    near = _mentioned(matters, f"{''.join(name)} {unit} {''.join(body)}")
    known = {word for _, words in near for word in words}
    named, told = _places(known, name), _places(known, body)
    finer = any(word in named for one, words in near if not one.broad for word in words)
    found = []
    for one, words in near:
        if one.broad:
            weight = BROAD if not finer and any(word in named for word in words) else 0.0
        else:
            weight = _weigh(words, named, told, length, unit)
        if weight >= LEAST:
            found.append((one, weight))
    found.sort(key=lambda item: (-item[1], item[0].label))
    return tuple(found[:MOST])


def _mentioned(matters: Iterable[Matter], text: str) -> list[tuple[Matter, list[str]]]:
    """The matters with the words of theirs that stand anywhere in a text."""
    # Thousands of words: most are ruled out by their beginning.
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    said = ((one, [word for word in one.words if word[:2] in pairs and word in text]) for one in matters)
    return [(one, words) for one, words in said if words]


def _places(words: Iterable[str], cut: Sequence[str]) -> dict[str, list[int]]:
    """Where words end in a text that is cut into words: from where one begins, and not inside a longer one."""
    text = "".join(cut)
    edges = {0, *accumulate(map(len, cut))}
    spans = [
        (match.start(), -match.end(), word)
        for word in words
        for match in re.finditer(re.escape(word), text)
        if match.start() in edges
    ]
    found: dict[str, list[int]] = {}
    reach = 0
    for _, end, word in sorted(spans):
        if -end > reach:
            reach = -end
            found.setdefault(word, []).append(-end)
    return found


def _weigh(
    words: Sequence[str], named: Mapping[str, Sequence[int]], told: Mapping[str, Sequence[int]], length: int, unit: str
) -> float:
    hits = log(1 + sum(len(told.get(word, ())) for word in words))
    in_name = max((_at(named[word][-1], length, word) for word in words if word in named), default=0.0)
    if in_name:
        return min(1.0, in_name + 0.08 * hits)
    return min(IN_TEXTS, 0.4 * hits + 0.2 * any(word in unit for word in words))


def _at(end: int, length: int, word: str) -> float:
    return FRONT + (HEAD - FRONT) * end / length + 0.02 * len(word)


FRONT, HEAD = 0.6, 0.95
"""What a word says at the front of a project's name, and at its end."""
BROAD = 0.8
"""Weight of a broad matter: the texts may speak of a finer one beside it."""
MOST = 3
"""Matters that one project is about."""
LEAST = 0.43
"""Weight below which a matter is no more than mentioned."""
IN_TEXTS = 0.7
"""The most that texts and unit say of a matter that the name does not name."""
