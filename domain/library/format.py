"""The canonical form of a library file: slots in the form's order, one key a line, so that a change reads well in a diff."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.framework import framework
from domain.library.entry import FIELDS, SCHEMA_VERSION, SECTORS
from domain.library.source import read_source

Table = Mapping[str, Any]
"""One [[entry]] as tomllib gives it."""

_TRAILING_COMMENT = re.compile(r'\s*\w+\s*=\s*(?:"[^"]*"|\[[^\]#]*\]|true|false|\d+)\s*#')
HEAD = f"schema_version = {SCHEMA_VERSION}\n"


def format_library(tables: Iterable[Table], comments: Mapping[str, Sequence[str]] | None = None, head: str = "") -> str:
    """The text of a library file with these entries, sorted; `comments` are lines to keep above an entry, by its id."""
    kept = comments or {}
    blocks = [
        "".join(f"{line}\n" for line in kept.get(str(table.get("id", "")), ())) + format_entry(table)
        for table in sorted(tables, key=order)
    ]
    return "\n".join([head + HEAD, *blocks])


def format_text(text: str) -> str:
    """A library file's text in canonical form; whole-line comments stay above their entry.

    Raises ValueError with a Chinese message where the text cannot be read, or has a comment at the end of a line.
    """
    source = read_source(text, "")
    if source.faults:
        raise ValueError(source.faults[0].message)
    if lost := next((line for line in text.split("\n") if _TRAILING_COMMENT.match(line)), ""):
        raise ValueError(f"这一行行尾有注释，排版会丢掉它，请移到上一行：{lost.strip()}")
    comments = {placed.id: placed.comments for placed in source.placed if placed.comments}
    return format_library((placed.table for placed in source.placed), comments, source.head)


def format_entry(table: Table) -> str:
    """One entry as TOML text that ends with a line break; keys in the sheet's order, unknown ones last."""
    known = [name for name in FIELDS if name in table and not _is_default(name, table[name])]
    extra = [name for name in table if name not in FIELDS]
    return "[[entry]]\n" + "".join(f"{name} = {_value(table[name])}\n" for name in known + extra)


def order(table: Table) -> tuple[int, int, str]:
    """Sort key: slot of the framework, main sector, id; unknown slots and sectors come last."""
    slots = [slot.key for slot in framework().slots]
    slot = (table.get("level1"), table.get("level2"))
    named = table.get("sectors") or [""]
    return (_place(slots, slot), _place(SECTORS, named[0]), str(table.get("id", "")))


def _place(known: Sequence[Any], wanted: Any) -> int:
    return known.index(wanted) if wanted in known else len(known)


def _is_default(name: str, value: Any) -> bool:
    return (name == "retired" and value is False) or (name == "use_instead" and value == "")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, str):
        # TOML's basic strings escape as JSON's do, but for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)
