"""Checks of the rest of the sheet: true to its slot, words to be found by, texts that say something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.framework import crosswalk, framework
from domain.library.entry import Entry, filled, without_gaps
from domain.library.faults import WARNING, Hit
from domain.model import FRAMEWORK

NATIONAL = "national-2021"

_MISPLACED: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "output.quantity": (
        (re.compile(r"(?<!完成)率$|占比$"), "数量写多少个、多少次；比率多半属于「质量」「时效」或「效果」"),
        (
            re.compile(r"(?:资金|经费|投入|缴费次数|付款|拨付)(?:数|金额|总额|次数)$"),
            "投入的钱不是产出，写到「投入管理」或「成本」",
        ),
    ),
    "output.quality": (
        (re.compile(r"(?:任务|计划|采购|购置|建设|工程)完成率$"), "完成多少属于「数量」"),
        (re.compile(r"及时率$|按时|按期|限时"), "快慢早晚属于「时效」"),
        (re.compile(r"满意"), "意见属于「满意度」"),
        (re.compile(r"制度.*性$|流程.*性$|手续.*性$|程序.*性$"), "手续和制度属于「项目管理」"),
    ),
    "output.timeliness": ((re.compile(r"合格率$|准确率$|满意"), "好坏属于「质量」，意见属于「满意度」"),),
    "output.cost": ((re.compile(r"执行率$|到位率$|支出进度"), "预算执行和到位属于「投入管理」"),),
    "effect.social": (
        (re.compile(r"满意度$|满意率$"), "调查来的意见属于「满意度」"),
        (re.compile(r"故障.*率$|验收合格率$|可用率$|完好率$"), "交付物自己的好坏属于「质量」"),
        (re.compile(r"(?:上报|报告|报送|响应|办理|信息)及时率$"), "自己人办事的快慢属于「时效」"),
    ),
    "effect.environment": ((re.compile(r"办公环境|工作环境|营商环境"), "这里只写排放、能耗、绿化、资源利用"),),
    "effect.satisfaction": ((re.compile(r"^(?!.*(?:满意|安全感)).*$"), "这里只写受益对象经调查得来的满意度"),),
    "input.funding": ((re.compile(r"满意|(?<!次)数量$|单价$"), "这里只写钱的到位和支出"),),
    "input.finance": ((re.compile(r"满意|购置数量|单价$"), "这里只写管钱的规矩和合规"),),
    "input.project": ((re.compile(r"满意|合格率$"), "好坏属于「质量」，意见属于「满意度」"),),
}
"""Role → what its names must not be, and where it belongs (rules 61-63 of the review)."""

_OUTPUT_SYSTEM = re.compile(r"(?:制度|机制)(?:健全|完备|完善)性$")
_GENERIC_KEYWORDS = frozenset("项目 资金 工作 管理 年度 预算 经费 单位 部门 情况 内容 问题 相关 其他 指标 目标".split())
_VAGUE = re.compile(r"进一步|不断提[升高]|显著提[升高]|切实|较好地|有力有效|大力|稳步提升|充分发挥")
_TEXTS = ("definition", "formula", "basis_note", "mistake")
_SHORT = 8


def text_hits(entry: Entry) -> Iterator[Hit]:
    """What is wrong with slot, words and texts of an entry."""
    yield from _slot_hits(entry)
    yield from _word_hits(entry)
    for key in _TEXTS:
        text: str = getattr(entry, key)
        if len(text) < _SHORT:
            yield Hit(key, "thin-text", f"{key} 太短（{text}），说清数什么、怎么算、去哪里查。", WARNING)
        elif not text.endswith(("。", "）", "”")):
            yield Hit(key, "no-full-stop", f"{key} 要是完整的句子，以句号收尾。", WARNING)
        if vague := _VAGUE.search(text):
            yield Hit(key, "vague-text", f"{key} 里“{vague[0]}”是空话，换成看得见、数得出的说法。", WARNING)
    if entry.retired and not entry.use_instead:
        yield Hit("retired", "retired-alone", "停用的指标最好写 use_instead，指明改用哪一条。", WARNING)
    if entry.use_instead and not entry.retired:
        yield Hit(
            "use_instead", "not-retired", "写了 use_instead 就要写 retired = true；还在用的指标请删去 use_instead。"
        )


def _slot_hits(entry: Entry) -> Iterator[Hit]:
    slot = framework().slot(entry.level1, entry.level2)
    if slot is None:
        return
    name = without_gaps(entry.name)
    for pattern, advice in _MISPLACED.get(slot.role, ()):
        if pattern.search(name):
            yield Hit("level2", "wrong-slot", f"“{entry.name}”不像「{slot.level2}」：{advice}。")
    if slot.role.startswith("output.") and _OUTPUT_SYSTEM.search(name):
        yield Hit("level2", "wrong-slot", f"“{entry.name}”是制度机制，不是产出；写到「项目管理」或「长效管理」。")
    crossing = crosswalk(FRAMEWORK, NATIONAL).get(slot.role)
    wanted = f"{crossing.level1}/{crossing.level2}" if crossing and crossing.level1 else ""
    if entry.national != wanted:
        yield Hit("national", "national", f"「{slot.level2}」对应全国口径“{wanted}”，这里写的是“{entry.national}”。")


def _word_hits(entry: Entry) -> Iterator[Hit]:
    generic = [word for word in entry.keywords if word in _GENERIC_KEYWORDS or len(word) < 2]
    if len(entry.keywords) - len(generic) < 3:
        message = f"关键词 {'、'.join(generic)} 太泛，什么项目都会撞上；至少写 3 个只有这类项目才会出现的词。"
        yield Hit("keywords", "missing-keywords", message)
    for key in ("keywords", "synonyms", "sectors", "purposes", "basis", "evidence"):
        words: tuple[str, ...] = getattr(entry, key)
        if repeated := next((word for word in words if words.count(word) > 1), ""):
            yield Hit(key, "repeated-word", f"{key} 里“{repeated}”写了两遍。")
    if entry.name in entry.synonyms or filled(entry.name) in entry.synonyms:
        yield Hit("synonyms", "own-synonym", "同义名里不用再写指标自己的名称。")
