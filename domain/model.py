"""The declaration (绩效目标下达表): one project's form as an immutable value, and how its places are reached.

Plain frozen dataclasses: they cost nothing to import on the way to the first question, and a draft with empty fields is a
valid declaration. What is wrong with a draft is a finding, never a type error.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_type_hints

from domain.fields import Field, FieldPath, Spec
from domain.funding import Funding
from domain.narrative import Narrative
from domain.project import Coded, Project

__all__ = [
    "Coded",
    "Declaration",
    "Funding",
    "Indicator",
    "Narrative",
    "Project",
    "fields",
    "layout",
    "narrative_label",
    "spec_at",
]

FRAMEWORK = "xiada-2020"
"""The indicator framework (指标框架) of the form itself, see data/frameworks.toml."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the indicator table: 一级指标, 二级指标, 三级指标 and 年度目标值 as typed."""

    level1: str
    level2: str
    name: str = ""
    target: str = ""

    @property
    def slot(self) -> tuple[str, str]:
        """The slot (level 1, level 2) that the row belongs to."""
        return (self.level1, self.level2)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One project's form. `project`, `funding`, `narrative` are the three blocks, `indicators` the table's filled rows."""

    project: Project = dataclasses.field(default_factory=Project)
    funding: Funding = dataclasses.field(default_factory=Funding)
    narrative: Narrative = dataclasses.field(default_factory=Narrative)
    indicators: tuple[Indicator, ...] = ()
    framework: str = FRAMEWORK

    def get(self, path: FieldPath) -> Any:
        """The value at a path; raises KeyError for a path that the form does not have."""
        value: Any = self
        for part in path:
            try:
                value = value[part] if isinstance(part, int) else getattr(value, part)
            except (AttributeError, IndexError, TypeError) as error:
                raise KeyError(path) from error
        return value

    def replace(self, path: FieldPath, value: Any) -> Declaration:
        """A declaration with the value at the path exchanged; raises KeyError for an unknown path."""
        self.get(path)
        replaced: Declaration = _replace(self, path, value)
        return replaced

    def rows(self, slot: tuple[str, str]) -> list[tuple[int, Indicator]]:
        """The slot's rows with their index in `indicators`, in order."""
        return [(index, row) for index, row in enumerate(self.indicators) if row.slot == slot]

    def has_row(self, slot: tuple[str, str], name: str) -> bool:
        """Whether an indicator of this name stands in the slot."""
        return any(row.name == name for _, row in self.rows(slot))


def _replace(node: Any, path: FieldPath, value: Any) -> Any:
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(head, int):
        return (*node[:head], _replace(node[head], rest, value), *node[head + 1 :])
    return dataclasses.replace(node, **{head: _replace(getattr(node, head), rest, value)})


SECTIONS: dict[str, type] = {"project": Project, "funding": Funding, "narrative": Narrative}
"""The blocks that hold scalar fields, by their TOML table."""


@cache
def _specs() -> dict[FieldPath, Spec]:
    found: dict[FieldPath, Spec] = {}
    for section, cls in SECTIONS.items():
        for name, hint in get_type_hints(cls, include_extras=True).items():
            found[(section, name)] = next(mark for mark in hint.__metadata__ if isinstance(mark, Spec))
    return found


def spec_at(path: FieldPath) -> Spec:
    """The spec of a scalar field; raises KeyError for a path that is none."""
    return _specs()[path]


def narrative_label(name: str) -> str:
    """A narrative's label on the form: basis → 立项依据; raises KeyError for a name that is none."""
    return spec_at(("narrative", name)).label


_P, _F, _N = "project", "funding", "narrative"
_LAYOUT: tuple[tuple[FieldPath, ...], ...] = (
    ((_P, "year"),),
    ((_P, "unit"),),
    ((_P, "name"), (_P, "category")),
    ((_P, "nature"), (_P, "has_subprojects")),
    ((_P, "functional_subjects"), (_P, "economic_subjects")),
    ((_P, "filler"), (_P, "phone")),
    ((_P, "start_date"), (_P, "end_date")),
    ((_F, "total"), (_F, "requested")),
    ((_F, "previous_budget"), (_F, "previous_executed")),
    ((_P, "procurement"), (_P, "five_expenses")),
    *(((_N, field.name),) for field in dataclasses.fields(Narrative)),
)


def layout() -> tuple[tuple[Field, ...], ...]:
    """The form's rows as on the official page, each with one or two fields."""
    specs = _specs()
    return tuple(tuple(Field(path, specs[path]) for path in row) for row in _LAYOUT)


def fields() -> Iterator[Field]:
    """Every scalar field in the form's reading order: the order of the questions."""
    for row in layout():
        yield from row


def is_empty(value: Any) -> bool:
    """Whether a field counts as not answered: None, blank text or an empty list (False and 0 are answers)."""
    return value is None or value == () or (isinstance(value, str) and not value.strip())
