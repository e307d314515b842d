"""Bytes to the terminal without ever blocking the event loop, and without a thread.

A terminal that stops reading (a stalled link, Ctrl+S in the client) must not stop timers, autosave or signal handlers.
What the kernel does not take waits in a buffer; while it waits, `congested` is true and the display holds its frames back,
so that the buffer stays small and the next frame shows the newest state instead of every state in between.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable

from tui.terminal.modes import Terminal


class Output:
    """The writing side of a terminal, bound to one event loop."""

    def __init__(self, terminal: Terminal, loop: asyncio.AbstractEventLoop) -> None:
        self._terminal, self._loop = terminal, loop
        self._fd = terminal.writable_fd()
        self._thread = threading.get_ident()
        self._buffer = bytearray()
        self._waiting = False
        self.gone = False
        self.on_drained: Callable[[], None] = lambda: None

    @property
    def congested(self) -> bool:
        """Whether earlier bytes still wait for the terminal."""
        return bool(self._buffer)

    def write(self, text: str) -> None:
        """Send, or queue behind what is queued; characters that no encoding knows (lone surrogates) become `?`."""
        if threading.get_ident() != self._thread:
            self._loop.call_soon_threadsafe(self.write, text)
            return
        if self.gone or not text:
            return
        self._buffer += text.encode("utf-8", "replace")
        if not self._waiting:
            self._send()

    def _send(self) -> None:
        try:
            while self._buffer:
                del self._buffer[: os.write(self._fd, self._buffer)]
        except BlockingIOError:
            self._wait(True)
            return
        except OSError:  # the terminal is gone; the reading side notices and ends the program
            self.gone = True
            self._buffer.clear()
        if self._waiting:
            self._wait(False)
            self.on_drained()

    def _wait(self, wait: bool) -> None:
        if wait == self._waiting:
            return
        self._waiting = wait
        if wait:
            self._loop.add_writer(self._fd, self._send)
        else:
            self._loop.remove_writer(self._fd)

    def close(self) -> None:
        """Forget what is queued and leave the event loop alone; the terminal is put back by `Terminal.leave`."""
        self._wait(False)
        self._buffer.clear()
