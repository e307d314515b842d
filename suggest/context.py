"""What a declaration tells about its project (项目画像): weighted terms, sector, kind of project, purposes of money, nouns.

Works from the project's name alone; every further answer sharpens the picture. What the text denies (不含采购, 未涉及培训) does not
count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import sqrt
from typing import NamedTuple

from domain.fields import FieldPath
from domain.model import Declaration
from domain.patterns import later
from domain.reading import Reader, Reading, Span
from suggest.kinds import Kind, Kinds
from suggest.lexicon import lexicon
from suggest.matters import Matter, spoken_of
from suggest.nounphrase import NounPhrases
from suggest.sectors import SectorCues
from suggest.segment import Segment
from suggest.topic import Topics, bare_name, merge
from suggest.weighing import Weigher, purposes_of
from suggest.works import works_in

WEIGHTS: Mapping[FieldPath, float] = {
    ("project", "name"): 4.0,
    ("project", "unit"): 0.6,
    ("narrative", "overview"): 1.0,
    ("narrative", "annual_goal"): 1.0,
    ("narrative", "overall_goal"): 0.8,
    ("narrative", "remarks"): 0.7,
    ("narrative", "plan"): 0.6,
    ("narrative", "necessity"): 0.5,
    ("narrative", "basis"): 0.25,
    ("narrative", "measures"): 0.25,
}
"""How much a word counts by the field it stands in."""

_DENIED = later(
    r"(?:不含|不包含|不包括|不涉及|未涉及|没有涉及|无需|无须|不需要?|不再|未安排|未列支|没有安排|不安排|不另行|不属于|不用于)[^，。；;,\n！!？?]*"
)
_TAG = later(r"<[^<>]{0,200}>")
_RURAL = later(r"[镇乡村](?:人民)?(?:政府|委|$)|乡村振兴|扶贫|农业农村")
_PROCURED = later(r"政府采购|公开招标|竞争性磋商|询价|集中采购|采购")


class Stated(NamedTuple):
    """An indicator as the text states it: the role of its slot, name, target, place, and how much it weighs (about 1)."""

    role: str
    name: str
    target: str
    span: Span
    weight: float


class Context(NamedTuple):
    """The picture of a project that ranking works with. Weights are relative; kinds, sectors and matters are best first."""

    name: str
    terms: Mapping[str, float]
    places: Mapping[str, Span]
    sectors: Mapping[str, float]
    purposes: Mapping[str, float]
    kinds: tuple[tuple[Kind, float], ...]
    fields: tuple[tuple[SectorCues, float], ...]
    matters: tuple[tuple[Matter, float], ...]
    fillers: Mapping[str, tuple[str, ...]]
    reading: Reading
    amount: Decimal | None
    end_month: int | None
    procured: bool
    not_procured: bool
    rural: bool
    texts: Mapping[FieldPath, str]
    body: str
    spoken: str
    """What it says of itself, the unit's name left out: 检察院 and 乡政府 tell nothing of what is done."""
    works: frozenset[str]
    denied: tuple[str, ...] = ()
    stated: tuple[Stated, ...] = ()

    @property
    def sector(self) -> str:
        """The likeliest sector, "" where nothing points to one."""
        return next(iter(self.sectors), "")


class ContextMaker:
    """Makes contexts from declarations; `keywords` are the library's, with the sectors they speak for."""

    def __init__(
        self,
        segment: Segment,
        reader: Reader,
        kinds: Kinds,
        sectors: tuple[SectorCues, ...],
        matters: tuple[Matter, ...],
        keywords: Mapping[str, Mapping[str, float]],
    ) -> None:
        self._segment, self._reader = segment, reader
        self._sectors, self._matters, self._keywords = sectors, matters, keywords
        self._weigher = Weigher(kinds, sectors, keywords)
        self._topics = Topics(segment)
        self.phrases = NounPhrases(segment)
        self._longest = max(map(len, keywords), default=2)

    def make(self, declaration: Declaration) -> Context:
        """The picture of a declaration."""
        passages = [(path, *_affirmed(declaration.get(path))) for path in WEIGHTS]
        texts = [(path, text) for path, text, _ in passages if text.strip()]
        terms, places = self._terms(texts)
        reading = _joined([self._reader.read(text, path) for path, text in texts if path != ("project", "unit")])
        name = bare_name(declaration.project.name)
        codes = [one.code for one in declaration.project.economic_subjects]
        sectors = self._weigher.sectors(texts, terms, [one.code for one in declaration.project.functional_subjects])
        denied = tuple(piece for _, _, pieces in passages for piece in pieces)
        kinds = self._weigher.kinds(name, texts, sectors, codes)
        body = " ".join(text for _, text in texts)
        spoken = " ".join(text for path, text in texts if path != ("project", "unit"))
        told = " ".join(text for path, text in texts if path[0] == "narrative")
        matters = spoken_of(self._matters, self._segment.cut(name), declaration.project.unit, self._segment.cut(told))
        rural = bool(_RURAL.search(declaration.project.unit)) or "乡村振兴" in list(sectors)[:2]
        return Context(
            name=name,
            terms=terms,
            places=places,
            sectors=sectors,
            purposes=purposes_of(kinds, codes),
            kinds=kinds,
            fields=self._fields(sectors, rural=rural),
            matters=matters,
            fillers=self._fillers(name, texts, sectors, matters),
            reading=reading,
            amount=_amount(declaration, reading, dict(texts)),
            end_month=declaration.project.end_date.month if declaration.project.end_date else None,
            procured=_procured(declaration, body, denied),
            not_procured=declaration.project.procurement is False or any("采购" in piece for piece in denied),
            rural=rural,
            texts=dict(texts),
            body=body,
            spoken=spoken,
            works=frozenset(works_in(spoken)),
            denied=denied,
        )

    def _terms(self, texts: list[tuple[FieldPath, str]]) -> tuple[dict[str, float], dict[str, Span]]:
        counts: dict[str, float] = {}
        places: dict[str, Span] = {}
        for path, text in texts:
            weight = WEIGHTS[path]
            for term, start in self._pieces(text):
                counts[term] = counts.get(term, 0.0) + weight
                if term not in places:
                    places[term] = Span(path, start, start + len(term), term)
        return {term: sqrt(weight) if weight > 1 else weight for term, weight in counts.items()}, places

    def _pieces(self, text: str) -> Iterator[tuple[str, int]]:
        """Words of the text, and library keywords that stand in it whole."""
        at, stop = 0, lexicon().stop
        for word in self._segment.cut(text):
            if len(word) > 1 and word not in stop and not word.isdigit():
                yield word, at
            at += len(word)
        keywords, longest = self._keywords, self._longest
        for start in range(len(text)):
            for end in range(start + 2, min(start + longest, len(text)) + 1):
                piece = text[start:end]
                if piece in keywords and (len(piece) > 3 or not self._segment.classes(piece)):
                    yield piece, start

    def _fields(self, sectors: Mapping[str, float], *, rural: bool) -> tuple[tuple[SectorCues, float], ...]:
        """The sectors that are close enough to speak for the project; a township's project also serves its villages."""
        near = {name: weight for name, weight in list(sectors.items())[:2] if weight >= NEAR}
        if rural:
            near.setdefault("乡村振兴", NEAR)
        return tuple((one, near[one.name]) for one in self._sectors if one.name in near)

    def _fillers(
        self,
        name: str,
        texts: list[tuple[FieldPath, str]],
        sectors: Mapping[str, float],
        matters: tuple[tuple[Matter, float], ...],
    ) -> dict[str, tuple[str, ...]]:
        told = self._topics.from_text([(text, WEIGHTS[path]) for path, text in texts if path[0] == "narrative"])
        merged = merge(self._topics.from_name(name), told)
        for matter, weight in matters:
            if weight >= NEAR:
                merged["服务对象"] = tuple(dict.fromkeys([*merged.get("服务对象", ()), *matter.served]))
        cues = {one.name: one for one in self._sectors}
        for sector in list(sectors)[:2]:
            if sector not in cues or sectors[sector] < NEAR:
                continue
            for gap, words in (
                ("服务对象", cues[sector].served),
                ("人员", cues[sector].staff),
                ("区域", cues[sector].places),
            ):
                merged[gap] = tuple(dict.fromkeys([*merged.get(gap, ()), *words]))
        return merged


NEAR = 0.6
"""Weight from which on a sector lends a project its nouns and measures."""


def _affirmed(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with tags and denied clauses blanked, positions kept; and the denied clauses."""
    blanked = _TAG.sub(lambda match: " " * len(match[0]), text)
    denied = tuple(match[0] for match in _DENIED.finditer(blanked))
    return _DENIED.sub(lambda match: " " * len(match[0]), blanked), denied


def _joined(readings: list[Reading]) -> Reading:
    return Reading(
        tuple(one for reading in readings for one in reading.quantities),
        tuple(one for reading in readings for one in reading.amounts),
        tuple(one for reading in readings for one in reading.prices),
        tuple(one for reading in readings for one in reading.sums),
        tuple(one for reading in readings for one in reading.moments),
        tuple(one for reading in readings for one in reading.documents),
        tuple(one for reading in readings for one in reading.rates),
    )


_GAINED = later(r"增收|收入|产值|利润|税收|节约|节支|销售|损失")
"""Before an amount that comes of the project and is not spent on it: 带动增收8万元."""


def _amount(declaration: Declaration, reading: Reading, texts: Mapping[FieldPath, str]) -> Decimal | None:
    """The project's amount in 万元: what was answered, else the largest amount that the texts say is spent."""
    answered = declaration.funding.total or declaration.funding.requested
    if answered is not None:
        return answered
    spent = (
        one.yuan for one in reading.amounts if not _GAINED.search(_before(texts.get(one.span.where, ""), one.span))
    )
    told = max(spent, default=None)
    return told / 10_000 if told is not None and told >= 1000 else None


def _before(text: str, span: Span) -> str:
    """The clause of a text up to a span."""
    return text[max(text.rfind(sign, 0, span.start) for sign in "，,。；;\n") + 1 : span.start]


def _procured(declaration: Declaration, body: str, denied: tuple[str, ...]) -> bool:
    if declaration.project.procurement is not None:
        return declaration.project.procurement
    return bool(_PROCURED.search(body)) and not any("采购" in piece for piece in denied)
