"""The one terminal of this process: line discipline, alternate screen, and putting both back whatever happens."""

from __future__ import annotations

import os
import select
import termios
import time

TYPE_CHECKING = False  # on the way to the first paint: no `typing`, `re` or `contextlib` here
if TYPE_CHECKING:
    from typing import Any

RESET = "\x18\x1b[r\x1b[4l\x1b(B\x0f\x1b[0m"
"""Abort a half-sent sequence; no scroll region, no insert mode, ASCII character set, default pen."""

ENTER = "\x1b[?1049h" + RESET[1:] + "\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[H\x1b[2J"
"""Alternate screen, cursor hidden, no automatic wrap, bracketed paste, blank."""

MOUSE_ON = "\x1b[?1000h\x1b[?1006h"

LEAVE = (
    "\x18\x1b[0m\x1b(B\x0f\x1b[r\x1b[?1006l\x1b[?1003l\x1b[?1000l\x1b[?2004l\x1b[?7h\x1b[H\x1b[J\x1b[?1049l\x1b[?25h"
)
"""Everything back, for a clean end as for an emergency.

`\\x18` first, as the last frame may be cut in two; the screen is wiped for terminals that have no second screen to leave.
"""

MOST_BYTES = 65536
"""Read at once, so that a large paste does not keep the screen waiting."""


class Terminal:
    """Raw mode and alternate screen of one terminal; every method may be called twice, or in a signal handler."""

    def __init__(self, in_fd: int = 0, out_fd: int = 1) -> None:
        self.in_fd, self.out_fd = in_fd, out_fd
        self.leftover = b""  # read during start-up but meant for the app
        self.on_screen = False  # the alternate screen has been entered
        self._cooked: list[Any] | None = None
        self._nonblocking: int | None = None

    @property
    def raw(self) -> bool:
        """Whether the line discipline has been changed by this object."""
        return self._cooked is not None

    def enter_raw(self) -> None:
        """No echo, no lines, no signals from keys, no flow control, output as written; keys already typed are kept."""
        try:
            mode = termios.tcgetattr(self.in_fd)
        except termios.error:
            return
        if self._cooked is None:
            self._cooked = [*mode[:6], list(mode[6])]
        mode[0] &= ~(
            termios.IXON
            | termios.IXOFF
            | termios.ICRNL
            | termios.INLCR
            | termios.IGNCR
            | termios.ISTRIP
            | termios.BRKINT
        )
        mode[1] &= ~termios.OPOST
        mode[3] &= ~(termios.ECHO | termios.ECHONL | termios.ICANON | termios.IEXTEN | termios.ISIG)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        self._set(mode)

    def enter_screen(self) -> str:
        """The text to write to reach the alternate screen; empty when it is shown already."""
        if self.on_screen:
            return ""
        self.on_screen = True
        return ENTER

    def leave(self) -> None:
        """Back to the shell's terminal; does nothing when nothing was changed, gives up after 0.3 s when stalled."""
        if self.on_screen:
            self.on_screen = False
            self.write(LEAVE.encode(), limit=0.3)
        if self._cooked is not None:
            mode, self._cooked = self._cooked, None
            self._set(mode)

    def _set(self, mode: list[Any]) -> None:
        try:
            termios.tcsetattr(self.in_fd, termios.TCSANOW, mode)  # never DRAIN or FLUSH: a stalled link would hang
        except termios.error:  # the terminal is gone: nothing to set
            return

    def write(self, data: bytes, limit: float) -> bool:
        """Write directly for at most `limit` seconds; False when the terminal is gone or does not take it all."""
        fd, deadline = self.writable_fd(), time.monotonic() + limit
        while data:
            try:
                data = data[os.write(fd, data) :]
            except BlockingIOError:
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                select.select([], [fd], [], left)
            except OSError:
                return False
        return True

    def writable_fd(self) -> int:
        """A descriptor of the terminal that never blocks.

        O_NONBLOCK on descriptor 1 itself would also change the shell's; opening the terminal anew keeps it ours. Where
        that is impossible (a terminal handed over by su, no /dev/tty) it is descriptor 1, which may block.
        """
        if self._nonblocking is None:
            self._nonblocking = self.out_fd
            for path in (_name(self.out_fd), "/dev/tty"):
                try:
                    self._nonblocking = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
                    break
                except OSError:
                    continue
        return self._nonblocking

    def read_available(self) -> bytes:
        """What can be read at once; raises EOFError when the other end has hung up."""
        data = b""
        while len(data) < MOST_BYTES and select.select([self.in_fd], [], [], 0)[0]:
            try:
                piece = os.read(self.in_fd, MOST_BYTES)
            except BlockingIOError:
                break
            except OSError:  # the terminal is gone
                piece = b""
            if not piece:
                if data:
                    break  # deliver it; the next call meets the end again
                raise EOFError
            data += piece
        return data

    def size(self) -> tuple[int, int]:
        """Columns and rows by the kernel's account, whatever the environment says; 80x24 when it knows none."""
        for fd in (self.out_fd, self.in_fd):
            try:
                columns, rows = os.get_terminal_size(fd)
            except OSError:
                continue
            if columns > 0 and rows > 0:
                return columns, rows
        return 80, 24


def _name(fd: int) -> str:
    try:
        return os.ttyname(fd)
    except OSError:
        return "/dev/tty"


_terminal: Terminal | None = None


def terminal() -> Terminal:
    """The process's terminal; made at first use."""
    global _terminal
    if _terminal is None:
        _terminal = Terminal()
    return _terminal


def restore_terminal() -> None:
    """Put the terminal back from anywhere: signal handlers, crash reports, the end of the program."""
    if _terminal is not None:
        _terminal.leave()
