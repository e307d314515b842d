"""Much of everything: what is done for it is counted, and what grows without need is a failure."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.text import Text
from textual import events

from domain.changes import Record
from domain.model import Declaration, Indicator, Project
from domain.records.catalog import Catalog, Info
from domain.records.codec import decode
from domain.records.store import Store, read_text
from tests.tui.screens.conftest import show
from tui import searching
from tui.folders import Folders
from tui.record_keys import progress
from tui.screens.home import HomePage
from tui.terminal.app import TerminalApp
from tui.widgets.editor import LongText

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

__all__ = ["show"]

Program = Callable[..., "PtyApp"]
DOWN = "\x1b[B"
SCREEN = 24
"""Rows of the screen."""


def counted(patch: pytest.MonkeyPatch, name: str) -> list[Any]:
    """Every call of a function from now on, with its first argument."""
    module, _, attribute = name.rpartition(".")
    real, calls = getattr(__import__(module, fromlist=[attribute]), attribute), []

    def call(*arguments: Any, **options: Any) -> Any:
        calls.append(arguments[0] if arguments else None)
        return real(*arguments, **options)

    patch.setattr(name, call)
    return calls


def test_a_start_reads_what_has_changed_and_nothing_else(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(300):
        store.add(Record(Declaration(Project(year=2021, name=f"项目{number}"))))
    Catalog(store, tmp_path / "cache", progress).infos()
    changed = store.add(Record(Declaration(Project(year=2021, name="新的"))))
    read = counted(monkeypatch, "domain.records.catalog.read_text")
    opened = counted(monkeypatch, "io.open")
    assert len(Catalog(store, tmp_path / "cache", progress).infos()) == 301
    assert read == [changed]
    assert [path.parent for path in opened if isinstance(path, Path)] == [tmp_path / "cache"]


class Host(TerminalApp):
    """The home screen over a list of ten thousand."""

    CSS_PATH = Path(__file__).parents[2] / "tui" / "app.tcss"

    def __init__(self, folders: Folders) -> None:
        super().__init__()
        self.folders = folders
        self.catalog = self
        self.page = HomePage()

    def infos(self) -> list[Info]:
        return [Info(f"2021-热线{number}", 1.0, 1, 2021, f"热线线路{number}号") for number in range(10_000)]

    def on_mount(self) -> None:
        self.push_screen(self.page)


async def test_ten_thousand_records_cost_no_more_than_those_in_sight(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = counted(monkeypatch, "tui.screens.home.row_text")
    looked_at: list[Info] = []
    real = searching.matcher

    def matcher(query: str) -> Callable[[Info], bool]:
        fits = real(query)

        def counting(info: Info) -> bool:
            looked_at.append(info)
            return fits(info)

        return counting

    monkeypatch.setattr("tui.screens.home.matcher", matcher)
    app = Host(folders)
    async with app.run_test(size=(80, SCREEN)) as pilot:
        await pilot.pause()
        assert 0 < len(painted) <= 4 * SCREEN
        for char, most in (("线", 10_000), ("路", 10_000), ("9", 10_000), ("9", 3_439), ("号", 280)):
            painted.clear()
            looked_at.clear()
            app.post_message(events.Key(char, char))
            await pilot.pause()
            assert len(painted) <= 4 * SCREEN
            assert len(looked_at) <= most


async def test_a_key_in_a_long_paragraph_paints_its_row_only(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[Text] = []
    divide = Text.divide

    def call(text: Text, *arguments: Any) -> Any:
        laid_out.append(text)
        return divide(text, *arguments)

    monkeypatch.setattr(Text, "divide", call)

    class Editor(TerminalApp):
        def compose(self) -> Any:
            yield LongText(id="long")

    app = Editor()
    async with app.run_test(size=(80, SCREEN)) as pilot:
        editor = app.query_one(LongText)
        editor.focus()
        editor.put("热线线路租用，" * 3_000)
        await pilot.pause()
        laid_out.clear()
        for char in "网格员":
            app.post_message(events.Key(char, char))
            await pilot.pause()
        assert editor.text.endswith("网格员")
        assert laid_out == []
        strips = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
        assert "".join(strip for strip in strips if strip)[-10:] in editor.text


def table_of(store: Store, count: int) -> Path:
    rows = tuple(Indicator("产出目标", "数量", f"第{number}项完成数", "=5个") for number in range(count))
    return store.add(Record(Declaration(Project(year=2021, name="大表"), indicators=rows)))


def current(app: PtyApp) -> int:
    """The number of the row that the table stands at, -1 for none of ours."""
    found = re.search(r"^> .*第(\d+)项完成数", app.text, re.MULTILINE)
    return int(found[1]) if found else -1


def test_a_table_of_five_hundred_rows(program: Program, tmp_path: Path) -> None:
    path = table_of(Store(tmp_path / "records"), 500)
    app = program("fill", path.stem, wait="大表")
    app.type("\x1b[17~")
    assert app.shows("500 条")
    for _ in range(9):
        at = current(app)
        app.type("\x1b[6~")
        assert app.until(lambda at=at: current(app) != at)  # type: ignore[misc]
    at, before = current(app), len(app.raw)
    assert 100 < at < 450
    for row in range(at + 1, at + 6):
        app.type(DOWN)
        assert app.until(lambda row=row: current(app) == row), app.text  # type: ignore[misc]
    assert len(app.raw) - before < 5 * 5_000
    app.type("\x15", "末项完成数 =9个\r")
    assert app.until(lambda: "末项完成数" in path.read_text(encoding="utf-8"))
    assert len(decode(read_text(path)).record.declaration.indicators) == 500


def resident(pid: int) -> int:
    """kB of memory that a program holds."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0])


@pytest.mark.stress
def test_twenty_thousand_keys_without_growth(program: Program) -> None:
    app = program("fill", wait="年份")
    app.type("2021\r")
    assert app.shows("预算单位")
    text, sizes, memory = "水源保护站巡护服务", [], []
    for _ in range(20):
        before = len(app.raw)
        for number in range(1_008):
            place = number % 18
            app.send(text[place] if place < 9 else "\x7f")
            wanted = text[: place + 1] if place < 9 else text[: 17 - place]
            assert app.until(lambda wanted=wanted: f"> {wanted}".rstrip() in app.lines), app.text  # type: ignore[misc]
        sizes.append(len(app.raw) - before)
        memory.append(resident(app.pid))
        app.raw = app.raw[-10_000:]
    assert sizes[-1] <= 1.1 * sizes[1]
    assert memory[-1] <= 1.05 * memory[2]


PROGRAMS, ANSWERS = 10, 120


@pytest.mark.stress
def test_ten_programs_on_one_folder(program: Program, tmp_path: Path) -> None:
    """Each fills a record of its own, again and again, in a folder of them all: no answer is lost, no file is damaged."""
    apps = [program("fill", wait="年份") for _ in range(PROGRAMS)]
    rng, names = random.Random(8), [f"第{number}份项目" for number in range(PROGRAMS)]
    for app, name in zip(apps, names, strict=True):
        for said, asked in (("2021", "预算单位"), ("水源保护站", "项目名称"), (name, "项目类别")):
            app.type(f"{said}\r")
            assert app.shows(asked), app.text
    last = dict.fromkeys(names, "")
    for number in range(ANSWERS):
        at = rng.randrange(PROGRAMS)
        app, filler = apps[at], f"填报人{number}"
        app.type("/去填报人\r")
        assert app.shows("谁填的这张表")
        app.type("\x15", f"{filler}\r")
        assert app.shows(f"填报人：{filler}"), app.text
        last[names[at]] = filler
    for app in apps:
        app.type("\x1b[21~", "y")
        assert app.exit_code() == 0
    found = {}
    store = Store(tmp_path / "records")
    for path in store.paths():
        held = decode(read_text(path)).record.declaration.project
        found[held.name] = held.filler
    assert found == last
    assert store.drafts() == []
    assert not list((tmp_path / "records").rglob("*.damaged"))
    assert not list((tmp_path / "records").rglob("*.tmp"))
