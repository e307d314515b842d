"""Indicator frameworks (指标框架) as data: level-1 and level-2 slots with their roles, and the crosswalk between frameworks.

Code speaks of roles (output.quantity, effect.satisfaction …), never of a level's name. Read on first use, not at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from domain import derived
from domain.data import data_path
from domain.model import FRAMEWORK

DERIVED, FORMAT = "frameworks", 1
"""Name of the derived form of the parsed file and version of its shape."""

SlotKey = tuple[str, str]
"""(level 1, level 2) exactly as on the form."""


class Slot(NamedTuple):
    """One level-2 slot (二级指标) and what the assistant says about it."""

    level1: str
    level2: str
    role: str
    meaning: str
    belongs: str
    not_here: str
    test: str
    why: str
    good: str
    bad: str
    mistake: str
    when_empty: str
    required: str

    @property
    def key(self) -> SlotKey:
        """(level 1, level 2)."""
        return (self.level1, self.level2)

    @property
    def place(self) -> str:
        """How the slot is named to people: 产出目标›数量."""
        return f"{self.level1}›{self.level2}"


class Crossing(NamedTuple):
    """Where a role's indicators go in another framework; empty levels mean it has no slot there."""

    role: str
    level1: str
    level2: str
    note: str


@dataclass(frozen=True)
class Framework:
    """A two-level table of slots in the form's order."""

    id: str
    name: str
    note: str
    slots: tuple[Slot, ...]

    def slot(self, level1: str, level2: str) -> Slot | None:
        """The slot of these names, None where the framework has none."""
        return self._by_key.get((level1, level2))

    def by_role(self, role: str) -> Slot | None:
        """The slot that plays a role, None where the framework has none."""
        return next((slot for slot in self.slots if slot.role == role), None)

    def by_level2(self, level2: str) -> Slot | None:
        """The slot of a level-2 name, for rows that lost their level 1 (level-2 names are unique in the form)."""
        return next((slot for slot in self.slots if slot.level2 == level2), None)

    @cached_property
    def roles(self) -> Mapping[SlotKey, str]:
        """The role of each slot, by (level 1, level 2)."""
        return {slot.key: slot.role for slot in self.slots}

    @cached_property
    def _by_key(self) -> dict[SlotKey, Slot]:
        return {slot.key: slot for slot in self.slots}


@cache
def _document() -> Mapping[str, Any]:
    return derived.load(DERIVED, (source(),), read_document, FORMAT)


def source() -> Path:
    """The file of the frameworks."""
    return data_path("frameworks.toml")


def read_document() -> dict[str, Any]:
    """The parsed file of the frameworks; raises OSError, tomllib.TOMLDecodeError."""
    # Imported here because the derived form makes it needless on the way to the first question.
    import tomllib

    with source().open("rb") as file:
        return tomllib.load(file)


@cache
def framework(identity: str = FRAMEWORK) -> Framework:
    """The framework of this id; raises KeyError where data/frameworks.toml has none."""
    for table in _document()["framework"]:
        if table["id"] == identity:
            slots = tuple(Slot(**slot) for slot in table["slot"])
            return Framework(table["id"], table["name"], table.get("note", ""), slots)
    raise KeyError(identity)


def usable_framework(identity: str) -> Framework:
    """The framework of this id; the form's own where a record names one that we do not have."""
    try:
        return framework(identity)
    except KeyError:
        return framework()


def roles_of(identity: str) -> Mapping[SlotKey, str]:
    """The role of each slot of the framework of this id; empty where we do not have it."""
    try:
        return framework(identity).roles
    except KeyError:
        return {}


@cache
def crosswalk(source: str, target: str) -> Mapping[str, Crossing]:
    """Where each role of `source` goes in `target`, by role; empty where no crosswalk is written."""
    return {
        table["role"]: Crossing(table["role"], table["level1"], table["level2"], table.get("note", ""))
        for table in _document()["crosswalk"]
        if table["from"] == source and table["to"] == target
    }
