"""Two sessions at one record: who may write, what each is told, and that nothing of either is lost."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from domain.model import Indicator
from domain.records import left, naming, past, timeline, trash
from domain.records.codec import RecordError
from domain.records.locks import Owner, holder, owner_of
from domain.records.store import Store
from tests.domain.records.programs import edit, ended
from tests.fakes import no_room, on_disk
from tui.session import Session

NAME, UNIT, YEAR, PHONE, OVERVIEW = (
    ("project", "name"), ("project", "unit"), ("project", "year"), ("project", "phone"), ("narrative", "overview"),
)  # fmt: skip
ROW = Indicator("产出目标", "数量", "租用光纤数", "=147条")


@pytest.fixture
def mine(store: Store) -> Session:
    session = Session(store, store.new())
    session.edit(YEAR, 2020)
    session.edit(NAME, "热线")
    return session


def theirs(mine: Session, other: Owner) -> Session:
    """The same record in the other program."""
    store = Store(mine.store.folder, other)
    return Session(store, store.open(mine.path))


def test_a_record_is_held_from_its_first_answer_to_its_close(store: Store, other: Owner) -> None:
    session = Session(store, store.new())
    assert not store.folder.exists()
    session.edit(NAME, "热线")
    assert holder(session.path, other) is not None
    session.edit(NAME, "光纤")
    assert holder(session.path, other) is not None
    assert [path.stem for path in (store.folder / naming.HIDDEN).glob("*.lock")] == ["光纤"]
    session.close()
    assert holder(session.path, other) is None


def test_a_record_that_exists_is_held_from_its_opening(mine: Session, other: Owner) -> None:
    mine.close()
    session = theirs(mine, other)
    found = holder(session.path, owner_of(os.getpid()))
    assert found is not None
    assert found.is_same(other)
    assert found.version


def test_the_second_one_is_told_who_has_it_and_only_looks(mine: Session, other: Owner) -> None:
    second = theirs(mine, other)
    assert str(os.getpid()) in second.read_only
    assert "正在填这份记录" in second.read_only
    assert second.can_take_over
    before = {path: path.read_bytes() for path in mine.store.folder.rglob("*") if path.is_file()}
    second.edit(UNIT, "乱改")
    second.add_row(ROW)
    second.note_typing("project.unit", "乱")
    second.note_place("project.unit")
    assert second.undo() is None
    assert second.save()
    second.close()
    assert "没有改" in second.trouble
    assert second.declaration == mine.declaration
    assert {path: path.read_bytes() for path in mine.store.folder.rglob("*") if path.is_file()} == before
    mine.edit(UNIT, "中心")
    assert mine.trouble == ""


def test_who_looks_sees_the_newest_on_coming_back_and_that_the_other_has_left(mine: Session, other: Owner) -> None:
    second = theirs(mine, other)
    mine.edit(UNIT, "中心")
    second.look_again()
    assert second.declaration.project.unit == "中心"
    assert second.news() == []
    mine.close()
    second.look_again()
    assert "/接手" in "".join(second.news())
    second.take_over()
    second.edit(PHONE, "5970000")
    assert on_disk(second.path).declaration.project.phone == "5970000"


def test_taken_over_the_first_one_knows_at_its_next_answer_and_keeps_it(mine: Session, other: Owner) -> None:
    second = theirs(mine, other)
    second.take_over()
    assert "接手" in second.news()[0]
    second.edit(UNIT, "二号写的")
    mine.edit(PHONE, "一号写的")
    assert "张三" in mine.read_only
    [told] = mine.news()
    assert "张三" in told
    assert mine.declaration.project.phone == "一号写的"
    [copy] = trash.thrown(mine.store.folder)
    assert str(copy.path) in told
    assert on_disk(copy.path).declaration.project.phone == "一号写的"
    assert on_disk(mine.path).declaration == second.declaration
    mine.edit(PHONE, "再写")
    assert mine.declaration.project.phone == "一号写的"
    second.edit(UNIT, "接着写")
    assert second.trouble == ""


def test_taken_back_both_sides_are_merged(mine: Session, other: Owner) -> None:
    second = theirs(mine, other)
    second.take_over()
    second.edit(UNIT, "二号写的")
    mine.edit(PHONE, "5970000")
    mine.take_over()
    assert not mine.read_only
    form = on_disk(mine.path).declaration.project
    assert (form.unit, form.phone) == ("二号写的", "5970000")
    second.edit(OVERVIEW, "又写")
    assert str(os.getpid()) in second.read_only
    step = mine.undo()
    assert step is not None
    assert "合并" in step.label
    assert on_disk(mine.path).declaration.project.phone == ""


def test_taken_back_what_both_changed_is_asked_about(mine: Session, other: Owner) -> None:
    second = theirs(mine, other)
    second.take_over()
    second.edit(UNIT, "二号写的")
    mine.edit(UNIT, "一号写的")
    mine.take_over()
    [conflict] = mine.conflicts
    assert conflict.texts == ("一号写的", "二号写的")
    assert on_disk(mine.path).declaration.project.unit == "二号写的"
    mine.decide(conflict, conflict.mine)
    assert mine.conflicts == ()
    assert on_disk(mine.path).declaration.project.unit == "一号写的"


def test_text_in_progress_is_kept_when_the_record_is_taken(mine: Session, other: Owner) -> None:
    theirs(mine, other).take_over()
    mine.note_typing("narrative.overview", "写到一半")
    [copy] = trash.thrown(mine.store.folder)
    assert on_disk(copy.path).extra["unsent"] == {"narrative.overview": "写到一半"}
    mine.take_over()
    assert mine.typing_at("narrative.overview") == "写到一半"
    mine.close()
    again = Session(mine.store, mine.store.open(mine.path))
    assert again.typing_at("narrative.overview") == "写到一半"


def test_text_typed_after_the_record_was_taken_is_kept_on_leaving(mine: Session, other: Owner) -> None:
    theirs(mine, other).take_over()
    mine.edit(PHONE, "5970000")
    mine.note_typing("narrative.overview", "后来写的")
    assert mine.typing_at("narrative.overview") == "后来写的"
    mine.close()
    again = Session(mine.store, mine.store.open(mine.path))
    assert again.can_take_over
    again.take_over()
    assert again.typing_at("narrative.overview") == "后来写的"
    assert again.declaration.project.phone == "5970000"
    told = "".join(again.news())
    assert "没存上的内容已按栏目并进来" in told
    assert "放回了输入框，还没有记下，/去 栏目名 看：项目概况" in told
    assert on_disk(again.path) == again.record


def test_text_typed_after_the_record_was_taken_outlives_a_kill(store: Store, other: Owner) -> None:
    first = Session(store, store.new())
    first.edit(NAME, "热线")
    first.close()
    gone = ended()
    loser = Session(Store(store.folder, gone), Store(store.folder, gone).open(first.path))
    winner = Session(Store(store.folder, other), Store(store.folder, other).open(first.path))
    winner.take_over()
    loser.edit(PHONE, "5970000")
    loser.note_typing("narrative.overview", "写到")
    loser.note_typing("narrative.overview", "写到一半")  # and here it was killed
    winner.note_typing("narrative.basis", "这边写的")
    winner.edit(UNIT, "中心")
    winner.close()
    again = Session(store, store.open(first.path))
    project = again.declaration.project
    assert (project.phone, project.unit) == ("5970000", "中心")
    assert again.typing_at("narrative.overview") == "写到一半"
    assert again.typing_at("narrative.basis") == "这边写的"
    assert "项目概况" in "".join(again.news())
    again.close()
    assert list(naming.left_folder(store.folder).iterdir()) == []
    once_more = Session(store, store.open(first.path))
    assert once_more.news() == []
    assert once_more.typing_at("narrative.overview") == "写到一半"


def test_two_texts_in_progress_at_one_place_are_both_kept(store: Store) -> None:
    first = Session(store, store.new())
    first.edit(NAME, "热线")
    first.note_typing("narrative.overview", "这里的")
    first.close()
    gone, record = ended(), on_disk(first.path)
    left.Left(left.path_for(first.path, gone), gone, record, record, {"narrative.overview": "那里的"}).keep()
    again = Session(store, store.open(first.path))
    assert again.typing_at("narrative.overview") == "这里的"
    [copy] = trash.thrown(store.folder)
    assert str(copy.path) in "".join(again.news())
    assert on_disk(copy.path).extra["unsent"] == {"narrative.overview": "那里的"}


def test_what_a_program_left_that_still_looks_on_is_not_taken(mine: Session, other: Owner) -> None:
    second = theirs(mine, other)
    second.take_over()
    mine.edit(PHONE, "5970000")
    second.close()
    third = theirs(mine, owner_of(os.getppid()))
    assert third.declaration.project.phone == ""
    assert len(list(naming.left_folder(mine.store.folder).iterdir())) == 1


def test_a_closed_session_writes_nothing(mine: Session) -> None:
    mine.close()
    before = {path: path.read_bytes() for path in mine.store.folder.rglob("*") if path.is_file()}
    mine.note_typing("project.unit", "太晚了")
    mine.edit(UNIT, "太晚了")
    assert {path: path.read_bytes() for path in mine.store.folder.rglob("*") if path.is_file()} == before


def test_taken_over_with_nothing_unsaved_no_copy_is_made(mine: Session, other: Owner) -> None:
    theirs(mine, other).take_over()
    mine.look_again()
    assert "接手了" in mine.news()[0]
    assert trash.thrown(mine.store.folder) == []


def test_a_full_disk_when_the_record_is_taken_is_said(
    mine: Session, other: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs(mine, other).take_over()
    monkeypatch.setattr(os, "link", no_room)
    mine.edit(PHONE, "5970000")
    assert "只在内存里（磁盘已满）" in mine.news()[0]
    assert mine.declaration.project.phone == "5970000"


def test_a_record_renamed_by_the_other_cannot_be_taken_back_and_is_not_lost(mine: Session, other: Owner) -> None:
    second = theirs(mine, other)
    second.take_over()
    second.edit(NAME, "改了名")
    mine.edit(PHONE, "5970000")
    assert mine.read_only == ""  # nobody has the old name any more, and its file is there again
    mine.close()
    forms = {path.stem: on_disk(path).declaration.project.phone for path in mine.store.paths()}
    assert forms == {"2020-热线": "5970000", "2020-改了名": ""}


def test_a_record_deleted_meanwhile_cannot_be_taken(mine: Session, other: Owner) -> None:
    second = theirs(mine, other)
    mine.close()
    mine.store.delete(mine.path)
    with pytest.raises(RecordError, match="没有找到"):
        second.take_over()
    assert second.read_only


def test_a_stale_lock_stops_nobody(mine: Session) -> None:
    mine.close()
    gone = Store(mine.store.folder, ended())
    Session(gone, gone.open(mine.path))
    again = Session(mine.store, mine.store.open(mine.path))
    assert again.read_only == ""
    again.edit(UNIT, "中心")
    assert again.trouble == ""


def test_two_new_records_at_once_do_not_meet(store: Store, other: Owner) -> None:
    one, two = Session(store, store.new()), Session(Store(store.folder, other), Store(store.folder, other).new())
    for session, text in ((one, "甲"), (two, "乙"), (one, "甲甲"), (two, "乙乙")):
        session.edit(UNIT, text)
        assert session.read_only == ""
    assert sorted(on_disk(path).declaration.project.unit for path in store.paths()) == ["乙乙", "甲甲"]


# --- the file changed from outside ---


def test_a_hand_edit_is_noticed_on_coming_back(mine: Session) -> None:
    mine.edit(UNIT, "中心")
    edit(mine.path, "中心", "站")
    mine.look_again()
    assert mine.declaration.project.unit == "站"
    [told] = mine.news()
    assert "改 预算单位" in told
    assert mine.undo() is not None
    assert on_disk(mine.path).declaration.project.unit == "中心"


def test_both_texts_of_a_long_field_can_be_kept(mine: Session) -> None:
    mine.edit(OVERVIEW, "原来的")
    edit(mine.path, "原来的", "外面的")
    mine.edit(OVERVIEW, "这里的")
    [conflict] = mine.conflicts
    mine.decide(conflict, "这里的\n外面的")
    assert on_disk(mine.path).declaration.narrative.overview == "这里的\n外面的"
    mine.undo()
    assert on_disk(mine.path).declaration.narrative.overview == "这里的"


def test_closed_before_it_was_decided_it_is_asked_again(mine: Session) -> None:
    mine.edit(UNIT, "中心")
    edit(mine.path, "中心", "站")
    mine.edit(UNIT, "局")
    mine.close()
    assert on_disk(mine.path).declaration.project.unit == "站"
    again = Session(mine.store, mine.store.open(mine.path))
    assert [one.texts for one in again.conflicts] == [("局", "站")]


def test_a_folder_that_vanished_comes_back(mine: Session, tmp_path: Path) -> None:
    away = tmp_path / "away"
    shutil.move(mine.store.folder, away)
    mine.edit(UNIT, "中心")
    mine.edit(PHONE, "5970000")
    assert "文件夹不见了" in mine.trouble
    assert not mine.store.folder.exists()
    shutil.move(away, mine.store.folder)
    mine.note_place("project.phone")
    assert mine.trouble == ""
    assert on_disk(mine.path) == mine.record
    mine.undo()
    mine.undo()
    assert on_disk(mine.path).declaration.project.unit == ""


def test_a_folder_that_stays_away_is_made_anew_on_leaving(mine: Session) -> None:
    shutil.rmtree(mine.store.folder)
    mine.edit(UNIT, "中心")
    assert not mine.store.folder.exists()
    mine.close()
    assert mine.trouble == ""
    assert on_disk(mine.path) == mine.record
    again = Session(mine.store, mine.store.open(mine.path))
    assert again.undo() is not None


# --- the past ---


def test_a_day_of_work_leaves_how_it_began_and_how_it_ended(mine: Session) -> None:
    mine.close()
    again = Session(mine.store, mine.store.open(mine.path))
    again.edit(UNIT, "中心")
    again.edit(PHONE, "5970000")
    again.close()
    assert [one.why for one in past.read(naming.past_path(again.path))] == ["离开时", "离开时"]
    newest, *_ = timeline.entries(again.path)
    assert newest.what == "填 预算单位、联系电话"


def test_only_looking_leaves_nothing(mine: Session) -> None:
    mine.close()
    before = past.read(naming.past_path(mine.path))
    again = Session(mine.store, mine.store.open(mine.path))
    again.note_place("project.phone")
    again.close()
    assert past.read(naming.past_path(mine.path)) == before


def test_a_restored_state_is_a_step_and_what_was_there_is_kept(mine: Session) -> None:
    mine.edit(UNIT, "中心")
    mine.close()
    again = Session(mine.store, mine.store.open(mine.path))
    again.edit(UNIT, "写错了")
    first = timeline.entries(again.path)[-1]
    again.restore(first)
    assert on_disk(again.path).declaration.project.unit == "中心"
    again.close()
    whys = [one.state.why for one in timeline.entries(again.path)]
    assert whys == ["离开时", "恢复之前", "离开时"]
    once_more = Session(mine.store, mine.store.open(again.path))
    step = once_more.undo()
    assert step is not None
    assert step.label.startswith("恢复到")
    assert once_more.declaration.project.unit == "写错了"


def test_a_past_that_cannot_be_kept_does_not_stop_an_answer(mine: Session) -> None:
    mine.close()
    path = naming.past_path(mine.path)
    path.unlink()
    path.mkdir()
    again = Session(mine.store, mine.store.open(mine.path))
    again.edit(UNIT, "中心")
    assert again.declaration.project.unit == "中心"
    assert on_disk(again.path).declaration.project.unit == "中心"
    assert again.trouble
    path.rmdir()
    again.edit(PHONE, "5970000")
    assert again.trouble == ""
    [first] = past.read(path)
    assert first.why == "这次动手之前"
