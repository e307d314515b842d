"""The export page: every format with what it cannot hold, a file that is never overwritten unasked."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.changes import Record
from domain.exchange import EXPORTERS, ExportProblem, file_name, losses, read
from domain.records.store import Store
from tests.paths import THREE_FORMS
from tui.outgoing import Outgoing
from tui.screens import exporting
from tui.screens.exporting import ExportPage

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp
    from tests.tui.screens.conftest import Show

HERE = Path(__file__).parent
NUMBER = {one.id: number for number, one in enumerate(EXPORTERS)}


@pytest.fixture(scope="module")
def record() -> Record:
    return read(THREE_FORMS.read_bytes(), THREE_FORMS.name)[0].record


@pytest.fixture
def page(record: Record, tmp_path: Path) -> ExportPage:
    return ExportPage(Outgoing(record, "2020-热线", tmp_path))


async def test_every_format_is_offered(show: Show, page: ExportPage) -> None:
    async with show(page, size=(80, 40)) as seen:
        assert all(any(one.label in row for row in seen.lines) for one in EXPORTERS)
        assert "2020-热线.txt" in seen.lines[-2]
        assert exporting.COMPLETE in seen.text


@pytest.mark.parametrize("target", EXPORTERS, ids=lambda one: one.id)
async def test_what_a_format_cannot_hold_is_said(
    show: Show, page: ExportPage, record: Record, target: exporting.Exporter
) -> None:
    async with show(page, size=(200, 60)) as seen:
        await seen.press(*["down"] * NUMBER[target.id])
        shown = "".join(seen.lines).replace(" ", "")
        assert all(text[:30].replace(" ", "") in shown for text in losses(record, target))
        assert file_name("2020-热线", target, EXPORTERS) in seen.lines[-2]


async def test_while_a_file_is_written_the_screen_says_so_and_stays(
    show: Show, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def write(record: Record) -> bytes:
        assert go_on.wait(10)
        return b"done"

    slow = replace(EXPORTERS[0], id="slow", write=write)
    monkeypatch.setattr(exporting, "HOLD", 0.0)
    async with show(ExportPage(Outgoing(record, "2020-热线", tmp_path, (*EXPORTERS, slow)), "slow")) as seen:
        await seen.press("enter")
        await seen.shows("已在写")
        await seen.press("f9")
        assert "请稍候" in seen.keys
        await seen.press("f10")
        assert seen.is_open
        go_on.set()
        await seen.shows("写好了")
        await seen.press("f10")
        [path] = await seen.ended()
    assert path.read_bytes() == b"done"


async def test_a_long_list_of_losses_can_be_read_whole(show: Show, page: ExportPage, record: Record) -> None:
    async with show(page) as seen:
        await seen.press(*["down"] * NUMBER["national"])
        assert "F1 看全部" in seen.text
        await seen.press("f1")
        await seen.shows(losses(record, EXPORTERS[NUMBER["national"]])[-1][:20])


def test_names_do_not_collide() -> None:
    names = [file_name("甲", one, EXPORTERS) for one in EXPORTERS]
    assert len(set(names)) == len(names)


async def test_it_writes_and_says_where(show: Show, page: ExportPage, record: Record, tmp_path: Path) -> None:
    async with show(page) as seen:
        await seen.press("enter")
        await seen.shows("写好了")
        assert str(tmp_path / "2020-热线.txt") in "".join(seen.lines)
        await seen.press("f10")
        assert await seen.ended() == (tmp_path / "2020-热线.txt",)
    [form] = read((tmp_path / "2020-热线.txt").read_bytes())
    assert form.record.declaration == record.declaration


@pytest.mark.parametrize(
    ("answer", "replaced"), [("n", False), ("f10", False), ("f9", False), ("enter", True), ("y", True)]
)
async def test_a_file_that_is_there_is_asked_about(
    show: Show, page: ExportPage, tmp_path: Path, answer: str, replaced: bool
) -> None:
    path = tmp_path / "2020-热线.txt"
    path.write_text("别人的", encoding="utf-8")
    async with show(page) as seen:
        await seen.press("enter")
        assert "已有" in seen.keys
        assert path.read_text(encoding="utf-8") == "别人的"
        await seen.press(answer)
        assert (path.read_text(encoding="utf-8") != "别人的") is replaced
        assert ("写好了" in seen.text) is replaced
        assert seen.is_open


async def test_a_name_of_ones_own_keeps_its_folder_and_follows_the_suffix(
    show: Show, page: ExportPage, tmp_path: Path
) -> None:
    async with show(page) as seen:
        await seen.press("home")
        await seen.type("子/")
        await seen.press("down")
        assert "写到：子/2020-热线.md" in seen.text
        await seen.press("ctrl+u")
        await seen.type("我的.md")
        await seen.press("down")
        assert "写到：我的.html" in seen.text
        await seen.press("ctrl+u")
        await seen.type("子/甲.html")
        await seen.press("enter")
        assert "没有文件夹" in seen.keys
        assert not (tmp_path / "子").exists()
        await seen.press("enter")
        await seen.shows("写好了")
    assert (tmp_path / "子" / "甲.html").exists()


async def test_a_folder_gets_the_proposed_name(show: Show, page: ExportPage, tmp_path: Path) -> None:
    (tmp_path / "存放").mkdir()
    async with show(page) as seen:
        await seen.press("ctrl+u")
        await seen.type("存")
        await seen.press("tab")
        assert "写到：存放/" in seen.text
        await seen.press("enter")
        await seen.shows("写好了")
    assert (tmp_path / "存放" / "2020-热线.txt").exists()


async def test_what_goes_wrong_is_said(show: Show, record: Record, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()

    def fails(record: Record) -> bytes:
        raise ExportProblem("没有装 python-docx，请先安装")

    changed = tuple(replace(one, write=fails) if one.id == "md" else one for one in EXPORTERS)
    async with show(ExportPage(Outgoing(record, "甲", tmp_path, changed))) as seen:
        await seen.press("down", "enter")
        await seen.shows("没有装 python-docx")
        await seen.press("up", "ctrl+u")
        await seen.type("文件/甲.txt")
        await seen.press("enter", "enter")
        await seen.shows("建不了文件夹")
        for name in ("长" * 100, "长" * 100 + "/甲.txt"):
            await seen.press("ctrl+u")
            await seen.type(name)
            await seen.press("enter", "enter")
            await seen.shows("文件名太长")
        await seen.press("f10")
        assert await seen.ended() == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["文件"]


async def test_foreign_names_are_shown_letter_by_letter(show: Show, record: Record, tmp_path: Path) -> None:
    async with show(ExportPage(Outgoing(record, "错[/b]误[@click=app.quit]\x1b[2J点", tmp_path))) as seen:
        assert "错[/b]误[@click=app.quit]点" in seen.lines[0]


def test_by_keys_on_a_terminal(
    start: Callable[..., PtyApp], record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    store = Store(tmp_path / "records")
    stem = store.add(record).stem
    environment = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    app = start(
        argv=[sys.executable, str(HERE / "pages_app.py"), "export", str(store.folder)], env=environment, wait="导出｜"
    )
    app.type("\x1b[B", "\r")
    assert app.shows("写好了"), app.text
    app.type("\r")
    assert app.shows("覆盖吗")
    app.type("n", "\x1b[21~")
    assert app.exit_code() == 0
    assert (here / f"{stem}.md").read_bytes() == EXPORTERS[NUMBER["md"]].write(record)
