"""The marks that a record carries beside the form: the tables of `Record.meta`, their keys, and the origins of values (来源)."""

from __future__ import annotations

from domain.model import Indicator

ORIGINS, SKIPPED, SEEN = "origins", "skipped", "seen"
"""Where each value came from; what was passed over on purpose; which values that nobody typed have been looked at."""
LAST_YEAR, ASK = "last_year", "ask"
"""Of a year roll (see domain.rolling): last year's values, and what has to be asked again although it holds something."""
ENTRY = "entry"
"""What has been copied into the formal system (see domain.entering)."""

TYPED, SUGGESTED, CARRIED, IMPORTED, COMPUTED = "typed", "suggested", "carried", "imported", "computed"
"""Where a value came from: typed by the filer, suggested, carried over from an earlier record, imported, computed."""


def slot_key(slot: tuple[str, str]) -> str:
    """The key under which marks of a slot are kept: 产出目标/数量."""
    return "/".join(slot)


def row_key(row: Indicator) -> str:
    """The key under which marks of an indicator are kept: slot and name, never a row number."""
    return f"{slot_key(row.slot)}/{row.name}"
