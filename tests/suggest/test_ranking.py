"""The ranking regression: for projects of our own, what must stand among the first, and what must not be offered."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.model import Declaration
from suggest.candidates import COUNTED, USUAL, Candidate
from suggest.engine import Engine
from suggest.kinds import kinds_of
from suggest.ranking import merge, with_conventional
from suggest.tables import KINDS_FILE, table

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("ranking.toml").read_text(encoding="utf-8"))[
    "project"
]


def declaration_of(case: dict[str, Any]) -> Declaration:
    declaration = Declaration()
    for field, path in (
        ("name", ("project", "name")),
        ("unit", ("project", "unit")),
        ("overview", ("narrative", "overview")),
    ):
        declaration = declaration.replace(path, case.get(field, ""))
    if "amount" in case:
        declaration = declaration.replace(("funding", "total"), Decimal(str(case["amount"])))
    return declaration


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40


def misses(engine: Engine, case: dict[str, Any]) -> list[str]:
    """What an offer lacks or should not have, in words."""
    found = []
    for wish in case["expect"]:
        level1, level2 = wish["slot"].split("/")
        offer = engine.offer(declaration_of(case), (level1, level2))
        names = [one.name for one in offer.suggestions]
        shown = f"{case['name']} {wish['slot']}: {[(one.name, one.target) for one in offer.suggestions]}"
        first = [one for one in offer.suggestions[: wish.get("top", 5)] if one.name in wish.get("any", ())]
        if wish.get("any") and not first:
            found.append(f"{shown} lacks {wish['any']}")
        elif wish.get("target") and not any(wish["target"] in one.target for one in first):
            found.append(f"{shown} lacks target {wish['target']}")
        if any(name in names for name in wish.get("none", ())):
            found.append(f"{shown} has one of {wish['none']}")
        if wish.get("empty") and (names or not offer.note):
            found.append(f"{shown} should be empty with a note")
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_first_suggestions_are_those_of_a_good_colleague(engine: Engine, case: dict[str, Any]) -> None:
    assert not misses(engine, case)


# -- conventional names --


def candidate(name: str, score: float, *, target: str = "", stated: bool = False) -> Candidate:
    return Candidate(name, target, score, ("理由",), COUNTED if stated else USUAL, sure=stated)


SHORT = ("项目完成及时率", "项目完成时间", "资金拨付及时率")


def test_conventional_names_have_their_places_behind_the_own_ones() -> None:
    own = [candidate(f"第{at}项工作时间", 1 - at / 10) for at in range(5)]
    ranked = [*own, *(candidate(name, 0.3) for name in SHORT)]
    first = [one.name for one in with_conventional(ranked, SHORT, 2)]
    assert first[:5] == [one.name for one in own[:3]] + list(SHORT[:2])
    assert sorted(first) == sorted(one.name for one in ranked)
    assert with_conventional(ranked, SHORT, 0) == ranked


def test_what_the_text_states_makes_room_for_nothing() -> None:
    own = [candidate(f"第{at}项工作时间", 1 - at / 10, stated=at != 2) for at in range(5)]
    first = with_conventional([*own, *(candidate(name, 0.3) for name in SHORT)], SHORT, 2)[:5]
    assert [one.name for one in first if one.name in SHORT] == ["项目完成及时率"]


def test_all_the_money_is_offered_once() -> None:
    total, fund = candidate("项目总成本", 0.9, target="<=36万元"), candidate("信访工作经费总额", 0.5, target="<=36万元")
    assert [one.name for one in merge([total, fund], ())] == ["项目总成本"]
    part = candidate("补助资金总额", 0.5, target="<=20万元")
    assert len(merge([total, part], ())) == 2
    assert not merge([fund], ["项目总成本"])
    assert merge([total], ["设备采购总额"]) == [total]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_offer_holds_conventional_names(engine: Engine, case: dict[str, Any]) -> None:
    kinds = kinds_of(table(KINDS_FILE))
    names = [one.name for one in engine.offer(declaration_of(case), ("产出目标", "时效")).suggestions]
    assert set(names) & kinds.conventional("output.timeliness"), names
