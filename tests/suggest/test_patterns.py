"""A pattern compiled later answers as the compiled one does."""

from __future__ import annotations

import re

import pytest

from suggest.patterns import later


def test_it_answers_like_a_compiled_pattern() -> None:
    pattern, compiled = later(r"(?P<n>\d+)个"), re.compile(r"(?P<n>\d+)个")
    assert [match["n"] for match in pattern.finditer("3个和12个")] == ["3", "12"]
    assert pattern.sub("若干", "3个和12个") == compiled.sub("若干", "3个和12个")
    assert pattern.pattern == compiled.pattern


def test_a_faulty_source_is_told_at_first_use() -> None:
    pattern = later("(")
    with pytest.raises(re.error):
        pattern.search("x")
