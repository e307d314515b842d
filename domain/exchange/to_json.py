"""A record as JSON with the keys of the TOML record: dates in ISO form, money as strings, marks and additions included."""

from __future__ import annotations

import json
from typing import Any

from domain.changes import Record
from domain.json_values import json_value
from domain.model import SECTIONS
from domain.records.codec import to_document


def write(record: Record) -> bytes:
    """The whole record as UTF-8 JSON."""
    return (json.dumps(json_value(document(record)), ensure_ascii=False, indent=2) + "\n").encode()


def document(record: Record) -> dict[str, Any]:
    """The whole record as nested dictionaries with the TOML's keys."""
    found = to_document(record.declaration)
    for table, kept in record.extra.items():
        if table == "indicators":
            _add_to_rows(found["indicators"], kept)
        elif table in SECTIONS and isinstance(kept, dict):
            found[table] = {**kept, **found[table]}
        elif table not in found:
            found[table] = kept
    if record.meta:
        found["meta"] = record.meta
    return found


def _add_to_rows(rows: list[dict[str, Any]], kept: Any) -> None:
    for row in rows:
        added = kept.get(f"{row['level1']}/{row['level2']}/{row['name']}", {}) if isinstance(kept, dict) else {}
        row.update({key: value for key, value in added.items() if key not in row})
