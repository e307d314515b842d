"""The number chains (数据链): what the text counts, what the table counts, what the money comes to, and whether they agree.

The same comparisons that R26, R27, R41 and R42 judge, told one by one: consistent, in conflict, or not to be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.case import Case, Row
from domain.fields import FieldPath
from domain.model import spec_at
from domain.quantity import YUAN_PER_WAN, plain
from domain.reading import Quantity
from domain.rules.adequacy_sums import TEXTS, calculation, reaches, right, rounds_to
from domain.rules.phrases import wan
from domain.rules.relevance_numbers import (
    countable,
    counted,
    counts,
    explained,
    in_words,
    quantities,
    rival,
    said_in_text,
    said_numbers,
)


class Agreement(StrEnum):
    """Whether two places of the form say the same."""

    CONSISTENT = "一致"
    CONFLICT = "矛盾"
    UNKNOWN = "看不出"


@dataclass(frozen=True, slots=True)
class Link:
    """One comparison: what stands where, what it was held against, and the outcome with a word on it."""

    what: str
    where: FieldPath
    agreement: Agreement
    note: str = ""
    other: FieldPath | None = None


ROUNDING = Decimal("0.005")
"""万元 by which an amount in a text may differ from the form's through rounding."""

GOALS = ("overall_goal", "annual_goal")

UNMATCHED = "指标表里没有对应的指标"


def links(case: Case) -> tuple[Link, ...]:
    """Every comparison of the form, texts first, then the table, then the money."""
    return (
        *_text_to_table(case),
        *_goals_to_table(case),
        *_table_to_text(case),
        *_sums(case),
        *_total(case),
        *_amounts(case),
    )


def _text_to_table(case: Case) -> Iterator[Link]:
    rows = counts(case.by_role("output.quantity"))
    all_rows = counts(case.by_role("output.", "effect."))
    found = quantities(case)
    where: FieldPath = ("narrative", "overview")
    for one in found:
        what = in_words(case.scope, one)
        if same := _same_number(case, what, one, all_rows):
            yield Link(what, where, Agreement.CONSISTENT, f"指标{same.shown}", same.where("target"))
        elif rows and explained(one, found, rows):
            yield Link(what, where, Agreement.CONSISTENT, "几个数相加或相乘正好相等")
        elif against := rival(case, one, rows, {other.number for other in found}):
            yield Link(what, where, Agreement.CONFLICT, f"指标写的是{against.shown}", against.where("target"))
        else:
            yield Link(what, where, Agreement.UNKNOWN, UNMATCHED)


def _goals_to_table(case: Case) -> Iterator[Link]:
    """What the goals promise, counts and rates, against the targets."""
    rows = [row for row in case.by_role("output.", "effect.") if row.target.is_number]
    promised: set[tuple[str, Decimal]] = set()
    for name in GOALS:
        reading, where = case.reading(name), ("narrative", name)
        for one in (*reading.quantities, *reading.rates):
            what = in_words(case.texts[name], one)
            if not countable(one) or (what, one.number) in promised:
                continue
            promised.add((what, one.number))
            same = _same_number(case, what, one, rows)
            other = same or next((row for row in rows if _same_thing(row, one, what)), None)
            if other is None:
                yield Link(what, where, Agreement.UNKNOWN, UNMATCHED)
            elif same or name == "annual_goal":
                agreement = Agreement.CONSISTENT if same else Agreement.CONFLICT
                yield Link(what, where, agreement, f"指标{other.shown}", other.where("target"))
            else:
                note = f"指标{other.shown}；总目标管全程，可以和今年不同"
                yield Link(what, where, Agreement.UNKNOWN, note, other.where("target"))


def _same_number(case: Case, what: str, one: Quantity, rows: list[Row]) -> Row | None:
    """The indicator with a text's number; of several the one whose name has most words of the text."""
    said = case.content(what)
    fitting = [row for row in rows if counted(row)[0] == one.number]
    return max(fitting, key=lambda row: len(said & case.content(row.name)), default=None)


def _same_thing(row: Row, one: Quantity, in_text: str) -> bool:
    """Whether an indicator is called after what the text counts or rates, in the same unit: 群众满意度 and 满意度."""
    if counted(row)[1] != one.unit and not (row.target.is_rate and one.unit in ("%", "‰")):
        return False
    moves = one.unit in ("%", "‰") and one.noun.startswith(row.name) and one.noun != row.name
    if len(row.name) >= 3 and in_text.startswith(row.name) and not moves:  # 满意度提高3% is no 满意度 of 3%
        return True
    return len(one.noun) >= 3 and (row.name.endswith(one.noun) or one.noun.endswith(row.name))


def _table_to_text(case: Case) -> Iterator[Link]:
    numbers = said_numbers(case) if case.texts["overview"] else set()
    for row in counts(case.by_role("output.quantity")):
        if said_in_text(case, row, numbers):
            yield Link(row.shown, row.where("target"), Agreement.CONSISTENT, "正文或测算里有这个数")
        else:
            yield Link(row.shown, row.where("target"), Agreement.UNKNOWN, "正文和测算里没有这个数")


def _sums(case: Case) -> Iterator[Link]:
    for name in TEXTS:
        for one in case.reading(name).sums:
            what, where = one.span.text.strip(), ("narrative", name)
            if one.stated is None:
                yield Link(what, where, Agreement.UNKNOWN, f"算得{_result(what, one.computed)}，原文没有写结果")
            elif right(one):
                yield Link(what, where, Agreement.CONSISTENT, f"算得{_result(what, one.computed)}")
            else:
                note = f"算得{_result(what, one.computed)}，写的是{_result(what, one.stated)}"
                yield Link(what, where, Agreement.CONFLICT, note)


def _result(expression: str, yuan: Decimal) -> str:
    """A result in the unit that its sum is written in."""
    return wan(yuan / YUAN_PER_WAN) if "万" in expression else f"{plain(yuan)}元"


def _total(case: Case) -> Iterator[Link]:
    asked = case.declaration.funding.requested
    name, sums = calculation(case)
    if asked is None or not sums:
        return
    total = sum((one.computed for one in sums), Decimal(0)) / YUAN_PER_WAN
    what, where = f"算式合计{wan(total)}", ("narrative", name)
    money: FieldPath = ("funding", "requested")
    if total == asked:
        yield Link(what, where, Agreement.CONSISTENT, f"申请{wan(asked)}", money)
    elif rounds_to(total, asked) or abs(total - asked) <= case.settings.thresholds.tolerance:
        yield Link(what, where, Agreement.CONSISTENT, f"申请{wan(asked)}，四舍五入", money)
    elif reaches(case, name, sums, asked):
        yield Link(what, where, Agreement.CONSISTENT, f"申请{wan(asked)}，加上正文里另写的金额正好", money)
    else:
        yield Link(what, where, Agreement.CONFLICT, f"申请{wan(asked)}，差{wan(abs(total - asked))}", money)


def _amounts(case: Case) -> Iterator[Link]:
    """Amounts named in the texts beside the sums, in 元 or 万元, against the amounts of the form and of the sums."""
    money = _known_amounts(case)
    for name in TEXTS:
        reading, told = case.reading(name), set[Decimal]()
        for one in reading.amounts:
            if one.yuan not in told and not any(
                sum_.span.start <= one.span.start < sum_.span.end for sum_ in reading.sums
            ):
                told.add(one.yuan)
                yield _amount(one.span.text, ("narrative", name), one.yuan / YUAN_PER_WAN, money)


def _known_amounts(case: Case) -> list[tuple[Decimal, str, FieldPath]]:
    """What an amount in a text may be, in 万元: an amount of the form, the change on last year, the sums, what they leave."""
    funding, found = case.declaration.funding, list[tuple[Decimal, str, FieldPath]]()
    for name in ("requested", "total", "previous_budget", "previous_executed"):
        if value := getattr(funding, name):
            found.append((value, f"{spec_at(('funding', name)).label}{wan(value)}", ("funding", name)))
    if funding.requested and funding.previous_budget and funding.requested != funding.previous_budget:
        change = funding.requested - funding.previous_budget
        word = "增加" if change > 0 else "减少"
        found.append((abs(change), f"申请比上年预算{word}{wan(abs(change))}", ("funding", "previous_budget")))
    field, sums = calculation(case)
    if sums:
        total = sum((one.computed for one in sums), Decimal(0)) / YUAN_PER_WAN
        found.append((total, f"算式合计{wan(total)}", ("narrative", field)))
        asked = funding.requested or Decimal(0)
        if asked > total:
            found.append(
                (asked - total, f"和算式合计{wan(total)}加起来正好是申请{wan(asked)}", ("funding", "requested"))
            )
    return found


def _amount(text: str, where: FieldPath, value: Decimal, known: list[tuple[Decimal, str, FieldPath]]) -> Link:
    for amount, label, place in known:
        if abs(amount - value) <= ROUNDING:
            return Link(text, where, Agreement.CONSISTENT, label, place)
    for amount, label, place in known:
        if value in (amount / YUAN_PER_WAN, amount * YUAN_PER_WAN):
            return Link(text, where, Agreement.CONFLICT, f"{label}，像是元和万元写混了", place)
    return Link(text, where, Agreement.UNKNOWN, f"合{wan(value)}，可能是其中一项")
