"""Reading library files into entries; the built-in one through its derived form, so that starting does not wait for TOML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from domain import derived
from domain.data import data_path
from domain.library.entry import FIELDS, Entry

BUILTIN = "library"
"""Name of the built-in library's derived form."""
FORMAT = 1
"""Version of the rows; change it together with the fields of Entry or with `rows_of`."""

Row = tuple[Any, ...]
"""An entry's values in the order of its fields."""


def read_library(path: Path) -> tuple[Entry, ...]:
    """The entries of a library file in its own order; raises OSError, tomllib.TOMLDecodeError, TypeError."""
    return tuple(entry_of(table) for table in _tables(path))


def entry_of(table: Mapping[str, Any], below: Entry | None = None) -> Entry:
    """The entry that a table says, on top of the one below that it changes; raises TypeError for missing or unknown keys."""
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    if below is not None:
        values = {name: getattr(below, name) for name in FIELDS} | values
    return Entry(**values)


@cache
def builtin_library() -> tuple[Entry, ...]:
    """The library that comes with the program."""
    path = builtin_path()
    return entries_of(derived.load(BUILTIN, (path,), lambda: rows_of(read_library(path)), FORMAT))


def builtin_path() -> Path:
    """The file of the library that comes with the program."""
    return data_path("indicator_library.toml")


def rows_of(entries: Iterable[Entry]) -> list[Row]:
    """Entries as plain rows for a derived form."""
    return [tuple(entry) for entry in entries]


def entries_of(rows: Sequence[Row]) -> tuple[Entry, ...]:
    """The entries that rows stand for."""
    return tuple(map(Entry._make, rows))


def _tables(path: Path) -> list[dict[str, Any]]:
    # Imported here because the derived form makes it needless on the way to the first question.
    import tomllib

    with path.open("rb") as file:
        tables: list[dict[str, Any]] = tomllib.load(file)["entry"]
    return tables
