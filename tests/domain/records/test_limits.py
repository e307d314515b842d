"""Texts that are too much for a record are refused at once, before they are parsed."""

from __future__ import annotations

import time

import pytest

from domain.changes import Record
from domain.model import Indicator
from domain.records.codec import RecordError, decode, encode
from domain.records.limits import MAX_CHARS, MAX_DEPTH, MAX_LINES, excess
from tests.domain.records.programs import form


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n" * (MAX_LINES + 1), "过长"),
        ("x = '" + "y" * MAX_CHARS + "'", "过大"),
        ("x = " + "[" * 100_000, "嵌套过深"),
        ("x = " + "{a=" * 100_000, "嵌套过深"),
        ("x = [" + "[1]," * 10 + "[" * 50, "嵌套过深"),
        ("[" + ".".join("a" * 200_000) + "]", "嵌套过深"),
        (".".join("a" * 200_000) + " = 1", "嵌套过深"),
        ("x = '''" + "\n" + "[" * 50, "断开"),
    ],
)
def test_too_much_is_refused_at_once(text: str, said: str) -> None:
    began = time.process_time()
    with pytest.raises(RecordError, match=said):
        decode(text)
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    "text",
    [
        'x = "' + "[" * 500 + '"',
        "x = '" + "." * 500 + "'",
        'x = """' + "[\n.{" * 500 + '"""',
        "x = '''" + "[" * 500 + "'''",
        "# " + "[" * 500 + "." * 500,
        'x = "\\"' + "[" * 500 + '"',
        "x = [" + "[1.5], " * 500 + "]",
        "[[a]]\n" * 500,
        "x = 1.5\n" * 500,
    ],
)
def test_brackets_and_dots_that_are_no_nesting_are_not_counted(text: str) -> None:
    assert excess(text) == ""


@pytest.mark.parametrize("text", ['"""' * 30_000, '"' * 90_000, "'" * 90_000, '\\"' * 90_000, '"\\' * 90_000])
def test_quotes_do_not_make_the_look_slow(text: str) -> None:
    began = time.process_time()
    excess(text)
    assert time.process_time() - began < 1.0


def test_the_largest_form_is_not_too_much() -> None:
    rows = tuple(Indicator("产出目标", "数量", f"指标{number}", "=1") for number in range(5_000))
    record = Record(form(overview="第一段。\n" * 20_000).replace(("indicators",), rows))
    assert decode(encode(record)).record == record


def test_what_a_person_may_nest_is_written_back() -> None:
    depth = MAX_DEPTH - 2
    text = "own = " + "{ a = " * depth + "1" + " }" * depth
    record = decode(text).record
    assert decode(encode(record)).record.extra == record.extra
