"""Indicators that the text itself states (原文已写明): counts, rates, time limits and deadlines, each with its place.

新建公厕5座 → 公厕新建数量 =5座; 亮灯率不低于98% → 亮灯率 >=98%; 故障24小时内修复 → 故障修复时间 <=24小时.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from domain.patterns import HAN, LETTER, later
from domain.quantity import plain
from domain.reading import Moment, Quantity, Span, UnitPrice
from suggest import compose, counts, deeds, effects, targets
from suggest.context import Context, Stated
from suggest.lexicon import lexicon
from suggest.likeness import suffix
from suggest.nounphrase import NounPhrases
from suggest.numerals import half

SIDE_FIELDS = (("narrative", "basis"), ("narrative", "measures"), ("narrative", "necessity"))
"""Fields whose numbers seldom are goals."""


def stated(context: Context, phrases: NounPhrases) -> tuple[Stated, ...]:
    """Everything that the texts of a declaration state: numbers to be reached, effects promised, work named without a number."""
    found: dict[tuple[str, str, str], Stated] = {}
    for one in (
        *_counts(context),
        *_rates(context),
        *_prices(context),
        *_limits(context, phrases),
        *_durations(context),
        *_deadlines(context, phrases),
        *_zeros(context),
        *effects.promised(context),
        *deeds.deeds(context, phrases),
    ):
        key = (one.role, one.name, one.target)
        if key not in found or found[key].weight < one.weight:
            found[key] = one
    return tuple(found.values())


# -- counts --

_GAINS = later(r"受益|惠及|带动|务工|就业|辐射|覆盖人口|增收")
_AT_LEAST = later(r"(?:不少于|不低于|至少|达到|(?<!不)超过|力争)\s*$")
_AT_MOST = later(r"(?:不超过|不高于|不多于|控制在|(?<!不)少于|(?<!不)低于)\s*$")
_TROUBLE = later(r"停机|停电|停水|中断|延误|损坏|积压|拖欠|缺口|死亡|受伤|事故")
"""What is counted as it happens, not to be reached."""
_PAST = later(r"上年|去年|上一年|往年|前年")
"""A clause of a year gone by: no promise."""
_TIMES = ("人次", "次", "户次", "家次")
_NO_COUNT = ("小时", "分钟", "岁", "天")


def _counts(context: Context) -> Iterator[Stated]:
    for one in context.reading.quantities:
        if one.unit in _NO_COUNT and not (one.unit == "天" and (one.noun or one.verb)):
            continue
        if _TROUBLE.search(one.noun + one.verb) or _PAST.search(targets.clause(context, one.span)):
            continue
        name = compose.count_name(one, context.fillers)
        if name is not None:
            role = _role_of_count(context, one)
            operator = _operator(context, one, role)
            yield Stated(role, name, f"{operator}{counts.as_told(one)}", one.span, _weigh(context, one))


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

_RATE_NAME = later(rf"{LETTER}{{2,16}}(?:率|度|占比|比例)$")
_RATE_ROLES = (
    (later(r"满意[度率]$"), "effect.satisfaction"),
    (later(r"(?:及时|按期|按时|按月|按季).*率$"), "output.timeliness"),
    (later(r"(?:到位|执行|支出)率$"), "input.funding"),
    (later(r"(?:入账|账实相符)率$"), "input.assets"),
    (
        later(r"(?:绿化|植被|林草|森林|减排|节能|节水|优良天数|空气|能耗|用[电水气能]量|排放).*(?:率|度|占比|比例)$"),
        "effect.environment",
    ),
    (later(r"(?:节约|节支|增收|收入|产值|营业额|销售额?|税收).*[率度]$"), "effect.economic"),
    (
        later(
            r"(?:知晓|参与|办结|解决|化解|下降|降低|增长|提升|提高|就业|应用|使用|利用|普及|感染|发生|安全感).*[率度]$"
        ),
        "effect.social",
    ),
    (later(r"(?:完成|覆盖).*率$"), "output.quantity"),
)
_COVERAGE = later(r"(?<!规范)(?<!规范化)(?:接种|管理|管理服务|建档|签约|筛查|参保)率$")
"""Rates of how many are reached, which many forms count among the quantities."""
_BAD_RATE = later(
    r"(?:故障|差错|投诉|事故|返修|返工|流失|发案|死亡|丢失|损坏|退回|逾期|漏损|失误|错误|不合格|受害|失业|辍学|空置|破损|闲置|违规)"
    r"(?!.*(?:办结|修复|排除|处置|处理|整改|化解|查处|回复|响应|解决|及时|控制|破获|侦破|识别))"
)
"""Rates of which less is better; 故障修复率 is none."""
_CHANGE_NAME = later(r"(?:提升|下降)幅度$|(?:提升|增长|下降|缩短|节约)率$")
_GONE_BY = later(r"(?<![较比])(?:上年|去年|上一年|往年|前年)|近年|近[几两三四五]年|目前|现状|现有|已(?:经|达|有)|截至")
"""A rate of the past or of today: nothing to be reached."""
_BELOW = later(r"\s*(?:以下|以内|之内)")


def _rates(context: Context) -> Iterator[Stated]:
    for one in context.reading.rates:
        name = one.noun
        if len(name) <= 3:
            name = _counted_before(context, one).removesuffix(name[:2]) + name
        if not _RATE_NAME.search(name) or not compose.MIN_NAME - 1 <= len(name) <= compose.MAX_NAME:
            continue
        is_change = bool(_CHANGE_NAME.search(name))
        if _GONE_BY.search(targets.clause(context, one.span)) or (is_change and one.span.where in SIDE_FIELDS):
            continue
        role = next((role for pattern, role in _RATE_ROLES if pattern.search(name)), "output.quality")
        target = f"{_rate_operator(context, one, name, is_change)}{plain(one.number)}{one.unit}"
        if _COVERAGE.search(name):
            yield Stated("output.quantity", name, target, one.span, 0.8)
        yield Stated(role, name, target, one.span, 1.15 - 0.35 * (one.span.where in SIDE_FIELDS))


def _rate_operator(context: Context, one: Quantity, name: str, is_change: bool) -> str:
    """At most where less is better or the text says so; a change is at least what is promised."""
    text, start = context.texts.get(one.span.where, ""), one.span.start
    bounded = _AT_MOST.search(text[max(0, start - 6) : start]) or _BELOW.match(text, one.span.end)
    less = bounded or (not is_change and (one.verb == "下降" or _BAD_RATE.search(name)))
    return "<=" if less else "=" if one.number == 100 else ">="


def _counted_before(context: Context, rate: Quantity) -> str:
    """What a bare rate is of: the thing counted last in the same sentence (调解纠纷800件，化解率98%)."""
    text = context.texts.get(rate.span.where, "")
    sentence = max(text.rfind(sign, 0, rate.span.start) for sign in "。；;\n")
    told = (one for one in reversed(context.reading.quantities) if one.span.where == rate.span.where)
    near = (one for one in told if sentence < one.span.start < rate.span.start)
    return next((one.noun for one in near if 2 <= len(one.noun) <= 6 and _beside(text, one)), "")


def _beside(text: str, one: Quantity) -> bool:
    """Whether what is counted is named right at the count: an object named earlier is only what work is done to."""
    reach = len(one.noun) + 6
    return one.noun in text[max(0, one.span.start - reach) : one.span.end + reach]


# -- prices --

_PRICED = later(r"(标准|单价|成本|费用|价格|造价|租金|保费|费)$")
_PROFITS = later(r"受益|带动|务工|就业|增收|收入|产值|利润|节约")
_HEAD_WORD = later(r"^(?:人均|户均|亩均|台均|次均)")


def _prices(context: Context) -> Iterator[Stated]:
    for one in context.reading.prices:
        if one.span.where in SIDE_FIELDS or _PROFITS.search(targets.clause(context, one.span)):
            continue
        name = _price_name(context, one)
        if name and compose.MIN_NAME <= len(name) <= compose.MAX_NAME:
            operator = "<=" if _CEILING.search(_clause_until(context, one)) else targets.cost_operator(name)
            target = f"{operator}{targets.yuan_text(one.yuan, f'元/{one.per}' if one.per else '元')}"
            yield Stated("output.cost", name, target, one.span, 0.93)


_CEILING = later(r"最高|不超过|不高于|不多于|控制在|以内|上限|封顶")
"""A price that is not paid in full to each: 每件最高2000元."""


def _clause_until(context: Context, one: UnitPrice) -> str:
    """The clause of a price up to two characters behind it."""
    text = context.texts.get(one.span.where, "")
    return re.split(r"[，,。；;\n]", text[: one.span.end])[-1] + text[one.span.end : one.span.end + 2]


_PERSONS = ("人", "名", "位", "生", "户")
"""Measures of people: nobody has a unit price, but what is paid or spent for each is a standard."""
_BODIES = ("村", "校", "馆", "家", "单位")
"""Measures of bodies that are paid for by the head: 村均经费标准."""
_PAID_BODIES = ("企业", "单位", "学校", "村", "合作社", "机构", "家庭农场")
_SAID_LIMIT = later(r"(?:不超过|不高于|不低于|不少于|最高|最低|最多|至少|单个|平均|为|按|控制在|约|标准)+")


def _price_name(context: Context, one: UnitPrice) -> str:
    """每人每月补助100元 → 补助标准; 人均培训成本300元 → 人均培训成本; 除颤仪8000元/台 → 除颤仪单价."""
    inner = re.sub(r"[\d,.]+\s*(?:亿|万|千|百)?元.*$|每(?:公里|平方米|学年|工日|[人户家场班台]次|.)", "", one.span.text)
    inner = _SAID_LIMIT.sub("", inner)
    if _HEAD_WORD.match(inner):
        return inner if _PRICED.search(inner) else f"{inner}标准"
    noun = re.sub(r"(?:每人|每月|每年)$", "", one.noun)
    body = noun if inner in noun else noun + inner
    if not body:
        body = next((head for head in context.fillers.get("补助", ()) if len(head) <= 8), "")
    elif len(body) <= 2 and targets.ALLOWANCE.search(body):
        body = next((head for head in context.fillers.get("对象", ()) if len(head) <= 6), "") + body
    each = one.per.split("·")[0]
    if not body and each in _BODIES:
        return f"{each}均经费标准"
    if not body or _PRICED.search(body):
        return body
    before = context.texts.get(one.span.where, "")[: one.span.start].rstrip(" 为按是")
    if targets.ALLOWANCE.search(body) or before.endswith("标准"):
        return f"{body}标准"
    if each in _BODIES:
        return f"{each}均经费标准"
    paid = targets.ALLOWANCE.search(next(iter(context.fillers.get("补助", ())), ""))
    people = body.endswith(lexicon().endings["人员"])
    if each in _TIMES and people:
        return f"{body}服务标准"
    if each not in _PERSONS and not (paid and body.endswith(_PAID_BODIES)):
        return f"{body}单价"
    if paid:
        return f"{body}{paid[0]}标准"
    return f"{body}报酬标准" if "·" in one.per and people else f"{body}人均标准"


# -- time limits and deadlines --

_LIMIT = later(r"(\d+)\s*(?:个)?(小时|分钟|工作日|天|日)(?:之内|以内|内)")
_DEADLINE = later(r"(?:1[0-2]|[1-9])月(?:\d{1,2}[日号])?(?:底|末)?之?前|年底前")
_RESPONSES = (
    "响应",
    "修复",
    "到场",
    "办结",
    "处置",
    "处理",
    "回复",
    "反馈",
    "送达",
    "到达",
    "受理",
    "答复",
    "发放",
    "到账",
    "恢复",
    "更换",
    "维修",
    "抢修",
    "排除",
    "清除",
    "上门",
)


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


_SHORTENED = later(
    rf"({HAN}{{2,10}}?(?:时间|时限|时长))(?:由|从)[^，。；;\n]{{1,10}}?(?:缩短|压缩|减少|降低?)[到至为]?\s*(\d+(?:\.\d+)?)\s*"
    r"(个?工作日|小时|分钟|秒|天|日)"
)
_DURATION = later(
    rf"({HAN}{{2,10}}?(?:时间|时限|时长))(?:均)?(?:不超过|控制在|不高于|不大于|小于|低于|为|在)?\s*(\d+(?:\.\d+)?)\s*(个?工作日|小时|分钟|秒|天|日)"
)


def _durations(context: Context) -> Iterator[Stated]:
    """故障响应时间不超过30分钟 → 故障响应时间 <=30分钟; 等候时间由5天缩短到2天 → 等候时间 <=2天."""
    for where, text in context.texts.items():
        plain_text = half(text) if where[0] == "narrative" else ""
        for match in (*_SHORTENED.finditer(plain_text), *_DURATION.finditer(plain_text)):
            unit = {"工作日": "个工作日", "日": "天"}.get(match[3], match[3])
            span = Span(where, match.start(), match.end(), text[match.start() : match.end()])
            yield Stated(
                "output.timeliness", re.sub(r"^(?:的|其|且|平均)", "", match[1]), f"<={match[2]}{unit}", span, 1.05
            )


_ZERO = later(
    rf"(?:不发生|杜绝|无|零|确保不出现)(?:发生)?((?:较大以上|重大|较大|重特大|责任)?{HAN}{{0,8}}?(?:事故|事件|案件|舆情))"
)


def _zeros(context: Context) -> Iterator[Stated]:
    """不发生较大以上生产安全事故 → 较大以上生产安全事故数 =0起."""
    for where, text in context.texts.items():
        for match in _ZERO.finditer(text) if where[0] == "narrative" else ():
            name = f"{match[1]}数"
            if compose.MIN_NAME <= len(name) <= compose.MAX_NAME:
                yield Stated("effect.social", name, "=0起", Span(where, match.start(), match.end(), match[0]), 0.95)


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
        if 2 <= len(thing) <= 8 and not suffix(thing):
            yield Stated(
                "output.timeliness",
                name,
                targets.deadline(moment.span.text),
                moment.span,
                _deadline_weight(moment, thing),
            )


def _deadline_weight(moment: Moment, thing: str) -> float:
    """The last step of a plan is the one to be measured; preparing steps weigh less."""
    return 0.55 if re.search(r"招标|采购|签订|方案|设计|前期|报名|摸底", thing) else 0.8
