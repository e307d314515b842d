"""Reasons as people give them (评审理由): numbers of the options, ids of rules, or their own words for what is wrong."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from domain.review import Finding, Rule
from domain.training.answers import as_text, flat
from domain.training.material import Material
from domain.training.picks import picks

_NOTHING = re.compile(
    r"(?:0|无|没有|没有错|没错|没问题|没有问题|没有毛病"
    r"|(?:全|都|全都|全部|每条都?)(?:守住|对|合规|没问题|没错)了?)[。.]?"
)
_FILLING = re.compile(
    r"没有|没写|没填|不够|不是|应当|应该|这个|这张|这条|里面|其中|存在|问题|错误|指标|项目|填写|写了|写的|写成|有点|太过"
    r"|[的了是在里和与也很被把还吗呢没不未]"
)
"""Words that reasons are full of and that tell nothing apart."""
_ALSO = {
    "R1": "栏目空着 漏填",
    "R17": "日期跨年 超出年度",
    "R19": "元当成万元 单位错",
    "R26": "算错 乘错 结果不对",
    "R27": "合计对不上 金额不符 总数和申请对不上",
    "R28": "怎么算出来 没有测算 按实际支出",
    "R41": "数量对不上 数字不一致",
    "R42": "数字没有出处 数量对不上",
    "R50": "制度没有点名 没有具体制度 制度空泛 没写制度",
    "R51": "看不到月份 没有时间节点",
    "R52": "文字放错栏 写错栏 错位 段落放错 内容串栏",
    "R53": "两段一样 照抄 重复",
    "R57": "动词打头 不是名词 名称不规范",
    "R61": "放错格 不是质量",
    "R62": "放错格 不是社会效益",
    "R63": "放错格 放错位置",
    "R67": "空话 没法核对 含糊",
    "R69": "方向写反 符号反",
}
"""Words that people have for a rule and that it does not use itself."""
_BROKEN = re.compile(
    r"(?:这?几?[条处]规?[矩则]?)?(?:[都均]?(?:没有?(?:守住|做到)|不对|错了|不合规)|(?<!没)有问题|(?<!没)有错)[。.]?$"
)
"""What may follow the numbers: 第1、7条没守住."""
_ID = re.compile(r"(?:[Rr]|规则)\s*(\d{1,3})(?!\d)")
ALIKE = 0.34
"""From this weighted share of common pairs of characters on, a reason means a rule."""


def named_rules(
    material: Material, answer: Any, options: Sequence[str], found: Sequence[Finding] = ()
) -> tuple[list[str], list[str]]:
    """The rules that an answer names, and the pieces that were not understood.

    A piece is a number of the options shown, an id (R57, or 57 where no such option is shown), or own words that share enough
    with a rule's title, its advice or what it found.
    """
    reader = _Reader(material, options, found)
    named: list[str] = []
    unknown: list[str] = []
    for piece in _pieces(answer):
        rules = reader.read(piece)
        if rules is None:
            unknown.append(piece)
        else:
            named.extend(rules)
    return list(dict.fromkeys(named)), unknown


def _pieces(answer: Any) -> list[str]:
    """The sentences of an answer; a list's items as they are."""
    items = [as_text(item) for item in answer] if isinstance(answer, list | tuple) else [as_text(answer)]
    numbers = picks([_BROKEN.sub("", item) for item in items])
    if numbers is not None:
        return [str(number) for number in numbers if number]
    pieces = [piece.strip() for item in items for piece in re.split(r"[;；。!！\n]+", item)]
    return [piece for piece in pieces if piece and not _NOTHING.fullmatch(piece)]


class _Reader:
    def __init__(self, material: Material, options: Sequence[str], found: Sequence[Finding]) -> None:
        self._material, self._options = material, options
        rules = [material.rule_by_id[one] for one in options] or list(material.rules)
        messages = {rule.id: "".join(one.hit.message for one in found if one.rule.id == rule.id) for rule in rules}
        self._words = {rule.id: _pairs(_said_of(rule) + messages[rule.id]) for rule in rules}
        spread = Counter(pair for words in self._words.values() for pair in words)
        self._weight = {pair: math.log(1 + len(rules) / count) for pair, count in spread.items()}
        self._new = math.log(1 + len(rules))

    def read(self, piece: str) -> list[str] | None:
        """The rules of one sentence, of its clauses where they speak of several; None where nothing in it is understood."""
        known = [
            identity for one in _ID.findall(flat(piece)) if (identity := f"R{int(one)}") in self._material.rule_by_id
        ]
        if known:
            return known
        clauses = [self._one(clause) for clause in re.split(r"[,，\s]+", piece) if clause]
        apart = [rule for rule in dict.fromkeys(clauses) if rule]
        whole = self._one(piece) if len(apart) < 2 else ""
        return [whole] if whole else apart or None

    def _one(self, piece: str) -> str:
        text = flat(piece)
        numbers = picks(text)
        if numbers is not None:
            return self._numbered(numbers[0]) if len(numbers) == 1 else ""
        leading = re.match(r"第?(\d{1,3})[\s.、:：)条]+", text)
        return self._alike(text) or (self._numbered(int(leading[1])) if leading else "")

    def _numbered(self, number: int) -> str:
        if 1 <= number <= len(self._options):
            return self._options[number - 1]
        return f"R{number}" if f"R{number}" in self._material.rule_by_id else ""

    def _alike(self, text: str) -> str:
        """The rule whose words share the heaviest part of a reason's pairs of characters."""
        pairs = _pairs(text)
        whole = sum(self._weight.get(pair, self._new) for pair in pairs)
        if not whole:
            return ""
        shares = {
            identity: sum(self._weight[pair] for pair in pairs & words) / whole
            for identity, words in self._words.items()
        }
        best = max(shares, key=lambda identity: shares[identity])
        return best if shares[best] >= ALIKE else ""


def _said_of(rule: Rule) -> str:
    return f"{rule.title}。{rule.advice}。{rule.bad}。{_ALSO.get(rule.id, '')}"


def _pairs(text: str) -> set[str]:
    runs = re.findall(r"[\u4e00-\u9fff]+", _FILLING.sub("|", re.sub(r"[三四五六七八九十两]", "", flat(text))))
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
