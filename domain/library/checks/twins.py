"""Checks across entries: the same id, names that would be read as one, texts copied or shared, references that lead nowhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from domain.library.entry import Entry, filled, without_gaps
from domain.library.faults import ERROR, WARNING, Hit

NEAR = 0.8
"""Share of common letter pairs (Dice) from which two names of a slot count as near-duplicates."""
_COPIED = 0.9
_SHARED_BY, _SHARED_LENGTH = 3, 10
_EQUAL_WORDS = (
    ("费用", "成本"),
    ("单位成本", "单价"),
    ("按时", "按期"),
    ("及时率", "按期率"),
    ("竣工", "完工"),
    ("比率", "率"),
    ("比例", "率"),
    ("占比", "率"),
    ("满意率", "满意度"),
    ("数量", "数"),
    ("个数", "数"),
    ("场次数", "场次"),
    ("发生", ""),
    ("群众", ""),
)
"""Words that make no difference between two indicators."""

Found = Iterator[tuple[int, Hit]]
"""(position of the entry, what is wrong with it)."""


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters in a text; a single letter stands for itself."""
    return frozenset(text[place : place + 2] for place in range(len(text) - 1)) or frozenset({text})


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's measure of two sets of pairs: 1 for equal, 0 for nothing in common."""
    return 2 * len(one & other) / (len(one) + len(other))


def plain_name(name: str) -> str:
    """A name with words that make no difference made equal, for comparing; the gap keeps its brackets."""
    for word, other in _EQUAL_WORDS:
        name = name.replace(word, other)
    return name


def cross_hits(entries: Sequence[Entry]) -> Found:
    """What is wrong between entries."""
    yield from _id_hits(entries)
    yield from _reference_hits(entries)
    living = [(place, entry) for place, entry in enumerate(entries) if not entry.retired]
    yield from _name_hits(living)
    yield from _near_hits(living)
    yield from _synonym_hits(living)
    yield from _copy_hits(living)
    yield from _boilerplate_hits(living)


Living = Sequence[tuple[int, Entry]]


def _id_hits(entries: Sequence[Entry]) -> Found:
    first: dict[str, int] = {}
    for place, entry in enumerate(entries):
        if first.setdefault(entry.id, place) != place:
            yield (
                place,
                Hit(
                    "id", "duplicate-id", f"编号 {entry.id} 前面已经用过（{entries[first[entry.id]].name}），请换一个。"
                ),
            )


def _reference_hits(entries: Sequence[Entry]) -> Found:
    living = {entry.id for entry in entries if not entry.retired}
    for place, entry in enumerate(entries):
        if entry.use_instead and (entry.use_instead not in living or entry.use_instead == entry.id):
            message = f"use_instead 指向 {entry.use_instead}，但没有这条在用的指标；改成一条在用指标的 id。"
            yield place, Hit("use_instead", "dead-reference", message)


def _name_hits(living: Living) -> Found:
    first: dict[str, Entry] = {}
    for place, entry in living:
        other = first.setdefault(entry.name, entry)
        if other is not entry:
            message = f"名称“{entry.name}”与 {other.id}（{other.level2}）重复；合成一条，另一个名称放进 synonyms。"
            yield place, Hit("name", "duplicate-name", message)


def _near_hits(living: Living) -> Found:
    """Near-duplicates within a slot, found through the rarest pairs of each name so that 20,000 entries take seconds."""
    by_slot: defaultdict[tuple[str, str], list[tuple[int, Entry, frozenset[str]]]] = defaultdict(list)
    for place, entry in living:
        by_slot[entry.slot].append((place, entry, pairs(plain_name(entry.name))))
    for members in by_slot.values():
        counts = Counter(pair for _, _, own in members for pair in own)
        seen: defaultdict[str, list[int]] = defaultdict(list)
        for number, (place, entry, own) in enumerate(members):
            rare = sorted(own, key=lambda pair: (counts[pair], pair))[: _prefix(len(own))]
            near = {candidate for pair in rare for candidate in seen[pair]}
            for pair in rare:
                seen[pair].append(number)
            for candidate in sorted(near):
                _, other, theirs = members[candidate]
                if other.name != entry.name and (share := likeness(own, theirs)) >= NEAR:
                    yield place, Hit("name", "near-name", _near_message(entry, other, share))
                    break


def _prefix(size: int) -> int:
    """How many of a name's rarest pairs another one must share one of, to be as near as NEAR."""
    needed = NEAR / (2 - NEAR) * size
    return size - int(needed + 0.999) + 1


def _near_message(entry: Entry, other: Entry, share: float) -> str:
    return (
        f"名称“{entry.name}”与 {other.id}“{other.name}”几乎一样（{share:.0%}）；只差名词就写成一个带空位的模板，"
        "意思相同就合成一条，另一个名称放进 synonyms。"
    )


def _synonym_hits(living: Living) -> Found:
    named = {(entry.slot, filled(entry.name)): entry for _, entry in living}
    for place, entry in living:
        for synonym in entry.synonyms:
            other = named.get((entry.slot, synonym))
            if other is not None and other is not entry:
                message = f"同义名“{synonym}”就是同一格 {other.id} 的名称；两条是一回事就合并，不是就换掉这个同义名。"
                yield place, Hit("synonyms", "synonym-name", message)


def _copy_hits(living: Living) -> Found:
    first: dict[str, Entry] = {}
    by_words: defaultdict[str, list[tuple[Entry, frozenset[str]]]] = defaultdict(list)
    for place, entry in living:
        other = first.setdefault(entry.definition, entry)
        if other is not entry:
            yield (
                place,
                Hit("definition", "copied-definition", f"释义与 {other.id} 一字不差；写出这一条自己数什么、不数什么。"),
            )
            continue
        own = pairs(entry.definition)
        fixed = without_gaps(entry.name)[-3:]
        for near, theirs in by_words[fixed]:
            if likeness(own, theirs) >= _COPIED:
                message = f"释义与 {near.id} 几乎一样；写出两条的区别，没有区别就合并。"
                yield place, Hit("definition", "copied-definition", message, WARNING)
                break
        by_words[fixed].append((entry, own))


def _boilerplate_hits(living: Living) -> Found:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, entry in living:
        for sentence in set(_sentences(entry)):
            holders[sentence].append(place)
    for sentence, places in holders.items():
        if len(places) >= _SHARED_BY:
            for place in places:
                message = f"“{sentence}”在 {len(places)} 条指标里一字不差，是套话；改成只对这一条成立的说法。"
                yield place, Hit("definition", "boilerplate", message, ERROR)


def _sentences(entry: Entry) -> Iterator[str]:
    for text in (entry.definition, entry.formula, entry.basis_note, entry.mistake):
        for sentence in re.split(r"[。；]", text):
            if len(sentence) >= _SHARED_LENGTH:
                yield sentence
