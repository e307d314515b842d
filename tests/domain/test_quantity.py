"""Money, dates and targets as people type them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quantity import (
    Money,
    Problem,
    Target,
    evaluate,
    looks_like_target,
    parse_date,
    parse_money,
    parse_target,
    plain,
    whole_year,
)

TYPED = st.one_of(
    st.text(max_size=40),
    st.text("0123456789.,+-*/()元万亿年月日底初末=至人民币¥约%> <×x²٣０１９。个人/·", max_size=40),
)
YEARS = st.one_of(st.none(), st.integers(-5, 10_000), st.just(10**30))


def amount(text: str) -> Decimal:
    found = parse_money(text)
    assert isinstance(found, Money), found
    return found.amount


@pytest.mark.parametrize(
    ("text", "wan"),
    [
        ("24.63", "24.63"),
        ("24.63万", "24.63"),
        ("24.63 万元", "24.63"),
        ("２４．６３万元", "24.63"),
        ("246300元", "24.63"),
        ("246,300元", "24.63"),
        ("￥24.63万元", "24.63"),
        ("人民币 24.63万元。", "24.63"),
        ("约25万", "25"),
        ("1.2亿元", "12000"),
        ("0", "0"),
        ("1720元*12个月", "2.06"),
        ("1720元×12个月＋6450元×12个月", "9.8"),
        ("40元/部*43部*12个月", "2.06"),
        ("40元/人/月*43人*12个月", "2.06"),
        ("(30+15)元*193*12", "10.42"),
        ("2万元+3.5万元", "5.5"),
        ("1720元*12个月=20640元", "2.06"),
        ("=1720元*12个月", "2.06"),
        ("24.63-4.63", "20"),
        ("10/4", "2.5"),
        ("¥246300", "24.63"),
        ("25w", "25"),
        ("24万6300元", "24.63"),
        ("24万6300", "24.63"),
        ("1亿2000万元", "12000"),
        ("二十五万", "25"),
        ("二十四万六千三百元", "24.63"),
        ("贰拾肆万陆仟叁佰元整", "24.63"),
        ("三台*八十万", "240"),
        ("1720元一个月*12个月", "2.06"),
    ],
)
def test_money(text: str, wan: str) -> None:
    assert amount(text) == Decimal(wan)


def test_money_says_what_was_computed_and_rounded() -> None:
    found = parse_money("1720元*12个月+6450元*12个月")
    assert found == Money(Decimal("9.8"), "1720元*12个月+6450元*12个月 = 98040元 = 9.804万元，四舍五入为 9.8万元")


def test_money_of_two_decimals_needs_no_note() -> None:
    assert parse_money("24.63") == Money(Decimal("24.63"), "")


def test_money_says_how_it_was_rounded() -> None:
    assert parse_money("24.635") == Money(Decimal("24.64"), "24.635万元，四舍五入为 24.64万元")


def test_money_converted_is_shown() -> None:
    assert parse_money("246300元") == Money(Decimal("24.63"), "246300元 = 24.63万元")


def test_money_that_looks_like_yuan_is_questioned() -> None:
    found = parse_money("246300")
    assert isinstance(found, Money)
    assert "如果是元，请写成 246300元" in found.note


def test_a_sum_without_a_unit_that_looks_like_yuan_is_questioned() -> None:
    found = parse_money("12000*3")
    assert isinstance(found, Money)
    assert "如果是元" in found.note


def test_money_with_another_sum_stated_is_questioned() -> None:
    found = parse_money("1720元*12个月=20000元")
    assert isinstance(found, Money)
    assert found.amount == Decimal("2.06")
    assert "您写的是 20000元，请核对" in found.note


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "很多",
        "=",
        "整",
        "-5",
        "5-10",
        "1元+1万元",
        "1/0",
        "0/0",
        "2**9",
        "9" * 30,
        "1e5",
        "((1)",
        "3部",
        "=5",
        "好几十万",
        "24,63",
        "24万5",
        "3台80万",
        "¥",
        ".",
    ],
)
def test_money_not_understood_says_what_to_type(text: str) -> None:
    found = parse_money(text)
    assert isinstance(found, Problem)
    assert "。" in found.message


def test_money_not_understood_is_quoted_as_it_was_written() -> None:
    found = parse_money("=CT1台280万元")
    assert isinstance(found, Problem)
    assert "“=CT1台280万元”" in found.message


@given(TYPED)
def test_money_never_raises_and_stays_within_its_cents(text: str) -> None:
    found = parse_money(text)
    if isinstance(found, Money):
        assert 0 <= found.amount <= 10**9
        assert found.amount == found.amount.quantize(Decimal("0.01"))
        assert "E" not in plain(found.amount)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_money_printed_is_understood_again(number: Decimal) -> None:
    assert amount(plain(number)) == number


@pytest.mark.parametrize(
    ("text", "value"), [("1+2*3", "7"), ("(1+2)*3", "9"), ("-1+2", "1"), (".5*4", "2"), ("0.1+0.2", "0.3")]
)
def test_evaluate(text: str, value: str) -> None:
    assert evaluate(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["__import__('os')", "1;2", "a", "1**9", "1//2", "", "1" * 201, "1,2", "(" * 90 + "1", "1 2"]
)
def test_evaluate_knows_arithmetic_only(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?s).*"):
        evaluate(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-1-1", (2020, 1, 1)),
        ("2020-01-01", (2020, 1, 1)),
        ("2020/1/1", (2020, 1, 1)),
        ("2020.1.1", (2020, 1, 1)),
        ("20200101", (2020, 1, 1)),
        ("２０２０年１月１日", (2020, 1, 1)),
        ("2020 年 1 月 1 日", (2020, 1, 1)),
        ("1月1日", (2021, 1, 1)),
        ("12-31", (2021, 12, 31)),
        ("3月底", (2021, 3, 31)),
        ("2月末", (2021, 2, 28)),
        ("2020年2月底", (2020, 2, 29)),
        ("12月底", (2021, 12, 31)),
        ("4月初", (2021, 4, 1)),
        ("2022年5月", (2022, 5, 1)),
        ("9999年12月底", (9999, 12, 31)),
        ("二〇二一年三月五日", (2021, 3, 5)),
        ("十二月三十一号", (2021, 12, 31)),
        ("年底", (2021, 12, 31)),
        ("2020年末", (2020, 12, 31)),
        ("年初", (2021, 1, 1)),
    ],
)
def test_date(text: str, day: tuple[int, int, int]) -> None:
    assert parse_date(text, 2021) == datetime.date(*day)


@pytest.mark.parametrize(
    "text", ["", "年中", "2020", "2020-13-1", "2021-2-29", "13月底", "0000年1月底", "0月1日", "1月", "去年"]
)
def test_date_not_understood_says_what_to_type(text: str) -> None:
    found = parse_date(text, 2021)
    assert isinstance(found, Problem)
    assert "。" in found.message


def test_short_date_asks_for_the_year_where_there_is_none() -> None:
    found = parse_date("1月1日", None)
    assert isinstance(found, Problem)
    assert "年" in found.message


@given(TYPED, YEARS)
def test_date_never_raises(text: str, year: int | None) -> None:
    assert isinstance(parse_date(text, year), datetime.date | Problem)


@given(st.dates(datetime.date(1000, 1, 1)), YEARS)
def test_date_printed_is_understood_again(day: datetime.date, year: int | None) -> None:
    assert parse_date(day.isoformat(), year) == day


@pytest.mark.parametrize("text", ["全年", " 全 年 ", "整年", "１-12月", "1月至12月", "全年。"])
def test_whole_year(text: str) -> None:
    assert whole_year(text)


@pytest.mark.parametrize("text", ["", "半年", "全年度目标", "1月"])
def test_not_the_whole_year(text: str) -> None:
    assert not whole_year(text)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("=147条", Target("=147条", "=", Decimal(147), "条")),
        ("＝147条", Target("=147条", "=", Decimal(147), "条")),
        ("≥98%", Target(">=98%", ">=", Decimal(98), "%")),
        ("=>98％", Target(">=98%", ">=", Decimal(98), "%")),
        ("≥ 98 %", Target(">=98%", ">=", Decimal(98), "%")),
        ("９８％", Target("98%", "", Decimal(98), "%")),
        ("98%", Target("98%", "", Decimal(98), "%")),
        ("<3%", Target("<3%", "<", Decimal(3), "%")),
        ("＜3%", Target("<3%", "<", Decimal(3), "%")),
        ("不低于95%", Target(">=95%", ">=", Decimal(95), "%")),
        ("至少 3次", Target(">=3次", ">=", Decimal(3), "次")),
        ("95%以上", Target(">=95%", ">=", Decimal(95), "%")),
        ("95%及以上", Target(">=95%", ">=", Decimal(95), "%")),
        ("控制在3%以内", Target("<=3%", "<=", Decimal(3), "%")),
        ("不超过24.63万元", Target("<=24.63万元", "<=", Decimal("24.63"), "万元")),
        ("低于3%", Target("<3%", "<", Decimal(3), "%")),
        ("1,200人", Target("1,200人", "", Decimal(1200), "人")),
        ("健全", Target("健全")),
        ("2020年12月底前", Target("2020年12月底前")),
        ("3-5天", Target("3-5天")),
        ("", Target("")),
    ],
)
def test_target(text: str, target: Target) -> None:
    assert parse_target(text) == target


@given(TYPED)
def test_target_never_raises_and_is_settled_at_once(text: str) -> None:
    once = parse_target(text)
    assert parse_target(once.text).text == once.text


@pytest.mark.parametrize(
    "text", ["98%", ">=3次", "≥98%", "不低于95%", "147条", "=147", "12个月", "3月底前", "2020年12月31日前", "24.63万元"]
)
def test_looks_like_a_target(text: str) -> None:
    assert looks_like_target(text)


@pytest.mark.parametrize(
    "text", ["147", "健全", "租用光纤数", "5G基站数", "12345热线接通率", "110接警数量", "", "3年行动计划完成率"]
)
def test_looks_like_a_name(text: str) -> None:
    assert not looks_like_target(text)


@pytest.mark.parametrize(
    ("number", "text"), [("24.60", "24.6"), ("1E+3", "1000"), ("0.00", "0"), ("100", "100"), ("1E-7", "0.0000001")]
)
def test_plain_numbers_have_no_exponent(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text
