"""Signals: the link drops, the system shuts down, the shell suspends us; nothing typed is lost and no terminal left broken.

Plain `signal.signal` handlers, never asyncio's: those do not run while the event loop is stuck. They may run between any two
lines of the app, so they only ask the event loop to end; what it has not done after `GRACE` is done where it stands. A SIGHUP
that the parent set to be ignored (nohup, `trap ''`) is caught all the same.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import Protocol

GRACE = 3
"""Seconds an orderly end may take after a signal before the process ends at once."""

HUNG_UP, INTERRUPTED, TERMINATED = 129, 130, 143
"""Exit codes: 128 and the signal's number."""
CODES: dict[int, int] = {signal.SIGHUP: HUNG_UP, signal.SIGINT: INTERRUPTED, signal.SIGTERM: TERMINATED}


class Host(Protocol):
    """What the handlers need of the app; all may be called between any two lines of its code."""

    def stop_soon(self, code: int) -> None:
        """Save and leave through the event loop."""

    def stop_now(self, code: int) -> None:
        """Save and leave at once: the event loop is stuck."""

    def suspend_soon(self) -> None:
        """Save, give the terminal back to the shell, and stop until it lets us go on."""

    def resume_soon(self) -> None:
        """Take the terminal again and paint everything."""

    def resize_soon(self) -> None:
        """Look at the terminal's size."""


class Signals:
    """The handlers of one run; `install` and `remove` in the main thread."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._before: dict[int, object] = {}
        self._code = TERMINATED

    def install(self) -> None:
        """Take the signals over, whatever was set before."""
        handlers = {
            signal.SIGHUP: self._end,
            signal.SIGTERM: self._end,
            signal.SIGINT: self._end,
            signal.SIGALRM: self._enough,
            signal.SIGTSTP: self._suspend,
            signal.SIGCONT: self._continue,
            signal.SIGWINCH: self._resize,
        }
        for number, handler in handlers.items():
            self._before[number] = signal.signal(number, handler)

    def remove(self) -> None:
        """Put the former handlers back."""
        signal.alarm(0)
        for number, handler in self._before.items():
            signal.signal(number, handler if callable(handler) or isinstance(handler, int) else signal.SIG_DFL)
        self._before.clear()

    def _end(self, number: int, frame: FrameType | None) -> None:
        self._code = CODES[number]
        signal.alarm(GRACE)
        self._host.stop_soon(self._code)

    def _enough(self, number: int, frame: FrameType | None) -> None:
        self._host.stop_now(self._code)

    def _suspend(self, number: int, frame: FrameType | None) -> None:
        self._host.suspend_soon()

    def _continue(self, number: int, frame: FrameType | None) -> None:
        self._host.resume_soon()

    def _resize(self, number: int, frame: FrameType | None) -> None:
        self._host.resize_soon()
