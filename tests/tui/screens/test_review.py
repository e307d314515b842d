"""The review page: groups, filters, mending and coming back, fixing with before and after, ignoring, the numbers, the table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from domain.changes import Record
from domain.marks import TYPED
from domain.model import Coded, Declaration, Indicator
from domain.records.codec import decode
from domain.records.store import Store
from domain.review import IGNORED
from tests.fakes import Talk
from tests.paths import BROADBAND
from tui.findings import Jump
from tui.screens.fill import FillPage
from tui.screens.review import ReviewPage
from tui.screens.views import open_view
from tui.terminal.widths import text_width

if TYPE_CHECKING:
    from tests.tui.screens.conftest import Seen, Show

CATEGORY, PLAN = "R2/project.category", "R51/narrative.plan"


def faulty() -> Declaration:
    """An error (no category), warnings (no time in the plan, a subject twice) and a target without its sign."""
    declaration = decode(BROADBAND.read_text(encoding="utf-8")).record.declaration
    declaration = declaration.replace(("project", "category"), None)
    declaration = declaration.replace(("narrative", "plan"), "由科室组织实施。")
    codes = declaration.project.functional_subjects
    rows = (*declaration.indicators, Indicator("投入与目标管理", "投入管理", "配套资金到位率", "100%"))
    return declaration.replace(("project", "functional_subjects"), codes * 2).replace(("indicators",), rows)


@pytest.fixture
def talk(store: Store, talk_about: Callable[[Path], Talk]) -> Talk:
    return talk_about(store.add(Record(faulty())))


async def to_row(seen: Seen, text: str) -> None:
    """Move down to the row that holds a text."""
    for _ in range(60):
        if text in seen.current:
            return
        await seen.press("down")
    raise AssertionError(seen.text)


async def test_it_groups_by_test_and_by_weight(show: Show, talk: Talk) -> None:
    async with show(ReviewPage(talk.dialogue), size=(80, 40)) as seen:
        headings = [row for row in seen.lines if " 分" in row and "/" in row]
        assert [row[:3] for row in headings] == ["完整性", "相关性", "适当性", "可行性"]
        assert "评级 良" in seen.lines[0]
        assert seen.current.startswith("> 错 R2")
        await to_row(seen, "R51")
        await seen.press("f4")
        assert "错误 1 处" in seen.text
        assert "R51" in seen.current
        await seen.press("f4")
        assert "可行性" in seen.text


async def test_the_title_ends_with_a_whole_clause_in_a_narrow_window(show: Show, talk: Talk) -> None:
    async with show(ReviewPage(talk.dialogue), size=(60, 24)) as seen:
        assert seen.lines[0].endswith("｜可与单位协商")
    async with show(ReviewPage(talk.dialogue), size=(120, 24)) as seen:
        assert seen.lines[0].endswith("｜可与单位协商，直接修改完善后进入下一步预算安排。")


async def test_filters(show: Show, talk: Talk) -> None:
    async with show(ReviewPage(talk.dialogue), size=(80, 40)) as seen:
        assert "提 R" in seen.text
        await seen.press("f3")
        assert "只看错误" in seen.lines[0]
        assert "警 R" not in seen.text
        await seen.press("f3")
        assert "警 R51" in seen.text
        assert "提 R" not in seen.text
        await seen.press("f3")
        assert "提 R" in seen.text


async def test_a_filter_that_hides_everything_says_what_is_left(show: Show, talk: Talk) -> None:
    talk.session.edit(("project", "category"), Coded("", "其他"), TYPED)
    async with show(ReviewPage(talk.dialogue), size=(80, 40)) as seen:
        await seen.press("f3")
        assert "只看错误" in seen.lines[0]
        assert "这里没有了；别的还有" in seen.current
        assert "F3" in seen.current


async def test_the_number_chains_are_not_left_by_filter_or_order(show: Show, talk: Talk) -> None:
    async with show(ReviewPage(talk.dialogue), size=(80, 40)) as seen:
        await seen.press("f7", "f3", "f4")
        assert "数字对照" in seen.lines[0]
        await seen.press("f7")
        assert "只看" not in seen.lines[0]
        assert "完整性" in seen.text


async def test_a_fix_is_shown_before_and_after_and_made_on_yes(show: Show, talk: Talk) -> None:
    async with show(ReviewPage(talk.dialogue), size=(80, 40)) as seen:
        await to_row(seen, "R14")
        await seen.press("f6")
        assert "原：配套资金到位率 100%" in seen.text
        assert "改：配套资金到位率 =100%" in seen.text
        await seen.press("n")
        assert talk.form == faulty()
        await seen.press("f6", "y")
        assert "=100%" in {row.target for row in talk.form.indicators if row.name == "配套资金到位率"}
        assert "R14" not in "".join(row for row in seen.lines if row.startswith(("> 提", "  提")))
        assert "√ 已消除 R14" in seen.text
        await seen.press("ctrl+z")
        assert talk.form == faulty()
        assert "已撤销：按 R14 自动改" in seen.keys


async def test_what_cannot_be_fixed_says_so(show: Show, talk: Talk) -> None:
    async with show(ReviewPage(talk.dialogue)) as seen:
        await to_row(seen, "R51")
        await seen.press("f6")
        assert "没有把握" in seen.keys
        await seen.press("up")
        assert "去改" in seen.keys


async def test_an_error_is_ignored_only_with_a_reason(show: Show, talk: Talk) -> None:
    async with show(ReviewPage(talk.dialogue), size=(80, 40)) as seen:
        await seen.press("f8", "enter")
        assert "错误不写理由不能忽略" in seen.keys
        await seen.press("f6", "f3")
        assert "只看错误" not in seen.lines[0]
        await seen.type("系统里没有这一栏")
        await seen.press("enter")
        assert talk.session.record.marks(IGNORED) == {CATEGORY: "系统里没有这一栏"}
        assert "评级 优" in seen.lines[0]
        await to_row(seen, "略 R2")
        assert "已忽略：系统里没有这一栏" in seen.text
        await seen.press("f8")
        assert talk.session.record.marks(IGNORED) == {}
        assert "评级 良" in seen.lines[0]


async def test_a_warning_may_be_ignored_without_one_and_escape_takes_it_back(show: Show, talk: Talk) -> None:
    async with show(ReviewPage(talk.dialogue), size=(80, 40)) as seen:
        await to_row(seen, "R51")
        await seen.press("f8", "escape")
        assert seen.is_open
        assert talk.session.record.marks(IGNORED) == {}
        await seen.press("f8", "enter")
        assert talk.session.record.marks(IGNORED) == {PLAN: ""}
        assert "没有写理由" in seen.text
        await seen.press("ctrl+z")
        assert talk.session.record.marks(IGNORED) == {}


async def test_ignored_stays_ignored_when_rows_move(show: Show, talk: Talk) -> None:
    async with show(ReviewPage(talk.dialogue), size=(80, 40)) as seen:
        await to_row(seen, "R14")
        await seen.press("f8")
        await seen.type("系统自己补")
        await seen.press("enter")
    rows = talk.form.indicators
    moved = talk.session.record.declaration.replace(("indicators",), rows[::-1])
    talk.session.apply("移动", Record(moved, talk.session.record.meta))
    async with show(ReviewPage(talk.dialogue), size=(80, 40)) as seen:
        assert "略 R14" in seen.text


async def test_numbers(show: Show, store: Store, talk_about: Callable[[Path], Talk]) -> None:
    declaration = faulty().replace(("narrative", "remarks"), "600元*41条*12个月")
    talk = talk_about(store.add(Record(declaration)))
    async with show(ReviewPage(talk.dialogue)) as seen:
        await seen.press("f7")
        assert "数字对照" in seen.lines[0]
        assert "F7回到检查" in seen.keys
        assert "600元*41条*12个月（需要说明的其他问题）" in seen.text
        await to_row(seen, "算式合计")
        assert "去另一头“本年度预算申请金额”" in seen.text
        await seen.press("f6")
        assert await seen.ended() == Jump("funding.requested")
    async with show(ReviewPage(talk.dialogue)) as seen:
        assert "数字对照" in seen.lines[0]
        assert "算式合计" in seen.current
        await seen.press("f7")
        assert "评级" in seen.lines[0]


async def test_a_form_without_numbers_says_so(show: Show, store: Store, talk_about: Callable[[Path], Talk]) -> None:
    talk = talk_about(store.add(Record(Declaration())))
    async with show(ReviewPage(talk.dialogue)) as seen:
        await seen.press("f7", "f6", "enter", "f8")
        assert "没有可以对照的数" in seen.text
        assert seen.is_open


async def test_the_whole_text_of_a_finding_can_be_read(show: Show, talk: Talk) -> None:
    async with show(ReviewPage(talk.dialogue), size=(40, 20)) as seen:
        await to_row(seen, "R51")
        assert "F2 看全文" in seen.text
        assert "依据：" not in seen.text
        await seen.press("f2")
        await seen.shows("依据：")


async def test_what_has_changed_survives_a_restart(show: Show, talk: Talk, talk_about: Callable[[Path], Talk]) -> None:
    talk.session.edit(("project", "filler"), "周晓")
    async with show(ReviewPage(talk.dialogue)) as seen:
        assert "上次" not in seen.lines[0]
    talk.session.edit(("narrative", "plan"), "3月签订合同，12月验收付款。")
    talk.session.close()
    again = talk_about(talk.session.path)
    async with show(ReviewPage(again.dialogue), size=(80, 40)) as seen:
        assert "比上次少1处" in seen.lines[0]
        assert "√ 已消除 R51" in seen.text


async def test_mending_an_answer_comes_back_to_the_review(show: Show, talk: Talk) -> None:
    async with show(FillPage(talk.dialogue)) as seen:
        await seen.press("f5")
        await seen.shows("检查｜")
        await to_row(seen, "R2")
        await seen.press("enter")
        await seen.shows("改好这一项就回到检查")
        assert "项目类别" in seen.text
        await seen.type("其他")
        await seen.press("enter")
        await seen.shows("检查｜")
        assert talk.form.project.category is not None
        assert "比上次少1处" in seen.lines[0]


async def test_after_mending_the_next_finding_is_current(show: Show, talk: Talk) -> None:
    async with show(FillPage(talk.dialogue), size=(80, 40)) as seen:
        await seen.press("f5")
        await seen.shows("检查｜")
        await to_row(seen, "R32")
        await seen.press("down")
        after = seen.current
        await seen.press("up", "enter")
        await seen.shows("功能科目")
        await seen.press("ctrl+u")
        await seen.type("2050299")
        await seen.press("enter")
        await seen.shows("检查｜")
        assert seen.current == after


async def test_mending_a_row_opens_the_table_there_and_comes_back(show: Show, talk: Talk) -> None:
    async with show(FillPage(talk.dialogue)) as seen:
        await seen.press("f5")
        await seen.shows("检查｜")
        await to_row(seen, "R14")
        await seen.press("enter")
        await seen.shows("指标表｜")
        assert "配套资金到位率" in seen.current
        await seen.press("f10")
        await seen.shows("检查｜")
        assert "R14" in seen.current
        await seen.press("f10")
        await seen.shows("填表｜")


@pytest.mark.parametrize("view", ["overview", "table", "entry", "compare", "export", "preview"])
async def test_from_whatever_stands_over_the_record_and_back_there(show: Show, talk: Talk, view: str) -> None:
    fill = FillPage(talk.dialogue)
    async with show(fill) as seen:
        open_view(fill, view)
        await seen.until(lambda: seen.app.screen is not fill)
        await seen.pilot.pause()
        over = seen.app.screen
        await seen.press("f5")
        await seen.shows("检查｜")
        await seen.press("f10")
        await seen.until(lambda: seen.app.screen is over)
        await seen.press("f5")
        await seen.shows("检查｜")
        await to_row(seen, "R2")
        await seen.press("enter")
        await seen.until(lambda: seen.app.screen is fill)
        await seen.shows("项目类别")


async def test_without_a_record_it_says_so(show: Show) -> None:
    from tui.screens.text import TextPage

    def nothing(width: int) -> list[Any]:
        return []

    async with show(TextPage(" 说明", nothing)) as seen:
        await seen.press("f5")
        assert "没有打开着的表" in seen.keys


async def test_the_official_table_is_written_from_here(
    show: Show, talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with show(ReviewPage(talk.dialogue)) as seen:
        await seen.press("f9")
        await seen.shows("绩效目标审核表·一般性项目（Word）")
        assert "Word" in seen.current
        await seen.press("down", "down", "down")
        await seen.press("enter")
        await seen.shows("写好了")
    (path,) = tmp_path.glob("*.md")
    assert "项目支出绩效目标审核表" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (240, 70)])
async def test_it_fits(show: Show, talk: Talk, size: tuple[int, int]) -> None:
    async with show(ReviewPage(talk.dialogue), size=size) as seen:
        assert all(text_width(row) <= size[0] for row in seen.lines)
        assert "R2" in seen.current
        assert "去改" in seen.keys
