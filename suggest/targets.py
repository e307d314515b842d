"""Targets (目标值) for a project: the text's own numbers, amounts, prices and dates first, then what is usual."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from domain.patterns import later
from domain.quantity import plain
from domain.reading import Span, UnitPrice
from suggest import counts
from suggest.context import Context
from suggest.likeness import bigrams, subject, suffix

_SPLIT = later(r"(>=|<=|=|>|<)?(\d+(?:\.\d+)?)?(.*)", re.DOTALL)


class Pattern(NamedTuple):
    """A target before it is filled: operator, number as text ("" where only the project knows it), unit or judged word."""

    operator: str
    number: str
    unit: str

    @property
    def is_judged(self) -> bool:
        """Whether the target is a word such as 健全."""
        return not self.operator and not self.number

    def text(self) -> str:
        """The target as typed; "" while the number is missing."""
        if self.is_judged:
            return self.unit
        if not self.number:
            return ""
        if self.unit in ("月底", "月末"):
            return f"{self.number}月底前"
        if self.number == "0":
            return f"=0{self.unit}"
        return f"{self.operator}{self.number}{'个月' if self.unit == '月' else self.unit}"


class Filled(NamedTuple):
    """A target with why it is so and where it stands in the text; sure says whether the text itself says it."""

    text: str
    reason: str = ""
    evidence: Span | None = None
    sure: bool = False


def pattern_of(text: str) -> Pattern:
    """ ">=95%" → (">=", "95", "%"); "=人" → ("=", "", "人"); "健全" → ("", "", "健全")."""
    match = _SPLIT.fullmatch(text.strip())
    assert match is not None
    return Pattern(match[1] or "", match[2] or "", match[3].strip())


def fill(context: Context, role: str, name: str, pattern: Pattern, noun: str = "") -> Filled:
    """The target for an indicator name in a slot of this role; noun is what a gap of the name was filled with."""
    if pattern.is_judged:
        return Filled(pattern.text())
    if pattern.unit in ("%", "‰"):
        return _rate(context, role, name, pattern)
    if pattern.unit in ("月底", "月末"):
        return _date(context, name, pattern)
    if "元" in pattern.unit:
        return _money(context, role, name, pattern, noun)
    return _count(context, name, pattern, noun)


def _rate(context: Context, role: str, name: str, pattern: Pattern) -> Filled:
    for rate in context.reading.rates:
        if rate.unit == pattern.unit and _speaks_of(rate.noun, name):
            number = plain(rate.number)
            operator = "=" if number == "100" and pattern.operator == "=" else pattern.operator
            return Filled(f"{operator}{number}{pattern.unit}", f"原文写明“{_quote(rate.span)}”", rate.span, sure=True)
    if role == "effect.satisfaction" and context.rural and pattern.number and 90 <= float(pattern.number) < 95:
        return Filled(f"{pattern.operator}95%")
    return Filled(pattern.text())


def _speaks_of(noun: str, name: str) -> bool:
    """Whether a rate's noun (群众满意度) is what the name measures (受益群众满意度)."""
    if not noun or suffix(noun) != suffix(name) or not suffix(name):
        return False
    shared = bigrams(noun) & bigrams(name)
    return len(shared) >= min(3, len(bigrams(noun))) or noun == suffix(name)


_DONE = later(
    r"(?:1[0-2]|[1-9])月(?:(?:[12]\d|3[01]|[1-9])[日号])?(?:底|末)?之?前|(?:1[0-2]|[1-9])月(?:底|末)|年底前|年底|12月31日"
)


_ENDS = ("完成", "完工", "竣工", "投入使用", "投用", "交付", "启用")
"""Words of a clause whose date is when the project is done."""


def _date(context: Context, name: str, pattern: Pattern) -> Filled:
    told = None
    words = [
        word
        for word in ("开工", "采购", "招标", "验收", "开通", "上线", "发放", "竣工", "完工", "培训", "提交")
        if word in name
    ]
    for moment in context.reading.moments:
        text = moment.span.text
        if not _DONE.search(text):
            continue
        near = clause(context, moment.span)
        if any(word in near for word in words):
            return Filled(deadline(text), f"原文写明“{_quote(moment.span)}”", moment.span, sure=True)
        if any(word in near for word in _ENDS):
            told = moment.span
    if told is not None:
        return Filled(deadline(told.text), f"原文写明“{_quote(told)}”", told, sure=True)
    month = context.end_month
    if month is not None:
        return Filled(f"{month}月底前", "按结束时间")
    return Filled(pattern.text() or "12月底前")


def deadline(text: str) -> str:
    """A deadline as a target: 2021年6月30日之前 → 6月30日前."""
    if "年底" in text:
        return "12月底前"
    text = re.sub(r"^(?:19|20)\d{2}年", "", text.replace(" ", ""))
    text = re.sub(r"(?:之前|以前|前)$", "", text)
    text = re.sub(r"末$", "底", text)
    return f"{text}底前" if text.endswith("月") else f"{text}前"


_PAID = r"补助|补贴|津贴|奖励|报酬|救助|工资|资助|奖补|补偿|慰问|贴补|发放|劳务"
ALLOWANCE = later(_PAID)
"""Money paid to people or bodies."""
_DUE = later(rf"(?:{_PAID}|低保|养老金|优待金|抚恤|供养|保障金|助学金|护理费|生活费).*标准$")


def cost_operator(name: str, usual: str = "<=") -> str:
    """A cost is a ceiling; but what a policy grants to each is paid in full: 低保标准 =690元/人·月."""
    return "=" if _DUE.search(name) else usual


_TOTAL = later(r"(?:总成本|总额|成本|费用|控制数|经费总额|资金)$")
_SINGLE = later(r"单位|单价|单次|单场|人均|户均|亩均|标准|每")


ALL_THE_MONEY = "按项目金额"
"""The reason of a target that is the whole amount of the project."""


def _is_whole(context: Context, name: str) -> bool:
    """Whether a cost is all the money of the project: 项目总成本, or what the project's name itself is about."""
    thing = _TOTAL.sub("", name)
    return not thing or thing.startswith(("项目", "预算")) or name.endswith(_WHOLE_ENDS) or thing in context.name


_WHOLE_ENDS = ("总成本", "总额", "控制数", "资金")


def _money(context: Context, role: str, name: str, pattern: Pattern, noun: str) -> Filled:
    if role != "output.cost":
        return _gain(context, name, pattern)
    if pattern.unit == "万元" and _TOTAL.search(name) and not _SINGLE.search(name):
        if context.amount is None or not _is_whole(context, name):
            return Filled(pattern.text())
        return Filled(f"{pattern.operator}{plain(context.amount)}万元", ALL_THE_MONEY, None, sure=True)
    best = _price(context, name, pattern.unit, noun)
    if best is not None:
        unit = f"元/{best.per}" if best.per else pattern.unit
        return Filled(
            f"{cost_operator(name, pattern.operator)}{yuan_text(best.yuan, unit)}",
            f"原文写明“{_quote(best.span)}”",
            best.span,
            sure=True,
        )
    hidden = _hidden_price(context, pattern)
    return hidden or Filled(pattern.text())


_GAIN = later(r"增收|收入|产值|利润|税收|节约|节支|投资|销售|消费|损失")


def _gain(context: Context, name: str, pattern: Pattern) -> Filled:
    """An amount that the text promises as a gain: 新增产值80万元 fills a name that speaks of 产值."""
    words = set(_GAIN.findall(name))
    for amount in context.reading.amounts if not pattern.number and "/" not in pattern.unit else ():
        near = set(_GAIN.findall(clause(context, amount.span)))
        if near & words or (near & {"增收", "收入"} and words & {"增收", "收入"}):
            in_wan = amount.yuan >= 10_000 or pattern.unit == "万元"
            text = f"{plain(amount.yuan / 10_000)}万元" if in_wan else f"{plain(amount.yuan)}元"
            return Filled(f"{pattern.operator}{text}", f"原文写明“{_quote(amount.span)}”", amount.span, sure=True)
    for price in context.reading.prices if not pattern.number and re.search(r"[户人]均", name) else ():
        if set(_GAIN.findall(clause(context, price.span))) & words:
            text = f"{pattern.operator}{yuan_text(price.yuan, '元')}"
            return Filled(text, f"原文写明“{_quote(price.span)}”", price.span, sure=True)
    return Filled(pattern.text())


def yuan_text(yuan: Decimal, unit: str) -> str:
    """A price in 元 with its unit, in 万元 where it is large and round."""
    if yuan >= 10_000 and yuan % 100 == 0 and unit.startswith("元"):
        return f"{plain(yuan / 10_000)}万{unit}"
    return f"{plain(yuan)}{unit}"


def _price(context: Context, name: str, unit: str, noun: str) -> UnitPrice | None:
    """The price in the text that belongs to the name: its noun or its unit must fit."""
    per = unit.partition("/")[2]
    about = subject(name)
    ranked = []
    for price in context.reading.prices:
        shared = len(bigrams(price.noun) & bigrams(name + noun)) if price.noun else 0
        alike = shared + (2 if per and price.per and price.per[0] == per[0] else 0)
        if shared or not about or (not price.noun and len(about) <= 2) or ALLOWANCE.fullmatch(about):
            ranked.append((alike, -price.span.start, price))
    return max(ranked, key=lambda item: item[:2])[2] if ranked else None


def _hidden_price(context: Context, pattern: Pattern) -> Filled | None:
    """A price that a monthly total hides: 1720元*12个月 with 43部 in the text → 40元/部·月."""
    if "·月" not in pattern.unit and "/月" not in pattern.unit:
        return None
    measure = pattern.unit.partition("/")[2][:1]
    counted = [one for one in context.reading.quantities if counts.compatible(one.unit, measure) and one.number > 1]
    for one in context.reading.sums:
        money = [number for number, unit in one.factors if unit == "元"]
        months = [number for number, unit in one.factors if unit in ("个月", "月")]
        if len(one.factors) != 2 or not money or not months:
            continue
        for count in counted:
            price = money[0] / count.number
            if price == price.quantize(Decimal("0.01")) and price >= 1:
                text = f"{pattern.operator}{plain(price)}元/{count.unit}·月"
                return Filled(
                    text, f"由“{_quote(one.span)}”除以{plain(count.number)}{count.unit}算出", one.span, sure=True
                )
    return None


def _count(context: Context, name: str, pattern: Pattern, noun: str) -> Filled:
    if pattern.number:
        return Filled(pattern.text())
    best = counts.best_count(context.reading.quantities, name, pattern.unit, noun)
    if best is None:
        return Filled("")
    return Filled(f"{pattern.operator}{counts.as_told(best)}", f"原文写明“{_quote(best.span)}”", best.span, sure=True)


def clause(context: Context, span: Span) -> str:
    """The clause of the text that a span stands in."""
    text = context.texts.get(span.where, "")
    left = max(text.rfind(mark, 0, span.start) for mark in "，。；;\n：、") + 1
    right = min((at for mark in "，。；;\n" if (at := text.find(mark, span.end)) >= 0), default=len(text))
    return text[left:right]


def _quote(span: Span) -> str:
    return span.text.strip() if len(span.text) <= 24 else span.text[:23] + "…"
