"""Rules as the course uses them (规则与练习): which fire on a form, the question behind each, a defect made and checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.model import Declaration
from domain.review import Finding, Rule, Severity, Test
from domain.review import findings as rule_findings
from domain.training.answers import flat
from domain.training.exercise import ExerciseError, Seed
from domain.training.material import Material

NOT_TAUGHT = frozenset({"R11", "R52", "R54", "R74", "R75"})
"""Rules that look at other forms or at an export, and two whose defect always breaks several other rules too."""
MAX_SIDE_EFFECTS = 2
"""A defect that makes more other rules fire than this is too coarse for an exercise."""

_OF_TEST: Mapping[Test, str] = {
    Test.COMPLETENESS: "该有的有没有，说清楚了没有？",
    Test.RELEVANCE: "文字、指标、职责说的是不是同一件事？",
    Test.ADEQUACY: "做的事和要的钱配不配，数算不算得拢？",
    Test.FEASIBILITY: "凭什么说做得成，时间和制度在哪里？",
}
_OF_RULE: Mapping[str, str] = {
    "R4": "这笔钱是怎么算出来的，单价是多少？",
    "R6": "谁直接得到服务，问过他们没有？",
    "R9": "资产台账上会不会多出一笔？",
    "R27": "单价乘数量乘期数，加起来是不是要的那笔钱？",
    "R41": "范围里的每个数，数量指标里找得到吗？",
    "R42": "数量指标的每个数，文字里有出处吗？",
    "R44": "年度目标里有没有一个能核对的数？",
    "R47": "拿得出哪一份文件？",
    "R50": "靠哪一项制度，谁来盯？",
    "R51": "几月做什么，什么时候付款？",
    "R57": "去掉动词，剩下的还是不是一把尺子？名称应当是名词。",
    "R58": "一件做到、一件没做到，这条算完成吗？",
    "R59": "名称的结尾要的是百分数、量词，还是判断词？",
    "R60": "中心词和单位连起来念得通吗？",
    "R61": "问的是多少、多快、手续，还是好不好？只有好不好归质量。",
    "R62": "变化是在自己的东西上，还是在别人身上？",
    "R63": "说的是管理手续，还是交出来的东西？",
    "R64": "名称的词和目标值的词配不配？健全性配健全，合规性配合规。",
    "R66": "多快才算及时？写得出日期或时限吗？",
    "R67": "说没做到，别人有没有办法反驳？",
    "R68": "分子能不能比分母大？",
    "R69": "这个数越大越好，还是越小越好？",
}


def question_of(rule: Rule) -> str:
    """The test question behind a rule."""
    return f"检验问句：{_OF_RULE.get(rule.id) or _OF_TEST[rule.test]}"


def found_in(material: Material, declaration: Declaration) -> list[Finding]:
    """Every finding on a form, without fixes."""
    return rule_findings(material.case(declaration), fixes=False)


def weights(findings: Iterable[Finding]) -> dict[str, Severity]:
    """The rules that fire, each with its heaviest finding."""
    heaviest: dict[str, Severity] = {}
    for one in findings:
        heaviest[one.rule.id] = min(heaviest.get(one.rule.id, one.severity), one.severity, key=Severity.order)
    return heaviest


def counted(findings: Iterable[Finding]) -> list[str]:
    """The rules that fire as error or warning, the ones a reviewer must name."""
    return [rule for rule, weight in weights(findings).items() if weight is not Severity.INFO]


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A form with defects made on purpose, and the rules that were broken, in the order in which it was done."""

    declaration: Declaration
    rules: tuple[str, ...]


def spoil(material: Material, declaration: Declaration, rule: Rule, seed: Seed) -> Declaration | None:
    """The form with one rule broken; None where the rule's inject has nothing to break here, or too much breaks with it."""
    before = set(counted(found_in(material, declaration)))
    if rule.id in before:
        return None
    spoiled = rule.inject(material.case(declaration), seed.rng(rule.id))
    if spoiled is None or spoiled == declaration:
        return None
    after = counted(found_in(material, spoiled))
    aside = set(after) - before - {rule.id}
    return spoiled if rule.id in after and before <= set(after) and len(aside) <= MAX_SIDE_EFFECTS else None


def spoil_with(material: Material, declaration: Declaration, rules: Sequence[Rule], count: int, seed: Seed) -> Spoiled:
    """The form with `count` of the rules broken, in the given order of preference, fewer where no more fit together."""
    broken: list[str] = []
    for rule in rules:
        if len(broken) >= count:
            break
        spoiled = spoil(material, declaration, rule, seed)
        if spoiled is not None:
            declaration = spoiled
            broken.append(rule.id)
    return Spoiled(declaration, tuple(broken))


def taught(material: Material) -> tuple[Rule, ...]:
    """The rules that exercises are made from: those that weigh something on a practice form."""
    return tuple(rule for rule in material.rules if rule.id not in NOT_TAUGHT and rule.severity is not Severity.INFO)


def rule_of(material: Material, identity: str) -> Rule:
    """A rule by id; raises ExerciseError."""
    try:
        return material.rule_by_id[identity]
    except KeyError:
        raise ExerciseError(f"没有编号为“{identity}”的规则") from None


def named_rules(
    material: Material, items: Iterable[str], options: Sequence[str], found: Sequence[Finding] = ()
) -> tuple[list[str], list[str]]:
    """The rules that an answer's items name, and the items not understood.

    An item is a number of the options shown, an id (R57, or 57 where no such option is shown), or words of a title, an advice
    or a finding's message.
    """
    named: list[str] = []
    unknown: list[str] = []
    for item in items:
        rule = _named(material, item.strip(), options, found)
        if rule:
            named.append(rule)
        elif item.strip():
            unknown.append(item.strip())
    return list(dict.fromkeys(named)), unknown


def _named(material: Material, item: str, options: Sequence[str], found: Sequence[Finding]) -> str:
    item = flat(item)
    number = re.fullmatch(r"([Rr规则]*)\s*(\d{1,3})[.．、)]?", item)
    if number:
        value = int(number[2])
        if not number[1] and 1 <= value <= len(options):
            return options[value - 1]
        return f"R{value}" if f"R{value}" in material.rule_by_id else ""
    leading = re.match(r"[Rr]\s*(\d{1,3})\b", item)
    if leading and f"R{int(leading[1])}" in material.rule_by_id:
        return f"R{int(leading[1])}"
    return _by_words(material, item, options, found)


def _by_words(material: Material, item: str, options: Sequence[str], found: Sequence[Finding]) -> str:
    """The rule whose title, advice or message shares most pairs of characters with a reason in words."""
    pairs = {item[at : at + 2] for at in range(len(item) - 1)}
    if len(pairs) < 2:
        return ""
    scored = []
    for rule in [material.rule_by_id[one] for one in options] or material.rules:
        text = rule.title + rule.advice + "".join(one.hit.message for one in found if one.rule.id == rule.id)
        shared = sum(pair in text for pair in pairs) / len(pairs)
        scored.append((shared + 0.5 * (item in rule.title), rule.id))
    best, identity = max(scored, default=(0.0, ""))
    return identity if best >= 0.5 else ""
