"""Two forms side by side (对比) in the form's own terms: fields, money with percentage, texts by sentence, indicators by name.

`compare` gives a value; `domain.comparing_report` says it in lines for people and as plain data for programs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.answers import shown
from domain.comparing_texts import Piece, pieces
from domain.fields import Field, Kind
from domain.framework import framework
from domain.model import Declaration, Indicator, fields, is_empty
from domain.quantity import parse_target, plain
from domain.siblings import likeness

SAME_SLOT, OTHER_SLOT = 0.5, 0.75
"""How alike two names must be (Dice over two-character pieces) to be one indicator, in its slot and across slots."""
MOST_PAIRS = 250_000
"""Pairs of unmatched rows beyond which names are not compared for likeness: no real form comes near."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs: both values as they stand on the form, what changed in figures, the sentences of a text."""

    field: Field
    before: str
    after: str
    delta: str = ""
    percent: Decimal | None = None
    pieces: tuple[Piece, ...] = ()


class RowKind(StrEnum):
    """What happened to an indicator; the value is the word for people."""

    CHANGED = "改"
    RENAMED = "改名"
    MOVED = "换格"
    ADDED = "加"
    REMOVED = "删"


@dataclass(frozen=True, slots=True)
class RowChange:
    """An indicator that differs; before is None for one that was added, after for one that was taken out."""

    kind: RowKind
    before: Indicator | None
    after: Indicator | None
    delta: str = ""

    @property
    def row(self) -> Indicator:
        """The row as it stands now, or stood where it is gone."""
        row = self.after or self.before
        assert row is not None
        return row


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs from one form to another, in form order, and how much is the same."""

    fields: tuple[FieldChange, ...]
    rows: tuple[RowChange, ...]
    same_fields: int
    same_rows: int
    frameworks: tuple[str, str]

    @property
    def equal(self) -> bool:
        """Whether both are the same form."""
        return not self.fields and not self.rows and self.frameworks[0] == self.frameworks[1]


def compare(before: Declaration, after: Declaration) -> Comparison:
    """What differs from `before` to `after`; fields empty on both sides count as neither same nor different."""
    changed, same = [], 0
    for one in fields():
        old, new = before.get(one.path), after.get(one.path)
        if old != new and not (is_empty(old) and is_empty(new)):
            changed.append(_field_change(one, old, new))
        elif not is_empty(new):
            same += 1
    rows, same_rows = _rows(before, after)
    return Comparison(tuple(changed), tuple(rows), same, same_rows, (before.framework, after.framework))


# --- fields --------------------------------------------------------------------------------------------------------


def _field_change(one: Field, old: Any, new: Any) -> FieldChange:
    texts = shown(old), shown(new)
    if one.spec.kind is Kind.LONG:
        return FieldChange(one, *texts, pieces=tuple(pieces(*texts)))
    if isinstance(old, Decimal) and isinstance(new, Decimal):
        return FieldChange(one, *texts, delta=figures(old, new, "万元"), percent=percentage(old, new))
    return FieldChange(one, *texts)


def percentage(old: Decimal, new: Decimal) -> Decimal | None:
    """By how many per cent a number changed, to one decimal; None from zero."""
    return ((new - old) / abs(old) * 100).quantize(Decimal("0.1")) if old else None


def figures(old: Decimal, new: Decimal, unit: str) -> str:
    """+4.87万元，+19.8%; the percentage is left out where the start was zero."""
    percent = percentage(old, new)
    return f"{signed(new - old)}{unit}" + (f"，{signed(percent)}%" if percent is not None else "")


def signed(number: Decimal) -> str:
    """A difference with its sign: +3, -0.5, 0."""
    return ("+" if number > 0 else "") + plain(number)


# --- indicators ----------------------------------------------------------------------------------------------------


def _rows(before: Declaration, after: Declaration) -> tuple[list[RowChange], int]:
    pairs = match_rows(before.indicators, after.indicators)
    changes, same = [], 0
    for old, new in pairs:
        change = _row_change(before.indicators[old], after.indicators[new])
        same += change is None
        changes += [(new, change)] if change else []
    taken_old, taken_new = {old for old, _ in pairs}, {new for _, new in pairs}
    changes += [
        (at, RowChange(RowKind.ADDED, None, row)) for at, row in enumerate(after.indicators) if at not in taken_new
    ]
    changes += [
        (at, RowChange(RowKind.REMOVED, row, None)) for at, row in enumerate(before.indicators) if at not in taken_old
    ]
    order = _slot_order(before, after)
    last = len(order)
    changes.sort(key=lambda item: (order.get(item[1].row.slot, last), item[1].kind is RowKind.REMOVED, item[0]))
    return [change for _, change in changes], same


def _slot_order(before: Declaration, after: Declaration) -> dict[tuple[str, str], int]:
    keys: dict[tuple[str, str], int] = {}
    for identity in (after.framework, before.framework):
        try:
            slots = framework(identity).slots
        except KeyError:
            continue
        for slot in slots:
            keys.setdefault(slot.key, len(keys))
    return keys


def _row_change(old: Indicator, new: Indicator) -> RowChange | None:
    if old == new:
        return None
    delta = target_delta(old.target, new.target)
    kind = RowKind.MOVED if old.slot != new.slot else RowKind.RENAMED if old.name != new.name else RowKind.CHANGED
    return RowChange(kind, old, new, delta)


def target_delta(old: str, new: str) -> str:
    """How far a numeric target moved: +3条，+2%; -3个百分点; "" where they cannot be compared."""
    before, after = parse_target(old), parse_target(new)
    if before.number is None or after.number is None or before.unit != after.unit or before.number == after.number:
        return ""
    if before.is_rate:
        return f"{signed(after.number - before.number)}个{'千' if '‰' in after.unit else '百'}分点"
    return figures(before.number, after.number, after.unit)


def match_rows(before: tuple[Indicator, ...], after: tuple[Indicator, ...]) -> list[tuple[int, int]]:
    """Which rows are the same indicator: by slot and name, then by name alone, then by a similar name."""
    pairs: list[tuple[int, int]] = []
    old, new = dict(enumerate(before)), dict(enumerate(after))
    for key in (_exactly, _in_slot, _by_name):
        waiting: dict[Any, list[int]] = {}
        for at, row in new.items():
            waiting.setdefault(key(row), []).append(at)
        for at, row in list(old.items()):
            if (row.name or key is not _by_name) and (hits := waiting.get(key(row))):
                pairs.append((at, hits.pop(0)))
                del old[at], new[pairs[-1][1]]
    return sorted([*pairs, *_similar(old, new)])


def _exactly(row: Indicator) -> Any:
    return row


def _in_slot(row: Indicator) -> Any:
    return (*row.slot, row.name)


def _by_name(row: Indicator) -> Any:
    return row.name


def _similar(old: dict[int, Indicator], new: dict[int, Indicator]) -> Iterator[tuple[int, int]]:
    if len(old) * len(new) > MOST_PAIRS:
        return
    scored = []
    for at, row in old.items():
        for to, other in new.items():
            score, same = likeness(row.name, other.name), row.slot == other.slot
            if score >= (SAME_SLOT if same else OTHER_SLOT):
                scored.append((-score - same, at, to))
    taken: set[int] = set()
    placed: set[int] = set()
    for _, at, to in sorted(scored):
        if at not in taken and to not in placed:
            taken.add(at)
            placed.add(to)
            yield at, to
