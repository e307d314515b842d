"""Kinds of project (项目类型) as data: cue words, what such projects usually measure, how often they fill a slot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Measure(NamedTuple):
    """A measure that a kind of project usually has: a name that may hold a gap, a target, how common it is (0 to 1).

    told: words of which one should stand in the project's words; without any of them the measure hardly counts.
    """

    name: str
    target: str
    weight: float
    told: tuple[str, ...] = ()


class Kind(NamedTuple):
    """One kind of project; data/suggest_kinds.toml explains the fields."""

    id: str
    label: str
    purposes: tuple[str, ...]
    sectors: tuple[str, ...]
    strong: tuple[str, ...]
    cues: tuple[str, ...]
    defaults: Mapping[str, str]
    usual: Mapping[str, float]
    measures: Mapping[str, tuple[Measure, ...]]
    weight: float
    backing: bool


class Kinds(NamedTuple):
    """All kinds, what fits any project, how many offers are kept for that, and the usual rates of the slots, by role."""

    kinds: tuple[Kind, ...]
    general: Mapping[str, tuple[Measure, ...]]
    kept: Mapping[str, int]
    usual: Mapping[str, float]

    def conventional(self, role: str) -> frozenset[str]:
        """The short names (惯用名称) that forms mostly write in a slot: the general ones without a gap, none where none are kept."""
        rows = self.general.get(role, ()) if role in self.kept else ()
        return frozenset(measure.name for measure in rows if "{" not in measure.name)


def kinds_of(document: Mapping[str, Any]) -> Kinds:
    """The kinds in a parsed document; raises KeyError, TypeError, ValueError where it is malformed."""
    return Kinds(
        tuple(
            Kind(
                table["id"],
                table["label"],
                tuple(table["purposes"]),
                tuple(table["sectors"]),
                tuple(table["strong"]),
                tuple(table["cues"]),
                table["defaults"],
                table["usual"],
                measures_of(table["measures"]),
                table.get("weight", 1.0),
                table.get("backing", False),
            )
            for table in document["kind"]
        ),
        measures_of(document["general"]),
        document["kept"],
        document["usual"],
    )


def measures_of(table: Mapping[str, Any]) -> dict[str, tuple[Measure, ...]]:
    """Measures by role from rows of [name, target, weight] or [name, target, weight, "words that should be told"]."""
    return {
        role: tuple(
            Measure(name, target, weight, tuple(" ".join(told).split())) for name, target, weight, *told in rows
        )
        for role, rows in table.items()
    }
