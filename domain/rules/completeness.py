"""完整性 (completeness) of the form's head: what must be answered, real dates, the project's name, slips, the contact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from domain.case import Case
from domain.fields import Kind
from domain.model import Declaration, fields, is_empty, narrative_label, spec_at
from domain.quantity import half_width
from domain.review import Hit, Point, Rule, Severity, Trust, at_field, at_row
from domain.rules import making
from domain.rules.phrases import days_in, is_blank
from domain.rules.placement import SHIFTED, shift

# --- R1, R2: what must be answered -----------------------------------------------------------------------------------

_HEAD = (
    ("project", "year"),
    ("project", "unit"),
    ("project", "category"),
    ("project", "nature"),
    ("project", "functional_subjects"),
    ("project", "economic_subjects"),
    ("project", "filler"),
    ("project", "phone"),
    ("funding", "total"),
    ("funding", "requested"),
)


def _unread(case: Case, section: str, name: str) -> bool:
    """Whether the file holds something for the field that could not be read (R15 speaks of it for dates)."""
    return name in (case.unread.get(section) or {})


def _required(case: Case) -> Iterator[Hit]:
    for one in fields():
        section, name = str(one.path[0]), str(one.path[1])
        if not one.spec.required or _unread(case, section, name):
            continue
        value = case.texts[name] if section == "narrative" else case.declaration.get(one.path)
        if is_empty(value):
            moved = shift(case) if section == "narrative" else None
            cause = SHIFTED if moved and name in (goal for _, goal in moved.moves) else ""
            advice = "" if one.spec.kind is Kind.LONG else "补上这一栏。"
            yield at_field(section, name, f"“{one.spec.label}”没有填。", cause=cause, advice=advice)
        elif isinstance(value, str) and is_blank(value):
            yield at_field(section, name, f"“{one.spec.label}”只写了“{value.strip()}”，等于没有填。")


def _empty_required(case: Case, rng: Random) -> Declaration:
    texts = [one.path for one in fields() if one.spec.required and one.path[0] == "narrative"]
    return case.declaration.replace(rng.choice(texts), "")


def _head(case: Case) -> Iterator[Hit]:
    for section, name in _HEAD:
        spec, value = spec_at((section, name)), case.declaration.get((section, name))
        if is_empty(value):
            if not _unread(case, section, name):
                yield at_field(section, name, f"“{spec.label}”没有填。")
        elif spec.kind is Kind.CHOICE and value not in spec.choices:
            choices = "、".join(spec.choices)
            message = f"“{spec.label}”写的是“{value}”，不是表上可选的（{choices}）。"
            yield at_field(section, name, message, severity=Severity.WARNING, advice="从这几种里选一个。")


def _fill_amount(case: Case, hit: Hit) -> Declaration | None:
    """For a project of one year the two amounts are the same."""
    project, funding = case.declaration.project, case.declaration.funding
    one_year = project.nature == "经常性项目"
    if not one_year or hit.where[0] != "funding":
        return None
    known = funding.total if funding.total is not None else funding.requested
    return None if known is None else making.field(case.declaration, "funding", total=known, requested=known)


def _empty_head(case: Case, rng: Random) -> Declaration:
    return case.declaration.replace(path := rng.choice(_HEAD), Declaration().get(path))


# --- R15: dates ------------------------------------------------------------------------------------------------------


def _real_dates(case: Case) -> Iterator[Hit]:
    year = case.declaration.project.year
    for name in ("start_date", "end_date"):
        if _unread(case, "project", name):
            label, written = spec_at(("project", name)).label, case.unread["project"][name]
            yield at_field("project", name, f"{label}写的“{written}”不是真实的日期。")
    for row in case.by_role("output.timeliness"):
        for day in days_in(row.indicator.target, year or 2000):
            if day.first is None:
                yield at_row(row, f"{row.shown}里的“{day.text}”不是真实的日期。", "target")
    for name in ("plan", "annual_goal"):
        odd = [day.text for day in days_in(case.texts[name], year or 2000) if day.first is None and "月" in day.text]
        if odd:
            yield at_field("narrative", name, f"“{narrative_label(name)}”里的“{odd[0]}”不是真实的日期。")


def _unreal_date(case: Case, rng: Random) -> Declaration | None:
    return making.change_row(
        case, rng, case.by_role("output.timeliness"), target=rng.choice(("2月30日前", "13月底前", "6月31日前"))
    )


# --- R76: the project's name -----------------------------------------------------------------------------------------


def _project_name(case: Case) -> Iterator[Hit]:
    name = case.declaration.project.name
    faults = []
    if found := re.search(r"(?:19|20)\d\d年?", name):
        faults.append(f"带了年份“{found[0]}”")
    if found := re.search(r"(?<![\d.])\d[\d.]{0,12}\s*万?元", name):
        faults.append(f"带了金额“{found[0]}”")
    if "、" in name and len(name) > 12:
        faults.append("用顿号连着两件事")
    if faults:
        yield at_field("project", "name", f"项目名称“{name}”{'，'.join(faults)}。")


def _name_with_year(case: Case, rng: Random) -> Declaration | None:
    name, year = case.declaration.project.name, case.declaration.project.year or 2020
    parts = {"year": f"{year}年{name}", "amount": f"{name}（10万元）"}
    return making.field(case.declaration, "project", name=rng.choice(sorted(parts.values()))) if name else None


# --- R77: known slips ------------------------------------------------------------------------------------------------

SLIPS = {
    "六部闭环法": "六步闭环法",
    "3维": "三维",
    "2维": "二维",
    "帐单": "账单",
    "帐户": "账户",
    "部暑": "部署",
    "按装": "安装",
}
"""Slips seen in published forms with what is meant."""
_NOT_SLIPS = {"3维": re.compile(r"3维(?=[修护])|(?<=\d)3维"), "2维": re.compile(r"2维(?=[修护])|(?<=\d)2维")}


def _slips_in(case: Case, text: str) -> dict[str, str]:
    known = {**SLIPS, **case.settings.slips}
    found = {slip: meant for slip, meant in known.items() if slip in text}
    return {slip: meant for slip, meant in found.items() if text.count(slip) > len(_excused(slip, text))}


def _excused(slip: str, text: str) -> list[str]:
    pattern = _NOT_SLIPS.get(slip)
    return pattern.findall(text) if pattern else []


def _slips(case: Case) -> Iterator[Hit]:
    """A slip is one finding however many fields it stands in."""
    places: dict[tuple[str, str], list[str]] = {}
    for name, text in case.texts.items():
        for found in _slips_in(case, text).items():
            places.setdefault(found, []).append(name)
    for (slip, meant), names in places.items():
        where = "、".join(f"“{narrative_label(name)}”" for name in names)
        also = tuple(("narrative", name) for name in names[1:])
        message = f"{where}里的“{slip}”像是“{meant}”的笔误。"
        yield at_field("narrative", names[0], message, detail=slip, also=also, data=(slip, meant))


def _mend_slip(case: Case, hit: Hit) -> Declaration:
    slip, meant = hit.data
    pattern = rf"(?<!\d){re.escape(slip)}(?![修护])" if slip in _NOT_SLIPS else re.escape(slip)
    declaration = case.declaration
    for where in (hit.where, *hit.also):
        declaration = declaration.replace(where, re.sub(pattern, lambda _: meant, str(declaration.get(where))))
    return declaration


def _slip(case: Case, rng: Random) -> Declaration | None:
    slip = rng.choice(("帐单", "按装", "部暑", "六部闭环法"))
    text = case.declaration.narrative.measures
    return making.narrative(case.declaration, measures=f"{text}另按{slip}要求核对。") if text else None


# --- R78: the contact ------------------------------------------------------------------------------------------------

_PHONE = re.compile(r"(?:0\d{2,3}-?)?[2-9]\d{6,7}(?:[-转]\d{1,6})?|1\d{10}")
_PERSON = re.compile(r"[㐀-鿿]{2,4}|[㐀-鿿]{1,8}(?:·[㐀-鿿]{1,8}){1,3}")


def _contact(case: Case) -> Iterator[Hit]:
    project = case.declaration.project
    phones = [one for one in re.split(r"[/、,，；;]", re.sub(r"\s", "", half_width(project.phone))) if one]
    if phones and not all(_PHONE.fullmatch(one) for one in phones):
        usual = "座机7至8位，不以0、1开头，可带区号；手机11位"
        yield at_field("project", "phone", f"联系电话“{project.phone}”不像打得通的号码（{usual}）。")
    people = [one for one in re.split(r"[/、,，；;]", re.sub(r"[\s　]", "", project.filler)) if one]
    if people and not all(_PERSON.fullmatch(one) for one in people):
        yield at_field(
            "project", "filler", f"填报人“{project.filler}”不像人名。", advice="写能回答审核人问题的经办人姓名。"
        )


def _short_phone(case: Case, rng: Random) -> Declaration | None:
    phone = case.declaration.project.phone
    return making.field(case.declaration, "project", phone=phone[-4:]) if len(phone) > 4 else None


RULES = (
    Rule(
        "R1",
        Point.COMPLETE,
        Severity.ERROR,
        "带*的各栏都填了内容",
        "财政系统的必填项检查；年度绩效目标为空时系统不收",
        Trust.PUBLISHED,
        "缺一栏就进不了项目库，整张表退回来补，批次可能就错过了。",
        "补上这一栏；暂时没有内容的，先按例子写一两句能核对的话。",
        "年度绩效目标：（空）",
        "年度绩效目标：2021年租用线路147条，可用率不低于99.5%，群众满意度90%以上。",
        _required,
        _empty_required,
    ),
    Rule(
        "R2",
        Point.COMPLETE,
        Severity.ERROR,
        "年份、单位、类别、性质、科目、联系人和金额都填了",
        "申报表的固定检查项",
        Trust.PUBLISHED,
        "这些是归档和拨款用的，缺一项就无法下达。",
        "补上这一栏。",
        "本年度预算申请金额：（空）",
        "本年度预算申请金额：24.63",
        _head,
        _empty_head,
        _fill_amount,
    ),
    Rule(
        "R15",
        Point.COMPLETE,
        Severity.ERROR,
        "日期是真实的日期",
        "申报检查工具的硬性规则",
        Trust.PUBLISHED,
        "日期不存在，到期没法判断做没做到。",
        "核对月和日；月末写“2月底”即可。",
        "设备采购完成时间 2月30日前",
        "设备采购完成时间 2月底前",
        _real_dates,
        _unreal_date,
    ),
    Rule(
        "R76",
        Point.CLEAR,
        Severity.INFO,
        "项目名称不带年份、金额，不用顿号并两个项目",
        "填报说明：名称与部门预算一致",
        Trust.PUBLISHED,
        "名称年年变，明年就和今年的项目对不上；两个项目并成一个，绩效也分不开。",
        "只留对象和动作；两件事最好分成两张表，或归到一个上位名称下。",
        "2020年网格通资费、信息员话费补助（9.8万元）",
        "网格通信终端通信费补助",
        _project_name,
        _name_with_year,
    ),
    Rule(
        "R77",
        Point.COMPLETE,
        Severity.INFO,
        "没有常见的笔误",
        "公开表里见过的笔误",
        Trust.DERIVED,
        "错字会被原样下达、原样公开。",
        "核对后改正。",
        "网格长按照六部闭环法……（列出的是六个步骤）",
        "网格长按照六步闭环法……",
        _slips,
        _slip,
        _mend_slip,
    ),
    Rule(
        "R78",
        Point.COMPLETE,
        Severity.WARNING,
        "联系电话和填报人像真的",
        "本程序约定的格式检查",
        Trust.PROPOSED,
        "审核人打电话核实数字，打不通就只能退表。",
        "写打得通的办公电话或手机。",
        "联系电话：597",
        "联系电话：0631-5970000",
        _contact,
        _short_phone,
    ),
)
