"""Whatever ends the program, every accepted answer and the text in progress are there at the next start."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.records.codec import decode
from domain.records.store import Store, read_text

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

Start = Callable[..., "PtyApp"]
HALF = "网格平台光纤租"


@pytest.fixture
def run(start: Start, tmp_path: Path) -> Callable[..., PtyApp]:
    environment = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    environment["TIANBIAO_DIR"] = str(tmp_path / "records")
    return lambda *arguments, **more: start(argv=[sys.executable, "-m", "tui", *arguments], env=environment, **more)


def answer_three(app: PtyApp) -> None:
    """Year, unit, and half of the name, which is on disk before this returns."""
    app.type("2021\r")
    assert app.shows("预算单位")
    app.type("水源保护站\r")
    assert app.shows("项目名称")
    app.type(HALF)


def journal_holds(folder: Path, text: str) -> bool:
    return any(text in path.read_text(encoding="utf-8") for path in folder.glob("records/.tianbiao/*.journal"))


def check_saved(tmp_path: Path) -> None:
    [path] = Store(tmp_path / "records").paths()
    project = decode(read_text(path)).record.declaration.project
    assert (project.year, project.unit) == (2021, "水源保护站")


def check_goes_on(run: Callable[..., PtyApp]) -> None:
    """The next start names the unfinished record first; Enter is back at the question with the half text in it."""
    app = run(wait="接着填")
    app.type("\r")
    assert app.shows(f"> {HALF}"), app.text
    assert "项目名称" in app.text


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_signals(run: Callable[..., PtyApp], tmp_path: Path, number: signal.Signals) -> None:
    app = run("fill", wait="年份")
    answer_three(app)
    if number is signal.SIGKILL:
        assert app.until(lambda: journal_holds(tmp_path, HALF))
    app.kill(number)
    assert app.exit_code() == {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGHUP: 129}[number]
    check_saved(tmp_path)
    check_goes_on(run)


def test_closed_terminal(run: Callable[..., PtyApp], tmp_path: Path) -> None:
    app = run("fill", wait="年份")
    answer_three(app)
    app.hang_up()
    _, status = os.waitpid(app.pid, 0)
    app.code = os.waitstatus_to_exitcode(status)
    check_saved(tmp_path)
    check_goes_on(run)


def test_gbk_bytes(run: Callable[..., PtyApp], tmp_path: Path) -> None:
    app = run("fill", wait="年份")
    answer_three(app)
    app.send("用费".encode("gbk"))
    app.send("好")
    assert app.shows("好")
    app.type("\r")
    assert app.until(lambda: "项目类别" in app.text)
    check_saved(tmp_path)
