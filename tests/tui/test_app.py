"""The app around the screens: what it says where the disk does not play along."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from domain.changes import Record
from domain.model import Declaration, Project
from tui.app import FormApp
from tui.folders import Folders, folders


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    return folders(str(tmp_path / "records"))


@pytest.mark.parametrize(
    ("call", "step", "said"),
    [
        ("roll_record", "add", "2021年的表没有存成：磁盘已满"),
        ("open_record", "open", "打不开 2020-热线：磁盘已满"),
        ("open_history", "open", "打不开 2020-热线：磁盘已满"),
        ("delete_record", "delete", "没有移走 2020-热线：磁盘已满"),
    ],
)
async def test_a_disk_that_refuses_is_said_and_home_stays(
    places: Folders, monkeypatch: pytest.MonkeyPatch, call: str, step: str, said: str
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    app, told = FormApp(places), []
    app.store.add(Record(Declaration(project=Project(year=2020, name="热线"))))
    async with app.run_test(size=(80, 24)) as pilot:
        home = app.screen
        monkeypatch.setattr(app.store, step, full)
        monkeypatch.setattr(app, "notice", told.append)
        action: Any = getattr(app, call)
        action("2020-热线")
        await pilot.pause()
        assert told == [said]
        assert app.screen is home
