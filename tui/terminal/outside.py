"""A text on the ordinary screen, outside the full-screen program: the terminal wraps it, so that a selection has no line ends of ours.

On the alternate screen every row is a line of its own; here a paragraph is one line however often the terminal folds it.
"""

from __future__ import annotations

import os
import sys
import termios

from textual.app import App, SuspendNotSupported

from domain.text import clean, clean_cells

_ENTER = (b"\r", b"\n")


def show(app: App[object], heading: str, text: str) -> bool:
    """Leave the full screen, print the text, come back on Enter; False where the app cannot be left."""
    try:
        with app.suspend():
            sys.stdout.write(f"\n{clean(heading)}\n\n{clean_cells(text)}\n\n按回车返回。")
            sys.stdout.flush()
            _wait(sys.stdin.fileno())
            sys.stdout.write("\n")
            sys.stdout.flush()
    except SuspendNotSupported:
        return False
    return True


def _wait(fd: int) -> None:
    """Until Enter or the end of input. Keys do not echo and Ctrl+C is no signal: people press it to copy what they selected."""
    before = termios.tcgetattr(fd)
    mode = termios.tcgetattr(fd)
    mode[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
    termios.tcsetattr(fd, termios.TCSANOW, mode)
    try:
        while (key := os.read(fd, 1)) and key not in _ENTER:
            pass
    finally:
        termios.tcsetattr(fd, termios.TCSANOW, before)
