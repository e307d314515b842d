"""Making an engine from the files that come with the program, through their derived forms (编译件) where these are good."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from domain import derived
from domain.library import Entry, builtin_library
from domain.library.load import builtin_path
from suggest import segment, tables
from suggest.candidates import Sources
from suggest.context import ContextMaker
from suggest.data import VERSION, EngineData, arranged, build_data
from suggest.engine import Engine, History
from suggest.kinds import kinds_of
from suggest.learned import Learned
from suggest.lookup import Lookup
from suggest.reader import TextReader
from suggest.sectors import sectors_of
from suggest.segment import load_segment

NAME = "suggest"
"""Name of the derived form of what `build_data` makes of the built-in library."""


def load_engine(
    learned: Path | None = None,
    entries: Iterable[Entry] | None = None,
    history: History | None = None,
    data: EngineData | None = None,
) -> Engine:
    """An engine over the library given, or the built-in one; `data` saves segmenting it again."""
    words = load_segment()
    rows = arranged(builtin_library() if entries is None else entries)
    if data is None:
        data = builtin_data(rows) if entries is None else build_data(rows, words)
    kinds = kinds_of(tables.table(tables.KINDS_FILE))
    sectors = sectors_of(tables.table(tables.SECTORS_FILE))
    contexts = ContextMaker(words, TextReader(words), kinds, sectors, tables.matters(), data["phrases"])
    return Engine(
        rows, Sources(rows, data, kinds), Lookup(rows, data, words), kinds, contexts, Learned(learned), history
    )


def builtin_data(rows: tuple[Entry, ...]) -> EngineData:
    """The data of the built-in library, from its derived form where one may be believed."""
    return derived.load(NAME, _sources(), lambda: build_data(rows, load_segment()), VERSION)


def _sources() -> tuple[Path, ...]:
    return (builtin_path(), segment.words_path())


def ship_all(folder: Path) -> list[Path]:
    """Write the derived forms of engine data, tables and words into a folder for a wheel; raises OSError."""
    rows = arranged(builtin_library())
    return [
        derived.ship(folder, NAME, _sources(), lambda: build_data(rows, load_segment()), VERSION),
        derived.ship(folder, tables.NAME, tables.sources(), tables.read_tables, tables.FORMAT),
        derived.ship(folder, segment.NAME, (segment.words_path(),), segment.read_words, segment.FORMAT),
    ]
