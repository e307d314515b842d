"""The form as pieces to enter elsewhere, in the order of the page, and the ticks that remember what is done."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from domain import entering
from domain.changes import Record
from domain.entering import TABLE, State
from domain.model import Declaration, Funding, Indicator, Narrative, Project
from domain.records.codec import decode, encode
from tests.domain.strategies import records

RECORD = Record(
    Declaration(
        project=Project(year=2020, name="热线租用费"),
        funding=Funding(total=Decimal("24.63")),
        narrative=Narrative(overview="第一段。\n第二段。"),
        indicators=(Indicator("产出目标", "数量", "租用光纤数", "=147条"), Indicator("产出目标", "质量", "准确率", "")),
    )
)


def piece(key: str, record: Record = RECORD) -> entering.Piece:
    return next(one for one in entering.pieces(record) if one.key == key)


def test_pieces_stand_in_the_order_of_the_page() -> None:
    assert [(one.label, one.text) for one in entering.pieces(RECORD)] == [
        ("年份", "2020"),
        ("项目名称*", "热线租用费"),
        ("项目总金额", "24.63"),
        ("项目概况*", "第一段。\n第二段。"),
        (
            "指标表（整表，制表符分隔）",
            "一级指标\t二级指标\t三级指标\t年度目标值\n产出目标\t数量\t租用光纤数\t=147条\n产出目标\t质量\t准确率\t",
        ),
        ("产出目标›数量　三级指标", "租用光纤数"),
        ("产出目标›数量　租用光纤数　年度目标值", "=147条"),
        ("产出目标›质量　三级指标", "准确率"),
    ]


def test_texts_are_counted_against_their_limit() -> None:
    assert piece("narrative.overview").count == "9/4000字"
    assert piece("project.year").count == "4字"
    long = replace(RECORD, declaration=RECORD.declaration.replace(("project", "name"), "长" * 103))
    assert piece("project.name", long).over == 3
    assert entering.missing(RECORD.declaration)[:2] == ["开始时间", "结束时间"]


def test_a_tick_holds_until_the_text_changes() -> None:
    done = entering.ticked(RECORD, piece("project.name"), True)
    assert entering.states(done)["project.name"] is State.DONE
    changed = replace(done, declaration=done.declaration.replace(("project", "name"), "另一个名称"))
    assert entering.states(changed)["project.name"] is State.CHANGED
    assert entering.states(entering.ticked(done, piece("project.name"), False))["project.name"] is State.OPEN


def test_the_table_is_done_with_all_its_rows_and_they_with_it() -> None:
    rows = [one for one in entering.pieces(RECORD) if one.part_of]
    record = RECORD
    for one in rows:
        assert entering.states(record)[TABLE] is State.OPEN
        record = entering.ticked(record, one, True)
    assert entering.states(record)[TABLE] is State.DONE
    whole = entering.ticked(RECORD, piece(TABLE), True)
    assert {entering.states(whole)[one.key] for one in rows} == {State.DONE}
    opened = entering.ticked(whole, rows[0], False)
    assert [entering.states(opened)[one.key] for one in (*rows, piece(TABLE))] == [
        State.OPEN,
        State.DONE,
        State.DONE,
        State.OPEN,
    ]
    assert set(entering.states(entering.ticked(whole, piece(TABLE), False)).values()) == {State.OPEN}


def test_it_goes_on_where_it_stopped() -> None:
    assert entering.resume(RECORD) == 0
    ticked = entering.ticked(RECORD, piece("project.year"), True)
    assert entering.resume(ticked) == 1
    assert entering.resume(entering.stopped(ticked, piece("narrative.overview"))) == 3


def test_the_plain_view_holds_every_text_alone_on_its_lines() -> None:
    lines = entering.as_text(entering.ticked(RECORD, piece("project.name"), True)).split("\n")
    assert lines[0] == "2020年部门项目支出预算绩效目标下达表　录入用"
    assert lines[lines.index("【项目名称*】5/100字　已录") + 1] == "热线租用费"
    assert lines[lines.index("【项目概况*】9/4000字") + 1 :][:3] == ["第一段。", "第二段。", ""]
    assert "产出目标\t数量\t租用光纤数\t=147条" in lines


@given(records())
def test_any_record_can_be_entered_and_its_ticks_kept(record: Record) -> None:
    found = entering.pieces(record)
    assert len({one.key for one in found}) == len(found)
    for one in found:
        record = entering.ticked(record, one, True)
        record = entering.stopped(record, one)
    assert set(entering.states(record).values()) <= {State.DONE}
    again = decode(encode(record)).record
    assert entering.states(again) == entering.states(record)
    assert entering.resume(again) == max(0, len(found) - 1)
    assert entering.as_text(again)
