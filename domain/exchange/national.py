"""The national 项目支出绩效目标申报表 (88号附1, as generally known): money, goals, indicators for the whole term and for the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from domain.answers import shown
from domain.changes import Record
from domain.exchange.crossing import crossed
from domain.exchange.sheet import Cell, Role, Sheet, label_cell
from domain.fields import FieldPath
from domain.model import Declaration, Indicator

TITLE = "项目支出绩效目标申报表"
HELD: frozenset[FieldPath] = frozenset(
    {
        ("project", "year"), ("project", "unit"), ("project", "name"), ("project", "start_date"), ("project", "end_date"),
        ("funding", "total"), ("funding", "requested"), ("narrative", "overall_goal"), ("narrative", "annual_goal"),
    }
)  # fmt: skip
"""The fields that the layout has a place for."""

NEW, CONTINUED = "新增项目", "延续项目"


def sheet(record: Record) -> Sheet:
    """The record in this layout; what the form does not know (主管部门, 其他资金) stays blank."""
    declaration = record.declaration
    project, narrative = declaration.project, declaration.narrative
    rows: list[tuple[Cell, ...]] = [
        (label_cell("项目名称", 2), Cell(project.name, cols=6)),
        (label_cell("主管部门及代码", 2), Cell("", cols=2), label_cell("实施单位", 2), Cell(project.unit, cols=2)),
        (
            label_cell("项目属性", 2),
            Cell(attribute(declaration), cols=2),
            label_cell("项目期", 2),
            Cell(term(declaration), cols=2),
        ),
        *_money(declaration),
        (
            Cell("总体目标", Role.LABEL, rows=2),
            label_cell(f"中期目标（{_years(declaration)}）", 4),
            label_cell("年度目标", 3),
        ),
        (Cell(narrative.overall_goal, Role.LONG, cols=4), Cell(narrative.annual_goal, Role.LONG, cols=3)),
        *_indicators(declaration),
    ]
    return Sheet(TITLE, f"（{shown(project.year)}年度）", (10, 12, 14, 20, 12, 14, 20, 12), tuple(rows))


def attribute(declaration: Declaration) -> str:
    """新增 or 延续, concluded from last year's figures; "" where nothing says which."""
    funding = declaration.funding
    if funding.previous_budget is not None or funding.previous_executed is not None:
        return CONTINUED
    return NEW if declaration.project.nature else ""


def one_year(declaration: Declaration) -> bool:
    """Whether the project begins and ends in the same year, so that its whole term is the year."""
    start, end = declaration.project.start_date, declaration.project.end_date
    return start is not None and end is not None and start.year == end.year


def term(declaration: Declaration) -> str:
    """The project's term (项目期): 1年, or from day to day."""
    start, end = declaration.project.start_date, declaration.project.end_date
    return "1年" if one_year(declaration) else "至".join(filter(None, (shown(start), shown(end))))


def _years(declaration: Declaration) -> str:
    start, end = declaration.project.start_date, declaration.project.end_date
    return f"{start.year if start else '    '}年—{end.year if end else '    '}年"


def _money(declaration: Declaration) -> Iterator[tuple[Cell, ...]]:
    total, requested = shown(declaration.funding.total), shown(declaration.funding.requested)
    lines = (("资金总额", total, requested), ("其中：财政拨款", "", ""), ("其他资金", "", ""))
    for number, (label, whole, year) in enumerate(lines):
        side = (Cell("项目资金（万元）", Role.LABEL, rows=3),) if number == 0 else ()
        first, second = (f"中期{label}", f"年度{label}") if number == 0 else (label, label)
        yield (
            *side,
            label_cell(first, 2),
            Cell(whole, Role.MONEY, cols=2),
            label_cell(second, 2),
            Cell(year, Role.MONEY),
        )


def _indicators(declaration: Declaration) -> Iterator[tuple[Cell, ...]]:
    rows = list(level_rows(declaration))
    heads = ("一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值")
    yield (Cell("绩效指标", Role.LABEL, rows=len(rows) + 1), *(Cell(head, Role.HEAD) for head in heads))
    both = one_year(declaration)
    for level1, level2, row in rows:
        whole = (Cell(row.name), Cell(row.target)) if both else (Cell(""), Cell(""))
        yield (*level1, *level2, *whole, *level2, Cell(row.name), Cell(row.target))


def level_rows(declaration: Declaration) -> Iterator[tuple[tuple[Cell, ...], tuple[Cell, ...], Indicator]]:
    """The rows in the national framework, a blank one for an empty slot, each after the level cells that begin with it."""
    slots = [(key, rows or (Indicator(*key),)) for key, rows in crossed(declaration).slots]
    reach = Counter(key[0] for key, rows in slots for _ in rows)
    above = ""
    for (level1, level2), rows in slots:
        for number, row in enumerate(rows):
            yield (
                (Cell(level1, Role.LEVEL, rows=reach[level1]),) if level1 != above else (),
                (Cell(level2, Role.LEVEL, rows=len(rows)),) if number == 0 else (),
                row,
            )
            above = level1


def losses(record: Record) -> tuple[str, ...]:
    """What the layout cannot hold or what had to be concluded."""
    declaration = record.declaration
    found = [f"“{row.level2}›{row.name}”不列入指标表：{note}" for row, note in crossed(declaration).left]
    if declaration.indicators and not one_year(declaration):
        found.append("跨年项目：中期指标留空，请按项目全程补填（下达表只有年度目标值）")
    if attribute(declaration):
        found.append(f"项目属性按上年预算有无推定为“{attribute(declaration)}”，请核对")
    found.append("主管部门及代码、财政拨款与其他资金的拆分下达表里没有，留空待填")
    return tuple(found)
