"""Indicators that the text itself states (原文已写明): counts, rates, time limits and deadlines, each with its place.

新建公厕5座 → 公厕新建数量 =5座; 亮灯率不低于98% → 亮灯率 >=98%; 故障24小时内修复 → 故障修复时间 <=24小时; 3月底前完成招标 → 招标完成时间.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.quantity import plain
from domain.reading import Moment, Quantity, Span
from suggest import compose, targets
from suggest.context import Context, Stated
from suggest.likeness import suffix
from suggest.nounphrase import NounPhrases

SIDE_FIELDS = (("narrative", "basis"), ("narrative", "measures"), ("narrative", "necessity"))
"""Fields whose numbers seldom are goals."""


def stated(context: Context, phrases: NounPhrases) -> tuple[Stated, ...]:
    """Everything that the texts of a declaration state as a number to be reached, in the order of the texts."""
    found: dict[tuple[str, str, str], Stated] = {}
    for one in (*_counts(context), *_rates(context), *_limits(context, phrases), *_deadlines(context, phrases)):
        key = (one.role, one.name, one.target)
        if key not in found or found[key].weight < one.weight:
            found[key] = one
    return tuple(found.values())


# -- counts --

_GAINS = re.compile(r"受益|惠及|带动|务工|就业|辐射|覆盖人口|增收")
_AT_LEAST = re.compile(r"(?:不少于|不低于|至少|达到|超过|力争)\s*$")
_AT_MOST = re.compile(r"(?:不超过|不高于|不多于|控制在|少于|低于)\s*$")
_TIMES = ("人次", "次", "户次", "家次")
_NO_COUNT = ("小时", "分钟", "岁", "天")


def _counts(context: Context) -> Iterator[Stated]:
    heads = context.fillers.get("对象", ())
    for one in context.reading.quantities:
        if one.unit in _NO_COUNT and not (one.unit == "天" and (one.noun or one.verb)):
            continue
        name = compose.count_name(one, heads)
        if name is not None:
            role = _role_of_count(context, one)
            operator = _operator(context, one, role)
            yield Stated(role, name, f"{operator}{plain(one.number)}{one.unit}", one.span, _weigh(context, one))


def _role_of_count(context: Context, one: Quantity) -> str:
    """Deliverables are quantity; people better off are social effect."""
    near = targets.clause(context, one.span)
    return "effect.social" if _GAINS.search(near) or _GAINS.search(one.noun + one.verb) else "output.quantity"


def _operator(context: Context, one: Quantity, role: str) -> str:
    before = context.texts.get(one.span.where, "")[max(0, one.span.start - 6) : one.span.start]
    if _AT_MOST.search(before):
        return "<="
    if _AT_LEAST.search(before) or role != "output.quantity" or one.unit in _TIMES or one.number >= 1000:
        return ">="
    return "="


def _weigh(context: Context, one: Quantity) -> float:
    weight = 0.85 + 0.12 * bool(one.noun) + 0.08 * bool(one.verb)
    if one.noun and (one.noun[-2:] in context.name or (one.verb and one.verb in context.name)):
        weight += 0.15
    return weight - 0.35 * (one.span.where in SIDE_FIELDS)


# -- rates --

_RATE_NAME = re.compile(r"[一-鿿A-Za-z]{2,16}(?:率|度|占比|比例)$")
_RATE_ROLES = (
    (re.compile(r"满意[度率]$"), "effect.satisfaction"),
    (re.compile(r"(?:及时|按期|按时|按月|按季).*率$"), "output.timeliness"),
    (re.compile(r"(?:到位|执行|支出)率$"), "input.funding"),
    (re.compile(r"(?:入账|账实相符)率$"), "input.assets"),
    (re.compile(r"(?:知晓|参与|办结|解决|化解|下降|降低|增长|提升|提高|就业|应用|使用|利用|普及|感染|发生|安全感).*[率度]$"), "effect.social"),
    (re.compile(r"(?:绿化|减排|节能|节水|优良天数|空气|水质).*率$"), "effect.environment"),
    (re.compile(r"(?:节约|节支|增收).*率$"), "effect.economic"),
    (re.compile(r"(?:完成|覆盖).*率$"), "output.quantity"),
)
_BAD_RATE = re.compile(r"(?:故障|差错|投诉|事故|返修|返工|流失|发案|死亡|丢失|损坏|退回|逾期|漏损|失误|错误)")


def _rates(context: Context) -> Iterator[Stated]:
    for one in context.reading.rates:
        name = one.noun
        if not _RATE_NAME.search(name) or not compose.MIN_NAME - 1 <= len(name) <= compose.MAX_NAME:
            continue
        role = next((role for pattern, role in _RATE_ROLES if pattern.search(name)), "output.quality")
        before = context.texts.get(one.span.where, "")[max(0, one.span.start - 6) : one.span.start]
        less = bool(_BAD_RATE.search(name)) or bool(_AT_MOST.search(before))
        operator = "<=" if less else "=" if one.number == 100 else ">="
        yield Stated(role, name, f"{operator}{plain(one.number)}{one.unit}", one.span, 1.15 - 0.35 * (one.span.where in SIDE_FIELDS))


# -- time limits and deadlines --

_LIMIT = re.compile(r"(\d+)\s*(?:个)?(小时|分钟|工作日|天|日)(?:之内|以内|内)")
_DEADLINE = re.compile(r"(?:1[0-2]|[1-9])月(?:\d{1,2}[日号])?(?:底|末)?之?前|年底前")
_RESPONSES = ("响应", "修复", "到场", "办结", "处置", "处理", "回复", "反馈", "送达", "到达", "受理", "答复", "发放", "到账", "恢复", "更换", "维修", "抢修")


def _limits(context: Context, phrases: NounPhrases) -> Iterator[Stated]:
    for moment in context.reading.moments:
        match = _LIMIT.fullmatch(moment.span.text.replace(" ", ""))
        if match is None:
            continue
        text = context.texts.get(moment.span.where, "")
        after = text[moment.span.end : moment.span.end + 6]
        response = next((word for word in _RESPONSES if after.startswith(word)), "")
        noun = phrases.before(text, moment.span.start).noun
        name = f"{noun}{response}时间"
        if response and compose.MIN_NAME <= len(name) <= compose.MAX_NAME:
            unit = {"工作日": "个工作日", "日": "天"}.get(match[2], match[2])
            yield Stated("output.timeliness", name, f"<={Decimal(match[1])}{unit}", moment.span, 1.0)


def _deadlines(context: Context, phrases: NounPhrases) -> Iterator[Stated]:
    for moment in context.reading.moments:
        if not _DEADLINE.search(moment.span.text):
            continue
        text = context.texts.get(moment.span.where, "")
        after = re.match(r"(?:全部|全面|基本)?完成", text[moment.span.end : moment.span.end + 6])
        if after is None:
            continue
        noun = phrases.after(text, moment.span.end + after.end())
        thing = noun.noun or noun.verb
        name = f"{thing}完成时间"
        if 2 <= len(thing) <= 8 and suffix(thing) == "":
            yield Stated("output.timeliness", name, targets.deadline(moment.span.text), moment.span, _deadline_weight(moment, thing))


def _deadline_weight(moment: Moment, thing: str) -> float:
    """The last step of a plan is the one to be measured; preparing steps weigh less."""
    return 0.55 if re.search(r"招标|采购|签订|方案|设计|前期|报名|摸底", thing) else 0.8
