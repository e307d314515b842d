"""Odd, huge and hostile forms: every rule answers, none raises, and none takes long."""

from __future__ import annotations

import datetime
import time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.case import case_for
from domain.model import Declaration, Funding, Indicator, Narrative, Project
from domain.project import Coded
from domain.reading import Reader
from domain.review import review

PIECES = (
    "《",
    "》",
    "〔2020〕3号",
    "1、",
    "元",
    "*12个月=",
    "143个村居",
    "已实施",
    "2月30日前",
    "<p>",
    "率",
    "%",
    ">=",
    "万",
    "、",
    "。",
    "\n",
    "舆情",
    "－",
    "1e9",
    "٣",
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=14).map("".join)
names = st.sampled_from(
    ("overview", "basis", "necessity", "measures", "plan", "overall_goal", "annual_goal", "remarks")
)
slots = st.sampled_from(
    (
        ("产出目标", "数量"),
        ("产出目标", "质量"),
        ("产出目标", "时效"),
        ("产出目标", "成本"),
        ("效果目标", "满意度"),
        ("无此", "格子"),
    )
)
rows = st.lists(st.builds(lambda slot, name, target: Indicator(*slot, name, target), slots, texts, texts), max_size=6)
money = st.none() | st.decimals(min_value=-5, max_value=10**9, places=2)
days = st.none() | st.dates(min_value=datetime.date(1990, 1, 1), max_value=datetime.date(2100, 1, 1))
declarations = st.builds(
    lambda texts, rows, amounts, start, end, name, code: Declaration(
        Project(
            year=2020,
            name=name,
            nature="经常性项目",
            economic_subjects=(Coded(code, name),),
            filler=name,
            phone=code,
            start_date=start,
            end_date=end,
            procurement=True,
            five_expenses=False,
        ),
        Funding(*amounts),
        Narrative(**texts),
        tuple(rows),
    ),
    st.dictionaries(names, texts),
    rows,
    st.tuples(money, money, money, money),
    days,
    days,
    texts,
    texts,
)


@given(declarations)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_no_rule_raises(reader: Reader, declaration: Declaration) -> None:
    outcome = review(case_for(declaration, reader))
    assert 0 <= outcome.total <= 100
    for one in outcome.findings:
        assert one.text
        assert one.key


@pytest.mark.parametrize(
    "piece",
    ["1", "《", "<p", "< ", "采购", "1、", "2月", "（", "已实施", "不含", " ", "\n", "10元*", "[2020]", "a", "一是"],
)
def test_long_texts_take_no_long_time(piece: str) -> None:
    """The rules' own patterns; the reader's are its own matter."""
    text = (piece * 4000)[:4000]
    narrative = Narrative(text, text, text, text, text, text, text, text)
    declaration = Declaration(Project(year=2020, name=text[:100]), narrative=narrative)
    start = time.process_time()
    review(case_for(declaration))
    assert time.process_time() - start < 1


def test_a_table_of_thousands_takes_no_long_time(reader: Reader) -> None:
    slots = (("产出目标", "数量"), ("产出目标", "质量"), ("效果目标", "社会效益"))
    rows = tuple(Indicator(*slots[at % 3], f"第{at}项完成率", f"{at % 90}%") for at in range(3000))
    start = time.process_time()
    review(case_for(Declaration(Project(year=2020), Funding(requested=Decimal(10)), indicators=rows), reader))
    assert time.process_time() - start < 10
