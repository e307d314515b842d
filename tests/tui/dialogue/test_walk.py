"""A whole form through the dialogue: every question once, every answer on disk before the next question."""

from __future__ import annotations

import datetime
from decimal import Decimal

from domain.framework import framework
from domain.marks import slot_key
from domain.model import Coded, Declaration, fields, is_empty
from domain.records.store import Store
from tests.fakes import FUNDING, LAST, QUALITY, QUANTITY, Talk, on_disk, texts
from tui.dialogue import DONE_KEY, Mode, Role

ANSWERS = {
    "project.year": "2020",
    "project.unit": "社管中心",
    "project.name": "热线线路租用费",
    "project.category": "[003001007036]其他",
    "project.nature": "1",
    "project.has_subprojects": "否",
    "project.functional_subjects": "2010308",
    "project.economic_subjects": "ydf",
    "project.filler": "方小禾",
    "project.phone": "5550123",
    "project.start_date": "1月1日",
    "project.end_date": "12月31日",
    "funding.total": "246300元",
    "funding.requested": "24.63",
    "funding.previous_budget": "24.63万",
    "funding.previous_executed": "20+4.63",
    "project.procurement": "n",
    "project.five_expenses": "n",
    "narrative.overview": "1、项目背景：甲\n2、项目内容：乙",
    "narrative.basis": "《方案》",
    "narrative.necessity": "不租专线就断网",
    "narrative.measures": "《制度》",
    "narrative.plan": "1月签合同",
    "narrative.overall_goal": "保持畅通",
    "narrative.annual_goal": "租用147条",
    "narrative.remarks": "",
}
ROWS = {slot_key(FUNDING): ["1"], slot_key(QUANTITY): ["租用光纤数 =147条", "2 3"], slot_key(QUALITY): ["≥99.5%"]}


def test_every_field_has_an_answer_here() -> None:
    assert set(ANSWERS) == {one.key for one in fields()}


def test_the_whole_form(talk: Talk, store: Store) -> None:
    asked = []
    while talk.question.mode in (Mode.LINE, Mode.LONG):
        question = talk.question
        asked.append(question.key)
        assert question.title
        assert question.ask
        assert 0 <= question.done <= question.of
        reply = talk.dialogue.answer(ANSWERS[question.key], literal=question.mode is Mode.LONG)
        assert not reply.refused, texts(reply)
        assert texts(reply, Role.ECHO) or not ANSWERS[question.key]
        assert on_disk(talk.session.path) == talk.session.record
    assert asked == [one.key for one in fields()]

    slots = []
    while talk.question.mode is Mode.SLOT:
        slot = talk.at
        slots.append(slot)
        for text in ROWS.get(slot, []):
            reply = talk.say(text)
            assert not reply.refused, texts(reply)
            if talk.question.mode is Mode.TARGET:
                talk.say("1")
        assert talk.at == slot
        talk.say("")
        assert on_disk(talk.session.path) == talk.session.record
    assert slots == [slot_key(slot.key) for slot in framework().slots]

    assert talk.at == DONE_KEY
    assert "已存盘" in talk.question.ask
    form = talk.form
    assert form.project.category == Coded("003001007036", "其他")
    assert form.project.economic_subjects == (Coded("30207", "邮电费"),)
    assert form.project.end_date == datetime.date(2020, 12, 31)
    assert form.funding.total == form.funding.previous_executed == Decimal("24.63")
    assert form.narrative.overview == ANSWERS["narrative.overview"]
    assert talk.rows == [
        ("预算资金到位率", "=100%"),
        ("租用光纤数", "=147条"),
        ("租用宽带数", "=143条"),
        ("话务专线数", "=2条"),
        ("线路可用率", ">=99.5%"),
    ]
    assert talk.session.path == store.folder / "2020-热线线路租用费.toml"
    assert talk.say("").leave


def test_the_same_form_undone_to_the_first_question_and_redone(talk: Talk) -> None:
    for question in iter(lambda: talk.question, None):
        if question.mode is Mode.DONE:
            break
        talk.dialogue.answer(ANSWERS.get(question.key, ""), literal=question.mode is Mode.LONG)
    talk.go(QUANTITY)
    talk.say("1")
    full = talk.form
    steps = 0
    while "没有可以撤销" not in texts(talk.say("/撤销")):
        steps += 1
        assert talk.question.mode is not Mode.DONE
    assert talk.form == Declaration()
    assert talk.at == "project.year"
    assert steps > 40
    while "没有可以重做" not in texts(talk.say("/重做")):
        steps -= 1
    assert steps == 0
    assert talk.form == full


def test_enter_all_the_way_leaves_everything_empty_and_ends(talk: Talk) -> None:
    for _ in range(100):
        if talk.at == DONE_KEY:
            break
        reply = talk.say("")
        assert not reply.refused
    assert talk.at == DONE_KEY
    assert talk.form == Declaration()
    assert all(talk.session.skipped(one.key) for one in fields())
    assert talk.again().at == DONE_KEY


def test_what_was_passed_over_is_said_to_be_required_only_where_it_is(talk: Talk) -> None:
    while talk.at != DONE_KEY:
        title = talk.question.title
        said = texts(talk.say("/跳过"))
        assert ("必填项" in said) == title.endswith("*")


def test_killed_after_any_answer_the_next_start_goes_on_at_the_next_question(talk: Talk) -> None:
    while talk.at != DONE_KEY:
        question = talk.question
        talk.dialogue.answer(ANSWERS.get(question.key, ""), literal=question.mode is Mode.LONG)
        again = talk.again()
        assert again.at == talk.at
        assert again.form == talk.form
        assert again.session.recovered == 0
        again.session._opened.journal.close()


def test_last_years_figures_are_not_asked_of_a_project_done_once(talk: Talk) -> None:
    talk.go("project.nature")
    talk.say("一次性")
    asked = []
    while talk.at != DONE_KEY:
        asked.append(talk.at)
        talk.say("")
    assert not [key for key in asked if "previous" in key]
    talk.say("/去 上年度项目预算金额")
    assert talk.at == "funding.previous_budget"
    talk.say("5")
    assert talk.form.funding.previous_budget == 5


def test_what_was_answered_before_it_became_irrelevant_is_kept(talk: Talk) -> None:
    talk.go("funding.previous_budget")
    talk.say("5")
    talk.go("project.nature")
    talk.say("一次性")
    assert talk.form.funding.previous_budget == 5


def test_the_conversation_so_far_tells_the_answers(talk: Talk) -> None:
    for question in iter(lambda: talk.question, None):
        if question.key == "/".join(QUALITY):
            break
        text = ROWS.get(question.key, [ANSWERS.get(question.key, "")])[0]
        talk.dialogue.answer(text, literal=question.mode is Mode.LONG)
        if question.mode is Mode.SLOT and text:
            talk.say("")
    told = [message.text for message in talk.again().dialogue.so_far(100)]
    assert told[0] == "年份：2020"
    assert told[-1] == "数量：租用光纤数  =147条"
    assert "本年度预算申请金额：24.63万元" in told
    assert all("\n" not in line for line in told)
    assert len(talk.dialogue.so_far(3)) == 3
    talk.go("project.name")
    assert [message.text for message in talk.dialogue.so_far()] == ["年份：2020", "预算单位：社管中心"]


def test_a_long_answer_told_again_says_that_it_is_cut(talk: Talk) -> None:
    talk.go("narrative.basis")
    talk.say("依据" * 100)
    talk.go("narrative.necessity")
    told = [message.text for message in talk.dialogue.so_far()][-1]
    assert told.startswith("项目立项依据：依据依据")
    assert told.endswith("依…")


def test_the_last_slot_is_followed_by_what_is_still_missing(talk: Talk) -> None:
    talk.go(LAST)
    talk.say("")
    assert talk.at == "project.year"


def test_sections_count_what_is_filled(talk: Talk) -> None:
    talk.say("2020", "社管中心")
    talk.go(QUANTITY)
    talk.say("1")
    sections = {section: (done, of) for section, done, of in talk.dialogue.sections()}
    assert sections["指标表"] == (1, 20)
    assert sections["项目信息"][0] == 2
    assert sum(of for _, of in sections.values()) == len(list(fields())) + 20
    assert sum(done for done, _ in sections.values()) == 3
    assert not is_empty(talk.form.project.unit)
