"""The screen as cells: what it should show, what the terminal shows, and the fewest bytes from one to the other.

Free of Textual. `put` writes into the wanted picture, `frame` returns the bytes for what differs. Nothing here relies on how
the terminal draws characters of doubtful width: after each of them the cursor is placed by column again, so that a
misjudged character never moves the rest of its line.

* narrow (the probe said so): only emoji and combined characters are doubtful;
* unknown (no answer): East-Asian-ambiguous characters are doubtful too, and the cell after one is drawn again with it;
* wide: they count as two cells (`widths.count_ambiguous_wide`), which are erased before the character is drawn.

Box and block characters are drawn as ASCII unless the probe said narrow. Control characters never leave this module.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from tui.terminal import sgr
from tui.terminal.widths import BOX, CELLS, ambiguous, ascii_art

if TYPE_CHECKING:
    from tui.terminal.probe import Ambiguous

Cell = tuple[str, str]
"""What a cell holds and its SGR codes; the right half of a wide character holds ""."""

REDRAW = "\x1b[r\x1b[4l\x1b(B\x0f\x1b[0m\x1b[H\x1b[2J"
"""Before a full repaint: undo what line noise or another program may have set, then a blank screen."""

LARGE = 200
"""Bytes from which on the cursor is hidden while a frame is drawn."""

RUNS, KNOWN = 1024, 8192
"""Texts whose cells are kept, and cells that are kept for all texts together, until both are forgotten."""


class Caret(NamedTuple):
    """Where the terminal's cursor belongs, in cells from the top left, and whether it is shown."""

    x: int
    y: int
    visible: bool


class CellScreen:
    """Two pictures of one terminal; rows and columns count from 0."""

    def __init__(self, columns: int, rows: int, mode: Ambiguous = "narrow", coloured_erase: bool = True) -> None:
        self.mode, self.coloured_erase = mode, coloured_erase
        self._runs: dict[tuple[str, str], list[Cell]] = {}
        self._known: dict[Cell, Cell] = {}
        self._doubtful: dict[str, bool] = {}
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        """Start over with a blank picture of another size; the next frame paints everything."""
        self.columns, self.rows = columns, rows
        self.wanted: list[list[Cell]] = [[(" ", "")] * columns for _ in range(rows)]
        self.invalidate()

    def invalidate(self) -> None:
        """Trust nothing the terminal shows: the next frame paints everything."""
        self._full = True
        self.shown: list[list[Cell]] = [[(" ", "")] * self.columns for _ in range(self.rows)]
        self._dirty = set(range(self.rows))
        self._pen = ""
        self._row = -1  # the cursor's row, and its column unless that is in doubt
        self._at: int | None = None
        self._visible: bool | None = None

    # -- the wanted picture ------------------------------------------------------------------------------------
    def put(self, x: int, y: int, pieces: Iterable[tuple[str, str]]) -> None:
        """Write texts with their SGR codes into row `y` from column `x`; what lies outside is cut off."""
        if not 0 <= y < self.rows:
            return
        cells: list[Cell] = []
        for text, codes in pieces:
            run = self._runs.get((text, codes))
            if run is None:
                run = self._runs[text, codes] = self._remembered(text, codes)
            cells += run
        if x < 0:
            cells, x = cells[-x:], 0
        row, end = self.wanted[y], min(x + len(cells), self.columns)
        if x >= end:
            return
        if row[x:end] == (cells if len(cells) == end - x else cells[: end - x]):
            return
        row[x:end] = cells[: end - x]
        self._mend(row, x, end)
        self._dirty.add(y)

    def _mend(self, row: list[Cell], x: int, end: int) -> None:
        """Blank halves of wide characters whose other half has been overwritten."""
        for place in (x, end):
            if 0 < place < self.columns and not row[place][0] and CELLS[row[place - 1][0][:1] or " "] != 2:
                row[place] = (" ", sgr.blank(row[place][1]))
            if place and CELLS[row[place - 1][0][:1] or " "] == 2 and (place == self.columns or row[place][0]):
                row[place - 1] = (" ", sgr.blank(row[place - 1][1]))
        if not row[x][0] and x == 0:
            row[x] = (" ", sgr.blank(row[x][1]))

    def _remembered(self, text: str, codes: str) -> list[Cell]:
        """The cells of one text, equal ones the same object: a thousand rows of cells would take ten times the memory."""
        if len(self._runs) > RUNS or len(self._known) > KNOWN:
            self._runs.clear()
            self._known.clear()
        return [self._known.setdefault(cell, cell) for cell in self._cells(text, codes)]

    def _cells(self, text: str, codes: str) -> list[Cell]:
        """The cells of one text; controls vanish, combining marks join the character before them."""
        codes, bare = sgr.canonical(codes), sgr.blank(codes)
        cells: list[Cell] = []
        printable = text.isprintable()
        for char in text:
            if char == " ":
                cells.append((" ", bare))
                continue
            if self.mode != "narrow" and ord(char) in BOX:
                char = ascii_art(char)
            size = CELLS[char]
            if size and (printable or unicodedata.category(char) not in ("Cc", "Cf", "Cs")):
                cells.append((char, codes))
                if size == 2:
                    cells.append(("", codes))
            elif cells and unicodedata.category(char) in ("Mn", "Me"):
                last = -1 if cells[-1][0] else -2
                cells[last] = (cells[last][0] + char, codes)
        return cells

    # -- the bytes ---------------------------------------------------------------------------------------------
    @property
    def pending_rows(self) -> int:
        """Rows that wait to be drawn."""
        return len(self._dirty)

    def can_split(self, caret: Caret) -> bool:
        """Whether the caret's row can be drawn ahead of the others."""
        return not self._full and caret.y in self._dirty

    def notice(self, text: str) -> str:
        """The bytes that show only a text in the corner, once: for a window too small for the picture."""
        if not self._full:
            return ""
        self._full, self._row, self._at = False, -1, None
        shown = text
        while shown and sum(CELLS[char] for char in shown) > self.columns:
            shown = shown[:-1]
        return f"\x1b[?25l{REDRAW}{shown}"

    def frame(self, caret: Caret, only_row: int | None = None) -> str:
        """The bytes that make the terminal show the wanted picture; with `only_row` that row first, the rest later."""
        out = [REDRAW] if self._full else []
        if self._full:
            self._at, self._row = 0, 0
            self._full = False
        for y in sorted(self._dirty) if only_row is None else [only_row] if only_row in self._dirty else []:
            self._dirty.discard(y)
            row, was = self.wanted[y], self.shown[y]
            if row != was:
                self._draw(out, y, row, was)
                self.shown[y] = row.copy()
        if self._pen:
            out.append("\x1b[m")
            self._pen = ""
        return self._with_caret("".join(out), caret)

    def _with_caret(self, drawn: str, caret: Caret) -> str:
        """Append what the cursor needs; a hidden cursor stays where the drawing left it."""
        hidden = (
            "\x1b[?25l"
            if self._visible is not False and (self._visible is None or not caret.visible or len(drawn) > LARGE)
            else ""
        )
        show = "\x1b[?25h" if caret.visible and (hidden or not self._visible) else ""
        self._visible = caret.visible
        move: list[str] = []
        if caret.visible:
            self._move(move, max(0, min(caret.x, self.columns - 1)), max(0, min(caret.y, self.rows - 1)))
        return hidden + drawn + "".join(move) + show

    def _draw(self, out: list[str], y: int, row: list[Cell], was: list[Cell]) -> None:
        """The differing cells of one row."""
        tail, blank = len(row), row[-1]
        if blank[0] == " " and sgr.erasable(blank[1], self.coloured_erase):
            while tail and row[tail - 1] == blank:
                tail -= 1
        x, forced = 0, -1
        while x < len(row):
            cell = row[x]
            if not cell[0] or (cell == was[x] and x != forced):
                x += 1
                continue
            self._go(out, x, y, row)
            if x >= tail and len(row) - x > 3:
                self._use(out, cell[1])
                out.append("\x1b[K")
                return
            x = self._cell(out, x, cell)
            if self._at is None and self.mode == "unknown":
                forced = x

    def _cell(self, out: list[str], x: int, cell: Cell) -> int:
        """Draw one cell where the cursor is; returns the column behind it."""
        text, codes = cell
        self._use(out, codes)
        size = CELLS[text[0]]
        doubtful = self._doubtful.get(text)
        if doubtful is None:
            doubtful = self._doubtful[text] = self._is_doubtful(text)
        if doubtful and size == 2 and self.mode == "wide":
            out.append("\x1b[2X")  # in case it is drawn narrow after all
        out.append(text)
        x += size
        self._at = None if doubtful or x >= self.columns else x
        return x

    def _is_doubtful(self, text: str) -> bool:
        if len(text) > 1 or 0x1F000 <= ord(text) < 0x20000:
            return True
        if self.mode == "narrow":
            return "\ue000" <= text <= "\uf8ff" or "\u2600" <= text <= "\u27bf"
        return ambiguous(text) or "\u2600" <= text <= "\u27bf"

    def _use(self, out: list[str], codes: str) -> None:
        if codes != self._pen:
            out.append(sgr.change(self._pen, codes))
            self._pen = codes

    def _go(self, out: list[str], x: int, y: int, row: list[Cell]) -> None:
        """Bring the cursor to a cell, writing over unchanged cells where that is shorter than moving."""
        at = self._at
        if self._row == y and at is not None and at < x <= at + 4:
            gap = row[at:x]
            text = "".join(cell[0] for cell in gap)
            move = 3 if x - at == 1 else 4
            if (
                len(text.encode()) <= move
                and all(cell[1] == self._pen for cell in gap)
                and row[at][0]
                and not any(self._is_doubtful(cell[0]) for cell in gap if cell[0])
            ):
                out.append(text)
                self._at = x
                return
        self._move(out, x, y)

    def _move(self, out: list[str], x: int, y: int) -> None:
        """Append the shortest cursor movement to a cell."""
        at = self._at
        if self._row == y:
            if at == x:
                return
            ways = ["\r"] if x == 0 else [f"\x1b[{x + 1}G"]
            if at is not None:
                distance = abs(x - at)
                number = "" if distance == 1 else str(distance)
                ways.append(f"\x1b[{number}{'C' if x > at else 'D'}")
                if x < at and distance < 3:
                    ways.append("\b" * distance)
        else:
            ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H"]
            if y == self._row + 1 and self._row >= 0 and x == 0:
                ways.append("\r\n")
        out.append(min(ways, key=len))
        self._at, self._row = x, y
