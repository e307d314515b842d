"""The picture of a project: sector, kind, purposes, negations, amounts, from the name alone and from all answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.model import Coded, Declaration
from suggest.context import Context
from suggest.engine import Engine


def picture(engine: Engine, name: str, overview: str = "", unit: str = "", **more: object) -> Context:
    declaration = Declaration().replace(("project", "name"), name).replace(("project", "unit"), unit)
    declaration = declaration.replace(("narrative", "overview"), overview)
    for key, value in more.items():
        block, _, field = key.partition("_")
        declaration = declaration.replace((block, field), value)
    return engine.picture(declaration)[0]


@pytest.mark.parametrize(
    ("name", "kind", "sector"),
    [
        ("义务教育学校食堂设备购置", "purchase", "教育"),
        ("农村公路养护工程", "works", "交通"),
        ("高龄津贴", "subsidy", ""),
        ("村医培训", "training", "卫生"),
        ("视频监控专线租用费", "rent", ""),
        ("生活垃圾清运服务", "service", "环卫"),
        ("图书馆免费开放", "venue", "文化"),
        ("肉羊养殖到户项目", "farming", ""),
        ("农业普查", "survey", "统计"),
        ("政务平台运维", "itops", "信息化与网络"),
    ],
)
def test_the_name_alone_tells_kind_and_sector(engine: Engine, name: str, kind: str, sector: str) -> None:
    context = picture(engine, name)
    assert context.kinds[0][0].id == kind
    assert not sector or sector in list(context.sectors)[:2]


def test_money_words_at_the_end_say_where_it_comes_from(engine: Engine) -> None:
    assert picture(engine, "校舍加固改造补助资金").kinds[0][0].id == "works"
    assert picture(engine, "残疾人生活补助资金").kinds[0][0].id == "subsidy"


def test_a_longer_cue_outweighs_the_shorter_one_within(engine: Engine) -> None:
    assert picture(engine, "登记信息平台建设").kinds[0][0].id == "itops"


def test_the_name_of_an_institution_says_nothing_about_the_kind(engine: Engine) -> None:
    assert [kind.id for kind, _ in picture(engine, "社区卫生服务中心改扩建").kinds] == ["works"]


@pytest.mark.parametrize("name", ["政协委员履职", "关心下一代", "卫生城市创建"])
def test_a_name_without_any_cue_may_be_any_work_of_the_unit(engine: Engine, name: str) -> None:
    assert [kind.id for kind, _ in picture(engine, name).kinds] == ["task"]


def test_weak_hints_leave_the_sector_a_guess(engine: Engine) -> None:
    assert not picture(engine, "机关运行经费", unit="市发展和改革委员会").fields


def test_later_answers_sharpen_earlier_guesses(engine: Engine) -> None:
    vague = picture(engine, "专项工作经费")
    clear = picture(engine, "专项工作经费", "举办业务培训班6期，培训学员300人次，聘请专家授课。", unit="区教育局")
    assert clear.kinds[0][0].id == "training"
    assert vague.kinds[0][0].id != "training"
    assert "教育" in clear.sectors


def test_subjects_point_to_purposes(engine: Engine) -> None:
    context = picture(engine, "业务费", project_economic_subjects=(Coded("30216", "培训费"),))
    assert context.purposes["培训"] >= 0.8


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


def test_places_point_at_the_words(engine: Engine) -> None:
    context = picture(engine, "路灯维修", "对城区路灯进行维修")
    assert context.places["路灯"].where == ("project", "name")
    span = context.places["城区"]
    assert (span.where, span.start) == (("narrative", "overview"), 1)


def test_an_empty_declaration_has_a_picture(engine: Engine) -> None:
    context = engine.picture(Declaration())[0]
    assert context.kinds == ()
    assert context.sector == ""
