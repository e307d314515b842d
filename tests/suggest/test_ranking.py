"""The ranking regression: for projects of our own, what must stand among the first, and what must not be offered."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.model import Declaration
from suggest.engine import Engine

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
