"""The trash, what can be brought back from it, and what killed programs leave behind."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from domain.changes import Record
from domain.records import left, naming, past, repair, tidy, trash
from domain.records.codec import encode
from domain.records.limits import TRASH_ALWAYS, TRASH_BYTES, TRASH_COPY_DAYS, TRASH_DAYS
from domain.records.locks import Hold
from domain.records.store import HeldError, Store
from tests.domain.records.programs import another, ended, fill, form
from tests.fakes import no_room, on_disk

NAME = ("project", "name")


def made(store: Store, name: str = "热线") -> Path:
    opened = store.new()
    fill(store, opened, NAME, name)
    opened.journal.close()
    past.keep(naming.past_path(opened.path), opened.text, "离开时")
    return opened.path


def test_what_was_deleted_comes_back_with_journal_and_past(store: Store) -> None:
    path = made(store)
    store.delete(path)
    [one] = trash.thrown(store.folder)
    assert (one.stem, one.is_copy) == ("热线", False)
    assert trash.put_back(one) == path
    assert trash.thrown(store.folder) == []
    opened = store.open(path)
    assert opened.record.declaration.project.name == "热线"
    assert store.undo(opened) is not None
    assert len(past.read(naming.past_path(opened.path))) == 1


def test_a_record_that_was_never_opened_was_deleted_all_the_same(store: Store) -> None:
    path = store.add(Record(form(name="热线")))
    store.delete(path)
    assert [one.is_copy for one in trash.thrown(store.folder)] == [False]


def test_it_comes_back_beside_one_that_has_its_name_by_now(store: Store) -> None:
    store.delete(made(store))
    path = made(store)
    [one] = trash.thrown(store.folder)
    assert trash.put_back(one).name == "热线-2.toml"
    assert len(store.paths()) == 2
    assert store.open(path).record.declaration.project.name == "热线"


def test_a_draft_comes_back(store: Store) -> None:
    opened = store.new()
    store.typing(opened, "project.year", "20")
    opened.journal.close()
    store.delete(opened.path)
    [one] = trash.thrown(store.folder)
    trash.put_back(one)
    assert store.drafts() == [opened.path]


def test_copies_are_told_from_what_was_deleted_and_the_newest_is_first(store: Store) -> None:
    path = made(store)
    trash.put_copy(path, b"x = 1")
    trash.put_copy(path, b"x = 2")
    found = trash.thrown(store.folder)
    assert [one.is_copy for one in found] == [True, True]
    assert len({one.name for one in found}) == 2
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)


def test_strange_files_in_the_trash_are_passed_over(store: Store) -> None:
    folder = naming.trash_folder(store.folder)
    folder.mkdir(parents=True)
    for name in ("a.toml", "notes.txt", ".toml", "甲.2026.toml"):
        (folder / name).touch()
    assert trash.thrown(store.folder) == []


TODAY = datetime.date(2026, 6, 1)


def thrown(number: int, days: int, *, copy: bool = False) -> trash.Thrown:
    at = (TODAY - datetime.timedelta(days)).isoformat() + "T080000-0000"
    return trash.Thrown(Path(f"{number}.{at}.toml"), str(number), at, copy)


def many(count: int) -> list[tuple[trash.Thrown, int]]:
    """So much that is new that the rest is looked at."""
    return [(thrown(number, 0), 1) for number in range(count)]


@pytest.mark.parametrize(
    ("days", "copy", "goes"),
    [
        (TRASH_DAYS, False, False),
        (TRASH_DAYS + 1, False, True),
        (TRASH_COPY_DAYS, True, False),
        (TRASH_COPY_DAYS + 1, True, True),
        (TRASH_COPY_DAYS + 1, False, False),
        (-40_000, True, False),
    ],
)
def test_what_has_lain_there_too_long_goes(days: int, copy: bool, goes: bool) -> None:
    one = thrown(999, days, copy=copy)
    assert trash.expired([*many(TRASH_ALWAYS), (one, 1)], TODAY) == ([one] if goes else [])
    assert trash.expired([*many(TRASH_ALWAYS - 1), (one, 1)], TODAY) == []


def test_what_is_too_much_goes_and_the_newest_stay() -> None:
    large = [(thrown(number, number % 9), TRASH_BYTES // 100) for number in range(120)]
    assert trash.expired(large, TODAY) == [one for one, _ in large[100:]]
    huge = [(one, TRASH_BYTES) for one, _ in large]
    assert trash.expired(huge, TODAY) == [one for one, _ in large[TRASH_ALWAYS:]]


def test_a_year_that_is_none_is_today() -> None:
    strange = trash.Thrown(Path("x.toml"), "x", "2026-99-99T080000", True)
    assert trash.expired([*many(TRASH_ALWAYS), (strange, 1)], TODAY) == []


def test_pruning_takes_a_record_with_all_that_belongs_to_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trash, "TRASH_ALWAYS", 1)
    folder = naming.trash_folder(store.folder)
    store.delete(made(store))
    [old] = trash.thrown(store.folder)
    for path in old.files():
        path.rename(path.with_name(path.name.replace(old.at, f"1999{old.at[4:]}")))
    store.delete(made(store))
    newest = trash.thrown(store.folder)[0]
    assert len(list(folder.iterdir())) == 6
    assert tidy.sweep(store.folder, store.me) == 1
    assert sorted(folder.iterdir()) == sorted(newest.files())
    assert store.open(trash.put_back(newest)).record.declaration.project.name == "热线"


def test_what_is_left_of_a_record_that_is_gone_goes_to_the_trash(store: Store) -> None:
    path = made(store)
    gone, record = ended(), on_disk(path)
    mine = left.Left(left.path_for(path, gone), gone, record, record, {"project.unit": "写到一半"})
    mine.keep()
    assert tidy.sweep(store.folder, store.me) == 0
    assert left.read(mine.path) == mine
    store.delete(path)
    assert tidy.sweep(store.folder, store.me) == 1
    [copy] = [one for one in trash.thrown(store.folder) if one.is_copy]
    assert on_disk(copy.path).extra["unsent"] == {"project.unit": "写到一半"}
    assert not mine.path.exists()


@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 3000, b'{"by": {"pid": 1}, "mine": 3}', b"\xff"])
def test_what_is_left_and_damaged_is_passed_over(store: Store, data: bytes) -> None:
    path = made(store)
    place = left.path_for(path, ended())
    place.parent.mkdir()
    place.write_bytes(data)
    assert left.read(place) is None
    assert list(left.offered(store.folder, store.me)) == []


def test_a_record_that_another_program_fills_is_not_deleted(store: Store) -> None:
    path = made(store)
    with another() as other:
        Hold(other).take(path)
        with pytest.raises(HeldError, match="张三"):
            store.delete(path)
        assert path.exists()
    store.delete(path)
    assert not path.exists()


# --- damage ---


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        ("名称 = 'x'\x1b[31m".encode(), "名称 = 'x'"),
        ("名称".encode("gbk"), "名称"),
        ("名称".encode()[:-1], "名�"),
        (b"\x00\x01\xff\xfe", "�"),
        (b"", ""),
    ],
)
def test_a_damaged_file_can_be_looked_at(tmp_path: Path, data: bytes, seen: str) -> None:
    path = tmp_path / "坏.toml"
    path.write_bytes(data)
    lines = repair.raw_lines(path)
    assert seen in "\n".join(lines)
    assert not any("\x1b" in line or "\x00" in line for line in lines)


def test_a_damaged_file_is_brought_back_from_the_journal(store: Store) -> None:
    path = made(store)
    path.write_bytes(path.read_bytes()[:40])
    assert "TOML" in repair.problem(path)
    record = repair.in_journal(path)
    assert record is not None
    kept = repair.put_back(path, record)
    assert kept.stat().st_size == 40
    assert repair.problem(path) == ""
    opened = store.open(path)
    assert (opened.record.declaration.project.name, opened.recovered) == ("热线", 0)
    assert store.undo(opened) is not None


def test_a_damaged_file_is_brought_back_from_the_past(store: Store) -> None:
    path = made(store)
    path.write_bytes(b"\xff")
    repair.put_back(path, Record(form(name="从前")))
    opened = store.open(path)
    assert opened.record.declaration.project.name == "从前"
    store.undo(opened)
    assert on_disk(path).declaration.project.name == "热线"


def test_without_journal_nothing_is_promised(tmp_path: Path) -> None:
    path = tmp_path / "坏.toml"
    path.write_bytes(b"\xff")
    assert repair.in_journal(path) is None


def test_a_full_disk_leaves_the_damaged_file_in_its_place(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(store)
    path.write_bytes(b"\xff")
    monkeypatch.setattr(os, "link", no_room)
    with pytest.raises(OSError, match="No space"):
        repair.put_back(path, Record())
    assert path.read_bytes() == b"\xff"


# --- leftovers ---


def test_leftovers_of_killed_programs_are_swept_and_nothing_else(store: Store) -> None:
    path = made(store)
    hidden = store.folder / naming.HIDDEN
    old, young = (store.folder / f".热线.{number}.tmp" for number in (1, 2))
    inside = hidden / ".x.lock.7.tmp"
    for one in (old, young, inside):
        one.write_text(encode(Record()), encoding="utf-8")
    for one in (old, inside):
        os.utime(one, (1, 1))
    Hold(ended()).take(path)
    before = {one for one in store.folder.rglob("*") if one.is_file()}
    assert tidy.sweep(store.folder, store.me) == 3
    after = {one for one in store.folder.rglob("*") if one.is_file()}
    assert before - after == {old, inside, naming.lock_path(path)}


def test_a_folder_that_is_not_there_is_clean(store: Store) -> None:
    assert tidy.sweep(store.folder, store.me) == 0
