"""Back, jump, skip and quit are never blocked; old text is offered again; the place to go on is remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.fakes import QUANTITY, Talk, on_disk, texts
from tui.dialogue import DONE_KEY, Mode, Role

EVERYWHERE = [
    "project.year", "project.name", "project.category", "project.nature", "project.economic_subjects", "project.phone",
    "project.start_date", "funding.total", "project.procurement", "narrative.overview", "产出目标/数量", "效果目标/满意度",
]  # fmt: skip


@pytest.mark.parametrize("key", EVERYWHERE)
@pytest.mark.parametrize("bad", ["完全看不懂的 @@ 内容", ""])
def test_going_away_is_never_blocked(talk: Talk, key: str, bad: str) -> None:
    """Whatever was typed and refused before, and whatever was never answered."""
    for command in ("/上一步", "/跳过", "/去 填报人", "/全表", "/保存", "/退出"):
        talk.go(key)
        if bad and not talk.say(bad).refused:
            talk.go(key)
        talk.say("@")
        if talk.question.mode is Mode.TARGET:
            talk.say("")
        talk.go(key)
        reply = talk.say(command)
        assert not reply.refused, texts(reply)
        if command == "/退出":
            assert reply.leave
        elif command == "/全表":
            assert reply.view == "overview"
        elif command == "/去 填报人":
            assert talk.at == "project.filler"
        elif command != "/保存" and key != "project.year":
            assert talk.at != key


def test_back_walks_the_way_that_was_gone(talk: Talk) -> None:
    talk.say("2020", "社管中心", "热线")
    talk.say("/去 联系电话")
    assert talk.at == "project.phone"
    keys = []
    for _ in range(4):
        talk.say("/上一步")
        keys.append(talk.at)
    assert keys == ["project.category", "project.name", "project.unit", "project.year"]
    assert "第一项" in texts(talk.say("/上一步"))
    assert talk.at == "project.year"


def test_back_after_a_new_start_follows_the_form(talk: Talk) -> None:
    talk.say("2020", "社管中心", "热线")
    again = talk.again()
    again.say("/上一步")
    assert again.at == "project.name"
    again.say("/上一步")
    assert again.at == "project.unit"


def test_a_revisited_field_offers_its_old_text(talk: Talk) -> None:
    talk.say("2020", "社管中心", "热线")
    talk.say("/上一步")
    assert talk.question.prefill == "热线"
    talk.say("热线线路租用费")
    assert talk.form.project.name == "热线线路租用费"
    assert talk.at == "project.category"


@pytest.mark.parametrize(
    ("key", "typed", "shown"),
    [
        ("project.year", "２０２０年", "2020"),
        ("project.category", "003 其他", "[003]其他"),
        ("project.economic_subjects", "ydf，zlf", "[30207]邮电费, [30214]租赁费"),
        ("project.procurement", "y", "是"),
        ("project.start_date", "2020-3-1", "2020-03-01"),
        ("funding.total", "1720元*12个月", "2.06"),
        ("narrative.plan", "一\n二", "一\n二"),
    ],
)
def test_enter_on_the_old_text_keeps_it_and_is_no_step(talk: Talk, key: str, typed: str, shown: str) -> None:
    talk.go(key)
    talk.write(typed)
    held = talk.form
    talk.go(key)
    assert talk.question.prefill == shown
    reply = talk.write(shown)
    assert not reply.refused
    assert talk.form == held
    assert talk.at != key
    talk.say("/撤销")
    assert talk.at == key
    assert talk.question.prefill == ""


def test_even_a_value_that_no_parser_takes_can_be_kept(talk: Talk) -> None:
    talk.session.edit(("project", "phone"), "见通讯录", "imported")
    talk.go("project.phone")
    reply = talk.say(talk.question.prefill)
    assert not reply.refused
    assert talk.form.project.phone == "见通讯录"
    assert talk.at != "project.phone"


def test_empty_text_keeps_the_answer_and_clear_empties_it(talk: Talk) -> None:
    talk.go("project.unit")
    talk.say("社管中心")
    talk.go("project.unit")
    talk.say("")
    assert talk.form.project.unit == "社管中心"
    talk.go("project.unit")
    reply = talk.say("/清空")
    assert "已清空" in texts(reply)
    assert talk.form.project.unit == ""
    assert talk.at == "project.unit"
    talk.say("/撤销")
    assert talk.form.project.unit == "社管中心"


def test_a_jump_comes_back_after_its_answer(talk: Talk) -> None:
    talk.say("2020", "社管中心")
    talk.say("/去 联系电话")
    talk.say("5550123")
    assert talk.at == "project.name"


def test_a_jump_comes_back_after_a_skip(talk: Talk) -> None:
    talk.say("2020")
    talk.say("/去 联系电话", "/跳过")
    assert talk.at == "project.unit"


def test_a_jump_from_a_jump_comes_back_to_the_first_question(talk: Talk) -> None:
    talk.say("2020")
    talk.say("/去 联系电话", "/去 填报人", "方小禾")
    assert talk.at == "project.unit"


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("项目名称", "project.name"),
        ("xmmc", "project.name"),
        ("XMMC", "project.name"),
        ("项目名称*：", "project.name"),
        ("“联系电话”", "project.phone"),
        ("电话", "project.phone"),
        ("金额", "funding.total"),
        ("年度目标", "narrative.annual_goal"),
        ("概况", "narrative.overview"),
        ("数量", "产出目标/数量"),
        ("产出目标›数量", "产出目标/数量"),
        ("满意度", "效果目标/满意度"),
        ("myd", "效果目标/满意度"),
        ("政府采购", "project.procurement"),
    ],
)
def test_places_by_name_alias_part_or_initials(talk: Talk, query: str, key: str) -> None:
    talk.say(f"/去 {query}")
    assert talk.at == key


@pytest.mark.parametrize(
    "text",
    ["/去金额", "／去 金额", "/去　金额", "/跳到 金额", "/改 金额", "/go 金额", "/GO 金额", "/g xmzje", " /去 金额 "],
)
def test_ways_to_write_a_jump(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.at == "funding.total"


def test_other_places_that_fit_are_named(talk: Talk) -> None:
    reply = talk.say("/去 金额")
    assert "本年度预算申请金额" in texts(reply)


def test_a_place_that_there_is_not_moves_nothing(talk: Talk) -> None:
    reply = talk.say("/去 火星")
    assert reply.refused
    assert "/全表" in texts(reply)
    assert talk.at == "project.year"


def test_jump_without_a_name_asks_for_the_overview(talk: Talk) -> None:
    assert talk.say("/去").view == "overview"


def test_jump_to_where_one_is_changes_nothing(talk: Talk) -> None:
    talk.say("2020")
    talk.say("/去 预算单位")
    assert talk.at == "project.unit"
    talk.say("社管中心")
    assert talk.at == "project.name"


def test_a_skipped_field_is_not_asked_again_by_itself_but_can_be_visited(talk: Talk) -> None:
    talk.say("2020", "/跳过", "热线")
    assert talk.session.skipped("project.unit")
    assert talk.again().at == "project.category"
    talk.say("/去 预算单位", "社管中心")
    assert talk.form.project.unit == "社管中心"
    assert not talk.session.skipped("project.unit")


def test_skipping_an_answered_field_leaves_it(talk: Talk) -> None:
    talk.say("2020", "/上一步", "/跳过")
    assert talk.form.project.year == 2020
    assert not talk.session.skipped("project.year")
    assert talk.at == "project.unit"


def test_quitting_saves_and_says_so(talk: Talk) -> None:
    talk.say("2020")
    reply = talk.say("/退出")
    assert reply.leave
    assert "已存好" in texts(reply)
    assert on_disk(talk.session.path) == talk.session.record


def test_quitting_at_once_leaves_nothing_behind(talk: Talk) -> None:
    assert talk.say("/q").leave
    talk.session.close()
    assert not talk.store.folder.exists()


# --- going on ---


def test_the_place_is_where_one_was(talk: Talk) -> None:
    talk.say("2020")
    talk.say("/去 金额")
    assert talk.again().at == "funding.total"


@pytest.mark.parametrize("rows", [0, 1])
def test_the_place_is_the_slot_one_was_at(talk: Talk, rows: int) -> None:
    talk.say("2020")
    talk.go(QUANTITY)
    talk.say(*["1"] * rows)
    again = talk.again()
    assert again.at == "产出目标/数量"
    assert len(again.question.rows) == rows


def test_an_answered_place_is_not_asked_again(talk: Talk) -> None:
    talk.say("2020", "社管中心", "/去 年份")
    assert talk.again().at == "project.name"


def test_the_end_is_remembered(talk: Talk) -> None:
    while talk.at != DONE_KEY:
        talk.say("1" if talk.at == "/".join(QUANTITY) and not talk.rows else "")
    assert talk.again().at == DONE_KEY
    talk.say("/去 年份", "2020")
    assert talk.at == DONE_KEY


# --- the end ---


@pytest.fixture
def done(talk: Talk) -> Talk:
    while talk.at != DONE_KEY:
        talk.say("")
    return talk


def test_at_the_end_enter_leaves_and_other_text_stays(done: Talk) -> None:
    reply = done.say("再想想")
    assert reply.refused
    assert reply.keep == "再想想"
    assert "/去" in texts(reply)
    assert done.say("").leave


@pytest.mark.parametrize("text", ["返回上一项", "跳到年度绩效目标", "/去 年度绩效目标", "/上一步"])
def test_at_the_end_commands_and_sentences_work(done: Talk, text: str) -> None:
    assert not done.say(text).refused
    assert done.at != DONE_KEY


def test_at_the_end_skip_says_so(done: Talk) -> None:
    assert "最后" in texts(done.say("/跳过"))


# --- a disk that does not play along ---


@pytest.fixture
def full(talk: Talk, fill_disk: Callable[[], None]) -> None:
    fill_disk()


@pytest.mark.usefixtures("full")
def test_every_answer_says_that_it_is_not_on_disk_and_the_questions_go_on(talk: Talk) -> None:
    for text in ("2020", "社管中心", "热线"):
        assert "没有存到磁盘：磁盘已满" in texts(talk.say(text), Role.ERROR)
    assert talk.at == "project.category"
    assert "没有存到磁盘" in texts(talk.say("/撤销"))
    assert "没有存到磁盘" in texts(talk.say("/保存"))
    assert "已存" not in texts(talk.say("/保存"))


@pytest.mark.usefixtures("full")
def test_quitting_with_unsaved_answers_asks_once_more(talk: Talk) -> None:
    talk.say("2020")
    reply = talk.say("/退出")
    assert not reply.leave
    assert "再退出一次" in texts(reply)
    assert "已存好" not in texts(reply)
    assert talk.say("/退出").leave


def test_a_copy_of_a_persons_file_is_told(talk: Talk) -> None:
    talk.say("2020")
    talk.session.close()
    path = talk.session.path
    path.write_text("# 注释\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    again = talk.again()
    told = texts(again.say("社管中心"))
    assert "注释" in told
    assert ".tianbiao/trash" in told
    assert "注释" not in texts(again.say("热线"))


def test_dates_of_last_year_move_along(talk: Talk) -> None:
    talk.say("2020", "社管中心")
    talk.go("project.start_date")
    talk.say("全年")
    talk.session.close()
    new = Talk(talk.store, suggester=talk.suggester)
    new.say("2021")
    new.go("project.start_date")
    assert new.question.default == "2021-01-01"
    new.say("", "")
    assert new.form.project.end_date == date(2021, 12, 31)
    assert new.question.mode is Mode.LINE
