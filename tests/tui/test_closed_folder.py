"""A records folder that may not be looked into: said in Chinese with a way on, by every face and command; nothing else suffers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.model import Declaration
from domain.records import naming, trash
from domain.records.codec import RecordError
from domain.records.files import ClosedFolderError
from domain.records.store import Store
from tests.domain.records.programs import form
from tests.fakes import on_disk
from tests.paths import ROOT

if TYPE_CHECKING:
    from domain.changes import Record
    from tests.tui.conftest import PtyApp

LIKE_ANYBODY = """
import ctypes, os, sys
for capability in (1, 2):
    if ctypes.CDLL(None).prctl(24, capability, 0, 0, 0):
        sys.exit(1)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""root is let in everywhere, so the program runs without CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""


def record(**values: object) -> Record:
    from domain.changes import Record

    return Record(form(**values) if values else Declaration())


@pytest.fixture
def below(tmp_path: Path) -> Iterator[Path]:
    """A records folder that is closed, and an open one beside it."""
    for folder in ("records", "others"):
        Store(tmp_path / folder).add(record(year=2021, name="热线"))
    (tmp_path / "records").chmod(0)
    yield tmp_path
    (tmp_path / "records").chmod(0o700)


@pytest.fixture
def environment(below: Path) -> dict[str, str]:
    places = {f"XDG_{name}_HOME": str(below / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    bytecode = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    return {**places, **bytecode, "HOME": str(below), "TIANBIAO_DIR": str(below / "records")}


@pytest.fixture
def argv(environment: dict[str, str]) -> list[str]:
    """The beginning of a command line that runs the program as somebody whom modes keep out."""
    began = [sys.executable, "-c", LIKE_ANYBODY, sys.executable] if os.geteuid() == 0 else [sys.executable]
    look = [*began, "-c", f"import os; os.scandir({environment['TIANBIAO_DIR']!r})"]
    if "PermissionError" not in subprocess.run(look, capture_output=True, text=True, check=False).stderr:
        pytest.skip("nothing keeps this user out of a folder")
    return [*began, "-m", "tui"]


COMMANDS = (
    ("list",), ("show", "2021-热线"), ("new", "--name", "光纤"), ("new", "--from", "2021-热线"), ("export", "2021-热线", "--to", "md"),
    ("diff", "2021-热线", "2021-光纤"), ("collect", "--to", "csv", "-o", "out"), ("entry", "2021-热线"), ("check", "2021-热线"),
    ("history", "2021-热线"), ("history", "2021-热线", "--restore", "1"), ("trash",), ("trash", "--restore", "2021-热线"),
    ("--plain",), ("--plain", "fill"), ("--plain", "fill", "2021-热线"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_so(
    argv: list[str], environment: dict[str, str], below: Path, command: tuple[str, ...]
) -> None:
    done = subprocess.run(
        [*argv, *command],
        env={**os.environ, **environment},
        cwd=below,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert f"记录文件夹 {below / 'records'} 打不开（没有权限）" in done.stderr
    assert "--dir" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Errno" not in done.stderr


def test_another_folder_works(argv: list[str], environment: dict[str, str], below: Path) -> None:
    command = [*argv, "--dir", str(below / "others"), "list"]
    done = subprocess.run(
        command, env={**os.environ, **environment}, cwd=below, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2021-热线\t2021\t热线")


@pytest.mark.parametrize("arguments", [(), ("fill",), ("fill", "2021-热线")], ids=" ".join)
def test_the_full_screen_says_so_and_gives_the_terminal_back(
    start: Callable[..., PtyApp], argv: list[str], environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    app = start(argv=[*argv, *arguments], env=environment)
    assert app.exit_code() == 3, app.text
    assert "打不开（没有权限）" in app.text
    assert "程序出错" not in app.text


def test_closed_while_it_is_worked_on(
    start: Callable[..., PtyApp], argv: list[str], environment: dict[str, str], below: Path
) -> None:
    """The work goes on in memory and is saved once the folder is open again; home says what the matter is."""
    (below / "records").chmod(0o700)
    app = start(argv=argv, env=environment, wait="热线")
    app.type("\r")
    assert app.shows("预算单位")
    (below / "records").chmod(0)
    app.type("水源保护站\r")
    assert app.until(lambda: "没存上" in app.lines[0]), app.text
    app.type("\x1b[15~")  # F5: the other records of the folder are part of a review
    assert app.shows("检查｜")
    app.type("\x1b[21~")
    assert app.until(lambda: "没存上" in app.lines[0]), app.text
    (below / "records").chmod(0o700)
    assert app.until(lambda: "已存" in app.lines[0]), app.text
    assert on_disk(below / "records" / "2021-热线.toml").declaration.project.unit == "水源保护站"
    (below / "records").chmod(0)
    app.type("\x1b[21~")
    assert app.shows("离开吗")
    app.type("y")
    assert app.shows("0 份记录")
    assert app.shows("打不开（没有权限）")
    app.type("\r")  # a new record, which cannot be made here either
    assert app.shows("0 份记录")
    app.type("\x1b[21~", "y")
    assert app.exit_code() == 0, app.text


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("x", encoding="utf-8")
    store = Store(tmp_path / "records")
    for act in (store.paths, store.drafts, store.new, lambda: store.resolve("x"), lambda: store.add(record())):
        with pytest.raises(ClosedFolderError, match="路径中有一段不是文件夹"):
            act()
    with pytest.raises(RecordError):
        trash.thrown(store.folder)
    assert store.others() == []
    assert store.latest() is None


def test_a_folder_that_is_not_there_yet_is_no_closed_one(store: Store) -> None:
    assert (store.paths(), store.drafts()) == ([], [])
    assert store.new().path.stem == naming.UNNAMED
