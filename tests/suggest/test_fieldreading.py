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
        ("社区巡诊项目：县卫健局按季度为12个乡镇的老年人体检4800人次。", "县卫健局"),
        ("区法院2026年聘用书记员18名。", "区法院"),
        ("县农业农村局、县财政局联合实施高标准农田管护。", "县农业农村局"),
        ("市气象台每天向全市发布预警短信。", "市气象台"),
        ("各学校按要求组织消防演练，区教育局牵头。", "区教育局"),
        ("按照县教育局要求，组织消防演练4次。", ""),
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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026年青禾县第二小学食堂设备更新项目，购置蒸饭柜6台。", "青禾县第二小学食堂设备更新项目"),
        ("2026年度校园安保服务项目，聘用保安12名。", "校园安保服务项目"),
        ("2026年度考核奖\n发放给全体职工。", "2026年度考核奖"),
    ],
)
def test_the_year_before_a_name_has_a_field_of_its_own(text: str, name: str) -> None:
    found = read(text)
    assert (found["year"], found["name"]) == ("2026", name)


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
        ("河道保洁：县水利局按月对42公里河道开展保洁。", "河道保洁"),
        ("食品抽检项目。全年抽检食品900批次。", "食品抽检项目"),
        ("区残联为210名重度残疾人按季发放护理补贴，全年37.8万元。", ""),
        ("建设内容：改造供水管网6.8公里。", ""),
        ("青山镇人民政府：现申请公益岗位补贴。", ""),
    ],
)
def test_what_is_to_be_done_is_a_name(text: str, name: str) -> None:
    assert read(text).get("name", "") == name


def test_reasons_are_one_line() -> None:
    found = guesses("水源地巡护项目\n区水利局申请资金36万元。\n市图书馆计划购书。", Declaration(), load_reader())
    assert found
    assert not any("\n" in guess.reason for guess in found)


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


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "县卫健局按季度为全县老年人开展免费体检4800人次。3月启动，12月底前完成。",
            "县卫健局按季度为全县老年人开展免费体检4800人次。",
        ),
        (
            "每月对18个村开展垃圾清运，按季度支付清运费。第一季度完成招标。",
            "每月对18个村开展垃圾清运，按季度支付清运费。",
        ),
        ("按月向560名低保对象发放补贴。", "按月向560名低保对象发放补贴。"),
        ("2026年3月至11月修缮校舍6栋；每月召开一次调度会；12月结算。", "2026年3月至11月修缮校舍6栋。"),
        ("对6个站点按季度开展校准，数据有效率不低于95%。", "对6个站点按季度开展校准，数据有效率不低于95%。"),
    ],
)
def test_what_is_done_month_by_month_is_what_the_project_does(text: str, content: str) -> None:
    assert f"项目内容：{content}" in read(text)["overview"]


@pytest.mark.parametrize(
    "text",
    [
        "第二季度起按季度支付服务费，12月底前验收。",
        "每季度与服务商结算一次。",
        "3月完成招标，上半年完成安装。",
    ],
)
def test_when_a_step_is_done_is_the_plan(text: str) -> None:
    assert read(f"河道保洁服务\n对42公里河道开展保洁。{text}")["plan"] == text


def test_an_amount_with_its_parts_is_a_remark() -> None:
    found = read("路灯维护项目\n区城管局巡检路灯3200盏。申请48万元，其中上级资金20万元，区级28万元。")
    assert found["remarks"] == "申请48万元，其中上级资金20万元，区级28万元。"
