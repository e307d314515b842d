"""适当性 (adequacy) of the money: do the amounts agree with each other and with last year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from domain.case import Case
from domain.fields import path_text
from domain.model import Declaration, spec_at
from domain.quantity import plain
from domain.review import Hit, Point, Rule, Severity, Trust, at_field
from domain.rules import making
from domain.rules.phrases import wan

# --- R19 to R22: amounts ---------------------------------------------------------------------------------------------

_AMOUNTS = ("total", "requested", "previous_budget", "previous_executed")


def _label(name: str) -> str:
    return spec_at(("funding", name)).label


IN_YUAN = "in-yuan"
"""The cause of all that is wrong with amounts typed in 元."""


def seems_in_yuan(case: Case, amount: Decimal | None) -> bool:
    """Whether an amount is so large that it was probably typed in 元, and not worked out by the program."""
    funding = case.declaration.funding
    sure = {getattr(funding, name) for name in _AMOUNTS if path_text(("funding", name)) in case.worked_out}
    return amount is not None and amount >= case.settings.thresholds.large_amount and amount not in sure


def _plausible(case: Case) -> Iterator[Hit]:
    for name in _AMOUNTS:
        amount: Decimal | None = getattr(case.declaration.funding, name)
        if amount is not None and amount < 0:
            yield at_field("funding", name, f"{_label(name)}是负数（{wan(amount)}）。")
        elif amount is not None and seems_in_yuan(case, amount):
            yuan = f"；如果是元，应当写{wan(amount / 10000)}"
            yield at_field(
                "funding",
                name,
                f"{_label(name)}写了{wan(amount)}{yuan}。",
                cause=IN_YUAN,
                data=_in_text(case, amount),
            )


def _in_text(case: Case, yuan: Decimal) -> bool:
    """Whether the texts name this very number of 元, so that the field was plainly filled in 元."""
    for name in case.texts:
        reading = case.reading(name)
        if any(one.yuan == yuan for one in reading.amounts) or any(one.computed == yuan for one in reading.sums):
            return True
    return False


def _to_wan(case: Case, hit: Hit) -> Declaration | None:
    """All amounts that were typed in 元 at once, so that they still agree with each other."""
    if not hit.data:
        return None
    amounts = {name: getattr(case.declaration.funding, name) for name in _AMOUNTS}
    limit = case.settings.thresholds.large_amount
    mended = {name: Decimal(plain(one / 10000)) for name, one in amounts.items() if one is not None and one >= limit}
    return making.field(case.declaration, "funding", **mended)


def _in_yuan(case: Case, rng: Random) -> Declaration | None:
    funding = case.declaration.funding
    if funding.requested is None or funding.requested < 1:
        return None
    return making.field(
        case.declaration, "funding", requested=funding.requested * 10000, total=funding.requested * 10000
    )


def _one_year(case: Case) -> bool:
    project = case.declaration.project
    start, end = project.start_date, project.end_date
    return project.nature != "阶段性项目" and bool(start and end and start.year == end.year)


def _whole(case: Case) -> Iterator[Hit]:
    total, requested = case.declaration.funding.total, case.declaration.funding.requested
    if total is None or requested is None or total == requested:
        return
    also = (("funding", "requested"),)
    if total < requested:
        yield at_field("funding", "total", f"项目总金额{wan(total)}小于本年度申请{wan(requested)}。", also=also)
    elif _one_year(case):
        yield at_field(
            "funding", "total", f"一年期项目的总金额{wan(total)}与本年度申请{wan(requested)}不相等。", also=also
        )


def _smaller_total(case: Case, rng: Random) -> Declaration | None:
    requested = case.declaration.funding.requested
    return None if not requested else making.field(case.declaration, "funding", total=requested / 2)


_ADDED = re.compile(r"追加|调整|调增|上年结转|补充下达")


def _spent(case: Case) -> Iterator[Hit]:
    budget, executed = case.declaration.funding.previous_budget, case.declaration.funding.previous_executed
    if budget is not None and executed is not None and executed > budget:
        explained = _ADDED.search(case.text("remarks", "necessity"))
        message = f"上年执行数{wan(executed)}大于上年预算{wan(budget)}。"
        severity = Severity.WARNING if explained else None
        yield at_field(
            "funding", "previous_executed", message, severity=severity, also=(("funding", "previous_budget"),)
        )


def _overspent(case: Case, rng: Random) -> Declaration | None:
    budget = case.declaration.funding.requested
    changed = making.narrative(case.declaration, remarks="")
    return (
        None if not budget else making.field(changed, "funding", previous_budget=budget, previous_executed=budget + 1)
    )


def _pair(case: Case) -> Iterator[Hit]:
    budget, executed = case.declaration.funding.previous_budget, case.declaration.funding.previous_executed
    if (budget is None) != (executed is None) and (budget or executed):
        empty = "previous_budget" if budget is None else "previous_executed"
        filled = "previous_executed" if budget is None else "previous_budget"
        message = f"{_label(filled)}填了，{_label(empty)}空着。"
        yield at_field("funding", empty, message)


def _half_pair(case: Case, rng: Random) -> Declaration:
    amount = case.declaration.funding.requested or Decimal(10)
    return making.field(case.declaration, "funding", previous_budget=amount, previous_executed=None)


# --- R23 to R25: against last year -----------------------------------------------------------------------------------

_NEW = re.compile(r"新增项目|新设|首次|首年|第一年|今年起|本年起|新立项|新开")
_REASON = re.compile(
    r"增加|减少|增长|下降|原因|新增|扩大|调整|压减|核减|提高|降低|上涨|结转|结余|未完成|推迟|延期|疫情"
)


def _no_last_year(case: Case) -> Iterator[Hit]:
    funding = case.declaration.funding
    if case.declaration.project.nature != "经常性项目" or funding.previous_budget is not None:
        return
    if funding.previous_executed is None and not _NEW.search(case.text("remarks", "necessity", "overview")):
        yield at_field(
            "funding", "previous_budget", "经常性项目的上年度预算和执行数都空着。", also=(("project", "nature"),)
        )


def _blank_last_year(case: Case, rng: Random) -> Declaration:
    changed = making.field(case.declaration, "funding", previous_budget=None, previous_executed=None)
    return making.field(changed, "project", nature="经常性项目")


def _underspent(case: Case) -> Iterator[Hit]:
    funding = case.declaration.funding
    budget, executed, asked = funding.previous_budget, funding.previous_executed, funding.requested
    if not budget or executed is None or asked is None or asked < budget:
        return
    rate = executed * 100 / budget
    if rate < case.settings.thresholds.executed and not _REASON.search(case.texts["remarks"]):
        message = f"上年执行率{plain(round(rate, 1))}%，今年申请{wan(asked)}却不少于上年预算{wan(budget)}。"
        yield at_field("funding", "requested", message, also=(("narrative", "remarks"),))


def _underspend(case: Case, rng: Random) -> Declaration | None:
    asked = case.declaration.funding.requested
    changed = making.narrative(case.declaration, remarks="")
    return None if not asked else making.field(changed, "funding", previous_budget=asked, previous_executed=asked / 2)


def _jump(case: Case) -> Iterator[Hit]:
    funding, limit = case.declaration.funding, case.settings.thresholds.change
    if not funding.previous_budget or funding.requested is None:
        return
    change = (funding.requested - funding.previous_budget) * 100 / funding.previous_budget
    if abs(change) > limit and not _REASON.search(case.texts["remarks"]):
        way = "增加" if change > 0 else "减少"
        shown = f"{way}{plain(round(abs(change), 1))}%"
        message = f"申请{wan(funding.requested)}比上年预算{wan(funding.previous_budget)}{shown}，说明里没有写原因。"
        cause = IN_YUAN if seems_in_yuan(case, funding.requested) else ""
        yield at_field("funding", "requested", message, also=(("narrative", "remarks"),), cause=cause)


def _double(case: Case, rng: Random) -> Declaration | None:
    asked = case.declaration.funding.requested
    changed = making.narrative(case.declaration, remarks="")
    return (
        None if not asked else making.field(changed, "funding", previous_budget=asked / 2, previous_executed=asked / 2)
    )


RULES = (
    Rule(
        "R19",
        Point.MATCHED,
        Severity.WARNING,
        "金额不是负数，也不像是把元写成了万元",
        "填报说明：金额以万元为单位",
        Trust.PUBLISHED,
        "元和万元差一万倍，批下来的数就全错了。",
        "核对单位：这张表一律用万元。",
        "本年度预算申请金额：246300",
        "本年度预算申请金额：24.63",
        _plausible,
        _in_yuan,
        _to_wan,
    ),
    Rule(
        "R20",
        Point.MATCHED,
        Severity.ERROR,
        "总金额不小于申请金额，一年期的两数相等",
        "预算公开检查的分年金额规则",
        Trust.PUBLISHED,
        "总额和当年数对不上，审核人不知道批哪一个数。",
        "一年期项目两个数写一样；跨年的，总金额写全周期。",
        "总金额9.8，申请金额98",
        "总金额9.8，申请金额9.8",
        _whole,
        _smaller_total,
    ),
    Rule(
        "R21",
        Point.MATCHED,
        Severity.ERROR,
        "上年执行数不大于上年预算",
        "本程序约定的勾稽关系",
        Trust.PROPOSED,
        "执行超过预算要有追加文件，没有说明就当作填错退回。",
        "核对两个数；确有追加的，在说明里写追加多少、什么文件。",
        "上年预算10.57，执行12",
        "上年预算12，执行10.57",
        _spent,
        _overspent,
    ),
    Rule(
        "R22",
        Point.MATCHED,
        Severity.ERROR,
        "上年预算和执行数要填都填，要空都空",
        "本程序约定的勾稽关系",
        Trust.PROPOSED,
        "只有一个数，执行率算不出来。",
        "补上另一个数；新项目两个都空着。",
        "上年预算10.57，执行数空着",
        "上年预算10.57，执行数10.57",
        _pair,
        _half_pair,
    ),
    Rule(
        "R23",
        Point.REASONABLE,
        Severity.WARNING,
        "经常性项目有上年数",
        "性质与上年数互相印证",
        Trust.PROPOSED,
        "经常性项目没有上年数，审核人一定会问：是新项目，还是性质填错了？",
        "补上年数；新设的在说明里写“新增项目”；只做一次的改性质。",
        "经常性项目，上年数都空着",
        "经常性项目，上年预算24.63，执行24.63",
        _no_last_year,
        _blank_last_year,
    ),
    Rule(
        "R24",
        Point.REASONABLE,
        Severity.WARNING,
        "上年执行率低于90%而不减预算的，写明原因",
        "预算安排与执行挂钩的通行做法",
        Trust.REFERENCE,
        "钱没花完还要一样多，常常按上年执行数核减。",
        "在说明里写上年没花完的原因，和今年为什么仍要这么多。",
        "上年预算10，执行5，今年申请10，没有说明",
        "说明：上年因线路4月才开通，只执行了三个季度",
        _underspent,
        _underspend,
    ),
    Rule(
        "R25",
        Point.REASONABLE,
        Severity.WARNING,
        "比上年增减两成以上的，写明原因",
        "预算公开的增减变动说明",
        Trust.PROPOSED,
        "增减没有原因，评审按上年数核定。",
        "在说明里写增减多少、为什么（数量变了还是单价变了）。",
        "上年10，今年申请20，说明空着",
        "说明：比上年增加10万元，新增村居线路60条",
        _jump,
        _double,
    ),
)
