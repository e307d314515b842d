"""可行性 (feasibility): do the dates hold together, is there a plan in time, are there rules that carry it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from random import Random

from domain.case import Case
from domain.model import Declaration
from domain.review import Hit, Point, Rule, Severity, Trust, at_field, at_row
from domain.rules import making
from domain.rules.phrases import BOOK, TIME_WORD, days_in, is_blank
from domain.rules.placement import SHIFTED, shift

# --- R16, R17: start and end -----------------------------------------------------------------------------------------


def _order(case: Case) -> Iterator[Hit]:
    start, end = case.declaration.project.start_date, case.declaration.project.end_date
    if start and end and start > end:
        message = f"开始时间{start}晚于结束时间{end}。"
        yield at_field("project", "end_date", message, also=(("project", "start_date"),))


def _swap(case: Case, rng: Random) -> Declaration | None:
    start, end = case.declaration.project.start_date, case.declaration.project.end_date
    if not start or not end or start == end:
        return None
    return making.field(case.declaration, "project", start_date=end, end_date=start)


def _swap_back(case: Case, hit: Hit) -> Declaration | None:
    """Two dates of the form's year in the wrong order were swapped; anything else is a slip that we cannot guess."""
    project = case.declaration.project
    start, end = project.start_date, project.end_date
    if start and end and start.year == end.year == project.year:
        return making.field(case.declaration, "project", start_date=end, end_date=start)
    return None


def _in_year(case: Case) -> Iterator[Hit]:
    project = case.declaration.project
    if project.nature != "经常性项目" or project.year is None:
        return
    for name, label in (("start_date", "开始时间"), ("end_date", "结束时间")):
        day: datetime.date | None = getattr(project, name)
        if day and day.year != project.year:
            message = f"{label}{day}不在{project.year}年里，而项目性质是经常性项目。"
            yield at_field("project", name, message, cause="outside-year")


def _last_year(case: Case, rng: Random) -> Declaration | None:
    project = case.declaration.project
    if project.nature != "经常性项目" or not project.start_date or not project.end_date:
        return None
    moved = {
        name: day.replace(year=day.year - 1, day=min(day.day, 28))
        for name, day in (("start_date", project.start_date), ("end_date", project.end_date))
    }
    return making.field(case.declaration, "project", **moved)


# --- R18: dates in targets -------------------------------------------------------------------------------------------


_OTHER_YEAR = re.compile(r"次年|翌年|下年|下一年|每年|第二年")


def _inside(case: Case) -> Iterator[Hit]:
    project = case.declaration.project
    start, end = project.start_date, project.end_date
    if not start or not end or start > end:
        return
    for row in case.by_role("output.timeliness"):
        if _OTHER_YEAR.search(row.indicator.target):
            continue
        days = list(days_in(row.indicator.target, end.year if start.year == end.year else None))
        if any(day.first is not None and day.first > end for day in days):
            yield at_row(row, f"{row.shown}晚于项目结束时间{end}。", "target", detail="late")
        elif days and all(day.last is not None and day.last < start for day in days):
            yield at_row(row, f"{row.shown}早于项目开始时间{start}。", "target", detail="early")


def _too_late(case: Case, rng: Random) -> Declaration | None:
    end = case.declaration.project.end_date
    late = f"{end.year + 1}年3月底前" if end else ""
    return making.change_row(case, rng, case.by_role("output.timeliness"), target=late) if end else None


# --- R50, R51: rules and steps ---------------------------------------------------------------------------------------


def _named_rules(case: Case) -> Iterator[Hit]:
    text = case.texts["measures"]
    if text and not is_blank(text) and not BOOK.search(text):
        cause = SHIFTED if shift(case) else ""
        yield at_field(
            "narrative",
            "measures",
            "“保证项目实施制度、措施”里没有一个写全名称的制度（《……制度》《……办法》）。",
            cause=cause,
        )


def _no_rules(case: Case, rng: Random) -> Declaration:
    return making.narrative(case.declaration, measures="加强领导，统筹各类行政资源，确保项目顺利实施。")


def _steps(case: Case) -> Iterator[Hit]:
    text = case.texts["plan"]
    if text and not is_blank(text) and not TIME_WORD.search(text) and not case.reading("plan").moments:
        cause = SHIFTED if shift(case) else ""
        yield at_field("narrative", "plan", "“项目实施计划”里没有一个时间（月、季度或日期）。", cause=cause)


def _no_time(case: Case, rng: Random) -> Declaration:
    return making.narrative(case.declaration, plan="由业务科室按要求组织实施，按合同付款，保证平台平稳运行。")


RULES = (
    Rule(
        "R16",
        Point.POSSIBLE,
        Severity.ERROR,
        "开始时间不晚于结束时间",
        "申报检查工具的硬性规则",
        Trust.PUBLISHED,
        "起止时间颠倒，进度监控从第一天就是“逾期”。",
        "核对两个日期。",
        "开始 2020-12-31，结束 2020-01-01",
        "开始 2020-01-01，结束 2020-12-31",
        _order,
        _swap,
        _swap_back,
    ),
    Rule(
        "R17",
        Point.POSSIBLE,
        Severity.ERROR,
        "经常性项目的起止时间在预算年度之内",
        "填报说明：年度为预算所属年度",
        Trust.PUBLISHED,
        "钱是当年的，事在别的年份，明年自评没法算到这笔预算上。",
        "沿用上年的表时把年份改过来；确实跨年的，改项目性质。",
        "2020年的表，起止时间 2019-01-01 至 2019-12-31",
        "2020年的表，起止时间 2020-01-01 至 2020-12-31",
        _in_year,
        _last_year,
    ),
    Rule(
        "R18",
        Point.POSSIBLE,
        Severity.ERROR,
        "时效目标的日期落在项目起止时间内",
        "申报检查工具的硬性规则",
        Trust.PUBLISHED,
        "完成时间在项目结束以后，到年底这一条注定完不成。",
        "改目标的日期，或者改项目的结束时间。",
        "采购完成时间 2021年3月底前（项目2020-12-31结束）",
        "采购完成时间 2020年6月底前",
        _inside,
        _too_late,
    ),
    Rule(
        "R50",
        Point.SUPPORTED,
        Severity.WARNING,
        "制度、措施里点出制度名称",
        "申报说明：写明保证实施的制度、措施",
        Trust.REFERENCE,
        "没有制度名称，评审按“没有保障”处理。",
        "先列《……制度》《……办法》，再写谁来管、多久查一次。",
        "以网格划分为抓手，统筹各类行政资源……",
        "《网格化管理督办制度》；专人按月核对账单，季度通报。",
        _named_rules,
        _no_rules,
    ),
    Rule(
        "R51",
        Point.POSSIBLE,
        Severity.WARNING,
        "实施计划写到时间",
        "申报表的进度计划栏：内容、开始、完成时间",
        Trust.PUBLISHED,
        "计划没有时间，明年的时效指标就没有依据，进度监控也无从对照。",
        "按时间写：几月签合同、几月完成、何时验收付款。",
        "该项目已实施，是系统的组成部分。",
        "1月签订合同；每季度末验收并付款；12月清算。",
        _steps,
        _no_time,
    ),
)
