"""Textual's driver for our terminal: no threads, no queries, input and output that survive whatever the link does.

Replaces Textual's LinuxDriver. Input is read in the event loop (leaving needs no thread to be joined), output never blocks
it, the end of input is noticed, and nothing is switched on that costs bytes: no focus reports, no mouse unless asked for.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual import events
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from tui.terminal import modes
from tui.terminal.decoder import TolerantDecoder
from tui.terminal.output import Output
from tui.terminal.parser import SafeParser
from tui.terminal.signals import HUNG_UP

if TYPE_CHECKING:
    from tui.terminal.app import TerminalApp


class TerminalDriver(Driver):
    """One terminal, between `start_application_mode` and `stop_application_mode`."""

    _app: TerminalApp

    def __init__(
        self, app: TerminalApp, *, debug: bool = False, mouse: bool = False, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.terminal = modes.terminal()
        self.output = Output(self.terminal, self._loop)
        self.output.on_drained = app.output_drained
        self._decoder = TolerantDecoder(lambda count: app.bad_input(count))
        self._parser = SafeParser()
        self._tick: asyncio.TimerHandle | None = None
        self._reading = False
        self.last_read = b""
        """What came from the terminal last, as it came."""

    @property
    def can_suspend(self) -> bool:
        """The terminal can be handed over and taken back."""
        return True

    # -- output ------------------------------------------------------------------------------------------------
    def write(self, data: str) -> None:
        """Send text; never blocks."""
        self.output.write(data)

    # -- begin and end -----------------------------------------------------------------------------------------
    def start_application_mode(self) -> None:
        """Take the terminal; also after `stop_application_mode`, and twice in a row."""
        self.terminal.enter_raw()
        if enter := self.terminal.enter_screen():
            self.write(enter)
            self._app.forget_screen()
        if self._mouse:
            self.write(modes.MOUSE_ON)
        self.resized()
        if not self._reading:
            self._reading = True
            self._loop.add_reader(self.terminal.in_fd, self._readable)
            if self.terminal.leftover:
                self._loop.call_soon(self._take, b"")

    def disable_input(self) -> None:
        """Stop reading."""
        if self._reading:
            self._reading = False
            self._loop.remove_reader(self.terminal.in_fd)
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was; what is queued for it is dropped."""
        self.disable_input()
        self.output.close()
        self.terminal.leave()

    def retake_terminal(self) -> None:
        """Take the terminal although nobody said it was given away: another program may have used it (SIGSTOP)."""
        self.terminal.on_screen = False
        self.start_application_mode()

    def resized(self) -> None:
        """Tell the app the terminal's size."""
        size = Size(*self.terminal.size())
        self._size = (size.width, size.height)
        self._app.post_message(events.Resize(size, size))

    # -- input -------------------------------------------------------------------------------------------------
    def send_message(self, message: Message) -> None:
        """Hand a message to the app; we are in its thread."""
        self._app.post_message(message)

    def _readable(self) -> None:
        try:
            data = self.terminal.read_available()
        except EOFError:
            self.disable_input()
            self._app.stop_soon(HUNG_UP)
            return
        self._take(data)

    def read_rest(self) -> None:
        """Take what has arrived and was not read yet, and what waits for more to follow; then read no more."""
        if self._reading:
            self._readable()
            self._give(self._parser.feed(""))
            self.disable_input()

    def _take(self, data: bytes) -> None:
        data, self.terminal.leftover = self.terminal.leftover + data, b""
        self.last_read = data
        text = self._decoder.decode(data)
        if text:
            self._give(self._parser.feed(text))

    def _silence(self) -> None:
        self._tick = None
        self._give(self._parser.tick())

    def _give(self, messages: Any) -> None:
        for message in messages:
            self.process_message(message)
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None
        if self._parser.deadline is not None:
            self._tick = self._loop.call_later(self._parser.wait, self._silence)
