"""A line refused is typed over or mended, and what is undone in a line can be made again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

REFUSED = "某一年"
CTRL_Y, CTRL_Z, BACKSPACE = "\x19", "\x1a", "\x7f"


@pytest.fixture
def refused(start: Callable[..., PtyApp], tmp_path: Path) -> PtyApp:
    """The first question, with an answer that it did not take."""
    environment = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    environment["TIANBIAO_DIR"] = str(tmp_path / "records")
    app = start(argv=[sys.executable, "-m", "tui", "fill"], env=environment, wait="年份")
    app.type(f"{REFUSED}\r")
    assert app.shows("四位数字")
    assert app.shows(f"> {REFUSED}")
    return app


def test_typing_replaces_a_refused_answer(refused: PtyApp) -> None:
    refused.type("2021\r")
    assert refused.shows("年份：2021")


def test_a_refused_answer_can_be_mended(refused: PtyApp) -> None:
    refused.type(f"{BACKSPACE}{BACKSPACE}底")
    assert refused.shows(f"> {REFUSED[0]}底")


def test_a_refused_answer_typed_over_comes_back_and_goes_again(refused: PtyApp) -> None:
    refused.type("2")
    assert refused.shows("> 2")
    refused.type(CTRL_Z)
    assert refused.shows(f"> {REFUSED}")
    refused.type(CTRL_Y)
    assert refused.shows("> 2")
