"""How alike two indicator names are (同义判断): the same name, the same kind of measure, the same idea said twice."""

from __future__ import annotations

import re
from functools import lru_cache

_MARKS = re.compile(r"[（(][^）)]*[）)]|[\s“”\"'《》、，,。．.:：;；*＊_\-—/·]")
_COUNT_ENDING = re.compile(r"(?:情况|数量|数目|总数|个数)$")

SUFFIXES = tuple(
    sorted(
        "满意度 满意率 合格率 达标率 准确率 精准率 符合率 及时率 及时性 按期率 完成率 到位率 执行率 覆盖率 知晓率 利用率 使用率 控制率 健全性 合规性 规范性 完备性 完整性 有效性 "
        "合理性 充分性 明确性 故障率 差错率 办结率 解决率 整改率 响应时间 修复时间 完成时间 完工时间 开工率 完工率 验收率 通过率 结业率 成活率 完好率 单价 标准 总成本 成本 费用 "
        "总额 控制数 人数 人次 户数 户次 次数 场次 班次 期数 天数 面积 长度 里程 机制 收入 就业 投诉 年限 时间 时限 比例 占比 增长率 下降率 节约率 参与率 运行率 发放率 数量 数 率 量 性 度 情况".split(),
        key=len,
        reverse=True,
    )
)
"""How indicator names end, longest first: what is measured."""

_QUALIFIERS = re.compile(
    r"受益|受惠|直接|广大|人民|周边|沿线|参训|参培|培训|受训|受助|补助|救助|补贴|服务|享受|受扶持|扶持|辖区内?|参加|项目|本|相关|有关|社会|各|区域|工程|年度|提供|被|农村|工作"
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


@lru_cache(maxsize=20_000)
def normal(name: str) -> str:
    """The name without brackets and marks; 数量, 情况 and the like at the end become 数."""
    return _COUNT_ENDING.sub("数", _MARKS.sub("", name))


@lru_cache(maxsize=20_000)
def bigrams(name: str) -> frozenset[str]:
    """Two-character pieces of the normal name."""
    text = normal(name)
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset((text,))


def dice(one: str, other: str) -> float:
    """Share of two-character pieces that two names have in common, 0 to 1."""
    a, b = bigrams(one), bigrams(other)
    return 2 * len(a & b) / (len(a) + len(b))


@lru_cache(maxsize=20_000)
def suffix(name: str) -> str:
    """What is measured: 群众满意度 → 满意度; "" where the name ends otherwise."""
    bare = _MARKS.sub("", name)
    return next((ending for ending in SUFFIXES if bare.endswith(ending)), "")


@lru_cache(maxsize=20_000)
def subject(name: str) -> str:
    """What it is measured of, qualifiers left out: 受益群众满意度 → 群众."""
    bare = _MARKS.sub("", name)
    return _QUALIFIERS.sub("", bare.removesuffix(suffix(name)))


_SAME = (frozenset(("及时率", "及时性", "按期率")), frozenset(("人数", "人次", "户数")), frozenset(("总成本", "总额", "成本", "费用", "控制数")),
         frozenset(("数量", "数", "量")), frozenset(("满意度", "满意率")), frozenset(("合格率", "达标率", "通过率", "验收率")),
         frozenset(("完成时间", "时间", "完工时间", "时限")), frozenset(("准确率", "精准率", "符合率")))  # fmt: skip


def same_measure(one: str, other: str) -> bool:
    """Whether two names measure in the same way."""
    a, b = suffix(one), suffix(other)
    return a == b or any(a in group and b in group for group in _SAME)


def same_idea(one: str, other: str) -> bool:
    """Whether a reader would take two names for the same indicator."""
    if normal(one) == normal(other):
        return True
    alike = dice(one, other)
    if not same_measure(one, other):
        return alike >= 0.8
    if alike >= 0.75:
        return True
    a, b = _entity(subject(one)), _entity(subject(other))
    if a == b:
        return True
    if suffix(one) in ("满意度", "满意率"):
        return False
    return bool(a) and bool(b) and (a.endswith(b) or b.endswith(a)) and alike >= 0.5


def _entity(word: str) -> str:
    return next((known for ending, known in _ENTITY.items() if word.endswith(ending)), word)
