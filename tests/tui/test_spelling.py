"""Names and targets with few keys, at the real program with the real library."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Declaration, Narrative, Project
from domain.records.store import Store
from tests.fakes import on_disk
from tests.tui.conftest import PtyApp

OVERVIEW = "园区长椅破损，逐年更新。更换长椅120把，加装遮阳棚15座，9月20日前完成安装。"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    project = Project(year=2021, unit="市公园管理处", name="长椅更新和遮阳棚加装")
    return Store(tmp_path / "records").add(Record(Declaration(project=project, narrative=Narrative(overview=OVERVIEW))))


@pytest.fixture
def at_quantity(tmp_path: Path, record: Path, start: Callable[..., PtyApp]) -> PtyApp:
    environment = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("DATA", "CONFIG", "STATE")}
    command = [sys.executable, "-m", "tui", "--dir", str(record.parent), "fill", record.stem]
    app = start(argv=command, env=environment)
    assert app.shows("F10离开")
    app.type("/去 数量\r")
    assert app.shows("产出目标›数量")
    return app


def rows(record: Path) -> list[tuple[str, str]]:
    return [(row.name, row.target) for row in on_disk(record).declaration.indicators]


def test_what_the_text_counts_by_its_initials(at_quantity: PtyApp, record: Path) -> None:
    app = at_quantity
    app.type("zypjz")
    assert app.shows("> 1. 遮阳棚加装数量  =15座")
    app.type("\r")
    assert app.until(lambda: rows(record) == [("遮阳棚加装数量", "=15座")])


def test_a_name_put_together_from_words_then_its_target(at_quantity: PtyApp, record: Path) -> None:
    app = at_quantity
    app.type("zypgh")
    assert app.shows("遮阳棚更换数量  　拼成的名称")
    row = next(line for line in app.lines if "遮阳棚更换数量 " in line)
    app.type(f"{row.strip('> ')[0]}\r")
    assert app.shows("目标值是多少")
    app.type("=3座\r")
    assert app.until(lambda: rows(record) == [("遮阳棚更换数量", "=3座")])


def test_undo_takes_it_back_with_one_key(at_quantity: PtyApp, record: Path) -> None:
    app = at_quantity
    app.type("1\r")
    assert app.until(lambda: len(rows(record)) == 1)
    app.type("\x1a")
    assert app.until(lambda: rows(record) == [])
