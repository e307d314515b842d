"""A disk that is full, read-only, gone or failing: the filer is told, the work goes on, saving resumes by itself."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from domain.records.codec import decode
from domain.records.store import Store, read_text
from tests.fakes import Talk, texts

if TYPE_CHECKING:
    from domain.model import Project
    from tests.tui.conftest import PtyApp

Program = Callable[..., "PtyApp"]

NOT_SAVED, SAVED = "没存上！", "｜已存"
LOUD = "没有存到磁盘"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 256 kB, mounted where the records are."""
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    if _mount("-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", str(folder)):
        pytest.skip("只有 root 能挂载一个小 tmpfs，这里不能，略过磁盘满和只读的试验")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mount(*arguments: str) -> int:
    mount = shutil.which("mount")
    return subprocess.run([mount, *arguments], capture_output=True, check=False).returncode if mount else 1


def fill_up(folder: Path) -> Path:
    """Leave no byte free; removing the file makes room again."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            with suppress(OSError):  # no space left
                while file.write(b"x" * size):
                    pass
    return ballast


def project(folder: Path) -> Project:
    [path] = Store(folder).paths()
    return decode(read_text(path)).record.declaration.project


def begin(program: Program) -> PtyApp:
    """Year and unit are answered and saved."""
    app = program("fill", wait="年份")
    app.type("2021\r")
    assert app.shows("预算单位")
    app.type("水源保护站\r")
    assert app.shows("项目名称")
    assert app.shows(SAVED)
    return app


def work_on(app: PtyApp, why: str) -> None:
    """While nothing can be saved: the filer is told why, and further answers are taken."""
    app.type("热线线路租用费\r")
    assert app.shows("项目类别")
    assert app.shows(NOT_SAVED)
    assert app.shows(LOUD)
    assert why in "".join(app.lines), app.text
    app.type("\x1b[19~", "经常性项目\r")
    assert app.shows("是否包含二级项目")
    assert app.shows(NOT_SAVED)


def check_resumed(app: PtyApp, folder: Path) -> None:
    """One more answer, and everything is on disk."""
    app.type("否\r")
    assert app.shows("功能科目")
    assert app.shows(SAVED), app.text
    found = project(folder)
    assert (found.year, found.unit, found.name) == (2021, "水源保护站", "热线线路租用费")
    assert (found.nature, found.has_subprojects) == ("经常性项目", False)
    app.type("\x1b[21~", "y")
    assert app.exit_code() == 0


def test_full_disk(program: Program, small_disk: Path) -> None:
    app = begin(program)
    ballast = fill_up(small_disk)
    work_on(app, "磁盘已满")
    ballast.unlink()
    check_resumed(app, small_disk)


def test_saving_resumes_by_itself(program: Program, small_disk: Path) -> None:
    """Nobody presses a key: once there is room, all is saved and said."""
    app = begin(program)
    ballast = fill_up(small_disk)
    work_on(app, "磁盘已满")
    ballast.unlink()
    assert app.shows("又能存了")
    assert app.shows(SAVED)
    assert project(small_disk).name == "热线线路租用费"


def test_read_only_disk(program: Program, small_disk: Path) -> None:
    app = begin(program)
    assert _mount("--bind", str(small_disk), str(small_disk)) == 0  # over it, as the journal's file is open for writing
    assert _mount("-o", "remount,bind,ro", str(small_disk)) == 0
    work_on(app, "文件系统只读")
    subprocess.run(["umount", str(small_disk)], check=True)
    check_resumed(app, small_disk)


@pytest.mark.parametrize("comes_back_empty", [False, True])
def test_vanished_folder(program: Program, tmp_path: Path, comes_back_empty: bool) -> None:
    """A share that is gone, or a folder that somebody moved away; later it is there again, or a new one in its place."""
    app = begin(program)
    records, away = tmp_path / "records", tmp_path / "away"
    records.rename(away)
    work_on(app, "文件夹不见了")
    if comes_back_empty:
        records.mkdir(mode=0o700)
    else:
        away.rename(records)
    check_resumed(app, records)


CALLS = ("write", "fsync", "replace", "link", "open", "mkdir")
FAULTS = {errno.ENOSPC: "磁盘已满", errno.EDQUOT: "超出磁盘配额", errno.EROFS: "只读", errno.EIO: "磁盘读写出错"}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("number", FAULTS)
@pytest.mark.parametrize("after", [0, 1])
def test_a_failing_call(talk: Talk, monkeypatch: pytest.MonkeyPatch, name: str, number: int, after: int) -> None:
    """Whichever call fails, at once or from the second time on, until it works again."""
    talk.say(*("2021", "水源保护站")[:after])
    real, failing, failed = getattr(os, name), True, []

    def call(*arguments: Any, **options: Any) -> Any:
        if failing and (name != "open" or arguments[1] & (os.O_WRONLY | os.O_RDWR)):
            failed.append(arguments)
            raise OSError(number, os.strerror(number))
        return real(*arguments, **options)

    monkeypatch.setattr(os, name, call)
    reply = talk.say(*("2021", "水源保护站", "热线")[after:])
    if failed:
        assert FAULTS[number] in texts(reply)
        assert "内容还在内存里" in talk.session.trouble
    assert (talk.form.project.year, talk.form.project.name) == (2021, "热线")
    failing = False
    talk.say("/跳过")
    assert talk.session.trouble == ""
    talk.session.close()
    assert talk.again().session.record == talk.session.record
    assert project(talk.store.folder) == talk.form.project


def test_a_jumping_clock(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer's clock goes to 1970, to 2099 and back: order, undo and recovery know no time."""
    for said, seconds in (("2021", 0.0), ("水源保护站", 4.1e9), ("热线", 1.0)):
        monkeypatch.setattr("time.time", lambda seconds=seconds: seconds)
        talk.say(said)
        for path in talk.store.paths():
            os.utime(path, (seconds, seconds))
    record = talk.session.record
    talk = talk.again()
    assert talk.session.record == record
    assert talk.session.recovered == 0
    talk.say("/撤销", "/撤销")
    assert (talk.form.project.year, talk.form.project.unit) == (2021, "")
    talk.say("/重做", "/重做")
    assert talk.session.record.declaration == record.declaration
