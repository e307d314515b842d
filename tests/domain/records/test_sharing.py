"""One folder for several users: modes as the folder asks for, other users' records to look at only."""

from __future__ import annotations

import multiprocessing
import os
import pwd  # noqa: F401
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.changes import Record
from domain.records import naming, past
from domain.records.atomic import is_shared, make_folder, write_atomic
from domain.records.locks import Hold
from domain.records.store import Store
from tests.domain.records.programs import fill, form
from tui.session import Session

NOBODY = 65534
BESIDE = (naming.journal_path, naming.lock_path, naming.past_path)
NAME, UNIT = ("project", "name"), ("project", "unit")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o2770)
    if not is_shared(folder):
        pytest.skip("the file system keeps no set-group-id bit")
    return folder


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_shared_folder_asks_for_shared_files(shared: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        store = Store(shared)
        session = Session(store, store.new())
        session.edit(NAME, "热线")
        past.keep(naming.past_path(session.path), "x", "离开时")
        assert mode(shared / naming.HIDDEN) == 0o2770
        for path in (session.path, *(path_of(session.path) for path_of in BESIDE)):
            assert mode(path) == 0o660, path
        session.close()
    finally:
        os.umask(before)


@pytest.mark.parametrize("folder_mode", [0o700, 0o755, 0o2755, 0o770])
def test_any_other_folder_keeps_records_private(tmp_path: Path, folder_mode: int) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    folder.chmod(folder_mode)
    make_folder(folder / "sub")
    write_atomic(folder / "sub" / "x", b"1")
    write_atomic(folder / "x", b"1")
    assert (mode(folder / "sub") & 0o777, mode(folder / "sub" / "x"), mode(folder / "x")) == (0o700, 0o600, 0o600)


def as_nobody(act: Callable[[], object]) -> object:
    """What `act` gives in a process of another user."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    "".encode("utf-8-sig")  # that user may not be able to read Python's own files

    def run() -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        queue.put(act())

    process = context.Process(target=run)
    process.start()
    process.join(20)
    assert process.exitcode == 0
    return queue.get()


@pytest.fixture
def open_to_all(tmp_path: Path) -> Path:
    """A folder that everybody may look into."""
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder.stat().st_uid == os.geteuid() and folder != Path("/tmp"):
            folder.chmod(0o755)
    return tmp_path


def test_another_users_record_is_only_looked_at(open_to_all: Path) -> None:
    store = Store(open_to_all)
    path = store.add(Record(form(name="热线")))
    path.chmod(0o644)
    before = path.read_bytes()

    def look() -> tuple[str, str, str, list[str]]:
        again = Store(open_to_all)
        session = Session(again, again.open(path))
        session.edit(UNIT, "改")
        session.close()
        return session.read_only, session.declaration.project.unit, session.trouble, session.news()

    read_only, unit, trouble, news = as_nobody(look)  # type: ignore[misc]
    assert read_only == "文件是 root 的，没有写的权限"
    assert unit == ""
    assert "没有改" in trouble
    assert news == []
    assert path.read_bytes() == before


def test_in_a_folder_that_cannot_be_written_the_work_goes_on_in_memory(open_to_all: Path) -> None:
    store = Store(open_to_all)
    path = store.add(Record(form(name="热线")))
    os.chown(path, NOBODY, NOBODY)
    os.chown(open_to_all, 0, 0)

    def work() -> tuple[str, str, str]:
        again = Store(open_to_all)
        session = Session(again, again.open(path))
        session.edit(UNIT, "改")
        session.edit(UNIT, "再改")
        return session.read_only, session.declaration.project.unit, session.trouble

    assert as_nobody(work) == (
        "", "再改",
        "没有存到磁盘：没有权限。内容还在内存里，会自动再试；腾出空间或改好权限后用 /保存 马上再试。",
    )  # fmt: skip


def test_ones_own_file_that_is_write_protected_is_only_looked_at(open_to_all: Path) -> None:
    store = Store(open_to_all)
    path = store.add(Record(form(name="热线")))
    os.chown(path, NOBODY, NOBODY)
    path.chmod(0o400)
    assert as_nobody(lambda: Store(open_to_all).open(path).read_only) == "文件设成了只读；要改请先 chmod u+w"


def test_another_users_lock_is_alive(open_to_all: Path) -> None:
    store = Store(open_to_all)
    opened = store.new()
    fill(store, opened, NAME, "热线")
    Hold(store.me).take(opened.path)
    hidden = open_to_all / naming.HIDDEN
    hidden.chmod(0o755)
    naming.lock_path(opened.path).chmod(0o644)
    opened.path.chmod(0o666)

    def look() -> str:
        again = Store(open_to_all)
        return Session(again, again.open(opened.path)).read_only

    assert "root" in str(as_nobody(look))
