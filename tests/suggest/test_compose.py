"""Names composed of the project's own nouns: filled, grammatical, nothing twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.library import builtin_library
from domain.library.entry import GAP_EXAMPLES, gaps_of
from domain.reading import Quantity, Span
from suggest import compose
from suggest.likeness import dice, normal, same_idea, suffix
from suggest.segment import load_segment
from suggest.topic import Topics, parts_of


def test_a_gap_is_filled_or_nothing_comes_back() -> None:
    fillers = {"对象": ["光纤", "语音专线"]}
    assert compose.fillings("{对象}租用数量", fillers, "线路") == [("光纤租用数量", "光纤")]
    assert compose.fillings("{对象}租用数量", fillers, "线路", limit=2)[1] == ("语音专线租用数量", "语音专线")
    assert compose.fillings("{系统}可用率", fillers, "系统") == [("系统可用率", "系统")]
    assert compose.fillings("{系统}可用率", fillers, "") == []
    assert compose.fillings("项目总成本", fillers, "") == [("项目总成本", "")]


@pytest.mark.parametrize(
    ("template", "noun", "name"),
    [
        ("{活动}培训人次", "业务培训", "业务培训人次"),
        ("受益{服务对象}人数", "受益群众", "受益群众人数"),
        ("受益{服务对象}人数", "受援人", "受援人数"),
        ("服务{服务对象}人数", "老年人", "服务老年人数"),
        ("补助{服务对象}人数", "企业", "补助企业数量"),
        ("受益{服务对象}人口数", "脱贫户", "受益脱贫户人口数"),
        ("{服务}服务响应时间", "物业服务", "物业服务响应时间"),
        ("受益{服务对象}满意度", "群众", "受益群众满意度"),
        ("受益{服务对象}满意度", "施工企业", "施工企业满意度"),
    ],
)
def test_overlaps_merge_and_count_words_fit(template: str, noun: str, name: str) -> None:
    gap = gaps_of(template)[0]
    assert compose.fillings(template, {gap: [noun]}, "") == [(name, noun)]


def test_no_template_of_the_library_is_ever_shown_unfilled_or_stuttering() -> None:
    for entry in builtin_library():
        for gap in gaps_of(entry.name):
            for name, _ in compose.fillings(entry.name, {gap: [GAP_EXAMPLES[gap]]}, ""):
                assert "{" not in name
                assert len(name) <= compose.MAX_NAME


def counted(number: int, unit: str, noun: str, verb: str = "") -> str | None:
    span = Span(("narrative", "overview"), 0, 1, "")
    return compose.count_name(
        Quantity(Decimal(number), unit, noun, span, verb), {"对象": ["路灯"], "补助": ["生活补贴"]}
    )


def test_counts_become_names() -> None:
    assert counted(5, "座", "公厕", "新建") == "公厕新建数量"
    assert counted(3, "公里", "道路", "改造") == "道路改造里程"
    assert counted(280, "人次", "学员", "培训") == "培训学员人次"
    assert counted(180, "名", "残疾人") == "残疾人数"
    assert counted(42, "户", "脱贫户", "扶持") == "扶持脱贫户数"
    assert counted(9, "家", "企业", "支持") == "支持企业数量"
    assert counted(320, "天", "免费开放") == "免费开放天数"
    assert counted(3200, "盏", "") == "路灯数量"
    assert counted(4200, "人", "", "发放") == "生活补贴发放人数"


def test_a_projects_name_gives_nouns() -> None:
    topics = Topics(load_segment())
    assert parts_of("2021年城区路灯维修、广场绿化专项资金（第二批）") == ["城区路灯维修", "广场绿化"]
    found = topics.from_name("城区路灯维修养护经费")
    assert found["对象"] == ["城区路灯"]
    assert topics.from_name("网格平台10M光纤租用费")["对象"] == ["光纤"]
    assert topics.from_name("城市低保救助补助资金")["补助"] == ["城市低保救助"]
    assert topics.from_name("") == {}


def test_a_shortened_noun_begins_with_a_whole_word() -> None:
    topics = Topics(load_segment())
    assert topics.from_name("医疗设备质量控制检测服务")["服务"] == ["检测服务"]
    assert topics.from_name("选调生到村任职补助")["补助"][0] == "选调生到村任职补助"
    assert "能热水系统" not in topics.from_name("学生宿舍空气能热水系统购置")["对象"]


def test_the_same_idea_is_known() -> None:
    assert same_idea("租用光纤数量", "租用光纤数")
    assert same_idea("校园安全事故发生数", "校园安全事故起数")
    assert same_idea("群众满意度", "受益群众满意度")
    assert same_idea("工程验收合格率", "验收合格率")
    assert not same_idea("学生满意度", "教师满意度")
    assert not same_idea("工程验收合格率", "材料抽检合格率")
    assert not same_idea("公厕新建数量", "路灯安装数量")
    assert suffix("受益群众满意度") == "满意度"
    assert normal("租用光纤数量（条）") == "租用光纤数"
    assert dice("群众满意度", "群众满意度") == 1.0
