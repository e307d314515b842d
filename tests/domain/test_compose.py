"""Texts composed from what is filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.compose import annual_goal, calculation
from domain.model import Declaration, Indicator
from tests.fakes import FakeReader

FORM = (
    Declaration()
    .replace(("project", "year"), 2020)
    .replace(("project", "name"), "热线线路租用费")
    .replace(
        ("indicators",),
        (
            Indicator("投入与目标管理", "投入管理", "预算资金到位率", "100%"),
            Indicator("产出目标", "数量", "租用光纤数", "=147条"),
            Indicator("产出目标", "数量", "培训人数", "=40人"),
            Indicator("产出目标", "质量", "线路可用率", ">=99%"),
            Indicator("产出目标", "时效", "联网及时性", "及时"),
            Indicator("效果目标", "社会效益", "故障重复发生率", "<3%"),
            Indicator("效果目标", "满意度", "群众满意度", ">=90%"),
            Indicator("效果目标", "社会效益", "办事环境情况", "改善"),
        ),
    )
)


def test_goal_tells_outputs_then_effects_in_words() -> None:
    assert annual_goal(FORM) == (
        "2020年实施热线线路租用费，租用光纤147条，培训人数40人，线路可用率不低于99%，联网及时；"
        "通过项目实施，故障重复发生率低于3%，群众满意度不低于90%，办事环境改善。"
    )


@pytest.mark.parametrize(
    ("name", "target", "told"),
    [
        ("道路通行能力提升情况", "提升", "道路通行能力提升"),
        ("管理制度健全性", "健全", "管理制度健全"),
        ("及时性", "健全", "及时性健全"),
        ("停机天数", "=42天", "停机天数42天"),
        ("路灯盏数", "=30盏", "路灯盏数30盏"),
        ("租用光纤数", "=147", "租用光纤147"),
        ("电脑数", "=3台", "电脑3台"),
        ("亩数", "=20亩", "亩数20亩"),
    ],
)
def test_no_word_of_an_indicator_is_told_twice(name: str, target: str, told: str) -> None:
    form = Declaration(indicators=(Indicator("产出目标", "数量", name, target),))
    assert annual_goal(form) == f"本年度，{told}。"


def test_goal_without_effects_name_or_year() -> None:
    form = Declaration(indicators=(Indicator("产出目标", "数量", "租用光纤数", ""),))
    assert annual_goal(form) == "本年度，租用光纤数。"


def test_no_goal_without_outputs_or_effects() -> None:
    assert annual_goal(replace(FORM, indicators=FORM.indicators[:1])) == ""
    assert annual_goal(Declaration()) == ""


def test_calculation_works_out_every_sum_and_their_total() -> None:
    form = FORM.replace(("narrative", "remarks"), "宽带费1720元*12个月，专线费6450元*12个月")
    assert calculation(form, FakeReader()) == (
        "1、1720元*12个月=20640元\n2、6450元*12个月=77400元\n合计98040元，即9.804万元。"
    )


def test_a_sum_told_in_two_texts_counts_once() -> None:
    form = FORM.replace(("narrative", "remarks"), "1720元*12个月，1720元*12个月").replace(
        ("narrative", "overview"), "每月1720元，全年1720元*12个月"
    )
    assert calculation(form, FakeReader()).endswith("合计41280元，即4.128万元。")


def test_no_calculation_without_sums() -> None:
    assert calculation(FORM, FakeReader()) == ""
