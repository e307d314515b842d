"""A real pty with a pyte screen, and the demo app on it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import termios
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyte
import pytest

from tests.tui.settling import settled

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PATIENCE = 10.0
QUERY = b"\x1b[6n"


class Emulator(pyte.Screen):
    """pyte that breaks wide characters as real terminals do: overwriting one half blanks the other."""

    def write_process_input(self, data: str) -> None:
        """Queries are answered by PtyApp."""

    def draw(self, data: str) -> None:
        for char in data:
            line, width = self.buffer[self.cursor.y], pyte.screens.wcwidth(char)
            if width == 0 and unicodedata.combining(char) and self.cursor.x:
                place = self.cursor.x - (2 if line[self.cursor.x - 1].data == "" else 1)
                line[place] = line[place]._replace(data=unicodedata.normalize("NFC", line[place].data + char))
                continue
            x = min(self.cursor.x, self.columns - 1)
            if width > 0:
                for place in (x, x + width):
                    if 0 < place < self.columns and line[place].data == "":
                        line[place - 1] = line[place - 1]._replace(data=" ")
                        line[place] = line[place]._replace(data=" ")
            super().draw(char)


class PtyApp:
    """One program on its own pty."""

    def __init__(
        self,
        argv: list[str],
        columns: int = 80,
        rows: int = 24,
        *,
        env: dict[str, str | None] | None = None,
        answers: str = "narrow",
        ignore_hup: bool = False,
        wait: str | None = None,
    ) -> None:
        self.screen = Emulator(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw, self.answers, self.asked, self.alive = b"", answers, 0, True
        self.code: int | None = None
        self.due: list[tuple[float, bytes]] = []  # answers on their way over a slow link
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "TEXTUAL", "TMUX", "STY"))}
        wanted = {
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": None,
            "LINES": None,
            "COLORTERM": None,
            "NO_COLOR": None,
            **(env or {}),
        }
        environ = {k: v for k, v in {**environ, **wanted}.items() if v is not None}
        self.fd, slave = os.openpty()
        self.resize(columns, rows)
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.login_tty(slave)
                os.closerange(3, 256)
                if ignore_hup:
                    signal.signal(signal.SIGHUP, signal.SIG_IGN)
                os.execvpe(argv[0], argv, environ)
            finally:
                os._exit(127)
        os.close(slave)
        self._poll = select.poll()  # select() itself takes no descriptor above 1,023
        self._poll.register(self.fd, select.POLLIN)
        if wait is not None:
            assert self.until(lambda: wait in self.text), self.text

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if (columns, rows) != (self.screen.columns, self.screen.lines):
            self.screen.resize(rows, columns)
            os.kill(self.pid, signal.SIGWINCH)

    # -- reading
    def read(self, timeout: float = 0.01) -> bool:
        while self.due and self.due[0][0] <= time.monotonic():
            self.send(self.due.pop(0)[1])
        if not self.alive or not self._poll.poll(timeout * 1000):
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        if not data:
            self.alive = False
            return False
        self.raw += data
        for piece in re.split(rb"(\x1b\[6n)", data):
            if piece == QUERY:
                self._answer()
            else:
                self.stream.feed(piece)
        return True

    def _answer(self) -> None:
        self.asked += 1
        column = {"narrow": self.screen.cursor.x + 1, "wide": {1: 5, 2: 3}.get(self.asked, 1), "gbk": 7}.get(
            self.answers
        )
        if self.answers == "slow":
            self.due.append((time.monotonic() + 0.1, b"\x1b[1;%dR" % (5 if self.asked == 1 else 2)))
        if column is not None and not (self.answers == "gbk" and self.asked > 1):
            self.send(b"\x1b[%d;%dR" % (self.screen.cursor.y + 1, column))

    def until(self, condition: Callable[[], object], timeout: float = PATIENCE) -> bool:
        deadline = time.monotonic() + timeout
        while True:
            while self.read(0):
                pass
            if condition():
                return True
            if time.monotonic() > deadline:
                return False
            self.read(0.02)

    @staticmethod
    def unread_until(condition: Callable[[], object], timeout: float = 2 * PATIENCE) -> bool:
        """Wait for something that shows elsewhere, without taking any of the program's output."""
        deadline, pause = time.monotonic() + timeout, threading.Event()
        while not condition() and time.monotonic() < deadline:
            pause.wait(0.02)
        return bool(condition())

    def quiet(self, silence: float = 0.08, timeout: float = PATIENCE) -> None:
        """Until nothing has come for a while."""
        deadline = time.monotonic() + timeout
        while self.read(silence) and time.monotonic() < deadline:
            pass

    # -- looking
    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def cursor(self) -> tuple[int, int, bool]:
        """Column, row, shown."""
        cursor = self.screen.cursor
        return min(cursor.x, self.screen.columns - 1), cursor.y, not cursor.hidden

    def shows(self, text: str, timeout: float = PATIENCE) -> bool:
        return self.until(lambda: text in self.text, timeout)

    # -- acting
    def send(self, data: bytes | str) -> None:
        os.write(self.fd, data.encode() if isinstance(data, str) else data)

    def type(self, *keys: str | bytes) -> None:
        """One write per key, each after the last one's output."""
        for key in keys:
            self.send(key)
            self.quiet(0.03)

    def kill(self, number: int) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        os.close(self.fd)
        self.alive, self.fd = False, -1

    def exit_code(self, timeout: float = PATIENCE) -> int | None:
        """Wait for the end; None when it does not come."""
        deadline = time.monotonic() + timeout
        while self.code is None and time.monotonic() < deadline:
            self.read(0.01)
            if not self.alive:
                threading.Event().wait(0.002)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self.read(0):
                    pass
                self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def close(self) -> None:
        if self.code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)


@pytest.fixture(autouse=True)
def quick_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's Pilot goes on as soon as the program has come to rest."""
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", settled)


@pytest.fixture
def start() -> Iterator[Callable[..., PtyApp]]:
    """Start programs on ptys; they end with the test."""
    running: list[PtyApp] = []

    def begin(*, argv: list[str], env: dict[str, str | None] | None = None, **options: Any) -> PtyApp:
        app = PtyApp(argv, env=env, **options)
        running.append(app)
        return app

    yield begin
    for app in running:
        app.close()


@pytest.fixture
def emulator() -> type[Emulator]:
    """The screen that the ptys are drawn on, for tests that feed it themselves."""
    return Emulator
