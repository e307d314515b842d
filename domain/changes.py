"""What changed between two states of a record, as small reversible steps that fit in one journal line each.

A scalar field changes as a whole; the indicator table changes by splices (rows taken out, rows put in at one place); the
marks in `meta` change key by key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from domain.fields import FieldPath
from domain.model import SECTIONS, Declaration, Indicator, fields

Marks = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """A declaration with what is kept beside it.

    meta holds our own marks (origins, skipped fields, ignored findings) as {table: {key: value}}; extra holds what a
    person added to the file and what could not be understood, by TOML table, so that a save gives it back. Two records are
    the same form when their declarations are equal.
    """

    declaration: Declaration = field(default_factory=Declaration)
    meta: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def marks(self, table: str) -> Marks:
        """One table of `meta`, empty where there is none."""
        found = self.meta.get(table, {})
        return found if isinstance(found, Mapping) else {}

    def marked(self, table: str, key: str, value: Any) -> Record:
        """The record with one mark set; None takes the mark away."""
        marks = {k: v for k, v in self.marks(table).items() if k != key}
        if value is not None:
            marks[key] = value
        meta = {k: v for k, v in self.meta.items() if k != table}
        if marks:
            meta[table] = marks
        return replace(self, meta=meta)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. where = a field path; ("indicators", i): rows `old` at i give way to rows `new`; ("meta", table, key)."""

    where: FieldPath
    old: Any
    new: Any

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.where, self.new, self.old)


def diff(before: Record, after: Record) -> tuple[Change, ...]:
    """Every difference from `before` to `after`, in form order; applying them to `before` gives `after`."""
    places = [(one.path, before.declaration.get(one.path), after.declaration.get(one.path)) for one in fields()]
    changes = [Change(path, old, new) for path, old, new in places if old != new]
    if before.declaration.framework != after.declaration.framework:
        changes.append(Change(("framework",), before.declaration.framework, after.declaration.framework))
    changes.extend(_splice(before.declaration.indicators, after.declaration.indicators))
    for table in sorted({*before.meta, *after.meta}):
        old_marks, new_marks = before.marks(table), after.marks(table)
        changes.extend(
            Change(("meta", table, key), old_marks.get(key), new_marks.get(key))
            for key in sorted({*old_marks, *new_marks})
            if old_marks.get(key) != new_marks.get(key)
        )
    return tuple(changes)


def _splice(old: tuple[Indicator, ...], new: tuple[Indicator, ...]) -> Iterable[Change]:
    if old == new:
        return
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield Change(("indicators", start), old[start : len(old) - end], new[start : len(new) - end])


def apply(record: Record, changes: Iterable[Change]) -> Record:
    """The record with the changes made in order."""
    for change in changes:
        head = change.where[0]
        if head == "meta":
            record = record.marked(str(change.where[1]), str(change.where[2]), change.new)
        elif head == "indicators":
            at = change.where[1]
            assert isinstance(at, int)
            rows = record.declaration.indicators
            changed = (*rows[:at], *change.new, *rows[at + len(change.old) :])
            extra = _with_row_keys(record.extra, rows, change, changed)
            record = Record(replace(record.declaration, indicators=changed), record.meta, extra)
        else:
            assert head == "framework" or head in SECTIONS
            record = replace(record, declaration=record.declaration.replace(change.where, change.new))
    return record


def row_names(rows: Sequence[Indicator]) -> list[str]:
    """A name for each row: slot and name, with a number where the same name comes again."""
    seen: Counter[str] = Counter()
    names = []
    for row in rows:
        text = f"{row.level1}/{row.level2}/{row.name}"
        seen[text] += 1
        names.append(text if seen[text] == 1 else f"{text}#{seen[text]}")
    return names


def _with_row_keys(
    extra: Mapping[str, Any], before: Sequence[Indicator], change: Change, after: Sequence[Indicator]
) -> Mapping[str, Any]:
    """What a person added to rows, under the names that the rows have after a splice; a removed row's stays for its return."""
    added = extra.get("indicators")
    if not isinstance(added, Mapping) or not added:
        return extra
    at = change.where[1]
    assert isinstance(at, int)
    old, new = row_names(before), row_names(after)
    grown = len(change.new) - len(change.old)
    pairs = {index: index for index in range(at)}
    pairs |= {index: index + grown for index in range(at + len(change.old), len(before))}
    pairs |= {at + here: at + there for here, there in _same_rows(change.old, change.new).items()}
    moved = {new[there]: added[old[here]] for here, there in pairs.items() if old[here] in added}
    kept = {name: keys for name, keys in added.items() if name not in old and name not in moved}
    gone = {old[here]: added[old[here]] for here in range(len(before)) if here not in pairs and old[here] in added}
    return {**extra, "indicators": {**gone, **kept, **moved}}


def _same_rows(old: Sequence[Indicator], new: Sequence[Indicator]) -> dict[int, int]:
    """Which row of a splice became which: the same row, else the same name, else the one in its place."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    rules: tuple[Callable[[int, int], bool], ...] = (
        lambda a, b: old[a] == new[b],
        lambda a, b: (old[a].slot, old[a].name) == (new[b].slot, new[b].name),
        lambda a, b: a == b and len(old) == len(new),
    )
    for rule in rules:
        for here in (here for here in range(len(old)) if here not in pairs):
            there = next((there for there in range(len(new)) if there not in taken and rule(here, there)), None)
            if there is not None:
                pairs[here] = there
                taken.add(there)
    return pairs


def inverse(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that take a step back, last first."""
    return tuple(change.inverse() for change in reversed(tuple(changes)))
