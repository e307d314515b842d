"""Targets offered for a name that already stands in the table (目标值选项): the text's numbers first, then the usual ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.framework import Slot
from domain.quantity import plain
from domain.vocabulary import words_for
from suggest import counts, targets
from suggest.context import Context
from suggest.likeness import suffix
from suggest.targets import Pattern, pattern_of
from suggest.types import TargetOption

MOST = 5
"""Options shown."""

_USUAL: dict[str, tuple[str, ...]] = {
    "满意度": (">=90%", ">=95%"),
    "满意率": (">=90%", ">=95%"),
    "知晓率": (">=90%", ">=85%"),
    "故障率": ("<=3%", "<=1%"),
    "差错率": ("<=1%", "<=0.5%"),
    "下降率": (">=5%", ">=10%"),
    "增长率": (">=5%", ">=3%"),
    "节约率": (">=3%", ">=5%"),
    "控制率": ("<=100%", "=100%"),
    "及时率": ("=100%", ">=98%"),
    "按期率": ("=100%", ">=98%"),
    "到位率": ("=100%",),
    "合格率": ("=100%", ">=98%"),
    "完成率": ("=100%", ">=95%"),
    "率": (">=95%", "=100%"),
    "完成时间": ("12月底前",),
    "完工时间": ("12月底前",),
    "响应时间": ("<=2小时", "<=30分钟"),
    "修复时间": ("<=24小时", "<=4小时"),
}
"""By what is measured, the usual targets."""
_COUNTS = {
    "人数": "=人",
    "人次": ">=人次",
    "户数": "=户",
    "次数": ">=次",
    "场次": ">=场次",
    "期数": "=期",
    "天数": ">=天",
    "面积": ">=平方米",
    "长度": ">=米",
    "里程": ">=公里",
    "数量": "=个",
    "数": "=个",
    "量": "=个",
}
"""By what is counted, a target that still lacks its number."""
_MONEY = dict.fromkeys(("总成本", "成本", "费用", "总额", "控制数"), "<=万元") | {"单价": "<=元/个", "标准": "<=元/人"}
_TIMES = ("完成时间", "完工时间")
_ENDS = ("日", "号", "前", "底", "末")
_DEADLINE = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]|底)前")
_BY_ROLE = {
    "output.quality": ("=100%", ">=98%", ">=95%"),
    "output.timeliness": ("=100%", "及时"),
    "effect.social": (">=90%", ">=95%"),
}
"""By the slot's role, targets that are usual there under names that end in no known measure."""


def options(
    context: Context, slot: Slot, name: str, pattern: Pattern | None, year: int | None = None
) -> tuple[TargetOption, ...]:
    """Targets that fit a name, best first; pattern is that of the library entry behind the name, year the form's."""
    found: dict[str, TargetOption] = {}
    for text, reason in _all(context, slot, name, pattern):
        if text:
            found.setdefault(text, TargetOption(text, reason))
    for text in [text for text in found if year is not None and _DEADLINE.fullmatch(text)][:1]:
        found[f"{year}年{text}"] = TargetOption(f"{year}年{text}", "写明年份", weak=True)
    for text, reason in _weak(context, slot, name) if len(found) < MOST else ():
        found.setdefault(text, TargetOption(text, reason, weak=True))
    return tuple(found.values())[:MOST]


def _all(context: Context, slot: Slot, name: str, pattern: Pattern | None) -> Iterator[tuple[str, str]]:
    ending = suffix(name)
    if pattern is not None:
        filled = targets.fill(context, slot.role, name, pattern)
        yield filled.text, filled.reason or "指标库的常用值"
    for word in words_for(name):
        yield word, "与名称的结尾相配"
    unfilled = _COUNTS.get(ending) or _MONEY.get(ending)
    if unfilled:
        guess = pattern_of(unfilled)
        filled = targets.fill(context, slot.role, name, guess)
        yield filled.text, filled.reason
        if ending in _COUNTS:
            yield from _other_counts(context, name, guess)
    for rate in context.reading.rates if ending.endswith(("率", "度")) else ():
        if suffix(rate.noun) == ending:
            yield f">={plain(rate.number)}{rate.unit}", f"原文写明“{rate.span.text}”"
    usual = _USUAL.get(ending) or (_USUAL["率"] if ending.endswith("率") else ())
    for text in usual:
        if "月" in text:
            dated = targets.fill(context, slot.role, name, pattern_of(text))
            yield dated.text, dated.reason or "常用值"
        else:
            yield text, "常用值"


def _other_counts(context: Context, name: str, guess: Pattern) -> Iterator[tuple[str, str]]:
    for one in context.reading.quantities:
        if counts.compatible(one.unit, guess.unit) and counts.is_of(one, name):
            yield f"{guess.operator}{counts.as_told(one)}", f"原文写明“{one.span.text}”"


def _weak(context: Context, slot: Slot, name: str) -> Iterator[tuple[str, str]]:
    """What may be picked where it happens to fit: other prices and days of the text, what is usual in the slot."""
    ending = suffix(name)
    if slot.role == "output.cost":
        for price in context.reading.prices:
            unit = f"元/{price.per}" if price.per else "元"
            yield f"<={targets.yuan_text(price.yuan, unit)}", f"原文另有“{price.span.text}”"
    if ending.endswith(_TIMES):
        for moment in context.reading.moments:
            text = targets.deadline(moment.span.text)
            if _DEADLINE.fullmatch(text) and moment.span.text.endswith(_ENDS):
                yield text, f"原文另有“{moment.span.text}”"
    if not words_for(name):
        for text in _BY_ROLE.get(slot.role, ()):
            yield text, "这一格常见的值"
