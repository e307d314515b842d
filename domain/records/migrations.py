"""Older formats of a record file, brought up to the present one in memory (格式迁移). Pure: document to document.

A file says its format by `schema_version`; one without it is older than the versions. Each migration takes a document of its
version to the next. The file itself is rewritten only by the next change, and its old text lies in the record's history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.model import SECTIONS, fields

SCHEMA_VERSION = 1
Document = Mapping[str, Any]

ROW_LABELS = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "name",
    "年度目标值": "target",
    "目标值": "target",
}
TABLE_LABEL = "指标"


def from_labels(document: Document) -> Document:
    """0 → 1: keys that are the form's own labels (项目名称 = …, [[指标]] 三级指标 = …) become the names of fields."""
    found = dict(document)
    for section in SECTIONS:
        table = found.get(section)
        if isinstance(table, Mapping):
            found[section] = _renamed(table, labels(section))
    if TABLE_LABEL in found and "indicators" not in found:
        found["indicators"] = found.pop(TABLE_LABEL)
    rows = found.get("indicators")
    if isinstance(rows, list):
        found["indicators"] = [_renamed(row, ROW_LABELS) if isinstance(row, Mapping) else row for row in rows]
    return found


def labels(section: str) -> dict[str, str]:
    """The keys of a section's fields by their labels on the form."""
    known = [one for one in fields() if one.path[0] == section]
    return {label: str(one.path[1]) for one in known for label in (one.spec.label, *one.spec.aliases)}


def _renamed(table: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """The table with known keys under their new names; a key never takes the place of one that is there."""
    found: dict[str, Any] = {}
    for key, value in table.items():
        new = names.get(key, key)
        found[key if new in found or (new != key and new in table) else new] = value
    return found


MIGRATIONS: tuple[Callable[[Document], Document], ...] = (from_labels,)
"""The migration at place n takes a document of version n to n + 1."""
assert len(MIGRATIONS) == SCHEMA_VERSION


def version_of(document: Document) -> int:
    """The format that a document says it has; 0 for none, the present one for a word that is no number."""
    version = document.get("schema_version", 0)
    return version if isinstance(version, int) and not isinstance(version, bool) else SCHEMA_VERSION


def migrated(document: Document) -> Document:
    """The document in the present format."""
    for migrate in MIGRATIONS[max(0, version_of(document)) :]:
        document = migrate(document)
    return document
