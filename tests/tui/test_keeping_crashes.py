"""Killed or out of room at any call while others write the same file: neither side's words are ever lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.records import naming, past
from domain.records.codec import decode
from domain.records.store import Store, read_text
from tests.domain.records.disk import Disk, Killed
from tests.domain.records.programs import edit
from tests.fakes import on_disk
from tui.session import Session

YEAR, NAME, UNIT, PHONE = ("project", "year"), ("project", "name"), ("project", "unit"), ("project", "phone")


def prepared(folder: Path) -> Session:
    """A record whose unit and phone were changed by hand a moment ago."""
    store = Store(folder)
    session = Session(store, store.new())
    session.edit(YEAR, 2020)
    session.edit(NAME, "热线")
    session.edit(UNIT, "中心")
    session.close()
    session = Session(store, store.open(session.path))
    edit(session.path, "中心", "别处改的")
    edit(session.path, "[funding]", 'phone = "5970000"\n\n[funding]')
    return session


def work(session: Session) -> None:
    session.edit(UNIT, "这里改的")
    [conflict] = session.conflicts
    session.decide(conflict, conflict.mine)
    session.edit(NAME, "光纤")  # the file moves
    session.close()


def everything_written(folder: Path) -> str:
    """All texts of files, past states and what a new start asks about."""
    files = [*folder.rglob("*.toml"), *folder.rglob("*.journal")]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    for path in folder.rglob("*.past"):
        texts += [state.text for state in past.read(path)]
    return "\n".join(texts)


def count_calls(folder: Path) -> int:
    session = prepared(folder)
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch, None, kill=False)
        work(session)
    assert on_disk(session.path).declaration.project.unit == "这里改的"
    return disk.count


@pytest.mark.parametrize("part", [0.0, 0.5])
def test_killed_at_any_call_while_merging(tmp_path: Path, part: float) -> None:
    calls = count_calls(tmp_path / "count")
    assert calls > 20
    for at in range(calls):
        folder = tmp_path / f"{at}"
        session = prepared(folder)
        with pytest.MonkeyPatch.context() as patch:
            Disk(patch, at, kill=True, part=part)
            with pytest.raises(Killed):
                work(session)
        session._opened.journal.close()
        assert "别处改的" in everything_written(folder), at
        store = Store(folder)
        [path] = [*store.paths(), *store.drafts()]
        again = Session(store, store.open(path))
        assert again.read_only == ""
        assert again.declaration.project.phone == "5970000", at
        asked = [one.texts for one in again.conflicts]
        assert asked in ([], [("这里改的", "别处改的")]), at
        again.edit(("project", "filler"), "方小禾")
        for conflict in again.conflicts:
            again.decide(conflict, conflict.mine)
        assert on_disk(again.path) == again.record, at
        again.close()
        assert not naming.lock_path(again.path).exists()


def test_out_of_room_at_any_call_while_merging(tmp_path: Path) -> None:
    for at in range(count_calls(tmp_path / "count")):
        folder = tmp_path / f"{at}"
        session = prepared(folder)
        with pytest.MonkeyPatch.context() as patch:
            disk = Disk(patch, at, kill=False)
            session.edit(UNIT, "这里改的")
            for conflict in session.conflicts:
                session.decide(conflict, conflict.mine)
            session.edit(NAME, "光纤")
            if disk.failed:
                assert decode(read_text(Store(folder).paths()[0])), at
            disk.mend()
            session.save()
        for conflict in session.conflicts:
            session.decide(conflict, conflict.mine)
        session.close()
        assert session.trouble == "", at
        assert on_disk(session.path) == session.record, at
        project = session.declaration.project
        assert (project.unit, project.name, project.phone) == ("这里改的", "光纤", "5970000"), at
        assert "别处改的" in everything_written(folder), at
