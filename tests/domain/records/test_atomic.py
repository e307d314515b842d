"""Files written whole or not at all, for the user's eyes only."""

from __future__ import annotations

import errno
import os
import tty
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.records.atomic import make_folder, reason, write_atomic
from tests.fakes import failing, no_room


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture(autouse=True)
def usual_umask() -> None:
    os.umask(0o022)


def test_new_files_and_folders_are_private(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "c"
    make_folder(folder)
    assert [mode(tmp_path / part) for part in ("a", "a/b", "a/b/c")] == [0o700] * 3
    write_atomic(folder / "x", b"1")
    assert mode(folder / "x") == 0o600


def test_a_device_is_written_into_and_stays_one(tmp_path: Path) -> None:
    leader, follower = os.openpty()
    name = os.ttyname(follower)
    tty.setraw(follower)
    for path in (Path(name), tmp_path / "link"):
        if path != Path(name):
            path.symlink_to(name)
        write_atomic(path, b"abc")
        assert os.read(leader, 9) == b"abc"
        assert path.is_char_device()
    os.close(leader)
    os.close(follower)


def test_a_pipe_is_written_into_where_somebody_reads(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(OSError, match="pipe") as caught:
        write_atomic(path, b"1")
    assert reason(caught.value) == "那一头没有程序在读"
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    write_atomic(path, b"abc")
    assert os.read(reader, 9) == b"abc"
    assert path.is_fifo()
    os.close(reader)
    with pytest.raises(FileExistsError):
        write_atomic(path, b"1", exclusive=True)


def test_what_exists_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path)
    path = tmp_path / "x"
    path.write_bytes(b"1")
    path.chmod(0o664)
    write_atomic(path, b"2")
    assert (mode(tmp_path), mode(path), path.read_bytes()) == (0o755, 0o664, b"2")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "x.toml"
    link.symlink_to(tmp_path / "real" / "y.toml")
    write_atomic(link, b"1")
    assert link.is_symlink()
    assert (tmp_path / "real" / "y.toml").read_bytes() == b"1"


def test_a_folder_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    with pytest.raises(OSError, match=r".*"):
        make_folder(tmp_path / "x" / "y")


def test_exclusive_never_replaces(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_atomic(path, b"1", exclusive=True)
    with pytest.raises(FileExistsError):
        write_atomic(path, b"2", exclusive=True)
    assert path.read_bytes() == b"1"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def test_file_systems_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(os, "link", failing(code))
    path = tmp_path / "x"
    write_atomic(path, b"1", exclusive=True)
    assert (path.read_bytes(), mode(path)) == (b"1", 0o600)
    with pytest.raises(FileExistsError):
        write_atomic(path, b"2", exclusive=True)
    assert path.read_bytes() == b"1"


def noting(done: list[str], call: str) -> Callable[..., object]:
    real = getattr(os, call)

    def noted(*arguments: object, **options: object) -> object:
        done.append(call)
        return real(*arguments, **options)

    return noted


@pytest.mark.parametrize("exclusive", [True, False])
def test_the_bytes_are_on_the_disk_before_they_have_their_name_and_then_the_name_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exclusive: bool
) -> None:
    done: list[str] = []
    for call in ("fsync", "replace", "link"):
        monkeypatch.setattr(os, call, noting(done, call))
    write_atomic(tmp_path / "x", b"1", exclusive=exclusive)
    assert done == ["fsync", "link" if exclusive else "replace", "fsync"]


@pytest.mark.parametrize("call", ["fsync", "replace", "link"])
@pytest.mark.parametrize("exclusive", [True, False])
def test_a_failing_disk_leaves_the_old_bytes_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, exclusive: bool
) -> None:
    path = tmp_path / "x"
    if not exclusive:
        path.write_bytes(b"old")
    before = sorted(entry.name for entry in tmp_path.iterdir())
    monkeypatch.setattr(os, call, no_room)
    uses = {"fsync"} | ({"link"} if exclusive else {"replace"})
    if call in uses:
        with pytest.raises(OSError, match="No space"):
            write_atomic(path, b"new", exclusive=exclusive)
        assert sorted(entry.name for entry in tmp_path.iterdir()) == before
        assert exclusive or path.read_bytes() == b"old"
    else:
        write_atomic(path, b"new", exclusive=exclusive)


def test_without_hard_links_a_failing_disk_leaves_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    monkeypatch.setattr(os, "replace", no_room)
    with pytest.raises(OSError, match="No space"):
        write_atomic(tmp_path / "x", b"1", exclusive=True)
    assert list(tmp_path.iterdir()) == []


def test_the_longest_file_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 85)
    write_atomic(path, b"1")
    assert path.read_bytes() == b"1"


@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENOENT, errno.EEXIST, errno.EISDIR, errno.EIO]
)
def test_reasons_are_chinese(code: int) -> None:
    assert all("一" <= char <= "鿿" for char in reason(OSError(code, os.strerror(code))))


def test_an_unknown_reason_is_still_said() -> None:
    assert reason(OSError(9999, "odd")) == "odd"
    assert reason(OSError("odd")) == "odd"


@pytest.mark.parametrize("exclusive", [False, True])
def test_an_error_names_the_file_that_was_asked_for(tmp_path: Path, exclusive: bool) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "none" / "x", tmp_path / "folder"):
        with pytest.raises(OSError, match=r"Errno") as caught:
            write_atomic(path, b"1", exclusive=exclusive)
        assert (caught.value.filename, caught.value.filename2) == (str(path), None)
