"""Indicators taken over into the national framework (全国口径) by the crosswalk, and those that find no slot there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from domain.exchange.levels import NATIONAL
from domain.framework import SlotKey, crosswalk, framework
from domain.model import Declaration, Indicator
from domain.quantity import YUAN_PER_WAN, Target, parse_target, plain


@dataclass(frozen=True, slots=True)
class Crossed:
    """The rows by national slot in that framework's order, empty slots included, and rows left out with the reason."""

    slots: tuple[tuple[SlotKey, tuple[Indicator, ...]], ...]
    left: tuple[tuple[Indicator, str], ...]


def crossed(declaration: Declaration) -> Crossed:
    """The declaration's indicators in the national framework."""
    national = framework(NATIONAL)
    targets = _targets(declaration)
    found: dict[SlotKey, list[Indicator]] = {slot.key: [] for slot in national.slots}
    left = []
    for row in declaration.indicators:
        slot, note = targets.get(row.slot, (None, "不在指标体系里，全国口径没有对应的格子"))
        if slot is None:
            left.append((row, note))
        else:
            found[slot].append(row)
    return Crossed(tuple((key, tuple(rows)) for key, rows in found.items()), tuple(left))


def _targets(declaration: Declaration) -> dict[SlotKey, tuple[SlotKey | None, str]]:
    """Where each slot of the declaration's framework goes, and what is to be said about it."""
    if declaration.framework == NATIONAL:
        return {slot.key: (slot.key, "") for slot in framework(NATIONAL).slots}
    try:
        own = framework(declaration.framework)
    except KeyError:
        return {}
    roles = crosswalk(declaration.framework, NATIONAL)
    found: dict[SlotKey, tuple[SlotKey | None, str]] = {}
    for slot in own.slots:
        crossing = roles.get(slot.role)
        if crossing is not None:
            key = (crossing.level1, crossing.level2) if crossing.level1 else None
            found[slot.key] = (key, crossing.note)
    return found


SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
"""Operators as the finance systems print them."""


def sign(target: Target) -> str:
    """The operator (计算符号): = where a number has none, 定性 for a judged word, "" for an empty target."""
    if target.is_number:
        return SIGNS[target.operator or "="]
    return "定性" if target.text else ""


def number(target: Target) -> str:
    """The value (指标值) without operator and unit."""
    return plain(target.number) if target.number is not None else target.text


def amounts_in_yuan(text: str) -> str:
    """An amount in 万元 as one in 元, "" for an empty one."""
    return plain(Decimal(text) * YUAN_PER_WAN) if text else ""


def target_of(row: Indicator) -> Target:
    """The row's target, understood."""
    return parse_target(row.target)
