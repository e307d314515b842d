"""The quick draft and the composed texts: proposals accepted one by one or in a run, then edited."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.marks import SKIPPED, SUGGESTED, row_key
from domain.model import Declaration
from suggest.types import Proposal
from tests.fakes import QUALITY, QUANTITY, Talk, suggestion, texts
from tui.dialogue import Mode

NAME = Proposal(("project", "name"), "热线线路租用费", "第一行像是名称")
TOTAL = Proposal(("funding", "total"), "24.63万元", "文中写着24.63万元")
BUYING = Proposal(("project", "procurement"), "否", "没有写到采购")
ROW = Proposal(("indicators",), "租用光纤数 =147条", "文中写着147条", suggestion(QUANTITY, "租用光纤数", "=147条"))
SATISFACTION = ("效果目标", "满意度")
SECOND = Proposal(("indicators",), "线路可用率 >=99%", "常用", suggestion(QUALITY, "线路可用率", ">=99%"))
PLAN = Proposal(("narrative", "plan"), "1月签合同\n12月付款", "文中写着两个月份")
TEXT = "热线线路租用费\n租用147条光纤，共24.63万元。"


@pytest.fixture
def draft(talk: Talk) -> Talk:
    """A description was pasted; the first proposal is on screen."""
    talk.suggester.proposals = (NAME, TOTAL, BUYING, ROW, PLAN)
    talk.say("2020", "/草拟")
    assert talk.question.mode is Mode.PASTE
    assert "5 处" in texts(talk.write(TEXT))
    return talk


def test_the_text_reaches_the_engine_clean_and_whole(draft: Talk) -> None:
    assert draft.suggester.pasted == TEXT


def test_text_after_the_command_is_the_description(talk: Talk) -> None:
    talk.suggester.proposals = (NAME,)
    talk.say("/草拟 热线线路租用费")
    assert talk.suggester.pasted == "热线线路租用费"
    assert talk.question.mode is Mode.PROPOSAL


def test_a_proposal_tells_place_text_and_reason(draft: Talk) -> None:
    question = draft.question
    assert question.mode is Mode.PROPOSAL
    assert "1/5" in question.title
    assert "项目名称" in question.title
    assert "热线线路租用费" in question.ask
    assert "第一行像是名称" in question.ask
    assert "Enter 采纳" in question.note


@pytest.mark.parametrize("text", ["", "y", "是", "好", "采纳", "YES", "要"])
def test_accepting_one(draft: Talk, text: str) -> None:
    told = texts(draft.say(text))
    assert draft.form.project.name == "热线线路租用费"
    assert "（建议）" in told
    assert draft.session.origin("project.name") == SUGGESTED
    assert "2/5" in draft.question.title


@pytest.mark.parametrize("text", ["n", "不要", "否", "no", "N"])
def test_rejecting_one(draft: Talk, text: str) -> None:
    assert "不采纳" in texts(draft.say(text))
    assert draft.form.project.name == ""
    assert "2/5" in draft.question.title


@pytest.mark.parametrize(
    ("text", "value"), [("", False), ("否", False), ("是", True), ("y", True), ("n", None), ("不要", None)]
)
def test_yes_and_no_answer_a_question_of_yes_or_no(draft: Talk, text: str, value: bool | None) -> None:
    draft.say("", "", text)
    assert draft.form.project.procurement is value
    assert "4/5" in draft.question.title


def test_what_was_computed_of_an_amount_is_said(draft: Talk) -> None:
    draft.say("")
    told = texts(draft.say("1720元*12个月"))
    assert "项目总金额：2.06万元（建议）" in told
    assert "20640元" in told


def test_ones_own_words_instead(draft: Talk) -> None:
    draft.say("热线租线费", "1720元*12个月")
    assert draft.form.project.name == "热线租线费"
    assert draft.form.funding.total == Decimal("2.06")
    draft.say("", "租用光纤数 =150条")
    assert draft.rows == [("租用光纤数", "=150条")]


def test_the_name_that_was_taken_counts_and_undo_takes_it_back(draft: Talk) -> None:
    draft.say("", "", "", "光纤租用条数 =150条")
    assert draft.suggester.learned == [("光纤租用条数", True)]
    draft.dialogue.command("undo")
    assert draft.suggester.learned == []


def test_ones_own_words_refused_stay(draft: Talk) -> None:
    draft.say("")
    reply = draft.say("很多钱")
    assert reply.refused
    assert reply.keep == "很多钱"
    assert "2/5" in draft.question.title


@pytest.mark.parametrize("text", ["a", "全部", "全部采纳", "A"])
def test_accepting_all_the_rest(draft: Talk, text: str) -> None:
    draft.say("n")
    told = texts(draft.say(text))
    assert "采纳了 4 条" in told
    assert draft.form.project.name == ""
    assert draft.form.funding.total == Decimal("24.63")
    assert draft.form.project.procurement is False
    assert draft.form.narrative.plan == "1月签合同\n12月付款"
    assert draft.rows == [("租用光纤数", "=147条")]
    assert draft.session.origin(row_key(draft.form.indicators[0])) == SUGGESTED
    assert draft.suggester.learned == [("租用光纤数", True)]
    assert draft.at == "project.unit"


@pytest.mark.parametrize("text", ["q", "停", "算了"])
def test_stopping(draft: Talk, text: str) -> None:
    draft.say("")
    assert "采纳了 1 条" in texts(draft.say(text))
    assert draft.at == "project.unit"
    assert draft.form.funding.total is None


def test_back_leaves_the_draft(draft: Talk) -> None:
    draft.say("", "/上一步")
    assert draft.at == "project.unit"
    assert draft.form.project.name == "热线线路租用费"


def test_skip_rejects(draft: Talk) -> None:
    draft.say("/跳过")
    assert draft.form.project.name == ""
    assert "2/5" in draft.question.title


def test_the_last_proposal_ends_the_draft_where_it_began(draft: Talk) -> None:
    draft.say("", "", "", "", "")
    assert draft.at == "project.unit"


def test_a_rejected_indicator_teaches_the_engine(draft: Talk) -> None:
    draft.say("", "", "", "n")
    assert draft.suggester.learned == [("租用光纤数", False)]


def test_undo_takes_back_one_answer_and_the_draft_goes_on(draft: Talk) -> None:
    draft.say("", "")
    assert "已撤销" in texts(draft.say("/撤销"))
    assert draft.form.funding.total is None
    assert "3/5" in draft.question.title
    draft.say("a")
    assert draft.rows == [("租用光纤数", "=147条")]


def test_accepted_in_a_run_is_undone_step_by_step(draft: Talk) -> None:
    draft.say("a")
    for _ in range(5):
        draft.say("/撤销")
    assert draft.form == Declaration().replace(("project", "year"), 2020)


def test_what_was_answered_is_not_proposed(talk: Talk) -> None:
    talk.suggester.proposals = (NAME, TOTAL, ROW)
    talk.go("project.name")
    talk.say("我的名称")
    talk.go(QUANTITY)
    talk.say("1")
    talk.say("/草拟 热线")
    assert "项目总金额" in talk.question.title
    talk.say("a")
    assert talk.form.project.name == "我的名称"
    assert talk.rows == [("租用光纤数", "=147条")]


def test_nothing_found_says_what_to_write(talk: Talk) -> None:
    told = texts(talk.say("/草拟 甲乙丙"))
    assert "多少" in told
    assert talk.at == "project.year"


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_nothing_pasted(talk: Talk, text: str) -> None:
    talk.say("/草拟")
    assert "不草拟" in texts(talk.write(text))
    assert talk.at == "project.year"


def test_a_description_not_sent_is_kept(talk: Talk) -> None:
    talk.say("2020", "/草拟")
    talk.dialogue.leave_text(TEXT)
    talk.say("/去 年份", "/草拟")
    assert talk.question.prefill == TEXT
    again = talk.again()
    again.say("/草拟")
    assert again.question.prefill == TEXT
    again.suggester.proposals = (NAME,)
    again.write(TEXT)
    again.say("n", "/草拟")
    assert again.question.prefill == ""


def test_commands_work_during_the_draft(draft: Talk) -> None:
    for command in ("/帮助", "/命令", "/保存", "/概览", "?"):
        assert not draft.say(command).refused
        assert draft.question.mode is Mode.PROPOSAL
    assert draft.say("/退出").leave


# --- composed texts ---


def test_the_goal_is_composed_then_edited(talk: Talk) -> None:
    talk.say("2020")
    talk.go(QUANTITY)
    talk.say("1", "3")
    talk.say("/拟目标")
    assert talk.at == "narrative.annual_goal"
    text = talk.question.prefill
    assert text == "2020年，租用光纤147条，话务专线2条。"
    assert talk.form.narrative.annual_goal == ""
    talk.write(text.replace("租用", "新租用"))
    assert talk.form.narrative.annual_goal == "2020年，新租用光纤147条，话务专线2条。"
    assert talk.at == "/".join(QUANTITY)


def test_the_goal_is_put_below_what_stands_there(talk: Talk) -> None:
    talk.go("narrative.annual_goal")
    talk.write("原来的目标")
    talk.go(QUANTITY)
    talk.say("1", "/拟目标")
    assert talk.question.prefill == "原来的目标\n本年度，租用光纤147条。"
    talk.write(talk.question.prefill)
    talk.say("/拟目标")
    assert talk.question.prefill == "原来的目标\n本年度，租用光纤147条。"


def test_without_indicators_there_is_no_goal_yet(talk: Talk) -> None:
    reply = talk.say("/拟目标")
    assert "先选几条指标" in texts(reply)
    assert talk.at == "project.year"


def test_the_calculation_is_composed_from_the_sums(talk: Talk) -> None:
    talk.go("narrative.overview")
    talk.write("宽带费1720元*12个月，专线费6450元*12个月")
    talk.say("/拟测算")
    assert talk.at == "narrative.remarks"
    assert talk.question.prefill.endswith("合计98040元，即9.804万元。")
    talk.write(talk.question.prefill)
    assert "20640元" in talk.form.narrative.remarks


def test_without_sums_there_is_no_calculation_yet(talk: Talk) -> None:
    assert "1720元*12个月" in texts(talk.say("/拟测算"))
    assert talk.at == "project.year"


def test_jumping_away_and_answering_comes_back_to_what_is_still_proposed(draft: Talk) -> None:
    draft.say("y")
    draft.say("/去 联系电话")
    assert draft.at == "project.phone"
    draft.say("5970000")
    assert draft.question.mode is Mode.PROPOSAL
    assert "2/5" in draft.question.title
    draft.say("a")
    assert draft.form.funding.total == Decimal("24.63")
    assert draft.rows == [("租用光纤数", "=147条")]


def test_what_was_answered_on_the_way_is_no_longer_proposed(draft: Talk) -> None:
    draft.say("/去 项目名称", "我起的名字")
    assert draft.question.mode is Mode.PROPOSAL
    assert "项目名称" not in draft.question.title
    draft.say("a")
    assert draft.form.project.name == "我起的名字"


def test_a_draft_jumped_away_from_goes_on_with_the_command(draft: Talk) -> None:
    draft.dialogue.goto("project.phone", come_back=False)
    draft.say("5970000")
    assert "建议 " not in draft.question.title
    draft.say("/草拟")
    assert "建议 " in draft.question.title
    draft.say("q")
    draft.say("/草拟")
    assert draft.question.mode is Mode.PASTE


def test_a_draft_with_nothing_left_is_over(draft: Talk) -> None:
    draft.suggester.proposals = ()
    draft.say("y", "y", "n", "n")
    draft.say("/去 项目实施计划")
    assert draft.at == "narrative.plan"
    draft.write("自己写的计划")
    assert draft.question.mode not in (Mode.PROPOSAL, Mode.PASTE)


def test_the_whole_table_is_proposed_from_what_is_filled(talk: Talk) -> None:
    talk.suggester.proposals = (NAME, ROW, SECOND)
    told = texts(talk.say("2020", "/去 数量", "/拟指标"))
    assert "拟出 2 条指标" in told  # the name is no indicator
    assert talk.suggester.pasted == ""
    talk.say("", "n")
    assert [row.name for row in talk.form.indicators] == ["租用光纤数"]


def test_after_the_table_the_slots_usually_empty_are_passed_over_in_one_step(talk: Talk) -> None:
    talk.suggester.proposals = (ROW,)
    talk.suggester.seldom = (SATISFACTION,)
    told = texts(talk.say("2020", "/去 数量", "/拟指标", ""))
    assert "先略过：满意度" in told
    assert set(talk.session.record.marks(SKIPPED)) == {"效果目标/满意度"}
    assert talk.question.title == "产出目标›质量"  # such projects fill it, so it is still asked
    talk.say("/撤销")
    assert not talk.session.record.marks(SKIPPED)


@pytest.mark.parametrize("leave", ["q", "/上一步"])
def test_a_table_left_in_the_middle_passes_nothing_over(talk: Talk, leave: str) -> None:
    talk.suggester.proposals = (ROW, SECOND)
    talk.say("2020", "/去 数量", "/拟指标", leave)
    assert not talk.session.record.marks(SKIPPED)


def test_a_target_typed_at_a_proposed_row_keeps_its_name(talk: Talk) -> None:
    talk.suggester.proposals = (ROW, SECOND)
    talk.say("2020", "/去 数量", "/拟指标", "=150条")
    assert [(row.name, row.target) for row in talk.form.indicators] == [("租用光纤数", "=150条")]


def test_without_anything_to_propose_the_table_stays(talk: Talk) -> None:
    assert "拟不出" in texts(talk.say("2020", "/去 数量", "/拟指标"))
    assert talk.question.mode is Mode.SLOT
