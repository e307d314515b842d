"""What a project is probably about: its sectors, kinds and purposes by its words, its unit and its subjects."""

from __future__ import annotations

import pytest

from domain.model import Coded
from suggest.engine import Engine
from tests.suggest.test_context import picture


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
        ("河道清淤疏浚", "works", "水利"),
        ("粮食储备轮换费用", "task", "农业"),
        ("困难职工帮扶", "subsidy", "党建"),
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


def test_subjects_point_to_purposes(engine: Engine) -> None:
    context = picture(engine, "业务费", project_economic_subjects=(Coded("30216", "培训费"),))
    assert context.purposes["培训"] >= 0.8


def test_a_word_inside_a_longer_one_of_another_sector_says_nothing(engine: Engine) -> None:
    street_cleaning = picture(engine, "洒水作业", unit="市环境卫生管理处")
    assert street_cleaning.sector == "环卫"
    assert "卫生" not in street_cleaning.sectors
    assert picture(engine, "环境卫生与公共卫生检查").sectors.keys() >= {"环卫", "卫生"}


def test_a_thing_to_which_something_else_is_done_hardly_makes_a_kind(engine: Engine) -> None:
    kinds = {kind.id: weight for kind, weight in picture(engine, "污水提升泵站电费").kinds}
    assert kinds["utility"] == 1
    assert kinds.get("works", 0) < 0.6
