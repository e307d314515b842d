"""The coverage view: what such projects fill, Enter adds the best next one on the first row and goes to a slot on the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.model import Indicator
from tests.fakes import Talk
from tui.screens.coverage import CoveragePage
from tui.screens.overview import OverviewPage

if TYPE_CHECKING:
    from tests.tui.screens.conftest import Show


async def test_it_shows_kind_slots_and_the_best_next(talk: Talk, show: Show) -> None:
    async with show(CoveragePage(talk.dialogue)) as seen:
        assert "还有 3 格" in seen.lines[0]
        assert "看起来是线路租赁类项目" in seen.text
        assert "最该补：投入与目标管理›投入管理　预算资金到位率 =100%　（概况里写到）" in seen.text
        assert seen.current.startswith("> 加上 预算资金到位率 =100%")
        assert [row.strip() for row in seen.lines if "【" in row] == ["【投入与目标管理】", "【产出目标】"]
        assert next(row for row in seen.lines if "投入管理 " in row).split()[:3] == ["!", "投入管理", "几乎都填"]


async def test_enter_adds_the_best_next_and_the_one_after_it(talk: Talk, show: Show) -> None:
    async with show(CoveragePage(talk.dialogue)) as seen:
        await seen.press("enter")
        assert talk.form.indicators == (Indicator("投入与目标管理", "投入管理", "预算资金到位率", "=100%"),)
        assert "已加入 投入与目标管理›投入管理：预算资金到位率" in seen.text
        assert "还有 2 格" in seen.lines[0]
        await seen.press("f9")
        assert [row.name for row in talk.form.indicators] == ["预算资金到位率", "预算执行率"]


async def test_adding_leaves_the_question_and_what_is_typed(talk: Talk, show: Show) -> None:
    talk.say("2020")
    talk.dialogue.leave_text("写到一半")
    key, asked = talk.at, talk.question
    async with show(CoveragePage(talk.dialogue)) as seen:
        await seen.press("enter")
    assert (talk.at, talk.question.prefill) == (key, "写到一半")
    assert talk.question.mode is asked.mode


async def test_enter_on_a_slot_goes_there(talk: Talk, show: Show) -> None:
    async with show(CoveragePage(talk.dialogue)) as seen:
        await seen.press("down", "down", "enter")
        assert await seen.ended() == "产出目标/数量"
    assert talk.form.indicators == ()


async def test_from_the_overview_and_back(talk: Talk, show: Show) -> None:
    async with show(OverviewPage(talk.dialogue)) as seen:
        await seen.press("f6", "f6")
        assert "覆盖情况" in seen.lines[0]
        assert talk.form.indicators == ()  # the key that opens the view adds nothing there
        await seen.press("escape")
        assert "全表" in seen.lines[0]
        await seen.press("f6", "down", "enter")
        assert await seen.ended() == "投入与目标管理/投入管理"
