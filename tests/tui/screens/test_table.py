"""The indicator table: what is typed into a row, and that nothing typed there is lost or taken for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes import QUANTITY, Talk
from tui.screens.fill import FillPage
from tui.screens.table import TablePage

if TYPE_CHECKING:
    from tests.tui.screens.conftest import Show


def rows(talk: Talk) -> list[tuple[str, str]]:
    return [(row.name, row.target) for _, row in talk.form.rows(QUANTITY)]


@pytest.fixture
def counted(talk: Talk) -> Talk:
    talk.go("/".join(QUANTITY))
    return talk


async def test_it_begins_at_the_slot_in_question_with_those_before_in_sight(show: Show, talk: Talk) -> None:
    talk.go("投入与目标管理/资产管理")
    async with show(FillPage(talk.dialogue)) as seen:
        await seen.press("f6")
        await seen.shows("指标表｜")
        await seen.until(lambda: "投入与目标管理" in seen.lines[1])
        assert "资产管理" in seen.current


async def test_it_begins_at_the_first_row_of_the_slot_in_question(show: Show, counted: Talk) -> None:
    counted.say("学员数 =240人", "教材数 =300册", "")
    counted.say("合格率 >=95%")
    counted.go("/".join(QUANTITY))
    async with show(TablePage(counted.dialogue)) as seen:
        assert "学员数" in seen.current


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1", [("租用光纤数", "=147条")]),
        ("1 3", [("租用光纤数", "=147条"), ("话务专线数", "=2条")]),
        ("2 =5条", [("租用宽带数", "=5条")]),
        ("学员数 =240人", [("学员数", "=240人")]),
    ],
)
async def test_a_new_row_is_read_as_in_the_conversation(
    show: Show, counted: Talk, typed: str, expected: list[tuple[str, str]]
) -> None:
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.type(typed)
        await seen.press("enter")
        await seen.until(lambda: rows(counted) == expected)


async def test_what_initials_find_is_chosen_from_by_number(
    show: Show, counted: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = counted.suggester.offers[QUANTITY]
    monkeypatch.setattr(counted.suggester, "search", lambda *_: offered)
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.type("zy")
        await seen.press("enter")
        await seen.shows("首字母“zy”找到")
        assert rows(counted) == []
        await seen.type("2")
        await seen.press("enter")
        await seen.until(lambda: rows(counted) == [(offered[1].name, offered[1].target)])


async def test_a_number_without_a_suggestion_is_refused_and_stays_in_the_input(show: Show, counted: Talk) -> None:
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.type("9")
        for key in ("enter", "down", "f10"):
            await seen.press(key)
            await seen.shows("1 到 3 号建议")
            assert "> 9" in seen.lines
        await seen.press("ctrl+u", "f10")
        await seen.ended()
    assert rows(counted) == []


async def test_a_target_typed_on_a_row_is_its_target(show: Show, counted: Talk) -> None:
    counted.say("学员数 =240人")
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.type(">=250人")
        await seen.press("enter")
        await seen.until(lambda: rows(counted) == [("学员数", ">=250人")])


@pytest.mark.parametrize("typed", ["1 3", "9"])
async def test_a_row_keeps_its_name_where_no_other_is_written(show: Show, counted: Talk, typed: str) -> None:
    counted.say("学员数 =240人")
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.press("ctrl+u")
        await seen.type(typed)
        await seen.press("enter")
        await seen.shows("要有指标名称")
        await seen.shows("Ctrl+U 清空")
    assert rows(counted) == [("学员数", "=240人")]


async def test_a_row_that_would_be_too_long_stays_as_it_was(show: Show, counted: Talk) -> None:
    counted.say("学员数 =240人")
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.press("ctrl+u")
        await seen.type(f"{'长' * 101}数 =1人")
        await seen.press("enter")
        await seen.shows("指标名称最多100字，多了2字")
    assert rows(counted) == [("学员数", "=240人")]


async def test_a_number_typed_on_a_row_takes_the_suggestion_in_its_place(show: Show, counted: Talk) -> None:
    counted.say("学员数 =240人")
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.type("1")
        await seen.press("enter")
        await seen.until(lambda: rows(counted) == [("租用光纤数", "=147条")])
        await seen.press("ctrl+z")
        await seen.shows("已撤销")
    assert rows(counted) == [("学员数", "=240人")]


async def test_a_row_is_mended_at_its_end(show: Show, counted: Talk) -> None:
    counted.say("学员数 =240人")
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.press("end")
        await seen.type("次")
        await seen.press("enter")
        await seen.until(lambda: rows(counted) == [("学员数", "=240人次")])


@pytest.mark.parametrize("width", [60, 80])
async def test_a_refusal_is_told_whole_and_typed_over(show: Show, counted: Talk, width: int) -> None:
    async with show(TablePage(counted.dialogue), size=(width, 24)) as seen:
        await seen.type("9")
        await seen.press("enter")
        await seen.shows("要写名称请直接写")
        assert not any(line.endswith("…") for line in seen.lines if "号建议" in line)
        await seen.type("1")
        await seen.press("enter")
        await seen.until(lambda: rows(counted) == [("租用光纤数", "=147条")])


async def test_a_row_is_renamed_and_exchanged_for_a_suggestion(show: Show, counted: Talk) -> None:
    counted.say("学员数 =240人")
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.press("ctrl+u")
        await seen.type("学员人次 >=250人次")
        await seen.press("enter", "up", "ctrl+u")
        assert rows(counted) == [("学员人次", ">=250人次")]
        await seen.type("1")
        await seen.press("enter")
    assert rows(counted) == [("租用光纤数", "=147条")]


async def test_what_is_being_typed_outlives_a_resized_window(show: Show, counted: Talk) -> None:
    counted.say("学员数 =240人", "课时数 =30节")
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.type("学员人次 =2")
        for size in ((60, 20), (200, 50), (80, 24)):
            await seen.pilot.resize_terminal(*size)
            await seen.shows("> 学员人次 =2")
        await seen.type("50人次")
        await seen.press("enter")
        await seen.until(lambda: rows(counted)[0] == ("学员人次", "=250人次"))


async def test_a_row_half_typed_is_found_again_after_a_kill(show: Show, talk: Talk) -> None:
    talk.say("2026")
    talk.go("/".join(QUANTITY))
    page = TablePage(talk.dialogue)
    async with show(page) as seen:
        await seen.type("学员人次 =2")
        page.keep_draft()
        again = talk.again()
    assert (again.at, again.question.prefill) == ("/".join(QUANTITY), "学员人次 =2")
    async with show(TablePage(again.dialogue)) as seen:
        assert "> 学员人次 =2" in seen.lines
        await seen.press("down", "up")
        assert rows(again) == []  # looked at only
        await seen.type("50人次")
        await seen.press("enter")
        await seen.until(lambda: rows(again) == [("学员人次", "=250人次")])
    again.go("/".join(QUANTITY))
    assert again.question.prefill == ""


async def test_text_of_the_conversation_is_not_overwritten_from_a_row(show: Show, counted: Talk) -> None:
    counted.say("学员数 =240人")
    counted.dialogue.leave_text("学员满")
    page = TablePage(counted.dialogue)
    async with show(page) as seen:
        await seen.type("=250人")
        page.keep_draft()
        await seen.press("enter")
        await seen.until(lambda: rows(counted) == [("学员数", "=250人")])
    assert counted.question.prefill == "学员满"


async def test_after_deleting_and_undoing_the_row_is_the_current_one(show: Show, counted: Talk) -> None:
    counted.say("学员数 =240人", "课时数 =30节", "教材数 =240册")
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.press("down", "ctrl+k", "y")
        await seen.until(lambda: "教材数" in seen.current)
        await seen.press("ctrl+z")
        await seen.until(lambda: "课时数" in seen.current)
        await seen.press("f8")
        await seen.until(lambda: [name for name, _ in rows(counted)] == ["学员数", "教材数", "课时数"])
        assert "课时数" in seen.current
        await seen.press("f8")
        await seen.shows("最下面了")


async def test_keys_for_a_row_say_so_where_there_is_none(show: Show, counted: Talk) -> None:
    async with show(TablePage(counted.dialogue)) as seen:
        for key in ("f7", "f8", "ctrl+k"):
            await seen.press(key)
            await seen.shows("这一格还没有指标")
            await seen.press("down", "up")
            assert "这一格还没有指标" not in seen.keys


async def test_weights_stand_beside_the_rows_that_carry_them(show: Show, counted: Talk) -> None:
    counted.say("租用光纤数 =147条", "话务专线数 =2条")
    async with show(TablePage(counted.dialogue)) as seen:
        assert "分" not in seen.text
    counted.dialogue.command("weigh", "1=12.5")
    async with show(TablePage(counted.dialogue), size=(60, 20)) as seen:
        fibre, lines = (next(row for row in seen.lines if name in row) for name in ("租用光纤数", "话务专线数"))
        assert (fibre.split()[-1], lines.split()[-1]) == ("12.5分", "=2条")
        assert "合计12.5" in seen.lines[0]
