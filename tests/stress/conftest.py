"""The real program on a pty, with every folder of its own below the test's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.stress import commands, hostile
from tests.tui.conftest import PtyApp, start

__all__ = ["start"]

Program = Callable[..., PtyApp]

LONGEST = 120.0
"""Seconds for a run of every command."""


def environment(below: Path) -> dict[str, str | None]:
    """Where the program keeps its things, so that nothing is shared with another program."""
    places = {f"XDG_{name}_HOME": str(below / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    return {**places, "HOME": str(below), "TIANBIAO_DIR": str(below / "records")}


@dataclass(frozen=True)
class Run:
    """What a run of every command left: bytes on the terminal, exit code, files."""

    below: Path
    raw: bytes
    screen: str
    code: int | None
    new: frozenset[Path]


@pytest.fixture(scope="session")
def every_command(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Every command on a terminal, hostile texts in every place, the network closed."""
    below = tmp_path_factory.mktemp("every")
    hostile.fill(below)
    before = set(below.rglob("*"))
    argv = [sys.executable, commands.__file__, str(below), "closed"]
    app = PtyApp(argv, env={**environment(below), **hostile.ENVIRONMENT})
    app.until(lambda: not app.alive, LONGEST)
    code = app.exit_code()
    app.close()
    return Run(below, app.raw, app.text, code, frozenset(set(below.rglob("*")) - before))


@pytest.fixture
def program(start: Callable[..., PtyApp], tmp_path: Path) -> Program:
    """Start the program; `below` is the folder that holds all of its own."""

    def run(*arguments: str, below: Path = tmp_path, **options: object) -> PtyApp:
        more = options.pop("env", {})
        assert isinstance(more, dict)
        argv = [sys.executable, "-m", "tui", *arguments]
        return start(argv=argv, env={**environment(below), **more}, **options)

    return run
