"""What others do to the record, in the conversation: asked once, answered by number or word, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.records.locks import Owner
from domain.records.store import Store
from tests.domain.records.programs import edit
from tests.fakes import FakeSuggester, Talk, on_disk, texts
from tui.dialogue import Mode, Role
from tui.dialogue.outside import CHANGING, MEANWHILE, excerpts
from tui.session import Session


@pytest.fixture
def held(talk: Talk, other: Owner, suggester: FakeSuggester) -> Talk:
    """A talk about a record that another program has open."""
    talk.say("2020", "社管中心", "热线")
    talk.session.close()
    theirs = Store(talk.store.folder, other)
    Session(theirs, theirs.open(talk.session.path))
    return Talk(Store(talk.store.folder), talk.session.path, suggester)


def theirs(talk: Talk, other: Owner) -> Session:
    store = Store(talk.store.folder, other)
    return Session(store, store.open(talk.session.path))


# --- somebody has it ---


def test_it_is_asked_what_to_do(held: Talk) -> None:
    question = held.question
    assert (question.mode, len(question.choices)) == (Mode.CHOICE, 3)
    assert "张三" in question.ask
    assert "进程" in question.ask


@pytest.mark.parametrize("answer", ["1", "１", "只看", "看"])
def test_looking_goes_through_the_form_and_takes_no_answer(held: Talk, answer: str) -> None:
    held.say(answer)
    before = held.session.path.read_bytes()
    held.go("project.year")
    assert "只看" in held.question.note
    seen = []
    while held.at != "完成":
        seen.append(held.at)
        held.say("")
    assert len(seen) > 30
    assert seen[:3] == ["project.year", "project.unit", "project.name"]
    held.go("project.unit")
    reply = held.say("别的单位")
    assert reply.keep == "别的单位"
    assert "没有改" in texts(reply, Role.ERROR)
    assert held.form.project.unit == "社管中心"
    assert held.say("社管中心").messages == ()  # the text that stands there is no change
    assert held.session.path.read_bytes() == before


def test_only_looking_no_command_changes_anything(held: Talk) -> None:
    held.say("1")
    before = held.session.record
    for command in sorted(CHANGING):
        assert "没有改" in texts(held.dialogue.command(command, "1"), Role.ERROR)
    for command in ("skip", "back", "save", "go"):
        held.dialogue.command(command, "金额")
    held.dialogue.goto("产出目标/数量")
    assert held.dialogue.pick(held.suggester.offers["产出目标", "数量"][0]).refused
    assert held.session.record == before


def test_looking_names_the_key_that_goes_on_from_a_long_text(held: Talk) -> None:
    held.say("1")
    held.go("narrative.plan")
    assert held.question.note.endswith("回车看下一项")
    held.dialogue.names_keys = True
    assert held.question.note.endswith("F9看下一项")


def test_text_typed_while_looking_is_refused_as_often_as_it_is_sent(held: Talk) -> None:
    held.say("1")
    held.go("narrative.plan")
    for _ in range(2):
        held.dialogue.leave_text("另写的")
        assert held.write("另写的").keep == "另写的"
        assert held.at == "narrative.plan"


def test_the_table_can_be_looked_at_and_what_comes_after_the_last_question(held: Talk) -> None:
    held.say("1")
    assert held.dialogue.command("table").view == "table"
    held.go("完成")
    assert held.say("2").view == "export"


def test_taking_over_goes_on_where_the_filer_was(held: Talk, other: Owner) -> None:
    told = texts(held.say("2"))
    assert "张三" in told
    assert held.at == "project.category"
    held.go("project.phone")
    held.say("5970000")
    assert on_disk(held.session.path).declaration.project.phone == "5970000"


def test_it_can_be_taken_over_later(held: Talk) -> None:
    held.say("1")
    held.say("/接手")
    assert held.session.read_only == ""
    assert "不用接手" in texts(held.say("/接手"))


def test_going_back_leaves(held: Talk) -> None:
    assert held.say("3").leave


@pytest.mark.parametrize("answer", ["", "4", "0", "算了吧", "/去 金额", "/跳过", "/上一步"])
def test_anything_else_is_asked_again_and_kept(held: Talk, answer: str) -> None:
    reply = held.say(answer)
    assert reply.refused
    assert held.question.mode is Mode.CHOICE


@pytest.mark.parametrize("command", sorted(MEANWHILE - {"takeover", "quit"}))
def test_looking_around_is_possible_meanwhile(held: Talk, command: str) -> None:
    assert not held.dialogue.command(command).refused
    assert held.question.mode is Mode.CHOICE


def test_leaving_is_possible_meanwhile(held: Talk) -> None:
    assert held.dialogue.command("quit").leave


def test_a_record_taken_in_mid_work_is_asked_about_and_taken_back(talk: Talk, other: Owner) -> None:
    talk.say("2020", "社管中心")
    session = theirs(talk, other)
    session.take_over()
    session.edit(("project", "phone"), "5970000")
    told = texts(talk.say("热线"))
    assert "张三" in told
    assert "热线" in told
    assert talk.question.mode is Mode.CHOICE
    talk.say("2")
    assert (talk.form.project.name, talk.form.project.phone) == ("热线", "5970000")
    assert on_disk(talk.session.path).declaration == talk.form


# --- its file was changed ---


def test_a_merge_is_told_and_undone(talk: Talk) -> None:
    talk.say("2020", "社管中心")
    edit(talk.session.path, "社管中心", "治理中心")
    told = texts(talk.say("热线"))
    assert "预算单位" in told
    assert talk.form.project.unit == "治理中心"
    talk.say("/撤销")
    assert talk.form.project.unit == "社管中心"


@pytest.mark.parametrize(("answer", "unit"), [("1", "这里"), ("我的", "这里"), ("2", "那里"), ("文件里的", "那里")])
def test_a_field_that_both_changed_is_asked_about(talk: Talk, answer: str, unit: str) -> None:
    talk.say("2020", "社管中心")
    talk.go("project.unit")
    edit(talk.session.path, "社管中心", "那里")
    talk.say("这里")
    question = talk.question
    assert question.title == "两边都改了：预算单位"
    assert question.ask == "我的：这里\n文件里的：那里"
    assert len(question.choices) == 2
    assert talk.say("3").refused
    assert talk.dialogue.command("skip").refused
    assert talk.say("/帮助").messages
    talk.say(answer)
    assert talk.question.mode is not Mode.CHOICE
    assert talk.form.project.unit == on_disk(talk.session.path).declaration.project.unit == unit


def test_of_a_long_text_both_can_be_kept(talk: Talk) -> None:
    talk.say("2020")
    talk.go("narrative.overview")
    talk.write("原来的")
    talk.go("narrative.overview")
    edit(talk.session.path, "原来的", "那里的")
    talk.write("这里的")
    assert len(talk.question.choices) == 3
    talk.say("3")
    assert talk.form.narrative.overview == "这里的\n那里的"


def test_after_a_new_start_it_is_asked_again(talk: Talk) -> None:
    talk.say("2020", "社管中心")
    talk.go("project.unit")
    edit(talk.session.path, "社管中心", "那里")
    talk.say("这里")
    again = talk.again()
    assert again.question.ask == "我的：这里\n文件里的：那里"
    again.say("2")
    assert on_disk(again.session.path).declaration.project.unit == "那里"


def test_long_texts_are_shown_where_they_differ() -> None:
    same = "一样的话。" * 100
    mine, theirs = excerpts(f"{same}我的{same}", f"{same}他的{same}")
    assert "我的" in mine
    assert "他的" in theirs
    assert len(mine) < 200
    assert excerpts("短", "长") == ("短", "长")


# --- others' files ---


def test_a_newer_record_is_only_looked_at(talk: Talk, talk_about: Callable[[Path], Talk]) -> None:
    talk.say("2020", "社管中心")
    talk.session.close()
    edit(talk.session.path, "schema_version = 1", "schema_version = 9")
    again = talk_about(talk.session.path)
    assert "较新版本" in again.question.note
    assert "接不了手" in texts(again.say("/接手"))
    assert again.say("热线").refused


# --- text that waits ---


def test_text_typed_at_a_target_is_kept_on_the_way_back(talk: Talk) -> None:
    talk.say("2020")
    talk.go(("产出目标", "数量"))
    talk.say("租用光纤数")
    assert talk.question.mode is Mode.TARGET
    talk.dialogue.leave_text("=14")
    talk.dialogue.command("back")
    assert talk.question.mode is Mode.SLOT
    talk.say("/编辑 1")
    assert talk.question.prefill == "=14"
    again = talk.again()
    assert (again.question.mode, again.question.prefill) == (Mode.TARGET, "=14")
    again.say("=147条")
    assert again.rows == [("租用光纤数", "=147条")]
    assert again.again().question.mode is Mode.SLOT


def test_a_command_in_the_making_is_no_answer_to_keep(talk: Talk) -> None:
    talk.say("2020")
    talk.dialogue.leave_text("/历")
    assert talk.session.typing_at("project.unit") == ""
