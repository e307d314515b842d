"""Shanghai's 财政项目支出绩效目标申报表 (2026 layout as seen in published budgets), with the narrative page beside it."""

from __future__ import annotations

from collections.abc import Iterator

from domain.answers import shown
from domain.changes import Record
from domain.exchange import national
from domain.exchange.crossing import SIGNS, amounts_in_yuan, crossed, target_of
from domain.exchange.sheet import Cell, Role, Sheet, label_cell
from domain.fields import FieldPath
from domain.model import Declaration, Indicator, narrative_label
from domain.quantity import plain

TITLE = "财政项目支出绩效目标申报表"
HELD: frozenset[FieldPath] = frozenset(
    {
        *national.HELD, ("project", "nature"), ("project", "category"), ("narrative", "overview"), ("narrative", "basis"),
        ("narrative", "necessity"), ("narrative", "measures"), ("narrative", "plan"), ("narrative", "remarks"),
    }
)  # fmt: skip
"""The fields that table and narrative page have a place for."""


def sheet(record: Record) -> Sheet:
    """The record in this layout, amounts in 元."""
    declaration = record.declaration
    project, narrative = declaration.project, declaration.narrative
    rows: list[tuple[Cell, ...]] = [
        (label_cell("项目名称"), Cell(project.name, cols=2), label_cell("项目性质"), Cell(project.nature)),
        (label_cell("项目类别"), Cell(shown(project.category), cols=4)),
        (label_cell("主管部门"), Cell("", cols=2), label_cell("实施单位"), Cell(project.unit)),
        (
            label_cell("计划开始日期"),
            Cell(shown(project.start_date), cols=2),
            label_cell("计划完成日期"),
            Cell(shown(project.end_date)),
        ),
        *_money(declaration),
        (label_cell("项目总目标", 3), label_cell("年度总体目标", 2)),
        (Cell(narrative.overall_goal, Role.LONG, cols=3), Cell(narrative.annual_goal, Role.LONG, cols=2)),
        (
            Cell("一级指标", Role.HEAD),
            Cell("二级指标", Role.HEAD),
            Cell("三级指标", Role.HEAD, cols=2),
            Cell("年度指标值", Role.HEAD),
        ),
        *(
            (*level1, *level2, Cell(row.name, cols=2), Cell(printed(row)))
            for level1, level2, row in national.level_rows(declaration)
        ),
    ]
    return Sheet(
        TITLE, f"（{shown(project.year)}年度）", (18, 22, 18, 20, 20), tuple(rows), tuple(_sections(declaration))
    )


def _money(declaration: Declaration) -> Iterator[tuple[Cell, ...]]:
    total = amounts_in_yuan(shown(declaration.funding.total))
    requested = amounts_in_yuan(shown(declaration.funding.requested))
    lines = (
        ("项目资金总额", total, "年度资金申请总额", requested),
        ("其中：财政资金", "", "其中：当年财政拨款", ""),
        ("其他资金", "", "上年结转资金", ""),
        ("", "", "其他资金", ""),
    )
    for number, (left, whole, right, year) in enumerate(lines):
        side = (Cell("项目资金（元）", Role.LABEL, rows=len(lines)),) if number == 0 else ()
        yield (*side, label_cell(left), Cell(whole, Role.MONEY), label_cell(right), Cell(year, Role.MONEY))


def printed(row: Indicator) -> str:
    """A target as these forms print it: =100.00(%), ≥90.00(%), 985米, 及时."""
    target = target_of(row)
    if target.number is None:
        return target.text
    if target.unit == "%":
        return f"{SIGNS[target.operator or '=']}{target.number:.2f}(%)"
    operator = "" if target.operator in ("", "=") else SIGNS[target.operator]
    return f"{operator}{plain(target.number)}{target.unit}"


def _sections(declaration: Declaration) -> Iterator[tuple[str, str]]:
    """The narrative page: seven headings, filled from the texts that answer them."""
    project, narrative = declaration.project, declaration.narrative
    requested = amounts_in_yuan(shown(declaration.funding.requested))
    period = "至".join(filter(None, (shown(project.start_date), shown(project.end_date))))
    yield "一、项目概述", narrative.overview
    yield "二、立项依据", _joined(("", narrative.basis), (narrative_label("necessity"), narrative.necessity))
    yield "三、实施主体", project.unit
    yield "四、实施方案", _joined(("", narrative.plan), (narrative_label("measures"), narrative.measures))
    yield "五、实施周期", period
    budget = f"本年度申请预算 {requested} 元。" if requested else ""
    yield "六、年度预算安排", _joined(("", budget), ("", narrative.remarks))
    yield (
        "七、绩效目标",
        _joined(
            (narrative_label("overall_goal"), narrative.overall_goal),
            (narrative_label("annual_goal"), narrative.annual_goal),
        ),
    )


def _joined(*parts: tuple[str, str]) -> str:
    return "\n".join(f"{label}：{text}" if label else text for label, text in parts if text)


def losses(record: Record) -> tuple[str, ...]:
    """What the layout cannot hold or what changes in it."""
    found = [f"“{row.level2}›{row.name}”不列入指标表：{note}" for row, note in crossed(record.declaration).left]
    found.append("主管部门、财政资金与其他资金的拆分下达表里没有，留空待填；金额已由万元换算成元")
    return tuple(found)
