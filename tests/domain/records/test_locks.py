"""Who has a record: taken by one at a time, stale when its program has ended, told apart from a process of the same number."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from domain.records import locks, naming
from domain.records.locks import SILENCE, Hold, Owner, holder, owner_of, read, sweep
from tests.domain.records.programs import ended


@pytest.fixture
def me() -> Owner:
    return owner_of(os.getpid(), "1.0")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "2020-热线.toml"


def test_a_record_is_held_by_one(record: Path, me: Owner, other: Owner) -> None:
    mine, theirs = Hold(me), Hold(other)
    assert mine.take(record) is None
    refused = theirs.take(record)
    assert refused is not None
    assert refused.is_same(me)
    assert (refused.version, refused.user) == ("1.0", me.user)
    assert refused.since
    assert theirs.path is None
    mine.release()
    assert not naming.lock_path(record).exists()
    assert theirs.take(record) is None
    theirs.release()


def test_taking_again_changes_nothing(record: Path, me: Owner) -> None:
    hold = Hold(me)
    hold.take(record)
    before = naming.lock_path(record).stat()
    assert hold.take(record) is None
    after = naming.lock_path(record).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_taken_by_force_the_first_one_knows_by_whom(record: Path, me: Owner, other: Owner) -> None:
    mine, theirs = Hold(me), Hold(other)
    mine.take(record)
    assert mine.taken_by() is None
    assert theirs.take(record, by_force=True) is None
    taken = mine.taken_by()
    assert taken is not None
    assert "张三" in str(taken)
    mine.release()
    assert naming.lock_path(record).exists()


def test_the_lock_of_an_ended_program_stops_nobody(record: Path, me: Owner) -> None:
    assert Hold(ended()).take(record) is None
    assert holder(record, me) is None
    assert Hold(me).take(record) is None


def test_a_process_of_the_same_number_is_another_program(record: Path, me: Owner, other: Owner) -> None:
    Hold(replace(other, started="other-boot-1")).take(record)
    assert holder(record, me) is None


@pytest.mark.parametrize(("age", "lives"), [(0.0, True), (SILENCE - 60, True), (SILENCE + 60, False), (-9999.0, True)])
def test_another_machine_lives_while_it_gives_signs(record: Path, me: Owner, age: float, lives: bool) -> None:
    far = replace(me, host="另一台", pid=1)
    Hold(far).take(record)
    path = naming.lock_path(record)
    at = path.stat().st_mtime - age
    os.utime(path, (at, at))
    assert (holder(record, me) is not None) == lives


def test_a_sign_of_life_is_given_now_and_then(record: Path, me: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    hold = Hold(me)
    hold.take(record)
    path = naming.lock_path(record)
    os.utime(path, (1, 1))
    hold.sign()
    assert path.stat().st_mtime == 1
    monkeypatch.setattr(locks, "SIGN", -1.0)
    hold.sign()
    assert path.stat().st_mtime > 1


def test_the_hold_follows_the_record(record: Path, me: Owner) -> None:
    hold, moved = Hold(me), record.with_name("2021-热线.toml")
    hold.take(record)
    hold.take(moved)
    assert not naming.lock_path(record).exists()
    assert naming.lock_path(moved).exists()


def test_a_lock_that_vanished_is_still_ours(record: Path, me: Owner) -> None:
    hold = Hold(me)
    hold.take(record)
    naming.lock_path(record).unlink()
    assert hold.is_ours()
    assert hold.taken_by() is None
    hold.release()


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b'{"pid": "x"}', b'{"pid": 1e400}', b"\xff" * 9000, b"[" * 4000]
)
def test_a_damaged_lock_stops_nobody(record: Path, me: Owner, data: bytes) -> None:
    path = naming.lock_path(record)
    path.parent.mkdir()
    path.write_bytes(data)
    assert read(path) is None
    assert Hold(me).take(record) is None
    found = read(path)
    assert found is not None
    assert found.is_same(me)


def test_what_a_lock_says_is_cleaned(record: Path, other: Owner) -> None:
    path = naming.lock_path(record)
    path.parent.mkdir()
    hostile = {**asdict(other), "user": "\x1b[31m红\u202e\n" * 100, "host": "[b]x"}
    path.write_text(json.dumps(hostile), encoding="utf-8")
    found = read(path)
    assert found is not None
    assert "\x1b" not in str(found)
    assert "\u202e" not in str(found)
    assert "\n" not in str(found)
    assert len(found.user) <= 80


def test_locks_of_ended_programs_are_swept(record: Path, me: Owner, other: Owner) -> None:
    path = naming.lock_path(record)
    Hold(other).take(record)
    assert not sweep(path, me)
    Hold(ended()).take(record, by_force=True)
    assert sweep(path, me)
    assert not path.exists()
