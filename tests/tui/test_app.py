"""The app around the screens: what it says where the disk does not play along."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from domain.changes import Record
from domain.model import Declaration, Project
from domain.records.catalog import Info
from domain.textwidth import text_width
from tests.fakes import no_room
from tui.app import FormApp
from tui.folders import Folders, folders
from tui.screens.base import Page
from tui.screens.history import HistoryPage, TrashPage
from tui.screens.home import MANY, SEARCHED, HomePage
from tui.screens.home_rows import row_text
from tui.searching import matcher
from tui.widgets.rows import Rows


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    return folders(str(tmp_path / "records"))


@pytest.mark.parametrize(
    ("call", "step", "said"),
    [
        ("roll", "add", "2021年的表没有存成：磁盘已满"),
        ("open", "open", "打不开 2020-热线：磁盘已满"),
        ("history", "open", "打不开 2020-热线：磁盘已满"),
        ("delete", "delete", "没有移走 2020-热线：磁盘已满"),
    ],
)
async def test_a_disk_that_refuses_is_said_and_home_stays(
    places: Folders, monkeypatch: pytest.MonkeyPatch, call: str, step: str, said: str
) -> None:
    app, told = FormApp(places), []
    app.store.add(Record(Declaration(project=Project(year=2020, name="热线"))))
    async with app.run_test(size=(80, 24)) as pilot:
        home = app.screen
        monkeypatch.setattr(app.store, step, no_room)
        monkeypatch.setattr(app, "notice", told.append)
        action: Any = getattr(app.desk, call)
        action("2020-热线")
        await pilot.pause()
        assert told == [said]
        assert app.screen is home


@pytest.mark.parametrize("key", ["f4", "f5", "f9", "ctrl+r", "ctrl+y", "ctrl+k"])
async def test_keys_for_a_record_say_so_where_none_is_chosen(places: Folders, key: str) -> None:
    app = FormApp(places)
    async with app.run_test(size=(60, 20)) as pilot:
        home = app.screen
        await pilot.press(key)
        await pilot.pause()
        assert app.screen is home
        assert "先选一份记录" in home._compositor.render_strips()[-1].text
        await pilot.press("down")
        await pilot.pause()
        assert "F6新" in home._compositor.render_strips()[-1].text


@pytest.mark.parametrize("key", ["f4", "f5", "f9", "ctrl+r", "ctrl+y"])
async def test_keys_that_need_a_readable_record_say_so_at_a_damaged_one(places: Folders, key: str) -> None:
    app = FormApp(places)
    app.store.folder.mkdir(parents=True)
    (app.store.folder / "坏的.toml").write_text("[project\n", "utf-8")
    async with app.run_test(size=(60, 20)) as pilot:
        home = app.screen
        await pilot.press(key)
        await pilot.pause()
        assert app.screen is home
        assert "这份读不了" in home._compositor.render_strips()[-1].text


@pytest.mark.parametrize(
    ("key", "screen"),
    [
        ("f1", "text"),
        ("f2", "import"),
        ("f3", "fill"),
        ("f6", "fill"),
        ("f7", "library"),
        ("f8", "learn"),
        ("ctrl+o", "trash"),
        ("ctrl+t", "keytest"),
    ],
)
async def test_keys_that_need_no_record_open_their_screen(places: Folders, key: str, screen: str) -> None:
    app = FormApp(places)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, Page)
        assert screen == app.screen.SCREEN


@pytest.mark.parametrize(("row", "screen"), list(enumerate(("fill", "fill", "import", "learn"))))
async def test_an_empty_home_offers_every_way_to_begin(places: Folders, row: int, screen: str) -> None:
    app = FormApp(places)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["down"] * row, "enter")
        await pilot.pause()
        assert isinstance(app.screen, Page)
        assert screen == app.screen.SCREEN


async def test_records_leave_one_way_to_begin_below_them(places: Folders) -> None:
    app = FormApp(places)
    app.store.add(Record(Declaration(project=Project(year=2020, name="热线"))))
    async with app.run_test(size=(80, 24)) as pilot:
        records = app.screen.query_one("#records", Rows)
        await pilot.press("down", "down")
        assert records.current == 1
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, Page)
        assert app.screen.SCREEN == "fill"


async def test_the_record_worked_on_last_is_current_at_home(places: Folders) -> None:
    app = FormApp(places)
    for number, name in enumerate(("热线", "路灯", "绿化")):
        path = app.store.add(Record(Declaration(project=Project(year=2020, name=name))))
        os.utime(path, (number, number))
    async with app.run_test(size=(80, 24)) as pilot:
        home = app.screen
        assert isinstance(home, HomePage)
        records = home.query_one("#records", Rows)
        await pilot.press("down", "down")
        home.reload()
        assert records.current == 2
        app.store.add(Record(Declaration(project=Project(year=2021, name="热线"))))
        home.reload()
        assert records.current == 0
        await pilot.press("down")
        os.utime(places.records / "2020-热线.toml", (1, 1))
        home.reload()
        assert records.current == 1


def test_names_that_differ_in_their_ends_are_told_apart_at_home() -> None:
    name = "社区养老服务中心运营及老年人日间照料设施改造提升工程"
    for width in (58, 78):
        first, second = (
            row_text(Info(phase, 0.0, 1, year=2026, name=f"{name}（{phase}）"), width) for phase in ("一期", "二期")
        )
        assert "（一期）" in first
        assert "（二期）" in second
        assert "社区养老" in first
        assert text_width(first) == text_width(second) <= width


@pytest.mark.parametrize(
    ("query", "found"),
    [("没填完", ["甲", "丁"]), ("填完了", ["乙"]), ("损坏", ["丙"]), ("甲 没填完", ["甲"]), ("草稿", [])],
)
def test_records_are_found_by_their_state(query: str, found: list[str]) -> None:
    infos = [
        Info("甲", 0.0, 0, filled=3, asked=26, rows=9),
        Info("乙", 0.0, 0, filled=26, asked=26, rows=9),
        Info("丙", 0.0, 0, problem="读不了"),
        Info("丁", 0.0, 0, filled=26, asked=26, rows=0),
    ]
    assert [one.stem for one in filter(matcher(query), infos)] == found


async def test_among_many_records_it_is_said_what_to_search_for(places: Folders) -> None:
    app = FormApp(places)
    for number in range(MANY + 1):
        app.store.add(Record(Declaration().replace(("project", "name"), f"热线{number}")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert SEARCHED in app.screen._compositor.render_strips()[-2].text
        await pilot.press("f1", "f10")
        await pilot.pause()
        assert SEARCHED in app.screen._compositor.render_strips()[-2].text


async def test_home_says_that_the_folder_has_vanished(places: Folders) -> None:
    app = FormApp(places)
    app.store.add(Record(Declaration().replace(("project", "name"), "热线")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.store.folder.rename(app.store.folder.with_name("别处"))
        await pilot.press("f1", "f10")
        await pilot.pause()
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "0 份记录" in shown
        assert "> ＋ 新填一张表" in shown
        assert ["不见了" in one.message for one in app._notifications] == [True]


@pytest.mark.parametrize(
    ("keys", "dead"), [(("ctrl+o",), "取回"), (("f6", "2", "0", "2", "7", "enter", "/", "历", "史", "enter"), "恢复")]
)
async def test_no_key_is_named_that_has_nothing_to_act_on(places: Folders, keys: tuple[str, ...], dead: str) -> None:
    app = FormApp(places)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert isinstance(app.screen, TrashPage | HistoryPage)
        assert dead not in app.screen._compositor.render_strips()[-1].text
