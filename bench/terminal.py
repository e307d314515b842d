"""A terminal for measuring: runs a program in a pty with a pyte screen, and times what a person at the keys would feel."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyte

QUIET = 0.12
"""Seconds without output after which a screen counts as settled; longer over a slow link."""

PATIENCE = 0.5
"""Seconds to wait for the first byte after a key that may change nothing."""

UNSET = ("COLUMNS", "LINES", "COLORTERM", "NO_COLOR", "TMUX", "STY", "PYTHONDONTWRITEBYTECODE")
"""Left out of the environment: what the shell that runs the bench happens to be in. An installed program has its .pyc files."""

Cells = list[list[pyte.screens.Char]]


@dataclass(frozen=True)
class Key:
    """What one write cost: bytes sent, seconds to the first and the last of them, and what the cells alone would need."""

    bytes: int
    first: float
    settled: float
    needed: int


class Terminal:
    """One program at 80x24; answers cursor reports as a terminal does."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        size: tuple[int, int] = (80, 24),
        *,
        quiet: float = QUIET,
        patience: float = PATIENCE,
    ) -> None:
        columns, rows = size
        self._quiet, self._patience = quiet, patience
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self.bytes = 0
        self.ended = False
        """Whether the other side of the pty is closed."""
        self.first_text: float | None = None
        """Seconds from the start to the first readable character."""
        kept = {name: value for name, value in os.environ.items() if name not in UNSET}
        self._fd, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.login_tty(slave)
                os.closerange(3, 256)
                os.execvpe(command[0], list(command), {**kept, "LANG": "C.UTF-8", **environment})
            finally:
                os._exit(127)
        os.close(slave)
        self._pending = b""

    # -- reading --

    def pump(self, patience: float) -> float | None:
        """Take one piece of output; the time it came, None when there was none."""
        if not select.select([self._fd], [], [], patience)[0]:
            return None
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            self.ended = True
            return None
        came = time.perf_counter()
        self.bytes += len(data)
        self._feed(data)
        if self.first_text is None and any(row.strip() for row in self.screen.display):
            self.first_text = came - self.started
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

    def wait_for(self, text: str, limit: float = 30.0) -> float:
        """Seconds from the start until the screen shows the text; raises TimeoutError."""
        return self.wait_until(lambda: any(text in row for row in self.screen.display), limit, text)

    def wait_until(self, condition: Callable[[], bool], limit: float = 30.0, what: str = "the wanted state") -> float:
        """Seconds from the start until a condition holds; raises TimeoutError with the screen."""
        end = time.perf_counter() + limit
        came: float | None = time.perf_counter()
        while time.perf_counter() < end:
            if condition():
                return (came or time.perf_counter()) - self.started
            came = self.pump(0.05)
        raise TimeoutError(f"{what!r} not on screen:\n" + "\n".join(self.screen.display))

    def settle(self) -> None:
        """Wait until nothing more comes."""
        while self.pump(self._quiet) is not None:
            pass

    def cells(self) -> Cells:
        """Every cell as it stands."""
        columns = range(self.screen.columns)
        return [[self.screen.buffer[y][x] for x in columns] for y in range(self.screen.lines)]

    # -- typing --

    def press(self, keys: str) -> Key:
        """Send keys in one write and measure until the screen has settled."""
        cells, caret = self.cells(), (self.screen.cursor.y, self.screen.cursor.x)
        before, start = self.bytes, time.perf_counter()
        self.send(keys)
        first = last = 0.0
        while (came := self.pump(self._quiet if first else self._patience)) is not None:
            last = came - start
            first = first or last
        needed = needed_bytes(cells, caret, self.cells(), (self.screen.cursor.y, self.screen.cursor.x))
        return Key(self.bytes - before, first, last, needed)

    def answer(self, keys: str, limit: float = 5.0) -> float:
        """Send keys and wait for the first byte only; seconds until it came. Raises TimeoutError."""
        start = time.perf_counter()
        self.send(keys)
        came = self.pump(limit)
        if came is None:
            raise TimeoutError(f"nothing came after {keys!r}:\n" + "\n".join(self.screen.display))
        return came - start

    def send(self, keys: str) -> None:
        """Send keys and go on; raises EOFError where nobody reads them any more."""
        if self.ended:
            raise EOFError("the program has ended:\n" + "\n".join(self.screen.display))
        os.write(self._fd, keys.encode())

    def idle(self, seconds: float) -> int:
        """Bytes that come while nobody types."""
        before, end = self.bytes, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.pump(left)
        return self.bytes - before

    # -- resources and the end --

    def memory(self) -> tuple[float, float]:
        """Peak and present resident memory in MB, of the program and whatever it started."""
        found = [_resident(pid) for pid in _tree(self.pid)]
        return sum(peak for peak, _ in found), sum(now for _, now in found)

    def cpu(self) -> float:
        """Seconds of processor time so far, all threads."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
        return total / 1e9

    def leave(self, keys: str, limit: float = 5.0) -> float:
        """Seconds from these keys to the end of the program."""
        start = time.perf_counter()
        self.send(keys)
        while time.perf_counter() - start < limit:
            self.pump(0.001)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                self.pid = 0
                return time.perf_counter() - start
        raise TimeoutError("still running:\n" + "\n".join(self.screen.display))

    def close(self) -> float:
        """End the program if it runs; its peak memory in MB, 0 where it had ended."""
        peak = self.memory()[0] if self.pid else 0.0
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._fd)
        return peak


def _resident(pid: int) -> tuple[float, float]:
    fields: dict[str, float] = {}
    with contextlib.suppress(OSError), Path(f"/proc/{pid}/status").open(encoding="ascii") as file:
        fields = {row.split(":")[0]: int(row.split()[1]) / 1024 for row in file if row.startswith(("VmHWM", "VmRSS"))}
    return fields.get("VmHWM", 0.0), fields.get("VmRSS", 0.0)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii")
            found += map(int, children.split())
    return found


def needed_bytes(old: Cells, old_caret: tuple[int, int], new: Cells, caret: tuple[int, int]) -> int:
    """What sending only the changed cells would take: moves, pens, text, erasing to the end of a line."""
    total, at, pen = 0, old_caret, ("default", "default", *[False] * 6)
    for y, (was, row) in enumerate(zip(old, new, strict=True)):
        blank = len(row)
        while blank and row[blank - 1] == row[-1] and row[-1].data == " ":
            blank -= 1
        for x, cell in enumerate(row):
            if cell == was[x] or not cell.data:
                continue
            total += _move(at, (y, x))
            if cell[1:] != pen:
                pen = tuple(cell[1:])
                total += 3 + sum(0 if colour == "default" else 3 for colour in pen[:2]) + 2 * sum(map(bool, pen[2:]))
            if x >= blank and len(row) - x > 3:
                total, at = total + 3, (y, x)
                break
            wide = x + 1 < len(row) and not row[x + 1].data
            total, at = total + len(cell.data.encode()), (y, x + 1 + wide)
    return total + _move(at, caret)


def _move(at: tuple[int, int], to: tuple[int, int]) -> int:
    if at == to:
        return 0
    far = len(f"{to[0] + 1};{to[1] + 1}") + 3
    return min(far, len(str(to[1] - at[1])) + 3) if at[0] == to[0] and at[1] < to[1] else far
