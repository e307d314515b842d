"""What is read out of a description into the form's head."""

from __future__ import annotations

import datetime

import pytest

from domain.model import Declaration
from domain.quantity import parse_date
from suggest.fieldreading import guesses
from suggest.reader import load_reader


def read(text: str) -> dict[str, str]:
    """Field and text of every guess."""
    return {str(guess.where[-1]): guess.text for guess in guesses(text, Declaration(), load_reader())}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("水源地巡护项目，区水利局申请资金36万元，巡护24处。", "区水利局"),
        ("市图书馆计划购置图书12000册，申请预算48万元。", "市图书馆"),
        ("区图书馆2021年购置图书12000册，预算48万元。", "区图书馆"),
        ("街道办事处委托社区卫生服务中心为老年人体检2000人次。", "街道办事处"),
        ("为保障机关食堂运转，机关事务服务中心拟采购食材。", "机关事务服务中心"),
        ("由区档案馆负责档案数字化。", "区档案馆"),
        ("为中小学更换课桌椅300套。", ""),
        ("水库维修项目：县水利局对全县42座水库进行维修。", "县水利局"),
        ("镇文化站开展送戏下乡20场。", "镇文化站"),
    ],
)
def test_the_unit_is_the_body_that_acts(text: str, unit: str) -> None:
    assert read(text).get("unit", "") == unit


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("聘请第三方公司采购服务，全年巡护。", "是"),
        ("3月完成招标，12月底前完成巡护。", "是"),
        ("以购买服务方式委托养护。", "是"),
        ("本项目无需采购。", "否"),
        ("为村民发放补助。", ""),
    ],
)
def test_procurement_is_read_from_how_it_is_bought(text: str, answer: str) -> None:
    assert read(text).get("procurement", "") == answer


def test_a_price_for_a_year_does_not_make_a_recurring_project() -> None:
    assert "nature" not in read("巡护24处，每处每年1.5万元。")
    assert read("每年汛期前清淤一遍。")["nature"] == "经常性项目"


def test_a_sentence_is_no_name() -> None:
    assert "name" not in read("街道办事处委托社区卫生服务中心为老年人体检2000人次，无需采购")
    assert read("农村水源地巡护项目，区水利局申请资金36万元。")["name"] == "农村水源地巡护项目"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("县气象局拟开展2024年人工影响天气作业，申请60万元。", "人工影响天气作业"),
        ("区城管局计划建设口袋公园，投资80万元。", "口袋公园建设"),
        ("全区开展食品安全监督抽检工作，抽检900批次。", "食品安全监督抽检"),
        ("县气象局开展了各项工作，成效明显。", ""),
        ("为开展普法宣传，印制手册2万份。", ""),
    ],
)
def test_what_is_to_be_done_is_a_name(text: str, name: str) -> None:
    assert read(text).get("name", "") == name


def test_reasons_are_one_line() -> None:
    for guess in guesses("水源地巡护项目\n区水利局申请资金36万元。\n市图书馆计划购书。", Declaration(), load_reader()):
        assert "\n" not in guess.reason


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("实施时间2021年1月至12月。", (2021, 1, 1), (2021, 12, 31)),
        ("2021年1-12月巡护24处。", (2021, 1, 1), (2021, 12, 31)),
        ("2021年3月到11月底巡护。", (2021, 3, 1), (2021, 11, 30)),
        ("2021年度项目，工期：3-9月。", (2021, 3, 1), (2021, 9, 30)),
        ("2023.11月至2024年2月实施。", (2023, 11, 1), (2024, 2, 29)),
        ("2021年4月15日至10月20日汛期巡护。", (2021, 4, 15), (2021, 10, 20)),
        ("2021-03-01至2021-06-30巡护。", (2021, 3, 1), (2021, 6, 30)),
    ],
)
def test_a_span_ends_with_the_last_day_of_its_month(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    found = read(text)
    year = int(found["year"]) if "year" in found else None
    assert parse_date(found["start_date"], year) == datetime.date(*first)
    assert parse_date(found["end_date"], year) == datetime.date(*last)


@pytest.mark.parametrize("text", ["2021年度项目，3月至5月完成招标。", "预算为24.5-30.5万元。", "工期：3-9月。"])
def test_what_is_no_span_of_the_project_sets_no_date(text: str) -> None:
    assert not {"start_date", "end_date"} & read(text).keys()


def test_one_sentence_tells_what_is_done_and_the_amount_stands_apart() -> None:
    found = read("水库维修项目：县水利局对全县42座水库进行维修，汛期前完工。申请264万元。")
    assert found["name"] == "水库维修项目"
    assert found["overview"] == "1、项目内容：县水利局对全县42座水库进行维修，汛期前完工。"
    assert found["remarks"] == "申请264万元。"
