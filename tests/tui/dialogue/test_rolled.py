"""A record rolled from last year's, filled: only what must change is asked, last year's value beside it, the rest looked at once."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from domain import rolling
from domain.changes import Record
from domain.framework import framework
from domain.marks import CARRIED, IMPORTED, ORIGINS, OTHER, SUGGESTED, TYPED, row_key
from domain.model import Declaration, Funding, Indicator, Narrative, Project, fields
from domain.records.store import Store
from suggest.types import Proposal
from tests.fakes import QUANTITY, Talk, suggestion, texts
from tui import wiring
from tui.dialogue import Mode, rolled
from tui.folders import Folders
from tui.plain import talk as lines
from tui.plain.console import Console

SATISFIED = ("效果目标", "满意度")
LAST = Declaration(
    project=Project(
        year=2020,
        unit="热线中心",
        name="线路租用费",
        nature="经常性项目",
        has_subprojects=False,
        filler="甲",
        phone="5970000",
        start_date=datetime.date(2020, 1, 1),
        end_date=datetime.date(2020, 12, 31),
        procurement=False,
        five_expenses=False,
    ),
    funding=Funding(Decimal("24.63"), Decimal("24.63"), Decimal(20), Decimal(19)),
    narrative=Narrative(
        overview="根据威政办发〔2012〕48号建设，2014年建成。",
        basis="威政办发〔2012〕48号",
        necessity="必须。",
        measures="制度。",
        plan="每季度付款。",
        overall_goal="建成。",
        annual_goal="2020年租用147条。",
        remarks="1720元*12个月",
    ),
    indicators=(
        Indicator(*QUANTITY, "租用光纤数", "=147条"),
        Indicator(*QUANTITY, "话务专线数", "=2条"),
        Indicator(*SATISFIED, "群众满意度", ">=90%"),
    ),
)


@pytest.fixture
def path(store: Store) -> Path:
    return store.add(rolling.roll(Record(LAST), 2021))


@pytest.fixture
def talk(path: Path, talk_about: Callable[[Path], Talk]) -> Talk:
    return talk_about(path)


def fill_the_fields(talk: Talk) -> None:
    talk.say("=", "=", "19.5")
    talk.write("2021年租用150条。")
    talk.write("1800元*12个月")


def test_only_what_must_change_is_asked(talk: Talk) -> None:
    asked = []
    while talk.question.mode is not Mode.DONE:
        asked.append(talk.question.title.rstrip("*"))
        talk.dialogue.command("skip")
    assert asked == [
        "项目总金额",
        "本年度预算申请金额",
        "上年度项目执行数",
        "年度绩效目标",
        "需要说明的其他问题",
        "产出目标›数量　租用光纤数",
        "产出目标›数量　话务专线数",
    ]


def test_what_is_to_be_done_is_said_once(talk: Talk) -> None:
    said = [message.text for message in talk.dialogue.so_far()]
    assert said[0] == "由2020年的表结转而来。"
    assert said[1].startswith("要重新填的：项目总金额（上年 24.63）")
    talk.say("=")
    assert "由2020年" not in talk.dialogue.so_far()[0].text


def test_last_years_value_stands_beside_the_question(talk: Talk) -> None:
    assert talk.question.note == "上年填的是 24.63万元，与上年相同就写 ="
    reply = talk.say("30")
    assert "比上年 +5.37万元，+21.8%。增减超过 20%，请在“需要说明的其他问题”里写明原因" in texts(reply)
    assert "上年填的是 24.63万元" in talk.question.note
    talk.say("=")
    assert talk.form.funding.requested == Decimal("24.63")
    assert talk.question.note == "上年度项目预算金额是 24.63万元"


@pytest.mark.parametrize(("limit", "asks"), [("30", False), ("21.8", False), ("21.7", True), ("5.5", True)])
def test_how_large_a_change_wants_a_reason_is_what_the_office_says(
    talk: Talk, tmp_path: Path, limit: str, asks: bool
) -> None:
    folders = Folders(talk.store.folder, *(tmp_path / name for name in ("data", "config", "state", "cache")))
    folders.config.mkdir()
    (folders.config / wiring.SETTINGS).write_text(f"[thresholds]\nchange = {limit}\n", encoding="utf-8")
    dialogue = wiring.dialogue_of(folders, talk.store, talk.store.open(talk.session.path))
    said = texts(dialogue.answer("30"))
    assert "比上年 +5.37万元，+21.8%" in said
    assert (f"增减超过 {limit}%，请在“需要说明的其他问题”里写明原因" in said) == asks


@pytest.fixture
def once(store: Store, talk_about: Callable[[Path], Talk]) -> Talk:
    """A project of 2020 that was to be done once, rolled to 2021."""
    done_once = replace(LAST.project, nature="一次性项目")
    first_year = replace(LAST, project=done_once, funding=Funding(Decimal(48), Decimal(48)))
    return talk_about(store.add(rolling.roll(Record(first_year), 2021)))


def test_a_project_done_once_that_goes_on_is_asked_for_its_last_year(once: Talk) -> None:
    assert once.question.key == "project.nature"
    assert "一次性项目今年还做？" in once.question.note
    once.say("经常性项目", "50", "50")
    assert once.question.key == "funding.previous_budget"
    assert once.question.note == "上年表里申请的是 48万元，批复的也是这个数就写 ="
    once.say("=", "47.5")
    assert once.form.funding == Funding(Decimal(50), Decimal(50), Decimal(48), Decimal("47.5"))


def test_another_project_done_once_is_not_asked_for_a_last_year(once: Talk) -> None:
    once.say("", "50", "50")
    assert once.form.project.nature == "一次性项目"
    assert once.question.key == "narrative.annual_goal"
    once.go("funding.previous_budget")
    assert once.question.note.startswith("上年表里申请的是 48万元")


def test_an_equals_sign_is_no_answer_where_last_years_value_is_not_known(talk: Talk) -> None:
    talk.go("funding.previous_executed")
    assert talk.say("=").refused


def test_a_text_that_names_last_year_is_asked_with_what_to_look_at(talk: Talk) -> None:
    talk.say("=", "=", "19")
    question = talk.question
    assert question.key == "narrative.annual_goal"
    assert question.prefill == "2020年租用147条。"
    assert question.note == "沿用上年的，还没有人看过；里面写着上年的年份，请改过来；文中的年份、文号：2020年"


def test_targets_are_asked_one_after_the_other_and_compared(talk: Talk) -> None:
    fill_the_fields(talk)
    assert talk.question.mode is Mode.TARGET
    assert talk.question.note == "上年的目标值是 =147条，与上年相同就写 ="
    assert "与上年相同，是否应提高？" in texts(talk.say("="))
    assert talk.question.title == "产出目标›数量　话务专线数"
    assert "上年 =2条，+1条，+50%" in texts(talk.say("=3条"))
    assert talk.question.mode is Mode.DONE
    assert talk.rows[:2] == [("租用光纤数", "=147条"), ("话务专线数", "=3条")]
    first, second, _ = talk.form.indicators
    assert (talk.session.origin(row_key(first)), talk.session.origin(row_key(second))) == (CARRIED, TYPED)
    assert talk.session.looked_at(row_key(first))


def test_a_target_left_empty_is_not_asked_for_ever(talk: Talk) -> None:
    fill_the_fields(talk)
    talk.say("")
    assert talk.question.title.endswith("话务专线数")
    talk.dialogue.command("skip")
    assert talk.question.mode is Mode.DONE
    assert talk.rows[:2] == [("租用光纤数", ""), ("话务专线数", "")]


def test_it_goes_on_at_the_target_after_a_break(talk: Talk) -> None:
    fill_the_fields(talk)
    assert talk.again().question.title == "产出目标›数量　租用光纤数"


def test_undo_asks_again(talk: Talk) -> None:
    fill_the_fields(talk)
    talk.say("=")
    talk.dialogue.command("undo")
    assert talk.question.title == "产出目标›数量　租用光纤数"
    assert talk.rows[0] == ("租用光纤数", "")


def test_what_nobody_looked_at_is_gone_through(talk: Talk) -> None:
    fill_the_fields(talk)
    talk.say("=", "=")
    assert "处没人看过，/未看 逐处过目" in talk.question.ask
    before = [place.key for place in rolled.all_unseen(talk.session)]
    assert before[0] == "project.year"
    assert "/".join(SATISFIED) in before
    assert "narrative.annual_goal" not in before
    assert "/".join(QUANTITY) not in before
    talk.say("/未看")
    visited = []
    while talk.question.mode is not Mode.DONE:
        visited.append(talk.at)
        mode, prefill = talk.question.mode, talk.question.prefill
        talk.write(prefill) if mode is Mode.LONG else talk.say(prefill)
    assert visited == before
    assert not list(rolled.all_unseen(talk.session))
    assert talk.session.origin("project.unit") == CARRIED
    assert "都有人看过了" in texts(talk.say("/未看"))
    assert not list(rolled.all_unseen(talk.again().session))


def test_passing_with_f8_is_not_looking(talk: Talk) -> None:
    fill_the_fields(talk)
    talk.say("=", "=", "/未看")
    first = talk.at
    talk.dialogue.command("skip")
    assert talk.at != first
    assert first in [place.key for place in rolled.all_unseen(talk.session)]


def test_a_slot_says_from_where_its_rows_came_and_how_they_compare(talk: Talk) -> None:
    note = talk.go(SATISFIED).note
    assert "沿用上年的指标还没有人看过" in note
    assert "群众满意度：与上年相同，是否应提高？" in note
    talk.say("")
    assert "没有人看过" not in talk.go(SATISFIED).note


def test_a_changed_value_is_typed_and_no_longer_asked(talk: Talk) -> None:
    talk.go("narrative.annual_goal")
    talk.write("2021年租用150条。")
    assert talk.session.origin("narrative.annual_goal") == TYPED
    assert not talk.session.asked_again("narrative.annual_goal")


def test_imported_values_are_not_looked_at_either(store: Store, talk_about: Callable[[Path], Talk]) -> None:
    marks = {one.key: IMPORTED for one in fields()} | {row_key(row): IMPORTED for row in LAST.indicators}
    talk = talk_about(store.add(replace(Record(LAST), meta={ORIGINS: marks})))
    count = len(list(rolled.all_unseen(talk.session)))
    talk.go("project.unit")
    assert "导入的，还没有人看过" in talk.question.note
    talk.say("热线中心")
    assert len(list(rolled.all_unseen(talk.session))) == count - 1
    assert talk.session.origin("project.unit") == IMPORTED


def test_a_draft_accepted_as_a_whole_is_not_looked_at_accepted_one_by_one_it_is(
    store: Store, talk_about: Callable[[Path], Talk], talk: Talk
) -> None:
    row = suggestion(QUANTITY, "租用宽带数", "=143条")
    name = Proposal(("project", "name"), "线路租用费", "第一行")
    for answers, seen in (("a",), False), (("", ""), True):
        fresh = Talk(store, suggester=talk.suggester)
        fresh.suggester.proposals = (name, Proposal((), "租用宽带数 =143条", "概况里写到", row))
        fresh.say("/草拟")
        fresh.write("线路租用")
        fresh.say(*answers)
        assert fresh.rows == [("租用宽带数", "=143条")]
        assert fresh.session.origin("project.name") == SUGGESTED
        assert fresh.session.looked_at("project.name") is seen
        assert fresh.session.looked_at(row_key(fresh.form.indicators[0])) is seen
        fresh.session.close()


def test_a_picked_suggestion_has_been_looked_at(store: Store) -> None:
    fresh = Talk(store)
    fresh.go(QUANTITY)
    fresh.say("1")
    assert fresh.session.looked_at(row_key(fresh.form.indicators[0]))


def test_line_by_line_shows_the_same(talk: Talk) -> None:
    out = io.StringIO()
    typed = "=\n=\n19.5\n2021年租用150条。\n.\n\n=\n=\n"
    assert lines.Talk(talk.dialogue, Console(io.StringIO(typed), out), print).run() == 0
    said = out.getvalue()
    assert "助手：由2020年的表结转而来。" in said
    assert "上年填的是 24.63万元，与上年相同就写 =" in said
    assert "上年的目标值是 =147条" in said
    assert "是否应提高？" in said
    assert talk.rows == [("租用光纤数", "=147条"), ("话务专线数", "=2条"), ("群众满意度", ">=90%")]


def test_every_reason_has_words() -> None:
    assert set(rolled._REASONS) == {rolling.YEAR, rolling.SUM, rolling.SPAN, rolling.ONCE, OTHER}


def test_every_slot_of_the_framework_without_rows_was_passed_over(talk: Talk) -> None:
    used = {row.slot for row in LAST.indicators}
    for slot in framework().slots:
        assert talk.session.skipped("/".join(slot.key)) == (slot.key not in used)
