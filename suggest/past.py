"""What the same unit used before (往年指标): rows of last year's form of the same project first, then of the unit's other forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.framework import Slot
from domain.model import Declaration, Indicator
from domain.siblings import project_key
from domain.text import brief
from suggest.candidates import QUOTED, RULE, Candidate, Sources, marked
from suggest.context import Context
from suggest.likeness import normal, same_idea, subject

LAST_YEAR = 2.0
"""Score of a row of last year's form of the same project: above anything reasoned."""
OTHER_FORM = 0.12
"""What a row of another form of the unit adds to a candidate of the same idea."""
OWN_ROW = 0.7
"""Score of such a row in the slots where the project's nouns do not matter."""


def from_past(
    sources: Sources, declaration: Declaration, context: Context, slot: Slot, records: Sequence[Declaration]
) -> Iterator[Candidate]:
    """Candidates from earlier records of the unit for a slot."""
    last = _last_year(declaration, records)
    if last is not None:
        for place, (_, row) in enumerate(last.rows(slot.key)):
            if row.name:
                yield _of(
                    sources, slot, row, LAST_YEAR - place / 100, f"去年本项目用过（目标值 {row.target or '未填'}）"
                )
    for other in _of_unit(declaration, records):
        if other is last:
            continue
        for _, row in other.rows(slot.key):
            if row.name and (slot.role.startswith(("input.", "impact.")) or _fits(row.name, context.terms)):
                yield _of(sources, slot, row, OWN_ROW, f"本单位“{brief(other.project.name, QUOTED)}”用过")


def _last_year(declaration: Declaration, records: Iterable[Declaration]) -> Declaration | None:
    """The same project's form of the year before, else the latest earlier one; None where there is none."""
    year, key = declaration.project.year, project_key(declaration.project.name)
    if not key:
        return None
    earlier = [
        one
        for one in records
        if project_key(one.project.name) == key
        and one.indicators
        and (year is None or (one.project.year is not None and one.project.year < year))
        and one.project.unit.strip() in ("", declaration.project.unit.strip())
    ]
    return max(earlier, key=lambda one: one.project.year or 0, default=None)


def _of_unit(declaration: Declaration, records: Iterable[Declaration]) -> Iterator[Declaration]:
    unit = declaration.project.unit.strip()
    for other in records:
        if unit and other.project.unit.strip() == unit and other.project.name != declaration.project.name:
            yield other


def _fits(name: str, terms: Mapping[str, float]) -> bool:
    core = subject(name)
    return len(core) >= 2 and any(term in core for term in terms)


def _of(sources: Sources, slot: Slot, row: Indicator, score: float, reason: str) -> Candidate:
    return Candidate(row.name, row.target, score, (reason,), RULE, sources.link(slot, row.name))


def strengthened(candidates: Iterable[Candidate], past: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates, those that the unit used before marked and moved up; a past row replaces its twin where it is better."""
    used: set[int] = set()
    for one in candidates:
        twin = next((at for at, row in enumerate(past) if normal(row.name) == normal(one.name)), None)
        if twin is None or past[twin].score >= LAST_YEAR - 1:
            yield one
            continue
        used.add(twin)
        yield marked(one, past[twin].reasons[0], max(one.score + OTHER_FORM, past[twin].score))
    for at, row in enumerate(past):
        if at not in used and not any(same_idea(row.name, past[before].name) for before in range(at)):
            yield row
