"""An open record whose file or folder somebody else changes: noticed before each write, merged, never overwritten."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from domain.changes import Record
from domain.records import naming, past, saving
from domain.records.codec import RecordError, encode
from domain.records.store import Opened, Store, read_text
from tests.domain.records.programs import edit, fill, form
from tests.fakes import on_disk

NAME, UNIT, YEAR, OVERVIEW, PHONE = (
    ("project", "name"), ("project", "unit"), ("project", "year"), ("narrative", "overview"), ("project", "phone"),
)  # fmt: skip


@pytest.fixture
def opened(store: Store) -> Opened:
    opened = store.new()
    for path, value in ((YEAR, 2020), (NAME, "热线"), (UNIT, "社管中心")):
        fill(store, opened, path, value)
    return opened


def test_an_untouched_file_is_not_read_again(store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "read_text", lambda path: pytest.fail("read"))
    for number in range(3):
        fill(store, opened, OVERVIEW, f"{number}")


def test_a_file_only_touched_is_no_change(store: Store, opened: Opened) -> None:
    os.utime(opened.path, (1, 1))
    fill(store, opened, OVERVIEW, "写")
    assert (opened.notes, opened.conflicts, len(opened.history.steps)) == ([], (), 4)


def test_another_field_is_merged_told_and_undone(store: Store, opened: Opened) -> None:
    edit(opened.path, "社管中心", "别处改的")
    fill(store, opened, OVERVIEW, "这里写的")
    assert on_disk(opened.path).declaration == form(year=2020, name="热线", unit="别处改的", overview="这里写的")
    [told] = opened.notes
    assert "改 预算单位" in told
    assert [one.why for one in past.read(naming.past_path(opened.path))] == ["外面改动之前", "外面改过的"]
    store.undo(opened)
    assert on_disk(opened.path).declaration.project.unit == "社管中心"


def test_the_same_field_is_asked_about_and_the_file_left_alone(store: Store, opened: Opened) -> None:
    edit(opened.path, "社管中心", "别处改的")
    theirs = read_text(opened.path)
    fill(store, opened, UNIT, "这里改的")
    assert [one.texts for one in opened.conflicts] == [("这里改的", "别处改的")]
    fill(store, opened, PHONE, "5970000")
    assert read_text(opened.path) == theirs
    opened.conflicts = ()
    store.save(opened)
    assert on_disk(opened.path).declaration == form(year=2020, name="热线", unit="这里改的", phone="5970000")


def test_a_second_edit_does_not_settle_what_is_still_asked(store: Store, opened: Opened) -> None:
    edit(opened.path, "社管中心", "别处改的")
    fill(store, opened, UNIT, "这里改的")
    edit(opened.path, "热线", "热线费")
    edit(opened.path, "别处改的", "别处又改")
    fill(store, opened, PHONE, "5970000")
    assert [one.texts for one in opened.conflicts] == [("这里改的", "别处又改")]
    assert opened.record.declaration.project.name == "热线费"
    assert on_disk(opened.path).declaration.project.unit == "别处又改"
    edit(opened.path, "热线费", "热线费用")
    store.save(opened)
    assert [one.texts for one in opened.conflicts] == [("这里改的", "别处又改")]
    edit(opened.path, "别处又改", "这里改的")
    store.save(opened)
    assert opened.conflicts == ()
    assert on_disk(opened.path) == opened.record


def test_killed_before_it_was_decided_it_is_asked_again(store: Store, opened: Opened) -> None:
    edit(opened.path, "社管中心", "别处改的")
    edit(opened.path, "热线", "热线费")
    fill(store, opened, UNIT, "这里改的")
    fill(store, opened, PHONE, "5970000")
    opened.journal.close()
    again = Store(store.folder).open(opened.path)
    assert [one.texts for one in again.conflicts] == [("这里改的", "别处改的")]
    assert again.record.declaration == form(year=2020, name="热线费", unit="这里改的", phone="5970000")


def test_what_the_file_held_survives_a_shortened_journal(store: Store, opened: Opened) -> None:
    edit(opened.path, "社管中心", "别处改的")
    fill(store, opened, UNIT, "这里改的")
    opened.journal.rewrite(opened.history)
    opened.journal.close()
    assert [one.texts for one in store.open(opened.path).conflicts] == [("这里改的", "别处改的")]


def test_an_older_state_checked_out_is_merged_like_any_edit(store: Store, opened: Opened) -> None:
    old = read_text(opened.path)
    fill(store, opened, UNIT, "新中心")
    opened.path.write_text(old, encoding="utf-8")
    fill(store, opened, OVERVIEW, "写")
    assert on_disk(opened.path).declaration == form(year=2020, name="热线", unit="社管中心", overview="写")


def test_a_file_damaged_meanwhile_is_kept_and_written_anew(store: Store, opened: Opened) -> None:
    opened.path.write_bytes(b"\xd6\xd0[[")
    fill(store, opened, OVERVIEW, "写")
    assert on_disk(opened.path) == opened.record
    assert opened.kept is not None
    assert opened.kept.read_bytes() == b"\xd6\xd0[["
    assert "改坏" in opened.notes[0]


def test_a_file_rewritten_by_a_newer_program_is_left_alone(store: Store, opened: Opened) -> None:
    edit(opened.path, "schema_version = 1", "schema_version = 9")
    text = read_text(opened.path)
    fill(store, opened, OVERVIEW, "写")
    assert read_text(opened.path) == text
    assert "较新版本" in opened.read_only
    assert opened.record.declaration.narrative.overview == "写"


def test_a_file_removed_is_written_again_with_a_word(store: Store, opened: Opened) -> None:
    opened.path.unlink()
    fill(store, opened, OVERVIEW, "写")
    assert on_disk(opened.path) == opened.record
    assert "重新写出" in opened.notes[0]


def test_comments_written_meanwhile_are_kept_in_the_trash(store: Store, opened: Opened) -> None:
    text = "# 注释\n" + read_text(opened.path)
    opened.path.write_text(text, encoding="utf-8")
    fill(store, opened, OVERVIEW, "写")
    assert opened.kept is not None
    assert opened.kept.read_text(encoding="utf-8") == text


def test_a_vanished_folder_is_waited_for(store: Store, opened: Opened, tmp_path: Path) -> None:
    away = tmp_path / "away"
    shutil.move(store.folder, away)
    for number in range(2):
        with pytest.raises(FileNotFoundError):
            fill(store, opened, OVERVIEW, f"写 {number}")
    assert not store.folder.exists()
    shutil.move(away, store.folder)
    opened.journal.rewrite(opened.history)
    store.save(opened)
    assert on_disk(opened.path).declaration.narrative.overview == "写 1"
    assert store.undo(opened) is not None


def test_the_vanished_folder_of_a_draft_is_waited_for(store: Store, opened: Opened, tmp_path: Path) -> None:
    opened.path.unlink()
    draft = store.open(opened.path)
    shutil.move(store.folder, tmp_path / "away")
    with pytest.raises(FileNotFoundError):
        fill(store, draft, OVERVIEW, "写")
    assert not store.folder.exists()


def test_keys_added_to_a_row_follow_its_new_name(store: Store, opened: Opened) -> None:
    from domain.model import Indicator

    row, other = Indicator("产出目标", "数量", "甲", "=1"), Indicator("产出目标", "数量", "乙", "=2")
    fill(store, opened, ("indicators",), (row, other))
    opened.journal.close()
    edit(opened.path, 'name = "甲"', 'name = "甲"\nproof = "合同"')
    again = store.open(opened.path)
    fill(store, again, ("indicators",), (Indicator("产出目标", "数量", "丙", "=1"), other))
    assert 'name = "丙"\ntarget = "=1"\nproof = "合同"' in read_text(again.path)
    fill(store, again, ("indicators",), (other, Indicator("产出目标", "数量", "丙", "=1")))
    assert 'name = "丙"\ntarget = "=1"\nproof = "合同"' in read_text(again.path)
    again.journal.close()
    lines = again.journal.path.read_bytes().splitlines(keepends=True)
    for kept in range(len(lines) - 4, len(lines)):  # also where the journal is ahead of the file
        again.journal.path.write_bytes(b"".join(lines[:kept]))
        assert "proof" in encode(store.open(again.path).record)
    again.journal.path.write_bytes(b"".join(lines))
    once_more = store.open(again.path)
    store.undo(once_more)
    store.undo(once_more)
    assert 'name = "甲"\ntarget = "=1"\nproof = "合同"' in read_text(once_more.path)
    fill(store, once_more, ("indicators",), ())
    assert "proof" not in read_text(once_more.path)
    store.undo(once_more)
    assert 'name = "甲"\ntarget = "=1"\nproof = "合同"' in read_text(once_more.path)


def test_a_newer_record_is_opened_to_look_at(store: Store) -> None:
    path = store.add(Record(form(name="热线")))
    edit(path, "schema_version = 1", 'schema_version = 7\nfuture = "x"')
    opened = store.open(path)
    assert "较新版本" in opened.read_only
    assert opened.record.declaration.project.name == "热线"
    before = path.read_bytes()
    store.save(opened)
    assert path.read_bytes() == before


def test_reading_a_newer_record_elsewhere_is_refused(store: Store) -> None:
    from domain.records.codec import NewerSchemaError, decode

    with pytest.raises(NewerSchemaError, match="升级"):
        decode("schema_version = 7")
    assert issubclass(NewerSchemaError, RecordError)
