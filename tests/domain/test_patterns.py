"""A pattern compiled later answers as the compiled one does; the classes of characters hold what they say."""

from __future__ import annotations

import re

import pytest

from domain.patterns import HAN, LETTER, is_han, later


def test_it_answers_like_a_compiled_pattern() -> None:
    pattern, compiled = later(r"(?P<n>\d+)个"), re.compile(r"(?P<n>\d+)个")
    assert [match["n"] for match in pattern.finditer("3个和12个")] == ["3", "12"]
    assert pattern.sub("若干", "3个和12个") == compiled.sub("若干", "3个和12个")
    assert pattern.pattern == compiled.pattern


def test_a_faulty_source_is_told_at_first_use() -> None:
    pattern = later("(")
    with pytest.raises(re.error):
        pattern.search("x")


@pytest.mark.parametrize(
    ("sign", "han", "letter"),
    [
        ("一", True, True),
        ("镇", True, True),
        ("鿿", True, True),
        ("A", False, True),
        ("3", False, False),
        ("_", False, False),
    ]
    + [(sign, False, False) for sign in "①㎡，。·“%"],
)
def test_what_is_a_han_character_and_what_a_letter(sign: str, han: bool, letter: bool) -> None:
    assert (bool(re.fullmatch(HAN, sign)), bool(re.fullmatch(LETTER, sign))) == (han, letter)
    assert is_han(sign) == han
