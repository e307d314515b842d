"""The year roll: what moves, what is asked again, what is carried, and what is said of years and targets."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import rolling
from domain.changes import Record
from domain.exchange import read
from domain.fields import path_text
from domain.marks import ASK, CARRIED, EXPLAINED, LAST_YEAR, ORIGINS, SEEN, SKIPPED, WEIGHTS, row_key, row_keys
from domain.model import Coded, Declaration, Indicator, fields, is_empty
from domain.records.codec import decode, encode
from tests.domain.strategies import records
from tests.paths import PUBLISHED, WATER_SUPPLY


def sample() -> Record:
    [form] = read(WATER_SUPPLY.read_bytes(), WATER_SUPPLY.name)
    return form.record


def form(**values: object) -> Record:
    """A record of 2020 with values by field name."""
    declaration = Declaration().replace(("project", "year"), 2020)
    paths = {str(one.path[1]): one.path for one in fields()}
    for name, value in values.items():
        declaration = declaration.replace(paths[name], value)
    return Record(declaration)


def with_rows(*rows: Indicator) -> Record:
    return replace(form(), declaration=replace(form().declaration, indicators=rows))


@given(records(), st.integers(1990, 2100))
def test_any_record_rolls_into_one_that_can_be_kept(record: Record, year: int) -> None:
    rolled = rolling.roll(record, year)
    assert rolled.declaration.project.year == year
    again = decode(encode(rolled)).record
    assert again.declaration == rolled.declaration
    assert again.meta == rolled.meta
    for one in fields():
        filled = not is_empty(rolled.declaration.get(one.path))
        assert (rolled.marks(ORIGINS).get(path_text(one.path)) == CARRIED) == filled
    assert len(rolled.declaration.indicators) == len(record.declaration.indicators)
    assert rolled.declaration.narrative == record.declaration.narrative
    assert rolling.summary(rolled)


def test_weights_and_explanations_stay_with_their_indicators_and_are_told() -> None:
    rows = [Indicator("产出目标", "数量", "租用光纤数", target) for target in ("=147条", "=20条")]
    first, second = row_keys(rows)
    last = (
        with_rows(*rows).marked(WEIGHTS, first, "10").marked(WEIGHTS, second, "5").marked(EXPLAINED, second, "按合同")
    )
    rolled = rolling.roll(last.marked(WEIGHTS, "产出目标/数量/删掉的", "9"), 2021)
    assert rolled.marks(WEIGHTS) == {first: "10", second: "5"}
    assert rolled.marks(EXPLAINED) == {second: "按合同"}
    assert any("2条指标的权重、1条指标的指标解释沿用上年" in line for line in rolling.summary(rolled))
    assert not any("权重" in line for line in rolling.summary(rolling.roll(with_rows(*rows), 2021)))


def test_a_year_with_nothing_answered_takes_no_question_away() -> None:
    row = Indicator("产出目标", "数量", "租用光纤数", "=147条")
    last = replace(
        form(annual_goal="2020年租用147条。"),
        declaration=replace(form(annual_goal="2020年租用147条。").declaration, indicators=(row,)),
    )
    once = rolling.roll(last, 2021)
    twice = rolling.roll(once, 2022)
    assert once.marks(ASK) == twice.marks(ASK) == {"narrative.annual_goal": "year", row_key(row): "number"}
    assert twice.declaration.narrative.annual_goal == "2020年租用147条。"


def test_what_was_answered_is_judged_by_the_year_it_was_answered_for() -> None:
    once = rolling.roll(form(annual_goal="2020年租用147条。"), 2021)
    said = once.declaration.replace(("narrative", "annual_goal"), "2021年租用150条，2020年已租用147条。")
    answered = replace(once, declaration=said).marked(ASK, "narrative.annual_goal", None)
    assert rolling.roll(answered, 2022).marks(ASK) == {"narrative.annual_goal": "year"}
    quiet = replace(answered, declaration=said.replace(("narrative", "annual_goal"), "全年租用150条。"))
    assert rolling.roll(quiet, 2022).marks(ASK) == {}


@pytest.mark.parametrize("identity", ["national-2021", "a framework of another office"])
def test_forms_of_other_frameworks_are_asked_for_their_figures(identity: str) -> None:
    rows = (
        Indicator("产出指标", "数量指标", "培训人次", "=100人次"),
        Indicator("成本指标", "经济成本指标", "人均成本", "<=300元"),
        Indicator("满意度指标", "服务对象满意度指标", "学员满意度", ">=90%"),
    )
    last = Record(replace(form().declaration, framework=identity, indicators=rows))
    rolled = rolling.roll(last, 2021)
    assert rolled.marks(ASK) == {row_key(row): "number" for row in rows[:2]}
    assert rolled.declaration.framework == identity


def test_dates_and_year_move() -> None:
    rolled = rolling.roll(
        form(start_date=datetime.date(2020, 2, 29), end_date=datetime.date(2020, 12, 31)), 2021
    ).declaration.project
    assert (rolled.year, rolled.start_date, rolled.end_date) == (
        2021,
        datetime.date(2021, 2, 28),
        datetime.date(2021, 12, 31),
    )


def test_a_project_of_several_years_keeps_its_dates_and_its_total() -> None:
    record = form(start_date=datetime.date(2020, 1, 1), end_date=datetime.date(2022, 12, 31), total=Decimal(90))
    rolled = rolling.roll(record, 2021)
    assert rolled.declaration.project.end_date == datetime.date(2022, 12, 31)
    assert rolled.declaration.funding.total == 90
    assert rolled.marks(ASK)["project.end_date"] == rolling.SPAN


def test_last_years_request_becomes_last_years_budget() -> None:
    record = form(
        total=Decimal("24.63"), requested=Decimal("20"), previous_budget=Decimal(18), previous_executed=Decimal(17)
    )
    rolled = rolling.roll(record, 2021)
    funding = rolled.declaration.funding
    assert (funding.total, funding.requested, funding.previous_budget, funding.previous_executed) == (
        None,
        None,
        Decimal(20),
        None,
    )
    assert rolled.marks(LAST_YEAR)["funding.total"] == "24.63"
    assert rolled.marks(LAST_YEAR)["funding.requested"] == "20"
    assert "funding.previous_executed" not in rolled.marks(SKIPPED)


def test_a_request_of_two_years_ago_is_not_last_years_budget() -> None:
    assert rolling.roll(form(requested=Decimal(20)), 2022).declaration.funding.previous_budget is None


def test_a_project_done_once_is_asked_whether_it_goes_on_and_has_no_last_year_till_then() -> None:
    rolled = rolling.roll(form(nature="一次性项目", requested=Decimal(20)), 2021)
    assert rolled.declaration.project.nature == "一次性项目"
    assert rolled.declaration.funding.previous_budget is None
    assert rolled.marks(ASK) == {"project.nature": rolling.ONCE}
    assert rolled.marks(LAST_YEAR)["funding.requested"] == "20"


def test_quantities_and_costs_are_asked_again_the_rest_is_carried() -> None:
    rows = (
        Indicator("产出目标", "数量", "租用光纤数", "=147条"),
        Indicator("产出目标", "成本", "线路租用费", "<=24.63万元"),
        Indicator("产出目标", "数量", "台账", "齐全"),
        Indicator("产出目标", "时效", "验收时间", "2020年12月底前"),
        Indicator("效果目标", "满意度", "群众满意度", ">=90%"),
    )
    rolled = rolling.roll(with_rows(*rows), 2021)
    assert [row.target for row in rolled.declaration.indicators] == ["", "", "齐全", "", ">=90%"]
    marks = [row_key(row) for row in rows]
    assert dict(rolled.marks(ASK)) == {marks[0]: rolling.NUMBER, marks[1]: rolling.NUMBER, marks[3]: rolling.YEAR}
    assert [rolled.marks(LAST_YEAR)[mark] for mark in marks] == [row.target for row in rows]


def test_texts_that_name_last_year_or_hold_sums_are_asked_again() -> None:
    rolled = rolling.roll(
        form(
            name="2020年光纤租用",
            overview="2014年建成平台。",
            basis="工委会议纪要〔2020〕第8次、《2020年工作要点》",
            annual_goal="2020年租用147条。",
            remarks="光纤：1720元*12个月",
        ),
        2021,
    )
    assert dict(rolled.marks(ASK)) == {
        "project.name": rolling.YEAR,
        "narrative.annual_goal": rolling.YEAR,
        "narrative.remarks": rolling.SUM,
    }


def test_what_stood_empty_is_not_asked_unless_it_must_be_filled() -> None:
    skipped = rolling.roll(form(name="热线"), 2021).marks(SKIPPED)
    assert "project.category" in skipped
    assert "产出目标/成本" in skipped
    assert not {"narrative.overview", "funding.total", "funding.previous_executed"} & skipped.keys()


def test_marks_of_the_old_record_stay_behind_what_a_person_added_goes_along() -> None:
    record = replace(
        form(name="热线"),
        meta={
            SEEN: {"project.name": True},
            "ignored": {"R1/x": "理由"},
            "entry": {"project.name": "1"},
            SKIPPED: {"甲/乙": True},
        },
        extra={"unplaced": {"text": "剩下的"}, "备注": "自己写的", "project": {"start_date": "年初", "科室": "综合科"}},
    )
    rolled = rolling.roll(record, 2021)
    assert set(rolled.meta) == {ORIGINS, LAST_YEAR, SKIPPED}
    assert rolled.marks(SKIPPED)["甲/乙"]
    assert rolled.extra == {"备注": "自己写的", "project": {"科室": "综合科"}}


def test_years_and_documents_of_a_text() -> None:
    text = "根据威政办发〔2019〕3号、《2020年工作要点》和2014年第20次会议纪要，2020年租用147条，5912345热线，编号20201234。"
    assert rolling.mentioned(text) == ["威政办发〔2019〕3号", "《2020年工作要点》", "2014年第20次会议纪要", "2020年"]
    assert all(text[one.start : one.end] == one.text for one in rolling.mentions(text))
    assert rolling.names_year(text, 2020)
    assert not rolling.names_year("按《2020年工作要点》办理，编号20201234", 2020)
    assert rolling.names_year("2020-2022年", 2020)


@pytest.mark.parametrize(
    ("target", "before", "note"),
    [
        (">=98%", ">=98%", "与上年相同，是否应提高？"),
        ("≥98%", ">=98%", "与上年相同，是否应提高？"),
        ("<3%", "<3%", "与上年相同，是否应再压低？"),
        ("=100%", "=100%", ""),
        ("<=0次", "<=0次", ""),
        (">=95%", ">=98%", "上年 >=98%，-3个百分点，比上年放松了，请说明原因"),
        ("<5%", "<3%", "上年 <3%，+2个百分点，比上年放松了，请说明原因"),
        ("=150条", "=147条", "上年 =147条，+3条，+2%"),
        ("=140条", "=147条", "上年 =147条，-7条，-4.8%"),
        ("健全", "健全", ""),
        ("=12项", "健全", "上年是 健全"),
        ("=12项", "", ""),
        ("", "=12项", ""),
    ],
)
def test_targets_beside_last_years(target: str, before: str, note: str) -> None:
    assert rolling.target_note(target, before) == note


def test_the_sample_form_says_what_is_to_be_done() -> None:
    record = sample()
    rolled = rolling.roll(record, rolling.year_for(record))
    lines = rolling.summary(rolled)
    assert lines[0].startswith("要重新填的：项目总金额（上年 ")
    assert "上年度项目执行数" in lines[0]
    assert lines[-1].endswith("/未看 逐处过目。")


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published forms are not here")
def test_the_published_forms_roll() -> None:
    for one in read((PUBLISHED / "three-forms.txt").read_bytes()):
        rolled = rolling.roll(one.record, 2021)
        assert rolled.declaration.funding.previous_budget == one.record.declaration.funding.requested
        assert "是否应" in "".join(rolling.summary(rolled))


def test_a_form_without_a_year_needs_to_be_told_one() -> None:
    record = Record(Declaration().replace(("project", "category"), Coded("1", "其他")))
    with pytest.raises(rolling.NoYearError, match="没有年份"):
        rolling.year_for(record)
    assert rolling.year_for(record, 2021) == 2021
    assert rolling.roll(record, 2021).declaration.project.year == 2021


@pytest.mark.parametrize(("own", "wanted"), [(2100, None), (2020, 20), (2020, 1989)])
def test_a_year_that_is_no_budget_year_is_refused(own: int, wanted: int | None) -> None:
    record = Record(Declaration().replace(("project", "year"), own))
    with pytest.raises(rolling.NoYearError, match="不像预算年度"):
        rolling.year_for(record, wanted)
