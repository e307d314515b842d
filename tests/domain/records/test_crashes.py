"""Killed or out of room at any call that changes a file: what was accepted is still there, and the work goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from domain.changes import Record, diff
from domain.model import Declaration, Indicator
from domain.records.codec import encode
from domain.records.history import Step
from domain.records.store import Opened, Store, read_text
from tests.domain.records.disk import Disk, Killed
from tests.fakes import on_disk

Answer = Callable[[Store, Opened], None]
BYSTANDER = Record(
    Declaration()
    .replace(("project", "name"), "热线")
    .replace(("project", "year"), 2020)
    .replace(("project", "unit"), "别的单位")
)


def fill(path: tuple[str, ...], value: object) -> Answer:
    def answer(store: Store, opened: Opened) -> None:
        after = replace(opened.record, declaration=opened.record.declaration.replace(path, value))
        store.do(opened, Step("填写", diff(opened.record, after)))

    return answer


def undo(store: Store, opened: Opened) -> None:
    store.undo(opened)


def redo(store: Store, opened: Opened) -> None:
    store.redo(opened)


def typed(store: Store, opened: Opened) -> None:
    store.typing(opened, "project.unit", "社")


ANSWERS: tuple[Answer, ...] = (
    typed,
    fill(("project", "year"), 2020),
    fill(("project", "name"), "热线"),  # the name is taken: the file becomes 2020-热线-2
    fill(("narrative", "overview"), "一\n二"),
    fill(("project", "name"), "光纤"),  # the file moves
    fill(("indicators",), (Indicator("产出目标", "数量", "甲", "=1"),)),
    undo,
    redo,
    fill(("project", "year"), 2021),  # the file moves again
)


def states() -> list[Declaration]:
    """The declaration after each answer, the empty one first."""
    history = [Declaration()]
    form = Declaration()
    history.append(form)
    form = form.replace(("project", "year"), 2020)
    history.append(form)
    form = form.replace(("project", "name"), "热线")
    history.append(form)
    form = form.replace(("narrative", "overview"), "一\n二")
    history.append(form)
    form = form.replace(("project", "name"), "光纤")
    history.append(form)
    with_row = form.replace(("indicators",), (Indicator("产出目标", "数量", "甲", "=1"),))
    history += [with_row, form, with_row, with_row.replace(("project", "year"), 2021)]
    return history


def found(folder: Path) -> list[Declaration]:
    """Every declaration that a new start finds, the bystander left out; each must open."""
    store, forms, bystanders = Store(folder), [], 0
    for path in [*store.paths(), *store.drafts()]:
        opened = store.open(path)
        opened.journal.close()
        if opened.record == BYSTANDER:
            bystanders += 1
        else:
            forms.append(opened.record.declaration)
    assert bystanders == 1
    return forms


def fill_all(store: Store, opened: Opened) -> None:
    for answer in ANSWERS:
        answer(store, opened)


def count_calls(folder: Path) -> int:
    store = Store(folder)
    store.add(BYSTANDER)
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch, None, kill=False)
        opened = store.new()
        fill_all(store, opened)
        opened.journal.close()
    return disk.count


@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
def test_killed_at_any_call_nothing_accepted_is_lost(tmp_path: Path, part: float) -> None:
    calls, after = count_calls(tmp_path / "count"), states()
    assert calls > 40
    for at in range(calls):
        folder = tmp_path / f"{at}"
        store = Store(folder)
        bystander = store.add(BYSTANDER)
        opened, done = store.new(), 0
        with pytest.MonkeyPatch.context() as patch:
            Disk(patch, at, kill=True, part=part)
            try:
                for answer in ANSWERS:
                    answer(store, opened)
                    done += 1
            except Killed:
                pass
        opened.journal.close()
        forms = found(folder)
        assert bystander.read_bytes() == encode(BYSTANDER).encode()
        if done > 1 or (done and after[done] != Declaration()):
            assert {after[done], after[min(done + 1, len(ANSWERS))]} & set(forms), (at, done)
        go_on(folder, after[done])


def go_on(folder: Path, wanted: Declaration) -> None:
    """After the next start the work goes on where it was, and every answer reaches the disk."""
    store = Store(folder)
    for path in [*store.paths(), *store.drafts()]:
        opened = store.open(path)
        if opened.record == BYSTANDER:
            continue
        store.save(opened)
        fill(("project", "phone"), "5970000")(store, opened)
        opened.journal.close()
        assert on_disk(opened.path) == opened.record
        again = Store(folder).open(opened.path)
        assert again.record == opened.record
        assert again.recovered == 0
        again.journal.close()
    assert store.drafts() == []
    assert not [path for path in store.paths() if not read_text(path)]


def test_a_renaming_cut_in_two_is_finished_at_the_next_start(tmp_path: Path) -> None:
    """Killed between the new file and the removal of the old one: no second record stays behind."""
    calls = count_calls(tmp_path / "count")
    for at in range(calls):
        folder = tmp_path / f"{at}"
        store = Store(folder)
        store.add(BYSTANDER)
        opened = store.new()
        with pytest.MonkeyPatch.context() as patch:
            Disk(patch, at, kill=True)
            with pytest.raises(Killed):
                fill_all(store, opened)
        opened.journal.close()
        again = Store(folder)
        assert len(again.paths()) + len(again.drafts()) <= 2
        for path in [*again.drafts(), *again.paths()]:
            one = again.open(path)
            again.save(one)
            one.journal.close()
        assert len(again.paths()) <= 2
        assert again.drafts() == []
        assert not [path for path in folder.rglob("*") if path.suffix == ".move"]


@pytest.mark.parametrize("part", [0.0, 0.9])
def test_out_of_room_at_any_call_the_next_answer_saves_all(tmp_path: Path, part: float) -> None:
    calls, after = count_calls(tmp_path / "count"), states()
    for at in range(calls):
        folder = tmp_path / f"{at}"
        store = Store(folder)
        bystander = store.add(BYSTANDER)
        opened = store.new()
        with pytest.MonkeyPatch.context() as patch:
            disk = Disk(patch, at, kill=False, part=part)
            for answer, wanted in zip(ANSWERS, after[1:], strict=True):
                try:
                    answer(store, opened)
                except OSError:
                    disk.mend()
                    opened.journal.rewrite(opened.history)
                    store.save(opened)
                assert opened.record.declaration == wanted
        assert disk.failed
        opened.journal.close()
        assert bystander.read_bytes() == encode(BYSTANDER).encode()
        assert on_disk(opened.path) == opened.record
        again = Store(folder).open(opened.path)
        assert again.record == opened.record
        again.journal.close()
