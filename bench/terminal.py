"""A terminal for measuring: runs a program in a pty with a pyte screen, and times what a person at the keys would feel."""

from __future__ import annotations

import fcntl
import os
import pty
import resource
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyte

QUIET = 0.12
"""Seconds without output after which a screen counts as settled."""


@dataclass(frozen=True)
class Key:
    """What one key press cost: bytes sent, seconds to the first and the last of them."""

    bytes: int
    first: float
    settled: float


class Terminal:
    """One program at 80x24; answers cursor reports as a terminal does."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self.bytes = 0
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), {**os.environ, **environment})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._pending = b""

    def pump(self, patience: float) -> float | None:
        """Take one piece of output; the time it came, None when there was none."""
        if not select.select([self._fd], [], [], patience)[0]:
            return None
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return None
        came = time.perf_counter()
        self.bytes += len(data)
        self._feed(data)
        return came if data else None

    def _feed(self, data: bytes) -> None:
        data = self._pending + data
        text = data.decode("utf-8", "ignore")
        self._pending = data[len(text.encode()) :] if len(data) - len(text.encode()) < 4 else b""
        before, *after = text.split("\x1b[6n")
        self._stream.feed(before)
        for piece in after:
            os.write(self._fd, f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R".encode())
            self._stream.feed(piece)

    def wait_for(self, text: str, limit: float = 15.0) -> float:
        """Seconds from the start until the screen shows the text; raises TimeoutError."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            came = self.pump(0.05)
            if came is not None and any(text in row for row in self.screen.display):
                return came - self.started
        raise TimeoutError(f"{text!r} not on screen:\n" + "\n".join(self.screen.display))

    def settle(self) -> None:
        """Wait until nothing more comes."""
        while self.pump(QUIET) is not None:
            pass

    def press(self, keys: str) -> Key:
        """Send keys in one write and measure until the screen has settled."""
        before, start = self.bytes, time.perf_counter()
        os.write(self._fd, keys.encode())
        first = last = 0.0
        while (came := self.pump(QUIET)) is not None:
            last = came - start
            first = first or last
        return Key(self.bytes - before, first, last)

    def idle(self, seconds: float) -> int:
        """Bytes that come while nobody types."""
        before, end = self.bytes, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.pump(left)
        return self.bytes - before

    def close(self) -> float:
        """End the program; its peak memory in MB."""
        with_children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        peak = _peak(self.pid) or with_children / 1024
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)
        return peak


def _peak(pid: int) -> float:
    """Peak resident memory of a living process in MB, 0 where the system does not tell."""
    try:
        with Path(f"/proc/{pid}/status").open(encoding="ascii") as file:
            return next((int(row.split()[1]) / 1024 for row in file if row.startswith("VmHWM")), 0.0)
    except OSError:
        return 0.0
