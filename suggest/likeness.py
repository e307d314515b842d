"""How alike two indicator names are (同义判断): the same name, the same kind of measure, the same idea said twice."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from domain.patterns import HAN, later
from suggest.lexicon import lexicon

_MARKS = later(r"[（(][^）)]*[）)]|[\s“”\"'《》、，,。．.:：;；*＊_\-—/·]")
_COUNT_ENDING = later(r"(?:情况|数量|数目|总数|个数|发生数|起数)$")

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

_QUALIFIERS = later(
    r"受益|受惠|直接|广大|人民|周边|沿线|参训|参培|培训|受训|受助|补助|救助|补贴|服务|享受|受扶持|扶持|辖区内?|参加|项目|本|相关|有关|社会|各|"
    r"区域|工程|年度|提供|被|农村|工作"
)
_IN_TIME = later(rf"(?:按期|按时|如期|按计划)({HAN}{{0,3}})率$")
"""A rate of what is done in time by another name: 项目按期完成率 is 项目完成及时率."""
_DONE = later(r"任务|计划|(?:完成|完工|竣工|实施)$")
"""What a rate of timeliness may say of what is in time without telling more."""
_CHANGE = later(r"(?:维护|保障|提升|提高|改善|完善|增强|优化|稳定|加强|促进)+$")
"""How a judged state is said to change: 公平正义维护情况, 公平正义保障情况."""
_TAUGHT = later(r"^(?:参训|参培|受训|培训)")
"""Before those who are trained, whatever they are called: 参训学员, 参培人员."""
_ANY_THINGS = ("采购", "工程", "服务")
"""More words that a name may begin with without telling of what it speaks."""
_OF_EACH = ("满意度", "满意率", "及时率", "完成时间", "时间")
"""Measures that a project may well have in general and of one thing."""
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
    "使用者": "人员",
    "参与者": "人员",
    "参加者": "人员",
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


_UNSAID = {"人数": ("对象",), "及时率": ("资金发放", "发放"), "标准": ("", "人均")}
"""What is left of a name that does not say which allowance is paid, by measure: 补助对象人数, 补助资金发放及时率, 人均补助标准."""
_SAID_OF = {
    "人数": later(r"发放人数$"),
    "及时率": later(r"发放及时[率性]$"),
    "标准": later(r"(?:补助|补贴|津贴|补偿|奖励|资助|救助|慰问).*标准$"),
}
"""How names end that do say it."""


class Shape(NamedTuple):
    """What is compared of a name: its normal form, characters, character pairs, ending, its group, of whom and of what it speaks."""

    normal: str
    letters: str
    bigrams: frozenset[str]
    suffix: str
    group: str
    entity: str
    general: str
    """What is left behind a general word for things: 购置数 of 设备购置数量; "" where it begins otherwise."""


@lru_cache(maxsize=20_000)
def shape(name: str) -> Shape:
    """The shape of a name."""
    bare = _MARKS.sub("", name)
    plain = _COUNT_ENDING.sub("数", bare)
    pairs = frozenset(plain[at : at + 2] for at in range(len(plain) - 1)) or frozenset((plain,))
    ending = next((one for one in SUFFIXES if bare.endswith(one)), "")
    measured = _IN_TIME.sub(r"\1及时率", bare)
    measure = ending if measured == bare else "及时率"
    whom = _QUALIFIERS.sub("", measured.removesuffix(measure))
    if measure == "及时率":
        whom = _DONE.sub("", whom)
    elif measure == "情况":
        whom = _CHANGE.sub("", whom)
    if measure == "满意度" and _TAUGHT.search(bare):
        whom = "学员"
    entity = next((known for last, known in _ENTITY.items() if whom.endswith(last)), whom)
    head = next((word for word in (*lexicon().things, *_ANY_THINGS) if plain.startswith(word)), "")
    general = plain.removeprefix(head) if head and measure not in _OF_EACH else ""
    return Shape(plain, "".join(sorted(plain)), pairs, ending, _GROUP.get(measure, measure), entity, general)


def _is_unsaid(one: Shape, other: Shape) -> bool:
    """Whether one measures of any allowance what the other measures of the project's own: 人均补助标准, 高龄津贴标准."""
    return one.entity in _UNSAID.get(one.group, ()) and bool(_SAID_OF[one.group].search(other.normal))


def _ends_with(one: Shape, general: str) -> bool:
    """Whether a name says of particular things what another says of things in general."""
    return len(general) > 2 and len(one.normal) > len(general) and one.normal.endswith(general)


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


@lru_cache(maxsize=20_000)
def things(name: str) -> str:
    """The things that a name counts, what is done with them left out: 查询平台购置数量 → 查询平台."""
    thing = name.removesuffix(suffix(name))
    while ending := next((size for size in (4, 3, 2) if thing[-size:] in lexicon().actions), 0):
        thing = thing[:-ending]
    return thing


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
    if _ends_with(second, first.general) or _ends_with(first, second.general):  # 设备购置数量, 除颤仪购置数量
        return True
    if first.group != second.group:
        return _dice(first, second) >= 0.8
    a, b = first.entity, second.entity
    if a == b or _is_unsaid(first, second) or _is_unsaid(second, first):
        return True
    alike = _dice(first, second)
    if alike >= 0.75:
        return True
    if first.group == "满意度":
        return False
    return alike >= 0.5 and bool(a) and bool(b) and (a.endswith(b) or b.endswith(a))
