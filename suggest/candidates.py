"""Where suggestions come from (候选来源): the text's own counts, what the kind of project usually measures, the library.

Each source yields candidates with a score between 0 and about 1 and the reason in Chinese; `suggest.ranking` merges them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from domain.framework import Slot
from domain.library import Entry
from domain.library.entry import GAP_EXAMPLES, without_gaps
from domain.reading import Span
from domain.text import brief
from suggest import compose, targets, works
from suggest.context import Context
from suggest.data import EngineData
from suggest.index import score
from suggest.kinds import Kinds, Measure
from suggest.lexicon import lexicon
from suggest.likeness import suffix
from suggest.targets import Pattern

COUNTED, NAMED, USUAL, MATTER, LIBRARY, RULE = "counted", "named", "usual", "matter", "library", "rule"
"""Sources: a number stated in the text, work named there without a number, what such projects usually have, what projects of the
same matter have, the library by words, a rule of thumb."""

QUOTED = 24
"""Characters of the project's own text that a reason quotes."""


class Candidate(NamedTuple):
    """A suggestion in the making; entry is a number in the arranged library, None where none stands behind it."""

    name: str
    target: str
    score: float
    reasons: tuple[str, ...]
    source: str
    entry: int | None = None
    evidence: Span | None = None
    sure: bool = False


class Sources:
    """The sources over one library and one table of kinds."""

    def __init__(self, entries: Sequence[Entry], data: EngineData, kinds: Kinds) -> None:
        self._entries, self._data, self._kinds = entries, data, kinds
        self._ranges = {(one, two): (start, end) for one, two, start, end in data["slots"]}

    def relevance(self, context: Context) -> dict[int, float]:
        """How well each entry fits the words of the context, 0 to 1."""
        raw = score(self._data["index"], context.terms)
        top = max(raw.values(), default=0.0)
        return {doc: (value / top) * min(1.0, value / FULL_MATCH) for doc, value in raw.items()} if top else {}

    def candidates(self, context: Context, slot: Slot, relevance: Mapping[int, float]) -> Iterator[Candidate]:
        """Every candidate for a slot, in no order."""
        yield from self._stated(context, slot)
        yield from self._usual(context, slot)
        yield from self._from_library(context, slot, relevance)

    # -- what the text states --

    def _stated(self, context: Context, slot: Slot) -> Iterator[Candidate]:
        for one in context.stated:
            if one.role == slot.role:
                sure = bool(one.target)
                reasons = (f"{'原文写明' if sure else '原文提到'}“{brief(one.span.text, QUOTED)}”",)
                link, source = self.link(slot, one.name), COUNTED if sure else NAMED
                yield Candidate(one.name, one.target, one.weight, reasons, source, link, one.span, sure=sure)

    # -- what such projects usually measure --

    def _usual(self, context: Context, slot: Slot) -> Iterator[Candidate]:
        for kind, weight in context.kinds:
            for measure in kind.measures.get(slot.role, ()):
                yield from self._measured(context, slot, measure, weight, f"“{kind.label}”类项目常用", kind.defaults)
        for sector, weight in context.fields:
            for measure in sector.measures.get(slot.role, ()):
                for one in self._measured(context, slot, measure, weight, f"“{sector.name}”领域常用", {}):
                    share = _own_work(one, context) * _own_business(one, slot, context)
                    yield one._replace(score=one.score * share)
        for matter, weight in context.matters:
            for measure in matter.measures.get(slot.role, ()):
                for one in self._measured(context, slot, measure, weight, f"“{matter.label}”类项目常用", {}):
                    told = _told_share(one.name, context)
                    share = (MATTER_UNTOLD + MATTER_TOLD * told) * _own_work(one, context)
                    yield one._replace(source=MATTER, score=one.score * share)
        for measure in self._kinds.general.get(slot.role, ()):
            yield from self._measured(context, slot, measure, 1.0, "各类项目通用", _GENERAL_DEFAULTS)

    def _measured(
        self,
        context: Context,
        slot: Slot,
        measure: Measure,
        weight: float,
        reason: str,
        defaults: Mapping[str, str],
    ) -> Iterator[Candidate]:
        gap = compose.GAP.search(measure.name)
        default = defaults.get(gap[1], "") if gap else ""
        if measure.told:
            weight *= _told_by(context, measure.told)
        limit, longest = (2, 8) if slot.role in _MANY else (1, 6)
        ways = compose.fillings(measure.name, _nouns(context, gap, default), default, limit, longest)
        pattern = targets.pattern_of(measure.target)
        for place, (name, noun) in enumerate(ways):
            if _tells_nothing(name, noun, default, context):
                continue
            if place and slot.role == "effect.satisfaction":
                pattern = pattern._replace(number=_FURTHER_GROUPS.get(pattern.number, pattern.number))
            filled = targets.fill(context, slot.role, name, pattern, noun)
            value = weight * measure.weight * _FILLED_PLACE[place]
            if slot.role == "output.quantity" and not filled.text and not pattern.is_judged:
                value *= 0.6 if context.reading.quantities else 0.9
            reasons = (reason, *((f"名称取自项目的“{noun}”",) if noun and noun != default else ()))
            yield Candidate(
                name,
                filled.text,
                value + 0.08 * filled.sure,
                (*reasons, *((filled.reason,) if filled.reason else ())),
                USUAL,
                self.link(slot, name),
                filled.evidence,
                filled.sure,
            )

    # -- the library --

    def _from_library(self, context: Context, slot: Slot, relevance: Mapping[int, float]) -> Iterator[Candidate]:
        start, end = self._ranges.get(slot.key, (0, 0))
        ranked = sorted(
            (
                (self._weigh_entry(context, doc, relevance[doc]), doc)
                for doc in range(start, end)
                if relevance.get(doc, 0.0) >= WEAK
            ),
            key=lambda item: (-item[0], item[1]),
        )
        for value, doc in ranked[:CONSIDERED]:
            yield from self.from_entry(context, slot, doc, value)

    def _weigh_entry(self, context: Context, doc: int, relevance: float) -> float:
        entry = self._entries[doc]
        sector = max((context.sectors.get(one, 0.0) for one in entry.sectors), default=0.0)
        if "通用" in entry.sectors:
            sector = max(sector, 0.5)
        purpose = max((context.purposes.get(one, 0.0) for one in entry.purposes), default=0.0)
        return LIBRARY_WEIGHT * relevance * (0.3 + 0.4 * sector + 0.3 * purpose) * self._told(context, doc)

    def _told(self, context: Context, doc: int) -> float:
        """How much of an entry's name the project speaks of: 雨露计划 must stand in the text to be offered."""
        words = self._data["names"][doc]
        total = sum(weight for _, weight in words)
        if not total:
            return 1.0
        said = sum(weight for word, weight in words if word in context.body)
        told = UNTOLD + (1 - UNTOLD) * said / total
        return told if self._is_about_it(context, doc) else told * OTHER_THINGS

    def _is_about_it(self, context: Context, doc: int) -> bool:
        """Whether the project speaks of more than an entry's work: 终端更新 is not about 健身路径更新."""
        general = lexicon().actions | lexicon().things | lexicon().vague | lexicon().abstract
        telling = {word for word, _ in self._data["names"][doc]} - general
        told = [word for word in self._entries[doc].keywords if word not in general and word in context.body]
        return (
            not telling
            or any(word in context.body for word in telling)
            or len(told) > 1
            or any(len(word) > 2 for word in told)
        )

    def from_entry(
        self, context: Context, slot: Slot, doc: int, value: float, *, always: bool = False
    ) -> Iterator[Candidate]:
        """The candidates that an entry makes in this project: its template filled, its target worked out.

        always: fill the template with a general noun where the project has none, for someone who searched for it.
        """
        entry = self._entries[doc]
        gap = compose.GAP.search(entry.name)
        default = (
            next((kind.defaults[gap[1]] for kind, _ in context.kinds[:1] if gap[1] in kind.defaults), "") if gap else ""
        )
        if gap and always and not default:
            default = GAP_EXAMPLES.get(gap[1], "")
        for place, (name, noun) in enumerate(compose.fillings(entry.name, context.fillers, default)):
            pattern = (
                Pattern(entry.operator, entry.target, entry.unit) if entry.operator else Pattern("", "", entry.target)
            )
            filled = targets.fill(context, slot.role, name, pattern, noun)
            yield Candidate(
                name,
                filled.text,
                value * _FILLED_PLACE[place] + 0.08 * filled.sure,
                (*self._why(context, doc, noun), *((filled.reason,) if filled.reason else ())),
                LIBRARY,
                doc,
                filled.evidence or self._where(context, doc),
                filled.sure,
            )

    def _why(self, context: Context, doc: int, noun: str) -> Iterator[str]:
        entry = self._entries[doc]
        words = self._matched(context, doc)
        keywords = whole([word for word in words if word in entry.keywords])[:3]
        if keywords:
            yield f"原文提到“{'、'.join(keywords)}”"
        elif words:
            yield f"与原文的“{'、'.join(whole(words)[:3])}”有关"
        sector = next((one for one in entry.sectors if context.sectors.get(one, 0.0) >= 0.6), "")
        if sector:
            yield f"属于“{sector}”领域"
        elif not words:
            yield "与项目的文字相近"
        if noun:
            yield f"名称取自项目的“{noun}”"

    def _matched(self, context: Context, doc: int) -> list[str]:
        """Keywords and name words of an entry that the project speaks of, the weightiest first."""
        terms = context.terms
        found = [word for word in self._entries[doc].keywords if word in terms]
        found += [word for word, _ in self._data["names"][doc] if word in terms and word not in found]
        return sorted((word for word in found if word not in _DULL), key=lambda word: -terms[word])

    def _where(self, context: Context, doc: int) -> Span | None:
        return next((context.places[word] for word in self._matched(context, doc) if word in context.places), None)

    def link(self, slot: Slot, name: str) -> int | None:
        """The library entry behind a name, by its fixed words or a synonym; None where none is close."""
        row = self._data["links"].get("/".join(slot.key), {})
        if name in row:
            return row[name]
        bare = without_gaps(name)
        return next((row[bare[at:]] for at in range(1, max(1, len(bare) - 3)) if bare[at:] in row), None)

    def entry_id(self, candidate: Candidate) -> str:
        """The id of the entry behind a candidate, "" where there is none."""
        return self._entries[candidate.entry].id if candidate.entry is not None else ""


ANYBODY = "群众"
"""Those whom any project may serve: a sector names them better."""
NOT_TOLD = 0.15
"""What is left of a usual measure where none of the words that it should be told by stands in the project's words."""
TOLD_IN_NAME = 1.3
"""What a usual measure gains where one of them stands in the project's name."""
FULL_MATCH = 9.0
"""Index score from which on a match is not held back for being weak in itself."""
LIBRARY_WEIGHT = 0.95
WEAK = 0.12
"""Relevance below which an entry cannot reach an offer."""
UNTOLD = 0.25
"""What is left of an entry's score where nothing of its name stands in the text."""
OTHER_THINGS = 0.3
"""What is left of it where the text shares the work alone, done to other things."""
CONSIDERED = 10
"""Library entries looked at per slot."""
_FURTHER_GROUPS = {"95": "90"}
"""Satisfaction asked of those served less directly is set a step lower."""
_FILLED_PLACE = (1.0, 0.8, 0.7)
"""A second noun for the same gap counts less than the first."""
_MANY = ("output.quantity", "effect.satisfaction")
"""Roles where a project may well have the same measure of several things."""
_GENERAL_DEFAULTS = {"服务对象": "群众", "区域": "项目区", "人员": "工作人员"}
_DULL = frozenset("数量 满意度 时间 完成 质量 标准 金额 面积 人数 次数".split())
"""Words that match in every other entry and explain nothing."""


def _nouns(context: Context, gap: re.Match[str] | None, usual: str) -> Mapping[str, Sequence[str]]:
    """The project's nouns; those of the sector, which the text does not say, after the one that is usual for the kind."""
    row = list(context.fillers.get(gap[1], ())) if gap else []
    if not gap or usual == ANYBODY or not usual or not row or row[0] in context.body:
        return context.fillers
    return {gap[1]: [usual, *(noun for noun in row if noun != usual)]}


def _tells_nothing(name: str, noun: str, default: str, context: Context) -> bool:
    """Whether a filled name is empty: 工程数量 of any works, or bodies that gain of which the project does not speak."""
    unsaid = noun.endswith(("使用人员", "对象")) or compose.is_body(noun)
    gaining = name.startswith("受益") and unsaid and noun not in context.body
    return gaining or (noun != "" and noun == default and name == f"{noun}数量")


_DELIVERED = frozenset({"output.quantity", "output.quality", "output.timeliness"})
"""Slots, by role, that say what the money itself delivers."""

MATTER_UNTOLD, MATTER_TOLD = 0.9, 0.6
"""What a measure of the project's matter keeps where the project says nothing of it, and what it gains where it says all."""


def _own_work(one: Candidate, context: Context) -> float:
    """The share that a usual measure of sector or matter keeps, by whether its work is the project's; all where it is told."""
    return 1.0 if one.sure else works.kept(one.name, context.name, context.works)


BACKED = 0.3
"""What a sector's usual output keeps in a project that only equips or keeps up the sector, where its texts do not tell of it."""


def _own_business(one: Candidate, slot: Slot, context: Context) -> float:
    """The share that a sector's usual measure keeps: a lift bought for a hospital delivers a lift, no operations."""
    backing = bool(context.kinds) and context.kinds[0][0].backing
    if not backing or slot.role not in _DELIVERED or one.sure or _told_share(one.name, context):
        return 1.0
    return BACKED


def _told_share(name: str, context: Context) -> float:
    """How much of a name, its kind of measure left out, stands in the project's words: 0 to 1."""
    body = name.removesuffix(suffix(name))
    pairs = [body[at : at + 2] for at in range(len(body) - 1)]
    return sum(pair in context.body for pair in pairs) / len(pairs) if pairs else 0.0


def _told_by(context: Context, words: Sequence[str]) -> float:
    if any(word in context.name for word in words):
        return TOLD_IN_NAME
    return 1.0 if any(word in context.spoken for word in words) else NOT_TOLD


def whole(words: Sequence[str]) -> list[str]:
    """The words without those that are part of another: 设备购置 says 购置 as well."""
    return [word for word in words if not any(word != other and word in other for other in words)]


def marked(candidate: Candidate, reason: str, score: float) -> Candidate:
    """The candidate with a reason put first and another score."""
    return candidate._replace(reasons=(reason, *candidate.reasons), score=score)
