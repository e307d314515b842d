"""Learning on the full screen: the list, pages, questions, practice forms, and the coach in the filling screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App

from domain.records.store import Store
from domain.training import ProgressFile
from tests.fakes import FakeReader, FakeSuggester
from tui import learning, wiring
from tui.dialogue import Dialogue
from tui.folders import Folders
from tui.screens.fill import FillPage
from tui.screens.learn import LearnPage
from tui.screens.trainer import TrainerPage
from tui.session import Session
from tui.welcome import learn_folder

if TYPE_CHECKING:
    from conftest import Show


def trainer_page(folders: Folders, wanted: str) -> TrainerPage:
    notebook = learning.open_notebook(folders)
    made = learning.begin(learning.trainer(wiring.material(), notebook, 76), wanted, folders)
    return TrainerPage(made, notebook, folders)


def saved(folders: Folders):
    return ProgressFile(learn_folder(folders)).load().progress


async def test_a_newcomer_begins_with_the_tour(show: Show, folders: Folders) -> None:
    async with show(LearnPage(folders)) as seen:
        assert seen.current.startswith("> 导览")
        assert "等级 起步" in seen.lines[0]
        await seen.press("enter")
        await seen.shows("两分钟认识填表助手 1/")
        await seen.press("enter")
        await seen.shows(" 2/")
        await seen.press("f7")
        await seen.shows(" 1/")
        await seen.press("enter", "enter", "f10")
        await seen.shows("↑↓选择")
        assert saved(folders).lesson("tour").page == 3


async def test_a_lesson_opens_by_its_number_and_goes_on(show: Show, folders: Folders) -> None:
    async with show(LearnPage(folders)) as seen:
        await seen.press("4")
        await seen.shows("第4课")
        await seen.press("enter", "f10")
        await seen.shows("看到第 2 页")
        await seen.press("0")
        await seen.shows("第10课")


async def test_the_help_key_shows_the_keys_where_there_is_nothing_to_hint_at(show: Show, folders: Folders) -> None:
    async with show(trainer_page(folders, "why")) as seen:
        await seen.press("f1")
        await seen.shows("｜按键")
        await seen.press("f10")
        await seen.shows("这门课怎么上")
        await seen.press("enter")
        await seen.shows(" 2/14")


async def test_an_answer_shows_its_score_until_enter(show: Show, folders: Folders) -> None:
    async with show(trainer_page(folders, "quiz:why:1")) as seen:
        await seen.press("f1")
        await seen.shows("检验问句")
        await seen.type("2")
        await seen.press("enter")
        await seen.shows("得分 100")
        assert "你：2" in seen.text
        assert "Enter下一题" in seen.keys
        assert saved(folders).kind("quiz").answered == 1
        await seen.press("enter")
        await seen.shows("做了1题")
        await seen.press("enter")
        await seen.ended()


async def test_an_empty_answer_reads_on_and_then_asks_again(show: Show, folders: Folders) -> None:
    async with show(trainer_page(folders, "reviewer:7:1")) as seen:
        assert "PgDn" in seen.keys
        for _ in range(12):
            await seen.press("enter")
        await seen.shows("还没有作答")
        assert "PgDn" not in seen.keys
        assert not saved(folders).answered


async def test_the_key_shows_the_answer_and_a_mistyped_command_costs_nothing(show: Show, folders: Folders) -> None:
    async with show(trainer_page(folders, "quiz:why:1")) as seen:
        await seen.type("/abc")
        await seen.press("enter")
        await seen.shows("没有“/abc”这个命令")
        await seen.press("f3")
        await seen.shows("答案：")
        assert saved(folders).kind("quiz").best == 0


async def test_an_answer_not_understood_is_typed_over(show: Show, folders: Folders) -> None:
    async with show(trainer_page(folders, "quiz:why:1")) as seen:
        for text, said in (("不知道", "没有看懂"), ("/提示", "检验问句")):
            await seen.type(text)
            await seen.press("enter")
            await seen.shows(said)
            assert f"你：{text}" in seen.lines
        await seen.type("2")
        await seen.press("enter")
        await seen.shows("得分 100")


async def test_a_hint_leaves_what_is_being_typed(show: Show, folders: Folders) -> None:
    async with show(trainer_page(folders, "quiz:why:1")) as seen:
        await seen.type("产出")
        await seen.press("f1")
        await seen.shows("检验问句")
        await seen.type("数量")
        assert "你：产出数量" in seen.lines


async def test_a_long_answer_is_written_in_the_editor(show: Show, folders: Folders) -> None:
    async with show(trainer_page(folders, "goal:x:1")) as seen:
        await seen.until(lambda: seen.app.focused is not None)
        await seen.paste("2022年委托审计项目18个，\n出具审计报告18份。")
        await seen.press("f10")
        await seen.shows("离开吗")
        await seen.press("n", "f9")
        await seen.shows("得分")


@pytest.mark.parametrize("key", ["f8", "f3"])
async def test_a_long_answer_begun_is_not_dropped_by_a_key_unasked(show: Show, folders: Folders, key: str) -> None:
    async with show(trainer_page(folders, "goal:x:1")) as seen:
        await seen.type("2021年租用线路147条")
        await seen.press(key)
        await seen.shows("这道题写了一半，不会留下。")
        await seen.type("，")
        await seen.shows("2021年租用线路147条，")
        assert "写了一半" not in seen.text
        await seen.press(key, "enter")
        await seen.until(lambda: "147条，" not in seen.text)


async def test_nothing_is_lost_when_the_disk_fails(show: Show, folders: Folders, tmp_path) -> None:
    (tmp_path / "state").write_text("not a folder", encoding="utf-8")
    async with show(trainer_page(folders, "quiz:why:1")) as seen:
        await seen.type("2")
        await seen.press("enter")
        await seen.shows("得分 100")
        assert "没存上" in seen.lines[0]


async def test_a_practice_form_is_filled_apart_from_the_records(show: Show, folders: Folders) -> None:
    async with show(trainer_page(folders, "form:7:1")) as seen:
        await seen.until(lambda: seen.app.focused is not None)
        await seen.press("f6")
        await seen.shows("预算单位")
        await seen.until(lambda: isinstance(seen.app.screen, FillPage))
        await seen.type("某某中心")
        await seen.press("enter", "f10")
        await seen.shows("离开吗")
        await seen.press("y")
        await seen.shows("F9 交卷")
        assert "预算单位：某某中心" in seen.text
        await seen.press("f9")
        await seen.shows("得分")
    assert not folders.records.exists()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
async def test_every_row_fits(show: Show, folders: Folders, size: tuple[int, int]) -> None:
    from tui.terminal.widths import text_width

    async with show(trainer_page(folders, "defects:7:1"), size=size) as seen:
        await seen.press("f1")
        assert all(text_width(row) <= size[0] for row in seen.lines)
        assert seen.lines[-1].strip()


# -- learning beside the work --


def filling(folders: Folders) -> FillPage:
    store = Store(folders.records)
    dialogue = Dialogue(Session(store, store.new()), FakeSuggester, FakeReader)
    dialogue.goto("产出目标/数量", come_back=False)
    return FillPage(dialogue)


def coaching(app: App) -> bool:
    return "边填边学" in app.screen._compositor.render_strips()[0].text


async def test_the_coach_asks_why_and_explains_the_runner_up(show: Show, folders: Folders) -> None:
    page = filling(folders)
    async with show(page) as seen:
        await seen.press("ctrl+t")
        await seen.shows("常见错误")
        assert coaching(seen.app)
        await seen.type("1")
        await seen.press("enter")
        await seen.shows("为什么放在")
        assert [row.name for row in page.dialogue.session.declaration.indicators] == ["租用光纤数"]
        await seen.type("1")
        await seen.press("enter")
        await seen.shows("与“租用宽带数”")
        assert "为什么放在“产出目标" not in "\n".join(seen.lines[-8:])
        await seen.press("ctrl+t")
        await seen.shows("如果现在交上去")
        assert not coaching(seen.app)


async def test_the_coach_s_question_is_passed_over_and_never_becomes_an_answer(show: Show, folders: Folders) -> None:
    page = filling(folders)
    async with show(page) as seen:
        await seen.press("ctrl+t")
        await seen.type("1")
        await seen.press("enter")
        await seen.shows("为什么放在")
        await seen.type("3")
        page.keep_draft()
        await seen.press("f8")
        await seen.until(lambda: not page._coach_asks)
        assert page.dialogue.key == "产出目标/数量"
        assert page.text == ""
        await seen.press("ctrl+z")
        await seen.until(lambda: not page.dialogue.session.declaration.indicators)


async def test_without_the_coach_nothing_is_asked(show: Show, folders: Folders) -> None:
    page = filling(folders)
    async with show(page) as seen:
        await seen.press("ctrl+t", "ctrl+t")
        await seen.type("1")
        await seen.press("enter")
        await seen.shows("租用光纤数")
        assert "为什么放在" not in seen.text
