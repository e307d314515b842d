"""Money in a text (金额): amounts, prices for one of something, and calculations such as 40元/部×43部×12个月=20640元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from domain import quantity
from domain.patterns import later
from suggest.numerals import CHINESE, MEASURE, NUMBER, arabic, chinese

_UNIT_YUAN = {"元": 1, "块": 1, "块钱": 1, "百元": 100, "千元": 1000, "万": 10_000, "万元": 10_000, "百万元": 1_000_000,
              "千万元": 10_000_000, "亿": 100_000_000, "亿元": 100_000_000}  # fmt: skip
_YUAN = r"(?:亿元|千万元|百万元|万元|千元|百元|元)"
_PERIOD = r"(?:个月|季度|学期|工作日|小时|月|年|季|天|日|次|期)"
_ONE = rf"(?:{_PERIOD}|{MEASURE}|人|生|校|馆)"

AMOUNT = later(rf"(?P<n>{NUMBER})\s*(?P<u>{_YUAN})")
_HAN_AMOUNT = later(rf"(?P<n>{CHINESE})(?P<u>万元|元)(?!/)")
_PER_AFTER = later(
    rf"\s*(?:/|每(?=[^年月日天季]|[月年天日季](?!\d))|[·•]){{1,1}}\s*(?P<a>{_ONE})(?:\s*[/·•・.]\s*(?P<b>{_ONE})|每(?P<c>{_ONE}))?"
)
_PER_BEFORE = later(rf"(?:每|单)\s*(?P<a>{_ONE})(?:\s*每\s*(?P<b>{_ONE}))?(?P<gap>[^\d,，。；;、每]{{0,8}})$")
_PER_HEAD = later(r"(?:人均|户均|亩均|台均|单价|次均)(?P<gap>[^\d,，。；;、]{0,8})$")
_HEADS = {"人均": "人", "户均": "户", "亩均": "亩", "台均": "台", "次均": "次"}

_UNITS = r"[一-鿿㎡·•・./]{0,8}?"
_FACTOR = rf"\(?\s*{NUMBER}\s*{_UNITS}\s*\)?"
SUM = later(
    rf"{_FACTOR}(?:\s*[*xX+]\s*{_FACTOR})+(?:\s*[=≈]\s*(?P<stated>{NUMBER})\s*(?P<unit>{_YUAN})?|(?=[^一-鿿㎡·•・./]|$))"
)
_PIECE = later(rf"(?P<n>{NUMBER})\s*(?P<u>{_YUAN}|万(?!元))?\s*(?P<per>[一-鿿㎡·•・./]*)|(?P<op>[*xX+()])")


class FoundAmount(NamedTuple):
    """An amount in 元, at [start, end) of the half-width text like what follows."""

    start: int
    end: int
    yuan: Decimal


class FoundPrice(NamedTuple):
    """A price in 元 and what it is for: 部·月."""

    start: int
    end: int
    yuan: Decimal
    per: str


class FoundSum(NamedTuple):
    """A calculation: its factors with their units, our result in 元 and the one claimed."""

    start: int
    end: int
    factors: tuple[tuple[Decimal, str], ...]
    computed: Decimal
    stated: Decimal | None


def sums(text: str) -> Iterator[FoundSum]:
    """The calculations in a half-width text that involve money."""
    for match in SUM.finditer(text) if any(sign in text for sign in "*xX+") else ():
        if "元" not in match[0] and "万" not in match[0]:
            continue
        found = _sum(match)
        if found is not None:
            yield found


def _sum(match: re.Match[str]) -> FoundSum | None:
    left = re.split("[=≈]", match[0])[0]
    expression, factors, money = "", [], False
    for piece in _PIECE.finditer(left):
        if piece["op"]:
            expression += "*" if piece["op"] in "xX" else piece["op"]
            continue
        number, unit = arabic(piece["n"]), piece["u"] or ""
        expression += quantity.plain(number * _UNIT_YUAN.get(unit, 1))
        money = money or bool(unit)
        factors.append((number, unit + re.sub(r"\s", "", piece["per"] or "")))
    try:
        computed = quantity.evaluate(expression)
    except ValueError:
        return None
    stated = arabic(match["stated"]) * _UNIT_YUAN.get(match["unit"] or "元", 1) if match["stated"] else None
    if not money:
        if not match["unit"]:
            return None
        computed *= _UNIT_YUAN[match["unit"]]
    start = match.start() + (
        len(match[0]) - len(match[0].lstrip("( ")) if match[0].count("(") != match[0].count(")") else 0
    )
    return FoundSum(start, match.start() + len(match[0].rstrip()), tuple(factors), computed, stated)


def prices(text: str) -> Iterator[FoundPrice]:
    """Prices for one of something: 40元/部·月, 每人每月100元, 人均300元, 1000元每人."""
    for match in AMOUNT.finditer(text) if "元" in text else ():
        yuan = arabic(match["n"]) * _UNIT_YUAN[match["u"]]
        after = _PER_AFTER.match(text, match.end())
        if after:
            per = "·".join(part for part in (after["a"], after["b"] or after["c"]) if part)
            yield FoundPrice(match.start(), after.end(), yuan, per)
            continue
        before = _PER_BEFORE.search(text, max(0, match.start() - 24), match.start())
        if before and before["gap"] not in ("户", "的"):
            per = "·".join(part for part in (before["a"], before["b"]) if part)
            yield FoundPrice(before.start(), match.end(), yuan, per)
            continue
        head = _PER_HEAD.search(text, max(0, match.start() - 16), match.start())
        if head:
            yield FoundPrice(head.start(), match.end(), yuan, _HEADS.get(head[0][:2], ""))


def with_period(price: FoundPrice, calculations: list[FoundSum]) -> FoundPrice:
    """40元/部 in 40元/部×43部×12个月 is 40元/部·月: the months of the calculation belong to the price."""
    for one in calculations:
        inside = one.start <= price.start < one.end and price.per and "月" not in price.per
        if inside and any(unit in ("个月", "月") for _, unit in one.factors):
            return price._replace(per=f"{price.per}·月")
    return price


def amounts(text: str) -> Iterator[FoundAmount]:
    """Every amount of money, prices and parts of sums included: the reader leaves those out."""
    if "元" not in text:
        return
    for match in AMOUNT.finditer(text):
        yield FoundAmount(match.start(), match.end(), arabic(match["n"]) * _UNIT_YUAN[match["u"]])
    for match in _HAN_AMOUNT.finditer(text):
        value = chinese(match["n"])
        if value and not text[max(0, match.start() - 1) : match.start()].isdigit():
            yield FoundAmount(match.start(), match.end(), value * _UNIT_YUAN[match["u"]])
