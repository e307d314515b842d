"""The app around the screens: what it says where the disk does not play along."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from domain.changes import Record
from domain.model import Declaration, Project
from tests.fakes import no_room
from tui.app import FormApp
from tui.folders import Folders, folders
from tui.screens.home import HomePage
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
