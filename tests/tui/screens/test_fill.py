"""The conversation screen itself: what it tells besides what the dialogue says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes import Talk
from tui.screens.fill import FillPage

if TYPE_CHECKING:
    from domain.records.store import Store
    from tests.tui.screens.conftest import Show

HINT = "往上看"


@pytest.fixture
def fresh(store: Store) -> Talk:
    return Talk(store)


async def test_a_message_longer_than_the_screen_says_how_to_see_its_beginning(show: Show, fresh: Talk) -> None:
    async with show(FillPage(fresh.dialogue)) as seen:
        assert HINT not in seen.text
        await seen.press(*"/cmds", "enter")
        await seen.until(lambda: HINT in seen.text)
        assert "/退出" in seen.text
        assert "斜杠加命令名" not in seen.text
        await seen.press("pageup", "pageup", "pageup")
        await seen.until(lambda: "斜杠加命令名" in seen.text)


async def test_leaving_a_new_record_without_an_answer_says_that_none_is_kept(show: Show, fresh: Talk) -> None:
    async with show(FillPage(fresh.dialogue)) as seen:
        await seen.press(*"abc", "enter", "f10")
        await seen.until(lambda: "不留记录" in seen.text)
        await seen.press("enter")
        await seen.until(lambda: not fresh.session.on_disk)


@pytest.mark.parametrize(("key", "label"), [("narrative.overview", "插入提纲"), ("narrative.basis", "F6指标")])
async def test_the_bar_names_the_outline_only_where_there_is_one(show: Show, fresh: Talk, key: str, label: str) -> None:
    fresh.go(key)
    async with show(FillPage(fresh.dialogue)) as seen:
        assert label in seen.keys
        assert ("插入提纲" in seen.keys) == (label == "插入提纲")
