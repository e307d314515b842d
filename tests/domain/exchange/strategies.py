"""Records of every kind for property tests: what the codec would accept, odd texts included."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from domain.changes import Record
from domain.fields import Kind
from domain.framework import framework
from domain.model import Declaration, Indicator, fields
from domain.project import Coded
from domain.text import clean, one_line

ODD = st.sampled_from(
    [
        "项目名称", "项目名称*：", "备注：", "一级指标", "三级指标", "年度目标值", "<p>甲</p>", "<3%", "a<b>c",
        "&amp;", "&", "|", "||", "## 2020", "2020", "年份（2020）", "是", "=1+1", "'=1", "-", "+5", "@x",
        "*粗*", "**粗**", "\\", "\\|", "`x`", "投入管理", "数量", "产出目标", "产出指标", "成本", "其他",
        "经常性", "经常性项目", "[30207]邮电费", "[1]a, [2]b", "24.63", "　　缩进", "  两格", "1. 甲", "- 乙",
        "> 丙", "项目性质：乙", "指标体系", "部门项目支出预算绩效目标下达表", "&nbsp;", "<br>", "”",
        "主管部门：", "其它：", "\"引号\"", "甲\"乙", ",", "，", ";", "总目标：做成", "第一段\n第二段",
        "第一段\n\n第三段", "#N/A", "1e5", "007", "True", "_x000D_",
    ]
)  # fmt: skip
CHARS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cf"), exclude_characters="\ufffe\uffff")
TEXT = st.one_of(
    st.just(""),
    ODD,
    st.text(CHARS, max_size=30),
    st.text("一二三四五项目名称：:*、 <>p/&[]|=\n", max_size=30),
    st.lists(ODD, min_size=2, max_size=3).map("".join),
    st.lists(ODD, min_size=2, max_size=3).map("\n".join),
)
LONG = TEXT.map(lambda text: clean(text) if clean(text).strip() else "")
LINE = TEXT.map(one_line)
CODED = st.builds(Coded, LINE, LINE)
MONEY = st.one_of(
    st.decimals(min_value=-1000, max_value=10**9, places=2, allow_nan=False, allow_infinity=False),
    st.decimals(min_value=0, max_value=10**14, places=6, allow_nan=False, allow_infinity=False),
    st.integers(min_value=0, max_value=10**15).map(Decimal),
)
KINDS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.YEAR: st.one_of(st.none(), st.integers(1990, 2100), st.integers(-99, 99999)),
    Kind.TEXT: LINE,
    Kind.LONG: LONG,
    Kind.CHOICE: st.one_of(st.sampled_from(["", "经常性项目", "一次性项目", "阶段性项目", "经常性", "一次性"]), LINE),
    Kind.CODED: st.one_of(st.none(), CODED),
    Kind.SUBJECTS: st.lists(CODED, max_size=3).map(tuple),
    Kind.YES_NO: st.sampled_from([None, True, False]),
    Kind.DATE: st.one_of(st.none(), st.dates(datetime.date(1000, 1, 1))),
    Kind.MONEY: st.one_of(st.none(), MONEY),
    Kind.PHONE: LINE,
}
SLOTS = st.sampled_from([slot.key for slot in framework().slots])
ROWS = st.one_of(
    st.builds(lambda slot, name, target: Indicator(*slot, name, target), SLOTS, LINE, LINE),
    st.builds(Indicator, LINE, LINE, LINE, LINE),
)


@st.composite
def declarations(draw: st.DrawFn) -> Declaration:
    """Any declaration that a record file can hold."""
    declaration = Declaration()
    for one in fields():
        if draw(st.booleans()):
            declaration = declaration.replace(one.path, draw(KINDS[one.spec.kind]))
    rows = tuple(draw(st.lists(ROWS, max_size=6)))
    frame = draw(st.sampled_from(["xiada-2020"] * 4 + ["national-2021", "别的体系", "<p>"]))
    return Declaration(declaration.project, declaration.funding, declaration.narrative, rows, frame)


def records() -> st.SearchStrategy[Record]:
    """Any record without marks."""
    return st.builds(Record, declarations())
