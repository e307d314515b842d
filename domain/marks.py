"""The marks that a record carries beside the form: the tables of `Record.meta`, their keys, and the origins of values (来源)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from domain.model import Indicator
from domain.text import one_line

if TYPE_CHECKING:
    from domain.changes import Record

ORIGINS, SKIPPED, SEEN = "origins", "skipped", "seen"
"""Where each value came from; what was passed over on purpose; which values that nobody typed have been looked at."""
LAST_YEAR, ASK = "last_year", "ask"
"""Of a year roll (see domain.rolling): last year's values, and what has to be asked again although it holds something."""
OTHER = "other"
"""Why name and texts are asked in a record begun from another project's (see domain.copying): they are that one's."""
WEIGHTS, EXPLAINED = "weights", "explained"
"""Of an indicator in the finance systems' tables, which the form has no place for: its weight (权重), its explanation (指标解释)."""
ENTRY = "entry"
"""What has been copied into the formal system (see domain.entering)."""

TYPED, SUGGESTED, CARRIED, IMPORTED, COMPUTED = "typed", "suggested", "carried", "imported", "computed"
"""Where a value came from: typed by the filer, suggested, carried over from an earlier record, imported, computed."""


_OF_ROWS = (LAST_YEAR, WEIGHTS, EXPLAINED)
"""Tables of what belongs to an indicator whatever it is called."""


def slot_key(slot: tuple[str, str]) -> str:
    """The key under which marks of a slot are kept: 产出目标/数量."""
    return "/".join(slot)


def row_key(row: Indicator) -> str:
    """The key under which marks of an indicator are kept: slot and name, never a row number."""
    return f"{slot_key(row.slot)}/{row.name}"


def row_keys(rows: Iterable[Indicator]) -> list[str]:
    """A key of its own for each row: where a name comes again in its slot, with a number behind it (…/设备数#2)."""
    seen: Counter[str] = Counter()
    return [_numbered(row_key(row), seen) for row in rows]


def _numbered(key: str, seen: Counter[str]) -> str:
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def beside(record: Record, table: str) -> dict[str, str]:
    """What a table keeps of the indicators that stand in the form, cleaned, by their own keys."""
    kept = record.marks(table)
    return {key: one_line(str(kept[key])) for key in row_keys(record.declaration.indicators) if key in kept}


def taken_along(record: Record, before: Sequence[Indicator], whence: Sequence[int | None]) -> Record:
    """The record with what belongs to its indicators under their keys of now.

    whence tells for each of them its place among those before, None for a new one. What belonged to one that is gone stays for
    its return.
    """
    old, new = row_keys(before), row_keys(record.declaration.indicators)
    moves = {old[was]: new[at] for at, was in enumerate(whence) if was is not None and old[was] != new[at]}
    for table in _OF_ROWS:
        values = {goal: record.marks(table).get(source) for source, goal in moves.items()}
        for source in moves:
            record = record.marked(table, source, None)
        for goal, value in values.items():
            record = record.marked(table, goal, value)
    return record
