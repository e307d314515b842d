"""What each thing that a filer does makes of a record (填写): the value, and the marks that tell where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from domain.changes import Record
from domain.fields import FieldPath, path_text
from domain.marks import (
    ASK,
    CARRIED,
    IMPORTED,
    LAST_YEAR,
    ORIGINS,
    SEEN,
    SKIPPED,
    SUGGESTED,
    TYPED,
    row_key,
    slot_key,
    taken_along,
)
from domain.model import Declaration, Indicator, is_empty

UNSEEN = (SUGGESTED, CARRIED, IMPORTED)
"""Origins of values that nobody has read yet."""


def origin_of(record: Record, key: str) -> str:
    """Where the value at this key came from; "" where it is not known."""
    return str(record.marks(ORIGINS).get(key, ""))


def answered(record: Record, values: Mapping[FieldPath, Any], origin: str, *, seen: bool) -> Record:
    """With fields answered; seen says that somebody read the values themselves."""
    for path, new in values.items():
        record = replace(record, declaration=record.declaration.replace(path, new))
        key = path_text(path)
        record = record.marked(ORIGINS, key, None if is_empty(new) else origin).marked(SKIPPED, key, None)
        record = _judged(record, key, origin, seen and not is_empty(new))
    return record


def cleared(record: Record, path: FieldPath) -> Record:
    """With a field emptied."""
    emptied = replace(record, declaration=record.declaration.replace(path, Declaration().get(path)))
    return _forgotten(emptied, path_text(path))


def looked_at(record: Record, keys: Iterable[str]) -> Record:
    """With values that somebody has looked at and left as they are."""
    return reduce(lambda done, key: _judged(done, key, origin_of(record, key), seen=True), keys, record)


def passed_over(record: Record, key: str) -> Record:
    """With a field or slot left empty on purpose, so that it is not asked again by itself."""
    return record.marked(SKIPPED, key, True).marked(ASK, key, None)


def row_added(record: Record, at: int, row: Indicator, origin: str, *, seen: bool) -> Record:
    """With one more indicator, at an index of the table."""
    rows, key = record.declaration.indicators, row_key(row)
    whence = [*range(at), None, *range(at, len(rows))]
    record = with_rows(record, [*rows[:at], row, *rows[at:]], whence).marked(ORIGINS, key, origin)
    return _judged(record, key, origin, seen).marked(SKIPPED, slot_key(row.slot), None)


def row_changed(record: Record, index: int, row: Indicator, origin: str) -> Record:
    """With another indicator in the place of one; a target that is neither the old one nor last year's was typed."""
    rows, before = record.declaration.indicators, record.declaration.indicators[index]
    old, new = row_key(before), row_key(row)
    if origin in (CARRIED, IMPORTED) and row.target not in (before.target, record.marks(LAST_YEAR).get(old)):
        origin = TYPED
    record = with_rows(record, [*rows[:index], row, *rows[index + 1 :]], range(len(rows)))
    return _judged(_forgotten(record, old).marked(ORIGINS, new, origin), new, origin, seen=True)


def corrected(record: Record, declaration: Declaration) -> Record:
    """With a correction of the review made (自动改); what belongs to an indicator that it renames or moves goes along."""
    before, after = record.declaration.indicators, declaration.indicators
    gone = [at for at, row in enumerate(before) if row not in after]
    come = sum(row not in before for row in after)
    left = {row: [at for at, other in enumerate(before) if other == row] for row in before}
    whence = [left[row].pop(0) if left.get(row) else gone[0] if len(gone) == come == 1 else None for row in after]
    return taken_along(replace(record, declaration=declaration), before, whence)


def row_removed(record: Record, index: int) -> Record:
    """Without an indicator."""
    rows = record.declaration.indicators
    left = [at for at in range(len(rows)) if at != index]
    return _forgotten(with_rows(record, [rows[at] for at in left], left), row_key(rows[index]))


def rows_exchanged(record: Record, index: int, other: int) -> Record:
    """With two indicators in each other's place."""
    rows = record.declaration.indicators
    whence = list(range(len(rows)))
    whence[index], whence[other] = other, index
    return with_rows(record, [rows[at] for at in whence], whence)


def with_rows(record: Record, rows: Sequence[Indicator], whence: Sequence[int | None]) -> Record:
    """With another indicator table; whence tells for each row its place in the old one, None for a new row."""
    changed = replace(record, declaration=replace(record.declaration, indicators=tuple(rows)))
    return taken_along(changed, record.declaration.indicators, whence)


def _forgotten(record: Record, key: str) -> Record:
    """Without the marks of a value that is gone."""
    return _judged(record.marked(ORIGINS, key, None), key)


def _judged(record: Record, key: str, origin: str = "", seen: bool = False) -> Record:
    """The record once the filer has decided about a place: not to be asked again, and seen where that has to be said."""
    note = True if seen and origin in UNSEEN else None
    return record.marked(ASK, key, None).marked(SEEN, key, note)
