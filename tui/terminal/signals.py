"""Signals: the link drops, the system shuts down, the shell suspends us; nothing typed is lost and no terminal left broken.

Plain `signal.signal` handlers, never asyncio's: those do not run while the event loop is stuck. A SIGHUP that the parent
set to be ignored (nohup, `trap ''`) is caught all the same.
"""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import Protocol

from tui.terminal.modes import restore_terminal

GRACE = 3
"""Seconds an orderly end may take after SIGTERM before the process ends at once."""

HUNG_UP, INTERRUPTED, TERMINATED = 129, 130, 143
"""Exit codes: 128 and the signal's number."""


class Host(Protocol):
    """What the handlers need of the app; all may be called between any two lines of its code."""

    def hang_up(self) -> None:
        """The terminal is gone: save and end the process."""

    def stop_soon(self, code: int) -> None:
        """Save, then leave through the event loop."""

    def suspend_now(self) -> None:
        """Give the terminal back to the shell."""

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
            signal.SIGHUP: self._hang_up,
            signal.SIGTERM: self._terminate,
            signal.SIGINT: self._terminate,
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

    def _hang_up(self, number: int, frame: FrameType | None) -> None:
        self._host.hang_up()

    def _terminate(self, number: int, frame: FrameType | None) -> None:
        self._code = INTERRUPTED if number == signal.SIGINT else TERMINATED
        signal.alarm(GRACE)
        self._host.stop_soon(self._code)

    def _enough(self, number: int, frame: FrameType | None) -> None:
        restore_terminal()
        os._exit(self._code)

    def _suspend(self, number: int, frame: FrameType | None) -> None:
        self._host.suspend_now()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _continue(self, number: int, frame: FrameType | None) -> None:
        self._host.resume_soon()

    def _resize(self, number: int, frame: FrameType | None) -> None:
        self._host.resize_soon()
