"""完整性 (completeness) of the subject codes: digits, names that fit their codes, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from domain import subjects
from domain.case import Case
from domain.model import Declaration, spec_at
from domain.project import Coded
from domain.quantity import half_width
from domain.review import Hit, Point, Rule, Severity, Trust, at_field
from domain.rules import making
from domain.siblings import similarity

# --- R31, R32: subjects ----------------------------------------------------------------------------------------------

_TABLE_YEAR = 2020
_TABLES = {"functional_subjects": subjects.FUNCTIONAL, "economic_subjects": subjects.ECONOMIC}


def _same_name(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return re.sub(r"[\s()、，,·]", "", half_width(name))


def _codes(case: Case) -> Iterator[Hit]:
    for name, table in _TABLES.items():
        digits = subjects.CODE_LENGTH[table]
        for one in dict.fromkeys(getattr(case.declaration.project, name)):
            known = subjects.table(table).get(one.code)
            if not re.fullmatch(rf"\d{{{digits}}}", one.code):
                yield at_field("project", name, f"“{one}”的编码应当是{digits}位数字。", detail=one.code or one.name)
            elif known is None:
                yield at_field(
                    "project",
                    name,
                    f"内置科目表里没有“{one.code}”（表不全）。",
                    severity=Severity.INFO,
                    detail=one.code,
                    advice="请对照当年的政府收支分类科目核对一次。",
                )
            elif not _same_name(known, one.name):
                weight = _functional_weight(case) if table == subjects.FUNCTIONAL else _economic_weight(known, one.name)
                message = f"编码{one.code}在科目表里是“{known}”，这里写的是“{one.name}”。"
                yield at_field("project", name, message, severity=weight, detail=one.code, data=(one.code, known))


def _economic_weight(known: str, written: str) -> Severity:
    """A name that only differs in wording is asked about; another subject's name is sent back."""
    return Severity.WARNING if similarity(_bare(known), _bare(written)) >= 0.7 else Severity.ERROR


def _functional_weight(case: Case) -> Severity:
    """Most functional names in our table are recalled, as of 2020, and names change with the years: there we only ask."""
    year = case.declaration.project.year
    return Severity.WARNING if year is None or year <= _TABLE_YEAR else Severity.INFO


def _name_by_code(case: Case, hit: Hit) -> Declaration | None:
    if hit.data is None or hit.where[1] != "economic_subjects":
        return None
    code, known = hit.data
    name = str(hit.where[1])
    codes = tuple(Coded(code, known) if one.code == code else one for one in getattr(case.declaration.project, name))
    return making.field(case.declaration, "project", **{name: codes})


def _wrong_name(case: Case, rng: Random) -> Declaration | None:
    codes = case.declaration.project.economic_subjects
    if not codes:
        return None
    others = [
        name for code, name in subjects.table(subjects.ECONOMIC).items() if len(code) == 5 and name != codes[0].name
    ]
    return making.field(
        case.declaration, "project", economic_subjects=(Coded(codes[0].code, rng.choice(others)), *codes[1:])
    )


def _repeated(case: Case) -> Iterator[Hit]:
    for name in _TABLES:
        codes = getattr(case.declaration.project, name)
        for one in dict.fromkeys(codes):
            if (count := codes.count(one)) > 1:
                label = spec_at(("project", name)).label
                yield at_field("project", name, f"{label}“{one}”写了{count}遍。", detail=one.code)


def _once(case: Case, hit: Hit) -> Declaration:
    name = str(hit.where[1])
    return making.field(
        case.declaration, "project", **{name: tuple(dict.fromkeys(getattr(case.declaration.project, name)))}
    )


def _repeat(case: Case, rng: Random) -> Declaration | None:
    codes = case.declaration.project.functional_subjects
    return making.field(case.declaration, "project", functional_subjects=codes * 3) if codes else None


RULES = (
    Rule(
        "R31",
        Point.COMPLETE,
        Severity.ERROR,
        "科目编码位数正确，名称与编码一致",
        "科目编码与名称的对照检查",
        Trust.PUBLISHED,
        "编码和名称各说各的，拨款时不知道按哪一个记账。",
        "以编码为准改名称，或者改成想用的那个科目。",
        "[30207]办公费",
        "[30207]邮电费",
        _codes,
        _wrong_name,
        _name_by_code,
    ),
    Rule(
        "R32",
        Point.COMPLETE,
        Severity.WARNING,
        "同一科目不重复填写",
        "三份公开表都把同一功能科目写了三遍",
        Trust.DERIVED,
        "重复的科目在汇总时会被当成三笔。",
        "同一科目留一个；确有几个科目的，写不同的编码。",
        "[2019999]其他一般公共服务支出，连写三遍",
        "[2010308]信访事务",
        _repeated,
        _repeat,
        _once,
    ),
)
