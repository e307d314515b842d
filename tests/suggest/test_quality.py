"""How offers read (用词质量) for varied projects of our own: no gap, no doubling, nothing counted that cannot be, no idea twice."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from domain.framework import framework
from domain.model import Declaration
from suggest.engine import Engine
from suggest.lexicon import lexicon
from suggest.likeness import same_idea
from suggest.types import Suggestion

PROJECTS = [
    line.split("|")
    for line in Path(__file__).with_name("projects.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
DOUBLED = re.compile(r"(..+?)\1|(?:数量|人数|人次|户数|次数|面积|长度|率)(?:数|量|率|人次)|满意度.*满意度")
COUNTED = re.compile(r"(?:数量|个数|处数|件数|台数)$")
FARMING = re.compile(r"种植|养殖|作物|畜禽|种苗")


def declared(name: str, unit: str, text: str) -> Declaration:
    declaration = Declaration().replace(("project", "name"), name).replace(("project", "unit"), unit)
    return declaration.replace(("narrative", "overview"), text)


def offers(engine: Engine, project: list[str]) -> dict[str, tuple[Suggestion, ...]]:
    """What is offered for a project, by place, without the slots of management that are the same for all."""
    declaration = declared(*project)
    return {slot.place: engine.offer(declaration, slot.key).suggestions for slot in framework().slots}


def test_the_set_is_varied() -> None:
    assert len(PROJECTS) >= 40
    assert sum(not text for _, _, text in PROJECTS) >= 10


@pytest.mark.parametrize("project", PROJECTS, ids=[name for name, _, _ in PROJECTS])
def test_offers_read_well(engine: Engine, project: list[str]) -> None:
    for place, suggestions in offers(engine, project).items():
        names = [one.name for one in suggestions]
        for name in names:
            assert not re.search(r"[{}\s]", name), (place, name)
            assert not DOUBLED.search(name), (place, name)
            counted = COUNTED.sub("", name)
            assert counted == name or not counted.endswith(lexicon().qualities), (place, name)
        assert not [pair for pair in combinations(names, 2) if same_idea(*pair)], (place, names)
        assert all(one.reasons and all(one.reasons) for one in suggestions), place


@pytest.mark.parametrize("project", PROJECTS, ids=[name for name, _, _ in PROJECTS])
def test_no_farming_where_nothing_is_grown(engine: Engine, project: list[str]) -> None:
    said = "".join(project)
    if re.search(r"种植|养殖|秸秆|畜|猪", said):
        pytest.skip("this project may well speak of farming")
    found = [one.name for row in offers(engine, project).values() for one in row if FARMING.search(one.name)]
    assert not found


@pytest.mark.parametrize("project", PROJECTS, ids=[name for name, _, _ in PROJECTS])
def test_every_slot_that_all_projects_fill_has_an_offer(engine: Engine, project: list[str]) -> None:
    found = offers(engine, project)
    for level2 in ("数量", "质量", "时效", "成本"):
        assert found[f"产出目标›{level2}"], level2
    assert found["效果目标›满意度"]
