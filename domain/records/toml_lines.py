"""Values as lines of TOML, the same bytes for the same value (写出 TOML). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import tomli_w

from domain.quantity import plain


def table(key: str, value: Mapping[str, Any]) -> str:
    """A whole table with its header."""
    return tomli_w.dumps({key: value}, multiline_strings=True).rstrip("\n")


def field(key: str, value: Any) -> str:
    """A field of the form; money stands there without exponent and without trailing zeros."""
    return f"{key} = {plain(value)}" if isinstance(value, Decimal) else pair(key, value)


def pair(key: str, value: Any) -> str:
    """A key with its value on one line, but for lists of tables and texts of several lines."""
    if isinstance(value, Mapping):
        inner = ", ".join(pair(k, v) for k, v in value.items())
        return f"{_key(key)} = {{ {inner} }}" if inner else f"{_key(key)} = {{}}"
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        items = [value_of(item) for item in value]
        if len(items) == 1:
            return f"{_key(key)} = [{items[0]}]"
        return f"{_key(key)} = [\n" + "".join(f"  {item},\n" for item in items) + "]"
    several_lines = isinstance(value, str) and "\n" in value
    return tomli_w.dumps({key: value}, multiline_strings=several_lines).rstrip("\n")


def value_of(value: Any) -> str:
    """A value without its key."""
    return pair("x", value).split(" = ", 1)[1]


def _key(key: str) -> str:
    return tomli_w.dumps({key: 0}).rsplit(" = ", 1)[0]


def marks(meta: Mapping[str, Any]) -> str:
    """The marks of a record, tables and keys in order."""
    ordered = {
        name: dict(sorted(one.items())) if isinstance(one, Mapping) else one for name, one in sorted(meta.items())
    }
    return table("meta", ordered)
