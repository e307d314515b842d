"""Another project begun from a record (另起): what two projects of a unit share stays, what is each project's own is asked.

Name, amounts and the figures of the indicators are empty. Texts stay, to be rewritten: `ask` (see domain.rolling) has them and
the name asked. Nothing is looked at until somebody does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.changes import Record
from domain.fields import Kind, path_text
from domain.framework import roles_of
from domain.funding import Funding
from domain.marks import ASK, CARRIED, EXPLAINED, ORIGINS, OTHER, SKIPPED, WEIGHTS, beside, row_key
from domain.model import fields, is_empty
from domain.quantity import parse_target
from domain.rolling import NAME, NUMBER, is_quantity, kept_extra


def begun_from(record: Record, name: str = "") -> Record:
    """The record of another project of the same year, by the name where it is known; see the module for what it holds."""
    old = record.declaration
    roles = roles_of(old.framework)
    figures = {row_key(row) for row in old.indicators if is_quantity(row, roles) and parse_target(row.target).is_number}
    new = replace(
        old,
        project=replace(old.project, name=name),
        funding=Funding(),
        narrative=replace(old.narrative, remarks=""),
        indicators=tuple(replace(row, target="") if row_key(row) in figures else row for row in old.indicators),
    )
    held = [one for one in fields() if one.path != NAME and not is_empty(new.get(one.path))]
    marks: dict[str, dict[str, Any]] = {
        ORIGINS: {path_text(one.path): CARRIED for one in held} | {row_key(row): CARRIED for row in new.indicators},
        ASK: ({} if name else {path_text(NAME): OTHER})
        | {path_text(one.path): OTHER for one in held if one.spec.kind is Kind.LONG}
        | dict.fromkeys(figures, NUMBER),
        SKIPPED: {**record.marks(SKIPPED)},
        WEIGHTS: beside(record, WEIGHTS),
        EXPLAINED: beside(record, EXPLAINED),
    }
    return Record(new, {table: kept for table, kept in marks.items() if kept}, kept_extra(record.extra))
