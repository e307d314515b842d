"""Pictures of the real program for the README: runs it in a pty, types, and writes the screen as SVG, a cell at a time.

.venv/bin/python bench/picture.py OUT.svg [--keys "…<Enter>…"] [--wait TEXT] [--size 80x24] -- ARGUMENTS OF tianbiao
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import pyte
from terminal import Terminal

KEYS = {"Enter": "\r", "Down": "\x1b[B", "Up": "\x1b[A", "Esc": "\x1b", "Tab": "\t"} | {
    f"F{number}": code
    for number, code in enumerate(
        "\x1bOP \x1bOQ \x1bOR \x1bOS \x1b[15~ \x1b[17~ \x1b[18~ \x1b[19~ \x1b[20~ \x1b[21~".split(), 1
    )
}
CELL, LINE = 9, 20
COLOURS = {"green": "#4e9a06", "cyan": "#06989a", "red": "#ef2929", "brightblack": "#888a85", "default": "#d3d7cf"}
GROUND = "#1e1e1e"


def main() -> None:
    """Run, type, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--keys", default="")
    parser.add_argument("--wait", default="填表")
    parser.add_argument("--size", default="80x24")
    parser.add_argument("arguments", nargs="*")
    options = parser.parse_args()
    columns, rows = map(int, options.size.split("x"))
    terminal = Terminal(
        [sys.executable, "-m", "tui", *options.arguments], {"TERM": "xterm-256color"}, size=(columns, rows)
    )
    terminal.wait_for(options.wait)
    terminal.settle()
    terminal.idle(2.0)
    for piece in re.split(r"(<\w+>)", options.keys):
        if piece:
            terminal.press(KEYS.get(piece.strip("<>"), piece))
            terminal.idle(2.5)
    options.out.write_text(svg(terminal.screen), encoding="utf-8")
    terminal.close()


def svg(screen: pyte.Screen) -> str:
    """The screen as one SVG; every character stands at its own cell, so that widths are those of the terminal."""
    width, height = screen.columns * CELL + 20, screen.lines * LINE + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" font-size="17"'
        ' font-family="Noto Sans Mono CJK SC, Sarasa Mono SC, Microsoft YaHei Mono, monospace">',
        f'<rect width="{width}" height="{height}" rx="6" fill="{GROUND}"/>',
    ]
    cells = [(x, y) for y in range(screen.lines) for x in range(screen.columns)]
    parts += [piece for x, y in cells for piece in ground(screen, x, y)]
    parts += [piece for x, y in cells for piece in glyph(screen, x, y)]
    if not screen.cursor.hidden:
        left, top = 10 + screen.cursor.x * CELL, 10 + screen.cursor.y * LINE
        parts.append(f'<rect x="{left}" y="{top}" width="{CELL}" height="{LINE - 2}" fill="none" stroke="#d3d7cf"/>')
    return "\n".join([*parts, "</svg>\n"])


def ground(screen: pyte.Screen, x: int, y: int) -> list[str]:
    """One cell's background, where it is not the screen's own."""
    char = screen.buffer[y][x]
    if not char.reverse:
        return []
    colour = COLOURS.get(char.fg, COLOURS["default"])
    return [f'<rect x="{10 + x * CELL}" y="{10 + y * LINE}" width="{CELL}" height="{LINE}" fill="{colour}"/>']


def glyph(screen: pyte.Screen, x: int, y: int) -> list[str]:
    """One cell's character."""
    char = screen.buffer[y][x]
    if not char.data.strip():
        return []
    ink = GROUND if char.reverse else COLOURS.get(char.fg, COLOURS["default"])
    bold = ' font-weight="bold"' if char.bold else ""
    if unicodedata.east_asian_width(char.data[0]) == "A":  # a CJK font would draw these two cells wide
        bold += ' font-family="DejaVu Sans Mono, monospace" font-size="15"'
    return [f'<text x="{10 + x * CELL}" y="{26 + y * LINE}" fill="{ink}"{bold}>{escape(char.data)}</text>']


if __name__ == "__main__":
    main()
