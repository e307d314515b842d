"""The other forms of a folder (同批次的其他表), searched for the same text without comparing every pair.

Texts are cut into clauses; an index from clause to the texts that hold it gives the few candidates worth a real comparison,
so that a folder of a thousand forms costs a thousand look-ups and not a million comparisons.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from domain.model import Declaration
from domain.patterns import later

NARRATIVES = ("overview", "basis", "necessity", "measures", "plan", "overall_goal", "annual_goal", "remarks")
"""The long texts in form order."""

MARKUP = later(
    r"</?(?:p|br|div|span|strong|b|em|i|u|s|font|a|img|li|ul|ol|h[1-6]|table|tbody|thead|tr|td|th|pre|sub|sup|hr)\b[^<>]{0,200}>"
    r"|&nbsp;",
    re.IGNORECASE,
)
"""Tags that published forms leave in their texts; a comparison such as a<b is none."""
_DIVIDE = later(r"[，。；：、！？,;:!?\s（）()《》“”\"]+")
_KEPT = 6
"""Places remembered for each clause: a phrase that stands everywhere says nothing about who copied from whom."""


def plain(text: str) -> str:
    """A narrative without markup, each run of white space one character."""
    return (MARKUP.sub(" ", text) if "<" in text or "&" in text else text).strip()


def clauses(text: str) -> list[str]:
    """The text's clauses of four characters and more."""
    return [piece for piece in _DIVIDE.split(plain(text)) if len(piece) >= 4]


@lru_cache(maxsize=512)
def bigrams(text: str) -> Counter[str]:
    """Two-character pieces with their counts, punctuation left out; kept, so not to be changed."""
    bare = _DIVIDE.sub("", text)
    return Counter(bare[at : at + 2] for at in range(len(bare) - 1))


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: shared two-character pieces (Dice)."""
    first, second = bigrams(one), bigrams(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def similarity(one: str, other: str) -> float:
    """Their likeness, where it can be 0.7 at all by their lengths; 0 where not."""
    if one == other:
        return 1.0
    short, long = sorted((len(one), len(other)))
    return likeness(one, other) if short and 2 * short / (short + long) >= 0.7 else 0.0


def project_key(name: str) -> str:
    """A project's name without years and marks, by which last year's form of the same project is known."""
    return re.sub(r"(?:19|20)\d\d年?度?|[\s（）()、，,。·“”\"-]", "", name)


class Twin(NamedTuple):
    """The same text found elsewhere: the other form's label, its project, the field there and how alike the texts are."""

    label: str
    project: str
    field: str
    similarity: float


@dataclass(frozen=True)
class Siblings:
    """Forms by label (a file stem); looked at through `near`."""

    entries: tuple[tuple[str, Declaration], ...] = ()

    @cached_property
    def _index(self) -> dict[str, list[tuple[int, str]]]:
        index: dict[str, list[tuple[int, str]]] = {}
        for number, (_, declaration) in enumerate(self.entries):
            for name in NARRATIVES:
                for piece in clauses(getattr(declaration.narrative, name)):
                    places = index.setdefault(piece, [])
                    if len(places) < _KEPT and (number, name) not in places:
                        places.append((number, name))
        return index

    def prepare(self) -> None:
        """Build the index now and not at the first question."""
        _ = self._index

    @cached_property
    def _by_year(self) -> dict[tuple[str, int], Declaration]:
        found: dict[tuple[str, int], Declaration] = {}
        for _, one in self.entries:
            if one.project.year is not None:
                found.setdefault((project_key(one.project.name), one.project.year), one)
        return found

    def last_year_of(self, declaration: Declaration) -> Declaration | None:
        """The same project's form of the year before, None where there is none."""
        year, key = declaration.project.year, project_key(declaration.project.name)
        return self._by_year.get((key, year - 1)) if key and year is not None else None

    def near(self, text: str, me: str, project: str, at_least: float) -> list[Twin]:
        """Where else this text stands, most alike first; `me` and forms of the same project are passed over."""
        bare, own = plain(text), project_key(project)
        pieces = clauses(bare)
        total = sum(map(len, pieces))
        if not total:
            return []
        shared: Counter[tuple[int, str]] = Counter()
        for piece in pieces:
            for place in self._index.get(piece, ()):
                shared[place] += len(piece)
        found = []
        for (number, name), size in shared.items():
            label, other = self.entries[number]
            if size * 5 < total * 2 or label == me or project_key(other.project.name) == own:
                continue
            alike = similarity(bare, plain(getattr(other.narrative, name)))
            if alike >= at_least:
                found.append(Twin(label, other.project.name, name, alike))
        return sorted(found, key=lambda twin: (-twin.similarity, twin.label, twin.field))


NO_SIBLINGS = Siblings()
"""A form alone."""
