"""适当性 (adequacy) of the economic subjects: is the money booked as what it buys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from domain.case import Case
from domain.model import Declaration
from domain.project import Coded
from domain.review import Hit, Point, Rule, Severity, Trust, at_field
from domain.rules import making
from domain.rules.completeness_slots import bought, buys_things

# --- R33, R34: subjects ----------------------------------------------------------------------------------------------

_LOW_VALUE = re.compile(r"低值|不计入固定资产|不作为固定资产|未达到固定资产|单价低于|单价不足")


def _capital(case: Case) -> Iterator[Hit]:
    codes = case.declaration.project.economic_subjects
    why = buys_things(case)
    if not why or not codes or any(one.code.startswith(("309", "310")) for one in codes):
        return
    if any(one.code.startswith("302") for one in codes) and not _LOW_VALUE.search(case.text("remarks", "overview")):
        shown = "、".join(f"“{one}”" for one in codes)
        yield at_field("project", "economic_subjects", f"{why}，经济科目却是{shown}。")


def _goods_subject(case: Case, rng: Random) -> Declaration | None:
    slot = case.slot("output.quantity")
    changed = making.field(case.declaration, "project", economic_subjects=(Coded("30299", "其他商品和服务支出"),))
    if bought(case):
        return changed
    return slot and making.added(changed, slot, "终端设备购置数", "=20台")


_LEASED = re.compile(r"(?:线路|专线|光纤)\S{0,8}租[用赁]?|租[用赁]?\S{0,8}(?:线路|专线|光纤)")
_PAID = re.compile(r"(?:补助|补贴|津贴)")
_PEOPLE = re.compile(r"员|人|户")


def _post(case: Case) -> Iterator[Hit]:
    """邮电费 (30207) where lines are leased or people are paid."""
    if not any(one.code == "30207" for one in case.declaration.project.economic_subjects):
        return
    name = case.declaration.project.name
    text = name + "\n" + case.scope
    if found := _LEASED.search(text):
        message = f"内容是“{found[0]}”，经济科目用了30207邮电费。"
        advice = "专用线路的租用有的地方列30214租赁费，普通宽带列30207，问一下财政。"
        yield at_field("project", "economic_subjects", message, detail="lines", advice=advice)
    if _PAID.search(name) and _PEOPLE.search(name):
        message = f"“{name}”是给人的补助，经济科目用了30207邮电费。"
        advice = "单位直接交给运营商的可列30207；发给个人的一般列30226劳务费或303下的补助。"
        yield at_field("project", "economic_subjects", message, detail="people", advice=advice)


def _leased_line(case: Case, rng: Random) -> Declaration:
    changed = making.field(case.declaration, "project", economic_subjects=(Coded("30207", "邮电费"),))
    return making.field(changed, "project", name=f"{changed.project.name}及专线租用")


RULES = (
    Rule(
        "R33",
        Point.MATCHED,
        Severity.WARNING,
        "购置设备的经济科目用309或310",
        "政府收支分类：资本性支出",
        Trust.REFERENCE,
        "列在商品和服务支出里的设备进不了固定资产账。",
        "改用31002办公设备购置、31003专用设备购置或31007信息网络购置；单价低的，在说明里写“低值”。",
        "设备购置数=468部，科目[30299]其他商品和服务支出",
        "设备购置数=468部，科目[31003]专用设备购置",
        _capital,
        _goods_subject,
    ),
    Rule(
        "R34",
        Point.MATCHED,
        Severity.INFO,
        "邮电费、租赁费、劳务费分清",
        "经济科目说明：30207含网络通讯费，30214含专用通讯网租赁",
        Trust.PUBLISHED,
        "科目列错，年中要做一次调剂。",
        "对照科目说明选；拿不准问财政。",
        "光纤专线租用，科目[30207]邮电费",
        "光纤专线租用，科目[30214]租赁费（以当地口径为准）",
        _post,
        _leased_line,
    ),
)
