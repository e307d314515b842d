"""Work that the text names without a number is offered under its own name, to be counted by the filer."""

from __future__ import annotations

import pytest

from domain.model import Declaration
from suggest.engine import Engine


def named(engine: Engine, text: str) -> list[str]:
    """What a text names as work without a number."""
    declaration = Declaration().replace(("project", "name"), "专项工作").replace(("narrative", "overview"), text)
    return [
        one.name for one in engine.picture(declaration)[0].stated if one.role == "output.quantity" and not one.target
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("购置灭火器具，更新巡查台账。", "灭火器具购置数量"),
        ("组织应急演练，提高处置水平。", "应急演练次数"),
        ("开展全民健身活动，方便群众。", "全民健身活动次数"),
        ("走访慰问困难职工。", "走访慰问困难职工人数"),
        ("制作公益广告，营造氛围。", "制作公益广告数量"),
    ],
)
def test_work_without_a_number_has_a_name(engine: Engine, text: str, name: str) -> None:
    assert name in named(engine, text)


@pytest.mark.parametrize("text", ["采购事宜由办公室负责。", "发放补助资金。", "培训两员。", "改造后投入使用。"])
def test_half_words_and_money_are_no_work(engine: Engine, text: str) -> None:
    assert named(engine, text) == []


def test_it_is_offered_with_the_words_it_comes_from(engine: Engine) -> None:
    declaration = Declaration().replace(("project", "name"), "森林防火")
    declaration = declaration.replace(("narrative", "overview"), "购置灭火器具。")
    offered = {one.name: one for one in engine.offer(declaration, ("产出目标", "数量")).suggestions}
    assert offered["灭火器具购置数量"].target == ""
    assert offered["灭火器具购置数量"].reasons[0] == "原文提到“购置灭火器具”"


def test_a_number_makes_it_a_count(engine: Engine) -> None:
    declaration = Declaration().replace(("project", "name"), "森林防火")
    declaration = declaration.replace(("narrative", "overview"), "购置灭火器具300件。")
    found = {one.name: one.target for one in engine.offer(declaration, ("产出目标", "数量")).suggestions}
    assert found["灭火器具购置数量"] == "=300件"
