"""Textual's frames through the cell picture: only what differs is sent, with the real cursor where the text goes.

Stands between Textual's compositor and the driver. Without a full terminal (Pilot tests, inline) Textual's own way is kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual._styles_cache import StylesCache
from textual.app import App
from textual.strip import Strip

from tui.terminal.caret import locate
from tui.terminal.driver import TerminalDriver
from tui.terminal.inks import inked
from tui.terminal.screen import CellScreen

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.await_complete import AwaitComplete
    from textual.screen import Screen

    from tui.terminal.probe import Ambiguous

SLOW_LINK = 0.025
"""Seconds of round trip from which on the typed line is sent before the rest of its frame."""

ECHO_FIRST = 0.004
"""Seconds the rest waits then: long enough that ssh sends two packets."""

WORTH_SPLITTING = 3
"""Changed rows from which on that is done."""

SMALLEST = (60, 20)
"""Columns and rows below which only a notice is shown."""

TOO_SMALL = f"窗口太小，请拉大到 {SMALLEST[0]}×{SMALLEST[1]}；写的都还在"
"""Cut at its end where the window is narrower still."""


class Display(App[Any]):
    """The drawing half of `TerminalApp`."""

    ambiguous: Ambiguous = "unknown"
    round_trip = 0.0
    ink = "dark"
    """Name of the theme in which colours are sent (`inks.INKS`)."""
    _cells: CellScreen | None = None
    _late = False

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """None: no screen shows through another, so what lies beneath is neither painted nor laid out until it is back.

        Textual counts the one below the top as seen; it then marks both as changed, for ever once something changes there.
        """
        return []

    def _set_pointer_shape(self, shape: str) -> None:
        """Nothing: Textual sends OSC 22 with every screen, and a terminal that does not know it prints it."""

    def pop_screen(self) -> AwaitComplete:
        """Leave a screen, and forget the colours of its rows: under those Textual keeps a thousand widgets long gone."""
        StylesCache.get_inner_outer.cache_clear()
        return super().pop_screen()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Take over one frame from Textual."""
        driver = self._driver
        if not isinstance(renderable, (LayoutUpdate, ChopsUpdate)) or not isinstance(driver, TerminalDriver):
            super()._display(screen, renderable)
            return
        try:
            if self._running and not self._closed and not self._batch_count:
                self._take(renderable)
                self._send(driver)
        finally:
            self.post_display_hook()

    def _picture(self) -> CellScreen:
        columns, rows = self.size
        if self._cells is None:
            term = os.environ.get("TERM", "")
            coloured = not (term.startswith("screen") and not os.environ.get("TMUX"))
            self._cells = CellScreen(columns, rows, self.ambiguous, coloured)
        elif (self._cells.columns, self._cells.rows) != (columns, rows):
            self._cells.resize(columns, rows)
        return self._cells

    def _take(self, update: LayoutUpdate | ChopsUpdate) -> None:
        picture = self._picture()
        system = self.console._color_system or ColorSystem.STANDARD
        for x, y, strips in _pieces(update):
            picture.put(x, y, _coded(strips, system, self.ink))

    def _send(self, driver: TerminalDriver, rest: bool = False) -> None:
        """Send what differs, unless the terminal still takes earlier bytes: then the newest state goes out later."""
        picture = self._cells
        if picture is None or driver.output.congested:
            return
        if picture.columns < SMALLEST[0] or picture.rows < SMALLEST[1]:
            driver.write(picture.notice(TOO_SMALL))
            return
        caret = locate(self)
        split = (
            not rest
            and self.round_trip > SLOW_LINK
            and picture.pending_rows > WORTH_SPLITTING
            and caret.visible
            and picture.can_split(caret)
        )
        driver.write(picture.frame(caret, only_row=caret.y if split else None))
        if split and not self._late:
            self._late = True
            self.set_timer(ECHO_FIRST, self._send_rest)

    def _send_rest(self) -> None:
        self._late = False
        if isinstance(self._driver, TerminalDriver):
            self._send(self._driver, rest=True)

    def output_drained(self) -> None:
        """The terminal has taken everything: send what has changed meanwhile."""
        if self._running and isinstance(self._driver, TerminalDriver):
            self._send(self._driver)

    def place_caret(self) -> None:
        """Bring the cursor where the focus is, where that changed nothing that would be drawn."""
        if self._running and not self._batch_count and isinstance(self._driver, TerminalDriver):
            self._send(self._driver)

    def forget_screen(self) -> None:
        """Trust nothing the terminal shows: the next frame paints everything."""
        if self._cells is not None:
            self._cells.invalidate()

    def repaint(self) -> None:
        """Paint everything anew: after line noise, another program's output, or coming back from the shell."""
        if self._cells is not None and isinstance(self._driver, TerminalDriver):
            self.forget_screen()
            self._send(self._driver)


def _pieces(update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, int, Iterable[Strip]]]:
    """Column, row and strips of every changed stretch."""
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            yield update.region.x, y, strips
        return
    for y, first, last in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= last and end > first:
                yield x, y, (strip if end <= last else strip.crop(0, min(end, last) - x),)


def _coded(strips: Iterable[Strip], system: ColorSystem, ink: str) -> Iterator[tuple[str, str]]:
    """Texts with their SGR codes; control segments are left out."""
    for strip in strips:
        for text, style, control in strip:
            if not control:
                yield text, "" if style is None else inked(_codes(style, system), ink)


def _codes(style: Any, system: ColorSystem) -> str:
    codes: str | None = style._ansi
    return Strip.render_ansi(style, system) if codes is None else codes
