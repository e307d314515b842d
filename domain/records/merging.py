"""Two people changed one record (合并): what each changed against the state that both began from, put together by field. Pure.

Where only one side changed a field, its value stands. Where both did, and differently, ours stands for the time being and
the field is a conflict, to be asked about. Marks follow the field's value; ours stand where both were changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.answers import shown
from domain.changes import Record, row_names
from domain.fields import FieldPath, Kind
from domain.model import Indicator, fields, spec_at

FRAMEWORK_LABEL = "指标框架"
Rows = tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place that both sides changed; `where` is a field's path, or ("indicators", name of the row).

    The values are None for a row that the side has taken out.
    """

    where: FieldPath
    label: str
    mine: Any
    theirs: Any

    @property
    def texts(self) -> tuple[str, str]:
        """Both values as they are shown: ours, theirs."""
        return _text(self.mine), _text(self.theirs)

    @property
    def is_long(self) -> bool:
        """Whether the place holds paragraphs, of which both may be kept."""
        return self.where[0] not in ("indicators", "framework") and spec_at(self.where).kind is Kind.LONG


def _text(value: Any) -> str:
    if isinstance(value, Indicator):
        return f"{value.name} {value.target}".strip()
    return "（删掉了）" if value is None else shown(value) or "（空）"


@dataclass(frozen=True, slots=True)
class Merged:
    """The record with both sides' changes, ours where they conflict, and the places to ask about."""

    record: Record
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Record, mine: Record, theirs: Record) -> Merged:
    """Put together what `mine` and `theirs` each changed of `base`."""
    conflicts: list[Conflict] = []
    merged = mine.declaration
    for one in fields():
        old, ours, other = (record.declaration.get(one.path) for record in (base, mine, theirs))
        if other in (old, ours):
            continue
        if ours == old:
            merged = merged.replace(one.path, other)
        else:
            conflicts.append(Conflict(one.path, one.spec.label, ours, other))
    names = [record.declaration.framework for record in (base, mine, theirs)]
    if names[2] not in names[:2]:
        if names[0] == names[1]:
            merged = replace(merged, framework=names[2])
        else:
            conflicts.append(Conflict(("framework",), FRAMEWORK_LABEL, names[1], names[2]))
    rows, odd = _rows(*(record.declaration.indicators for record in (base, mine, theirs)))
    extra = _tables(base.extra, mine.extra, theirs.extra, ours_first=False)
    meta = _tables(base.meta, mine.meta, theirs.meta, ours_first=True)
    return Merged(Record(replace(merged, indicators=rows), meta, extra), (*conflicts, *odd))


def _rows(base: Rows, mine: Rows, theirs: Rows) -> tuple[Rows, list[Conflict]]:
    """The rows by slot and name; ours give the order, theirs that are new stand behind the row that they follow there."""
    if theirs in (base, mine):
        return mine, []
    if mine == base:
        return theirs, []
    old, ours, other = (dict(zip(row_names(rows), rows, strict=True)) for rows in (base, mine, theirs))
    order = list(ours)
    before = ""
    for name in other:
        if name not in ours:
            order.insert(order.index(before) + 1 if before in order else 0, name)
        before = name
    found: dict[str, Indicator] = {}
    conflicts = []
    for name in order:
        was, here, there = old.get(name), ours.get(name), other.get(name)
        chosen = there if here == was else here
        if there not in (was, here) and here != was:
            row = here or there
            assert row is not None
            conflicts.append(Conflict(("indicators", name), f"{row.level2}指标“{row.name}”", here, there))
        if chosen is not None:
            found[name] = chosen
    return tuple(found.values()), conflicts


def _tables(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], *, ours_first: bool
) -> dict[str, Any]:
    """Nested tables key by key; where both changed one, ours or theirs as asked."""
    found: dict[str, Any] = {}
    for key in (*mine, *(key for key in theirs if key not in mine)):
        old, ours, other = (table.get(key) for table in (base, mine, theirs))
        if isinstance(ours, Mapping) and isinstance(other, Mapping):
            value: Any = _tables(old if isinstance(old, Mapping) else {}, ours, other, ours_first=ours_first)
        elif ours == old or (other != old and not ours_first):
            value = other
        else:
            value = ours
        if value is not None:
            found[key] = value
    return found


def settled(record: Record, conflict: Conflict, value: Any) -> Record:
    """The record with a conflict decided: the place holds `value`."""
    declaration = record.declaration
    if conflict.where[0] == "framework":
        declaration = replace(declaration, framework=value)
    elif conflict.where[0] == "indicators":
        declaration = replace(declaration, indicators=_with_row(declaration.indicators, str(conflict.where[1]), value))
    else:
        declaration = declaration.replace(conflict.where, value)
    return replace(record, declaration=declaration)


def _with_row(rows: Rows, name: str, row: Indicator | None) -> Rows:
    names = row_names(rows)
    if name not in names:
        return rows if row is None else (*rows, row)
    at = names.index(name)
    return (*rows[:at], *(() if row is None else (row,)), *rows[at + 1 :])


def value_at(record: Record, where: FieldPath) -> Any:
    """What stands at the place of a conflict; None for a row that is not there."""
    if where[0] == "indicators":
        rows = record.declaration.indicators
        return dict(zip(row_names(rows), rows, strict=True)).get(str(where[1]))
    return record.declaration.framework if where[0] == "framework" else record.declaration.get(where)


def both(conflict: Conflict) -> str:
    """Both texts of a long place, ours first."""
    mine, theirs = str(conflict.mine), str(conflict.theirs)
    return mine if theirs in mine else theirs if mine in theirs else f"{mine}\n{theirs}"
