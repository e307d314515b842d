"""From candidates to an offer (排序): rules of thumb, the same idea only once, no more than such a project fills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from domain.framework import Slot
from suggest.candidates import COUNTED, MATTER, RULE, Candidate, marked
from suggest.context import Context
from suggest.kinds import Kinds
from suggest.likeness import normal, same_idea, suffix, things
from suggest.targets import ALL_THE_MONEY

ECHO = 0.12
"""What a second source of the same idea adds, as a share of its own score."""


def usual(context: Context, kinds: Kinds, role: str) -> float:
    """How often a project like this fills a slot, 0 to 1: its kinds' rates, the likelier kind counting more, or its sector's."""
    base = kinds.usual.get(role, 0.5)
    total = value = 0.0
    for kind, weight in context.kinds[:3]:
        share = weight**2
        total += share
        value += share * kind.usual.get(role, base)
    by_kind = value / total if total else base
    by_sector = max((weight * field.usual.get(role, 0.0) for field, weight in context.fields), default=0.0)
    by_matter = max((weight * OFTEN for matter, weight in context.matters if role in matter.often), default=0.0)
    return max(by_kind, by_sector, by_matter)


OFTEN = 0.5
"""How often a slot is filled by the matters of which it is said that most of their projects fill it."""


def merge(candidates: Iterable[Candidate], taken: Iterable[str]) -> list[Candidate]:
    """Best first, each idea once; what is taken already is left out. A second source strengthens the first, once."""
    kept: list[Candidate] = []
    echoed: set[int] = set()
    names = list(taken)
    for one in sorted(candidates, key=lambda item: (-item.score, item.name)):
        if any(same_idea(one.name, name) or _both_whole(one.name, name) for name in names):
            continue
        twin = next((at for at, other in enumerate(kept) if _same(one, other)), None)
        if twin is not None and one.source == COUNTED and kept[twin].source != COUNTED:
            one, kept[twin] = kept[twin]._replace(score=one.score), one._replace(score=kept[twin].score)
        if twin is None:
            if len(kept) < 24:
                kept.append(one)
        elif twin not in echoed and kept[twin].source != one.source:
            kept[twin] = _strengthened(kept[twin], one)
            echoed.add(twin)
    return _mixed(_varied(kept))


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates say the same: the same idea, the same count of the text under two names, the whole amount twice."""
    if one.sure and other.sure and one.evidence is not None and one.evidence == other.evidence:
        return suffix(one.name) not in _TOTALS
    if _both_whole(one.name, other.name) and (one.target == other.target or not (one.target and other.target)):
        return True
    if one.target == other.target and ALL_THE_MONEY in one.reasons and ALL_THE_MONEY in other.reasons:
        return True
    return same_idea(one.name, other.name) or _is_open(one, other) or _is_open(other, one)


def _is_open(one: Candidate, other: Candidate) -> bool:
    """Whether one asks for what the text says under another name: how many gain, how many of the same things there are."""
    if one.target or other.source != COUNTED or not other.sure or suffix(one.name) != suffix(other.name):
        return False
    if suffix(one.name) == "人数":
        return one.name.startswith("受益")
    thing = things(other.name)
    return suffix(one.name) in ("数量", "数") and len(thing) > 1 and things(one.name).endswith(thing)


def _both_whole(one: str, other: str) -> bool:
    """Whether both names mean all the money of the project."""
    return one.endswith(_WHOLE) and other.endswith(_WHOLE)


_WHOLE = tuple("总成本 经费总额 资金总额 费用总额 投资总额 预算总额 总投资 总投资额 总投资金额 预算控制数".split())
"""Endings of names that mean all the money of a project: 项目总成本, 信访工作经费总额."""
_TOTALS = ("总成本", "成本", "总额", "控制数", "费用")


def _strengthened(first: Candidate, second: Candidate) -> Candidate:
    better = first
    if second.sure and not first.sure and normal(first.name) == normal(second.name):
        better = first._replace(target=second.target, evidence=second.evidence, sure=True)
    extra = [reason for reason in second.reasons if reason not in first.reasons][:1]
    return better._replace(
        score=better.score + ECHO * second.score,
        reasons=(*better.reasons, *(extra if len(better.reasons) < 3 else [])),
        entry=first.entry if first.entry is not None else second.entry,
    )


def _varied(candidates: list[Candidate]) -> list[Candidate]:
    """Best first, a further candidate of the same measure (…合格率) waiting behind others that are nearly as good."""
    waiting = sorted(candidates, key=lambda item: (-item.score, item.name))
    chosen: list[Candidate] = []
    seen: Counter[str] = Counter()
    while waiting:
        best = max(waiting, key=lambda one: one.score * SAMENESS ** seen[measure(one)])
        waiting.remove(best)
        chosen.append(best)
        seen[measure(best)] += 1
    return chosen


def _mixed(candidates: list[Candidate]) -> list[Candidate]:
    """The same candidates with no more than FROM_MATTER of the project's particular matter among the first five.

    Forms of a matter name some of its own measures beside those that any such project has; an offer shows both.
    """
    first: list[Candidate] = []
    later: list[Candidate] = []
    for one in candidates:
        particular = one.source == MATTER and sum(other.source == MATTER for other in first) >= FROM_MATTER
        (later if particular or len(first) == FIRST else first).append(one)
    return [*first, *later]


FROM_MATTER = 3
"""Candidates of the project's matter among the first five of a slot."""


def measure(one: Candidate) -> str:
    """What counts as the same measure for variety; what the text counts and opinions of others are never the same."""
    if one.source == COUNTED:
        return one.name
    ending = suffix(one.name)
    return one.name if ending in ("满意度", "数量", "数", "人数") else ending


SAMENESS = 0.8
"""What each earlier candidate of the same measure leaves of a score."""


def by_rules(context: Context, slot: Slot, candidates: Iterable[Candidate]) -> Iterable[Candidate]:
    """Rules of thumb (经验规则): procurement asks for a compliant procedure and an acceptance rate."""
    for one in candidates:
        if context.not_procured and "采购" in one.name and one.source != COUNTED:
            continue
        if context.procured and slot.role == "input.project" and one.name == "采购流程合规性":
            yield marked(one, "项目含政府采购，评审会看采购手续", 1.2)._replace(source=RULE)
        elif context.procured and slot.role == "output.quality" and "验收合格率" in one.name:
            yield marked(one, "项目含政府采购，买来的要验收", one.score + 0.15)
        else:
            yield one


def with_conventional(ranked: list[Candidate], names: Collection[str], kept: int) -> list[Candidate]:
    """The same candidates with at least `kept` conventional names (惯用名称) among the first five, as far as there are any.

    The last of the others make room and stand right behind; what the text itself states stays.
    """
    first, rest = ranked[:FIRST], ranked[FIRST:]
    missing = max(0, kept - sum(one.name in names for one in first))
    coming = [one for one in rest if one.name in names and one.score >= FAINT][:missing]
    going = [one for one in first if one.name not in names and not one.sure][-len(coming) :] if coming else []
    coming = coming[: len(going)]
    staying = [one for one in first if one not in going]
    return [*staying, *coming, *going, *(one for one in rest if one not in coming)]


FAINT = 0.12
"""Score below which a candidate is no suggestion."""
THIN = 0.3
"""Score below which a candidate is not worth a line unless more are asked for: four good ones and no fifth."""
FIRST = 5
"""Suggestions of a slot that a filer sees at once."""


def cut(ranked: list[Candidate], often: float, limit: int, *, management: bool) -> list[Candidate]:
    """As many as fit a slot that such projects fill this often; what the text itself says may always stay.

    management: slots of 投入与目标管理 and 影响力, where the usual two always stand ready.
    """
    if often >= 0.9:
        allowed = limit
    elif often >= 0.85:
        allowed = min(limit, 5)
    elif often >= 0.7:
        allowed = min(limit, 4)
    elif often >= 0.6:
        allowed = min(limit, 3)
    elif often >= 0.5 or management:
        allowed = min(limit, 2)
    else:
        allowed = min(limit, 1) if often >= 0.25 else 0
    floor = FAINT if management or limit > FIRST else THIN
    kept = [one for one in ranked[:allowed] if one.score >= floor]
    told = [one for one in ranked[allowed:limit] if one.source == COUNTED or (one.sure and one.score >= 0.6)]
    strong = [one for one in ranked[allowed:limit] if one not in told and one.source != MATTER and one.score >= STRONG][
        :1
    ]
    return [*kept, *told, *strong][:limit]


MOST_OFFERED = {"effect.satisfaction": 4}
"""Offers of slots where a fifth only names the same people again."""
STRONG = 0.75
"""Score from which on a candidate is shown even in a slot that such projects usually leave empty."""


def note(often: float, labels: Sequence[str]) -> str:
    """A word about a slot that such projects usually leave empty."""
    if often >= 0.3:
        return ""
    kind = labels[0] if labels else ""
    return f"“{kind}”这类项目通常可不填。" if kind else "此类项目通常可不填。"
