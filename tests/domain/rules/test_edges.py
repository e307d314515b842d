"""Rule by rule, what must be found and what must not: the near misses on both sides."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from domain.case import Words, case_for
from domain.changes import Record
from domain.marks import EXPLAINED, WEIGHTS, row_key, row_keys
from domain.model import Declaration, Indicator
from domain.project import Coded
from domain.reading import Reader
from domain.review import Finding, Severity, findings, review
from domain.rules import rule
from domain.settings import Settings, Thresholds

QUANTITY, QUALITY, TIME, COST = (("产出目标", level2) for level2 in ("数量", "质量", "时效", "成本"))
SOCIAL, ASKED, PROJECT = ("效果目标", "社会效益"), ("效果目标", "满意度"), ("投入与目标管理", "项目管理")
LASTING = ("影响力目标", "长效管理")

Edit = dict[str, Any]


def _apply(declaration: Declaration, edit: Edit) -> Declaration:
    for key, value in edit.items():
        if key == "rows":
            declaration = declaration.replace(("indicators",), tuple(Indicator(*slot, *rest) for slot, *rest in value))
        elif key == "add":
            rows = tuple(Indicator(*slot, *rest) for slot, *rest in value)
            declaration = declaration.replace(("indicators",), (*declaration.indicators, *rows))
        else:
            section = next(
                name for name in ("project", "funding", "narrative") if hasattr(getattr(declaration, name), key)
            )
            declaration = declaration.replace((section, key), value)
    return declaration


def _row(slot: tuple[str, str], name: str, target: str) -> Edit:
    return {"add": [(slot, name, target)]}


ERROR, WARNING, INFO, NOTHING = Severity.ERROR, Severity.WARNING, Severity.INFO, None

EDGES: list[tuple[str, Edit, Severity | None]] = [
    ("R1", {"annual_goal": "无"}, ERROR),
    ("R1", {"annual_goal": "<p> </p>"}, ERROR),
    ("R1", {"annual_goal": "详见附件。"}, ERROR),
    ("R1", {"remarks": ""}, NOTHING),
    ("R2", {"economic_subjects": ()}, ERROR),
    ("R2", {"requested": Decimal(0)}, NOTHING),
    ("R2", {"nature": "随便"}, WARNING),
    ("R2", {"nature": "阶段性项目"}, NOTHING),
    ("R10", _row(SOCIAL, "群众出行便利度", ""), ERROR),
    ("R10", _row(SOCIAL, "", ">=95%"), ERROR),
    ("R10", _row(SOCIAL, " ", " "), NOTHING),
    ("R12", _row(SOCIAL, " 线路可用率 ", ">=98%"), ERROR),
    ("R13", _row(QUANTITY, "培训场次", "2-4场"), NOTHING),
    ("R13", _row(QUANTITY, "培训场次", "4_场"), ERROR),
    ("R13", _row(COST, "培训标准", "<=300元/人-天"), ERROR),
    ("R13", _row(TIME, "值守时间", "7*24小时"), WARNING),
    ("R13", _row(QUANTITY, "培训人次", ">=**人次"), ERROR),
    ("R13", _row(QUALITY, "一" * 101, "=1个"), ERROR),
    ("R13", _row(QUALITY, "全区农村中小学校校园宽带线路月度平均可用率", ">=99%"), INFO),
    ("R14", _row(QUALITY, "账单核对准确率", "98%"), INFO),
    ("R14", _row(TIME, "验收完成时间", "2021年6月"), NOTHING),
    ("R15", _row(TIME, "验收完成时间", "2月29日前"), ERROR),
    ("R15", {"year": 2020} | _row(TIME, "验收完成时间", "2月29日前"), NOTHING),
    ("R15", _row(TIME, "故障修复时间", "<=4.30小时"), NOTHING),
    ("R16", {"start_date": datetime.date(2021, 12, 31), "end_date": datetime.date(2021, 1, 1)}, ERROR),
    ("R16", {"start_date": None}, NOTHING),
    ("R17", {"end_date": datetime.date(2022, 3, 31)}, ERROR),
    ("R17", {"end_date": datetime.date(2022, 3, 31), "nature": "阶段性项目"}, NOTHING),
    ("R18", _row(TIME, "结算完成时间", "2022年1月"), ERROR),
    ("R18", _row(TIME, "上年结算完成时间", "2020年12月前"), ERROR),
    ("R18", _row(TIME, "建设周期", "2020年11月至2021年6月"), NOTHING),
    ("R18", _row(TIME, "建设周期", "2021年6月至2022年6月"), ERROR),
    ("R18", _row(TIME, "结算完成时间", "次年1月15日前"), NOTHING),
    ("R18", _row(TIME, "结算完成时间", "12月31日前"), NOTHING),
    ("R19", {"requested": Decimal(295200), "total": Decimal(295200)}, WARNING),
    ("R19", {"requested": Decimal(10000), "total": Decimal(10000)}, WARNING),
    ("R19", {"requested": Decimal(9999), "total": Decimal(9999)}, NOTHING),
    ("R19", {"requested": Decimal(-1)}, WARNING),
    ("R20", {"total": Decimal("88.56")}, ERROR),
    ("R20", {"total": Decimal("88.56"), "nature": "阶段性项目"}, NOTHING),
    ("R20", {"total": Decimal(1), "nature": "阶段性项目"}, ERROR),
    ("R21", {"previous_executed": Decimal(31)}, ERROR),
    ("R21", {"previous_executed": Decimal(31), "remarks": "上年追加1.9万元。"}, WARNING),
    ("R22", {"previous_executed": None}, ERROR),
    ("R22", {"previous_executed": None, "previous_budget": Decimal(0)}, NOTHING),
    ("R23", {"previous_executed": None, "previous_budget": None}, WARNING),
    ("R23", {"previous_executed": None, "previous_budget": None, "remarks": "本项目为新增项目。"}, NOTHING),
    ("R24", {"previous_executed": Decimal(20)}, WARNING),
    ("R24", {"previous_executed": Decimal(20), "remarks": "上年4月才开通，原因是设备到货推迟。"}, NOTHING),
    ("R25", {"previous_budget": Decimal(20), "previous_executed": Decimal(20)}, WARNING),
    (
        "R25",
        {"previous_budget": Decimal(20), "previous_executed": Decimal(20), "remarks": "比上年增加，新增13所学校。"},
        NOTHING,
    ),
    ("R26", {"remarks": "600元/条·月×41条×12个月=259200元"}, ERROR),
    ("R26", {"remarks": "600元/条·月×41条×12个月=29.52万元"}, NOTHING),
    ("R27", {"remarks": "500元/条·月×41条×12个月=246000元"}, ERROR),
    ("R27", {"remarks": "500元/条·月×41条×12个月=246000元，其余由学校自筹。"}, WARNING),
    ("R27", {"remarks": "500元/条·月×41条×12个月=246000元；另付安装费49200元。"}, NOTHING),
    ("R27", {"remarks": "", "plan": "3月签订合同，按500元/条·月×41条×12个月=246000元付款。"}, WARNING),
    ("R27", {"remarks": "500元/条·月×41条×12个月=246000元，合计295200元。"}, ERROR),
    ("R28", {"remarks": "按实际支出。", "rows": [(QUANTITY, "租用宽带条数", "=41条")]}, WARNING),
    ("R28", {"remarks": "合同金额29.52万元。", "rows": [(QUANTITY, "租用宽带条数", "=41条")]}, NOTHING),
    ("R30", _row(COST, "项目总成本", ">=29.52万元"), WARNING),
    ("R30", _row(COST, "项目总成本", "<=295.2万元"), WARNING),
    ("R30", _row(COST, "项目总成本", "<=295200元"), NOTHING),
    ("R31", {"economic_subjects": (Coded("30214", "办公费"),)}, ERROR),
    ("R31", {"economic_subjects": (Coded("30231", "公务用车运行费"),)}, WARNING),
    ("R31", {"economic_subjects": (Coded("30212", "因公出国(境)费用"),)}, NOTHING),
    ("R31", {"economic_subjects": (Coded("302", "商品和服务支出"),)}, ERROR),
    ("R31", {"functional_subjects": (Coded("2059998", "某项支出"),)}, INFO),
    ("R31", {"functional_subjects": (Coded("2050299", "别的名称"),)}, INFO),
    ("R31", {"functional_subjects": (Coded("2050299", "别的名称"),), "year": 2020}, WARNING),
    ("R35", {"procurement": True}, ERROR),
    ("R35", {"procurement": True} | _row(TIME, "宽带采购完成时间", "3月底前"), WARNING),
    ("R35", {"procurement": True} | _row(PROJECT, "招投标规范性", "规范"), NOTHING),
    ("R38", {"plan": "3月底前公开招标，12月付款。"}, WARNING),
    ("R38", {"plan": "3月采购配件，12月付款。"}, INFO),
    ("R38", {"plan": "3月签约；本项目未达到采购限额标准。"}, NOTHING),
    ("R38", {"plan": "按照《政府采购管理办法》执行，3月签约。"}, NOTHING),
    ("R39", {"economic_subjects": (Coded("30216", "培训费"),)}, ERROR),
    ("R39", {"remarks": "其中培训费2万元。"}, WARNING),
    ("R39", {"remarks": "本项目不含会议费、培训费。"}, NOTHING),
    ("R40", {"name": "农村学校校园网平台升级"}, WARNING),
    ("R40", {"name": "校园网日常维护", "nature": "一次性项目"}, WARNING),
    ("R41", {"overview": "项目范围：为41所农村学校租用宽带41条。"}, NOTHING),
    ("R41", {"overview": "项目范围：为农村学校租用宽带68条。"}, ERROR),
    ("R41", {"overview": "项目范围：为68个村居租用宽带。"}, WARNING),
    ("R41", {"overview": "项目范围：修缮围栏68条。"}, WARNING),
    ("R41", {"overview": "项目范围：租用宽带20条，另租用21条。"}, NOTHING),
    ("R41", {"overview": "项目范围：为8个乡镇的农村学校租用宽带41条。"}, NOTHING),
    ("R41", {"overview": "项目范围：为8个片区的农村学校租用宽带41条。"}, INFO),
    ("R46", _row(QUALITY, "工程验收合格率", "=100%") | {"overall_goal": "验收合格率100%。"}, NOTHING),
    ("R46", _row(QUALITY, "围墙粉刷合格率", "=100%") | {"overall_goal": "验收合格率100%。"}, INFO),
    ("R46", _row(TIME, "围墙粉刷时间", "3月底前") | {"plan": "2月粉刷围墙，12月付款。"}, NOTHING),
    ("R14", _row(SOCIAL, "灌溉水有效利用系数", ">=0.58"), NOTHING),
    ("R14", _row(SOCIAL, "受益学校", "=41"), INFO),
    ("R42", _row(QUANTITY, "巡检次数", "=52次"), WARNING),
    ("R42", _row(QUANTITY, "巡检次数", "=52次") | {"plan": "每周巡检一次，12月付款。"}, NOTHING),
    ("R42", _row(QUANTITY, "年度任务数", "=1项"), NOTHING),
    ("R43", {"name": "农村学校校园宽带升级"}, WARNING),
    ("R44", {"annual_goal": "围绕2021年部署，扎实开展舆情引导，办好12345热线。"}, ERROR),
    ("R44", {"annual_goal": "租用校园宽带，保证线路可用，师生满意。"}, NOTHING),
    ("R44", {"annual_goal": "10月底前完成舆情平台改造。"}, NOTHING),
    ("R44", {"annual_goal": "办好三个街道的舆情专栏，每月巡查一次。"}, NOTHING),
    ("R44", {"annual_goal": "做好第七次舆情普查，落实两个维护。"}, ERROR),
    ("R44", {"annual_goal": "群众诉求4小时内办结。"}, NOTHING),
    ("R45", {"annual_goal": "租用宽带41条；编印舆情专报。"}, WARNING),
    ("R47", {"basis": "为打造全新管理模式，以三维地理信息为依托，统筹各类资源。"}, ERROR),
    ("R47", {"basis": "区政府〔2021〕3号"}, NOTHING),
    ("R47", {"basis": "运营商宽带租用合同"}, NOTHING),
    ("R48", {"basis": "工委会议纪要〔2015〕第20次"}, INFO),
    ("R48", {"basis": "工委会议纪要〔2016〕第20次"}, NOTHING),
    ("R48", {"basis": "工委会议纪要〔2014〕第20次、〔2019〕第8次"}, NOTHING),
    ("R49", {"basis": "工委会议纪要[2019]第20次"}, INFO),
    ("R49", {"basis": "见附表[2019]"}, NOTHING),
    ("R50", {"measures": "实行四报告一通道制度。"}, WARNING),
    ("R51", {"plan": "由科室组织实施，按合同付款。"}, WARNING),
    ("R51", {"plan": "签约后10个工作日内开通，逐月付款。"}, NOTHING),
    ("R52", {"plan": "《校园网络运行管理办法》、《财务管理制度》"}, ERROR),
    ("R52", {"plan": "《校园网络运行管理办法》规定每月巡检。"}, NOTHING),
    ("R52", {"basis": "农村学校网络建设是教育现代化的重要内容。" * 4}, ERROR),
    (
        "R53",
        {"annual_goal": "2021年租用宽带41条，可用率99%。", "overall_goal": "2021年租用宽带41条，可用率99%。"},
        INFO,
    ),
    ("R55", {"overall_goal": "该项目已实施，是平台的组成部分。"}, WARNING),
    ("R55", {"overall_goal": "平台已实施三期，本期建成后故障率降低。"}, NOTHING),
    ("R56", {"plan": "<p>1月签约</p>"}, INFO),
    ("R56", {"overview": "1、项目内容：1、租用宽带 2、巡检"}, INFO),
    ("R56", {"overview": "可用率<99%的月份扣款，a<b。"}, NOTHING),
    ("R57", _row(SOCIAL, "保障学校网络畅通", ">=95%"), ERROR),
    ("R57", _row(SOCIAL, "保障学校网络畅通", "=100%"), WARNING),
    ("R57", _row(SOCIAL, "保障学校网络畅通", "保障学校网络畅通"), ERROR),
    ("R57", _row(QUANTITY, "开展校园网络专项整治", "=2"), WARNING),
    ("R57", _row(QUANTITY, "教学楼外立面改造", ">=820平方米"), INFO),
    ("R57", _row(SOCIAL, "促进教育公平发展", ">=95%"), WARNING),
    ("R57", _row(QUANTITY, "完成道路建设", "=491米"), WARNING),
    ("R57", _row(QUALITY, "按期完成率", "=100%"), NOTHING),
    ("R57", _row(QUALITY, "完成率", "=100%"), NOTHING),
    ("R58", _row(SOCIAL, "掌握舆情解决群众问题", ">=90%"), WARNING),
    ("R58", _row(SOCIAL, "诉求及时办结率", ">=90%"), NOTHING),
    ("R58", _row(ASKED, "学生、家长满意度", ">=90%"), NOTHING),
    ("R58", _row(QUALITY, "设备和线路完好率", ">=90%"), INFO),
    ("R59", _row(ASKED, "群众满意情况", ">=90%"), WARNING),
    ("R59", _row(QUANTITY, "水泵购置", "若干"), WARNING),
    ("R59", _row(QUANTITY, "监测设备", "一套"), NOTHING),
    ("R59", _row(SOCIAL, "办事环境改善情况", "改善"), NOTHING),
    ("R59", _row(QUANTITY, "系统模块费用", "=36个"), WARNING),
    ("R59", _row(QUANTITY, "系统模块费用", "<=36万元"), NOTHING),
    ("R59", _row(QUANTITY, "站点运营数", "较多"), WARNING),
    ("R59", _row(SOCIAL, "带动就业人数", "增加"), NOTHING),
    ("R59", _row(TIME, "缴费及时性", "=100%"), WARNING),
    ("R59", _row(TIME, "缴费及时性", "及时"), NOTHING),
    ("R59", _row(QUALITY, "完工率", "=100"), WARNING),
    ("R59", _row(QUALITY, "出生缺陷发生率", "<=5‰"), NOTHING),
    ("R59", _row(COST, "网络租用成本", "控制在预算内"), WARNING),
    ("R60", _row(QUANTITY, "通信费数量", "=43部"), WARNING),
    ("R60", _row(QUANTITY, "困难补助数", "=43人"), NOTHING),
    ("R60", _row(QUANTITY, "终端缴费数", "=43部"), NOTHING),
    ("R61", _row(QUALITY, "资料上报及时率", ">=95%"), WARNING),
    ("R61", _row(QUALITY, "质量达标率", ">=95%"), NOTHING),
    ("R62", _row(SOCIAL, "平台故障率", "<=1%"), WARNING),
    ("R62", _row(SOCIAL, "群众诉求及时办结率", ">=95%"), NOTHING),
    ("R62", _row(SOCIAL, "村民满意率", ">=95%"), WARNING),
    ("R63", _row(PROJECT, "服务对象满意度", ">=95%"), WARNING),
    ("R63", _row(PROJECT, "项目督导检查次数", ">=4次"), NOTHING),
    ("R63", _row(QUALITY, "管理制度健全性", "健全"), WARNING),
    ("R64", _row(LASTING, "长效机制健全性", "合规"), WARNING),
    ("R64", _row(LASTING, "长效机制健全性", "=健全"), NOTHING),
    ("R64", _row(LASTING, "服务保障情况", "稳步提高"), NOTHING),
    ("R64", _row(LASTING, "管护机制健全性", "健全_"), NOTHING),
    ("R64", _row(LASTING, "管护机制健全性", "完整_"), WARNING),
    ("R66", _row(TIME, "开通及时性", "及时"), WARNING),
    ("R66", _row(TIME, "开通及时性", "比较及时"), WARNING),
    ("R66", _row(TIME, "开通时间", "签约后及时，不超过10天"), NOTHING),
    ("R67", {"annual_goal": "教学质量进一步提升。"}, WARNING),
    ("R67", {"annual_goal": "教学质量进一步提升，优良率达到90%以上。"}, NOTHING),
    ("R68", _row(SOCIAL, "知晓率", ">=120%"), WARNING),
    ("R68", _row(SOCIAL, "收入增长率", ">=120%"), NOTHING),
    ("R68", _row(SOCIAL, "安全事故发生率", "=0%"), NOTHING),
    ("R69", _row(QUALITY, "产品不合格率", "<=2%"), NOTHING),
    ("R69", _row(QUALITY, "产品不合格率", ">=2%"), WARNING),
    ("R69", _row(ASKED, "群众不满意率", "<=5%"), NOTHING),
    ("R69", _row(QUALITY, "设备故障率", ">=2%"), WARNING),
    ("R69", _row(SOCIAL, "患者外转率", ">=31%"), WARNING),
    ("R69", _row(SOCIAL, "检查等候时间", ">=2天"), WARNING),
    ("R69", _row(SOCIAL, "停机坪利用率", ">=80%"), NOTHING),
    ("R69", _row(QUALITY, "故障处置率", ">=98%"), NOTHING),
    ("R69", _row(SOCIAL, "投诉办结率", ">=98%"), NOTHING),
    ("R69", _row(SOCIAL, "群众满意度", "<=98%"), WARNING),
    ("R69", _row(TIME, "故障响应时间", ">=30分钟"), WARNING),
    ("R69", _row(TIME, "平均无故障时间", ">=300天"), NOTHING),
    ("R70", _row(QUALITY, "数据准确率", "=100%"), INFO),
    ("R70", _row(QUALITY, "补贴发放准确率", "=100%"), NOTHING),
    ("R70", _row(QUALITY, "验收合格率", "=100%"), NOTHING),
    ("R71", _row(ASKED, "村民满意度", ">=80%"), WARNING),
    ("R71", _row(ASKED, "村民满意度", ">=85%"), INFO),
    ("R71", _row(SOCIAL, "参训人员就业率", ">=60%"), NOTHING),
    ("R71", _row(SOCIAL, "漏水率", "<=15%"), NOTHING),
    ("R76", {"name": "2021年校园宽带租用"}, INFO),
    ("R76", {"name": "校园10M光纤租用"}, NOTHING),
    ("R77", {"measures": "《办法》；按六部闭环法办理。"}, INFO),
    ("R77", {"measures": "《办法》；13维修理3维修。"}, NOTHING),
    ("R78", {"phone": "597"}, WARNING),
    ("R78", {"phone": "0631-5550123转805"}, NOTHING),
    ("R78", {"phone": "5550123/13800001111"}, NOTHING),
    ("R78", {"filler": "办公室联络员"}, WARNING),
    ("R78", {"filler": "阿依古丽·买买提"}, NOTHING),
]


@pytest.mark.parametrize(("identity", "edit", "expected"), EDGES, ids=lambda value: str(value)[:40])
def test_edges(
    identity: str,
    edit: Edit,
    expected: Severity | None,
    own_examples: dict[str, Declaration],
    reader: Reader,
    words: Words,
) -> None:
    declaration = own_examples["school-broadband"]
    case = case_for(declaration, reader, words=words)
    before = {one.key for one in findings(case, [rule(identity)], fixes=False)}
    after = findings(case.of(_apply(declaration, edit)), [rule(identity)])
    fresh = [one for one in after if one.key not in before or identity == "R41"]
    assert _heaviest(fresh) == expected, [one.text for one in fresh]


def _heaviest(found: list[Finding]) -> Severity | None:
    return min((one.severity for one in found), key=Severity.order, default=None)


def test_a_date_that_the_file_spells_wrong_is_named(own_examples: dict[str, Declaration]) -> None:
    declaration = own_examples["school-broadband"].replace(("project", "end_date"), None)
    record = Record(declaration, extra={"project": {"end_date": "2021-02-30"}})
    found = findings(case_for(record), [rule("R1"), rule("R15")])
    assert [(one.rule.id, one.where) for one in found] == [("R15", ("project", "end_date"))]
    assert "2021-02-30" in found[0].text


def test_a_target_below_last_years_is_asked_about(own_examples: dict[str, Declaration]) -> None:
    from domain.siblings import Siblings

    now = own_examples["school-broadband"]
    before = _apply(now, {"year": 2020})
    lowered = tuple(
        Indicator(*row.slot, row.name, ">=86%") if row.name == "学校师生满意度" else row for row in now.indicators
    )
    case = case_for(now.replace(("indicators",), lowered), siblings=Siblings((("去年", before),)))
    assert ["低于上年" in one.text for one in findings(case, [rule("R71")])] == [True]


@pytest.mark.parametrize(
    ("edit", "together"),
    [
        (
            {"requested": Decimal(600000), "total": Decimal(600000), "remarks": "5000元/条×41条=205000元。"},
            {"R19", "R25", "R27"},
        ),
        ({"annual_goal": "扎实做好舆情引导和宣讲阐释。"}, {"R44", "R45"}),
        (_row(SOCIAL, "掌握民生动态解决民生问题", ">=85%"), {"R57", "R58"}),
        ({"procurement": True, "rows": [(QUANTITY, "宽带租用数", "=41条")]}, {"R7", "R35"}),
    ],
)
def test_what_one_change_mends_is_one_matter(
    edit: Edit, together: set[str], own_examples: dict[str, Declaration], reader: Reader, words: Words
) -> None:
    case = case_for(_apply(own_examples["school-broadband"], edit), reader, words=words)
    groups = [{lead.rule.id, *(one.rule.id for one in others)} for lead, others in review(case).by_cause()]
    assert any(together <= group for group in groups), groups


@pytest.mark.parametrize(
    ("code", "said"), [("31005", "资产移交登记率"), ("31003", "固定资产入账率"), ("30905", "资产移交登记率")]
)
def test_works_are_told_another_way_to_count_their_assets(
    code: str, said: str, own_examples: dict[str, Declaration]
) -> None:
    form = _apply(own_examples["school-broadband"], {"economic_subjects": (Coded(code, ""),)})
    rows = tuple(row for row in form.indicators if row.level2 != "资产管理")
    (found,) = findings(case_for(form.replace(("indicators",), rows)), [rule("R9")])
    assert said in found.advice


def test_the_advice_of_two_alike_fields_is_about_those_fields(own_examples: dict[str, Declaration]) -> None:
    form = own_examples["school-broadband"]
    (found,) = findings(case_for(_apply(form, {"necessity": form.narrative.measures})), [rule("R53")])
    assert "必要性写" in found.advice
    assert "制度名称" in found.advice


def test_weights_and_explanations_count_only_on_export(own_examples: dict[str, Declaration]) -> None:
    case = case_for(own_examples["school-broadband"])
    assert not findings(case, [rule("R74"), rule("R75")])


@pytest.mark.parametrize(
    ("weights", "total", "said"),
    [
        (["40", "50"], 90, ""),
        (["40", "50"], 100, ""),  # 预算执行率 has its ten points apart
        (["40", "45"], 100, "指标权重合计85，应为100。"),
        (["40", "60分"], 100, ""),
        (["90", None], 90, ""),
        (["80", None], 90, "指标权重还没有写全：写了1条，合计80，还有1条空着。"),
        (["95", None], 90, "指标权重合计95，应为90。"),
    ],
)
def test_weights_that_came_with_an_import_are_summed(weights: list[str | None], total: int, said: str) -> None:
    rows = (Indicator("产出目标", "数量", "购书册数", "=200册"), Indicator("产出目标", "质量", "验收合格率", "=100%"))
    record = Record(Declaration(indicators=rows))
    for row, weight in zip(rows, weights, strict=True):
        record = record.marked(WEIGHTS, row_key(row), weight)
    settings = Settings(thresholds=Thresholds(weights=Decimal(total)))
    found = findings(case_for(record, settings=settings), [rule("R75")])
    assert [one.hit.message for one in found] == ([said] if said else [])


def test_weights_alone_send_no_form_back(own_examples: dict[str, Declaration]) -> None:
    form = own_examples["school-broadband"]
    first, *others = row_keys(form.indicators)
    begun = Record(form).marked(WEIGHTS, first, "40")
    assert [one.severity for one in findings(case_for(begun), [rule("R75")])] == [Severity.INFO]
    for key in others:
        begun = begun.marked(WEIGHTS, key, "40")
    assert [one.severity for one in findings(case_for(begun), [rule("R75")])] == [Severity.WARNING]


def test_the_points_of_the_budget_spent_count_once() -> None:
    row = Indicator("投入与目标管理", "投入管理", "预算执行率", ">=95%")
    record = Record(Declaration(indicators=(row,))).marked(WEIGHTS, row_key(row), "90")
    assert len(findings(case_for(record), [rule("R75")])) == 1


def test_weights_of_rows_that_are_gone_are_not_asked_of_the_others() -> None:
    row = Indicator("产出目标", "质量", "验收合格率", "=100%")
    record = Record(Declaration(indicators=(row,))).marked(WEIGHTS, "产出目标/质量/删掉的", "10")
    assert findings(case_for(record), [rule("R75")]) == []


def test_a_rate_without_the_explanation_that_others_have_is_named() -> None:
    rows = (Indicator("产出目标", "质量", "验收合格率", "=100%"), Indicator("产出目标", "质量", "线路畅通率", ">=99%"))
    record = Record(Declaration(indicators=rows)).marked(EXPLAINED, row_key(rows[0]), "合格数÷验收数")
    (found,) = findings(case_for(record), [rule("R74")])
    assert "线路畅通率" in found.text


def test_a_count_without_a_source_is_named(own_examples: dict[str, Declaration], reader: Reader) -> None:
    counted = _apply(own_examples["school-broadband"], _row(QUANTITY, "巡检次数", "=57次"))
    (found,) = findings(case_for(counted, reader), [rule("R42")])
    assert found.hit.message.startswith("“巡检次数=57次”的“57”在")


def test_a_slip_in_several_fields_is_one_finding_mended_everywhere(own_examples: dict[str, Declaration]) -> None:
    twice = _apply(own_examples["school-broadband"], {"plan": "3月按装线路。", "remarks": "按装费另付。"})
    (found,) = findings(case_for(twice), [rule("R77")])
    assert "“项目实施计划”、“需要说明的其他问题”" in found.hit.message
    assert found.fixed is not None
    assert found.fixed.narrative.plan == "3月安装线路。"
    assert found.fixed.narrative.remarks == "安装费另付。"


def test_advice_on_markup_says_only_what_is_to_be_mended(own_examples: dict[str, Declaration]) -> None:
    crowded = _apply(own_examples["school-broadband"], {"overview": "1、项目背景：路灯老化 2、项目内容：更换灯头"})
    (found,) = findings(case_for(crowded), [rule("R56")])
    assert found.advice == "每个部分另起一段。"


def test_advice_on_an_indicator_elsewhere_speaks_of_the_slot_where_it_stands(
    own_examples: dict[str, Declaration],
) -> None:
    late = _apply(own_examples["school-broadband"], _row(SOCIAL, "信息报告及时率", ">=98%"))
    (found,) = findings(case_for(late), [rule("R62")])
    assert found.advice == "移到“时效”，社会效益里写群众、单位得到的变化。"
