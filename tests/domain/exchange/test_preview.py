"""The form as lines for a terminal: nothing wider than the terminal, columns aligned, every text there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.changes import Record
from domain.exchange import preview, read
from domain.framework import framework
from domain.model import Declaration, Indicator, fields
from domain.textwidth import text_width
from tests.domain.exchange.strategies import records

SAMPLE = Path(__file__).parent / "samples" / "library-books.txt"


def sample() -> Record:
    return read(SAMPLE.read_bytes())[0].record


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int):
    assert max(text_width(line) for line in preview.lines(sample(), width)) <= width


@settings(max_examples=60, deadline=None)
@given(records(), st.integers(20, 160))
def test_any_record_fits(record: Record, width: int):
    assert all(text_width(line) <= width for line in preview.lines(record, width))


def test_every_label_slot_and_text_is_there():
    shown = preview.lines(sample(), 80)
    text = "".join("".join(shown).split())
    for one in fields():
        assert one.spec.label in text
    assert all(slot.level2 in text for slot in framework().slots)
    assert "".join(sample().declaration.narrative.overview.split()) in text


def test_columns_are_aligned():
    table = preview.table(sample().declaration, 80)
    start = text_width(table[0].split("三级指标")[0])
    row = next(line for line in table if "购置图书册数" in line)
    assert text_width(row.split("购置图书册数")[0]) == start
    assert table[1].replace("-", "").replace(" ", "") == ""


def test_narrow_tables_wrap_inside_their_columns():
    row = Indicator("产出目标", "数量", "一个相当长的三级指标名称用来折行", "=100个")
    table = preview.table(Declaration(indicators=(row,)), 40)
    assert any("=100个" in line for line in table)
    assert all(text_width(line) <= 40 for line in table)


def test_empty_fields_say_so():
    text = "\n".join(preview.lines(Record(), 60, empty="——"))
    assert "项目名称*：——" in text
    assert "——" not in "\n".join(preview.lines(Record(), 60, empty=""))
