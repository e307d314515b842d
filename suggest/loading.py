"""Making an engine from the files that come with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from domain.data import data_path
from domain.library import Entry, builtin_library
from suggest.candidates import Sources
from suggest.context import ContextMaker, SectorCues
from suggest.data import EngineData, arranged, build_data
from suggest.engine import Engine, History
from suggest.kinds import builtin_document, kinds_of
from suggest.learned import Learned
from suggest.lookup import Lookup
from suggest.reader import TextReader
from suggest.segment import load_segment


def sectors_of(document: Mapping[str, Any]) -> tuple[SectorCues, ...]:
    """The sectors of a parsed data/suggest_sectors.toml."""
    return tuple(
        SectorCues(table["name"], *(tuple(table[key]) for key in ("words", "subjects", "served", "staff", "places")))
        for table in document["sector"]
    )


def load_engine(
    learned: Path | None = None,
    entries: Iterable[Entry] | None = None,
    history: History | None = None,
    data: EngineData | None = None,
) -> Engine:
    """An engine over the library given, or the built-in one; `data` saves segmenting it again."""
    segment = load_segment()
    rows = arranged(builtin_library() if entries is None else entries)
    made = build_data(rows, segment) if data is None else data
    with data_path("suggest_sectors.toml").open("rb") as file:
        sectors = sectors_of(tomllib.load(file))
    kinds = kinds_of(builtin_document())
    contexts = ContextMaker(segment, TextReader(segment), kinds, sectors, made["phrases"])
    return Engine(
        rows, Sources(rows, made, kinds), Lookup(rows, made, segment), kinds, contexts, Learned(learned), history
    )
