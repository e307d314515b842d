"""What a project is probably about (领域与类型的权重): how much its words speak for each sector and each kind of project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

from domain.fields import FieldPath
from domain.patterns import later
from suggest.kinds import Kind, Kinds
from suggest.lexicon import lexicon
from suggest.sectors import SectorCues

Texts = Sequence[tuple[FieldPath, str]]
"""The texts of a declaration with their fields."""


class Weigher:
    """Weighs sectors and kinds; `keywords` are the library's, with the sectors they speak for."""

    def __init__(
        self, kinds: Kinds, sectors: tuple[SectorCues, ...], keywords: Mapping[str, Mapping[str, float]]
    ) -> None:
        self._kinds, self._sectors, self._keywords = kinds, sectors, keywords
        self._within = _within_others(sectors)

    def sectors(self, texts: Texts, terms: Mapping[str, float], codes: Iterable[str]) -> dict[str, float]:
        """The weight of each sector that anything speaks for, 1 for the likeliest, best first; codes are functional subjects."""
        weights: dict[str, float] = {}
        texts = [(path, text.replace("政府", "府")) for path, text in texts]  # no 民政 and no 市政 stands in it
        for cues in self._sectors:
            value = 0.0
            for path, text in texts:
                hits = sum(1 for word in cues.words if self._speaks(text, word))
                value += log(1 + hits) * _CUE_FIELDS.get(path, 0.25)
            for code in codes:
                value += max((len(start) / 5 for start in cues.subjects if code.startswith(start)), default=0.0)
            if value:
                weights[cues.name] = value
        for term, weight in terms.items():
            for sector, share in self._keywords.get(term, {}).items():
                weights[sector] = weights.get(sector, 0.0) + 0.15 * weight * share
        top = max(weights.values(), default=0.0)
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
        return {name: value / max(top, TOLD) for name, value in ranked if value >= 0.2 * top} if top else {}

    def _speaks(self, text: str, word: str) -> bool:
        """Whether a sector's word stands in a text other than inside a longer one of another sector: 环境卫生 is no 卫生."""
        if word not in text:
            return False
        for longer in self._within.get(word, ()):
            text = text.replace(longer, " ")
        return word in text

    def kinds(
        self, name: str, texts: Texts, sectors: Mapping[str, float], codes: Sequence[str]
    ) -> tuple[tuple[Kind, float], ...]:
        """The kinds of project that a name and its texts speak for, likeliest first; codes are economic subjects."""
        name = _BODIES.sub(lambda match: "某" * len(match[0]), name)
        core = _without_fund_words(name)
        claimed = {text: _claimed(text, self._kinds) for text in (core, name)}
        said = any(_name_score(core, kind, claimed[core]) >= 1 for kind in self._kinds.kinds)
        body = " ".join(text for path, text in texts if path[0] == "narrative")
        weights = []
        for kind in self._kinds.kinds:
            value = kind.weight * _name_score(core, kind, claimed[core])
            if core != name:
                value = max(value, (0.3 if said else 1.0) * kind.weight * _name_score(name, kind, claimed[name]))
            acts = [word for word in kind.strong if word not in lexicon().things]
            value += 0.5 * log(1 + sum(body.count(word) for word in acts))
            value += 0.2 * log(1 + sum(body.count(word) for word in kind.cues))
            value += 0.25 * max((sectors.get(sector, 0.0) for sector in kind.sectors), default=0.0) if value else 0.0
            value += 0.5 * max((_purpose_of(code) in kind.purposes for code in codes), default=False)
            if value:
                weights.append((kind, value))
        if name.strip() and not any(value >= HINT for _, value in weights):
            weights = [one for one in weights if ANY not in one[0].sectors]
            weights += [(kind, HINT) for kind in self._kinds.kinds if ANY in kind.sectors]
        top = max((value for _, value in weights), default=0.0)
        ranked = sorted((one for one in weights if one[1]), key=lambda item: (-item[1], item[0].id))
        return tuple((kind, value / max(top, HINT)) for kind, value in ranked if value >= 0.25 * top)


def _within_others(sectors: Iterable[SectorCues]) -> dict[str, tuple[str, ...]]:
    """The longer words of other sectors that a sector's word stands inside of."""
    owners = {word: one.name for one in sectors for word in one.words}
    found: dict[str, tuple[str, ...]] = {}
    for long, owner in owners.items():
        pieces = {long[start:end] for start in range(len(long)) for end in range(start + 2, len(long) + 1)} - {long}
        for short in pieces & owners.keys():
            if owners[short] != owner:
                found[short] = (*found.get(short, ()), long)
    return found


TOLD = 0.45
"""What one cue word of the unit says for a sector; less than that in all leaves the sector a guess."""

HINT = 0.6
"""Less than this in all says little about the kind: the project may as well be any work of its unit."""
ANY = "通用"
"""The sector of kinds that any project may be of."""
_CUE_FIELDS: Mapping[FieldPath, float] = {
    ("project", "name"): 1.0,
    ("project", "unit"): 0.7,
    ("narrative", "overview"): 0.45,
}
_FUND = later(r"(?:财政)?(?:专项)?(?:补助|奖补|补贴|奖励)(?:专项)?(?:资金|经费|项目|预算指标|支出)?(?:项目)?$")


def _without_fund_words(name: str) -> str:
    """学校改造补助资金 is about 改造: 补助资金 at the end says where the money comes from, if anything else is left."""
    return _FUND.sub("", name) if _FUND.search(name) and ("资金" in name[-8:] or "指标" in name[-8:]) else name


def _name_score(name: str, kind: Kind, claimed: Mapping[str, int]) -> float:
    """Cue words in the name, those nearer its end counting more: the head of a Chinese name stands last.

    claimed: where the cues of all kinds stand; one inside a longer one is only part of that word (建设 in 平台建设), and a
    thing behind which another kind's cue stands is only what that is about (污水 in 污水泵站电费).
    """
    value = 0.0
    for word in kind.strong:
        at = name.rfind(word)
        if at >= 0 and not any(
            place <= at and at + len(word) <= place + len(longer) and len(longer) > len(word)
            for longer, place in claimed.items()
        ):
            said = 1.0 + 0.6 * (at + len(word)) / len(name) + 0.03 * len(word)
            if word not in lexicon().actions and any(
                place >= at + len(word) and other not in kind.strong for other, place in claimed.items()
            ):
                said *= MERE_THING
            value = max(value, said) + 0.1
    hits = sum(1 for word in kind.cues if word in name)
    return value + 0.3 * hits


MERE_THING = 0.4
"""What is left of a cue that is only a thing to which something of another kind is done."""


def _claimed(name: str, kinds: Kinds) -> dict[str, int]:
    """The cue words of all kinds that a name holds, with where the last of each begins."""
    places = {word: name.rfind(word) for kind in kinds.kinds for word in kind.strong}
    return {word: at for word, at in places.items() if at >= 0}


_BODIES = later(r"(?:服务|检测|检验|监测|管理|活动|培训|运营|会议|维护|救助|宣传|研究)+(?:中心|站|所|室|局|处|院)")
"""Institutions whose names hold what they do: 社区卫生服务中心改扩建 is no purchase of services."""


def _purpose_of(code: str) -> str:
    purposes = lexicon().purposes
    return next((purposes[code[:size]] for size in (5, 3) if code[:size] in purposes), "")


def purposes_of(kinds: tuple[tuple[Kind, float], ...], codes: Iterable[str]) -> dict[str, float]:
    """What the money is probably for (资金用途), by the kinds of project and the economic subjects; weights of 0 to 1."""
    weights: dict[str, float] = {}
    for kind, weight in kinds:
        for place, purpose in enumerate(kind.purposes):
            weights[purpose] = max(weights.get(purpose, 0.0), weight * (1.0 if place == 0 else 0.7))
    for code in codes:
        if purpose := _purpose_of(code):
            weights[purpose] = max(weights.get(purpose, 0.0), 0.8)
    return weights
