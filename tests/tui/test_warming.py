"""Warming up: nothing that takes long is made in the process where somebody types."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from domain import derived
from domain.library import load
from tui import warming, wiring
from tui.folders import Folders
from tui.warming import Warming

pytestmark = pytest.mark.usefixtures("cold")

Rows = list[load.Row]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Rows]:
    """What the only step, which needs the built-in library, made in this process."""
    made: list[Rows] = []

    def build() -> Rows:
        made.append(load.rows_of(load.read_library(load.builtin_path())))
        return made[-1]

    def steps(_: Folders) -> Iterator[Callable[[], object]]:
        yield lambda: derived.load(load.BUILTIN, (load.builtin_path(),), build, load.FORMAT)

    monkeypatch.setattr(wiring, "warm_up", steps)
    return made


def steps_taken(warm: Warming) -> int:
    """Steps until there is none, each process waited for."""
    count = 0
    while warm.step():
        count += 1
        if warm._maker is not None:
            warm._maker.wait(60)
    return count


def test_forms_are_made_by_another_process(made: list[Rows], folders: Folders) -> None:
    assert steps_taken(Warming(folders)) == 2, "the step that could not be taken, and the same again"
    assert made == []
    assert steps_taken(Warming(folders)) == 1, "made once and for all"


def test_a_step_waits_for_that_process(made: list[Rows], folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", Running)
    warm = Warming(folders)
    assert [warm.step() for _ in range(4)] == [True] * 4
    assert made == []
    assert Running.begun == 1


@pytest.mark.parametrize("python", ["/nowhere/python", "/bin/false"])
def test_without_such_a_process_they_are_made_here(
    made: list[Rows], folders: Folders, monkeypatch: pytest.MonkeyPatch, python: str
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    steps_taken(Warming(folders))
    assert len(made) == 1


def test_every_form_is_made(folders: Folders) -> None:
    """What the program loads while nobody types is read, from then on."""
    done = subprocess.run([sys.executable, "-m", warming.__name__], check=False)
    assert done.returncode == 0
    script = """
from domain import derived
from tui import wiring
from tui.folders import folders
with derived.only_reading():
    for step in wiring.warm_up(folders()):
        step()
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


class Running:
    """A process that does not end."""

    begun = 0

    def __init__(self, command: list[str], **options: object) -> None:
        Running.begun += 1

    def poll(self) -> None:
        return None
