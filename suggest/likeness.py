"""How alike two indicator names are (同义判断): the same name, the same kind of measure, the same idea said twice."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_MARKS = re.compile(r"[（(][^）)]*[）)]|[\s“”\"'《》、，,。．.:：;；*＊_\-—/·]")
_COUNT_ENDING = re.compile(r"(?:情况|数量|数目|总数|个数|发生数|起数)$")

SUFFIXES = tuple(
    sorted(
        """
        满意度 满意率 合格率 达标率 准确率 精准率 符合率 及时率 及时性 按期率 完成率 到位率 执行率 覆盖率 知晓率 利用率 使用率 控制率
        健全性 合规性 规范性 完备性 完整性 有效性 合理性 充分性 明确性 故障率 差错率 办结率 解决率 整改率 开工率 完工率 验收率 通过率
        结业率 成活率 完好率 增长率 下降率 节约率 参与率 运行率 发放率 响应时间 修复时间 完成时间 完工时间 时间 时限 年限 单价
        标准 总成本 成本 费用 总额 控制数 人数 人次 户数 户次 次数 场次 班次 期数 天数 面积 长度 里程 机制 收入 就业 投诉
        比例 占比 数量 数 率 量 性 度 情况
        """.split(),
        key=len,
        reverse=True,
    )
)
"""How indicator names end, longest first: what is measured."""

_QUALIFIERS = re.compile(
    r"受益|受惠|直接|广大|人民|周边|沿线|参训|参培|培训|受训|受助|补助|救助|补贴|服务|享受|受扶持|扶持|辖区内?|参加|项目|本|相关|有关|社会|各|"
    r"区域|工程|年度|提供|被|农村|工作"
)
_ENTITY = {
    "户": "户",
    "脱贫人口": "户",
    "市民": "民",
    "居民": "民",
    "村民": "民",
    "群众": "民",
    "公众": "公众",
    "学员": "学员",
    "人员": "人员",
    "对象": "对象",
    "者": "人员",
}
"""Groups of people that a name does not set apart: 群众, 居民."""
_SAME = (
    ("及时率", "及时性", "按期率"),
    ("人数", "人次", "户数"),
    ("总成本", "总额", "成本", "费用", "控制数"),
    ("数量", "数", "量"),
    ("满意度", "满意率"),
    ("合格率", "达标率", "通过率", "验收率"),
    ("完成时间", "时间", "完工时间", "时限"),
    ("准确率", "精准率", "符合率"),
)
_GROUP = {ending: row[0] for row in _SAME for ending in row}
"""Endings that measure in the same way, by the first of their row."""


class Shape(NamedTuple):
    """What is compared of a name: its normal form, characters, character pairs, ending, its group, and of whom it speaks."""

    normal: str
    letters: str
    bigrams: frozenset[str]
    suffix: str
    group: str
    entity: str


@lru_cache(maxsize=20_000)
def shape(name: str) -> Shape:
    """The shape of a name."""
    bare = _MARKS.sub("", name)
    plain = _COUNT_ENDING.sub("数", bare)
    pairs = frozenset(plain[at : at + 2] for at in range(len(plain) - 1)) or frozenset((plain,))
    ending = next((one for one in SUFFIXES if bare.endswith(one)), "")
    whom = _QUALIFIERS.sub("", bare.removesuffix(ending))
    entity = next((known for last, known in _ENTITY.items() if whom.endswith(last)), whom)
    return Shape(plain, "".join(sorted(plain)), pairs, ending, _GROUP.get(ending, ending), entity)


def normal(name: str) -> str:
    """The name without brackets and marks; 数量, 情况 and the like at the end become 数."""
    return shape(name).normal


def bigrams(name: str) -> frozenset[str]:
    """Two-character pieces of the normal name."""
    return shape(name).bigrams


def suffix(name: str) -> str:
    """What is measured: 群众满意度 → 满意度; "" where the name ends otherwise."""
    return shape(name).suffix


@lru_cache(maxsize=20_000)
def subject(name: str) -> str:
    """What it is measured of, qualifiers left out: 受益群众满意度 → 群众."""
    return _QUALIFIERS.sub("", _MARKS.sub("", name).removesuffix(suffix(name)))


def dice(one: str, other: str) -> float:
    """Share of two-character pieces that two names have in common, 0 to 1."""
    return _dice(shape(one), shape(other))


def _dice(one: Shape, other: Shape) -> float:
    return 2 * len(one.bigrams & other.bigrams) / (len(one.bigrams) + len(other.bigrams))


def same_idea(one: str, other: str) -> bool:
    """Whether a reader would take two names for the same indicator."""
    first, second = shape(one), shape(other)
    if first.letters == second.letters:  # the same words in any order: 办理案件数量, 案件办理数量
        return True
    if first.group != second.group:
        return _dice(first, second) >= 0.8
    a, b = first.entity, second.entity
    if a == b:
        return True
    alike = _dice(first, second)
    if alike >= 0.75:
        return True
    if first.group == "满意度":
        return False
    return alike >= 0.5 and bool(a) and bool(b) and (a.endswith(b) or b.endswith(a))
