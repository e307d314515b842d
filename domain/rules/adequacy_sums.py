"""适当性 (adequacy) of the calculation: sums worked out again, against the amount asked for, and what one unit costs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from domain.case import Case, Row
from domain.model import Declaration, narrative_label
from domain.quantity import YUAN_PER_WAN, plain
from domain.reading import Sum
from domain.review import Hit, Point, Rule, Severity, Trust, at_field, at_row
from domain.rules import making
from domain.rules.adequacy import IN_YUAN, seems_in_yuan
from domain.rules.phrases import wan

TEXTS = ("remarks", "overview", "plan", "annual_goal")
"""Where calculations stand, the usual place first."""

# --- R26: each sum ---------------------------------------------------------------------------------------------------


def right(one: Sum) -> bool:
    """Whether the stated result is the computed one; a result given in 万元 may be rounded to 0.01万."""
    if one.stated is None:
        return True
    if re.search(r"[约≈]", one.span.text):
        return abs(one.computed - one.stated) * 100 <= abs(one.computed)
    slack = Decimal(100) if "万" in one.span.text.split("=")[-1].split("＝")[-1] else Decimal("0.5")
    return abs(one.computed - one.stated) <= slack


def _arithmetic(case: Case) -> Iterator[Hit]:
    for name in TEXTS:
        for one in case.reading(name).sums:
            if not right(one) and one.stated is not None:
                wrong = f"应当是{plain(one.computed)}元，写成了{plain(one.stated)}元"
                message = f"“{narrative_label(name)}”里“{one.span.text}”算错了：{wrong}。"
                yield at_field("narrative", name, message, detail=one.span.text[:30], data=one)


def _recompute(case: Case, hit: Hit) -> Declaration | None:
    """The result is the slip where all factors together give the amount asked for; otherwise a factor may be wrong."""
    name, wrong = str(hit.where[1]), hit.data
    asked = case.declaration.funding.requested
    sums = case.reading(name).sums
    if (
        asked is None
        or abs(sum((one.computed for one in sums), Decimal(0)) / YUAN_PER_WAN - asked)
        > case.settings.thresholds.tolerance
    ):
        return None
    text, stated = str(case.declaration.get(hit.where)), plain(wrong.stated)
    if wrong.span.text not in text or not wrong.span.text.endswith(f"{stated}元"):
        return None
    mended = wrong.span.text[: -len(f"{stated}元")] + f"{plain(wrong.computed)}元"
    return case.declaration.replace(hit.where, text.replace(wrong.span.text, mended, 1))


def _wrong_result(case: Case, rng: Random) -> Declaration | None:
    for name in TEXTS:
        for one in case.reading(name).sums:
            text = getattr(case.declaration.narrative, name)
            stated = plain(one.stated) if one.stated is not None else ""
            if stated and one.span.text.endswith(f"{stated}元") and text.count(one.span.text) == 1:
                slip = (
                    one.span.text[: -len(f"{stated}元")]
                    + f"{plain((one.stated or Decimal(0)) + rng.choice((100, 900, 1800)))}元"
                )
                return making.narrative(case.declaration, **{name: text.replace(one.span.text, slip)})
    return None


# --- R27: together ---------------------------------------------------------------------------------------------------


def calculation(case: Case) -> tuple[str, tuple[Sum, ...]]:
    """The field that holds the calculation, and its sums."""
    return next(((name, sums) for name in TEXTS if (sums := case.reading(name).sums)), ("", ()))


def reaches(case: Case, name: str, sums: tuple[Sum, ...], asked: Decimal) -> bool:
    """Whether the sums give the year's or the whole amount: together, one of them as the total, or with amounts named beside them."""
    values = [one.computed / YUAN_PER_WAN for one in sums]
    loose = _beside(case, name)
    total = sum(values, Decimal(0))
    candidates = [total, *values, *loose, total + sum(loose, Decimal(0)), *(total + one for one in loose)]
    slack = case.settings.thresholds.tolerance
    goals = {asked, case.declaration.funding.total or asked}
    return any(abs(one - goal) <= slack for one in candidates for goal in goals)


def rounds_to(total: Decimal, asked: Decimal) -> bool:
    """Whether the amount asked for is the total, rounded to as many digits as were asked for (204万元 for 203.94万元)."""
    return total.quantize(asked, ROUND_HALF_UP) == asked


_REST = re.compile(r"其余|另有|另行|此外|自筹|不足部分")
_TOTAL = re.compile(r"(?:合计|共计|总计|累计|小计|共|即|约|折合)[为约]?\s*$")


def _beside(case: Case, name: str) -> list[Decimal]:
    """Amounts in 万元 that the field names beside its sums; a total restated (合计98040元, 即9.8万元) is none of them."""
    text = case.texts[name]
    amounts = case.reading(name).amounts
    return [
        one.yuan / YUAN_PER_WAN
        for one in amounts
        if not _TOTAL.search(text[max(0, one.span.start - 6) : one.span.start])
    ]


_CALCULATION = re.compile(r"测算|合计|共计|总计|申请")


def _is_calculation(case: Case, name: str) -> bool:
    """Whether the sums mean to be the whole calculation: in the field for it, or where the text says so."""
    return name == "remarks" or _CALCULATION.search(case.texts[name]) is not None


def _adds_up(case: Case) -> Iterator[Hit]:
    asked = case.declaration.funding.requested
    name, sums = calculation(case)
    if asked is None or not sums or reaches(case, name, sums, asked):
        return
    total = sum((one.computed for one in sums), Decimal(0)) / YUAN_PER_WAN
    parts = "＋".join(plain(one.computed) for one in sums[:4])
    message = f"“{narrative_label(name)}”里的算式合计{wan(total)}（{parts}元），与申请金额{wan(asked)}差{wan(abs(total - asked))}。"
    rest = _beside(case, name) or _REST.search(case.texts[name]) or not _is_calculation(case, name)
    severity = Severity.WARNING if rest else None
    if rounds_to(total, asked):
        severity = Severity.INFO
        message = f"{message.rstrip('。')}，像是取整。"
    cause = IN_YUAN if seems_in_yuan(case, asked) else ""
    yield at_field("narrative", name, message, severity=severity, also=(("funding", "requested"),), cause=cause)


def _other_amount(case: Case, rng: Random) -> Declaration | None:
    asked = case.declaration.funding.requested
    name, sums = calculation(case)
    if asked is None or not sums or _beside(case, name):
        return None
    return making.field(case.declaration, "funding", requested=asked + 3, total=asked + 3)


# --- R28, R29: is there a calculation, what does one cost ------------------------------------------------------------

_CONTRACT = re.compile(r"合同(?:金额|价|总价|款)?|中标|报价|限价|定额|批复")


def _has_basis(case: Case) -> bool:
    for name in TEXTS:
        reading = case.reading(name)
        if reading.sums or reading.prices:
            return True
        if reading.amounts and (name == "remarks" or _CONTRACT.search(case.texts[name])):
            return True
    return any("元/" in row.target.unit or "元每" in row.target.unit for row in case.by_role("output.cost", "cost."))


def _calculated(case: Case) -> Iterator[Hit]:
    asked = case.declaration.funding.requested
    if asked and case.texts["overview"] and case.reader and not _has_basis(case):
        message = f"申请{wan(asked)}，正文和说明里没有测算（单价×数量×期数，或合同金额）。"
        yield at_field("narrative", "remarks", message, also=(("funding", "requested"),))


def _without_calculation(case: Case, rng: Random) -> Declaration | None:
    """Every figure of money taken out of the texts, and the cost targets as totals."""
    if case.reader is None:
        return None
    changed = making.without_role(case, "output.cost", "cost.") or case.declaration
    for name in case.texts:
        text = case.texts[name]
        reading = case.reading(name)
        spans = [one.span for one in reading.sums] + [one.span for one in reading.prices]
        for span in (*spans, *(one.span for one in reading.amounts)):
            text = text.replace(span.text, "按实际支出")
        changed = making.narrative(changed, **{name: text})
    return changed


def _main_quantity(case: Case) -> Row | None:
    rows = [row for row in case.by_role("output.quantity") if row.target.is_number and not row.target.is_rate]
    return next((row for row in rows if (row.target.number or 0) > 1 and _counts_things(row.target.unit)), None)


def _counts_things(unit: str) -> bool:
    """Whether a price for one of these says anything: a device, a metre of road, no microgram and no day."""
    return bool(unit) and not re.search(r"[A-Za-zμ年月日天时分秒度]", unit)


def _unit_cost(case: Case) -> Iterator[Hit]:
    asked, row = case.declaration.funding.requested, _main_quantity(case)
    if not asked or row is None or not row.target.number or not case.reader:
        return
    if any(case.reading(name).sums or case.reading(name).prices for name in TEXTS):
        return
    if any("元/" in one.target.unit for one in case.by_role("output.cost", "cost.")):
        return
    one = asked * YUAN_PER_WAN / row.target.number
    unit = row.target.unit
    yield at_row(row, f"按{row.shown}折算，{wan(asked)}合每{unit}{plain(round(one, 1))}元。", "target")


def _bare_total(case: Case, rng: Random) -> Declaration | None:
    return _without_calculation(case, rng) if _main_quantity(case) else None


# --- R30: cost targets -----------------------------------------------------------------------------------------------

_YUAN = re.compile(r"^(万|亿)?元")


def _cost_limit(case: Case) -> Iterator[Hit]:
    budget = max(
        (one for one in (case.declaration.funding.total, case.declaration.funding.requested) if one), default=None
    )
    for row in case.by_role("output.cost", "cost.economic"):
        unit = _YUAN.match(row.target.unit)
        if row.target.number is None or not unit:
            continue
        if row.target.operator in (">", ">="):
            yield at_row(
                row,
                f"{row.shown}用了“{row.target.operator}”，成本是封顶的数，应当用“<=”。",
                "target",
                detail="sign",
                data=True,
            )
        factor = {"万": Decimal(1), "亿": Decimal(10000), None: 1 / YUAN_PER_WAN}[unit[1]]
        amount = row.target.number * factor
        if budget is not None and amount > budget + case.settings.thresholds.tolerance:
            advice = "核对成本和项目金额，看是哪一个数或单位写错了。"
            yield at_row(row, f"{row.shown}超过了项目金额{wan(budget)}。", "target", advice=advice)


def _cap(case: Case, hit: Hit) -> Declaration | None:
    if not hit.data:
        return None
    index = int(hit.where[1])
    row = next(row for row in case.rows if row.index == index)
    return making.row(case.declaration, index, target="<=" + row.target.text.lstrip("<>="))


def _floor(case: Case, rng: Random) -> Declaration | None:
    rows = [
        row
        for row in case.by_role("output.cost", "cost.economic")
        if row.target.is_number and _YUAN.match(row.target.unit)
    ]
    chosen = making.pick(rng, rows)
    return (
        making.row(case.declaration, chosen.index, target=">=" + chosen.target.text.lstrip("<>=")) if chosen else None
    )


RULES = (
    Rule(
        "R26",
        Point.MATCHED,
        Severity.ERROR,
        "测算里每个算式都算对了",
        "本程序重算",
        Trust.PROPOSED,
        "算式错一处，整个测算都会被重新核。",
        "核对单价、数量和期数，看是哪一个写错了。",
        "1720元*12个月=20460元",
        "1720元*12个月=20640元",
        _arithmetic,
        _wrong_result,
        _recompute,
    ),
    Rule(
        "R27",
        Point.MATCHED,
        Severity.ERROR,
        "算式合计等于申请金额",
        "本程序重算，容差0.01万元",
        Trust.PROPOSED,
        "测算和申请对不上，多出来的部分会被核减。",
        "补上缺的算式，或者改申请金额；四舍五入造成的差额在0.01万元以内不算。",
        "算式合计9.804万元，申请12.8万元",
        "算式合计9.804万元，申请9.8万元",
        _adds_up,
        _other_amount,
    ),
    Rule(
        "R28",
        Point.MATCHED,
        Severity.WARNING,
        "有测算过程或合同金额",
        "财预〔2015〕88号可行性：经过测算",
        Trust.REFERENCE,
        "没有测算，审核人无从判断要多少合理，往往按上年数核减。",
        "在“需要说明的其他问题”里写：单价×数量×期数＝金额。",
        "需要说明的其他问题：保障平台正常运行",
        "终端通信费：40元/部×43部×12个月=20640元",
        _calculated,
        _without_calculation,
    ),
    Rule(
        "R29",
        Point.REASONABLE,
        Severity.INFO,
        "折算单位成本，看合不合行情",
        "上海2025年核心指标指南：单位成本",
        Trust.PUBLISHED,
        "这个数审核人也会算，心里先有底。",
        "与合同价或市场价比一比；有出入的，在说明里写清。",
        "24.63万元租147条线路，合每条1675.5元，没有说明",
        "线路租用单价<=1676元/条·年",
        _unit_cost,
        _bare_total,
    ),
    Rule(
        "R30",
        Point.MATCHED,
        Severity.WARNING,
        "成本目标用<=，不超过项目金额",
        "申报检查工具的语义检查",
        Trust.PUBLISHED,
        "写成>=，花得越多完成得越好，明年反着评。",
        "改用<=。",
        "项目总成本>=24.63万元",
        "项目总成本<=24.63万元",
        _cost_limit,
        _floor,
        _cap,
    ),
)
