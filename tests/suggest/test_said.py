"""What the text states becomes an indicator under a name that a person would give it, with its number; nothing else does."""

from __future__ import annotations

import pytest

from domain.model import Declaration
from suggest.engine import Engine


def stated(engine: Engine, text: str, project: str = "专项工作") -> dict[str, str]:
    """Name and target of everything that a text states with a number."""
    declaration = Declaration().replace(("project", "name"), project).replace(("narrative", "overview"), text)
    return {one.name: one.target for one in engine.picture(declaration)[0].stated if one.target}


@pytest.mark.parametrize(
    ("text", "name", "target"),
    [
        ("对全县18个行政村生活垃圾收集转运。", "覆盖行政村数量", "=18个"),
        ("在城关、河口、石桥3个乡镇建设水窖。", "覆盖乡镇数量", "=3个"),
        ("解决沿线3个村4100余名群众出行难问题。", "受益群众人数", ">=4100名"),
        ("对32处农村集中供水工程进行养护。", "农村集中供水工程养护数量", "=32处"),
        ("对养殖场病死猪进行集中无害化处理，预计处理1.2万头。", "养殖场病死猪无害化处理数量", ">=1.2万头"),
        ("为辖区120户困难家庭开展适老化改造。", "困难家庭适老化改造户数", "=120户"),
        ("续购10台扫地车的作业服务。", "扫地车续购数量", "=10台"),
        ("走访慰问困难党员和老党员162人。", "慰问老党员人数", "=162人"),
        ("全年服务群众不少于6万人次。", "服务群众人次", ">=6万人次"),
        ("全年完成审计项目25个。", "审计项目数量", "=25个"),
        ("完成抽检任务4800批次。", "抽检批次", ">=4800批次"),
        ("新增学位720个。", "新增学位数量", "=720个"),
        ("购买火箭弹180枚。", "火箭弹购买数量", "=180枚"),
        ("购置新书5000册。", "图书购置数量", ">=5000册"),
    ],
)
def test_counts(engine: Engine, text: str, name: str, target: str) -> None:
    assert stated(engine, text).get(name) == target


@pytest.mark.parametrize(
    ("text", "name", "target"),
    [
        ("全年调解纠纷800件，化解率不低于98%。", "纠纷化解率", ">=98%"),
        ("患者外转率达31%，实施后降到20%以下。", "患者外转率", "<=20%"),
        ("入学率从92%提高到98%。", "入学率", ">=98%"),
        ("外转率达31%，明年降到25%，再降到20%。", "外转率", "<=20%"),
        ("疫苗接种率达到90%，差错率降到1%以下。", "疫苗接种率", ">=90%"),
        ("群众满意度达到95%，投诉率下降到2%。", "群众满意度", ">=95%"),
        ("等候时间由5天缩短到2天。", "等候时间", "<=2天"),
        ("水质检测合格率提高到98%。", "水质检测合格率", ">=98%"),
        ("管网漏损率由18%降至12%以内。", "管网漏损率", "<=12%"),
        ("道路破损率达到3%以下。", "道路破损率", "<=3%"),
        ("投诉办结率保持在99%以上。", "投诉办结率", ">=99%"),
        ("设备故障修复率≥95%。", "设备故障修复率", ">=95%"),
        ("热线一次办结率较上年提升5个百分点。", "热线一次办结率提升幅度", ">=5个百分点"),
        ("违规使用率下降3个百分点。", "违规使用率下降幅度", ">=3个百分点"),
        ("减少用电量15%。", "用电量下降率", ">=15%"),
        ("上年群众满意度为89%，今年提高到93%。", "群众满意度", ">=93%"),
    ],
)
def test_rates_and_times_to_be_reached(engine: Engine, text: str, name: str, target: str) -> None:
    assert stated(engine, text).get(name) == target


@pytest.mark.parametrize(
    ("text", "name", "target"),
    [
        ("城市低保标准每人每月690元，农村低保标准每人每年5600元。", "城市低保标准", "=690元/人·月"),
        ("聘请保洁员96名，对18个村进行保洁，每人每月600元。", "保洁员报酬标准", "=600元/人·月"),
        ("按每村每年不低于14万元核定。", "村均经费标准", "<=14万元/村·年"),
        ("除颤仪单价8000元/台。", "除颤仪单价", "<=8000元/台"),
    ],
)
def test_prices(engine: Engine, text: str, name: str, target: str) -> None:
    assert stated(engine, text).get(name) == target


@pytest.mark.parametrize(
    "text", ["上年群众满意度为89%。", "目前自来水普及率仅为84%。", "近年来接待量年均增长12%。", "产品合格率已达98%。"]
)
def test_a_rate_of_the_past_is_no_goal(engine: Engine, text: str) -> None:
    assert stated(engine, text) == {}


def test_a_rate_that_another_starts_from_is_no_goal(engine: Engine) -> None:
    assert stated(engine, "入学率由85%提高到98%，再提高到99%。") == {"入学率": ">=99%"}


def test_what_is_paid_for_each_takes_the_projects_word(engine: Engine) -> None:
    text = "小学寄宿生每生每年1000元，初中寄宿生每生每年1250元。"
    found = stated(engine, text, "家庭经济困难学生生活补助")
    assert found["小学寄宿生补助标准"] == "=1000元/生·年"
    assert found["初中寄宿生补助标准"] == "=1250元/生·年"


@pytest.mark.parametrize(
    "text",
    [
        "确保不让一名学生因贫失学。",
        "做到发现一户改造一户。",
        "路基由4.5米拓宽至6.5米。",
        "亩产提高50公斤以上。",
        "监控点位租赁服务费（三期）。",
        "设备全年停机42天。",
        "去年完成巡查41次。",
    ],
)
def test_changes_rounds_troubles_and_gone_years_are_no_goals(engine: Engine, text: str) -> None:
    assert stated(engine, text) == {}


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("10月底前完成路面铺设。", ["10月底前"]),
        ("年底前全部完成房屋改造。", ["12月底前"]),
        ("3月至5月完成路面铺设。", []),
        ("每年10月完成路面铺设。", []),
        ("10月底前上报路面情况。", []),
    ],
)
def test_only_a_date_by_which_something_is_done_is_a_deadline(engine: Engine, text: str, dates: list[str]) -> None:
    assert [target for name, target in stated(engine, text).items() if name.endswith("时间")] == dates
