"""tianbiao history and tianbiao trash: list, show, compare, bring back; locks are respected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Indicator
from domain.records import limits, naming, past, trash
from domain.records.locks import Hold
from domain.records.store import Store
from tests.domain.records.programs import another, form
from tests.fakes import on_disk
from tui.cli import main
from tui.session import Session

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(records: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--dir", str(records), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def record(store: Store) -> Path:
    """A record with two past states."""
    path = store.add(Record(form(year=2020, name="热线")))
    for phone in ("5970000", "5970001"):
        session = Session(store, store.open(path))
        session.edit(("project", "phone"), phone)
        session.close()
    return path


def test_states_are_listed_newest_first(run: Run, record: Path) -> None:
    code, out, err = run("history", "2020-热线")
    rows = [line.split("\t") for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("3", "离开时", "改 联系电话"), ("2", "离开时", "填 联系电话"), ("1", "这次动手之前", "填 年份、项目名称"),
    ]  # fmt: skip


def test_a_record_without_past_says_so(run: Run, store: Store) -> None:
    store.add(Record(form(name="新")))
    code, out, err = run("history", "新")
    assert (code, out) == (0, "")
    assert "还没有" in err


def test_a_state_is_shown_and_compared(run: Run, record: Path) -> None:
    assert "5970000" in run("history", "2020-热线", "--show", "2")[1]
    code, out, _ = run("history", "2020-热线", "--diff", "2")
    assert code == 0
    assert "5970000 → 5970001" in out


@pytest.mark.parametrize("arguments", [("--show", "9"), ("--restore", "0"), ("--diff", "-1")])
def test_a_number_that_is_not_there_is_said(run: Run, record: Path, arguments: tuple[str, str]) -> None:
    code, _, err = run("history", "2020-热线", *arguments)
    assert code == 3
    assert "历史里没有" in err


def test_one_thing_at_a_time(run: Run, record: Path) -> None:
    assert run("history", "2020-热线", "--show", "1", "--restore", "1")[0] == 2


def test_a_state_is_brought_back_as_a_step(run: Run, record: Path, store: Store) -> None:
    code, out, _ = run("history", "2020-热线", "--restore", "2")
    assert (code, out.strip()) == (0, str(record))
    assert on_disk(record).declaration.project.phone == "5970000"
    opened = store.open(record)
    step = store.undo(opened)
    assert step is not None
    assert on_disk(record).declaration.project.phone == "5970001"


def test_a_damaged_record_is_brought_back(run: Run, record: Path) -> None:
    record.write_bytes(b"\xff\x00")
    code, _, err = run("history", "2020-热线", "--restore", "2")
    assert code == 0
    assert "损坏" in err
    assert on_disk(record).declaration.project.phone == "5970000"


def test_a_damaged_state_is_said(run: Run, record: Path) -> None:
    past.keep(naming.past_path(record), "[[", "离开时")
    code, _, err = run("history", "2020-热线", "--restore", "4")
    assert code == 3
    assert "读不了" in err


def test_a_record_that_another_fills_is_not_restored(run: Run, record: Path) -> None:
    before = record.read_bytes()
    with another() as other:
        Hold(other).take(record)
        code, _, err = run("history", "2020-热线", "--restore", "2")
    assert code == 3
    assert "张三" in err
    assert record.read_bytes() == before


def test_a_record_that_another_fills_is_not_fixed_the_next_one_is(run: Run, store: Store) -> None:
    row = Indicator("投入与目标管理", "投入管理", "预算资金到位率", "100%")
    held, free = (store.add(Record(form(year=2020, name=name).replace(("indicators",), (row,)))) for name in "甲乙")
    before = held.read_bytes()
    with another() as other:
        Hold(other).take(held)
        _, out, err = run("check", "--fix", "2020-甲", "2020-乙")
    assert "张三" in err
    assert "2020-乙" in out
    assert held.read_bytes() == before
    assert on_disk(free).declaration.indicators[0].target == "=100%"
    assert [one.why for one in past.read(naming.past_path(free))] == ["审核自动改之前"]
    assert not naming.lock_path(free).exists()


def test_the_trash_is_listed_and_given_back(run: Run, record: Path, store: Store) -> None:
    store.delete(record)
    code, out, err = run("trash")
    assert f"{limits.TRASH_DAYS} 天" in err
    name, _, kind = out.strip().split("\t")
    assert (code, kind) == (0, "删除的")
    assert name.startswith("2020-热线.")
    assert run("trash", "--restore", name)[1].strip() == str(record)
    assert on_disk(record).declaration.project.phone == "5970001"
    assert len(past.read(naming.past_path(record))) == 3
    assert run("trash")[1] == ""
    assert "空的" in run("trash")[2]


def test_by_its_old_name_the_newest_is_given_back(run: Run, record: Path, store: Store) -> None:
    trash.put_copy(record, b"x = 1")
    store.delete(record)
    code, _, err = run("trash", "--restore", "没有")
    assert code == 3
    assert "tianbiao trash" in err
    assert run("trash", "--restore", "2020-热线")[0] == 0
