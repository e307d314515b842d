"""The conversation screen itself: what it tells besides what the dialogue says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from domain.records import saving
from domain.records.store import Store
from tests.fakes import QUANTITY, Talk, no_room
from tui.screens.fill import FillPage
from tui.session import Session

if TYPE_CHECKING:
    from domain.records.locks import Owner
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


async def test_a_disk_that_fills_up_while_a_text_is_typed_is_told_at_once(
    show: Show, fresh: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh.say("2020", "社管中心")
    async with show(FillPage(fresh.dialogue)) as seen:
        with monkeypatch.context() as full:
            full.setattr(saving, "log", no_room)
            full.setattr(fresh.store, "save", no_room)
            await seen.type("光纤租用费")
            await seen.shows("没有存到磁盘：磁盘已满")
            assert "没存上" in seen.lines[0]
            assert seen.text.count("没有存到磁盘") == 1
        await seen.shows("又能存了")
        assert "> 光纤租用费" in seen.lines
    assert fresh.again().question.prefill == "光纤租用费"


async def test_leaving_a_new_record_without_an_answer_says_that_none_is_kept(show: Show, fresh: Talk) -> None:
    async with show(FillPage(fresh.dialogue)) as seen:
        await seen.press("f10")
        await seen.until(lambda: "不留记录" in seen.text)
        await seen.press("enter")
        await seen.ended()
        assert not fresh.session.on_disk


async def test_leaving_with_a_few_characters_asks_whether_to_keep_them(show: Show, fresh: Talk) -> None:
    async with show(FillPage(fresh.dialogue)) as seen:
        await seen.type("光纤")
        await seen.press("f10")
        await seen.shows("只写了“光纤”，留下这份记录再离开吗？（Enter 或 y 留下，n 不留，其他键接着填）")
        await seen.press("escape")
        assert seen.is_open
        await seen.press("f10", "enter")
        await seen.ended()
    assert fresh.store.drafts() == [fresh.session.path]
    assert fresh.store.open(fresh.session.path).history.typing == {"project.year": "光纤"}


async def test_a_few_characters_go_only_where_the_filer_says_so(show: Show, fresh: Talk) -> None:
    async with show(FillPage(fresh.dialogue), size=(40, 20)) as seen:
        await seen.type("光纤")
        await seen.press("f10")
        await seen.shows("n不留")
        await seen.press("n")
        await seen.ended()
    assert fresh.store.drafts() == fresh.store.paths() == []


@pytest.mark.parametrize("key", ["project.year", "narrative.plan"])
async def test_typing_on_instead_of_answering_goes_into_the_input(show: Show, fresh: Talk, key: str) -> None:
    fresh.go(key)
    async with show(FillPage(fresh.dialogue)) as seen:
        page = seen.app.page
        assert isinstance(page, FillPage)
        await seen.type("接")
        for typed in ("光纤", "12"):
            await seen.press("f10")
            await seen.shows("离开吗？")
            await seen.type(typed)
        await seen.press("f10")
        await seen.paste("租用")
        await seen.until(lambda: page.text == "接光纤12租用")
        assert "离开吗？" not in seen.text
        await seen.press("f10", "escape")
        assert "离开吗？" not in seen.text
        assert page.text == "接光纤12租用"


@pytest.mark.parametrize(("answer", "open_still"), [("\uff59", False), ("Y", False), ("\uff4e", True), ("n", True)])
async def test_the_letters_answer_in_full_width_too(show: Show, fresh: Talk, answer: str, open_still: bool) -> None:
    async with show(FillPage(fresh.dialogue)) as seen:
        await seen.press("f10")
        await seen.type(answer)
        await seen.until(lambda: seen.is_open == open_still)
        await seen.until(lambda: "离开吗？" not in seen.keys)


@pytest.mark.parametrize(("key", "label"), [("narrative.overview", "插入提纲"), ("narrative.basis", "F6指标")])
async def test_the_bar_names_the_outline_only_where_there_is_one(show: Show, fresh: Talk, key: str, label: str) -> None:
    fresh.go(key)
    async with show(FillPage(fresh.dialogue)) as seen:
        assert label in seen.keys
        assert ("插入提纲" in seen.keys) == (label == "插入提纲")


@pytest.fixture
def slot(fresh: Talk, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """At the slot 数量, where every search finds the second and the third of what is offered."""
    found = fresh.suggester.offers[QUANTITY][1:]
    monkeypatch.setattr(fresh.suggester, "search", lambda *arguments: found)
    fresh.go(QUANTITY)
    return fresh


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("", ["  1. 租用光纤数", "  2. 租用宽带数"]),
        ("1", ["> 1. 租用光纤数", "  2. 租用宽带数"]),
        ("1 3", ["> 1. 租用光纤数", "  2. 租用宽带数", "> 3. 话务专线数"]),
        ("=9", ["> 1. 租用光纤数", "  2. 租用宽带数"]),
        ("zx", ["> 1. 租用宽带数", "  2. 话务专线数"]),
        ("zx2", ["  1. 租用宽带数", "> 2. 话务专线数"]),
        ("zx3", ["  1. 租用宽带数", "  2. 话务专线数"]),
        ("专线", ["     租用宽带数", "     话务专线数"]),
        ("话务专线数", ["     租用宽带数", "     话务专线数"]),
    ],
)
async def test_what_enter_takes_is_marked_before_it_is_pressed(
    show: Show, slot: Talk, typed: str, rows: list[str]
) -> None:
    async with show(FillPage(slot.dialogue)) as seen:
        await seen.type(typed)
        for row in rows:
            await seen.shows(row)
        marked = [line for line in seen.lines if re.match(r">( \d\.|   ) ", line)]
        assert len(marked) == sum(row.startswith(">") for row in rows)
        await seen.press("enter")
        taken = [row.split()[-1] for row in rows if row.startswith(">")]
        if taken:
            await seen.until(lambda: [name for name, _ in slot.rows] == taken)
        else:
            assert [name for name, _ in slot.rows] == ([typed] if "专线" in typed else [])


async def test_the_arrow_keys_choose_among_what_words_find(show: Show, slot: Talk) -> None:
    async with show(FillPage(slot.dialogue)) as seen:
        await seen.type("专线")
        await seen.press("down", "down")
        await seen.shows(">    话务专线数")
        await seen.type(" =5条")
        await seen.press("down", "down", "enter")
        await seen.until(lambda: slot.rows == [("话务专线数", "=5条")])


async def test_a_bare_enter_at_a_target_says_what_it_takes(show: Show, slot: Talk) -> None:
    slot.say("2")
    async with show(FillPage(slot.dialogue)) as seen:
        await seen.shows("回车填：=143条（概况里有143个村居）")
        await seen.press("enter")
        await seen.until(lambda: slot.rows == [("租用宽带数", "=143条")])


@pytest.mark.parametrize(
    ("keys", "unit"),
    [("xyz", "xyz"), (("end", *"xyz"), "abcxyz"), (("backspace", *"xyz"), "abxyz"), (("home", *"xyz"), "xyzabc")],
)
async def test_an_answer_given_before_is_typed_over_or_edited(
    show: Show, fresh: Talk, keys: tuple[str, ...], unit: str
) -> None:
    fresh.go("project.unit")
    fresh.dialogue.answer("abc")
    fresh.go("project.unit")
    async with show(FillPage(fresh.dialogue)) as seen:
        await seen.press(*keys, "enter")
        await seen.until(lambda: fresh.session.declaration.project.unit == unit)


async def test_a_key_that_only_tells_something_leaves_the_cursor_in_the_text(show: Show, fresh: Talk) -> None:
    fresh.say("2020", "社管中心")
    async with show(FillPage(fresh.dialogue)) as seen:
        await seen.type("光租用费")
        await seen.press("left", "left", "left", "f2")
        await seen.shows("已存到")
        await seen.type("纤")
        await seen.shows("> 光纤租用费")


async def test_the_panel_beside_keeps_room_for_the_overview(show: Show, fresh: Talk) -> None:
    fresh.say("2020", "社管中心")
    async with show(FillPage(fresh.dialogue), size=(130, 24)) as seen:
        await seen.shows("F1 看全部")
        assert any("项目名称" in row and "|>" in row for row in seen.lines)


async def test_a_record_that_somebody_fills_names_only_keys_that_work(show: Show, fresh: Talk, other: Owner) -> None:
    fresh.say("2020", "社管中心")
    fresh.go("narrative.plan")
    fresh.write("分两步走")
    fresh.go("narrative.plan")
    fresh.session.close()
    theirs = Store(fresh.store.folder, other)
    holding = Session(theirs, theirs.open(fresh.session.path))
    async with show(FillPage(fresh.again().dialogue)) as seen:
        assert "Enter" in seen.keys
        assert "跳过" not in seen.keys
        await seen.type("1")
        await seen.press("enter")
        await seen.shows("只看：")
        assert "下一项" in seen.keys
        assert not [word for word in ("跳过", "撤销", "写好了", "保存") if word in seen.keys]
    holding.close()
