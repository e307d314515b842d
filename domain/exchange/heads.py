"""The heads of the indicator table's columns (表头), whatever their wording and the brackets behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.exchange.labels import normal

LEVEL1, LEVEL2, NAME, TARGET = "一级指标", "二级指标", "三级指标", "年度目标值"
HEADER = (LEVEL1, LEVEL2, NAME, TARGET)
"""The column heads of the form's own table."""

_COLUMNS: dict[str, str] = {
    LEVEL1: "level1", LEVEL2: "level2", NAME: "name", TARGET: "target",
    "三级指标名称": "name", "指标名称": "name", "指标内容": "name", "绩效指标名称": "name",
    "目标值": "target", "指标值": "target", "年度指标值": "target", "年度(项目)指标值": "target", "年度绩效指标值": "target",
    "指标目标值": "target", "年度目标": "target", "计算符号": "operator", "计量单位": "unit", "运算符号": "operator", "单位": "unit",
    "序号": "serial", "权重": "weight", "权重(分值)": "weight", "指标权重": "weight", "分值": "weight", "指标分值": "weight",
    "分值(权重)": "weight", "权重分值": "weight", "权重(%)": "weight",
    "指标解释": "explained", "指标值说明": "explained", "指标说明": "explained",
}  # fmt: skip
_HEADS = {normal(head): column for head, column in _COLUMNS.items()}
_BEHIND_HEAD = re.compile(r"[（(][^（）()]{1,12}[)）]\s*$")
"""What stands in brackets behind a head: 一级指标（分值）."""


def is_header(cells: Iterable[str]) -> bool:
    """Whether a row is the table's head."""
    heads = [column_of(cell) for cell in cells if len(cell) < 20]
    return "name" in heads and ("level2" in heads or "level1" in heads or "target" in heads)


def column_of(cell: str) -> str | None:
    """The column that a cell of the head names."""
    return _HEADS.get(normal(cell)) or _HEADS.get(normal(_BEHIND_HEAD.sub("", cell)))


def is_head_cell(cell: str) -> bool:
    """Whether a cell is one of the head's."""
    return column_of(cell) is not None


def is_head(cell: str) -> bool:
    """Whether a line is the first cell of the table's head standing alone, as where every cell has its own line."""
    return normal(cell) == LEVEL1
