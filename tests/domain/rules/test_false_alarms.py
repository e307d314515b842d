"""What must stay silent: library entries, and the published projects but for the errors that docs/rules.md justifies."""

from __future__ import annotations

import datetime
import json
import re
from decimal import Decimal
from typing import Any

import pytest

from domain.case import Words, case_for
from domain.library import builtin_library
from domain.model import Declaration, Funding, Indicator, Narrative, Project
from domain.project import Coded
from domain.reading import Reader
from domain.review import Severity, findings
from domain.rules import RULES
from tests.paths import PUBLISHED_PROJECTS, ROOT

NOTES = ROOT / "docs" / "rules.md"
ABOUT_ROWS = {f"R{number}" for number in (13, 15, 30, 57, 58, 59, 60, 61, 62, 63, 64, 66, 67, 68, 69, 70)}
GAPS = {
    "对象": "终端",
    "系统": "热线平台",
    "工程": "道路工程",
    "补助": "高龄津贴",
    "人员": "网格员",
    "服务": "保洁服务",
    "区域": "城区",
    "成果": "规划成果",
    "活动": "培训班",
    "服务对象": "村居",
}


def test_library_entries_are_sound_indicators(reader: Reader, words: Words) -> None:
    """What the assistant suggests, its own review must not object to."""
    rules = [rule for rule in RULES if rule.id in ABOUT_ROWS]
    objections = []
    entries = [entry for entry in builtin_library() if not entry.retired]
    for entry in entries:
        name = re.sub(r"\{([^{}]+)\}", lambda gap: GAPS.get(gap[1], "项目"), entry.name)
        value = entry.target or "5"
        row = Indicator(entry.level1, entry.level2, name, f"{entry.operator}{value}{entry.unit}")
        case = case_for(Declaration(indicators=(row,)), reader, words=words)
        found = [one for one in findings(case, rules) if one.severity is not Severity.INFO]
        objections += [one.text for one in found]
    assert len(objections) * 200 <= len(entries), objections


def draft(project: dict[str, Any]) -> Declaration:
    """A published project as a draft: its text as overview and goals, everything it does not say completed soundly."""
    year, amount = project["year"], Decimal(str(project["amount_wan"] or 10))
    once = any(word in project["project"] for word in ("建设", "改造", "购置", "普查", "种植"))
    head = Project(
        year=year,
        unit=project["unit"] or "县相关单位",
        name=project["project"] or "专项经费",
        category=Coded("", "特定目标类"),
        nature="一次性项目" if once else "经常性项目",
        has_subprojects=False,
        functional_subjects=(Coded("2010399", "其他政府办公厅（室）及相关机构事务支出"),),
        economic_subjects=(Coded("30299", "其他商品和服务支出"),),
        filler="王小明",
        phone="5550102",
        start_date=datetime.date(year, 1, 1),
        end_date=datetime.date(year, 12, 31),
        procurement=False,
        five_expenses=False,
    )
    text = project["narrative"]
    narrative = Narrative(
        overview=text or "无说明，仅有指标表。",
        basis=f"《年度工作方案》（〔{year - 1}〕3号）",
        necessity="本单位职责要求，不做将影响群众生活。",
        measures="《项目管理办法》；专人负责，按月检查。",
        plan="3月签订合同，6月和12月验收付款。",
        overall_goal=text or "完成12项。",
        annual_goal=text or f"{year}年完成12项。",
    )
    rows = tuple(Indicator(*row["slot"].split("/"), row["name"], row["target"] or "") for row in project["rows"])
    return Declaration(head, Funding(amount, amount, amount, amount), narrative, rows)


@pytest.mark.skipif(not PUBLISHED_PROJECTS.is_file(), reason="the published projects are not here")
def test_errors_on_published_projects_are_those_justified_in_the_docs(reader: Reader, words: Words) -> None:
    projects = [json.loads(line) for line in PUBLISHED_PROJECTS.read_text("utf-8").splitlines()]
    found = {
        (project["id"], one.key)
        for project in projects
        for one in findings(case_for(draft(project), reader, words=words))
        if one.severity is Severity.ERROR
    }
    justified = set(re.findall(r"^\| ([a-z0-9-]+) \| (R\d+/[^|]+?) \| [^|]{6,} \|$", NOTES.read_text("utf-8"), re.M))
    assert found == justified
    assert sum(one[1].startswith("R41/") for one in found) == 0
