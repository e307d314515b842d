"""Answers to fields through the dialogue: defaults, choices, candidates, sums, echoes, and texts that are never commands."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from domain.marks import CARRIED, COMPUTED, TYPED
from domain.model import Coded, Declaration, fields
from tests.fakes import Talk, texts
from tui import keymap
from tui.dialogue import Mode, Role

RECURRING = {
    "project.year": "2020",
    "project.unit": "社管中心",
    "project.category": "[003001007036]其他",
    "project.functional_subjects": "[2080803]在乡复员、退伍军人生活补助, [2010308]信访事务",
    "project.economic_subjects": "[30207]邮电费, [30207]邮电费",
    "project.filler": "方小禾",
    "project.phone": "0631-5550123",
    "project.start_date": "2020-01-01",
    "project.end_date": "2020-12-31",
}


@pytest.fixture
def next_form(talk: Talk) -> Talk:
    """A new form after one of the same unit."""
    for key, text in RECURRING.items():
        talk.go(key)
        assert not talk.say(text).refused
    talk.session.close()
    return Talk(talk.store, suggester=talk.suggester)


@pytest.mark.parametrize("key", RECURRING)
def test_enter_accepts_what_the_unit_repeats(next_form: Talk, key: str) -> None:
    next_form.go(key)
    question = next_form.question
    assert (question.prefill, question.default, question.default_note) == ("", RECURRING[key], "同上一份表")
    reply = next_form.say("")
    assert not reply.refused
    assert RECURRING[key] in texts(reply, Role.ECHO)
    next_form.go(key)
    assert next_form.question.prefill == RECURRING[key]
    assert next_form.session.origin(key) == CARRIED


def test_what_the_unit_repeats_can_be_passed_over(next_form: Talk) -> None:
    next_form.go("project.unit")
    next_form.say("/跳过")
    assert next_form.form.project.unit == ""


def test_what_does_not_repeat_has_no_default(next_form: Talk) -> None:
    for one in fields():
        if one.key not in RECURRING:
            next_form.go(one.key)
            assert next_form.question.default == ""


def test_the_request_defaults_to_the_total(talk: Talk) -> None:
    talk.go("funding.total")
    talk.say("24.63")
    assert talk.at == "funding.requested"
    assert talk.question.default == "24.63"
    assert "项目总金额" in talk.question.default_note
    assert "24.63万元" in texts(talk.say(""))
    assert talk.form.funding.requested == Decimal("24.63")
    assert talk.session.origin("funding.requested") == COMPUTED


def test_the_whole_year_settles_both_dates_and_says_so(talk: Talk) -> None:
    talk.say("2020")
    talk.go("project.start_date")
    told = texts(talk.say("全年"))
    assert "2020-01-01" in told
    assert "2020-12-31" in told
    assert talk.at == "funding.total"
    assert talk.form.project.end_date == datetime.date(2020, 12, 31)
    talk.say("/撤销")
    assert (talk.form.project.start_date, talk.form.project.end_date) == (None, None)
    assert talk.at == "project.start_date"


def test_the_whole_year_without_a_year_is_refused_with_a_way_out(talk: Talk) -> None:
    talk.go("project.start_date")
    reply = talk.say("全年")
    assert reply.refused
    assert "/去 年份" in texts(reply)
    assert reply.keep == "全年"


def test_a_sum_is_worked_out_shown_and_rounded(talk: Talk) -> None:
    talk.go("funding.total")
    told = texts(talk.say("1720元*12个月+6450元*12个月"))
    assert "项目总金额：9.8万元" in told
    assert "98040元 = 9.804万元，四舍五入为 9.8万元" in told
    assert talk.form.funding.total == Decimal("9.8")
    assert talk.session.origin("funding.total") == COMPUTED


def test_a_plain_amount_is_typed(talk: Talk) -> None:
    talk.go("funding.total")
    talk.say("24.63")
    assert talk.session.origin("funding.total") == TYPED


@pytest.mark.parametrize("text", ["1", "经常性项目", "经常", "jcx"])
def test_a_choice_by_number_words_or_initials(talk: Talk, text: str) -> None:
    talk.go("project.nature")
    assert talk.question.choices == ("经常性项目", "一次性项目", "阶段性项目")
    assert "经常性项目" in texts(talk.say(text), Role.ECHO)
    assert talk.form.project.nature == "经常性项目"


def test_a_choice_not_understood_is_offered_again_by_number(talk: Talk) -> None:
    talk.go("project.nature")
    assert talk.say("性").refused
    talk.say("2")
    assert talk.form.project.nature == "一次性项目"


@pytest.mark.parametrize(
    ("text", "value"), [("是", True), ("y", True), ("1", True), ("否", False), ("2", False), ("n", False)]
)
def test_yes_and_no(talk: Talk, text: str, value: bool) -> None:
    talk.go("project.procurement")
    assert talk.question.choices == ("是", "否")
    talk.say(text)
    assert talk.form.project.procurement is value


def test_yes_and_no_not_understood(talk: Talk) -> None:
    talk.go("project.procurement")
    reply = talk.say("大概吧")
    assert reply.refused
    assert talk.question.choices == ("是", "否")


@pytest.mark.parametrize("text", ["ydf", "30207", "邮电"])
def test_a_subject_by_initials_code_or_name(talk: Talk, text: str) -> None:
    talk.go("project.economic_subjects")
    assert "[30207]邮电费" in texts(talk.say(text), Role.ECHO)
    assert talk.form.project.economic_subjects == (Coded("30207", "邮电费"),)


def test_an_unknown_subject_is_taken_with_a_hint(talk: Talk) -> None:
    talk.go("project.economic_subjects")
    reply = talk.say("[30988]本地科目")
    assert not reply.refused
    assert "请自行核对" in texts(reply, Role.NOTE)
    assert talk.form.project.economic_subjects == (Coded("30988", "本地科目"),)


def test_several_subjects_that_fit_are_chosen_by_number(talk: Talk) -> None:
    talk.go("project.economic_subjects")
    reply = talk.say("补贴")
    assert reply.refused
    assert "序号" in texts(reply)
    choices = talk.question.choices
    assert len(choices) > 1
    talk.say("２")
    assert str(talk.form.project.economic_subjects[0]) == choices[1]


def test_choosing_one_subject_of_a_list_keeps_the_others(talk: Talk) -> None:
    talk.go("project.economic_subjects")
    talk.say("ydf, 补贴, 30211")
    talk.say("1")
    codes = [one.code for one in talk.form.project.economic_subjects]
    assert codes[0] == "30207"
    assert codes[-1] == "30211"
    assert len(codes) == 3


def test_candidates_are_gone_with_the_next_words(talk: Talk) -> None:
    talk.go("project.economic_subjects")
    talk.say("补贴")
    talk.say("火星旅行")
    assert talk.question.choices == ()
    talk.say("补贴")
    talk.go("project.filler")
    talk.go("project.economic_subjects")
    assert talk.question.choices == ()


@pytest.mark.parametrize("key", ["project.year", "project.start_date", "funding.total", "project.phone"])
def test_a_refused_answer_stays_in_the_input(talk: Talk, key: str) -> None:
    talk.go(key)
    reply = talk.say("二零二零？")
    assert reply.refused
    assert reply.keep == "二零二零？"
    assert talk.at == key


def test_a_search_that_finds_several_leaves_no_earlier_text_in_the_input(talk: Talk) -> None:
    talk.go("project.economic_subjects")
    talk.dialogue.leave_text("zhyy")
    talk.say("补贴")
    assert talk.question.choices
    assert talk.question.prefill == ""


def test_a_refused_answer_is_still_there_after_a_break(talk: Talk) -> None:
    talk.go("project.start_date")
    talk.say("某一天")
    assert talk.dialogue.session.typing_at("project.start_date") == "某一天"


def test_a_slash_word_alone_is_a_command_in_the_editor_too(talk: Talk) -> None:
    talk.go("narrative.overview")
    talk.dialogue.leave_text("/命")
    reply = talk.dialogue.answer(" /命令\n", literal=True)
    assert "/草拟" in texts(reply)
    assert talk.question.prefill == ""
    talk.dialogue.answer("/草拟 以外的话也照抄", literal=True)
    assert talk.form.narrative.overview == "/草拟 以外的话也照抄"


def test_a_field_that_is_not_there_says_where_all_are(talk: Talk) -> None:
    talk.go("project.start_date")
    assert "/全表" in texts(talk.say("把主管部门改成海澜市卫生健康局"))


def test_too_long_a_text_stays_in_the_input(talk: Talk) -> None:
    talk.go("project.name")
    text = "长" * 101
    reply = talk.say(text)
    assert reply.keep == text
    assert "多了1字" in texts(reply)


def test_control_characters_alone_are_nothing(talk: Talk) -> None:
    for key in ("project.name", "project.category", "project.economic_subjects", "产出目标/数量"):
        talk.go(key)
        talk.say("\u200b \x07")
        assert talk.at != key
    assert talk.form == type(talk.form)()


@pytest.mark.parametrize(
    "text",
    [
        "返回上一项",
        "跳到年度绩效目标",
        "把联系电话改成 5970000",
        "跳过",
        "退出",
        "撤销",
        "保存",
        "帮助",
        "back",
        "1",
        "是",
        "全年",
    ],
)
@pytest.mark.parametrize("key", ["project.name", "project.unit", "project.filler", "narrative.plan"])
def test_in_text_fields_words_are_text(talk: Talk, key: str, text: str) -> None:
    talk.go(key)
    reply = talk.say(text)
    assert not reply.refused
    assert not reply.leave
    assert talk.form.get(tuple(key.split("."))) == text
    assert talk.form.project.phone == ""


@pytest.mark.parametrize("key", ["project.name", "narrative.plan"])
def test_in_text_fields_slash_words_are_commands(talk: Talk, key: str) -> None:
    talk.go(key)
    assert "年度" in talk.say("/去 年度绩效目标").view + talk.question.title
    assert talk.form.get(tuple(key.split("."))) == ""


@pytest.mark.parametrize("text", ["/去 金额", "/退出 通道", "/不是命令", "//斜杠", "?", "？", "/"])
def test_long_text_editors_take_what_looks_like_a_command_as_text(talk: Talk, text: str) -> None:
    talk.go("narrative.overview")
    reply = talk.write(text)
    assert not reply.leave
    assert talk.form.narrative.overview == text


def test_text_of_several_lines_is_no_command(talk: Talk) -> None:
    talk.go("narrative.overview")
    talk.say("/去 金额\n第二行")
    assert talk.form.narrative.overview == "/去 金额\n第二行"


@pytest.mark.parametrize("text", ["//去 金额", "／／去 金额", " //去 金额"])
def test_two_slashes_begin_a_text(talk: Talk, text: str) -> None:
    talk.go("project.name")
    talk.say(text)
    assert talk.form.project.name in ("/去 金额", "／去 金额")


def test_a_mistyped_command_stays_and_is_explained(talk: Talk) -> None:
    talk.go("project.name")
    for text in ("/跳国", "/5号楼 改造", "/"):
        reply = talk.say(text)
        assert talk.form.project.name == ""
        assert reply.refused
        assert reply.keep == text
    assert talk.say("／去哪").keep == "/去 哪"
    reply = talk.say("/5号楼 改造")
    told = texts(reply)
    assert "//5号楼 改造" in told
    assert "/跳过" in texts(talk.say("/跳国"))
    talk.say("//5号楼 改造")
    assert talk.form.project.name == "/5号楼 改造"


def test_the_question_tells_its_kind_limit_and_skeleton(talk: Talk) -> None:
    question = talk.go("narrative.overview")
    assert question.mode is Mode.LONG
    assert question.limit == 4000
    assert "项目背景" in question.skeleton
    assert talk.go("narrative.plan").skeleton == ""
    assert talk.go("project.name").title.endswith("*")
    assert not talk.go("project.unit").title.endswith("*")


def test_long_text_is_echoed_by_its_length(talk: Talk) -> None:
    talk.go("narrative.overview")
    assert "5 字" in texts(talk.write("一二\n三四"))


# --- text that was typed and not sent ---


@pytest.mark.parametrize("key", ["project.name", "narrative.overview", "funding.total", "产出目标/数量"])
def test_what_was_typed_stays_with_its_field(talk: Talk, key: str) -> None:
    talk.go(key)
    talk.dialogue.leave_text("写到一半")
    talk.say("/去 年份")
    assert talk.question.prefill == ""
    talk.go(key)
    assert talk.question.prefill == "写到一半"
    again = talk.again()
    again.go(key)
    assert again.question.prefill == "写到一半"


@pytest.mark.parametrize(
    "command",
    [
        "/上一步",
        "/跳过",
        "/去 年份",
        "/帮助",
        "/为什么",
        "/例子",
        "/命令",
        "/建议",
        "/保存",
        "/全表",
        "/草拟",
        "/撤销",
        "/重做",
        "/退出",
    ],
)
def test_no_command_eats_what_was_typed(talk: Talk, command: str) -> None:
    talk.say("2020")
    talk.go("project.name")
    talk.dialogue.leave_text("写到一半")
    talk.say(command)
    talk.go("project.year")
    talk.go("project.name")
    assert talk.question.prefill == "写到一半"


def test_the_answer_ends_what_was_typed(talk: Talk) -> None:
    talk.go("project.name")
    talk.dialogue.leave_text("写到一半")
    talk.say("热线")
    talk.go("project.name")
    assert talk.question.prefill == "热线"
    talk.dialogue.leave_text("热线改到一半")
    talk.go("project.year")
    talk.go("project.name")
    assert talk.question.prefill == "热线改到一半"


def test_clearing_ends_what_was_typed(talk: Talk) -> None:
    talk.go("project.name")
    talk.dialogue.leave_text("写到一半")
    talk.say("/清空")
    assert talk.question.prefill == ""


def test_unchanged_text_is_not_kept(talk: Talk) -> None:
    talk.say("2020", "/上一步")
    talk.dialogue.leave_text("2020")
    assert talk.session.typing_at("project.year") == ""


def test_the_place_with_typed_text_is_where_to_go_on(talk: Talk) -> None:
    talk.say("2020", "社管中心")
    talk.go("project.unit")
    talk.dialogue.leave_text("社管中心改")
    again = talk.again()
    assert again.at == "project.unit"
    assert again.question.prefill == "社管中心改"


@pytest.mark.parametrize("key", ["project.year", "project.name", "narrative.overview"])
def test_a_whole_form_pasted_at_a_question_is_sent_to_the_import(talk: Talk, key: str) -> None:
    page = "\n".join(f"{one.spec.label}*：\t甲" for one in fields())
    talk.go(key)
    reply = talk.say(page)
    assert "像一整张表" in texts(reply)
    assert reply.keep == page
    assert talk.form == Declaration()


def test_the_way_to_the_import_is_told_as_the_face_has_it(talk: Talk) -> None:
    page = "\n".join(f"{one.spec.label}：甲" for one in fields())
    assert "/退出 回主屏" in texts(talk.say(page))
    talk.dialogue.names_keys = True
    keymap.choose({"home.import": "f12"})
    try:
        assert "按 F12 再按 F6" in texts(talk.say(page))
    finally:
        keymap.choose({})


def test_a_narrative_may_name_other_fields(talk: Talk) -> None:
    talk.go("narrative.overview")
    talk.say("详见项目立项依据和年度绩效目标。")
    assert talk.form.narrative.overview == "详见项目立项依据和年度绩效目标。"


def test_text_typed_for_one_question_is_not_kept_for_another(talk: Talk) -> None:
    """A step back in another view leads the dialogue elsewhere while the input still holds what was typed before."""
    talk.say("2021", "水源保护站")
    asked = talk.dialogue.question()
    talk.dialogue.leave_text("巡查", asked)
    assert talk.session.typing_at("project.name") == "巡查"
    talk.dialogue.command("undo")
    assert talk.dialogue.question().key == "project.unit"
    talk.dialogue.leave_text("巡查设备", asked)
    assert talk.session.typing_at("project.unit") == ""
    assert talk.session.typing_at("project.name") == "巡查"


@pytest.mark.parametrize(("typed", "asked"), [("3亿", False), ("1.2亿元+1.8亿元", False), ("30000", True)])
def test_who_names_the_unit_is_not_asked_whether_it_is_another(talk: Talk, typed: str, asked: bool) -> None:
    talk.go("funding.total")
    assert not talk.say(typed).refused
    assert talk.form.funding.total == 30000
    assert any("如果是元" in one for one in talk.dialogue.remarks("funding.total")) == asked
