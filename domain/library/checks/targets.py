"""Checks of an indicator's target (目标值): suffix against unit, kind against word, direction against operator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from domain.framework import framework
from domain.library.entry import Entry, without_gaps
from domain.library.faults import WARNING, Hit
from domain.vocabulary import words_for

_RATE = re.compile(r"(?:率|占比|比率|比例|比重|满意度|知晓度)$")
_JUDGED = re.compile(r"(?:性|情况)$")
_PLAIN_COUNT = re.compile(r"(?:数|数量|次|次数)$")
_TIME = re.compile(r"(?:时间|天数|时长|周期|日期|年限)$")
_MONEY = re.compile(r"(?:成本|费用|单价|造价|保费|金额|价款)$")
_AREA = re.compile(r"面积$")
_LENGTH = re.compile(r"(?:长度|里程)$")
_INDEX = re.compile(r"(?:指数|系数)$")
_AT_MOST, _AT_LEAST = ("<=", "<"), (">=", ">")
_RATE_UNITS = ("%", "‰")
_TIME_UNITS = re.compile(r"(?:秒|分钟|小时|时|天|日|工作日|周|月|月底|月初|月中|季度|年|学期)(?:前|内|/.+)?$")
_AREA_UNITS = re.compile(r"平方米|平方公里|平方千米|亩|公顷")
_LENGTH_UNITS = re.compile(r"米|公里|千米|海里")
_MEASURES = "户家座台套辆份篇株栋张条处卷册艘盆页具所期宗"
_COUNTED = re.compile(
    rf"(?<!出)([{_MEASURES}])数$|(人次|批次|班次|航次|户次|家次)$|(人|(?<![会考现市广])场)次?数$|(次)数$"
)
_ABOVE_100 = re.compile(r"增长率|提高率|成本率|成本控制率|利用率|增幅|结算控制率|覆盖率")
_NEVER_PERFECT = re.compile(r"准确率|满意度|满意率|知晓率|正确率|畅通率|可用率")
_MUST_BE_PERFECT = re.compile(r"发放|支付|兑付|拨付")
"""Money to the right person: a wrong payment is claimed back, so =100 can be asked."""
_BAD = re.compile(
    r"(?:故障|投诉|差错|误差|错误|事故|缺陷|流失|丢失|丢包|返修|返工|漏损|死亡|逾期|违规|违法|隐患|伤亡|泄露|退回|损毁|空缺|发案|受害|"
    r"成灾|死亡率|近视|中断|停办|返贫|复发|反弹|再犯罪|脱管|冒领|过期|浪费)(?:发生)?(?:率|数|次数|件数|起数|人数|量|天数|小时数|时间|时长|情况)$"
)
_GOOD = re.compile(
    r"(?<!不)(?:满意度|满意率|合格率|准确率|完好率|到位率|及时率|按期率|覆盖率|达标率|通过率|知晓率|成活率|畅通率|可用率|完成率|优良率)$"
)
_LESS_TIME = re.compile(
    r"提前|公示|保存|保留|持续|开放|供电|质保|年限|间隔年|服务时|有效|在岗|服务天数|驻场|授课|减轻时|服务周期"
)


def target_hits(entry: Entry) -> Iterator[Hit]:
    """What is wrong with kind, operator, target, unit and direction of an entry, and between them and the name."""
    if entry.kind == "qualitative":
        yield from _judged_hits(entry)
        return
    yield from _number_hits(entry)
    yield from _unit_hits(entry)
    yield from _direction_hits(entry)
    yield from _bound_hits(entry)


def _judged_hits(entry: Entry) -> Iterator[Hit]:
    if entry.operator or entry.unit:
        yield Hit("operator", "judged-operator", "定性指标没有运算符和单位，operator、unit 都写成空的引号。")
    if entry.direction != "judged":
        yield Hit("direction", "judged-direction", "定性指标的 direction 写 judged。")
    fitting = words_for(without_gaps(entry.name))
    if not fitting:
        yield Hit("kind", "suffix-target", f"“{entry.name}”不是“…性”“…情况”，不该是定性指标；给它运算符、数字和单位。")
    elif entry.target not in fitting:
        yield Hit("target", "suffix-target", f"“{entry.name}”的目标值应是 {'、'.join(fitting)}，不是“{entry.target}”。")


def _number_hits(entry: Entry) -> Iterator[Hit]:
    name = without_gaps(entry.name)
    if _JUDGED.search(name):
        fitting = "、".join(words_for(name)) or "一个词"
        yield Hit(
            "kind", "suffix-target", f"“{entry.name}”以“性”“情况”收尾，目标值应是词（{fitting}）；要写数就改叫“…率”。"
        )
    if not entry.operator:
        yield Hit("operator", "no-operator", "定量指标要有运算符：= >= <= > < 之一。")
    if not entry.unit and not _INDEX.search(name):
        yield Hit("unit", "no-unit", "定量指标要有计量单位：条、部、%、万元、元/条·年、小时……")
    if not entry.target:
        return
    try:
        number = Decimal(entry.target)
    except InvalidOperation:
        yield Hit("target", "target-number", f"目标值“{entry.target}”不是数；运算符写到 operator，单位写到 unit。")
        return
    if entry.unit == "%" and (number > 100 or number < 0) and not _ABOVE_100.search(name):
        yield Hit("target", "percent-range", f"百分数 {entry.target}% 不在 0 到 100 之间。")
    if _role(entry) == "effect.satisfaction" and number < 80:
        yield Hit("target", "low-satisfaction", f"满意度目标 {entry.target}% 偏低，评审会追问；通常 85 以上。", WARNING)
    if number == 0 and entry.operator != "<=":
        yield Hit("operator", "zero-target", "目标为零的一律写 <=0（“不发生”），不写 =0。")
    if (
        number == 100
        and entry.operator in ("=", ">=")
        and _NEVER_PERFECT.search(name)
        and not _MUST_BE_PERFECT.search(name)
    ):
        yield Hit("target", "perfect-target", f"“{entry.name}”难以做到百分之百，宜写 >=98 一类做得到、也会做不到的数。")


def _unit_hits(entry: Entry) -> Iterator[Hit]:
    name, unit = without_gaps(entry.name), entry.unit
    if not unit:
        return
    if _RATE.search(name):
        if not unit.startswith(_RATE_UNITS):
            yield _misfit(entry, "率、占比、满意度配 %", "改用 %，或把名称改成“…数”")
    elif unit.startswith(_RATE_UNITS):
        yield _misfit(entry, "只有率、占比、满意度配 %", "给它计量单位，或把名称改成“…率”")
    elif _TIME.search(name) and not _TIME_UNITS.search(unit):
        yield _misfit(entry, "时间、天数、周期配 小时、天、个工作日、月底 等", "改用时间单位")
    elif _MONEY.search(name) and "元" not in unit:
        yield _misfit(entry, "成本、单价、费用、金额配 元 或 万元", "改用 元、万元 或 元/条·年 一类")
    elif _AREA.search(name) and not _AREA_UNITS.search(unit):
        yield _misfit(entry, "面积配 平方米、亩、公顷 等", "改用面积单位")
    elif _LENGTH.search(name) and not _LENGTH_UNITS.search(unit):
        yield _misfit(entry, "长度、里程配 米、公里 等", "改用长度单位")
    elif _PLAIN_COUNT.search(name) and "元" in unit:
        yield _misfit(entry, "“数”“次”配量词，不配钱", "改用 条、部、人次 等，或把名称改成“…金额”“…成本”")
    elif counted := _COUNTED.search(name):
        measure = next(group for group in counted.groups() if group)
        if measure not in unit and not (measure == "次" and "起" in unit):
            yield _misfit(entry, f"名称数的是“{measure}”", f"单位用 {measure}，或改名称的量词")


def _misfit(entry: Entry, rule: str, advice: str) -> Hit:
    return Hit("unit", "suffix-unit", f"“{entry.name}”的单位是“{entry.unit}”：{rule}；请{advice}。")


def _direction_hits(entry: Entry) -> Iterator[Hit]:
    """The operator against the direction that the entry declares."""
    operator = entry.operator
    if entry.direction == "judged":
        yield Hit("direction", "direction-operator", "定量指标的 direction 写 more、less 或 exact。")
    elif entry.direction == "less" and operator not in _AT_MOST:
        yield Hit("operator", "direction-operator", f"越小越好（less）的指标用 <= 或 <，不用“{operator}”。")
    elif entry.direction == "more" and operator not in _AT_LEAST and (operator, entry.target) != ("=", "100"):
        yield Hit(
            "operator",
            "direction-operator",
            f"越大越好（more）的指标用 >=（必须全做到的可写 =100），不用“{operator}”。",
        )
    elif entry.direction == "exact" and operator not in ("=", "<="):
        yield Hit("operator", "direction-operator", f"按计划数（exact）的指标用 =（日期用 <=），不用“{operator}”。")


def _bound_hits(entry: Entry) -> Iterator[Hit]:
    """The operator against what the name and the slot say of the better direction."""
    name, role, lower = without_gaps(entry.name), _role(entry), entry.operator in _AT_MOST
    if _BAD.search(name) and not lower:
        yield Hit("operator", "direction-name", f"“{entry.name}”越少越好，运算符应是 <=，direction 是 less。")
    elif _GOOD.search(name) and lower:
        yield Hit("operator", "direction-name", f"“{entry.name}”越多越好，运算符应是 >= 或 =100，direction 是 more。")
    elif role == "output.cost" and not lower:
        yield Hit("operator", "direction-name", "成本指标一律写 <=：目标值是花钱的上限。")
    elif role == "output.timeliness" and _TIME.search(name) and not lower and not _LESS_TIME.search(name):
        yield Hit("operator", "direction-name", f"“{entry.name}”越短越好，运算符应是 <=。")
    if entry.unit == "月底" and _TIME.search(name) and entry.target and not lower:
        yield Hit("operator", "date-target", "日期写成 <= 几月底：operator <=，target 6，unit 月底。")


def _role(entry: Entry) -> str:
    slot = framework().slot(entry.level1, entry.level2)
    return slot.role if slot else ""
