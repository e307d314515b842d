"""相关性 (relevance) of the indicators themselves: names that are measures, one thing each, in the slot where they belong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from domain.case import Case, Row
from domain.model import Declaration
from domain.review import Hit, Point, Rule, Severity, Trust, at_row
from domain.rules import making, spoiling
from domain.rules.phrases import TASK_STARTS, has_ending, has_strong_ending, verb_start, verbs_in

# --- R57, R58: names -------------------------------------------------------------------------------------------------


def _renamed(row: Row) -> str:
    """The cause of all that another name mends."""
    return f"name/{row.indicator.level2}/{row.name}"


def _noun_phrase(case: Case) -> Iterator[Hit]:
    for row in case.by_role("output.", "effect.", "impact.", "cost."):
        name = row.name
        if not name or name.startswith("是否") or has_strong_ending(name):
            continue
        verb, ending = verb_start(name), has_ending(name)
        if verb in TASK_STARTS and not ending and _cannot_be_worked_out(row):
            yield at_row(
                row, f"“{name}”以“{verb}”开头，又没有率、数、度一类的词尾，是一句做法，不是指标。", cause=_renamed(row)
            )
        elif not ending or (verb and len(name) >= 7):
            fault = f"以“{verb}”开头" if verb else "不是以率、数、量、度、时间、标准一类的词收尾"
            mild = not verb and _measured(row)
            severity, advice = (Severity.INFO, _NAME_THE_COUNT) if mild else (Severity.WARNING, "")
            yield at_row(row, f"“{name}”{fault}，不像指标名称。", severity=severity, advice=advice, cause=_renamed(row))


_NAME_THE_COUNT = "名称后面加上“数”“量”“面积”“长度”一类的词。"


def _measured(row: Row) -> bool:
    """Whether the target says by itself what is counted: 491米."""
    return row.target.is_number and bool(row.target.unit) and not row.target.is_rate


def _cannot_be_worked_out(row: Row) -> bool:
    """Whether the target of a task is a share that nobody could work out (all or nothing can be), or the task once more."""
    share = row.target.is_rate and row.target.number != 100
    return share or (bool(row.target.text) and row.target.text == row.name)


_JOINED = re.compile(r"、|和(?!谐|睦|解)|(?<![普以涉波])及(?!时|格)|以及|(?<!参)与(?!会)")


def _one_thing(case: Case) -> Iterator[Hit]:
    for row in case.by_role("output.", "effect.", "impact.", "cost."):
        verbs = verbs_in(row.name)
        if len(verbs) > 1 and not has_strong_ending(row.name) and (len(row.name) > 11 or not has_ending(row.name)):
            yield at_row(row, f"“{row.name}”一条里说了“{'”“'.join(verbs[:2])}”两件事。", cause=_renamed(row))
        elif row.role != "effect.satisfaction" and (found := _JOINED.search(row.name)):
            message = f"“{row.name}”用“{found[0]}”连着两样东西，一个数说不清两样。"
            yield at_row(row, message, severity=Severity.INFO)


# --- R60: what the unit counts ---------------------------------------------------------------------------------------


def names_money(name: str) -> bool:
    """Whether a count is named after money instead of the thing counted: 通资费数量."""
    return _FEE.search(name) is not None


_FEE = re.compile(r"(?:(?<!缴)费|费用|资费|补助|补贴|经费|资金|奖金|工资|款)(?:数量|数目|数)$")
_PAID_TO = re.compile(r"(?:补助|补贴|奖金|工资|款)(?:数量|数目|数)$")
_THING = re.compile(r"^(?:部|条|台|套|个|辆|座|根|架|部门|处|间)$")
_PERSON = re.compile(r"^(?:人|名|户|位|家|人次)$")


def _fee_count(case: Case) -> Iterator[Hit]:
    for row in case.by_role("output.quantity"):
        if not names_money(row.name):
            continue
        unit = row.target.unit
        if _THING.match(unit) or (_PERSON.match(unit) and not _PAID_TO.search(row.name)):
            yield at_row(row, f"{row.shown}：名称说的是钱，单位“{unit}”数的是东西或人。")


# --- R61 to R63: slots -----------------------------------------------------------------------------------------------

_TIMELY = re.compile(r"及时|按时|按期|准时|如期")
_PROCEDURE = re.compile(r"缴纳|合同(?:管理|签订|履行|规定)|采购流程|流程合规|招投标")
_QUANTITY = re.compile(r"(?:完成率|完工率|开工率)$|(?<!质)数量$")


_ADVICE = {
    "input.project": "移到“项目管理”，或改成好坏的指标，如“账单核对差错率<=1%”。",
    "output.timeliness": "移到“时效”，质量里写合格、准确、可用到什么程度。",
    "output.quantity": "移到“数量”，质量里写“设备验收合格率”一类的指标。",
    "output.quality": "移到“质量”，社会效益里写群众、单位得到的变化。",
    "effect.satisfaction": "移到“满意度”。",
}


def _misplaced(row: Row, fault: str, role: str, advice: str = "") -> Hit:
    """A hit on an indicator that stands in another slot than that of its role."""
    return at_row(row, f"“{row.name}”{fault}。", advice=advice or _ADVICE[role], data=role)


def _quality_slot(case: Case) -> Iterator[Hit]:
    for row in case.by_role("output.quality"):
        name = row.name
        if _PROCEDURE.search(name):
            yield _misplaced(row, "说的是手续，放在了质量里", "input.project")
        elif _TIMELY.search(name):
            yield _misplaced(row, "说的是快慢，放在了质量里", "output.timeliness")
        elif _QUANTITY.search(name):
            yield _misplaced(row, "说的是做了多少，放在了质量里", "output.quantity")


_ADVERSE = re.compile(
    r"(?:系统|设备|线路|平台|网络|终端|信息)\S{0,6}(?:故障|准确)|验收\S{0,3}合格|(?:设备|工程|材料)\S{0,6}合格率|故障(?:重复)?发生率"
)
_STAFF = re.compile(
    r"(?:报告|上报|报送|录入|采购|付款|支付|拨付|缴纳|响应|处理|处置|完成|发放|更新|开通|到岗|维修|修复)\S{0,3}(?:及时率|及时性)$"
)


def _social_slot(case: Case) -> Iterator[Hit]:
    for row in case.by_role("effect.social"):
        name = row.name
        if "满意" in name and not name.endswith("满意率提升"):
            yield _misplaced(row, "是问卷问出来的评价，放在了社会效益里", "effect.satisfaction")
        elif _ADVERSE.search(name):
            yield _misplaced(row, "说的是交付的东西好不好，放在了社会效益里", "output.quality")
        elif _STAFF.search(name):
            instead = "移到“时效”，社会效益里写群众、单位得到的变化。"
            yield _misplaced(row, "说的是自己人办得快不快，放在了社会效益里", "output.timeliness", instead)


_COUNTED = re.compile(r"(?:购置|租用|租赁|建设|发放|安装|采购|配发)(?!投诉)\S{0,8}(?:数量|数)$")
_SYSTEM = re.compile(r"制度\S{0,4}健全性$|制度健全")


def _management_slots(case: Case) -> Iterator[Hit]:
    for row in case.by_role("input.funding", "input.finance", "input.project"):
        if "满意" in row.name:
            yield _misplaced(row, "放在了管理类的格子里", "effect.satisfaction")
        elif _COUNTED.search(row.name):
            yield _misplaced(row, "是交付的数量，放在了管理类的格子里", "output.quantity", "移到产出的“数量”。")
    for row in case.by_role("output."):
        if _SYSTEM.search(row.name):
            yield _misplaced(row, "是管理要求，放在了产出里", "input.project", "移到“项目管理”或“财务管理”。")


def _to_slot(case: Case, hit: Hit) -> Declaration | None:
    """Moving is certain only where it asks for nothing else, leaves no slot empty that must not be, and the target slot exists."""
    index = int(hit.where[1])
    moved = next(row for row in case.rows if row.index == index)
    role = moved.role
    if len(case.by_role(role)) < 2 and role.startswith(("output.", "effect.social", "input.")):
        return None
    if hit.data == "output.quantity" and not moved.target.is_rate:
        return None  # a count in its place wants its source in the text and perhaps another subject
    return making.move_row(case, index, hit.data)


def _into(role: str, *names: tuple[str, str]) -> Callable[[Case, Random], Declaration | None]:
    """An inject that adds an indicator to a slot where it does not belong."""

    def inject(case: Case, rng: Random) -> Declaration | None:
        slot = case.slot(role)
        name, target = rng.choice(names)
        return making.added(case.declaration, slot, name, target) if slot and not _known(case, name) else None

    return inject


def _known(case: Case, name: str) -> Row | None:
    return next((row for row in case.rows if row.name == name), None)


RULES = (
    Rule(
        "R57",
        Point.SOUND,
        Severity.ERROR,
        "指标名称是名词，以率、数、量、度一类收尾",
        "财预〔2021〕101号：指标名称简洁明确",
        Trust.REFERENCE,
        "一句做法没有分子分母，明年没法计算完成值。",
        "改成“名词＋率（数、时间、标准）”，如“诉求按期办结率”。",
        "及时掌握民生动态解决民生问题>=85%",
        "民生诉求按期办结率>=98%",
        _noun_phrase,
        making.spoiled(spoiling.verb_first, _noun_phrase, "effect."),
        spoil=spoiling.verb_first,
    ),
    Rule(
        "R58",
        Point.SOUND,
        Severity.WARNING,
        "一条指标只说一件事",
        "指标设置的通行要求",
        Trust.REFERENCE,
        "两件事一个数，明年一件做到一件没做到时没法评。",
        "拆成两条，或者只留主要的一件。",
        "掌握民生动态解决民生问题情况",
        "民生诉求办结率>=98%",
        _one_thing,
        making.spoiled(spoiling.two_things, _one_thing, "effect."),
        spoil=spoiling.two_things,
    ),
    Rule(
        "R60",
        Point.SOUND,
        Severity.WARNING,
        "名称说的和单位数的是一样东西",
        "一份公开表写“通资费数量=43部”",
        Trust.DERIVED,
        "费用没有部数，明年验收时不知道数什么。",
        "改成“缴费终端数”“补助人数”，钱的标准写到成本里。",
        "管理通资费数量=43部",
        "网格终端缴费数=43部；终端通信费标准<=40元/部·月",
        _fee_count,
        making.spoiled(spoiling.fee_count, _fee_count, "output.quantity"),
        spoil=spoiling.fee_count,
    ),
    Rule(
        "R61",
        Point.SOUND,
        Severity.WARNING,
        "质量一格里放的是质量",
        "审计机构归纳的七类问题：数量质量混淆",
        Trust.PUBLISHED,
        "做了多少、快不快、手续合不合规都不是质量，明年质量这一项没有依据。",
        "移到该去的格子。",
        "质量：设施设备采购完成率=100%",
        "质量：设备验收合格率=100%",
        _quality_slot,
        _into(
            "output.quality",
            ("设施设备采购完成率", "=100%"),
            ("资料报送及时率", ">=98%"),
            ("按合同规定缴纳费用率", "=100%"),
        ),
        _to_slot,
        spoiling.into("output.quality"),
    ),
    Rule(
        "R62",
        Point.SOUND,
        Severity.WARNING,
        "社会效益一格里放的是对社会的变化",
        "审计机构归纳的七类问题：分类归属错位",
        Trust.PUBLISHED,
        "设备好坏、自己人办得快慢不是社会效益，明年效益这一项没有依据。",
        "移到该去的格子。",
        "社会效益：信息系统故障重复发生率<3%",
        "社会效益：群众诉求按期办结率>=98%",
        _social_slot,
        _into(
            "effect.social",
            ("信息系统故障发生率", "<3%"),
            ("信息报告及时率", ">=98%"),
            ("办事群众满意程度测评率", ">=90%"),
        ),
        _to_slot,
        spoiling.into("effect.social"),
    ),
    Rule(
        "R63",
        Point.SOUND,
        Severity.WARNING,
        "管理类不放满意度和数量，产出不放制度健全性",
        "指标分类的通行要求",
        Trust.REFERENCE,
        "放错了格，汇总时这一条就算到别的类里去了。",
        "移到该去的格子。",
        "项目管理：设备购置数量=3台",
        "数量：设备购置数=3台；项目管理：采购流程合规性 合规",
        _management_slots,
        _into("input.project", ("设备购置数量", "=3台"), ("服务单位满意度", ">=90%")),
        _to_slot,
        spoiling.management,
    ),
)
