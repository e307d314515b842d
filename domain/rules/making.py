"""Small edits of a declaration, for fixes and for the defects that rules inject (造错) into sound ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from domain.case import Case, Row
from domain.model import Declaration, Indicator
from domain.review import Check, Inject, Severity, Spoil


def field(declaration: Declaration, section: str, **values: Any) -> Declaration:
    """The declaration with fields of one section exchanged."""
    for name, value in values.items():
        declaration = declaration.replace((section, name), value)
    return declaration


def narrative(declaration: Declaration, **texts: str) -> Declaration:
    """The declaration with narratives exchanged."""
    return field(declaration, "narrative", **texts)


def row(declaration: Declaration, index: int, **values: str) -> Declaration:
    """The declaration with parts of one row exchanged."""
    rows = list(declaration.indicators)
    rows[index] = replace(rows[index], **values)
    return replace(declaration, indicators=tuple(rows))


def without(declaration: Declaration, drop: Callable[[int, Indicator], bool]) -> Declaration:
    """The declaration without the rows that `drop` names."""
    kept = tuple(one for index, one in enumerate(declaration.indicators) if not drop(index, one))
    return replace(declaration, indicators=kept)


def without_role(case: Case, *prefixes: str) -> Declaration | None:
    """The declaration without the indicators of these roles; None where there are none."""
    drop = {one.index for one in case.by_role(*prefixes)}
    return without(case.declaration, lambda index, _: index in drop) if drop else None


def added(declaration: Declaration, slot: tuple[str, str], name: str, target: str) -> Declaration:
    """The declaration with one more indicator behind the last one of its slot's level."""
    rows = list(declaration.indicators)
    at = max((index for index, one in enumerate(rows) if one.slot == slot), default=None)
    if at is None:
        at = max((index for index, one in enumerate(rows) if one.level1 == slot[0]), default=len(rows) - 1)
    rows.insert(at + 1, Indicator(*slot, name, target))
    return replace(declaration, indicators=tuple(rows))


def pick(rng: Random, rows: list[Row]) -> Row | None:
    """One of the rows, None where there are none."""
    return rng.choice(rows) if rows else None


def change_row(case: Case, rng: Random, rows: list[Row], **values: str) -> Declaration | None:
    """One of the rows with parts exchanged."""
    chosen = pick(rng, rows)
    return row(case.declaration, chosen.index, **values) if chosen else None


def spoiled(spoil: Spoil, check: Check, *roles: str) -> Inject:
    """An inject that spoils an indicator of one of the roles in its own slot, one of which the check then complains."""

    def inject(case: Case, rng: Random) -> Declaration | None:
        rows = case.by_role(*roles)
        for one in rng.sample(rows, len(rows)):
            old = case.declaration.indicators[one.index]
            worse = spoil((one.role, old.name, old.target), rng.randrange(100))
            if worse is None or worse[0] != one.role:
                continue
            changed = row(case.declaration, one.index, name=worse[1], target=worse[2])
            hits = (hit for hit in check(case.of(changed)) if hit.where[:2] == ("indicators", one.index))
            if any(hit.severity is not Severity.INFO for hit in hits):
                return changed
        return None

    return inject


def move_row(case: Case, index: int, role: str) -> Declaration | None:
    """The row in the slot of another role, behind the rows there; None where the framework has no such slot."""
    slot = case.slot(role)
    if slot is None:
        return None
    moved = case.declaration.indicators[index]
    rest = without(case.declaration, lambda at, _: at == index)
    return added(rest, slot, moved.name, moved.target)
