"""The coverage view line by line: a number goes to a slot, a word adds the best next indicator."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from domain.records.store import Store
from tests.fakes import FakeReader, FakeSuggester
from tui.dialogue import Dialogue
from tui.folders import Folders
from tui.plain.console import Console
from tui.plain.views import Views
from tui.session import Session


@pytest.fixture
def dialogue(store: Store) -> Dialogue:
    return Dialogue(Session(store, store.new()), FakeSuggester, FakeReader)


def shown(dialogue: Dialogue, tmp_path: Path, typed: str) -> str:
    out = io.StringIO()
    folders = Folders(tmp_path, *(tmp_path / name for name in ("data", "config", "state", "cache")))
    Views(dialogue, Console(io.StringIO(typed), out), folders).show("coverage")
    return out.getvalue()


def test_a_word_adds_the_best_next(dialogue: Dialogue, tmp_path: Path) -> None:
    said = shown(dialogue, tmp_path, "加\n\n")
    assert [row.name for row in dialogue.session.declaration.indicators] == ["预算资金到位率"]
    assert "已加入 投入与目标管理›投入管理：预算资金到位率" in said
    assert said.count("最该补：") == 2


def test_a_number_goes_to_the_slot(dialogue: Dialogue, tmp_path: Path) -> None:
    shown(dialogue, tmp_path, "2\n")
    assert dialogue.key == "产出目标/数量"
    assert dialogue.session.declaration.indicators == ()


def test_anything_else_is_explained(dialogue: Dialogue, tmp_path: Path) -> None:
    assert "没有“八”。请写 1 到 3 的序号，或写 加。" in shown(dialogue, tmp_path, "八\n\n")
