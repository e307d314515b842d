"""One entry (指标) of the indicator library as a reference sheet, and the closed lists of words that its fields take."""

from __future__ import annotations

from typing import NamedTuple

from domain.patterns import later

SCHEMA_VERSION = 1
"""Version of the library file's shape, written at its top."""

SECTORS = tuple(
    (
        "通用 信息化与网络 线路与设备租赁 通信费 热线与网格 设备购置 房屋与道路工程 维修 培训 会议 宣传 课题 规划编制 "
        "委托服务 劳务 补助补贴发放 物业 环卫 绿化 教育 卫生 社保 就业 养老 民政救助 农业 水利 林业 渔业 乡村振兴 科技 "
        "文化 体育 旅游 交通 公安 消防 司法 应急 市场监管 统计 档案 审计 环保 住建 国土 招商 党建 人才"
    ).split()
)
"""Sectors (领域) in the order of the library file."""

PURPOSES = ("购置", "租赁", "运维", "工程", "培训", "会议", "宣传", "课题", "补助", "委托", "人员", "奖励")
"""Purposes of money (资金用途)."""

GAPS = ("对象", "工程", "服务", "系统", "活动", "成果", "补助", "人员", "服务对象", "区域")
"""Gaps (模板空位) that a template's name may have, written {对象}."""

GAP_EXAMPLES = {
    "对象": "光纤",
    "工程": "道路改造",
    "服务": "保洁服务",
    "系统": "业务系统",
    "活动": "业务培训",
    "成果": "课题报告",
    "补助": "救助金",
    "人员": "网格员",
    "服务对象": "群众",
    "区域": "村居",
}
"""A noun for each gap, to read a template's name with."""

KINDS = ("quantitative", "qualitative")
OPERATORS = ("=", ">=", "<=", ">", "<")
DIRECTIONS = ("more", "less", "exact", "judged")
BASES = ("计划标准", "历史标准", "行业标准", "预算支出标准")
SOURCES = ("published", "practice", "own")

_GAP = later(r"\{([^{}]*)\}")


class Entry(NamedTuple):
    """A level-3 indicator's reference sheet; docs/library.md explains every field."""

    id: str
    level1: str
    level2: str
    name: str
    template: bool
    keywords: tuple[str, ...]
    synonyms: tuple[str, ...]
    sectors: tuple[str, ...]
    purposes: tuple[str, ...]
    kind: str
    operator: str
    target: str
    unit: str
    direction: str
    definition: str
    formula: str
    basis: tuple[str, ...]
    basis_note: str
    evidence: tuple[str, ...]
    mistake: str
    national: str
    source: str
    retired: bool = False
    use_instead: str = ""

    @property
    def slot(self) -> tuple[str, str]:
        """(level 1, level 2)."""
        return (self.level1, self.level2)

    @property
    def target_text(self) -> str:
        """The typical target as it would be typed: =147条, <=6月底, 健全; "" where only the project knows it."""
        return f"{self.operator}{self.target}{self.unit}" if self.target else ""


FIELDS = Entry._fields
"""Keys of an entry in the order in which they are written."""
OPTIONAL = ("retired", "use_instead")
REQUIRED = tuple(name for name in FIELDS if name not in OPTIONAL)


def gaps_of(name: str) -> list[str]:
    """The gaps in a name: {对象}租用数量 → ["对象"]."""
    return _GAP.findall(name)


def without_gaps(name: str) -> str:
    """The name's fixed words: {对象}租用数量 → 租用数量."""
    return _GAP.sub("", name)


def shown(name: str) -> str:
    """The name as people read it, its gaps in the brackets of forms: {对象}租用数量 → 〔对象〕租用数量."""
    return _GAP.sub(r"〔\1〕", name)


def filled(name: str) -> str:
    """The name with each gap filled by its example noun; an unknown gap keeps its own word."""
    return _GAP.sub(lambda match: GAP_EXAMPLES.get(match[1], match[1]), name)
