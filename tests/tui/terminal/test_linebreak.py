"""Chinese line breaking and cutting to a width."""

from __future__ import annotations

import itertools
import time

import pytest
import textual._wrap
import textual.content
from hypothesis import given
from hypothesis import strategies as st

from tui.terminal import linebreak
from tui.terminal.linebreak import LOOK_BACK, NO_END, NO_START, WORD, compute_wrap_offsets, divide_line, truncate
from tui.terminal.widths import text_width

TEXT = (
    "第一项 按照《中华人民共和国预算法》、《项目支出绩效评价管理办法》（财预〔2020〕10号）等规定，围绕“过紧日子”要求，"
    "采购GB/T32795-2010标准的设备147台，验收合格率≥98.5%，保障全市12345热线（含夜间）正常运行……群众满意度达到95%以上。"
)


def lines(text: str, offsets: list[int]) -> list[str]:
    return [text[a:b] for a, b in zip([0, *offsets], [*offsets, len(text)], strict=True)]


@pytest.mark.parametrize("width", range(20, 78))
@pytest.mark.parametrize("function", [divide_line, lambda text, width: compute_wrap_offsets(text, width, 4)])
def test_rules(function, width):
    result = lines(TEXT, function(TEXT, width))
    assert "".join(result) == TEXT
    for number, line in enumerate(result):
        assert text_width(line.rstrip(" ")) <= width
        assert line.strip()[0] not in NO_START
        assert line.strip()[-1] not in NO_END or number == len(result) - 1
        if number < len(result) - 1:
            assert text_width(line) > width - LOOK_BACK - 2 * 8, line
    for word in ("GB/T32795-2010", "147", "98.5%", "12345"):
        assert any(word in line for line in result), word


def test_a_run_after_a_space_goes_on_in_the_same_line():
    assert lines("第一项 按照中华人民共和国的规定办理", divide_line("第一项 按照中华人民共和国的规定办理", 20)) == [
        "第一项 按照中华人民",
        "共和国的规定办理",
    ]


def test_words_and_blanks():
    assert lines("hello world again", divide_line("hello world again", 11)) == ["hello world ", "again"]
    assert lines("hello   world", divide_line("hello   world", 5)) == ["hello   ", "world"]
    assert lines("hello   world", compute_wrap_offsets("hello   world", 5, 4)) == ["hello ", "  ", "world"]
    assert lines("abcdefghij", divide_line("abcdefghij", 4)) == ["abcd", "efgh", "ij"]
    assert divide_line("abcdefghij", 4, fold=False) == []
    assert lines("中文abcdefgh", divide_line("中文abcdefgh", 10)) == ["中文", "abcdefgh"]
    assert lines("甲\t乙丙丁", compute_wrap_offsets("甲\t乙丙丁", 8, 4)) == ["甲\t乙丙", "丁"]


@pytest.mark.parametrize("width", [0, 1, 2, 3])
def test_hardly_any_room(width):
    for text in ("中文，（标点）", "abc，", "《《《", "，，，", ""):
        result = lines(text, divide_line(text, width))
        assert "".join(result) == text
        assert all(result) or not text


@given(st.text(st.sampled_from(list("预算，。（）“”《》ab1% .…\u0301")), max_size=60), st.integers(1, 30))
def test_nothing_is_lost_and_everything_fits(text, width):
    for function, hang in ((divide_line, 60), (lambda text, width: compute_wrap_offsets(text, width, 4), 1)):
        result = lines(text, function(text, width))
        assert "".join(result) == text
        for line in result:
            assert line or not text
            fits = text_width(line.rstrip(" ")) <= width and len(line) - len(line.rstrip(" ")) <= max(hang, width + 1)
            assert fits or sum(text_width(char) > 0 for char in line.rstrip(" ")) == 1
        for before, after in itertools.pairwise(result):
            word = before[len(before.rstrip("".join(WORD))) :] + after[: len(after) - len(after.lstrip("".join(WORD)))]
            whole = before[-1] in WORD and after[0] in WORD
            assert not whole or text_width(word) > width or {*word} & (NO_START | NO_END), (before, after)


WORDS = st.lists(st.sampled_from(["网格", "，", "“", "a", "longer", " ", "2020", "e\u0301", "。"]), max_size=60).map(
    "".join
)


@given(st.lists(st.tuples(st.integers(0, 400), WORDS, st.integers(0, 9)), max_size=6), st.integers(2, 30))
def test_a_long_paragraph_changed_in_a_place_is_broken_as_if_it_were_new(changes, width):
    text = "热线线路租用，" * 30 + "a" * 90 + "（2020年）" * 20
    remembered = linebreak._Last()
    for at, words, cut in changes:
        text = text[:at] + words + text[at + cut :]
        whole = compute_wrap_offsets(text, width, 4)
        assert len(text) < linebreak.LONG
        assert remembered.breaks(text, width, fold=True) == whole
        assert remembered.breaks(text + words, width + 1, fold=True) == compute_wrap_offsets(text + words, width + 1, 4)


def test_the_time_grows_with_the_text_and_not_with_its_square():
    text = (TEXT * 400)[:50_000]
    little, much = (min(_spent(part) for _ in range(5)) for part in (text[:5000], text))
    assert much < 30 * little  # ten times the text; the square would be a hundred times


def _spent(text: str) -> float:
    begun = time.process_time()
    divide_line(text, 76)
    return time.process_time() - begun


@pytest.mark.parametrize(
    ("text", "cells", "wanted"),
    [
        ("线路租用", 8, "线路租用"),
        ("线路租用", 7, "线路租…"),
        ("线路租用", 6, "线路…"),
        ("线路", 1, "…"),
        ("线路", 0, ""),
        ("abcdef", 4, "abc…"),
        ("甲 乙", 4, "甲…"),
        ("", 3, ""),
    ],
)
def test_truncate(text, cells, wanted):
    assert truncate(text, cells) == wanted
    assert text_width(truncate(text, cells)) <= cells


def test_installed_where_textual_looks():
    import textual.document._wrapped_document as document

    linebreak.install()
    assert textual._wrap.compute_wrap_offsets is document.compute_wrap_offsets is compute_wrap_offsets
    assert textual.content.divide_line is divide_line
