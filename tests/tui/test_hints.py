"""What is said once: that the terminal draws some characters wide, and which client setting mends it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.tui.conftest import PtyApp


def test_a_terminal_with_wide_symbols_is_told_once(start: Callable[..., PtyApp], tmp_path: Path) -> None:
    env: dict[str, str | None] = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE")}
    argv = [sys.executable, "-m", "tui", "--dir", str(tmp_path / "records")]
    app = start(argv=argv, env=env, answers="wide")
    assert app.shows("CJK")
    again = start(argv=argv, env=env, answers="wide")
    assert again.shows("搜索：")
    again.quiet(0.5)
    assert "CJK" not in again.raw.decode("utf-8", "replace")


def test_a_narrow_terminal_is_told_nothing(start: Callable[..., PtyApp], tmp_path: Path) -> None:
    env: dict[str, str | None] = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE")}
    app = start(argv=[sys.executable, "-m", "tui", "--dir", str(tmp_path / "records")], env=env)
    assert app.shows("搜索：")
    app.quiet(0.5)
    assert "CJK" not in app.raw.decode("utf-8", "replace")
