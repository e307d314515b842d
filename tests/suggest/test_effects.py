"""Promises of the text become judged indicators of the effect slots."""

from __future__ import annotations

import pytest

from domain.framework import framework
from domain.model import Declaration
from suggest.engine import Engine


@pytest.fixture(scope="module")
def loaded() -> Engine:
    return Engine.load()


def offered(engine: Engine, text: str, role: str) -> dict[str, str]:
    """Names with targets that the slot of a role is offered because the text says so."""
    slot = framework().by_role(role)
    assert slot is not None
    declaration = Declaration().replace(("project", "name"), "村级桥梁加固").replace(("narrative", "overview"), text)
    found = engine.offer(declaration, slot.key, 8).suggestions
    return {one.name: one.target for one in found if any(reason.startswith("原文写明") for reason in one.reasons)}


@pytest.mark.parametrize(
    ("text", "role", "name", "target"),
    [
        ("加固三座桥，使沿线村民过河条件得到改善。", "effect.social", "沿线村民过河条件改善情况", "改善"),
        ("二是使过往车辆通行能力明显提升。", "effect.social", "过往车辆通行能力提升情况", "提升"),
        ("进一步提高防汛应急处置水平。", "effect.social", "防汛应急处置水平提升情况", "提升"),
        ("河道水质得到持续改善。", "effect.environment", "河道水质改善情况", "改善"),
        ("河道水质得到持续改善。", "impact.mechanism", "河道水质改善情况", "改善"),
        ("带动沿岸农户增加收入。", "effect.economic", "沿岸农户增收情况", "增加"),
        ("推动乡村文化产业发展。", "effect.economic", "乡村文化产业发展情况", "提升"),
    ],
)
def test_promises(loaded: Engine, text: str, role: str, name: str, target: str) -> None:
    assert offered(loaded, text, role).get(name) == target


@pytest.mark.parametrize(
    "text", ["按照要求开展工作，落实资金保障。", "购置设备提高预算资金使用安排。", "不断完善制度。"]
)
def test_procedures_promise_nothing(loaded: Engine, text: str) -> None:
    assert not offered(loaded, text, "effect.social")
