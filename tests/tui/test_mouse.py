"""The mouse, off unless it is asked for: a click goes to a row, a second one opens it, the wheel moves."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Declaration
from domain.records.store import Store
from tests.tui.conftest import PtyApp

REPORTS = b"\x1b[?1000h"


@pytest.fixture
def home(start: Callable[..., PtyApp], tmp_path: Path) -> Callable[..., PtyApp]:
    store = Store(tmp_path / "records")
    for year in (2019, 2020, 2021):
        store.add(Record(Declaration().replace(("project", "year"), year).replace(("project", "name"), f"热线{year}")))

    def begin(*flags: str) -> PtyApp:
        env = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE")}
        app = start(argv=[sys.executable, "-m", "tui", "--dir", str(store.folder), *flags], env=env)
        assert app.shows("3 份记录")
        return app

    return begin


def click(app: PtyApp, row: int) -> None:
    app.type(f"\x1b[<0;10;{row + 1}M\x1b[<0;10;{row + 1}m")


def current(app: PtyApp) -> int:
    return next((number for number, line in enumerate(app.lines) if line.startswith("> ")), -1)


def test_no_mouse_unless_wanted(home: Callable[..., PtyApp]) -> None:
    assert REPORTS not in home().raw


def test_clicks_choose_and_open_and_the_wheel_moves(home: Callable[..., PtyApp]) -> None:
    app = home("--mouse")
    assert REPORTS in app.raw
    click(app, 3)
    assert app.until(lambda: current(app) == 3)
    app.type("\x1b[<64;10;3M")
    assert app.until(lambda: current(app) == 2)
    app.type("\x1b[<65;10;3M")
    assert app.until(lambda: current(app) == 3)
    click(app, 1)
    assert app.until(lambda: current(app) == 1)
    name = app.lines[1].split()[2]
    click(app, 1)
    assert app.until(lambda: "填表｜" in app.lines[0] and name in app.lines[0])
