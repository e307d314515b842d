"""The rows of the first screen (主屏): records, and ways to begin."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from domain.records.catalog import Info
from tui import keymap
from tui.widgets.look import columns, cut_middle


class Way(NamedTuple):
    """A row under the records: a way to begin, with the action that it stands for."""

    action: str
    text: str


WAYS = (
    Way("new", "＋ 新填一张表"),
    Way("draft", "＋ 有项目说明的：贴进来，先拟一稿"),
    Way("import", "＋ 有去年的表的：导入，再结转到今年"),
    Way("learn", "＋ 第一次填的：两分钟导览、课程和练习"),
)
"""All are offered where there is no record yet, afterwards the first alone."""

NARROW = 72
"""Columns below which a record's row says less, so that the name has room."""


def way_text(way: Way) -> str:
    """A way to begin on one row, with its key."""
    return f"{way.text}　{keymap.shown(f'home.{way.action}')}"


def row_text(info: Info, width: int) -> str:
    """A record on one row: year, name, amount, how complete, when changed."""
    if width < NARROW:
        return _short_row(info, width)
    name_width = max(10, width - 47)
    widths = [4, name_width, 12, 15, 11]
    if info.problem:
        return columns(["损坏", info.stem, info.problem, "", ""], [4, name_width, 39, 0, 0], gap=1)
    if info.draft:
        return columns(["草稿", info.stem, "", "未存成文件", when(info.changed)], widths)
    done = f"{info.filled}/{info.asked}项 {info.rows}指标"
    amount = f"{info.amount}万元" if info.amount else "金额未填"
    name = cut_middle(info.name or info.stem.removeprefix(f"{info.year}-"), name_width)
    return columns([str(info.year or "----"), name, amount, done, when(info.changed)], widths)


def _short_row(info: Info, width: int) -> str:
    """A record on a row of a narrow window: no amount, no time, so that its name can be read."""
    kind = "损坏" if info.problem else "草稿" if info.draft else str(info.year or "----")
    state = info.problem or ("未存成文件" if info.draft else f"{info.filled}/{info.asked}项")
    return columns([kind, cut_middle(info.name or info.stem, width - 17), state], [4, width - 17, 11])


def when(changed: float) -> str:
    """A time as month, day and minute; "" for none, and for one that no calendar has."""
    try:
        return datetime.datetime.fromtimestamp(changed).strftime("%m-%d %H:%M") if changed else ""
    except (ValueError, OverflowError, OSError):
        return ""
