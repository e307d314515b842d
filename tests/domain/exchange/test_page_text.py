"""Page text as copied: every field and row, the oddities of the published pages, and every way of losing tabs."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from domain.exchange import Imported, ImportProblem, Oddity, OddityKind, read
from domain.marks import EXPLAINED, WEIGHTS
from domain.model import Indicator
from domain.project import Coded
from domain.records.codec import decode, encode
from tests.paths import PAGES, PUBLISHED, THREE_FORMS

FORMS = sorted(PAGES.glob("*.txt")) + (sorted(PUBLISHED.glob("*.txt")) if PUBLISHED.is_dir() else [])


def one(text: str) -> Imported:
    (found,) = read(text.encode())
    return found


def sample(name: str) -> Imported:
    (found,) = read((PAGES / f"{name}.txt").read_bytes())
    return found


def test_every_field_of_a_form():
    form = sample("street-lamps").record.declaration
    project, funding, narrative = form.project, form.funding, form.narrative
    assert (project.year, project.unit, project.name) == (2020, "湖东街道办", "背街小巷路灯电费、路灯维护费")
    assert project.category == Coded("003001007036", "其他")
    assert project.nature == "经常性项目"
    assert project.has_subprojects is False
    assert project.functional_subjects == (Coded("2120501", "城乡社区环境卫生"),) * 3
    assert project.economic_subjects == (Coded("30206", "电费"),)
    assert (project.filler, project.phone) == ("林某某", "8800123")
    assert (str(project.start_date), str(project.end_date)) == ("2020-01-01", "2020-12-31")
    assert (project.procurement, project.five_expenses) == (False, False)
    assert (funding.total, funding.requested) == (Decimal("36.5"), Decimal("36.5"))
    assert (funding.previous_budget, funding.previous_executed) == (Decimal("35.2"), Decimal("34.98"))
    assert narrative.overview.split("\n")[1] == "2、项目内容：1、按月缴纳路灯电费 2、更换损坏灯具和线缆 3、夜间巡查登记"
    assert len(narrative.overview.split("\n")) == 4
    assert narrative.basis.startswith("1、湖政发[2016]21号")
    assert narrative.measures == "《路灯巡查登记制度》《街道财务管理办法》"
    assert narrative.plan == narrative.overall_goal
    assert narrative.annual_goal.startswith("围绕《湖东区")
    assert narrative.remarks.endswith("按实际损坏更换")


def test_rows_inherit_their_levels_and_empty_slots_leave_no_row():
    rows = sample("library-books").record.declaration.indicators
    assert len(rows) == 10
    assert rows[3] == Indicator("产出目标", "数量", "购置图书册数", "=2700册")
    assert rows[4] == Indicator("产出目标", "数量", "管理员补助人数", "=9人")
    assert rows[-1] == Indicator("影响力目标", "其它", "档案管理健全性", "健全")


def test_what_is_odd_about_a_row_is_put_down_to_it():
    text = "项目名称：\t路灯\n一级指标\t二级指标\t三级指标\t年度目标值\n成本\t灯具单价\t<=800元\n产出目标 数量 更换灯具数 =40盏\n"
    [form] = read(text.encode())
    rows = {(row.slot, row.name) for row in form.record.declaration.indicators}
    said = {(odd.slot, odd.raw) for odd in form.oddities if odd.kind is OddityKind.REPAIRED}
    assert said == rows == {(("产出目标", "成本"), "灯具单价"), (("产出目标", "数量"), "更换灯具数")}


def test_oddities_are_said():
    books, boats = sample("library-books"), sample("river-boats")
    assert Oddity(OddityKind.MISSING, "必填项没有内容：年度绩效目标") in books.oddities
    assert any("<p> 标记已改成分段" in odd.text for odd in books.oddities)
    assert any("[2070104]图书馆 写了 3 遍" in odd.text for odd in books.oddities)
    [repaired] = [odd for odd in boats.oddities if odd.kind is OddityKind.REPAIRED]
    assert "“成本”是二级指标，却在第一列" in repaired.text
    assert not books.unplaced
    assert not boats.unplaced


def test_misplaced_texts_are_pointed_out():
    lines = "\n".join(map(str, sample("library-books").oddities))
    assert "“项目实施计划”里只有文件名称，像是“保证项目实施制度、措施”的内容" in lines
    assert "“项目总目标”写的是实施情况" in lines
    assert "“项目实施计划”和“项目总目标”的文字完全相同" in "\n".join(map(str, sample("street-lamps").oddities))


def test_misplaced_texts_across_forms_of_one_file():
    shifted = (PAGES / "street-lamps.txt").read_text(encoding="utf-8")
    moved = shifted.replace("背街小巷路灯电费、路灯维护费", "主干道路灯维护费").replace(
        "项目立项依据*：\t", "项目设立的必要性甲：\t"
    )
    moved = moved.replace("项目设立的必要性*：\t", "项目立项依据*：\t").replace(
        "项目设立的必要性甲：\t", "项目设立的必要性*：\t"
    )
    first, second = read((shifted + "\n\n" + moved).encode())
    hints = [odd for odd in (*first.oddities, *second.oddities) if "那张表里是“项目设立的必要性”" in odd.text]
    assert {odd.meant for odd in hints} == {("narrative", "necessity")}


def test_origins_mark_every_value_as_imported():
    record = sample("river-boats").record
    marks = record.marks("origins")
    assert marks["project.name"] == "imported"
    assert marks["产出目标/数量/保洁船购置数"] == "imported"
    assert "narrative.remarks" not in marks
    assert "funding.previous_budget" not in marks


def test_several_forms_in_one_file_are_the_single_ones():
    forms = read(THREE_FORMS.read_bytes())
    singles = [sample(name) for name in ("street-lamps", "library-books", "river-boats")]
    assert [form.record.declaration for form in forms] == [form.record.declaration for form in singles]


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published forms are not here")
def test_the_published_forms():
    forms = read((PUBLISHED / "three-forms.txt").read_bytes())
    singles = ["2020-hotline-lines", "2020-grid-allowances", "2020-grid-upgrade"]
    assert [form.record for form in forms] == [
        read((PUBLISHED / f"{name}.txt").read_bytes())[0].record for name in singles
    ]
    assert [len(form.record.declaration.indicators) for form in forms] == [9, 10, 10]
    assert [form.unplaced for form in forms] == [(), (), ()]
    upgrade = forms[2]
    assert any("“成本”是二级指标" in odd.text for odd in upgrade.oddities)
    assert upgrade.record.declaration.funding.previous_budget is None
    assert len(forms[1].record.declaration.narrative.overview.split("\n")) == 2
    shifted = [odd.text for odd in forms[1].oddities if "“网格通信息平台升级”那张表里是" in odd.text]
    assert len(shifted) == 5


def full_width(text: str) -> str:
    """Labels' signs and spaces in full width; values stay as they are."""
    return re.sub(r"^([^\t\n]{2,12})\*?[：:]\t", "\\1　＊ ：\t", text, flags=re.MULTILINE)


VARIANTS: dict[str, Callable[[str], str]] = {
    "tabs as spaces": lambda text: text.replace("\t", " "),
    "tabs removed": lambda text: text.replace("\t", ""),
    "one cell a line": lambda text: "\n".join(c for line in text.split("\n") for c in line.split("\t") if c.strip()),
    "one line": lambda text: " ".join(text.replace("\t", " ").split()),
    "no colons": lambda text: re.sub("[：:]\t", "\t", text),
    "no stars": lambda text: re.sub("[*]([：:])", r"\1", text),
    "full width": full_width,
    "windows lines": lambda text: text.replace("\n", "\r\n"),
    "no blank lines": lambda text: re.sub("\n+", "\n", text),
    "blank lines everywhere": lambda text: text.replace("\n", "\n\n"),
    "trailing tabs lost": lambda text: re.sub("\t+\n", "\n", text),
}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_damaged_copy_is_the_same_form(path: Path, variant: str):
    text = path.read_text(encoding="utf-8")
    expected = [form.record.declaration for form in read(text.encode())]
    found = read(VARIANTS[variant](text).encode())
    assert [form.record.declaration for form in found] == expected
    assert all(not form.unplaced for form in found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_encodings(encoding: str):
    text = THREE_FORMS.read_text(encoding="utf-8")
    data = text.replace("\ufeff", "").encode(encoding)
    assert [form.record for form in read(data)] == [form.record for form in read(text.encode())]


def test_broken_bytes_are_said():
    data = (PAGES / "street-lamps.txt").read_bytes()
    at = data.index("夜间巡查".encode()) + 1
    (found,) = read(data[:at] + b"\xff" + data[at + 1 :])
    assert any(odd.kind is OddityKind.DAMAGED and "“�”代替" in odd.text for odd in found.oddities)
    assert "间巡查" in found.record.declaration.narrative.overview


def test_what_has_no_place_is_kept_in_the_record():
    found = one("主管部门：\t湖东区城管局\n项目名称：\t路灯\n不知道放哪的一行\n开始时间：\t上半年\n")
    assert found.unplaced == ("主管部门：湖东区城管局", "不知道放哪的一行", "开始时间：上半年")
    saved = encode(found.record)
    assert "湖东区城管局" in saved
    assert decode(saved).record.extra == found.record.extra
    assert any(odd.kind is OddityKind.NOT_UNDERSTOOD for odd in found.oddities)


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("24.63", "24.63", ""),
        ("24.63万元", "24.63", ""),
        ("246,300元", "24.63", "换算"),
        ("２４.６３", "24.63", ""),
        ("¥1,024.5", "1024.5", ""),
        ("9.804321", "9.804321", ""),
    ],
)
def test_amounts(text: str, value: str, note: str):
    found = one(f"项目名称：\t甲\n项目总金额：\t{text}\t\t\n")
    assert found.record.declaration.funding.total == Decimal(value)
    assert any("换算" in odd.text for odd in found.oddities) == bool(note)


def test_label_in_yuan_converts():
    assert one("项目名称：\t甲\n项目资金总额（元）：\t246300\n").record.declaration.funding.total == Decimal("24.63")


@pytest.mark.parametrize(
    ("text", "value"),
    [("是", True), ("否", False), ("☑是 □否", True), ("□是 ☑否", False), ("是□ 否√", False), ("有", True)],
)
def test_yes_and_no(text: str, value: bool):
    assert one(f"项目名称：\t甲\n是否包含政府采购：\t{text}\n").record.declaration.project.procurement is value


@pytest.mark.parametrize(
    "text", ["2020/1/1", "2020年1月1日", "20200101", "2020-01-01 00:00:00", "２０２０－０１－０１"]
)
def test_dates(text: str):
    assert str(one(f"项目名称：\t甲\n开始时间：\t{text}\n").record.declaration.project.start_date) == "2020-01-01"


def test_labels_by_meaning():
    found = one("一、项目概述\n甲乙丙\n二、立项依据：\n《某办法》\n实施单位： 某局\n（三）必要性：丁\n")
    narrative = found.record.declaration.narrative
    assert (narrative.overview, narrative.basis, narrative.necessity) == ("甲乙丙", "《某办法》", "丁")
    assert found.record.declaration.project.unit == "某局"


def test_a_narrative_may_quote_a_label():
    text = "项目概况：\t说明如下\n备注：此处是正文\n总目标：也是正文\n项目总目标：\t做成\n需要说明的其他问题：\t无\n"
    declaration = one(text).record.declaration
    assert declaration.narrative.overview == "说明如下\n备注：此处是正文\n总目标：也是正文"
    assert declaration.narrative.overall_goal == "做成"
    assert declaration.narrative.remarks == "无"


def test_text_over_several_lines_and_a_blank_one():
    found = one("项目名称：\t甲\n项目概况：\t第一段\n第二段\n\n第三段\n项目立项依据：\t《乙》\n")
    assert found.record.declaration.narrative.overview == "第一段\n第二段\n第三段"
    assert any(odd.kind is OddityKind.UNCERTAIN and "中间有空行" in odd.text for odd in found.oddities)


def test_cells_copied_from_a_spreadsheet_keep_their_lines():
    found = one('项目名称：\t甲\n项目概况：\t"第一行\n第二行""引号"""\t\n')
    assert found.record.declaration.narrative.overview == '第一行\n第二行"引号"'


def test_a_field_met_twice():
    same = one("项目名称：\t甲\n填报人：\t林\n填报人：\t林\n")
    assert any(odd.kind is OddityKind.REPEATED and odd.field for odd in same.oddities)
    differ = one("项目名称：\t甲\n填报人：\t林\n填报人：\t陈\n")
    assert differ.record.declaration.project.filler == "林"
    assert differ.unplaced == ("填报人：陈",)


def test_years_that_disagree():
    found = one("2021年部门项目支出预算绩效目标下达表\n年份（2020）\n项目名称：\t甲\n")
    assert found.record.declaration.project.year == 2020
    assert any(odd.kind is OddityKind.CONFLICT and odd.raw == "2021" for odd in found.oddities)


def test_tags_links_and_entities():
    found = one(
        '项目概况：\t<div><span style="x">甲&nbsp;乙</span><br>丙 <a href="http://a.b/c">丁</a></div>\t\n项目名称：\t甲&amp;乙\n'
    )
    assert found.record.declaration.narrative.overview == "甲 乙\n丙 丁"
    assert found.record.declaration.project.name == "甲&乙"
    assert found.unplaced == ("http://a.b/c",)
    assert any("<div>、<span>、<br>、<a>" in odd.text for odd in found.oddities)


def test_less_than_is_no_tag():
    found = one("项目名称：\t甲\n三级指标\t二级指标\t目标值\n")
    assert not found.record.declaration.indicators
    table = "一级指标\t二级指标\t三级指标\t年度目标值\n产出目标\t质量\t故障率\t<3%\n"
    assert one(table).record.declaration.indicators == (Indicator("产出目标", "质量", "故障率", "<3%"),)


def test_invisible_characters_are_counted():
    found = one("项目名称：\t甲\u200b乙\n")
    assert found.record.declaration.project.name == "甲乙"
    assert any(odd.kind is OddityKind.CONVERTED and "U+200B" in odd.text for odd in found.oddities)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("成本\t\t项目总成本\t<=3万元", Indicator("产出目标", "成本", "项目总成本", "<=3万元")),
        ("成本\t项目总成本\t<=3万元\t", Indicator("产出目标", "成本", "项目总成本", "<=3万元")),
        ("成本\t项目总成本\t<=3万元", Indicator("产出目标", "成本", "项目总成本", "<=3万元")),
        ("\t成本指标\t项目总成本\t<=3万元", Indicator("产出目标", "成本", "项目总成本", "<=3万元")),
        ("\t培训人次\t=20人次", Indicator("产出目标", "时效", "培训人次", "=20人次")),
        ("培训人次\t=20人次", Indicator("产出目标", "时效", "培训人次", "=20人次")),
        ("\t满意度\t群众满意度\t>=90%", Indicator("效果目标", "满意度", "群众满意度", ">=90%")),
        ("别的目标\t别的\t甲\t=1个", Indicator("别的目标", "别的", "甲", "=1个")),
    ],
)
def test_rows_put_right(row: str, expected: Indicator):
    head = "一级指标\t二级指标\t三级指标\t年度目标值\n产出目标\t时效\t按时率\t=100%\n"
    found = one(head + row + "\n")
    assert found.record.declaration.indicators[1] == expected


def test_a_row_without_indicator_but_with_text_is_kept():
    found = one("一级指标\t二级指标\t三级指标\t年度目标值\n产出目标\t数量\t甲\t=1个\n\t奇怪的格子\t\t\n")
    assert found.unplaced == ("奇怪的格子",)


def test_national_level_names_choose_the_national_framework():
    found = one(
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t甲\t=1个\n满意度指标\t服务对象满意度指标\t乙\t>=90%\n"
    )
    assert found.record.declaration.framework == "national-2021"
    assert found.record.declaration.indicators[0].slot == ("产出指标", "数量指标")


def test_the_finance_systems_columns_are_put_together():
    head = "一级指标\t二级指标\t三级指标名称\t计算符号\t指标值\t计量单位\t权重（分值）\n"
    found = one(head + "产出目标\t数量\t购置数\t≥\t20\t台\t10\n产出目标\t时效\t及时性\t定性\t及时\t\t\n")
    assert [row.target for row in found.record.declaration.indicators] == [">=20台", "及时"]
    assert found.record.marks(WEIGHTS) == {"产出目标/数量/购置数": "10"}
    assert not found.unplaced
    assert any("权重" in oddity.text for oddity in found.oddities)


def test_weights_and_explanations_that_have_no_place_are_kept_as_text():
    head = "一级指标\t二级指标\t三级指标名称\t年度目标值\t权重\t指标解释\n"
    found = one(
        head
        + "产出目标\t数量\t购置数\t=2台\t一半\t按台账数\n\t数量\t购置数\t=3台\t7.5分\t别的解释\n\t质量\t\t\t30\t没有名称\n"
    )
    assert found.record.marks(WEIGHTS) == {"产出目标/数量/购置数#2": "7.5"}
    assert found.record.marks(EXPLAINED) == {"产出目标/数量/购置数": "按台账数", "产出目标/数量/购置数#2": "别的解释"}
    assert found.unplaced == ("购置数：一半", "30；没有名称")


def test_a_sign_without_an_indicator_changes_no_other_row():
    head = "一级指标\t二级指标\t三级指标名称\t计算符号\t指标值\t计量单位\n"
    found = one(head + "产出目标\t数量\t购置数\t≥\t20\t台\n\t质量\t\t=\t\t%\n")
    assert [row.target for row in found.record.declaration.indicators] == [">=20台"]
    assert "=；%" in found.unplaced


@pytest.mark.parametrize("text", ["", " \n\t ", "今天天气很好\n没有表格"])
def test_no_form_at_all(text: str):
    with pytest.raises(ImportProblem) as caught:
        read(text.encode())
    assert "请" in str(caught.value)


def test_both_dates_under_one_label():
    found = one("项目名称：\t路灯\n项目起止时间：\t2025年1月1日至2025年12月31日\n").record.declaration.project
    assert (str(found.start_date), str(found.end_date)) == ("2025-01-01", "2025-12-31")


def test_a_date_without_a_day_is_said():
    found = one("项目名称：\t路灯\n结束时间：\t2025年底\n")
    assert str(found.record.declaration.project.end_date) == "2025-12-31"
    assert [str(one) for one in found.oddities if one.kind is OddityKind.CONVERTED] == [
        "“结束时间”写的是“2025年底”，按 2025-12-31 记下"
    ]


def test_a_notice_with_a_name_and_a_telephone_is_no_form():
    with pytest.raises(ImportProblem, match="没有认出填报表"):
        read("关于召开会议的通知\n各科室：\n请准时参加。\n联系人：甲 电话：1234567\n".encode())


def test_lines_of_other_fields_within_a_narrative_are_said():
    text = "项目名称：\t路灯\n项目立项依据：\t《办法》\n资金来源：财政拨款\n数量指标 维护路灯数 ≥3200盏\n"
    (said,) = [one for one in one(text).oddities if one.kind is OddityKind.UNCERTAIN]
    assert said.field == ("narrative", "basis")
    assert said.raw == "资金来源：财政拨款\n数量指标 维护路灯数 ≥3200盏"


def test_numbers_before_names_and_empty_templates_are_no_part_of_the_names():
    found = one(
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t指标1：硬化道路里程\t≥3.2公里\n\t\t指标2：涉及行政村数\t4个\n"
        "\t质量指标\t①工程验收合格率\t100%\n效益指标\t经济效益指标\t指标1：\t\n\t社会效益指标\t5G基站覆盖率\t≥90%\n"
    )
    assert [row.name for row in found.record.declaration.indicators] == [
        "硬化道路里程", "涉及行政村数", "工程验收合格率", "5G基站覆盖率",
    ]  # fmt: skip
    assert sum("序号" in oddity.text for oddity in found.oddities) == 1
    assert not found.unplaced


def test_points_behind_levels_and_a_total_are_no_indicators():
    found = one(
        "一级指标\t二级指标\t三级指标\t指标值\t分值\t评分标准\n产出指标（50分）\t数量指标（20%）\t培训场次\t≥6场\t20\t少一场扣2分\n"
        "满意度指标（10分）\t服务对象满意度指标\t学员满意度\t≥90%\t10\t\n合计\t\t\t\t30\t\n"
    )
    assert [row.slot for row in found.record.declaration.indicators] == [
        ("产出指标", "数量指标"), ("满意度指标", "服务对象满意度指标"),
    ]  # fmt: skip
    assert list(found.record.marks(WEIGHTS).values()) == ["20", "10"]
    assert found.unplaced == ("评分标准", "培训场次：少一场扣2分", "合计：30")
    assert sum("没有记下" in oddity.text for oddity in found.oddities) == 3


@pytest.mark.parametrize(
    ("name", "target", "rows"),
    [
        ('"1.培训场次\n2.培训人数"', '"≥6场\n≥300人"', [("培训场次", "≥6场"), ("培训人数", "≥300人")]),
        ('"培训场次\n（含线上）"', "≥6场", [("培训场次 （含线上）", "≥6场")]),
        ('"培训场次\n（含线上）"', '"≥6场\n其中线上2场"', [("培训场次 （含线上）", "≥6场 其中线上2场")]),
    ],
)
def test_a_cell_of_several_indicators_is_taken_apart(name: str, target: str, rows: list[tuple[str, str]]):
    found = one(f"一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t{name}\t{target}\n")
    assert [(row.name, row.target) for row in found.record.declaration.indicators] == rows


@pytest.mark.parametrize("bar", ["│", "｜", "|"])
@pytest.mark.parametrize("framed", [True, False])
def test_a_table_drawn_with_lines(bar: str, framed: bool):
    edge = bar if framed else ""
    rows = [
        ["一级指标", "二级指标", "三级指标", "年度目标值"],
        ["产出目标", "数量", "培训人数", "=30人"],
        ["", "质量", "合格率", ">=95%"],
    ]
    table = "\n".join(edge + bar.join(row) + edge for row in rows)
    found = one(f"┌────┬────┐\n{table}\n├────┼────┤\n项目名称{bar}话务员培训\n")
    assert found.record.declaration.project.name == "话务员培训"
    assert found.record.declaration.indicators == (
        Indicator("产出目标", "数量", "培训人数", "=30人"), Indicator("产出目标", "质量", "合格率", ">=95%"),
    )  # fmt: skip


def test_labels_written_apart():
    found = one("项 目 名 称：话务员培训　　预 算 单 位：某中心\n年　度：2024\n项目概况：好 的：都好。\n")
    project = found.record.declaration.project
    assert (project.name, project.unit, project.year) == ("话务员培训", "某中心", 2024)
    assert found.record.declaration.narrative.overview == "好 的：都好。"


def test_a_deadline_run_together_with_its_name_is_its_target():
    found = one("一级指标二级指标三级指标年度目标值\n产出目标时效保洁服务采购完成时间2023年1月15日前\n")
    assert [(row.name, row.target) for row in found.record.declaration.indicators] == [
        ("保洁服务采购完成时间", "2023年1月15日前")
    ]
