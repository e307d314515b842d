"""Tables as other people, programs and recognition (OCR) write them: signs for nothing, misread digits, units behind names, lists."""

from __future__ import annotations

import io
from datetime import date

import pytest

from domain.changes import Record
from domain.exchange import EXPORTERS, Imported, OddityKind, exporter, read
from domain.exchange.misread import mended
from domain.marks import WEIGHTS
from domain.model import Declaration, Indicator

HEADS = "一级指标\t二级指标\t三级指标\t年度目标值"


def one(text: str) -> Imported:
    (found,) = read(text.encode())
    return found


def rows(text: str) -> list[tuple[str, str, str]]:
    return [(row.level2, row.name, row.target) for row in one(text).record.declaration.indicators]


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        ("＝1O所", "＝10所"),
        ("=2OO座", "=200座"),
        ("=l00%", "=100%"),
        ("2025年l0月底前", "2025年10月底前"),
        (">一90%", ">=90%"),
        ("<= 1，200元", "<= 1,200元"),
        ("=O.5%", "=0.5%"),
    ],
)
def test_misread_digits_and_signs_are_put_right_and_said_as_uncertain(target: str, meant: str) -> None:
    row = mended("维修合格率", target)
    assert row.target == meant
    assert [kind for kind, _ in row.said] == [OddityKind.UNCERTAIN]


@pytest.mark.parametrize("target", ["CO2浓度", "=10%", "PM2.5", ">=5Okm", "<-18℃", "每月1—2次", "健全"])
def test_what_only_looks_like_a_slip_stays(target: str) -> None:
    assert mended("某项", target).target == target


def test_a_unit_in_brackets_behind_the_name_goes_to_the_number() -> None:
    found = one(
        f"{HEADS}\n产出目标\t数量\t培训人次（人次）\t240\n\t质量\t考核合格率（%）\t≥95\n\t\t补助标准（试行）\t4\n"
    )
    assert [(row.name, row.target) for row in found.record.declaration.indicators] == [
        ("培训人次", "240人次"),
        ("考核合格率", "≥95%"),
        ("补助标准（试行）", "4"),
    ]


def test_units_with_a_column_of_their_own_are_not_doubled() -> None:
    heads = "一级指标\t二级指标\t三级指标\t指标值\t计量单位"
    assert rows(f"{heads}\n产出目标\t数量\t培训人次（人次）\t240\t人次\n") == [("数量", "培训人次（人次）", "240人次")]


def test_serial_numbers_of_a_spreadsheet_are_days() -> None:
    found = one(
        f"项目名称：水库加固\n开始时间：45658\n{HEADS}\n产出目标\t时效\t完工时间\t45991\n\t数量\t护岸长度\t45991\n"
    )
    form = found.record.declaration
    assert form.project.start_date == date(2025, 1, 1)
    assert [row.target for row in form.indicators] == ["2025年11月30日", "45991"]
    assert any(one.kind is OddityKind.UNCERTAIN and "序号" in one.text for one in found.oddities)


def test_signs_for_nothing_make_no_row() -> None:
    text = f"{HEADS}\n产出目标\t时效\t—\t—\n\t成本\t/\t\n\t数量\t设备数\t3台\n\t质量\t合格率\t——\n效果目标\t经济效益\t无\t无\n"
    assert rows(text) == [("数量", "设备数", "3台"), ("质量", "合格率", "")]


def test_a_list_without_tabs_is_read_as_rows() -> None:
    text = (
        "项目名称：饮水工程维修\n绩效指标：\n产出指标\n1.数量指标：维修工程数≥42处\n（2）质量指标：水质合格率≥95%\n"
        "满意度指标：\n服务对象满意度：用水户满意度≥90%\n"
    )
    assert rows(text) == [
        ("数量指标", "维修工程数", "≥42处"),
        ("质量指标", "水质合格率", "≥95%"),
        ("服务对象满意度指标", "用水户满意度", "≥90%"),
    ]


def test_a_goal_that_lists_its_indicators_stays_a_text() -> None:
    goal = "目标如下。\n产出指标\n数量指标：维修工程数≥42处"
    assert one(f"项目名称：饮水工程维修\n年度绩效目标：{goal}\n").record.declaration.narrative.annual_goal == goal


def test_heads_may_be_misread_have_brackets_and_more_columns() -> None:
    text = (
        "—级指标（分值）\t二级指标\t三级指标\t年度目标値\t分值\n产岀目标（50分）\t数量\t改造公厕数\t20座\t50\n"
        "第 1 页 共 2 页\n\t质量\t验收合格率\t=100%\t40\n合计\t\t\t\t90\n"
    )
    found = one(text)
    assert [(row.level1, row.name) for row in found.record.declaration.indicators] == [
        ("产出目标", "改造公厕数"),
        ("产出目标", "验收合格率"),
    ]
    assert list(found.record.marks(WEIGHTS).values()) == ["50", "40"]
    assert "第 1 页 共 2 页" in found.unplaced


def test_cost_among_the_outputs_of_the_national_table_goes_to_its_own_level() -> None:
    heads = "一级指标\t二级指标\t三级指标\t指标值"
    found = one(
        f"{heads}\n产出指标\t数量指标\t宣传场次\t24场\n\t成本指标\t总成本\t≤15万元\n\t时效指标\t完成时间\t12月底前\n"
    )
    assert [row.slot for row in found.record.declaration.indicators] == [
        ("产出指标", "数量指标"),
        ("成本指标", "经济成本指标"),
        ("产出指标", "时效指标"),
    ]


def test_stars_before_labels_are_passed_over() -> None:
    found = one(
        "年份：2025\t预算单位：青石县文化馆\n*项目名称：图书更新\t※项目性质：一次性项目\n*年度绩效目标：更新图书5000册。\n"
    )
    form = found.record.declaration
    assert (form.project.name, form.project.nature, form.narrative.annual_goal) == (
        "图书更新",
        "一次性项目",
        "更新图书5000册。",
    )
    assert found.unplaced == ()


def test_a_number_is_read_with_the_unit_that_its_format_shows() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(HEADS.split("\t"))
    book.active.append(["产出目标", "数量", "补植乔木株数", 1320])
    book.active["D2"].number_format = '#,##0"株"'
    held = io.BytesIO()
    book.save(held)
    (found,) = read(held.getvalue(), "甲.xlsx")
    assert [row.target for row in found.record.declaration.indicators] == ["1320株"]


def test_weights_on_a_second_sheet_come_along() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["项目名称", "校园安防改造"])
    sheet = book.create_sheet("指标")
    sheet.append(["一级指标", "二级指标", "三级指标", "指标值", "分值"])
    sheet.append(["产出目标", "数量", "安装摄像头数", "320个", 90])
    held = io.BytesIO()
    book.save(held)
    (found,) = read(held.getvalue(), "甲.xlsx")
    assert found.record.declaration.project.name == "校园安防改造"
    assert found.record.marks(WEIGHTS) == {"产出目标/数量/安装摄像头数": "90"}


@pytest.mark.parametrize("target", [one.id for one in EXPORTERS if one.whole])
def test_our_own_rows_that_look_so_read_back_as_they_are(target: str) -> None:
    own = tuple(
        Indicator("产出目标", "数量", name, value)
        for name, value in (
            ("培训人次（人次）", "240"),
            ("—", "—"),
            ("完工时间", "45991"),
            ("公厕数", "2O座"),
            ("", "/"),
        )
    )
    declaration = Declaration(indicators=own).replace(("project", "name"), "甲")
    (found,) = read(exporter(target).write(Record(declaration)), f"甲{exporter(target).suffix}")
    assert found.record.declaration.indicators == own
