"""The quick finder of initials against the plain one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import pinyin

TEXTS = st.text("资金到位率重庆行长乐热线（）“”、 2020abC_-·", max_size=12)
QUERIES = st.text("zjdwlcqhxr2aB", min_size=2, max_size=4)


@given(TEXTS, QUERIES)
def test_the_finder_finds_what_matches_finds(text, query):
    assert pinyin.finder(query)(text) == (pinyin.matches(query, pinyin.keys(text)) is not None)


@pytest.mark.parametrize(
    ("query", "text"), [("zjdwl", "预算资金到位率"), ("cq", "重庆"), ("zq", "重庆"), ("rx", "热（线）")]
)
def test_initials(query, text):
    assert pinyin.finder(query)(text)
    assert not pinyin.finder(query + "z")(text)
