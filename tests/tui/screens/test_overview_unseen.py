"""The overview: where it begins, and what nobody has looked at, alone on demand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from domain import rolling
from domain.changes import Record
from domain.model import Declaration, Indicator, Project
from domain.records.store import Store
from tests.fakes import Talk
from tui.screens.overview import OverviewPage

if TYPE_CHECKING:
    from tests.tui.screens.conftest import Show

LAST = Declaration(
    project=Project(year=2020, unit="热线中心", name="线路租用费"),
    indicators=(Indicator("产出目标", "质量", "准确率", ">=98%"),),
)


async def test_only_what_nobody_has_looked_at(store: Store, talk_about: Callable[[Path], Talk], show: Show) -> None:
    talk = talk_about(store.add(rolling.roll(Record(LAST), 2021)))
    talk.go("project.unit")
    talk.say("热线中心")
    async with show(OverviewPage(talk.dialogue), size=(80, 60)) as seen:
        assert "3 处没人看过" in seen.lines[0]
        for start in ("√ 预算单位", "? 项目名称*"):
            assert next(row for row in seen.lines if row[2:].startswith(start)).endswith("沿")
        await seen.press("f3", "f3")
        shown = [row[2:] for row in seen.lines[1:-2] if row.strip() and "【" not in row]
        assert [row.split()[1] for row in shown] == ["年份", "项目名称*", "产出目标›质量"]
        assert "F3看全部" in seen.keys
        await seen.press("down", "enter")
        assert await seen.ended() == "project.name"


async def test_only_what_is_left_to_fill(talk: Talk, show: Show) -> None:
    talk.go("project.year")
    talk.say("2021", "热线中心")
    talk.go("project.category")
    talk.dialogue.command("skip")
    async with show(OverviewPage(talk.dialogue), size=(80, 60)) as seen:
        await seen.press("f3")
        assert "只看没填的" in seen.lines[0]
        shown = [row.split()[1] for row in seen.lines[1:-2] if row.strip() and "【" not in row]
        assert "项目名称*" in shown
        assert not {"年份", "预算单位", "项目类别"} & set(shown)
        await seen.type("年份")
        await seen.shows("没有叫“年份”的栏目")
        await seen.press("f10")
        assert await seen.ended() is None


async def test_when_all_was_looked_at_it_says_so(talk: Talk, show: Show) -> None:
    async with show(OverviewPage(talk.dialogue)) as seen:
        assert "没人看过" not in seen.lines[0]
        await seen.press("f3", "f3")
        assert "都有人看过" in seen.text
        await seen.press("enter")
        assert await seen.ended() is None


async def test_it_begins_at_the_question_with_what_comes_before_in_sight(talk: Talk, show: Show) -> None:
    talk.go("project.nature")
    async with show(OverviewPage(talk.dialogue), size=(80, 24)) as seen:
        assert "项目性质" in seen.current
        assert "【项目信息】" in seen.lines[1]


async def test_a_search_that_finds_nothing_says_so(talk: Talk, show: Show) -> None:
    async with show(OverviewPage(talk.dialogue), size=(80, 24)) as seen:
        await seen.type("火星")
        await seen.shows("没有叫“火星”的栏目")
        await seen.press("enter")
        assert await seen.ended() is None
