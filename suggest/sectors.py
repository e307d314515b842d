"""Sectors (领域) as data: what points to each and what it calls its people, from data/suggest_sectors.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SectorCues:
    """What points to a sector and what it calls its people; data/suggest_sectors.toml explains the fields."""

    name: str
    words: tuple[str, ...]
    subjects: tuple[str, ...]
    served: tuple[str, ...]
    staff: tuple[str, ...]
    places: tuple[str, ...]


def sectors_of(document: Mapping[str, Any]) -> tuple[SectorCues, ...]:
    """The sectors of a parsed data/suggest_sectors.toml."""
    rows = ("words", "subjects", "served", "staff", "places")
    return tuple(SectorCues(table["name"], *(tuple(table[key]) for key in rows)) for table in document["sector"])
