"""适当性 (adequacy) of targets: values that can be, signs that point the right way, ambition that can be told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from domain.case import Case, Row
from domain.model import Declaration
from domain.quantity import parse_target, plain
from domain.review import Hit, Point, Rule, Severity, Trust, at_row, at_slot
from domain.rules import making, spoiling
from domain.rules.phrases import direction, has_strong_ending

# --- R68, R69: values and signs --------------------------------------------------------------------------------------

_OVER = re.compile(r"增长|增幅|提高|提升|上升|超|成本|占比|比率|比例|入住|保值|倍|同比|周转|完成率|达成|控制率")


def _percent(case: Case) -> Iterator[Hit]:
    for row in case.rows:
        target = row.target
        if not target.unit.startswith("%") or target.number is None:
            continue
        if target.number > 100 and not _OVER.search(row.name):
            yield at_row(row, f"{row.shown}超过了100%。", "target")
        elif target.number == 0 and target.operator in (">", ">="):
            yield at_row(row, f"{row.shown}等于没有要求。", "target")


def _signs(case: Case) -> Iterator[Hit]:
    for row in case.rows:
        way, sign = direction(row.name), row.target.operator
        if way == "less" and sign in (">", ">=") and row.target.is_number:
            if row.role in ("output.cost", "cost.economic") and row.target.unit.startswith(("元", "万元")):
                continue  # R30 says so
            yield at_row(row, f"{row.shown}：越少越好的指标用了“{sign}”。", "target", data="<=")
        elif way == "more" and sign in ("<", "<=") and row.target.is_rate:
            yield at_row(row, f"{row.shown}：越高越好的指标用了“{sign}”。", "target", data=">=")


def _turn(case: Case, hit: Hit) -> Declaration:
    index = int(hit.where[1])
    target = parse_target(case.declaration.indicators[index].target)
    return making.row(case.declaration, index, target=hit.data + target.text.lstrip("<>="))


# --- R70 to R72: ambition --------------------------------------------------------------------------------------------

_PERFECT = re.compile(r"准确率|正确率|满意度|满意率|精准率|可用率|正常运行率|办结率|解决率|知晓率|知晓度")
_PAID = re.compile(r"发放|支付|兑付|拨付|代发")
"""Payments can and must be right in every case."""


def _too_perfect(case: Case) -> Iterator[Hit]:
    for row in case.by_role("output.quality", "effect."):
        target = row.target
        if not (target.is_rate and target.number == 100 and target.operator in ("", "=")):
            continue
        if row.role == "effect.satisfaction" or (_PERFECT.search(row.name) and not _PAID.search(row.name)):
            yield at_row(row, f"{row.shown}：很难做到百分之百。", "target")


def _all_correct(case: Case, rng: Random) -> Declaration | None:
    slot = case.slot("output.quality")
    return slot and making.added(case.declaration, slot, "数据读取准确率", "=100%")


_EXPECTED = re.compile(r"(?:满意度|满意率|办结率|解决率|合格率|达标率|准确率|及时率|完成率|知晓率)$")


def _asked(row: Row) -> bool:
    """Whether people expect a high value: satisfaction, 办结率 and the like, or a phrase with a percentage behind it."""
    if row.role == "effect.satisfaction":
        return True
    return bool(_EXPECTED.search(row.name)) or not (has_strong_ending(row.name) or row.name.endswith("率"))


def _low(case: Case) -> Iterator[Hit]:
    line = case.settings.thresholds.effect
    before = {row.name: row for row in case.of(case.last_year).rows} if case.last_year else {}
    for row in case.by_role("effect."):
        target = row.target
        if not target.is_rate or target.number is None or direction(row.name) == "less":
            continue
        last = before.get(row.name)
        if last and last.target.number is not None and last.target.is_rate and target.number < last.target.number:
            yield at_row(row, f"{row.shown}低于上年的{last.target.text}。", "target")
        elif target.operator in ("", "=", ">", ">=") and target.number < line and _asked(row):
            yield at_row(row, f"{row.shown}低于{plain(line)}%。", "target")
        elif target.number == line and _asked(row):
            yield at_row(row, f"{row.shown}正好踩在{plain(line)}%的线上。", "target", severity=Severity.INFO)


def _low_satisfaction(case: Case, rng: Random) -> Declaration | None:
    slot = case.slot("effect.satisfaction")
    return slot and making.added(case.declaration, slot, "窗口办事群众满意度", f">={rng.choice((50, 60, 70))}%")


def _all_perfect(case: Case) -> Iterator[Hit]:
    rates = [row for row in case.rows if row.target.is_rate and row.target.number is not None]
    perfect = [row for row in rates if row.target.number == 100]
    if len(rates) >= 3 and len(perfect) * 100 >= len(rates) * case.settings.thresholds.perfect:
        message = f"{len(rates)}条百分比指标里有{len(perfect)}条是100%，分不出重点和难点。"
        yield at_slot(None, message, also=tuple(row.where("target") for row in perfect))


def _make_perfect(case: Case, rng: Random) -> Declaration | None:
    rates = [row for row in case.rows if row.target.is_rate]
    changed = case.declaration
    for row in rates:
        changed = making.row(changed, row.index, target="=100%")
    return changed if len(rates) >= 3 else None


# --- R73: placeholders -----------------------------------------------------------------------------------------------


def _same_everywhere(case: Case) -> Iterator[Hit]:
    """One number for everything, money aside; a table of rates alone may honestly say 100% throughout (R72)."""
    rows = [
        row
        for row in case.rows
        if row.target.is_number and row.role not in ("output.cost", "cost.economic", "input.funding")
    ]
    rows = [row for row in rows if not re.search(r"金额|成本|资金", row.name)]
    values = Counter(row.target.number for row in rows)
    if len(rows) < 5 or len(values) != 1:
        return
    unfit = [
        row
        for row in rows
        if not row.target.unit or row.role == "output.quantity" or not row.name.endswith(("率", "度"))
    ]
    if len(unfit) >= 2:
        value = plain(rows[0].target.number or Decimal(0))
        message = f"{len(rows)}条指标的目标值都是{value}，像是占位的数。"
        yield at_slot(None, message, also=tuple(row.where("target") for row in rows))


def _fill_all(case: Case, rng: Random) -> Declaration | None:
    rows = [row for row in case.rows if row.role.startswith(("output.", "effect.", "impact."))]
    changed = case.declaration
    for row in case.rows:
        changed = making.row(changed, row.index, target="100")
    return changed if len(rows) >= 6 else None


RULES = (
    Rule(
        "R68",
        Point.REASONABLE,
        Severity.WARNING,
        "百分比在0到100之间",
        "申报检查工具的语义检查",
        Trust.PUBLISHED,
        "超过100%的率算不出来，明年只能改口径。",
        "核对数；增长率、成本率一类可以超过100%的，名称里写清。",
        "验收合格率>=980%",
        "验收合格率>=98%",
        _percent,
        making.spoiled(spoiling.over_hundred, _percent, ""),
        spoil=spoiling.over_hundred,
    ),
    Rule(
        "R69",
        Point.REASONABLE,
        Severity.WARNING,
        "符号的方向与指标一致",
        "申报检查工具的语义检查",
        Trust.PUBLISHED,
        "方向反了，做得越差分越高，明年评出来正好相反。",
        "故障、投诉、差错、时长用“<=”，合格、满意、完成用“>=”。",
        "设备故障率>=1%",
        "设备故障率<=1%",
        _signs,
        making.spoiled(spoiling.other_way, _signs, ""),
        _turn,
        spoiling.other_way,
    ),
    Rule(
        "R70",
        Point.REASONABLE,
        Severity.INFO,
        "准确率、效果和满意度不写=100%",
        "指标值合理可行的要求",
        Trust.REFERENCE,
        "写满了，差一点就是没完成。",
        "改成“>=”并留出余地，如“>=98%”。",
        "数据读取准确率=100%",
        "数据读取准确率>=98%",
        _too_perfect,
        _all_correct,
    ),
    Rule(
        "R71",
        Point.REASONABLE,
        Severity.WARNING,
        "效果和满意度不低于85%，也不低于上年",
        "自评赋分的分档",
        Trust.REFERENCE,
        "低于85%的目标，完成了也只得中档的分；比上年低，审核人会问为什么退步。",
        "按近年实际数定；确实只能这么低的，在说明里写原因。",
        "群众满意度>=60%",
        "群众满意度>=90%",
        _low,
        _low_satisfaction,
    ),
    Rule(
        "R72",
        Point.REASONABLE,
        Severity.INFO,
        "百分比目标不全是100%",
        "本程序约定的提示",
        Trust.PROPOSED,
        "全是满分的目标分不出轻重，评审人会怀疑没有测算过。",
        "留两三条按实际水平定的目标。",
        "八条百分比目标七条是100%",
        "到位率=100%，准确率>=98%，办结率>=95%，满意度>=90%",
        _all_perfect,
        _make_perfect,
    ),
    Rule(
        "R73",
        Point.REASONABLE,
        Severity.ERROR,
        "目标值不是同一个占位的数",
        "公开表里见过全表都填100的",
        Trust.PUBLISHED,
        "全表一个数，等于没有填目标，整张表退回重填。",
        "逐条按实际填。",
        "七条指标都是100",
        "租用光纤数=147条；可用率>=99.5%；满意度>=90%",
        _same_everywhere,
        _fill_all,
    ),
)
