"""The program on screens of every size, over records, library and suggestions of our own, at a time that stands still."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from domain.changes import Record
from domain.exchange import read
from domain.framework import framework
from domain.library import Entry, Library
from domain.records.store import Store
from tests.fakes import FakeReader, FakeSuggester
from tests.paths import WATER_SUPPLY
from tui import learning, wiring
from tui.app import FormApp
from tui.dialogue import Dialogue
from tui.folders import Folders
from tui.screens.fill import FillPage
from tui.session import Session

NOW = datetime.datetime(2021, 3, 1, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
Size = tuple[int, int]


class StillDay(datetime.date):
    """A calendar on which it is always the same day."""

    @classmethod
    def today(cls) -> StillDay:
        return cls(NOW.year, NOW.month, NOW.day)


def small_library() -> Library:
    """Two indicators for every slot."""
    made = []
    for number, slot in enumerate(framework().slots):
        for name, target in ((f"{slot.level2}完成率", "95"), (f"{slot.level2}登记册的齐全程度和更新是否及时", "")):
            made.append(
                Entry(
                    id=f"own.{number}.{len(target)}",
                    level1=slot.level1,
                    level2=slot.level2,
                    name=name,
                    template=False,
                    keywords=("巡护", "检测"),
                    synonyms=(),
                    sectors=("水利", "环保"),
                    purposes=("委托",),
                    kind="quantitative",
                    operator=">=",
                    target=target,
                    unit="%",
                    direction="more",
                    definition="按计划做完的占计划要做的多少。",
                    formula="做完的 ÷ 计划的 × 100%",
                    basis=("计划标准",),
                    basis_note="年度计划",
                    evidence=("巡护记录", "检测报告"),
                    mistake="把做了几次写成了完成率",
                    national="",
                    source="own",
                )
            )
    return Library(tuple(made))


class Show:
    """The program at one size: what it shows, keys into it."""

    def __init__(self, app: FormApp, pilot: Pilot[Any]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def rows(self) -> list[str]:
        """Every row of the screen, blanks at its end included."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    async def settle(self) -> None:
        """Until every key has acted and two looks show the same."""
        before: list[str] = []
        await self.pilot.pause()
        while (rows := self.rows) != before or self.app.key_queue._waiting:
            before = rows
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def type(self, text: str) -> None:
        for char in text:
            self.app.post_message(events.Key(char, char))
        await self.settle()

    async def open(self, page: Any) -> None:
        """Show a page over whatever is there."""
        await self.app.push_screen(page)
        await self.settle()

    async def close(self) -> None:
        """Back to the first screen of the program."""
        while len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        await self.settle()


@pytest.fixture
def sample() -> Record:
    """A record of our own, with everything filled that the form asks for."""
    return read(WATER_SUPPLY.read_bytes(), WATER_SUPPLY.name)[0].record


@pytest.fixture
def many(folders: Folders, sample: Record) -> Callable[[range], None]:
    """Put these records into the folder, by number, each changed an hour before the last."""

    def fill(numbers: range) -> None:
        store = Store(folders.records)
        for number in numbers:
            project = replace(sample.declaration.project, name=f"第{number + 1}处水源地巡护", year=2018 + number % 4)
            changed = replace(sample, declaration=replace(sample.declaration, project=project))
            at = NOW.timestamp() - 3600 * number
            os.utime(store.add(changed), (at, at))

    return fill


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """One time, one time zone, no loading behind the screens, our own library."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    for module in (wiring, learning):
        monkeypatch.setattr(module, "datetime", SimpleNamespace(date=StillDay))
    monkeypatch.setattr(wiring, "warm_up", lambda folders: iter(()))
    monkeypatch.setattr(FormApp, "library", lambda app: small_library())


Started = Callable[..., AbstractAsyncContextManager[Show]]


@pytest.fixture
def program(folders: Folders) -> Started:
    """Start the program at a size: `async with program((80, 24)) as show`."""

    @asynccontextmanager
    async def run(size: Size) -> AsyncIterator[Show]:
        app = FormApp(folders)
        async with app.run_test(size=size) as pilot:
            show = Show(app, pilot)
            await show.settle()
            yield show
            assert app._exception is None

    return run


@pytest.fixture
def talk_page(folders: Folders) -> Callable[..., FillPage]:
    """The conversation about a record (a new one without), over suggestions that never change."""

    def make(record: Record | None = None) -> FillPage:
        store = Store(folders.records)
        opened = store.open(store.add(record)) if record is not None else store.new()
        return FillPage(Dialogue(Session(store, opened), FakeSuggester, FakeReader))

    return make
