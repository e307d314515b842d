"""The values that a reading consists of: immutable, comparable, with the place they stand at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.reading import Quantity, Reader, Reading, Span
from suggest.reader import TextReader

SPAN = Span(("narrative", "overview"), 1, 5, "143个")


def test_a_quantity_need_not_say_what_is_done() -> None:
    one = Quantity(Decimal(143), "个", "村居", SPAN)
    assert one.verb == ""
    assert one == Quantity(Decimal(143), "个", "村居", SPAN, "")
    with pytest.raises(AttributeError):
        one.noun = "社区"  # type: ignore[misc]


def test_an_empty_reading_has_nothing() -> None:
    assert all(part == () for part in Reading())


def test_the_reader_of_the_engine_is_a_reader() -> None:
    reader: Reader = TextReader()
    assert reader.read("到143个村居").quantities[0].noun == "村居"
    assert reader.read("") == Reading()
