"""The engine's own tables (类型、领域、词表) as parsed documents, read through their derived form on first use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from domain import derived
from domain.data import data_path

KINDS_FILE, SECTORS_FILE, MATTERS_FILE = "suggest_kinds.toml", "suggest_sectors.toml", "suggest_matters.toml"
WORDS_FILE = "suggest_words.toml"
FILES = (KINDS_FILE, SECTORS_FILE, MATTERS_FILE, WORDS_FILE)
NAME, FORMAT = "suggest-tables", 1
"""Name of the derived form and version of its shape: parsed documents by file name."""


def table(name: str) -> Mapping[str, Any]:
    """The parsed document of one of FILES."""
    found: Mapping[str, Any] = _tables()[name]
    return found


@cache
def _tables() -> Mapping[str, Any]:
    return derived.load(NAME, sources(), read_tables, FORMAT)


def sources() -> tuple[Path, ...]:
    """The files behind the tables."""
    return tuple(data_path(name) for name in FILES)


def read_tables() -> dict[str, Any]:
    """The documents parsed from their files; raises OSError, tomllib.TOMLDecodeError."""
    # Imported here because the derived form makes it needless when a program starts.
    import tomllib

    return {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in sources()}
