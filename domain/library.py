"""The indicator library (指标库): entries as reference sheets, and reading them from TOML. No search here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from domain.data import data_path


@dataclass(frozen=True, slots=True)
class Entry:
    """A level-3 indicator's reference sheet; docs/library.md explains every field."""

    id: str
    level1: str
    level2: str
    name: str
    template: bool
    keywords: tuple[str, ...]
    synonyms: tuple[str, ...]
    sectors: tuple[str, ...]
    purposes: tuple[str, ...]
    kind: str
    operator: str
    target: str
    unit: str
    direction: str
    definition: str
    formula: str
    basis: tuple[str, ...]
    basis_note: str
    evidence: tuple[str, ...]
    mistake: str
    national: str
    source: str
    retired: bool = False
    use_instead: str = ""

    @property
    def slot(self) -> tuple[str, str]:
        """(level 1, level 2)."""
        return (self.level1, self.level2)


def read_library(path: Path) -> tuple[Entry, ...]:
    """The entries of a library file in its own order; raises OSError, tomllib.TOMLDecodeError, TypeError."""
    with path.open("rb") as file:
        tables = tomllib.load(file)["entry"]
    return tuple(_entry(table) for table in tables)


def _entry(table: dict[str, Any]) -> Entry:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Entry(**values)


@cache
def builtin_library() -> tuple[Entry, ...]:
    """The library that comes with the program."""
    return read_library(data_path("indicator_library.toml"))
