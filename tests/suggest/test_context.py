"""The picture of a project: sector, kind, purposes, negations, amounts, from the name alone and from all answers."""

from __future__ import annotations

from decimal import Decimal

from domain.model import Declaration
from suggest.context import Context
from suggest.engine import Engine


def picture(engine: Engine, name: str, overview: str = "", unit: str = "", **more: object) -> Context:
    declaration = Declaration().replace(("project", "name"), name).replace(("project", "unit"), unit)
    declaration = declaration.replace(("narrative", "overview"), overview)
    for key, value in more.items():
        block, _, field = key.partition("_")
        declaration = declaration.replace((block, field), value)
    return engine.picture(declaration)[0]


def test_later_answers_sharpen_earlier_guesses(engine: Engine) -> None:
    vague = picture(engine, "专项工作经费")
    clear = picture(engine, "专项工作经费", "举办业务培训班6期，培训学员300人次，聘请专家授课。", unit="区教育局")
    assert clear.kinds[0][0].id == "training"
    assert vague.kinds[0][0].id != "training"
    assert "教育" in clear.sectors


def test_what_is_denied_does_not_count(engine: Engine) -> None:
    context = picture(engine, "专线租用费", "租用专线12条，不涉及政府采购，不含设备购置和人员培训。")
    assert not context.procured
    assert "培训" not in context.terms
    assert [one.noun for one in context.reading.quantities] == ["专线"]
    assert picture(engine, "专线租用费", "通过政府采购租用专线12条。").procured
    assert not picture(engine, "设备", "政府采购", project_procurement=False).procured


def test_the_amount_is_answered_or_told(engine: Engine) -> None:
    assert picture(engine, "x", "总投资24.63万元，其中设备10万元").amount == Decimal("24.63")
    assert picture(engine, "x", "总投资24.63万元", funding_total=Decimal(30)).amount == Decimal(30)
    assert picture(engine, "x", "每人补助100元").amount is None
    assert picture(engine, "x", "投入5万元，带动村集体增收8万元").amount == Decimal(5)


def test_places_point_at_the_words(engine: Engine) -> None:
    context = picture(engine, "路灯维修", "对城区路灯进行维修")
    assert context.places["路灯"].where == ("project", "name")
    span = context.places["城区"]
    assert (span.where, span.start) == (("narrative", "overview"), 1)


def test_an_empty_declaration_has_a_picture(engine: Engine) -> None:
    context = engine.picture(Declaration())[0]
    assert context.kinds == ()
    assert context.sector == ""
