"""Units of targets compared (计量单位): the same unit written differently, and units that convert into one another."""

from __future__ import annotations

import re
from decimal import Decimal

_SAME = {
    "名": "人",
    "位": "人",
    "％": "%",
    "小时/次": "小时",
    "个小时": "小时",
    "时": "小时",
    "钟头": "小时",
    "h": "小时",
    "min": "分钟",
    "块": "元",
    "块钱": "元",
    "元人民币": "元",
    "百分比": "%",
    "个月": "月",
    "工作日": "天",
    "个工作日": "天",
    "日": "天",
    "回": "次",
    "平米": "平方米",
    "平方": "平方米",
    "m2": "平方米",
    "㎡": "平方米",
    "台套": "台",
    "场次": "场",
}
_SCALES = (
    {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)},
    {"分钟": Decimal(1), "小时": Decimal(60), "天": Decimal(1440), "周": Decimal(10_080)},
    {"月": Decimal(1), "季度": Decimal(3), "年": Decimal(12)},
    {"‰": Decimal(1), "%": Decimal(10)},
    {"平方米": Decimal(1), "亩": Decimal("666.67"), "公顷": Decimal(10_000), "万平方米": Decimal(10_000)},
    {"米": Decimal(1), "公里": Decimal(1000)},
    {"人": Decimal(1), "万人": Decimal(10_000)},
)
_JOINED = re.compile(r"(?<![^·])(人次|[人台条部户辆套件])(?=[天日月年](?:·|$))")
"""人天: two divisors written together."""
_NEAR = ({"个", "项"}, {"项", "份"}, {"起", "次", "件", "例", "宗"}, {"场", "次"})
"""Measure words that count the same things: an event is 一起, 一次 or 一件."""


def normal(unit: str) -> str:
    """One spelling for a unit: 元每人每月, 元/人/月 and 元/月·人 are 元/人·月 in the order of the characters."""
    bare = (
        re.sub(r"\s", "", unit)
        .replace("每", "/")
        .replace("•", "·")
        .replace("・", "·")
        .replace(".", "·")
        .strip("/·。，,;；")
    )
    head, *rest = re.split(r"[/·]", bare)
    each = _JOINED.sub(r"\1·", "·".join(rest)).split("·")
    parts = sorted(_SAME.get(part, part) for part in each if part)
    return "/".join([_SAME.get(head, head), *(["·".join(parts)] if parts else [])])


def factor(unit: str, wanted: str) -> Decimal | None:
    """What a number in `unit` is multiplied by to stand in `wanted`; 1 for the same unit, None where they do not convert."""
    one, other = normal(unit), normal(wanted)
    if one == other:
        return Decimal(1)
    head, _, per = one.partition("/")
    wanted_head, _, wanted_per = other.partition("/")
    if per != wanted_per:
        return None
    if head == "万" and wanted_head in ("元", "万元"):
        head = "万元"
    scale = next((scale for scale in _SCALES if head in scale and wanted_head in scale), None)
    return scale[head] / scale[wanted_head] if scale else None


def kind_of_unit(unit: str) -> str:
    """What a unit measures: rate, money, time, person or thing."""
    head = normal(unit).partition("/")[0]
    if head in ("%", "‰"):
        return "rate"
    if head.endswith("元"):
        return "money"
    if head in ("分钟", "小时", "天", "周", "月", "季度", "年"):
        return "time"
    return "person" if head in ("人", "人次") else "thing"


def counts_alike(unit: str, wanted: str) -> bool:
    """Whether two measure words that are not the same count the same things."""
    return any({normal(unit), normal(wanted)} <= words for words in _NEAR)
