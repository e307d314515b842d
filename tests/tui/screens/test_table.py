"""The indicator table: what is typed into a row, and that nothing typed there is lost or taken for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes import QUANTITY, Talk
from tui.screens.table import TablePage

if TYPE_CHECKING:
    from tests.tui.screens.conftest import Show


def rows(talk: Talk) -> list[tuple[str, str]]:
    return [(row.name, row.target) for _, row in talk.form.rows(QUANTITY)]


@pytest.fixture
def counted(talk: Talk) -> Talk:
    talk.go("/".join(QUANTITY))
    return talk


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


@pytest.mark.parametrize("typed", ["1 3", "9", "=98%"])
async def test_a_row_keeps_its_name_where_no_other_is_written(show: Show, counted: Talk, typed: str) -> None:
    counted.say("学员数 =240人")
    async with show(TablePage(counted.dialogue)) as seen:
        await seen.press("ctrl+u")
        await seen.type(typed)
        await seen.press("enter")
        await seen.shows("要有指标名称")
    assert rows(counted) == [("学员数", "=240人")]


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
