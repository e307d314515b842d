"""Something to read at once: the start-up before Textual, which takes a tenth of a second, is imported.

In order: `opening = prepaint.begin("填表")`, then the imports, then `report = opening.finish()`. Echo is off from the first
moment, so keys typed meanwhile wait in the terminal, or with the opening, for the app. The probe's question goes out first;
where its answer comes at once (no slow link) the alternate screen is drawn at once, else only a line on the shell's screen,
so that a GBK terminal never sees the alternate screen.
"""

from __future__ import annotations

import gc

from tui.terminal.modes import Terminal, terminal
from tui.terminal.probe import Probe, Report

AT_ONCE = 0.03
"""Seconds to wait for the probe's answer before the first line is drawn without it."""

PLEASE_WAIT = "正在打开，请稍候"


class Opening:
    """The start-up screen between `begin` and `finish`."""

    def __init__(self, title: str, term: Terminal | None = None) -> None:
        self._title = title
        self.terminal = term or terminal()
        self._probe = Probe(self.terminal)
        self._line = False

    def begin(self) -> None:
        """Turn echo off, ask the terminal, show the first thing there is to read."""
        gc.disable()  # importing makes much and frees nothing: 6 % of the time to the first frame
        self.terminal.enter_raw()
        self._probe.ask()
        report = self._probe.collect(AT_ONCE)
        if not report.answered:
            self._line = True
            self.terminal.write(f"{self._title}　{PLEASE_WAIT}".encode(), limit=0.1)
        elif report.readable:
            self._draw()

    def finish(self) -> Report:
        """The terminal's answers; where it cannot show Chinese everything is put back and the shell's screen is left."""
        gc.enable()
        gc.freeze()  # what is imported by now stays: later collections need not look at it
        report = self._probe.collect()
        if self._line:
            self._line = False
            self.terminal.write(b"\r\x1b[K", limit=0.1)
        if not report.readable:
            self.close()
        return report

    def close(self) -> None:
        """Put the terminal back, for the line mode or the end."""
        gc.enable()
        self.terminal.leave()

    def _draw(self) -> None:
        rule = "-" * min(self.terminal.size()[0] - 1, 78)
        text = f"{self.terminal.enter_screen()}{self._title}\r\n{rule}\r\n{PLEASE_WAIT}"
        self.terminal.write(text.encode(), limit=0.1)


def begin(title: str) -> Opening:
    """Start on this process's terminal."""
    opening = Opening(title)
    opening.begin()
    return opening
