"""The journal: undo stack, crash draft and resume point in one file that survives being cut anywhere."""

from __future__ import annotations

import datetime
import errno
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.changes import Record, diff
from domain.model import Declaration
from domain.records import journal as module
from domain.records.codec import encode
from domain.records.history import History, Step
from domain.records.journal import Journal
from domain.records.journal_lines import KEPT_STEPS, replay, step_line
from tests.domain.strategies import records


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def step_to(history: History, record: Record, label: str = "改") -> Step:
    return Step(label, diff(history.record, record), history.place, "2020-01-01T08:00:00+08:00")


def named(name: str) -> Record:
    return Record(Declaration().replace(("project", "name"), name))


def played(history: History, journal: Journal, name: str) -> None:
    step = step_to(history, named(name))
    history.do(step)
    journal.append(step_line(step))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / ".tianbiao" / "甲.journal")


MOVES = st.lists(st.one_of(st.just("undo"), st.just("redo"), records()), max_size=8)


@given(records(), MOVES)
def test_undo_and_redo_equal_the_replay_and_the_states_gone_through(base: Record, moves: list[Any]) -> None:
    history = History(base)
    lines: list[dict[str, Any]] = [{"base": encode(base)}]
    past, future = [base], []
    for move in moves:
        if move == "undo":
            moved = history.undo()
            assert (moved is None) == (len(past) == 1)
            if moved:
                future.append(past.pop())
                lines.append({"undo": 1})
        elif move == "redo":
            moved = history.redo()
            assert (moved is None) == (not future)
            if moved:
                past.append(future.pop())
                lines.append({"redo": 1})
        else:
            step = step_to(history, move)
            history.do(step)
            lines.append(step_line(step))
            past.append(move)
            future = []
        assert history.record == past[-1]
    again = replay(json.loads(json.dumps(line)) for line in lines)
    assert again.record == history.record
    assert (again.position, [step.changes for step in again.steps]) == (
        history.position,
        [step.changes for step in history.steps],
    )


def test_a_journal_is_private_and_one_line_a_step(journal: Journal) -> None:
    history = History()
    journal.start(history.record)
    played(history, journal, "一")
    journal.append({"typing": "project.unit", "text": "两\n行 \ud800"})
    journal.append({"place": "project.unit"}, durable=False)
    journal.append({"saved": "abc"}, durable=False)
    assert journal.path.stat().st_mode & 0o777 == 0o600
    assert journal.path.parent.stat().st_mode & 0o777 == 0o700
    assert [next(iter(line)) for line in lines_of(journal.path)] == ["base", "step", "typing", "place", "saved"]
    found = Journal(journal.path).read()
    assert found is not None
    assert found.record == named("一")
    assert found.typing == {"project.unit": "两\n行 ?"}
    assert (found.place, found.saved, found.dirty) == ("project.unit", "abc", False)
    journal.close()


def test_an_answer_ends_the_typing_of_its_field(journal: Journal) -> None:
    history = History()
    history.note_typing("project.name", "热")
    history.note_typing("project.unit", "社")
    history.do(step_to(history, named("热线")))
    assert history.typing == {"project.unit": "社"}
    history.note_typing("project.unit", "")
    assert history.typing == {}


def test_no_journal(journal: Journal) -> None:
    assert journal.read() is None
    assert not journal.begun


@pytest.fixture
def three_steps(journal: Journal) -> list[Record]:
    """The states that the journal goes through, one for each line."""
    history = History()
    journal.start(history.record)
    states = [history.record]
    for name in ("热线", "热线线路", "热线线路租用费"):
        played(history, journal, name)
        states.append(history.record)
    journal.append({"undo": 1})
    states.append(states[-2])
    journal.append({"redo": 1})
    states.append(states[-2])
    journal.close()
    return states


def test_cut_at_every_byte_the_whole_lines_count_and_more_can_follow(
    journal: Journal, three_steps: list[Record]
) -> None:
    data = journal.path.read_bytes()
    for end in range(len(data) + 1):
        journal.path.write_bytes(data[:end])
        whole = data[:end].count(b"\n")
        cut = Journal(journal.path)
        history = cut.read()
        if not whole:
            assert history is None
            history = History(three_steps[0])
            cut.start(history.record)
        else:
            assert history is not None
            assert history.record == three_steps[whole - 1]
        played(history, cut, "接着写")
        cut.close()
        again = Journal(journal.path).read()
        assert again is not None
        assert again.record == named("接着写")
        assert again.undo() is not None
        assert again.record == (three_steps[whole - 1] if whole else three_steps[0])


@pytest.mark.parametrize(
    "bad",
    [
        b"\x00\x00\n",
        b"{\n",
        b"[1]\n",
        b"5\n",
        b'"base"\n',
        b"\xd6\xd0\n",
        b'{"step":"x"}\n',
        b'{"step":"x","do":[["project.none",null,"x"]]}\n',
        b'{"step":"x","do":[["funding.total",null,"many"]]}\n',
        b'{"step":"x","do":[["indicators[99]",[["a"]],[]]]}\n',
        b'{"typing":"x"}\n',
        b'{"base":"[["}\n',
        b"[" * 100_000 + b"\n",
        b"\n",
    ],
)
def test_damage_in_the_middle_is_set_aside_and_what_stood_before_goes_on(
    journal: Journal, three_steps: list[Record], bad: bytes
) -> None:
    lines = journal.path.read_bytes().splitlines(keepends=True)
    damaged = b"".join([*lines[:3], bad, *lines[3:]])
    journal.path.write_bytes(damaged)
    history = journal.read()
    assert history is not None
    assert history.record == three_steps[2]
    assert journal.path.with_suffix(".damaged").read_bytes() == damaged
    played(history, journal, "接着写")
    journal.close()
    again = Journal(journal.path).read()
    assert again is not None
    assert again.record == named("接着写")
    assert again.position == 3


@pytest.mark.parametrize(
    "data", [b"", b"{", b"x\n", b'{"undo":1}\n', b'{"base":5}\n', b'{"base":"schema_version = 9"}\n']
)
def test_a_journal_that_says_nothing_is_none_and_a_new_one_can_begin(journal: Journal, data: bytes) -> None:
    journal.path.parent.mkdir()
    journal.path.write_bytes(data)
    assert journal.read() is None
    assert not journal.begun
    journal.start(named("甲"))
    journal.close()
    found = Journal(journal.path).read()
    assert found is not None
    assert found.record == named("甲")


def test_money_dates_and_odd_marks_survive_the_journal(journal: Journal) -> None:
    form = (
        Declaration()
        .replace(("funding", "total"), Decimal("1.00000000001"))
        .replace(("funding", "requested"), Decimal("1E-7"))
        .replace(("project", "start_date"), datetime.date(2020, 1, 1))
    )
    odd = {"own": {"when": datetime.date(2020, 1, 1), "list": [Decimal("1.5"), datetime.date(2020, 1, 1)]}}
    history = History()
    journal.start(history.record)
    step = step_to(history, Record(form, odd))
    history.do(step)
    journal.append(step_line(step))
    journal.close()
    found = Journal(journal.path).read()
    assert found is not None
    assert found.record.declaration == form
    assert found.record.meta["own"]["when"] == "2020-01-01"


def test_marks_of_any_name_survive_the_journal(journal: Journal) -> None:
    marks = {"a.b": {"c.d": "1", "": "2"}, "origins": {"project.name": "typed", "产出目标/数量/甲.乙": "typed"}}
    history = History()
    journal.start(history.record)
    step = step_to(history, Record(meta=marks))
    journal.append(step_line(step))
    journal.close()
    found = Journal(journal.path).read()
    assert found is not None
    assert found.record.meta == marks


def test_rewriting_keeps_the_last_steps_and_what_can_be_redone(journal: Journal) -> None:
    history = History()
    for number in range(KEPT_STEPS + 50):
        history.do(step_to(history, named(f"第{number}")))
    history.undo()
    history.undo()
    history.place, history.typing = "project.unit", {"project.unit": "社"}
    journal.rewrite(history)
    found = Journal(journal.path).read()
    assert found is not None
    assert found.record == history.record
    assert (found.place, found.typing, found.dirty) == ("project.unit", {"project.unit": "社"}, True)
    assert found.redo() is not None
    assert found.redo() is not None
    assert found.record == named(f"第{KEPT_STEPS + 49}")
    undone = 0
    while found.undo():
        undone += 1
    assert undone == KEPT_STEPS + 2


def test_a_saved_state_is_rewritten_as_saved(journal: Journal) -> None:
    history = History(named("甲"), saved="abc", dirty=False)
    journal.rewrite(history)
    found = Journal(journal.path).read()
    assert found is not None
    assert (found.saved, found.dirty) == ("abc", False)


def test_a_long_journal_is_shortened_on_opening(
    journal: Journal, three_steps: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(50):
        journal.append({"place": "project.name"})
    journal.close()
    size = journal.path.stat().st_size
    monkeypatch.setattr(module, "SHORTEN_ABOVE", 1000)
    history = Journal(journal.path).read()
    assert history is not None
    assert history.record == three_steps[-1]
    assert journal.path.stat().st_size < size
    assert history.position == 3


def test_a_long_journal_on_a_read_only_disk_is_still_read(
    journal: Journal, three_steps: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(module, "SHORTEN_ABOVE", 10)
    monkeypatch.setattr(os, "replace", full)
    history = journal.read()
    assert history is not None
    assert history.record == three_steps[-1]


def test_a_journal_beyond_all_measure_is_not_read(
    journal: Journal, three_steps: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 10)
    assert journal.read() is None
    assert not journal.begun


@pytest.mark.parametrize("call", ["write", "fsync", "short"])
def test_a_line_that_did_not_reach_the_disk_can_be_tried_again(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    history = History()
    journal.start(history.record)
    step = step_to(history, named("甲"))
    history.do(step)

    def failing(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    def short(descriptor: int, data: bytes) -> int:
        return write(descriptor, data[:10])

    write = os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write" if call == "short" else call, short if call == "short" else failing)
        with pytest.raises(OSError, match=r"full|part"):
            journal.append(step_line(step))
    if call != "fsync":  # there the line did reach the file
        journal.append(step_line(step))
    journal.close()
    found = Journal(journal.path).read()
    assert found is not None
    assert found.record == named("甲")


def test_a_journal_that_is_a_link_is_not_followed(journal: Journal, tmp_path: Path) -> None:
    journal.path.parent.mkdir()
    journal.path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=r".*"):
        journal.append({"place": "x"})
    assert not (tmp_path / "elsewhere").exists()
