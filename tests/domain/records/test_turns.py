"""Programs of ours at one record take turns; what others write in the last moment before a file is replaced is not lost."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from domain.records import exchanging, naming, trash, turns
from domain.records.atomic import OvertakenError, write_atomic
from domain.records.store import Opened, Store
from tests.domain.records.programs import edit, fill
from tests.fakes import on_disk
from tests.paths import ROOT
from tui.session import Session

NAME, UNIT, PHONE = ("project", "name"), ("project", "unit"), ("project", "phone")

HAVE = """
import sys
from pathlib import Path
from domain.records.turns import Turns
with Turns().at(Path(sys.argv[1])):
    print("had", flush=True)
    sys.stdin.read()
"""
TRY = """
import sys
from pathlib import Path
from domain.records import turns
turns.TRIES = 1
print(turns.Turns()._wait(Path(sys.argv[1])) is not None)
"""


@contextmanager
def another_has_the_turn(record: Path) -> Iterator[subprocess.Popen[str]]:
    argv = [sys.executable, "-c", HAVE, str(record)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "had\n"
        yield process


def can_have_the_turn(record: Path) -> bool:
    """Whether another program can."""
    argv = [sys.executable, "-c", TRY, str(record)]
    return subprocess.run(argv, capture_output=True, text=True, check=True, cwd=ROOT).stdout == "True\n"


@pytest.fixture
def session(store: Store) -> Session:
    session = Session(store, store.new())
    session.edit(NAME, "热线")
    return session


def test_a_write_is_one_turn_from_the_look_at_the_lock_to_its_end(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    free: list[bool] = []
    do = Store.do

    def watched(*arguments: object) -> None:
        free.append(can_have_the_turn(session.path))
        do(*arguments)  # type: ignore[arg-type]
        free.append(can_have_the_turn(session.path))

    monkeypatch.setattr(Store, "do", watched)
    session.edit(UNIT, "中心")
    assert free == [False, False]
    assert can_have_the_turn(session.path)


def test_another_record_waits_for_nobody(session: Session) -> None:
    with another_has_the_turn(session.path):
        assert not can_have_the_turn(session.path)
        assert can_have_the_turn(session.path.with_name("别的.toml"))


def test_a_write_waits_for_its_turn(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    with another_has_the_turn(session.path) as process:

        class Pause:
            def wait(self, seconds: float) -> None:
                waited.append(seconds)
                process.communicate("")

        monkeypatch.setattr("domain.records.turns.threading.Event", Pause)
        session.edit(UNIT, "中心")
    assert len(waited) == 1
    assert on_disk(session.path).declaration.project.unit == "中心"


def test_a_program_stopped_in_its_turn_holds_nobody_up_for_ever(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PAUSE", 0.0)
    with another_has_the_turn(session.path):
        session.edit(UNIT, "中心")
    assert session.trouble == ""
    assert on_disk(session.path).declaration.project.unit == "中心"


def test_without_locks_the_work_goes_on(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def none(*arguments: object) -> None:
        asked.append(arguments)
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("domain.records.turns.fcntl.lockf", none)
    session.edit(UNIT, "中心")
    session.edit(PHONE, "5970000")
    assert on_disk(session.path) == session.record
    assert len(asked) == 1


# --- in the last moment ---


@pytest.fixture
def opened(store: Store) -> Opened:
    opened = store.new()
    fill(store, opened, NAME, "热线")
    fill(store, opened, UNIT, "中心")
    return opened


def written_in_place(path: Path) -> None:
    edit(path, "中心", "别处改的")


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_text(path.read_text(encoding="utf-8").replace("中心", "别处改的"), encoding="utf-8")
    other.replace(path)


def just_before(patch: pytest.MonkeyPatch, act: Callable[[], None], *, possible: bool = True) -> None:
    """Let `act` happen once, right before a file is replaced."""
    real, waiting = exchanging.exchange, [act]

    def exchange(one: Path, other: Path) -> None:
        while waiting:
            waiting.pop()()
        if not possible:
            raise OSError(errno.ENOSYS, "not here")
        real(one, other)

    patch.setattr(exchanging, "exchange", exchange)


@pytest.mark.parametrize("possible", [True, False])
@pytest.mark.parametrize("write", [written_in_place, replaced])
def test_what_is_written_in_the_last_moment_is_merged(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None], possible: bool
) -> None:
    just_before(monkeypatch, lambda: write(opened.path), possible=possible)
    fill(store, opened, PHONE, "5970000")
    project = on_disk(opened.path).declaration.project
    assert (project.unit, project.phone) == ("别处改的", "5970000")
    assert [path.name for path in store.folder.iterdir() if path.name.endswith(".tmp")] == []


def test_what_is_deleted_in_the_last_moment_is_written_again(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    just_before(monkeypatch, opened.path.unlink)
    fill(store, opened, PHONE, "5970000")
    assert on_disk(opened.path).declaration.project.phone == "5970000"
    assert any("被移走或删掉" in note for note in opened.notes)


def test_who_writes_again_and_again_is_not_overwritten(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = exchanging.exchange
    texts = iter(range(100))

    def exchange(one: Path, other: Path) -> None:
        number = next(texts)
        edit(other, "中心" if number == 0 else f"第{number - 1}次", f"第{number}次") if number % 2 == 0 else None
        real(one, other)
        if number % 2 == 1:  # the exchange that puts theirs back
            edit(other, f"第{number - 1}次", f"第{number}次")

    monkeypatch.setattr(exchanging, "exchange", exchange)
    with pytest.raises(OvertakenError):
        fill(store, opened, PHONE, "5970000")
    assert "第" in on_disk(opened.path).declaration.project.unit
    monkeypatch.undo()
    store.save(opened)
    project = on_disk(opened.path).declaration.project
    assert "第" in project.unit
    assert project.phone == "5970000"


def test_what_is_written_under_the_old_name_lies_in_the_trash(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, replace = opened.path, Path.replace

    def late(self: Path, target: Path) -> Path:
        if self == before:
            written_in_place(before)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", late)
    fill(store, opened, NAME, "光纤")
    assert opened.path != before
    assert not before.exists()
    [copy] = trash.thrown(store.folder)
    assert on_disk(copy.path).declaration.project.unit == "别处改的"


def test_a_file_that_is_the_expected_one_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    write_atomic(path, b"new", expected=lambda replaced: replaced.read_bytes() == b"old")
    assert path.read_bytes() == b"new"
    with pytest.raises(OvertakenError):
        write_atomic(path, b"newer", expected=lambda replaced: replaced.read_bytes() == b"old")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_without_records_has_no_turns(store: Store) -> None:
    with turns.Turns().at(store.folder / "x.toml"):
        assert not (store.folder / naming.HIDDEN).exists()
