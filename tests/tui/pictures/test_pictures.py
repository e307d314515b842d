"""A picture of every screen at every size, as text: nothing cut, nothing outside, everything within reach of the keys.

The pictures lie beside this file, one folder a size. `pytest tests/tui/pictures --update-pictures` makes them anew.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.changes import Record
from domain.exchange import read
from domain.model import Indicator
from domain.records.store import Store
from suggest.types import Proposal
from tests.fakes import QUANTITY, suggestion
from tests.paths import WATER_SUPPLY
from tests.tui.pictures.conftest import NOW
from tui.folders import Folders
from tui.outgoing import Outgoing
from tui.screens.compare import ComparePage
from tui.screens.entry import EntryPage
from tui.screens.exporting import ExportPage
from tui.screens.fill import FillPage
from tui.screens.importing import ImportPage
from tui.screens.learn import LearnPage
from tui.screens.understood import UnderstoodPage
from tui.screens.views import help_page, preview_page
from tui.session import Session
from tui.terminal.caret import is_text_field, locate
from tui.terminal.widths import text_width
from tui.widgets.lines import Bar

if TYPE_CHECKING:
    from tests.tui.pictures.conftest import Show, Started

HERE = Path(__file__).parent
SIZES = ((60, 20), (80, 24), (100, 30), (120, 40), (160, 50), (240, 70))
NARRATIVE = "每周巡护26处水源地，全年采水样104份。"


class Gallery:
    """Looks at the screen of one size, measures it, and compares it with its picture."""

    def __init__(self, show: Show, size: tuple[int, int], *, update: bool) -> None:
        self._show, self._size, self._update = show, size, update
        self._folder = HERE / f"{size[0]}x{size[1]}"
        self.faults: list[str] = []

    def look(self, name: str) -> None:
        """Measure what is shown, and compare it with the picture of this name."""
        rows = self._show.rows
        self.faults += [f"{name}: {fault}" for fault in (*self._measured(rows), *self._placed())]
        picture = "".join(f"{row.rstrip()}\n" for row in rows)
        path = self._folder / f"{name}.txt"
        if self._update:
            path.parent.mkdir(exist_ok=True)
            path.write_text(picture, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != picture:
            self.faults.append(f"{name}: not like {path.relative_to(HERE)}:\n{picture}")

    def _measured(self, rows: list[str]) -> list[str]:
        columns, height = self._size
        faults = [f"{len(rows)} rows"] if len(rows) != height else []
        return faults + [f"row {y} takes {text_width(row)}" for y, row in enumerate(rows) if text_width(row) != columns]

    def _placed(self) -> list[str]:
        """Widgets outside the screen or without room, bars that are cut, a caret that cannot be seen."""
        app = self._show.app
        screen = app.screen
        shown = [widget for widget in screen.query("*") if widget.display]
        outside = [widget for widget in shown if not screen.region.contains_region(widget.region)]
        faults = [f"{widget} at {widget.region}" for widget in outside]
        for name in ("title", "keys"):
            bar = screen.query_one(f"#{name}", Bar)
            if bar.region.size != (self._size[0], 1):
                faults.append(f"{name} bar at {bar.region}")
        keys = self._show.rows[-1]
        if "…" in keys or not any(way in keys for way in ("返回", "离开", "取消", "其他键否")):
            faults.append(f"keys: {keys.rstrip()}")
        focused = app.focused
        if focused is not None and focused.display and is_text_field(focused):
            caret = locate(app)
            if not caret.visible or focused.region.height < 1 or not focused.region.contains(caret.x, caret.y):
                faults.append(f"caret of {focused} at {caret}")
        return faults


async def homes(show: Show, gallery: Gallery, many: Callable[[range], None]) -> None:
    gallery.look("home-0-records")
    for numbers in (range(3), range(3, 40)):
        many(numbers)
        show.app.screen.reload()
        await show.settle()
        gallery.look(f"home-{numbers.stop}-records")


async def questions(show: Show, gallery: Gallery, talk_page: Callable[..., FillPage], sample: Record) -> None:
    page = talk_page()
    await show.open(page)
    gallery.look("fill-line")

    async def ask(key: str, name: str) -> None:
        page.dialogue.goto(key, come_back=False)
        page.refresh_question()
        await show.settle()
        gallery.look(name)

    await ask("project.procurement", "fill-choice")
    await ask("narrative.overview", "fill-long")
    await ask("/".join(QUANTITY), "fill-slot")
    await show.type("租用")
    gallery.look("fill-slot-typed")
    await show.press("down", "down")
    gallery.look("fill-slot-chosen")
    await show.press("enter")
    gallery.look("fill-target")
    page.dialogue.command("draft")
    page.refresh_question()
    await show.settle()
    gallery.look("fill-draft")
    page.dialogue.suggester.proposals = drafted()
    await show.type(NARRATIVE)
    await show.press("f9")
    gallery.look("fill-proposal")
    await show.press("f10")
    gallery.look("fill-leaving")
    await show.press("n")
    await show.close()


def drafted() -> tuple[Proposal, ...]:
    row = suggestion(QUANTITY, "水源地巡护次数", "=1352次")
    return (
        Proposal(("project", "name"), "农村饮用水源地巡护、水质监测服务", "第一句就是项目名称"),
        Proposal(("indicators",), "水源地巡护次数 =1352次", "概况里写到26处、每周巡护", row),
    )


async def with_many_rows(show: Show, gallery: Gallery, talk_page: Callable[..., FillPage], sample: Record) -> None:
    """A slot with more rows than there is room for."""
    rows = tuple(Indicator(*QUANTITY, f"第{number}处水源地巡护次数", f"={number}次") for number in range(1, 31))
    page = talk_page(replace(sample, declaration=replace(sample.declaration, indicators=rows)))
    await show.open(page)
    page.dialogue.goto("/".join(QUANTITY), come_back=False)
    page.refresh_question()
    await show.settle()
    gallery.look("fill-many-rows")
    await show.close()


async def of_a_record(show: Show, gallery: Gallery, talk_page: Callable[..., FillPage], sample: Record) -> None:
    await show.open(talk_page(sample))
    gallery.look("fill-record")
    for key, name in (("f4", "overview"), ("f6", "table"), ("f5", "review")):
        await show.press(key)
        gallery.look(name)
        await show.press("f10")
    await show.close()


async def handing_over(show: Show, gallery: Gallery, folders: Folders, sample: Record) -> None:
    store, there = Store(folders.records), Path("下载")
    there.mkdir()
    (there / "去年的表.txt").write_text("部门项目支出预算绩效目标下达表\n", encoding="utf-8")
    os.utime(there / "去年的表.txt", (NOW.timestamp(), NOW.timestamp()))
    await show.open(ImportPage(store, folders.state, there))
    gallery.look("import")
    await show.close()
    odd = WATER_SUPPLY.read_text(encoding="utf-8").replace("汛期漂浮物多", "汛期[/b]漂浮物多")
    await show.open(UnderstoodPage(store, read(odd.encode(), "去年的表.txt"), "去年的表.txt"))
    gallery.look("import-preview")
    await show.close()
    await show.open(ExportPage(Outgoing(sample, "2021-水源地巡护", there)))
    gallery.look("export")
    await show.close()
    path = store.add(sample)
    await show.open(EntryPage(Session(store, store.open(path))))
    gallery.look("entry")
    await show.close()
    project = replace(sample.declaration.project, year=2022)
    await show.open(
        ComparePage(store, "2022-水源地巡护", replace(sample, declaration=replace(sample.declaration, project=project)))
    )
    gallery.look("compare")
    await show.close()
    await show.open(preview_page(sample))
    gallery.look("preview")
    await show.close()


async def reading_and_learning(show: Show, gallery: Gallery, folders: Folders) -> None:
    show.app.browse_library()
    await show.settle()
    gallery.look("library")
    await show.close()
    await show.open(help_page())
    gallery.look("help")
    await show.close()
    learn = LearnPage(folders)
    await show.open(learn)
    gallery.look("learn")
    learn.begin("1")
    await show.settle()
    gallery.look("lesson")
    await show.press("f10")
    learn.begin("quiz:why:1")
    await show.settle()
    gallery.look("exercise")
    await show.close()


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def gallery(request: pytest.FixtureRequest, program: Started) -> AsyncIterator[tuple[Show, Gallery]]:
    async with program(request.param) as show:
        yield show, Gallery(show, request.param, update=request.config.getoption("--update-pictures"))


async def test_every_screen(
    gallery: tuple[Show, Gallery],
    many: Callable[[range], None],
    talk_page: Callable[..., FillPage],
    sample: Record,
    folders: Folders,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    show, looked = gallery
    await homes(show, looked, many)
    await questions(show, looked, talk_page, sample)
    await with_many_rows(show, looked, talk_page, sample)
    await of_a_record(show, looked, talk_page, sample)
    await handing_over(show, looked, folders, sample)
    await reading_and_learning(show, looked, folders)
    assert not looked.faults, "\n".join(looked.faults)
