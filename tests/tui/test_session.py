"""The record being worked on: operations, marks, defaults, and a disk that does not play along."""

from __future__ import annotations

import datetime
import errno
import os
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.changes import Record
from domain.fields import Field
from domain.marks import CARRIED, COMPUTED, IMPORTED, SUGGESTED, TYPED, row_key, slot_key
from domain.model import Coded, Declaration, Indicator
from domain.records.store import Store
from tests.domain.strategies import edits
from tests.fakes import failing, on_disk
from tui.record_keys import progress
from tui.session import Session

NAME, UNIT, YEAR, PHONE = ("project", "name"), ("project", "unit"), ("project", "year"), ("project", "phone")
START, END, OVERVIEW = ("project", "start_date"), ("project", "end_date"), ("narrative", "overview")
ROW = Indicator("产出目标", "数量", "租用光纤数", "=147条")
SECOND = replace(ROW, name="租用宽带数")
QUALITY = Indicator("产出目标", "质量", "线路可用率", ">=99%")
FUNDING = Indicator("投入与目标管理", "投入管理", "预算资金到位率", "100%")


@pytest.fixture
def session(store: Store) -> Session:
    return Session(store, store.new())


def opened(session: Session) -> Session:
    """The same record after a new start."""
    return Session(Store(session.store.folder), session.store.open(session.path))


# --- operations ---


def test_an_answer_is_on_disk_with_its_origin(session: Session) -> None:
    session.edit(NAME, "热线")
    session.edit(UNIT, "社管中心", CARRIED)
    assert on_disk(session.path) == session.record
    assert session.origin("project.name") == TYPED
    assert session.origin("project.unit") == CARRIED
    assert session.origin("project.phone") == ""


def test_an_answer_may_settle_more(session: Session) -> None:
    session.edit(START, datetime.date(2020, 1, 1), also={END: datetime.date(2020, 12, 31)})
    assert session.declaration.project.end_date == datetime.date(2020, 12, 31)
    session.undo()
    assert session.declaration == Declaration()


def test_the_same_answer_again_is_no_step(session: Session) -> None:
    session.edit(NAME, "热线")
    session.edit(NAME, "热线")
    session.undo()
    assert session.undo() is None


def test_an_answer_ends_a_skip_and_clearing_ends_the_origin(session: Session) -> None:
    session.skip("project.name", "项目名称")
    assert session.skipped("project.name")
    session.edit(NAME, "热线")
    assert not session.skipped("project.name")
    session.clear(NAME)
    assert session.declaration.project.name == ""
    assert session.origin("project.name") == ""
    assert opened(session).record == session.record


def test_rows_stand_in_the_order_of_the_form(session: Session) -> None:
    for row in (QUALITY, ROW, FUNDING, SECOND):
        session.add_row(row)
    assert session.declaration.indicators == (FUNDING, ROW, SECOND, QUALITY)


def test_rows_of_a_slot_that_the_framework_has_not_come_last(session: Session) -> None:
    odd = Indicator("别的", "格子", "甲")
    session.add_row(odd)
    session.add_row(QUALITY)
    assert session.declaration.indicators == (QUALITY, odd)


def test_adding_a_row_says_where_it_is(session: Session) -> None:
    session.add_row(QUALITY)
    at = session.add_row(ROW, SUGGESTED)
    assert session.declaration.indicators[at] == ROW
    assert session.origin(row_key(ROW)) == SUGGESTED


def test_adding_a_row_ends_the_skip_of_its_slot(session: Session) -> None:
    session.skip(slot_key(ROW.slot), "产出目标›数量")
    session.add_row(ROW)
    assert not session.skipped(slot_key(ROW.slot))


def test_rows_are_changed_moved_and_removed(session: Session) -> None:
    session.add_row(ROW)
    session.add_row(SECOND)
    session.add_row(QUALITY)
    assert session.move_row(1, -1) == 0
    assert session.declaration.indicators == (SECOND, ROW, QUALITY)
    assert session.move_row(1, 1) == 1  # the next row is of another slot
    assert session.move_row(0, -1) == 0
    session.change_row(1, replace(ROW, target="=150条"))
    assert session.remove_row(0) == SECOND
    assert session.declaration.indicators == (replace(ROW, target="=150条"), QUALITY)
    assert on_disk(session.path) == session.record


def test_marks_of_a_row_follow_its_name(session: Session) -> None:
    session.add_row(ROW, SUGGESTED)
    session.change_row(0, SECOND, TYPED)
    assert (session.origin(row_key(ROW)), session.origin(row_key(SECOND))) == ("", TYPED)
    session.remove_row(0)
    assert session.origin(row_key(SECOND)) == ""


def test_any_change_of_the_record_is_a_step(session: Session) -> None:
    session.edit(NAME, "热线")
    session.apply(
        "换成国家体系", replace(session.record, declaration=replace(session.declaration, framework="national-2021"))
    )
    assert opened(session).declaration.framework == "national-2021"
    step = session.undo()
    assert step is not None
    assert step.label == "换成国家体系"
    assert session.declaration.framework == "xiada-2020"


Do = Callable[[Session], object]
STEPS: tuple[Do, ...] = (
    lambda session: session.edit(NAME, "热线"),
    lambda session: session.edit(NAME, "光纤", IMPORTED),
    lambda session: session.edit(YEAR, 2020),
    lambda session: session.edit(OVERVIEW, "一\n二", COMPUTED),
    lambda session: session.clear(NAME),
    lambda session: session.skip("project.phone", "联系电话"),
    lambda session: session.add_row(ROW, SUGGESTED),
    lambda session: session.add_row(SECOND),
    lambda session: session.change_row(0, QUALITY) if session.declaration.indicators else None,
    lambda session: session.remove_row(0) if session.declaration.indicators else None,
    lambda session: session.move_row(1, -1) if len(session.declaration.indicators) > 1 else None,
)


@given(st.lists(st.one_of(st.sampled_from(STEPS), st.sampled_from(["undo", "redo", "restart"])), max_size=14))
def test_every_kind_of_step_is_undone_and_redone_also_after_a_restart(
    tmp_path_factory: pytest.TempPathFactory, moves: list[Do | str]
) -> None:
    store = Store(tmp_path_factory.mktemp("steps") / "records")
    session = Session(store, store.new())
    past: list[Record] = [session.record]
    future: list[Record] = []
    for move in moves:
        if move == "undo":
            step = session.undo()
            assert (step is None) == (len(past) == 1)
            if step:
                future.append(past.pop())
        elif move == "redo":
            step = session.redo()
            assert (step is None) == (not future)
            if step:
                past.append(future.pop())
        elif move == "restart":
            if session.on_disk:
                session._opened.journal.close()
                session = opened(session)
                assert session.recovered == 0
        else:
            assert callable(move)
            move(session)
            if session.record != past[-1]:
                past.append(session.record)
                future = []
        assert session.record == past[-1]
        assert not session.on_disk or on_disk(session.path) == session.record
    session.close()


@given(st.lists(edits(), min_size=1, max_size=6))
def test_any_values_reach_the_disk_and_come_back(
    tmp_path_factory: pytest.TempPathFactory, answers: list[tuple[Field, Any]]
) -> None:
    store = Store(tmp_path_factory.mktemp("values") / "records")
    session = Session(store, store.new())
    for one, value in answers:
        session.edit(one.path, value)
    assert session.trouble == ""
    session.close()
    if session.on_disk:
        again = opened(session)
        assert again.record == session.record
        while again.undo():
            pass
        assert again.record == Record()
        again.close()


# --- the place to go on ---


def test_place_and_typed_text_survive_the_end(session: Session) -> None:
    session.edit(NAME, "热线")
    session.note_place("project.phone")
    session.note_typing("project.phone", "0631-")
    session._opened.journal.close()
    again = opened(session)
    assert again.place == "project.phone"
    assert again.typing_at("project.phone") == "0631-"
    again.note_typing("project.phone", "")
    again.close()
    assert opened(again).typing_at("project.phone") == ""


def test_looking_at_a_new_record_writes_nothing(session: Session) -> None:
    session.note_place("project.year")
    session.note_typing("project.year", "")
    session.save()
    session.close()
    assert not session.on_disk
    assert not session.store.folder.exists()


def test_text_typed_into_a_new_record_is_kept(session: Session) -> None:
    session.note_typing("project.year", "20")
    assert session.on_disk
    assert session.store.drafts() == [session.path]


@pytest.mark.parametrize("typed", ["", "  "])
def test_a_new_record_without_an_answer_leaves_nothing_behind(session: Session, typed: str) -> None:
    session.note_typing("project.year", "20")
    session.note_typing("project.year", typed)
    assert session.is_blank
    assert session.save()
    session.close()
    assert session.store.paths() == session.store.drafts() == []


@pytest.mark.parametrize("typed", ["2", "光纤", "粘贴错了地方的项目说明文字"])
def test_a_new_record_with_a_text_in_progress_stays_however_short(session: Session, typed: str) -> None:
    session.note_typing("project.year", typed)
    assert not session.is_blank
    session.close()
    assert opened(session).typing_at("project.year") == typed


def test_a_few_characters_that_are_all_of_a_new_record_may_be_dropped(session: Session) -> None:
    session.note_typing("project.year", " 光纤")
    assert session.scrap == ("project.year", "光纤")
    session.note_typing("project.year", "")
    session.close()
    assert session.store.paths() == session.store.drafts() == []


def test_what_is_more_than_a_few_characters_is_no_scrap(session: Session) -> None:
    session.note_typing("project.year", "粘贴错了地方的项目说明文字")
    assert not session.scrap
    session.note_typing("project.year", "光")
    session.note_typing("project.name", "纤")
    assert not session.scrap
    session.note_typing("project.year", "")
    assert session.scrap
    session.edit(NAME, "热线")
    session.note_typing("project.unit", "区")
    assert not session.scrap


def test_a_record_whose_answers_were_all_undone_stays(session: Session) -> None:
    session.edit(NAME, "热线")
    session.undo()
    session.close()
    assert session.store.paths() == [session.path]


def test_answers_found_again_are_saved_at_once(session: Session) -> None:
    session.edit(NAME, "热线")
    before = session.path.read_bytes()
    session.edit(UNIT, "社管中心")
    session._opened.journal.close()
    lines = session._opened.journal.path.read_bytes().splitlines(keepends=True)
    session._opened.journal.path.write_bytes(b"".join(lines[:-1]))
    session.path.write_bytes(before)
    again = opened(session)
    assert again.recovered == 1
    assert on_disk(again.path).declaration.project.unit == "社管中心"


def test_only_steps_of_this_record_can_be_undone(session: Session) -> None:
    assert session.undo() is None
    assert session.redo() is None
    assert not session.on_disk


# --- defaults ---

LAST_YEAR = (
    Declaration()
    .replace(YEAR, 2020)
    .replace(NAME, "热线")
    .replace(UNIT, "社管中心")
    .replace(("project", "filler"), "方小禾")
    .replace(PHONE, "5550123")
    .replace(("project", "category"), Coded("003001007036", "其他"))
    .replace(("project", "functional_subjects"), (Coded("2019999", "其他一般公共服务支出"),) * 3)
    .replace(("project", "economic_subjects"), (Coded("30207", "邮电费"),))
    .replace(START, datetime.date(2020, 2, 29))
    .replace(END, datetime.date(2020, 12, 31))
    .replace(("funding", "total"), Decimal("24.63"))
    .replace(OVERVIEW, "去年的概况")
)


@pytest.fixture
def this_year(store: Store) -> Session:
    store.add(Record(LAST_YEAR))
    return Session(store, store.new())


def test_what_recurs_comes_from_the_last_record(this_year: Session) -> None:
    for key in ("year", "unit", "filler", "phone", "category", "functional_subjects", "economic_subjects"):
        assert this_year.default(("project", key)) == LAST_YEAR.get(("project", key))


@pytest.mark.parametrize("path", [NAME, ("funding", "total"), OVERVIEW, ("project", "nature")])
def test_what_does_not_recur_has_no_default(this_year: Session, path: tuple[str, str]) -> None:
    assert this_year.default(path) is None


def test_dates_move_to_the_year_of_the_new_record(this_year: Session) -> None:
    this_year.edit(YEAR, 2021)
    assert this_year.default(START) == datetime.date(2021, 2, 28)
    assert this_year.default(END) == datetime.date(2021, 12, 31)
    this_year.edit(YEAR, 2024)
    assert this_year.default(START) == datetime.date(2024, 2, 29)


def test_dates_stay_where_a_year_is_missing(this_year: Session) -> None:
    assert this_year.default(END) == datetime.date(2020, 12, 31)


def test_a_year_beyond_the_calendar_gives_no_date(this_year: Session) -> None:
    this_year.edit(YEAR, 99999)
    assert this_year.default(START) is None


def test_a_first_record_has_no_defaults_and_none_come_from_itself(session: Session) -> None:
    session.edit(UNIT, "社管中心")
    assert session.default(UNIT) is None
    assert opened(session).default(UNIT) is None


# --- a disk that does not play along ---


class Full:
    """A disk where some calls fail until there is room again."""

    def __init__(self, patch: pytest.MonkeyPatch, calls: tuple[str, ...], code: int = errno.ENOSPC) -> None:
        self._patch, self._calls = patch, calls
        self._real = {name: getattr(os, name) for name in calls}
        for name in calls:
            patch.setattr(os, name, failing(code))

    def mend(self) -> None:
        for name in self._calls:
            self._patch.setattr(os, name, self._real[name])


@pytest.mark.parametrize(
    "calls",
    [
        ("write",),
        ("fsync",),
        ("replace",),
        ("link",),
        ("replace", "link"),
        ("mkdir",),
        ("write", "fsync", "replace", "link"),
    ],
)
@pytest.mark.parametrize("begun", [False, True])
def test_a_full_disk_is_said_and_everything_is_saved_later_by_itself(
    session: Session, monkeypatch: pytest.MonkeyPatch, calls: tuple[str, ...], begun: bool
) -> None:
    if begun:
        session.edit(YEAR, 2020)
    disk = Full(monkeypatch, calls)
    session.edit(NAME, "热线")
    session.note_place("project.unit")
    trouble = session.trouble
    session.edit(UNIT, "社管中心")
    session.add_row(ROW)
    assert session.declaration.project.name == "热线"
    harmless = calls == ("mkdir",) and begun
    assert bool(trouble) != harmless
    if trouble:
        assert trouble.startswith("没有存到磁盘：磁盘已满。")
        assert "/保存" in trouble
    disk.mend()
    session.note_place("project.phone")
    assert session.trouble == ""
    assert session.store.paths() == [session.path]
    assert session.store.drafts() == []
    assert on_disk(session.path) == session.record
    session._opened.journal.close()
    again = opened(session)
    assert again.record == session.record
    assert again.undo() is not None
    assert again.declaration.indicators == ()


def test_undo_and_redo_go_on_while_the_disk_is_full(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.edit(NAME, "热线")
    disk = Full(monkeypatch, ("write", "replace", "link"))
    session.edit(UNIT, "一")
    session.edit(UNIT, "二")
    session.undo()
    session.undo()
    assert session.redo() is not None
    assert session.declaration.project.unit == "一"
    assert session.trouble
    disk.mend()
    assert session.save()
    session.close()
    again = opened(session)
    assert again.declaration.project.unit == "一"
    assert again.redo() is not None
    assert again.declaration.project.unit == "二"


def test_killed_while_the_disk_is_full_keeps_what_was_saved(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.edit(NAME, "热线")
    disk = Full(monkeypatch, ("write", "replace", "link"))
    session.edit(UNIT, "社管中心")
    session._opened.journal.close()
    disk.mend()
    assert opened(session).declaration == Declaration().replace(NAME, "热线")


@pytest.mark.parametrize(
    ("code", "why"), [(errno.EROFS, "只读"), (errno.EACCES, "没有权限"), (errno.EDQUOT, "配额"), (errno.EIO, "出错")]
)
def test_other_troubles_say_why(session: Session, monkeypatch: pytest.MonkeyPatch, code: int, why: str) -> None:
    Full(monkeypatch, ("mkdir", "write", "replace", "link"), code)
    session.edit(NAME, "热线")
    assert why in session.trouble
    assert not session.save()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_for_real(session: Session) -> None:
    session.edit(NAME, "热线")
    session.close()
    session.store.folder.chmod(0o500)
    try:
        again = opened(session)
        again.edit(UNIT, "社管中心")
        assert again.trouble
    finally:
        session.store.folder.chmod(0o700)


def test_a_hand_edited_record_opens_on_a_read_only_disk(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.edit(NAME, "热线")
    session.close()
    path = session.path
    path.write_text(path.read_text(encoding="utf-8").replace('"热线"', '"光纤"'), encoding="utf-8")
    disk = Full(monkeypatch, ("write", "replace", "link"), errno.EROFS)
    again = opened(session)
    assert again.declaration.project.name == "光纤"
    again.edit(UNIT, "社管中心")
    assert again.trouble
    disk.mend()
    assert again.save()
    again.close()
    once_more = opened(again)
    assert (once_more.declaration.project.name, once_more.declaration.project.unit) == ("光纤", "社管中心")


def test_a_copy_kept_of_a_persons_layout_is_told_once(session: Session) -> None:
    session.edit(NAME, "热线")
    session.close()
    session.path.write_text("# 注释\n" + session.path.read_text(encoding="utf-8"), encoding="utf-8")
    again = opened(session)
    assert again.news() == []
    again.edit(UNIT, "社管中心")
    [told] = again.news()
    kept = Path(told.rpartition("在 ")[2])
    assert kept.read_text(encoding="utf-8").startswith("# 注释")
    assert again.news() == []


def test_progress_counts_what_is_asked() -> None:
    form = Declaration().replace(("project", "nature"), "一次性项目")
    assert progress(Declaration()) == (0, 26)
    assert progress(form) == (1, 24)


def test_the_path_of_a_new_record_is_inside_the_store(session: Session, records: Path) -> None:
    assert session.path.parent == records
