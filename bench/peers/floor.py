"""The floor: a line to type into and the rows that belong to it, in the standard library alone; only changed rows are sent.

The first argument names a JSON file: the rows by what has been typed.
"""

from __future__ import annotations

import json
import os
import sys
import termios
import tty
import unicodedata
from pathlib import Path

PROMPT = "READY "
HEIGHT = 7


def width(text: str) -> int:
    """Columns that a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def agreeing(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (left, right) in pairs if left != right), min(len(one), len(other)))


def changed(shown: list[str], rows: list[str]) -> str:
    """What turns the rows on the screen into others, the caret behind the typed text at the end."""
    out = ""
    for number in (*range(1, len(rows)), 0):
        old, new = shown[number], rows[number]
        if old != new:
            same = agreeing(old, new)
            erase = "\x1b[K" if width(old) > width(new) else ""
            out += f"\x1b[{number + 1};{width(new[:same]) + 1}H{new[same:]}{erase}"
    at_end = shown[0] != rows[0]
    return out if at_end or not out else f"{out}\x1b[1;{width(rows[0]) + 1}H"


def main() -> None:
    """Read keys until Ctrl+C."""
    known = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    text, shown = "", [""] * (HEIGHT + 1)
    before = termios.tcgetattr(0)
    tty.setraw(0)
    os.write(1, b"\x1b[?1049h")
    try:
        while True:
            hits = known.get(text, [])[:HEIGHT]
            rows = [PROMPT + text, *hits, *[""] * (HEIGHT - len(hits))]
            os.write(1, changed(shown, rows).encode())
            shown = rows
            for char in os.read(0, 1024).decode():
                if char == "\x03":
                    return
                text = text[:-1] if char == "\x7f" else text + char
    finally:
        os.write(1, b"\x1b[?1049l")
        termios.tcsetattr(0, termios.TCSANOW, before)


main()
