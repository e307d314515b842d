"""The keys of places in a record's marks and journal, where a row belongs, how much is filled. Free of Textual."""

from __future__ import annotations

from domain.fields import path_of
from domain.marks import row_key
from domain.model import Declaration, Indicator, fields, is_empty, spec_at

ADDED, CHANGED = "添加指标", "修改指标"
"""How the labels of steps begin that put a row into the table, or one in place of another."""


def target_key(row: Indicator) -> str:
    """The key of text typed at the question for a row's target."""
    return f"{row_key(row)}：目标值"


def place_label(key: str) -> str:
    """How a place is called on the form, by its key; a key that is no field's says it itself."""
    try:
        return spec_at(path_of(key)).label
    except (LookupError, ValueError):
        return key


def row_place(declaration: Declaration, row: Indicator) -> int:
    """The index at which a new row belongs: after the last one of its slot, or where its slot stands in the framework."""
    from domain.framework import usable_framework

    order = {slot.key: number for number, slot in enumerate(usable_framework(declaration.framework).slots)}
    mine = order.get(row.slot, len(order))
    at = 0
    for index, other in enumerate(declaration.indicators, 1):
        if order.get(other.slot, len(order)) <= mine:
            at = index
    return at


def progress(declaration: Declaration) -> tuple[int, int]:
    """Fields answered and fields asked, for the home screen and the title line."""
    asked = [one for one in fields() if one.is_asked(declaration)]
    return sum(not is_empty(declaration.get(one.path)) for one in asked), len(asked)
