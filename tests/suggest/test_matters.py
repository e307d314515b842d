"""Matters: what a project is about in particular, and what projects of the matter measure."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from domain.library.checks.names import name_hits
from domain.library.checks.targets import target_hits
from domain.library.entry import gaps_of
from domain.library.faults import ERROR
from domain.model import Declaration
from suggest import tables
from suggest.engine import Engine
from suggest.matters import MOST, Matter, packed_matters, spoken_of
from suggest.ranking import FROM_MATTER
from suggest.segment import load_segment
from tests.suggest.test_context import picture
from tests.suggest.test_kinds import ROLES, entry_of

MATTERS = tables.matters()
ROLE_OF = {slot.key: role for role, slot in ROLES.items()}
SPARED = ("direction-operator", "level-name")


def matter(label: str, *words: str, broad: bool = False) -> Matter:
    return Matter(label, "\n".join(words), (), frozenset(), b"", broad)


def named(name: list[str], *matters: Matter, unit: str = "", body: str = "") -> list[str]:
    return [one.label for one, _ in spoken_of(matters, name, unit, load_segment().cut(body))]


@pytest.mark.parametrize("one", MATTERS, ids=[one.label for one in MATTERS])
def test_every_measure_of_a_matter_is_a_sound_indicator(one: Matter) -> None:
    assert set(one.measures) | one.often <= set(ROLES)
    for role, rows in one.measures.items():
        assert len({row.name for row in rows}) == len(rows)
        for row in rows:
            assert not gaps_of(row.name)
            entry = entry_of(role, row)
            hits = [hit for hit in (*name_hits(entry), *target_hits(entry)) if hit.severity == ERROR]
            assert not [hit for hit in hits if hit.code not in SPARED], (row, hits)


def test_the_same_tables_are_packed_to_the_same_bytes() -> None:
    lamps = {
        "label": "路灯",
        "words": ["路灯"],
        "served": [],
        "often": [],
        "measures": {"output.cost": [["路灯单价", "<=元"]]},
    }
    read_again = json.loads(json.dumps(lamps))  # texts that are one object here are several there
    assert packed_matters([{"matter": [read_again]}]) == packed_matters([{"matter": [lamps]}])


def test_a_word_belongs_to_one_matter() -> None:
    words = Counter(word for one in MATTERS for word in one.words)
    assert not [word for word, count in words.items() if count > 1]
    assert all(one.words for one in MATTERS)
    assert len({one.label for one in MATTERS}) == len(MATTERS)


def test_a_word_counts_from_edge_to_edge_and_not_inside_a_longer_one() -> None:
    emergency, rescue = matter("急救", "急救"), matter("救援", "应急救援")
    assert named(["应急", "救援", "物资"], emergency, rescue) == ["救援"]
    roads, upkeep = matter("道路", "农村公路"), matter("养护", "农村公路养护")
    assert named(["农村公路", "养护", "经费"], roads, upkeep) == ["养护"]


def test_texts_too_speak_from_edge_to_edge_and_once() -> None:
    water, rules = matter("水情", "水情"), matter("用水", "用水情况")
    assert named(["专项"], water, body="统计用水情况，核实用水情况") == []
    assert named(["专项"], water, rules, body="统计用水情况，核实用水情况") == ["用水"]
    care, disabled = matter("康复", "康复服务"), matter("残疾人康复", "残疾人康复", "残疾人康复服务")
    assert named(["专项"], care, disabled, body="提供残疾人康复服务") == []


def test_the_name_says_more_than_the_texts_and_its_end_more_than_its_front() -> None:
    lamps, parks = matter("路灯", "路灯"), matter("公园", "公园")
    assert named(["公园", "路灯"], lamps, parks) == ["路灯", "公园"]
    assert named(["公园", "改造"], lamps, parks, body="更换路灯，路灯亮灯率98%") == ["公园", "路灯"]
    assert named(["专项", "经费"], lamps, parks, body="更换路灯") == []
    assert (
        len(spoken_of([matter(str(at), f"词{at}") for at in range(9)], [f"词{at}" for at in range(9)], "", "")) == MOST
    )


def test_a_broad_matter_is_read_from_a_name_that_names_nothing_finer() -> None:
    lamps, repairs = matter("路灯", "路灯"), matter("维修", "维修", broad=True)
    assert named(["维修", "费"], lamps, repairs) == ["维修"]
    assert named(["路灯", "维修", "费"], lamps, repairs) == ["路灯"]
    assert named(["专项", "经费"], lamps, repairs, body="维修，维修，维修") == []
    assert named(["维修", "费"], lamps, repairs, body="更换路灯，路灯亮灯率98%") == ["维修", "路灯"]


@pytest.mark.parametrize(
    ("project", "slot", "names"),
    [
        ("人工影响天气作业经费", ("产出目标", "数量"), {"人工增雨防雹作业次数", "火箭弹炮弹购置数量"}),
        ("人民调解以奖代补", ("产出目标", "质量"), {"矛盾纠纷调解成功率"}),
        ("两癌筛查", ("产出目标", "成本"), {"宫颈癌筛查补助标准"}),
    ],
)
def test_a_matter_brings_its_own_measures_beside_the_usual_ones(
    engine: Engine, project: str, slot: tuple[str, str], names: set[str]
) -> None:
    declaration = Declaration().replace(("project", "name"), project)
    offered = [one.name for one in engine.offer(declaration, slot).suggestions]
    (about, _), *_ = engine.picture(declaration)[0].matters
    own = {row.name for row in about.measures[ROLE_OF[slot]]}
    assert names & set(offered)
    assert 1 <= len(own & set(offered)) <= FROM_MATTER < len(offered)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("城区道路清扫保洁服务外包", "道路清扫保洁"),
        ("中小学校园安保服务购买", "校园安保"),
        ("农村公益性公墓建设补助", "殡葬服务"),
        ("义务教育学校食堂改造", "校舍维修"),
        ("失能老年人居家上门照护服务", "居家社区养老"),
    ],
)
def test_a_compound_names_its_own_matter_and_not_that_of_a_word_inside(engine: Engine, name: str, label: str) -> None:
    assert [one.label for one, _ in picture(engine, name).matters] == [label]
