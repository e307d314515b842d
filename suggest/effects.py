"""Effects that the text itself promises (原文所说的效果): 使办学条件得到改善 → 办学条件改善情况 改善.

Reviewers look in the effect slots for what the narrative promises; a filer's own words, turned into the name of a judged
indicator, are the nearest thing to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from domain.patterns import HAN, LETTER, later
from domain.reading import Span
from suggest import compose
from suggest.context import Context, Stated

WEIGHT = 0.66
"""Score of a promised effect: below what is counted, above what such projects merely might have."""

MOST = 2
"""Effects taken for one slot, the first in the text."""

FIELDS = ("annual_goal", "overall_goal", "overview", "necessity")
"""Narratives that promise effects, in the order in which they are believed."""

_WORDS = {
    "改善": ("改善", "改善"),
    "提升": ("提升", "提升"),
    "提高": ("提升", "提升"),
    "增强": ("提升", "提升"),
    "优化": ("改善", "改善"),
    "完善": ("完善", "完善"),
    "丰富": ("提升", "提升"),
    "促进": ("", "提升"),
    "推动": ("", "提升"),
    "巩固": ("巩固", "提升"),
    "保障": ("保障能力提升", "提升"),
    "维护": ("维护", "改善"),
    "方便": ("改善", "改善"),
    "增加": ("增加", "增加"),
    "降低": ("降低", "降低"),
    "减少": ("减少", "减少"),
    "减轻": ("减轻", "减轻"),
    "缓解": ("缓解", "缓解"),
    "消除": ("减少", "减少"),
    "激发": ("提升", "提升"),
    "营造": ("营造", "改善"),
    "扩大": ("提升", "提升"),
    "规范": ("规范", "改善"),
    "稳定": ("稳定", "稳定"),
    "增收": ("增收", "增加"),
    "就业": ("就业", "增加"),
}
"""Verb of a promise → what it adds to the name, and the judged target that fits …情况."""

_VERBS = "|".join(verb for verb in _WORDS if verb not in ("增收", "就业"))
_ADVERBS = r"(?:得到|得以|有所|实现|全面|进一步|持续|明显|显著|更加|稳步|不断|大幅|有效|切实|较大|逐步|积极|大力|充分)"
_RESULT = later(rf"(?P<noun>{LETTER}{{3,16}}?){_ADVERBS}+(?P<verb>{_VERBS})$")
_PROMISE = later(rf"(?:^|{_ADVERBS}|以|来|为了|能够|可以?)(?P<verb>{_VERBS})(?P<noun>{LETTER}{{3,16}})$")
_EARNING = later(rf"(?:带动|促进|帮助|助力|使|实现)(?P<noun>{HAN}{{2,14}}?)(?:增加)?(?P<verb>增收|收入|就业)(?:致富)?$")
_CLAUSE = later(r"[^，。；：、,;:!?！？\s（）()“”《》]{5,40}")
_LEAD = later(
    rf"^(?:从而|进而|通过|为了|促使|确保|同时|并且|项目|全[县市区镇乡](?={HAN}{{4}})|使得|使|让|把|将|对|为|并|以|能|要|了|着力|{_ADVERBS})+"
)
_TAIL = later(r"(?:的|等|工作|方面|再上新水平|奠定基础|提供保障|得到|方案|计划|任务|要求|标准|制度)+$")
_UNFIT = later(
    r"[不没未将要把被]|开展|进行|按照|根据|落实|安排|采购|购置|购买|建立|使用|资金|经费|我[市县区镇]|本[市县区镇]"
)
_KEPT = later(r"(?:正常|安全|平稳|有序|顺利|良好|畅通|稳定|及时|开[馆放]|运[转行营]|供[应水电暖])")
"""What is kept going rather than built up: 图书馆正常开放保障情况, but 急救保障能力提升情况."""
_SECURED = later(r"(?:安全|需求|需要|权益|生活|用水|出行|工作|秩序|质量|利益|能力|救治|住房|就医|就学|用电)$")
"""What can be secured better; 保障区级部门 promises nothing."""
_ENVIRONMENT = later(r"空气|生态|水质|水环境|绿化|能耗|污染|扬尘|人居环境|环境卫生|市容|森林|湿地|垃圾")
_ECONOMY = later(r"收入|增收|产值|经济|产业|税收|利润|成本|负担")
_LASTING = later(r"持续|长期|长效|均衡|巩固|可持续|发展")


class Effect(NamedTuple):
    """A promise of the text: what changes, how, and where it stands."""

    noun: str
    verb: str
    span: Span
    lasting: bool


def promised(context: Context) -> Iterator[Stated]:
    """The text's promises as judged indicators of the effect slots, at most MOST for a slot."""
    counts: dict[str, int] = {}
    for effect in _effects(context):
        for role in _roles(effect):
            name, target = _indicator(effect)
            if counts.get(role, 0) < MOST and compose.MIN_NAME <= len(name) <= compose.MAX_NAME:
                counts[role] = counts.get(role, 0) + 1
                yield Stated(role, name, target, effect.span, WEIGHT)


def _effects(context: Context) -> Iterator[Effect]:
    for field in FIELDS:
        where = ("narrative", field)
        for match in _CLAUSE.finditer(context.texts.get(where, "")):
            effect = _effect(match[0], Span(where, match.start(), match.end(), match[0]))
            if effect is not None:
                yield effect


def _effect(clause: str, span: Span) -> Effect | None:
    found = _EARNING.search(clause) or _RESULT.search(clause) or _PROMISE.search(clause)
    if found is None:
        return None
    noun = _bare(found["noun"])
    if len(noun) < 3 or _UNFIT.search(noun) or not noun[-1] >= "\u4e00":
        return None
    if found["verb"] == "保障" and not (_KEPT.search(noun) or _SECURED.search(noun)):
        return None
    return Effect(noun, found["verb"].replace("收入", "增收"), span, bool(_LASTING.search(clause)))


def _bare(noun: str) -> str:
    """The noun alone: 三是使周边居民出行条件 → 周边居民出行条件."""
    *_, last = re.split(r"是使|是|使|均为|为", noun)
    return _TAIL.sub("", _LEAD.sub("", last if len(last) >= 3 else noun))


def _roles(effect: Effect) -> Iterator[str]:
    if _ENVIRONMENT.search(effect.noun):
        yield "effect.environment"
    elif effect.verb == "增收" or _ECONOMY.search(effect.noun):
        yield "effect.economic"
    else:
        yield "effect.social"
    if effect.lasting:
        yield "impact.mechanism"


def _indicator(effect: Effect) -> tuple[str, str]:
    added, target = _WORDS[effect.verb]
    noun = effect.noun
    if effect.verb == "保障" and _KEPT.search(noun):
        added, target = "保障", "保障"
    if added and (noun.endswith(added) or noun.endswith(("提升", "改善", "提高", "发展"))):
        added = ""
    return f"{noun}{added}情况", target
