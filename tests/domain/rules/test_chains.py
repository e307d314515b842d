"""The number chains told one by one, on the published forms and on a sound one."""

from __future__ import annotations

import pytest

from domain.case import case_for
from domain.model import Declaration, Indicator
from domain.reading import Reader
from domain.rules.chains import UNMATCHED, Agreement, links


def test_a_sound_form_agrees_throughout(own_examples: dict[str, Declaration], reader: Reader) -> None:
    found = links(case_for(own_examples["office-park-greening"], reader))
    assert {one.agreement for one in found} == {Agreement.CONSISTENT}
    assert any("86.4万元" in one.what for one in found)


def test_the_published_forms(forms: dict[str, Declaration], reader: Reader) -> None:
    told = {key: links(case_for(one, reader)) for key, one in forms.items()}
    assert ("143个村居", Agreement.UNKNOWN) in {(one.what, one.agreement) for one in told["F1"]}
    terminals = next(one for one in told["F2"] if "468部" in one.what)
    assert terminals.agreement is Agreement.CONFLICT
    assert "43部" in terminals.note
    sums = [one for one in told["F2"] if "元*12" in one.what]
    assert [one.agreement for one in sums] == [Agreement.CONSISTENT] * 2
    total = next(one for one in told["F2"] if one.what.startswith("算式合计"))
    assert (total.what, total.note) == ("算式合计9.804万元", "申请9.8万元，四舍五入")
    assert next(one for one in told["F3"] if "468部" in one.what).agreement is Agreement.CONSISTENT


def test_a_wrong_result_is_a_conflict(own_examples: dict[str, Declaration], reader: Reader) -> None:
    wrong = own_examples["school-broadband"].replace(("narrative", "remarks"), "600元/条·月×41条×12个月=259200元")
    found = links(case_for(wrong, reader))
    assert [one.note for one in found if one.agreement is Agreement.CONFLICT] == ["算得295200元，写的是259200元"]


def test_a_sum_is_worked_out_in_its_own_unit(own_examples: dict[str, Declaration], reader: Reader) -> None:
    form = own_examples["school-broadband"].replace(("narrative", "remarks"), "280万元×1台=280万元，600元×41条=24600元")
    told = [note for what, (_, note) in _told(form, reader).items() if "×" in what or "*" in what]
    assert told == ["算得280万元", "算得24600元"]


def test_of_two_equal_numbers_the_one_that_is_meant(own_examples: dict[str, Declaration], reader: Reader) -> None:
    sound = own_examples["school-broadband"]
    rows = tuple(Indicator("产出目标", "数量", name, "=1台") for name in ("阅片工作站购置数量", "彩超购置数量"))
    form = sound.replace(("indicators",), rows).replace(("narrative", "annual_goal"), "购置彩超1台。")
    [(_, note)] = [value for what, value in _told(form, reader).items() if what.endswith("彩超1台")]
    assert note == "指标“彩超购置数量=1台”"


def _told(declaration: Declaration, reader: Reader) -> dict[str, tuple[Agreement, str]]:
    return {one.what: (one.agreement, one.note) for one in links(case_for(declaration, reader))}


def test_what_a_goal_promises_is_held_against_the_targets(own_examples: dict[str, Declaration], reader: Reader) -> None:
    sound = own_examples["canteen-food-sampling"]
    goal = sound.narrative.annual_goal
    lowered = sound.replace(("narrative", "annual_goal"), goal.replace("满意度不低于88%", "满意度不低于80%"))
    what, (agreement, note) = next(item for item in _told(lowered, reader).items() if "满意度不低于80%" in item[0])
    assert (agreement, ">=88%" in note) == (Agreement.CONFLICT, True), what
    beyond = sound.replace(("narrative", "overall_goal"), "三年后食品安全公众满意度达到95%。")
    agreement, note = next(value for key, value in _told(beyond, reader).items() if "95%" in key)
    assert agreement is Agreement.UNKNOWN
    assert "总目标管全程" in note


@pytest.mark.parametrize("text", ["公众满意度提高3%。", "公众满意度提升2个百分点。"])
def test_how_far_a_rate_moves_is_not_held_against_the_rate(
    own_examples: dict[str, Declaration], reader: Reader, text: str
) -> None:
    row = Indicator("效果目标", "满意度", "公众满意度", ">=88%")
    form = own_examples["canteen-food-sampling"].replace(("indicators",), (row,))
    form = form.replace(("narrative", "annual_goal"), text)
    assert Agreement.CONFLICT not in {agreement for agreement, _ in _told(form, reader).values()}


def test_a_rate_is_held_against_the_table_not_where_it_starts_from(
    own_examples: dict[str, Declaration], reader: Reader
) -> None:
    form = own_examples["canteen-food-sampling"]
    form = form.replace(("narrative", "annual_goal"), "食品安全公众满意度由80%提高到88%。")
    told = {what: agreement for what, (agreement, _) in _told(form, reader).items() if "80%" in what or "88%" in what}
    assert list(told.values()) == [Agreement.CONSISTENT]


def test_amounts_in_the_text_are_held_against_those_of_the_form(
    own_examples: dict[str, Declaration], reader: Reader
) -> None:
    sound = own_examples["school-broadband"]
    asked = sound.funding.requested
    assert asked is not None
    yuan = f"{asked * 10_000:.0f}"
    for text, expected in (
        (f"合同价{yuan}元。", Agreement.CONSISTENT),
        (f"合同价{asked}万元。", Agreement.CONSISTENT),
        (f"合同价{asked}元。", Agreement.CONFLICT),
        (f"合同价{yuan}万元。", Agreement.CONFLICT),
        ("另付安装费1.3万元。", Agreement.UNKNOWN),
    ):
        told = _told(sound.replace(("narrative", "remarks"), text), reader)
        amounts = [agreement for what, (agreement, _) in told.items() if what.endswith(("元", "万元"))]
        assert amounts == [expected], (text, told)


def test_a_rounded_total_is_no_conflict(own_examples: dict[str, Declaration], reader: Reader) -> None:
    told = _told(own_examples["rural-water-phase"], reader)
    agreement, note = next(value for key, value in told.items() if key.startswith("算式合计"))
    assert agreement is Agreement.CONSISTENT
    assert "四舍五入" in note


def test_an_area_of_something_else_is_no_rival(own_examples: dict[str, Declaration], reader: Reader) -> None:
    other = own_examples["office-park-greening"].replace(("narrative", "overview"), "项目范围：改造办公室680平方米。")
    agreement, note = next(value for key, value in _told(other, reader).items() if "680平方米" in key)
    assert (agreement, note) == (Agreement.UNKNOWN, UNMATCHED)


def test_a_rate_is_held_against_the_indicator_of_its_name(own_examples: dict[str, Declaration], reader: Reader) -> None:
    sound = own_examples["canteen-food-sampling"]
    row = Indicator("效果目标", "社会效益", "患者外转率", ">=31%")
    form = sound.replace(("indicators",), (*sound.indicators, row)).replace(
        ("narrative", "annual_goal"), "患者外转率降到20%。"
    )
    assert _told(form, reader)["患者外转率降到20%"] == (Agreement.CONFLICT, "指标“患者外转率>=31%”")
