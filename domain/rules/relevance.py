"""相关性 (relevance) of the head: do procurement, five expenses and the project's nature agree with the rest of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from domain.case import Case
from domain.model import Declaration
from domain.project import Coded
from domain.review import Hit, Point, Rule, Severity, Trust, at_field, at_slot
from domain.rules import making
from domain.rules.completeness_slots import UNMANAGED_PURCHASE
from domain.rules.phrases import BOOK, wan

# --- R35 to R38: procurement -----------------------------------------------------------------------------------------

BUYING = re.compile(r"采购|招标|招投标|政采|磋商|询价|比选")
_BUYING_TIME = re.compile(r"采购|招标|中标|合同签订|签订合同|到货|交付|交货|供货|开标")
_ACCEPTED = re.compile(r"验收|合格|达标|优良|通过|考核")


def _buying_managed(case: Case) -> Iterator[Hit]:
    slot = case.slot("input.project")
    managed = any(BUYING.search(row.name) for row in case.by_role("input."))
    if case.declaration.project.procurement and slot and case.rows and not managed:
        message = f"填了包含政府采购，“{'›'.join(slot)}”里没有采购或招标的指标。"
        elsewhere = any(BUYING.search(row.name) for row in case.rows)
        severity = Severity.WARNING if elsewhere else None
        cause = "" if case.by_role("input.project") else UNMANAGED_PURCHASE
        yield at_slot(slot, message, severity=severity, also=(("project", "procurement"),), cause=cause)


def _drop_named(case: Case, pattern: re.Pattern[str], *roles: str) -> Declaration | None:
    """Procurement switched on, and no indicator of these roles with such a name."""
    if case.slot(*roles) is None:
        return None
    dropped = {row.index for row in case.by_role(*roles) if pattern.search(row.name)}
    switched = making.field(case.declaration, "project", procurement=True)
    return making.without(switched, lambda index, _: index in dropped)


def _unmanaged(case: Case, rng: Random) -> Declaration | None:
    return _drop_named(case, BUYING, "input.project", "input.") if case.rows else None


def _lacking(case: Case, role: str, pattern: re.Pattern[str], said: str) -> Iterator[Hit]:
    """A purchase none of whose indicators of a role speaks of it."""
    rows = case.by_role(role)
    if case.declaration.project.procurement and rows and not any(pattern.search(row.name) for row in rows):
        shown = "、".join(row.shown for row in rows[:3])
        yield at_slot(case.slot(role), f"填了包含政府采购，{said.format(shown)}")


def _instead(case: Case, role: str, name: str, target: str) -> Declaration | None:
    """Procurement switched on, and one indicator in place of those of a role; None where there are none."""
    rows = case.by_role(role)
    if not rows:
        return None
    switched = making.field(case.declaration, "project", procurement=True)
    changed = making.row(switched, rows[0].index, name=name, target=target)
    dropped = {row.index for row in rows[1:]}
    return making.without(changed, lambda index, _: index in dropped)


def _buying_timed(case: Case) -> Iterator[Hit]:
    yield from _lacking(case, "output.timeliness", _BUYING_TIME, "时效里只有{}，没有采购什么时候完成。")


def _untimed(case: Case, rng: Random) -> Declaration | None:
    return _instead(case, "output.timeliness", "工作任务按期完成率", ">=95%")


def _buying_accepted(case: Case) -> Iterator[Hit]:
    yield from _lacking(case, "output.quality", _ACCEPTED, "质量里只有{}，没有验收指标。")


def _unaccepted(case: Case, rng: Random) -> Declaration | None:
    return _instead(case, "output.quality", "数据准确率", ">=98%")


_FORMAL = re.compile(r"政府采购|公开招标|招标|竞争性|磋商|询价")
_PURCHASE = re.compile(r"采购|购置")
_NOT_OURS = re.compile(
    r"(?:不涉及|不包含|不含|无需?|不属于|未达到?|低于)[^，。；;]{0,14}(?:采购|招标|限额)[^，。；;]{0,8}"
)


def _buying_denied(case: Case) -> Iterator[Hit]:
    project = case.declaration.project
    if project.procurement is not False:
        return
    text = "\n".join((project.name, case.scope, case.text("plan", "remarks")))
    text = _NOT_OURS.sub("", BOOK.sub("", text))
    formal, bare = _FORMAL.search(text), _PURCHASE.search(text)
    limit, asked = case.settings.thresholds.procurement, case.declaration.funding.requested
    if formal or (bare and asked is not None and asked >= limit):
        found = (formal or bare)[0]  # type: ignore[index]
        yield at_field("project", "procurement", f"“是否包含政府采购”填否，正文里写到“{found}”。")
    elif bare:
        message = f"“是否包含政府采购”填否，正文里写到“{bare[0]}”；申请金额低于{wan(limit)}的限额（各地不同）。"
        yield at_field("project", "procurement", message, severity=Severity.INFO)


def _deny(case: Case, rng: Random) -> Declaration:
    denied = making.field(case.declaration, "project", procurement=False)
    return making.narrative(denied, plan=f"{denied.narrative.plan}3月底前完成公开招标。")


# --- R39: five expenses ----------------------------------------------------------------------------------------------

_FIVE = re.compile(r"会议费|培训费|因公出国|出国费|公务接待费|接待费|公务用车")
_DENIED = re.compile(
    r"(?:不涉及|不包含|不含|不列支|不安排|无)[^，。；;]{0,14}(?:会议费|培训费|因公出国|出国费|接待费|公务用车)[^，。；;]{0,20}"
)


def _five(case: Case) -> Iterator[Hit]:
    project = case.declaration.project
    if project.five_expenses is not False:
        return
    codes = [one for one in project.economic_subjects if one.code in case.settings.five_expenses]
    if codes:
        message = f"“是否包含五项经费”填否，经济科目却是“{codes[0]}”。"
        yield at_field("project", "five_expenses", message, also=(("project", "economic_subjects"),), data=True)
        return
    text = _DENIED.sub("", BOOK.sub("", project.name + "\n" + case.text()))
    if found := _FIVE.search(text):
        message = f"“是否包含五项经费”填否，正文里写到“{found[0]}”。"
        yield at_field("project", "five_expenses", message, severity=Severity.WARNING)


def _own_five(case: Case, hit: Hit) -> Declaration | None:
    return making.field(case.declaration, "project", five_expenses=True) if hit.data else None


def _training_subject(case: Case, rng: Random) -> Declaration:
    subject = rng.choice((Coded("30216", "培训费"), Coded("30215", "会议费")))
    return making.field(case.declaration, "project", economic_subjects=(subject,), five_expenses=False)


# --- R40: nature -----------------------------------------------------------------------------------------------------

_ONCE = re.compile(r"升级|新建|建设项目|一次性|改扩建|迁建")
_YEARLY = re.compile(r"每年|逐年|常年|日常|维持|年度运行|运转经费")


def _nature(case: Case) -> Iterator[Hit]:
    project = case.declaration.project
    if project.nature == "经常性项目" and (found := _ONCE.search(project.name)):
        message = f"项目性质是经常性项目，名称“{project.name}”里却有“{found[0]}”。"
        yield at_field("project", "nature", message, also=(("project", "name"),))
    elif project.nature == "一次性项目" and (found := _YEARLY.search(project.name)):
        message = f"项目性质是一次性项目，名称“{project.name}”里却有“{found[0]}”。"
        yield at_field("project", "nature", message, also=(("project", "name"),))


def _wrong_nature(case: Case, rng: Random) -> Declaration:
    project = case.declaration.project
    if project.nature == "经常性项目":
        return making.field(case.declaration, "project", name=f"{project.name}平台升级")
    return making.field(case.declaration, "project", nature="一次性项目", name=f"{project.name}日常维护")


# --- R48: age of the documents ---------------------------------------------------------------------------------------

_YEAR = re.compile(r"(?:19|20)\d\d")


def _recent(case: Case) -> Iterator[Hit]:
    year, text = case.declaration.project.year, case.texts["basis"]
    if year is None:
        return
    found = {one.year for one in case.reading("basis").documents if one.year} | {
        int(one) for one in _YEAR.findall(text)
    }
    if found and max(found) < year - case.settings.thresholds.document_age:
        yield at_field(
            "narrative", "basis", f"立项依据里最新的文件是{max(found)}年的，距预算年度{year - max(found)}年。"
        )


def _old(case: Case, rng: Random) -> Declaration:
    year = (case.declaration.project.year or 2020) - 9
    return making.narrative(case.declaration, basis=f"工委会议纪要〔{year}〕第20次")


RULES = (
    Rule(
        "R35",
        Point.TIED,
        Severity.ERROR,
        "包含政府采购的，项目管理里有采购指标",
        "采购开关与指标互相印证",
        Trust.PROPOSED,
        "填了采购却没有采购指标，年底采购检查没有对照。",
        "补“采购流程合规性 合规”，或“招投标规范性 规范”。",
        "采购＝是，项目管理里只有“项目管理制度健全性 健全”",
        "采购流程合规性 合规",
        _buying_managed,
        _unmanaged,
    ),
    Rule(
        "R36",
        Point.TIED,
        Severity.WARNING,
        "包含政府采购的，时效里有采购或交付的时间",
        "采购开关与指标互相印证",
        Trust.PROPOSED,
        "采购拖到年底，钱花不出去，执行率就下来了。",
        "补什么时候采购完，如“设备采购完成时间 6月30日前”“施工招标完成时间 3月底前”，或“采购按期完成率=100%”。",
        "采购＝是，时效里只有“信息报送及时率>=98%”",
        "设备采购完成时间 6月30日前",
        _buying_timed,
        _untimed,
    ),
    Rule(
        "R37",
        Point.SOUND,
        Severity.WARNING,
        "包含政府采购的，质量里有验收指标",
        "采购项目验收的通行要求",
        Trust.REFERENCE,
        "买来的东西凭什么签收没有写，验收时只能听供货方的。",
        "补“设备验收合格率>=98%”“工程验收合格率=100%”或“服务考核合格率>=95%”。",
        "采购＝是，质量里只有“采购完成率=100%”",
        "设备验收合格率=100%",
        _buying_accepted,
        _unaccepted,
    ),
    Rule(
        "R38",
        Point.TIED,
        Severity.WARNING,
        "没有政府采购的，正文里不写采购、招标",
        "采购开关与正文互相印证",
        Trust.PROPOSED,
        "到付款时才发现应当采购，要重走程序，半年就过去了。",
        "达到当地限额或在集中采购目录里的改填“是”；不属于的，在说明里写一句原因。",
        "采购＝否，计划里写“3月底前完成公开招标”",
        "采购＝是",
        _buying_denied,
        _deny,
    ),
    Rule(
        "R39",
        Point.TIED,
        Severity.ERROR,
        "五项经费的开关与科目、正文一致",
        "三公经费、会议费、培训费单独列表控制",
        Trust.REFERENCE,
        "这几项按全单位限额控制，填错了到支付时会被卡住。",
        "科目或正文里确有会议、培训、接待、用车、出国的，改填“是”；没有的，改科目或正文。",
        "五项经费＝否，经济科目是[30216]培训费",
        "五项经费＝是",
        _five,
        _training_subject,
        _own_five,
    ),
    Rule(
        "R40",
        Point.TIED,
        Severity.WARNING,
        "项目性质与名称一致",
        "一份公开表把“升级”填成经常性",
        Trust.PROPOSED,
        "填成经常性，明年还会按这个数排预算；填成一次性，明年就没有这笔钱。",
        "升级、新建、购置填一次性或阶段性，每年都做的填经常性；性质没有填错的，改名称。",
        "“网格通信息平台升级”填经常性项目",
        "“网格通信息平台升级”填一次性项目",
        _nature,
        _wrong_nature,
    ),
    Rule(
        "R48",
        Point.TIED,
        Severity.INFO,
        "立项依据里有近五年的文件",
        "本程序约定的提示",
        Trust.PROPOSED,
        "只有老文件，审核人会问这件事现在还该不该做。",
        "补一份近年的文件、纪要或合同；没有的，写清老文件仍然有效。",
        "工委会议纪要〔2014〕第20次（2020年的表）",
        "工委会议纪要〔2019〕第8次",
        _recent,
        _old,
    ),
)
