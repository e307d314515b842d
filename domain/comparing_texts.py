"""Two texts compared sentence by sentence, and within a sentence word by word, with signs that need no colour: [-旧-]{+新+}."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.siblings import likeness

ALIKE = 0.5
"""How alike two sentences must be (Dice over two-character pieces) to be one sentence that was changed."""
MOST_PAIRS = 40_000
"""Pairs of sentences beyond which none is taken for changed: no real text comes near."""
LONGEST = 1000
"""Characters of a sentence beyond which its words are not compared; no real one has as many."""
LEAST_SAME = 2
"""Characters that must be the same between two changes within a sentence; fewer are put to the changes, so that it can be read."""
_SENTENCE = re.compile(r"[^。；！？;!?\n]*[。；！？;!?]+[”’》）)]*|[^。；！？;!?\n]+")
_WORD = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|.", re.DOTALL)
"""What stays whole within a sentence: a number, a Latin word; Chinese by the character."""


class Mark(StrEnum):
    """What happened to a sentence, or to words in it; the value is the sign before it."""

    GONE = "-"
    NEW = "+"
    CHANGED = "~"
    SAME = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a changed sentence: the same on both sides, only on the first, only on the second."""

    mark: Mark
    words: str

    @property
    def text(self) -> str:
        """The words with the signs around them: [-147-], {+150+}."""
        if self.mark is Mark.GONE:
            return f"[-{self.words}-]"
        return f"{{+{self.words}+}}" if self.mark is Mark.NEW else self.words


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence that only one side has, or that was changed; the latter has its words as runs."""

    mark: Mark
    before: str = ""
    after: str = ""
    runs: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """The sentence, changed words with signs around them."""
        return "".join(run.text for run in self.runs) or self.before or self.after


def sentences(text: str) -> list[str]:
    """The text's sentences, each with its closing mark; line breaks divide as well."""
    return [piece for match in _SENTENCE.finditer(text) if (piece := match[0].strip())]


def pieces(old: str, new: str) -> Iterator[Piece]:
    """The sentences that differ, in the order in which they stand."""
    from difflib import SequenceMatcher  # only for texts that differ: the way to the first question is kept short

    before, after = sentences(old), sentences(new)
    for op, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op != "equal":
            yield from _paired(before[a:b], after[c:d])


def _paired(gone: list[str], come: list[str]) -> Iterator[Piece]:
    """Sentences in the same place: like ones are one that was changed, the others went or came."""
    at = 0
    for one in gone:
        likely = range(at, len(come)) if len(gone) * len(come) <= MOST_PAIRS else ()
        partner = next((number for number in likely if _same_sentence(one, come[number])), None)
        if partner is None:
            yield Piece(Mark.GONE, before=one)
            continue
        yield from (Piece(Mark.NEW, after=other) for other in come[at:partner])
        yield Piece(Mark.CHANGED, one, come[partner], tuple(_runs(one, come[partner])))
        at = partner + 1
    yield from (Piece(Mark.NEW, after=other) for other in come[at:])


def _same_sentence(one: str, other: str) -> bool:
    return max(len(one), len(other)) <= LONGEST and likeness(one, other) >= ALIKE


def _runs(old: str, new: str) -> Iterator[Run]:
    gone = come = ""
    for same, left, right in _stretches(old, new):
        if same:
            yield from _changed(gone, come)
            gone = come = ""
            yield Run(Mark.SAME, left)
        else:
            gone, come = gone + left, come + right
    yield from _changed(gone, come)


def _changed(gone: str, come: str) -> Iterator[Run]:
    if gone:
        yield Run(Mark.GONE, gone)
    if come:
        yield Run(Mark.NEW, come)


def _stretches(old: str, new: str) -> Iterator[tuple[bool, str, str]]:
    """Both sentences in stretches that are the same or not; a short one between two exchanged ones counts as changed."""
    from difflib import SequenceMatcher

    before, after = _WORD.findall(old), _WORD.findall(new)
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for number, (op, a, b, c, d) in enumerate(codes):
        left, right = "".join(before[a:b]), "".join(after[c:d])
        around = [code[0] for code in codes[max(0, number - 1) : number + 2 : 2]]
        lost = len(left) < LEAST_SAME and around == ["replace", "replace"]
        yield op == "equal" and not lost, left, right
