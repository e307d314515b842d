"""Text made safe to keep and to show."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text import _SUSPECT, MOST_MARKS, brief, clean, clean_cells, one_line


@pytest.mark.parametrize(
    ("dirty", "wanted"),
    [
        ("前\x1b[31m红\x1b[0m后", "前红后"),
        ("甲\x1b]0;PWN\x07乙\x1b]52;c;AAAA\x1b\\丙", "甲乙丙"),
        ("\x9b2J甲\x85乙", "甲\n乙"),
        ("甲\x05\x00\x7f\x08乙", "甲乙"),
        ("一\r\n二\r三\u2028四\x0b五", "一\n二\n三\n四\n五"),
        ("名\u202e称\u200b\ufeff\u00ad\u2066号", "名称号"),
        ("葛\U000e0100\ufe0f\ue000城\ud800", "葛城"),
        ("甲\t乙\u00a0丙", "甲 乙 丙"),
        ("\x1b甲", "甲"),
        ("\x1b]没有结尾", "]没有结尾"),
        ("e" + "\u0301" * 99 + "甲", "e" + "\u0301" * MOST_MARKS + "甲"),
        ("e" + "\u0301\u200b" * 99, "e" + "\u0301" * MOST_MARKS),
    ],
)
def test_clean(dirty, wanted):
    assert clean(dirty) == wanted


def test_clean_text_is_returned_as_it_is():
    text = "第一项 按照《预算法》（财预〔2020〕10号），围绕“过紧日子”…—①≥98%㎡\n第二段"
    assert clean(text) is text


def test_without_newlines():
    assert clean("一\r\n二\n三", newlines=False) == "一 二 三"


def test_one_line():
    assert one_line(" 第一行 \r\n\n第二行\n") == "第一行 第二行"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("第一行\n第二行", "第一行 第二行"),
        ("一二三四五六七八", "一二三四五六七八"),
        ("一二三四五六七八九", "一二三四五六七…"),
    ],
)
def test_brief(text, shown):
    assert brief(text, 8) == shown


def test_clean_cells_keeps_the_tabs_of_a_table_and_nothing_else():
    assert clean_cells("产出目标\t数量\x1b[31m\t租用\u202e光纤数\r\n") == "产出目标\t数量\t租用光纤数\n"


def test_no_harmful_character_passes_at_a_glance():
    """What is let through without a look at each character holds none that would be dropped or counted."""
    looked_at = {"Cc", "Cf", "Cs", "Co", "Mn", "Me"}
    harmful = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in looked_at]
    assert [char for char in harmful if char != "\n" and not _SUSPECT.search(char)] == []


@given(st.text())
def test_nothing_harmful_is_left(text):
    result = clean(text)
    assert all(char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co") for char in result)
    assert clean(result) == result
