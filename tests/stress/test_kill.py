"""Killed with -9 at any moment while somebody types: every accepted answer and the last second's text are there again."""

from __future__ import annotations

import datetime
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.changes import Record
from domain.fields import path_of
from domain.model import Coded, Declaration, Funding, Project, spec_at
from domain.records.store import Store

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

Program = Callable[..., "PtyApp"]

ENTER, F9 = "\r", "\x1b[20~"
LETTERS = "社区服务网格光纤租用热线巡查设备运行维护站点年度经费"
LINES = ("project.unit", "project.name", "project.filler")
LONG = ("overview", "basis", "necessity", "measures", "plan", "overall_goal", "annual_goal")
QUESTIONS = (*LINES, *(f"narrative.{name}" for name in LONG))
"""The questions left open in the record below, in the order in which they are asked."""

PROMISED = 1.0
"""Seconds after which text in progress is on disk."""


def half_filled() -> Record:
    """A record in which only free texts are still open."""
    day = datetime.date
    project = Project(
        year=2021,
        category=Coded("0601", "其他"),
        nature="经常性项目",
        has_subprojects=False,
        functional_subjects=(Coded("2010301", "行政运行"),),
        economic_subjects=(Coded("30207", "邮电费"),),
        phone="5970000",
        start_date=day(2021, 1, 1),
        end_date=day(2021, 12, 31),
        procurement=False,
        five_expenses=False,
    )
    return Record(Declaration(project, Funding(*[Decimal(10)] * 4)))


class Typist:
    """Types answers one after the other and knows which of them the program has taken, until the program is killed."""

    def __init__(self, folder: Path, rng: random.Random, longest: int) -> None:
        self.folder, self.rng, self.longest = folder, rng, longest
        self.wanted = 0
        """Characters that the answer in progress will have."""
        self.accepted: dict[str, str] = {}
        self.at = 0
        self.typed: list[tuple[str, float]] = []
        """Characters of the answer in progress with when they were on screen."""
        self.sent = ""
        """The answer whose last key is on its way."""

    @property
    def key(self) -> str:
        return QUESTIONS[self.at]

    @property
    def text(self) -> str:
        return "".join(char for char, _ in self.typed)

    @staticmethod
    def asks(app: PtyApp, number: int) -> bool:
        """Whether the program asks this question now."""
        hint = spec_at(path_of(QUESTIONS[number])).hint if number < len(QUESTIONS) else "测算过程"
        return hint[:12] in app.text

    def resume(self, app: PtyApp) -> None:
        """Find the place again after a start: what the program asks, and what it has kept of the answer in progress."""
        app.until(lambda: "回车接着填" in app.text)
        app.type(ENTER)
        assert app.until(lambda: self.asks(app, self.at)), app.text
        assert app.until(lambda: self.text[-30:] in shown(app)), app.text

    def type_until_dead(self, app: PtyApp) -> None:
        """Answer questions until the program is gone or nothing is left to ask."""
        while app.alive and self.at < len(QUESTIONS):
            self.wanted = self.wanted or self.rng.randint(3, 30 if self.key in LINES else self.longest)
            if len(self.typed) < self.wanted:
                self._type(app)
            else:
                self._accept(app)

    def type_and_rest(self, app: PtyApp) -> None:
        """Type a little, wait until it is on disk, and type on: what was on disk has to be there afterwards."""
        for _ in range(5):
            self._type(app)
        journals = self.folder / ".tianbiao"
        assert app.until(lambda: any(self.text in path.read_text("utf-8") for path in journals.glob("*.journal")))
        self.typed = [(char, float("-inf")) for char, _ in self.typed]
        for _ in range(3):
            self._type(app)

    def _type(self, app: PtyApp) -> None:
        char = self.rng.choice(LETTERS)
        self.typed.append((char, float("inf")))
        tail = self.text[-6:]
        self._send(app, char)
        app.until(lambda: not app.alive or tail in shown(app))
        if tail in shown(app):
            self.typed[-1] = (char, time.monotonic())

    def _accept(self, app: PtyApp) -> None:
        self.sent = self.text
        self._send(app, ENTER if self.key in LINES else F9)
        app.until(lambda: not app.alive or self.asks(app, self.at + 1))
        if self.asks(app, self.at + 1):
            self._taken()

    def _taken(self) -> None:
        self.accepted[self.key] = self.sent
        self.at += 1
        self.typed, self.sent, self.wanted = [], "", 0

    @staticmethod
    def _send(app: PtyApp, key: str) -> None:
        with suppress(OSError):  # the program is gone; that is what this is about
            app.send(key)

    def check(self, killed: float) -> None:
        """What is on disk: every answer taken, and of the text in progress all that is older than the promise."""
        store = Store(self.folder)
        [path] = {*store.paths(), *store.drafts()}
        opened = store.open(path)
        opened.journal.close()
        declaration = opened.record.declaration
        for key, text in self.accepted.items():
            assert declaration.get(path_of(key)) == text
        if self.at == len(QUESTIONS):
            return
        answer, kept = declaration.get(path_of(self.key)), opened.history.typing.get(self.key, "")
        if self.sent and answer == self.sent:  # the last key had done its work, only the screen had not said so
            self._taken()
            return
        assert answer == ""
        assert self.text.startswith(kept)
        assert len(kept) >= sum(shown < killed - PROMISED for _, shown in self.typed)
        self.typed, self.sent = [(char, killed) for char in kept], ""


def shown(app: PtyApp) -> str:
    """The screen as one text, so that a text broken at the edge is found."""
    return "".join(app.lines)


SHORT, LONG_ROUNDS = (20, 0.35, 24), (40, 3.0, 300)
"""Rounds, seconds within which each is ended, and characters of the longest answer."""


@pytest.mark.parametrize(
    ("seed", "size"),
    [(1, SHORT), *(pytest.param(seed, LONG_ROUNDS, marks=pytest.mark.stress) for seed in range(2, 12))],
)
def test_killed_while_typing(program: Program, tmp_path: Path, seed: int, size: tuple[int, float, int]) -> None:
    rounds, patience, longest = size
    rng, killed_at_work, typist = random.Random(seed), 0, None
    for number in range(rounds):
        if typist is None or typist.at == len(QUESTIONS):
            below = tmp_path / str(number)
            Store(below / "records").add(half_filled())
            typist = Typist(below / "records", rng, longest)
        app = program(below=below)
        typist.resume(app)
        deaths: list[float] = []
        if number % 5 == 4:
            typist.type_and_rest(app)
            kill(app.pid, deaths)
        else:
            killer = threading.Timer(rng.uniform(0, patience), kill, (app.pid, deaths))
            killer.start()
            typist.type_until_dead(app)
            killer.join()
        assert app.exit_code() == -signal.SIGKILL
        killed_at_work += typist.at < len(QUESTIONS)
        typist.check(deaths[0])
    assert killed_at_work > rounds / 2


@pytest.mark.parametrize(
    ("seed", "rounds"), [(1, 6), *(pytest.param(seed, 60, marks=pytest.mark.stress) for seed in range(2, 6))]
)
def test_ended_while_typing(program: Program, tmp_path: Path, seed: int, rounds: int) -> None:
    """A signal that can be caught loses nothing that was typed before it, however little the program was let do meanwhile."""
    rng = random.Random(seed)
    for number in range(rounds):
        below = tmp_path / str(number)
        path = Store(below / "records").add(half_filled())
        app = program("fill", path.stem, below=below, wait="预算单位")
        typed = ""
        for _ in range(rng.randint(1, 40)):
            typed += rng.choice(LETTERS)
            app.send(typed[-1])
            app.kill(rng.choice((signal.SIGSTOP, signal.SIGCONT, signal.SIGCONT)))
            app.read(rng.choice((0.0, 0.005, 0.02)))
        signals = rng.choices((signal.SIGTERM, signal.SIGHUP, signal.SIGINT), k=rng.randint(1, 3))
        for one in (*signals, signal.SIGCONT):
            app.kill(one)
        assert app.exit_code() in (129, 130, 143), app.text
        opened = Store(below / "records").open(path)
        opened.journal.close()
        assert opened.history.typing.get("project.unit") == typed


def kill(pid: int, deaths: list[float]) -> None:
    """Kill the program and note when; what it had shown by then it had shown before."""
    deaths.append(time.monotonic())
    os.kill(pid, signal.SIGKILL)
