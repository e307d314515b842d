"""Which of the two is right when a record's file and its journal disagree: is the journal ahead, or was the file edited?"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from domain.changes import Record, apply, diff, inverse
from domain.framework import framework, roles_of
from domain.model import FRAMEWORK
from domain.records.history import History


def known_framework(record: Record) -> Record:
    """The record under a framework that we have; the name of one that we have not stays in the file."""
    named = record.declaration.framework
    if named == FRAMEWORK:
        return record
    with suppress(KeyError):
        framework(named)
        return record
    declaration = replace(record.declaration, framework=FRAMEWORK)
    return replace(record, declaration=declaration, extra={**record.extra, "framework": named})


def outside(record: Record) -> tuple[str, ...]:
    """The rows that stand in no slot of the record's framework, in Chinese: a slot's name was written wrong by hand.

    None where we do not have the framework.
    """
    slots = roles_of(record.declaration.framework)
    return tuple(
        f"indicators[{index}]：“{row.name}”写在“{'/'.join(row.slot)}”，表里没有这一格，排在最后；请改到表里有的格"
        for index, row in enumerate(record.declaration.indicators)
        if slots and row.slot not in slots
    )


def with_additions(record: Record, filed: Record) -> Record:
    """The record with what a person added to the file: unknown keys, and marks that are no tables."""
    loose = {key: value for key, value in filed.meta.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in record.meta.items() if isinstance(value, Mapping)}
    extra = apply(filed, diff(filed, record)).extra  # what was added to a row follows the row's new name
    return Record(record.declaration, {**tables, **loose}, extra)


def same(one: Record, other: Record) -> bool:
    """Whether two records say the same; marks are compared as text, since dates and the like are text in a journal."""
    return one.declaration == other.declaration and _as_text(one.meta) == _as_text(other.meta)


def _as_text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return [(key, _as_text(item)) for key, item in sorted(value.items()) if item != {}]
    return str(value)


def steps_ahead(history: History, filed: Record, file_is_ours: bool) -> int:
    """How many steps the journal is ahead of the file; 0 where the file holds nothing that the journal ever wrote.

    file_is_ours: the file has the bytes that were written last, so it cannot have been edited.
    """
    for steps, backwards in (
        (history.steps[: history.position][::-1], True),
        (history.steps[history.position :], False),
    ):
        record = history.record
        for number, step in enumerate(steps, 1):
            record = apply(record, inverse(step.changes) if backwards else step.changes)
            if same(record, filed):
                return number
    return max(1, history.position) if file_is_ours else 0
