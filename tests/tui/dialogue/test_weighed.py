"""Weights and explanations typed in the conversation: they are asked of no one, go with their rows and come out in the export."""

from __future__ import annotations

import pytest

from domain.exchange import exporter
from domain.marks import EXPLAINED, WEIGHTS
from domain.model import Indicator
from tests.fakes import Talk, on_disk, texts
from tui.dialogue import Role

COUNT, COUNT_AGAIN = "产出目标/数量/设备数", "产出目标/数量/设备数#2"
RATE = "产出目标/质量/验收合格率"


@pytest.fixture
def three(talk: Talk) -> Talk:
    """Three indicators, two of one name."""
    talk.say("2020")
    for row in (
        Indicator("产出目标", "数量", "设备数", "=2台"),
        Indicator("产出目标", "数量", "设备数", "=30台"),
        Indicator("产出目标", "质量", "验收合格率", "=100%"),
    ):
        talk.session.add_row(row)
    return talk


def test_weights_are_listed_typed_summed_and_taken_away(three: Talk) -> None:
    assert "2. 数量›设备数　（空）" in texts(three.say("/权重"))
    assert "还没有写权重" in texts(three.say("/权重"))
    said = texts(three.say("/权重 1=40 3＝30分"))
    assert "设备数　40；验收合格率　30" in said
    assert "写了2条，合计70，还有1条空着" in said
    assert "权重合计100。" in texts(three.say("/权重 40 30 30"))
    assert on_disk(three.session.path).marks(WEIGHTS) == {COUNT: "40", COUNT_AGAIN: "30", RATE: "30"}
    three.say("/权重 2=无")
    assert COUNT_AGAIN not in three.session.record.marks(WEIGHTS)
    three.say("/撤销")
    assert three.session.record.marks(WEIGHTS)[COUNT_AGAIN] == "30"


@pytest.mark.parametrize("argument", ["10 20", "4=10", "0=10", "1=一半", "1=10 20", "1=-5", "火星"])
def test_what_is_no_weight_changes_nothing_and_stays_in_the_input(three: Talk, argument: str) -> None:
    reply = three.say(f"/权重 {argument}")
    assert texts(reply, Role.ERROR)
    assert reply.keep == f"/权重 {argument}"
    assert not three.session.record.marks(WEIGHTS)


def test_explanations_are_typed_and_listed(three: Talk) -> None:
    three.say("/指标解释 3=合格数÷验收数，取自验收单")
    assert three.session.record.marks(EXPLAINED) == {RATE: "合格数÷验收数，取自验收单"}
    assert "3. 质量›验收合格率　合格数÷验收数，取自验收单" in texts(three.say("/解释"))
    assert three.say("/指标解释 合格数÷验收数").keep == "/指标解释 合格数÷验收数"
    assert "最多300字" in texts(three.say("/解释 1=" + "长" * 301), Role.ERROR)
    three.say("/解释 3=无")
    assert not three.session.record.marks(EXPLAINED)


def test_two_rows_of_one_name_have_a_weight_each_wherever_they_go(three: Talk) -> None:
    three.say("/权重 10 20 70")
    three.session.move_row(1, -1)
    assert [row.target for row in three.form.indicators[:2]] == ["=30台", "=2台"]
    assert three.session.record.marks(WEIGHTS) == {COUNT: "20", COUNT_AGAIN: "10", RATE: "70"}
    three.session.remove_row(0)
    assert three.session.record.marks(WEIGHTS) == {COUNT: "10", RATE: "70"}
    three.say("/撤销")
    three.session.change_row(0, Indicator("产出目标", "数量", "新设备数", "=30台"), "typed")
    assert three.session.record.marks(WEIGHTS) == {"产出目标/数量/新设备数": "20", COUNT: "10", RATE: "70"}
    lines = exporter("import-csv").write(three.session.record).decode("utf-8-sig").splitlines()
    assert [line.split(",")[6] for line in lines[1:]] == ["20", "10", "70"]


def test_nothing_can_be_weighed_without_indicators(talk: Talk) -> None:
    talk.say("2020")
    assert "还没有指标" in texts(talk.say("/权重"))
    assert "还没有指标" in texts(talk.say("/指标解释"))
