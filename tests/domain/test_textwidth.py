"""Cells and line breaks: counted as the terminal layer counts, broken as Chinese is."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
import rich.cells
from hypothesis import given
from hypothesis import strategies as st

from domain import textwidth
from domain.exchange import preview
from domain.model import Declaration, Indicator
from domain.textwidth import NO_END, NO_START, pad, text_width, truncate, usual_width, wrap


def test_every_character_is_counted_as_the_terminal_layer_counts_it() -> None:
    assigned = (chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cn", "Cs"))
    odd = [char for char in assigned if usual_width(char) != rich.cells.get_character_cell_size(char)]
    assert odd == []


def test_widths() -> None:
    assert text_width("a一e\u0301“") == 1 + 2 + 1 + 1
    assert text_width("\u5361\U0001f3fb") == 2
    assert pad("一", 4) == "一  "
    assert truncate("一二三四", 7) == "一二三…"


def test_wrapping() -> None:
    assert wrap("一二三四五", 4) == ["一二", "三四", "五"]
    assert wrap("一二三，四", 6) == ["一二", "三，四"]
    assert wrap("电话0631-5970000打得通", 24) == ["电话0631-5970000打得通"]
    assert wrap("联系电话号码0631-597", 16) == ["联系电话号码", "0631-597"]
    assert wrap("根据《预算法》办理", 6) == ["根据", "《预算", "法》办", "理"]
    assert wrap("", 10) == [""]
    assert wrap("一\n\n二", 10) == ["一", "", "二"]


@pytest.mark.parametrize("width", range(8, 41))
def test_no_row_begins_or_ends_against_the_rules(width: int) -> None:
    text = "按照《项目支出绩效评价管理办法》（财预〔2020〕10号）等规定，围绕“过紧日子”要求，保障12345热线正常运行。"
    rows = wrap(text, width)
    assert "".join(rows) == text
    assert all(text_width(row) <= width for row in rows)
    assert not {row[0] for row in rows} & NO_START
    assert not {row[-1] for row in rows[:-1]} & NO_END


@given(st.text(st.sampled_from(list("预算，。（）“”《》ab1% .\n\u0301")), max_size=60), st.integers(2, 30))
def test_only_blanks_at_the_ends_of_rows_go(text: str, width: int) -> None:
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_the_form_is_laid_out_for_a_terminal_with_wide_ambiguous_characters() -> None:
    """In a process of its own: the terminal layer changes how the whole program counts."""
    code = """
from tui.terminal import widths
from domain.exchange import preview
from domain.model import Declaration, Indicator
widths.count_ambiguous_wide()
row = Indicator("产出目标", "数量", "“一”—“二”…", ">=1个")
lines = preview.table(Declaration(indicators=(row,)), 60)
assert all(widths.text_width(line) <= 60 for line in lines)
[line] = [line for line in lines if "“一”" in line]
print(widths.text_width(line.split(">=1")[0]))
"""
    wide = int(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    row = Indicator("产出目标", "数量", "“一”—“二”…", ">=1个")
    [line] = [line for line in preview.table(Declaration(indicators=(row,)), 60) if "“一”" in line]
    assert wide == text_width(line.split(">=1")[0]) + 6


def test_another_measure_can_be_set_and_taken_back() -> None:
    before = textwidth.CELLS.measure
    try:
        textwidth.measure_by(lambda char: 3)
        assert text_width("一二") == 6
    finally:
        textwidth.measure_by(before)
    assert text_width("一二") == 4
