"""Records for property tests: declarations with texts of every kind, marks, and what a person added by hand."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from domain.changes import Record
from domain.fields import Field, Kind
from domain.model import Coded, Declaration, Indicator, fields
from domain.text import clean, one_line

WORDS = st.one_of(st.text(max_size=12), st.text("一二三项目名称费、[]（）\"'\\\n#=.-/ \t\x1b\u200b", max_size=12))
LINE = WORDS.map(one_line)
LONG = WORDS.map(clean).filter(lambda text: not text or bool(text.strip()))
CODED = st.builds(Coded, LINE, LINE)
MONEY = st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(lambda number: Decimal(f"{number:f}"))
BY_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.YEAR: st.one_of(st.none(), st.integers(1990, 2100)),
    Kind.TEXT: LINE,
    Kind.LONG: LONG,
    Kind.CHOICE: LINE,
    Kind.CODED: st.one_of(st.none(), CODED),
    Kind.SUBJECTS: st.lists(CODED, max_size=3).map(tuple),
    Kind.YES_NO: st.sampled_from([None, True, False]),
    Kind.DATE: st.one_of(st.none(), st.dates(datetime.date(1000, 1, 1))),
    Kind.MONEY: st.one_of(st.none(), MONEY),
    Kind.PHONE: LINE,
}
LEVELS = st.sampled_from(["产出目标", "效果目标", "数量", "质量", "其它", "", "甲"])
ROWS = st.lists(st.builds(Indicator, LEVELS, LEVELS, LINE, LINE), max_size=5).map(tuple)

MARKS = st.dictionaries(
    st.sampled_from(["origins", "skipped", "ignored"]),
    st.dictionaries(
        st.sampled_from(["project.name", "产出目标/数量", "a b", "x"]),
        st.one_of(st.booleans(), LINE),
        min_size=1,
        max_size=3,
    ),
    max_size=3,
)

SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.decimals(allow_nan=False, min_value=-(10**20), max_value=10**20, places=3),
    st.just(Decimal("Infinity")),
    st.dates(datetime.date(1000, 1, 1)),
    WORDS.map(lambda text: text.replace("\r", "")),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=5,
)
KEYS = st.one_of(st.sampled_from(["note", "备注", "a b", "start", "名.称", '"', "x"]), st.text(min_size=1, max_size=4))
ADDED = st.dictionaries(KEYS, VALUES, max_size=3)


@st.composite
def declarations(draw: st.DrawFn) -> Declaration:
    form = Declaration(indicators=draw(ROWS))
    for one in draw(st.lists(st.sampled_from(list(fields())), max_size=6, unique_by=lambda one: one.path)):
        form = form.replace(one.path, draw(BY_KIND[one.spec.kind]))
    return form


@st.composite
def edits(draw: st.DrawFn) -> tuple[Field, Any]:
    """A field and a value for it."""
    one = draw(st.sampled_from(list(fields())))
    return one, draw(BY_KIND[one.spec.kind])


def records() -> st.SearchStrategy[Record]:
    """Declarations with marks."""
    return st.builds(Record, declarations(), MARKS)
