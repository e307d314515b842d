"""`TerminalApp`: a Textual app on a Chinese user's terminal, with everything of this package in place.

An app derives from it, overrides `save_now` and perhaps `notice` and `action_leave`, and is started with `run_terminal()`,
which returns the exit code. In order, in the program's entry point:

    environment.prepare()                       # before anything imports textual
    verdict = environment.suitability()         # not ok: line mode, or the message and exit code 2
    opening = prepaint.begin("填表")             # something to read; keys typed from now on are kept
    from ... import FormApp                     # imports textual
    report = opening.finish()                   # what the terminal said; not readable: line mode
    sys.exit(FormApp().run_terminal(report))

Inside: a widget that takes text defines `caret_offset() -> (x, y) | None` in cells from its content's top left;
`key_queue.held()` keeps keys back while screens change, `key_queue.drop()` forgets those typed ahead before a question;
`copy(text)` tells whether the text could be sent to the user's clipboard; untrusted text is shown through `safe.safe`.
"""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.reactive import Reactive

from tui.terminal import crash, decoder, linebreak, osc52, widths
from tui.terminal.display import Display
from tui.terminal.driver import TerminalDriver
from tui.terminal.keys import Event, KeyQueue
from tui.terminal.modes import restore_terminal
from tui.terminal.probe import Report
from tui.terminal.signals import HUNG_UP, INTERRUPTED, Signals

AGAIN = 5.0
"""Seconds in which a second Ctrl+C leaves."""

NOTICE_PAUSE = 10.0
"""Seconds before unreadable input is mentioned again."""

linebreak.install()


class TerminalApp(Display, inherit_bindings=False):
    """An app that keeps what is typed, whatever the terminal, the link or the program does."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "interrupt", show=False, priority=True),
        Binding("ctrl+l", "repaint", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Input > .input--cursor, Input:ansi > .input--cursor {
        background: transparent !important; color: $foreground !important; text-style: none !important;
    }
    TextArea .text-area--cursor, TextArea:ansi .text-area--cursor, TextArea:dark .text-area--cursor {
        background: transparent !important; color: $foreground !important; text-style: none !important;
    }
    """
    """The terminal's own cursor marks the place; a painted one under it would cancel it out."""

    theme: Reactive[str] = Reactive("ansi-dark")
    crash_report: Path | None = None
    """Where a crash is written down; None for nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key_queue = KeyQueue(self, self._act)
        self._saving = False
        self._saved = True
        self._ending: asyncio.Task[None] | None = None
        self._interrupted_at = self._noticed_at = -1e9

    # -- for the app to override -------------------------------------------------------------------------------
    def save_now(self) -> None:
        """Write what is unsaved to disk; called at an end, and where the program fails or is stuck in the midst of anything."""

    def notice(self, text: str) -> None:
        """Show a short message from the terminal layer."""
        self.notify(text, markup=False)

    def action_leave(self) -> None:
        """Ctrl+Q; an app asks first, this one saves and leaves."""
        self._save()
        self.exit()

    def action_interrupt(self) -> None:
        """Ctrl+C: ask; a second one leaves with exit code 130, everything saved."""
        if monotonic() - self._interrupted_at < AGAIN:
            self._save()
            self.exit(return_code=INTERRUPTED)
            return
        self._interrupted_at = monotonic()
        self.notice("再按一次 Ctrl+C 离开，已填内容会保存。")

    def action_repaint(self) -> None:
        """Ctrl+L."""
        self.repaint()

    # -- running -----------------------------------------------------------------------------------------------
    def get_driver_class(self) -> type[Driver]:
        """Our own driver, whatever the environment says."""
        return TerminalDriver

    def run_terminal(self, report: Report | None = None, mouse: bool = False) -> int:
        """Run on the terminal and return the exit code; the terminal is as it was afterwards."""
        if report is not None:
            self.ambiguous, self.round_trip = report.ambiguous, report.round_trip
        if self.ambiguous == "wide":
            widths.count_ambiguous_wide()
        signals = Signals(self)
        signals.install()
        try:
            self.run(mouse=mouse)
        finally:
            restore_terminal()
            signals.remove()
        if self._exception is not None:
            crash.say(crash.message(self._saved, self.crash_report))
        return self.return_code or 0

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes take their turn, one at a time."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            await self.key_queue.offer(event)
            return
        if isinstance(event, events.Load):
            asyncio.get_running_loop().set_exception_handler(self._loop_failed)
        await super().on_event(event)
        if isinstance(event, events.Ready):
            self.key_queue.release()
        elif isinstance(event, (events.DescendantFocus, events.DescendantBlur)):
            self.place_caret()

    async def _act(self, event: Event) -> None:
        await super().on_event(event)

    def copy_to_clipboard(self, text: str) -> None:
        """Textual's way to copy; see `copy`."""
        self.copy(text)

    def copy(self, text: str) -> bool:
        """Copy to the user's clipboard; False when this terminal cannot, and then another way must be offered."""
        self._clipboard = text
        sequence = osc52.sequence(text)
        if sequence and isinstance(self._driver, TerminalDriver):
            self._driver.write(sequence)
            return True
        return False

    def bad_input(self, count: int) -> None:
        """The terminal sent bytes that are no UTF-8."""
        if monotonic() - self._noticed_at > NOTICE_PAUSE:
            self._noticed_at = monotonic()
            self.notice(decoder.NOTICE)

    # -- signals (see signals.Host) ----------------------------------------------------------------------------
    def stop_soon(self, code: int) -> None:
        """Save what has been typed, also what is still on its way to its field, and leave with `code`."""
        if self._loop is None or not self._running:
            self.stop_now(code)
        else:
            self._loop.call_soon_threadsafe(self._begin_ending, code)

    def stop_now(self, code: int) -> None:
        """Save what stands in the fields, and leave."""
        self._save()
        restore_terminal()
        os._exit(code)

    def _begin_ending(self, code: int) -> None:
        if self._ending is None:
            self._ending = asyncio.create_task(self._end(code), name="ending")

    async def _end(self, code: int) -> None:
        if isinstance(self._driver, TerminalDriver):
            self._driver.read_rest()
        await self.key_queue.at_rest()
        self._save()
        if code == HUNG_UP:
            restore_terminal()
            os._exit(code)  # nobody is there to be waited for
        self.exit(return_code=code)

    def suspend_soon(self) -> None:
        """Back to the shell for a while."""
        if self._loop is None or not self._running:
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            self._loop.call_soon_threadsafe(self._suspend)

    def _suspend(self) -> None:
        self._save()
        if isinstance(self._driver, TerminalDriver):
            self._driver.stop_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def resume_soon(self) -> None:
        """Back from the shell."""
        if self._loop is not None and isinstance(self._driver, TerminalDriver):
            self._loop.call_soon_threadsafe(self._resume, self._driver)

    def _resume(self, driver: TerminalDriver) -> None:
        if self._running and not self._exit:
            driver.retake_terminal()
            self.repaint()

    def resize_soon(self) -> None:
        """The window may have another size."""
        if self._loop is not None and isinstance(self._driver, TerminalDriver):
            self._loop.call_soon_threadsafe(self._driver.resized)

    # -- failures ----------------------------------------------------------------------------------------------
    def _save(self) -> bool:
        """Call `save_now` unless it is running already (it has failed, or is what the program is stuck in)."""
        if not self._saving:
            self._saving = True
            try:
                self.save_now()
                self._saved = True
            except Exception as error:
                self._saved = False
                self._report(error)
            finally:
                self._saving = False
        return self._saved

    def _handle_exception(self, error: Exception) -> None:
        """Instead of Textual's traceback, which shows local variables: save, write a report, end."""
        self._return_code = crash.EXIT_CODE
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self._save()
            self._report(error)
        self._close_messages_no_wait()

    def _report(self, error: BaseException) -> None:
        if self.crash_report is not None and not crash.write_report(error, self.crash_report):
            self.crash_report = None

    def _loop_failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """An exception outside every message pump; one in a callback of ours (input, signals) ends the app."""
        error = context.get("exception")
        if isinstance(error, Exception) and "handle" in context:
            self._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Nothing is printed here after a crash: `run_terminal` says its line on the restored terminal."""
        if self._exception is None:
            super()._print_error_renderables()
