"""The number chains (数据链): what the text counts, what the table counts, what the money comes to, and whether they agree.

The same comparisons that R26, R27, R41 and R42 judge, told one by one: consistent, in conflict, or not to be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.case import Case
from domain.fields import FieldPath
from domain.quantity import YUAN_PER_WAN
from domain.reading import Quantity
from domain.rules.adequacy_sums import TEXTS, calculation, reaches, right
from domain.rules.phrases import number, wan
from domain.rules.relevance_numbers import (
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


def links(case: Case) -> tuple[Link, ...]:
    """Every comparison of the form, texts first, then the table, then the money."""
    return (*_text_to_table(case), *_table_to_text(case), *_sums(case), *_total(case))


def _text_to_table(case: Case) -> Iterator[Link]:
    rows = counts(case.by_role("output.quantity"))
    all_rows = counts(case.by_role("output.", "effect."))
    found = quantities(case)
    for one in found:
        where: FieldPath = ("narrative", "overview")
        what = in_words(case.scope, one)
        same = next((row for row in all_rows if counted(row)[0] == one.number), None)
        if same:
            yield Link(what, where, Agreement.CONSISTENT, f"指标{same.shown}", same.where("target"))
        elif rows and explained(one, found, rows):
            yield Link(what, where, Agreement.CONSISTENT, "几个数相加或相乘正好相等")
        else:
            yield _unmatched(case, one, found)


def _unmatched(case: Case, one: Quantity, found: list[Quantity]) -> Link:
    where: FieldPath = ("narrative", "overview")
    against = rival(case, one, counts(case.by_role("output.quantity")), {other.number for other in found})
    what = in_words(case.scope, one)
    if against:
        return Link(what, where, Agreement.CONFLICT, f"指标写的是{against.shown}", against.where("target"))
    return Link(what, where, Agreement.UNKNOWN, "没有指标数这样东西")


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
            where: FieldPath = ("narrative", name)
            if one.stated is None:
                yield Link(one.span.text, where, Agreement.UNKNOWN, f"算得{number(one.computed)}元，原文没有写结果")
            elif right(one):
                yield Link(one.span.text, where, Agreement.CONSISTENT, f"算得{number(one.computed)}元")
            else:
                note = f"算得{number(one.computed)}元，写的是{number(one.stated)}元"
                yield Link(one.span.text, where, Agreement.CONFLICT, note)


def _total(case: Case) -> Iterator[Link]:
    asked = case.declaration.funding.requested
    name, sums = calculation(case)
    if asked is None or not sums:
        return
    total = sum((one.computed for one in sums), Decimal(0)) / YUAN_PER_WAN
    money: FieldPath = ("funding", "requested")
    if not reaches(case, name, sums, asked):
        note = f"申请{wan(asked)}，差{wan(abs(total - asked))}"
        yield Link(f"算式合计{wan(total)}", ("narrative", name), Agreement.CONFLICT, note, money)
    elif total == asked:
        yield Link(f"算式合计{wan(total)}", ("narrative", name), Agreement.CONSISTENT, f"申请{wan(asked)}", money)
    else:
        note = (
            f"申请{wan(asked)}，四舍五入" if abs(total - asked) < Decimal("0.05") else f"申请{wan(asked)}，另有别的金额"
        )
        yield Link(f"算式合计{wan(total)}", ("narrative", name), Agreement.CONSISTENT, note, money)
