"""The engine's own tables (类型、领域、事项、词表) as parsed documents, read through their derived form on first use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from domain import derived
from domain.data import data_path
from suggest.matters import Matter, matters_of, packed_matters

KINDS_FILE, SECTORS_FILE, WORDS_FILE = "suggest_kinds.toml", "suggest_sectors.toml", "suggest_words.toml"
FILES = (KINDS_FILE, SECTORS_FILE, WORDS_FILE)
MATTERS = "matters"
"""The folder of the matters, and their place among the tables."""
NAME, FORMAT = "suggest-tables", 5
"""Name of the derived form and version of its shape: parsed documents by file name, and the packed matters."""


def table(name: str) -> Mapping[str, Any]:
    """The parsed document of one of FILES."""
    found: Mapping[str, Any] = _tables()[name]
    return found


def matters() -> tuple[Matter, ...]:
    """The matters of data/matters."""
    return matters_of(_tables()[MATTERS])


@cache
def _tables() -> Mapping[str, Any]:
    return derived.load(NAME, sources(), read_tables, FORMAT)


def sources() -> tuple[Path, ...]:
    """The files behind the tables."""
    return (*(data_path(name) for name in FILES), *_matter_files())


def _matter_files() -> list[Path]:
    return sorted(data_path(MATTERS).glob("*.toml"))


def read_tables() -> dict[str, Any]:
    """The documents parsed from their files; raises OSError, tomllib.TOMLDecodeError, KeyError."""
    # Imported here because the derived form makes it needless when a program starts.
    import tomllib

    def parsed(path: Path) -> dict[str, Any]:
        return tomllib.loads(path.read_text(encoding="utf-8"))

    documents: dict[str, Any] = {name: parsed(data_path(name)) for name in FILES}
    return {**documents, MATTERS: packed_matters(map(parsed, _matter_files()))}
