"""The reader against gold sentences of our own: counts, rates, money, time and documents, and what must not be read."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quantity import plain
from domain.reading import Reading
from suggest.reader import TextReader, load_reader

GOLD: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("reading.toml").read_text(encoding="utf-8"))[
    "sentence"
]
KINDS = ("q", "r", "a", "p", "s", "m", "d")


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return load_reader()


def read(reading: Reading) -> dict[str, list[str]]:
    return {
        "q": [f"{plain(one.number)} {one.unit} {one.noun}" for one in reading.quantities],
        "r": [f"{plain(one.number)} {one.unit} {one.noun}" for one in reading.rates],
        "a": [plain(one.yuan) for one in reading.amounts],
        "p": [f"{plain(one.yuan)} {one.per}" for one in reading.prices],
        "s": [plain(one.computed) for one in reading.sums],
        "m": [one.span.text for one in reading.moments],
        "d": [one.title for one in reading.documents],
    }


def tally(reader: TextReader, kinds: tuple[str, ...]) -> tuple[float, float, list[str]]:
    """Precision, recall, and the differences in words."""
    right = found = wanted = 0
    wrong = []
    for case in GOLD:
        got = read(reader.read(case["text"]))
        for kind in kinds:
            gold, left = list(case.get(kind, [])), list(got[kind])
            hits = 0
            for one in gold:
                if one in left:
                    left.remove(one)
                    hits += 1
            right, found, wanted = right + hits, found + len(got[kind]), wanted + len(gold)
            if left or hits < len(gold):
                wrong.append(f"{case['text']} {kind}: {got[kind]} instead of {gold}")
    return right / max(found, 1), right / max(wanted, 1), wrong


def test_the_gold_is_large_enough() -> None:
    assert len(GOLD) >= 60


@pytest.mark.parametrize(
    "kinds", [("q",), ("r",), ("a", "p", "s"), ("m", "d"), KINDS], ids=["counts", "rates", "money", "time", "all"]
)
def test_precision_and_recall(reader: TextReader, kinds: tuple[str, ...]) -> None:
    precision, recall, wrong = tally(reader, kinds)
    assert precision >= 0.9, wrong
    assert recall >= 0.9, wrong


def test_spans_point_at_the_text(reader: TextReader) -> None:
    text = "租用专线４５条，40元/部×43部×12个月＝20640元，12月底前开通，满意度90％。"
    reading = reader.read(text, ("narrative", "overview"))
    found = (reading.quantities, reading.rates, reading.prices, reading.sums, reading.moments)
    for span in (one.span for row in found for one in row):
        assert span.where == ("narrative", "overview")
        assert text[span.start : span.end] == span.text
    assert reading.sums[0].computed == Decimal(20640) == reading.sums[0].stated
    assert reading.sums[0].factors[0] == (Decimal(40), "元/部")


def test_a_wrong_result_is_kept_beside_our_own(reader: TextReader) -> None:
    (one,) = reader.read("话费：50元*12个月=700元").sums
    assert (one.computed, one.stated) == (Decimal(600), Decimal(700))


def test_a_date_with_its_year_has_a_day(reader: TextReader) -> None:
    days = [one.day for one in reader.read("2020-01-01开始，2020年12月31日结束，6月1日前验收").moments]
    assert [day and day.isoformat() for day in days] == ["2020-01-01", "2020-12-31", None]


def test_verbs_say_what_is_done(reader: TextReader) -> None:
    verbs = [one.verb for one in reader.read("新建公厕5座，购置终端468部，培训学员280人次").quantities]
    assert verbs == ["新建", "购置", "培训"]


@pytest.mark.parametrize(
    "text",
    ["每村配备督导员1名", "每个乡镇确定示范村3个", "每月至少到村服务1次", "每周组织演练2场", "为每校购置电脑12台"],
)
def test_what_each_of_several_has_is_no_count_of_all(reader: TextReader, text: str) -> None:
    assert not reader.read(text).quantities


@pytest.mark.parametrize(
    ("text", "verb", "noun"),
    [
        ("每年举办培训班2期", "举办", "培训班"),
        ("每月向320名老人发放补贴", "", "老人"),
        ("推广新技术20项", "推广", "新技术"),
        ("除治枯死松树2.1万株", "除治", "松树"),
        ("对2018年以来改造的1.3万户厕所开展管护", "管护", "厕所"),
        ("提供唐氏筛查，为2500名新生儿提供两病筛查", "筛查", "新生儿"),
        ("向1560名低保对象发放补贴", "", "低保对象"),
    ],
)
def test_what_is_counted_and_what_is_done_with_it(reader: TextReader, text: str, verb: str, noun: str) -> None:
    (one,) = reader.read(text).quantities
    assert (one.verb, one.noun) == (verb, noun)


def test_the_name_of_a_rate_is_not_cut_inside_a_word(reader: TextReader) -> None:
    assert [one.noun for one in reader.read("布设诱捕器200套，数据到报率不低于98%").rates] == ["数据到报率"]


@given(st.text(alphabet="一二三十百万亿两个名元月年日第共/*×=0123456789.,，。、（）《》%％条 部人村\n", max_size=60))
def test_nothing_makes_it_fail(text: str) -> None:
    reading = load_reader().read(text)
    assert all(text[one.span.start : one.span.end] == one.span.text for one in reading.quantities)


def test_a_long_text_is_read_in_time(reader: TextReader) -> None:
    text = "租用专线45条，每条每年3600元，" * 300
    assert len(reader.read(text).quantities) == 300


@pytest.mark.parametrize("wall", ["1", "一", "1.", "1*", "1,"])
def test_a_wall_of_digits_is_no_quantity_and_hides_nothing(wall: str) -> None:
    """A pasted wall of digits is passed over; what stands behind it is read where it stands."""
    text = f"{wall * 2000}，购置电脑20台。"
    [found] = TextReader().read(text).quantities
    assert (found.number, found.unit) == (Decimal(20), "台")
    assert text[found.span.start : found.span.end] == found.span.text
