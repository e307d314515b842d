"""Sectors (领域) as data: what points to each, what it calls its people and is meant to bring about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from suggest.kinds import Measure, measures_of


class SectorCues(NamedTuple):
    """What points to a sector and what it calls its people; data/suggest_sectors.toml explains the fields."""

    name: str
    words: tuple[str, ...]
    subjects: tuple[str, ...]
    served: tuple[str, ...]
    staff: tuple[str, ...]
    places: tuple[str, ...]
    usual: Mapping[str, float]
    measures: Mapping[str, tuple[Measure, ...]]


def sectors_of(document: Mapping[str, Any]) -> tuple[SectorCues, ...]:
    """The sectors of a parsed data/suggest_sectors.toml."""
    return tuple(
        SectorCues(
            table["name"],
            tuple(table["words"]),
            tuple(table["subjects"]),
            tuple(table["served"]),
            tuple(table["staff"]),
            tuple(table["places"]),
            table["usual"],
            measures_of(table["measures"]),
        )
        for table in document["sector"]
    )
