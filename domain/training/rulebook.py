"""Rules as the course uses them (规则与练习): which fire on a form, the question behind each, a defect made and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.model import Declaration
from domain.review import Finding, Rule, Severity, Test
from domain.review import findings as rule_findings
from domain.training.exercise import ExerciseError, Seed
from domain.training.material import Material

NOT_TAUGHT = frozenset({"R54", "R74", "R75"})
"""Rules that look at other forms or at an export."""
COARSE = frozenset({"R11", "R52"})
"""Rules whose defect always breaks several others too: asked for by themselves, never mixed with other defects."""
MAX_SIDE_EFFECTS = 2
"""A defect that makes more other rules fire than this is too coarse for an exercise."""

_OF_TEST: Mapping[Test, str] = {
    Test.COMPLETENESS: "该有的有没有，说清楚了没有？",
    Test.RELEVANCE: "文字、指标、职责说的是不是同一件事？",
    Test.ADEQUACY: "做的事和要的钱配不配，数算不算得拢？",
    Test.FEASIBILITY: "凭什么说做得成，时间和制度在哪里？",
}
_OF_RULE: Mapping[str, str] = {
    "R1": "带星的栏目，一栏一栏看，有没有空着的？",
    "R2": "谁要钱、要多少、用什么科目、找谁问，这四样齐不齐？",
    "R3": "做多少、做多好、做多快，三句话都有指标吗？",
    "R4": "这笔钱是怎么算出来的，单价是多少？",
    "R5": "除了自己交出来的东西，谁因此变好了？",
    "R6": "谁直接得到服务，问过他们没有？",
    "R7": "钱到没到、账合不合规、手续齐不齐，各有一条吗？",
    "R8": "明年不给钱了，这件事靠什么接着转？",
    "R9": "资产台账上会不会多出一笔？",
    "R10": "有名称的有没有目标值，有目标值的有没有名称？",
    "R11": "几条指标里有一条没完成，分数还剩多少？",
    "R12": "有没有两条指标叫一个名字？",
    "R13": "名称短不短，目标值里有没有系统不认的符号？",
    "R14": "符号、数、单位，少了哪一样？",
    "R15": "日历上翻得到这一天吗？",
    "R16": "先开始还是先结束？",
    "R17": "年年做的项目，起止是不是都在这一年里？",
    "R18": "指标里的日期，落在起止时间里面吗？",
    "R19": "这个数是元还是万元？一万以上先想想单位。",
    "R20": "全程的钱，会不会比今年的还少？",
    "R21": "花出去的，会不会比批下来的还多？",
    "R22": "上年的两个数，是不是只写了一个？",
    "R23": "年年做的事，去年的数在哪里？",
    "R24": "去年的钱没花完，今年为什么还要这么多？",
    "R25": "比去年多了少了两成以上，原因写了吗？",
    "R26": "拿计算器重乘一遍，等号两边一样吗？",
    "R27": "单价乘数量乘期数，加起来是不是要的那笔钱？",
    "R28": "单价、数量、期数写出来了吗，加起来是多少？",
    "R30": "花得越多越好，还是不许超过？成本用<=。",
    "R31": "编码几位，名称对得上编码吗？",
    "R32": "同一个科目写了几遍？",
    "R33": "买的东西留不留得下？留得下的是资本性支出。",
    "R35": "选了采购，采购合不合规由哪条指标管？",
    "R36": "选了采购，什么时候采完、什么时候到货？",
    "R37": "采来的东西，谁验收、合格到几成？",
    "R38": "开关填否，正文里有没有招标、采购的字样？",
    "R39": "科目或正文里有没有会议、培训、接待、用车、出国？",
    "R40": "名称里的事是年年做，还是做完就完？",
    "R41": "范围里的每个数，数量指标里找得到吗？",
    "R42": "数量指标的每个数，文字里有出处吗？",
    "R43": "名称里的那个动作，概况里做了没有？",
    "R44": "年度目标里有没有一个能核对的数？",
    "R45": "目标里的每一句，指标表里由哪一条来量？",
    "R47": "拿得出哪一份文件？",
    "R50": "靠哪一项制度，谁来盯？",
    "R51": "几月做什么，什么时候付款？",
    "R52": "遮住栏目名再读一遍：这一段答的是这一栏的问题吗？",
    "R53": "两段并排看，是不是一字不差？",
    "R55": "这一句说的是它现在怎样，还是要做成怎样？",
    "R57": "去掉动词，剩下的还是不是一把尺子？名称应当是名词。",
    "R58": "一件做到、一件没做到，这条算完成吗？",
    "R59": "名称的结尾要的是百分数、量词，还是判断词？",
    "R60": "中心词和单位连起来念得通吗？",
    "R61": "问的是多少、多快、手续，还是好不好？只有好不好归质量。",
    "R62": "变化是在自己的东西上，还是在别人身上？",
    "R63": "说的是管理手续，还是交出来的东西？",
    "R64": "名称的词和目标值的词配不配？健全性配健全，合规性配合规。",
    "R65": "产出和效果里，能数的占到六成了吗？",
    "R66": "多快才算及时？写得出日期或时限吗？",
    "R67": "说没做到，别人有没有办法反驳？",
    "R68": "分子能不能比分母大？",
    "R69": "这个数越大越好，还是越小越好？",
    "R70": "有一次失手，这一条就算没完成，真的要写满吗？",
    "R71": "和去年的实际数比，是进步还是退步？低于八成五，原因是什么？",
    "R72": "几个率全写100%，哪个是认真算过的？",
    "R73": "每一条都是同一个数，这个数是算出来的，还是先占着位置？",
    "R78": "照这个号码打过去，有人接、答得上吗？",
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
    fine = rule.id in COARSE or len(aside) <= MAX_SIDE_EFFECTS
    return spoiled if rule.id in after and before <= set(after) and fine else None


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


def mixed(material: Material) -> tuple[Rule, ...]:
    """The rules whose defects go together on one form."""
    return tuple(rule for rule in taught(material) if rule.id not in COARSE)


def rule_of(material: Material, identity: str) -> Rule:
    """A rule by id; raises ExerciseError."""
    try:
        return material.rule_by_id[identity]
    except KeyError:
        raise ExerciseError(f"没有编号为“{identity}”的规则") from None
