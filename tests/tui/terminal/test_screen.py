"""The cell picture against an emulator: whatever is put, the terminal shows it, and cheaply."""

from __future__ import annotations

import unicodedata

import pyte
import pytest
import rich.cells
import rich.segment
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal import sgr, widths
from tui.terminal.screen import RUNS, Caret, CellScreen

COLUMNS, ROWS = 24, 6
NOWHERE = Caret(0, 0, visible=False)
TEXTS = st.text(st.sampled_from(list("ab 汉字，①—“≥\u0301│─é\x1b\x9b\u202e\t ")), max_size=14)
CODES = st.sampled_from(["", "1", "31", "7", "48;5;4", "1;38;5;200;48;2;1;2;3", "4", "39;49", "0"])
PUTS = st.lists(
    st.tuples(st.integers(-2, COLUMNS - 1), st.integers(0, ROWS - 1), st.lists(st.tuples(TEXTS, CODES), max_size=3)),
    max_size=6,
)
CARETS = st.builds(Caret, st.integers(0, COLUMNS - 1), st.integers(0, ROWS - 1), st.booleans())


class Terminal:
    """An emulator fed by frames."""

    def __init__(self, emulator):
        self.screen = emulator(COLUMNS, ROWS)
        self.stream = pyte.Stream(self.screen)
        self.screen.reset_mode(pyte.modes.DECAWM >> 5, private=True)

    def cells(self):
        return [[self.screen.buffer[y][x] for x in range(COLUMNS)] for y in range(ROWS)]

    def texts(self):
        return [[cell.data for cell in row] for row in self.cells()]


@pytest.fixture
def wide_terminal(monkeypatch):
    """Terminal and layer both give ambiguous characters two cells; undone afterwards."""
    stock = pyte.screens.wcwidth
    monkeypatch.setattr(
        pyte.screens,
        "wcwidth",
        lambda char: 2 if widths.ambiguous(char) and ord(char) not in widths.BOX else stock(char),
    )
    for module, name in (
        (rich.cells, "load_cell_table"),
        (rich.cells, "_is_single_cell_widths"),
        (rich.segment, "_is_single_cell_widths"),
    ):
        monkeypatch.setattr(module, name, getattr(module, name))
    yield
    monkeypatch.undo()
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()
    widths.CELLS.clear()


def wanted(picture):
    return [[unicodedata.normalize("NFC", cell[0]) for cell in row] for row in picture.wanted]  # as pyte keeps them


def run(emulator, mode, frames):
    picture, terminal = CellScreen(COLUMNS, ROWS, mode), Terminal(emulator)
    for puts, caret, row in frames:
        for x, y, pieces in puts:
            picture.put(x, y, pieces)
        if row is not None and picture.can_split(caret):
            terminal.stream.feed(picture.frame(caret, only_row=row))
        sent = picture.frame(caret)
        assert not any(char < "\x1b" and char not in "\r\n\b\x0f" for char in sent)
        terminal.stream.feed(sent)
        yield picture, terminal, caret


FRAMES = st.lists(st.tuples(PUTS, CARETS, st.none() | st.integers(0, ROWS - 1)), min_size=1, max_size=5)


@pytest.mark.parametrize("mode", ["narrow", "unknown"])
def test_the_terminal_shows_what_is_wanted(emulator, mode):
    @settings(max_examples=150, deadline=None)
    @given(FRAMES)
    def check(frames):
        for picture, terminal, caret in run(emulator, mode, frames):
            assert terminal.texts() == wanted(picture)
            fresh = Terminal(emulator)
            picture2 = CellScreen(COLUMNS, ROWS, mode)
            picture2.wanted = [row.copy() for row in picture.wanted]
            fresh.stream.feed(picture2.frame(NOWHERE))
            assert terminal.cells() == fresh.cells(), "colours as in a full repaint"
            assert terminal.screen.cursor.hidden is not caret.visible
            if caret.visible:
                assert (terminal.screen.cursor.x, terminal.screen.cursor.y) == (caret.x, caret.y)

    check()


def test_wide_terminal_with_everything_counted_wide(emulator, wide_terminal):
    widths.count_ambiguous_wide()
    assert rich.cells.cell_len("“①”—") == 8
    assert rich.cells.cell_len("─│") == 2

    @settings(max_examples=100, deadline=None)
    @given(FRAMES)
    def check(frames):
        for picture, terminal, _ in run(emulator, "wide", frames):
            assert terminal.texts() == wanted(picture)

    check()


def test_wide_terminal_that_did_not_say_so(emulator, wide_terminal):
    """Ambiguous characters may lose a half there, but nothing else of the line is moved."""

    @settings(max_examples=100, deadline=None)
    @given(FRAMES)
    def check(frames):
        for picture, terminal, _ in run(emulator, "unknown", frames):
            for row, texts in zip(wanted(picture), terminal.texts(), strict=True):
                for x, (cell, shown) in enumerate(zip(row, texts, strict=True)):
                    doubtful = any(widths.ambiguous(near[:1] or " ") for near in row[max(0, x - 1) : x + 1])
                    assert doubtful or shown == cell, (row, texts)

    check()


def test_narrow_terminal_when_some_characters_are_wide_after_all(emulator, wide_terminal):
    widths.count_ambiguous_wide()
    picture = CellScreen(COLUMNS, ROWS, "wide")
    picture.put(0, 0, [("旧旧旧旧", "")])
    first = picture.frame(NOWHERE)
    picture.put(0, 0, [("“甲”乙", "")])
    second = picture.frame(NOWHERE)
    pyte.screens.wcwidth = lambda char: 1 if char in "“”" else 2 if char in "甲乙旧" else 1  # undone with the fixture
    terminal = Terminal(emulator)
    terminal.stream.feed(first + second)
    assert "".join(terminal.texts()[0]).rstrip() == "“ 甲” 乙"


def test_boxes_are_ascii_unless_the_terminal_is_known(emulator):
    picture = CellScreen(COLUMNS, ROWS, "unknown")
    picture.put(0, 0, [("┌──┐│█▔▊", "")])
    assert "+--+|#-|" in picture.frame(NOWHERE)
    picture = CellScreen(COLUMNS, ROWS, "narrow")
    picture.put(0, 0, [("┌──┐", "")])
    assert "┌──┐" in picture.frame(NOWHERE)


def test_cost():
    picture = CellScreen(80, 24, "narrow")
    for y in range(24):
        picture.put(0, y, [("一行文字" * 5 + " " * 40, "")])
    picture.frame(Caret(40, 3, visible=True))
    picture.put(40, 3, [("预", "")])
    assert picture.frame(Caret(42, 3, visible=True)) == "预"
    assert picture.frame(Caret(42, 3, visible=True)) == ""
    assert picture.frame(Caret(40, 3, visible=True)) == "\b\b"
    picture.put(0, 5, [(" " * 80, "")])
    assert picture.frame(Caret(40, 3, visible=True)) == "\x1b[6H\x1b[K\x1b[4;41H"
    assert picture.frame(Caret(40, 3, visible=False)) == "\x1b[?25l"
    picture.put(0, 23, [("甲", "31"), ("乙", "1;31")])
    assert picture.frame(NOWHERE) == "\x1b[24H\x1b[31m甲\x1b[1m乙\x1b[m"


def test_notice_for_a_small_window():
    picture = CellScreen(5, 2)
    assert picture.notice("窗口太小").endswith("窗口")
    assert picture.notice("窗口太小") == ""
    picture.resize(80, 24)
    assert "\x1b[2J" in picture.frame(NOWHERE)


def test_no_background_erase_under_screen():
    picture = CellScreen(COLUMNS, ROWS, "narrow", coloured_erase=False)
    picture.put(0, 0, [(" " * COLUMNS, "44")])
    assert "\x1b[K" not in picture.frame(NOWHERE)


def test_what_is_remembered_stays_small():
    """However many texts were shown, a cell that occurs in many of them is kept once."""
    picture = CellScreen(COLUMNS, ROWS)
    for number in range(3 * RUNS):
        picture.put(0, number % ROWS, [(f"第{number}行", "1")])
    assert len(picture._runs) <= RUNS + 1
    assert len(picture._known) <= 20
    assert picture.wanted[0][0] is picture.wanted[1][0]


PENS = st.lists(
    st.sampled_from(["1", "2", "3", "4", "7", "9", "31", "97", "44", "104", "38;5;9", "48;2;1;2;3", "39", "0"]),
    max_size=4,
).map(";".join)


@given(st.lists(PENS, min_size=2, max_size=6))
def test_pens(pens):
    direct, stepwise = pyte.Screen(3, 1), pyte.Screen(3, 1)
    for old, new in zip(["", *pens], pens, strict=False):
        pyte.Stream(stepwise).feed(sgr.change(sgr.canonical(old), sgr.canonical(new)) + "\rx")
        pyte.Stream(direct).feed(f"\x1b[0m\x1b[{sgr.canonical(new)}m\rx")
        if "2" not in "".join(pens):  # pyte does not know dim, and 22 ends bold and dim alike
            assert direct.buffer[0][0] == stepwise.buffer[0][0]


def test_erasing_and_blanks():
    assert sgr.blank("1;31;44") == "44"
    assert sgr.blank("7;31") == "7;31"
    assert sgr.erasable("44", coloured=True)
    assert not sgr.erasable("44", coloured=False)
    assert not sgr.erasable("7", coloured=True)
