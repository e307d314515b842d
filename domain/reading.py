"""What a text says (文本读数): quantities, sums, unit prices, dates and documents as values with the place they stand at.

The reading itself needs word segmentation and is done in `suggest.reader`; rules and composition see only these values.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NamedTuple, Protocol

from domain.fields import FieldPath


class Span(NamedTuple):
    """A piece of a declaration's text: the field it stands in, code points [start, end) there, and the text itself."""

    where: FieldPath
    start: int
    end: int
    text: str


class Quantity(NamedTuple):
    """A number with its measure word (量词) and head noun: 向143个村居 → 143, 个, 村居. Money and dates are not quantities.

    verb is what is done with them where the text says so: 新建公厕5座 → 新建. In `Reading.rates` the unit is %, ‰ or 个百分点,
    the noun what is rated or how it changes, the verb the way it moves: 成活率85%, 漏损率降至12% (下降), 产值增长8% → 产值增长率.
    """

    number: Decimal
    unit: str
    noun: str
    span: Span
    verb: str = ""


class Amount(NamedTuple):
    """An amount of money in 元 as written: 24.63万元 → 246300."""

    yuan: Decimal
    span: Span


class UnitPrice(NamedTuple):
    """A price for one of something: 40元/部·月 → 40, 部·月, with the noun where one is named."""

    yuan: Decimal
    per: str
    noun: str
    span: Span


class Sum(NamedTuple):
    """A calculation in the text: 1720元*12个月=20640元; computed is our own result in 元, stated what the text claims."""

    factors: tuple[tuple[Decimal, str], ...]
    computed: Decimal
    stated: Decimal | None
    span: Span


class Moment(NamedTuple):
    """A date, period, frequency or time limit in the text; day is set where it names one with its year.

    The span's text keeps 3月底前, 每季度, 30日内 and the like.
    """

    day: datetime.date | None
    span: Span


class Document(NamedTuple):
    """A document cited (立项依据): title in 《》 or number 〔2019〕3号, with its year where one stands."""

    title: str
    year: int | None
    span: Span


class Reading(NamedTuple):
    """Everything read from one text, each kind in the order of the text."""

    quantities: tuple[Quantity, ...] = ()
    amounts: tuple[Amount, ...] = ()
    prices: tuple[UnitPrice, ...] = ()
    sums: tuple[Sum, ...] = ()
    moments: tuple[Moment, ...] = ()
    documents: tuple[Document, ...] = ()
    rates: tuple[Quantity, ...] = ()


class Reader(Protocol):
    """Something that reads texts; `where` only labels the spans."""

    def read(self, text: str, where: FieldPath = ()) -> Reading:
        """Read one text."""
        ...
