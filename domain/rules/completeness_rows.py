"""完整性 (completeness) of the table's rows: name and target, no row twice, signs and units, weights on export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from domain.case import Case, Row
from domain.marks import row_keys
from domain.model import Declaration
from domain.quantity import parse_target, plain
from domain.review import Hit, Point, Rule, Severity, Trust, at_row, at_slot
from domain.rules import making
from domain.rules.phrases import DATE_LIKE

# --- R10, R12 to R14: rows -------------------------------------------------------------------------------------------


def _half_rows(case: Case) -> Iterator[Hit]:
    for row in case.rows:
        if not row.indicator.target.strip():
            yield at_row(row, f"指标“{row.name}”没有年度目标值。", "target")
        elif not row.name:
            yield at_row(row, f"目标值“{row.indicator.target}”前面没有指标名称。", detail=row.indicator.target)


def _drop_target(case: Case, rng: Random) -> Declaration | None:
    return making.change_row(case, rng, list(case.rows), target="")


def _duplicates(case: Case) -> Iterator[Hit]:
    seen: dict[str, list[Row]] = {}
    for row in case.rows:
        if row.name:
            seen.setdefault(row.name, []).append(row)
    for name, rows in seen.items():
        if len(rows) > 1:
            targets = "、".join(row.indicator.target or "（空）" for row in rows)
            message = f"指标“{name}”出现了{len(rows)}次，目标值是{targets}。"
            yield at_row(rows[1], message, also=tuple(row.where() for row in (rows[0], *rows[2:])))


def _drop_duplicate(case: Case, hit: Hit) -> Declaration | None:
    """Rows that are the same in everything are one; where targets differ somebody has to choose."""
    rows = [row.indicator for row in case.rows if row.name == hit.name]
    if len({(row.slot, parse_target(row.target).text) for row in rows}) > 1:
        return None
    first = case.declaration.indicators.index(rows[0])
    return making.without(case.declaration, lambda at, row: at != first and row.name.strip() == hit.name)


def _duplicate(case: Case, rng: Random) -> Declaration | None:
    chosen = making.pick(rng, [row for row in case.rows if row.name])
    return making.added(case.declaration, chosen.slot, chosen.name, chosen.indicator.target) if chosen else None


_BARE_DASH = re.compile(r"(?<![\d年月日])-|-(?!\d)")
_TIMES = re.compile(r"(?<=\d)\*(?=\d)")
"""7*24小时 means something, and a letter or two mend it; **人 is a gap left open."""


def _shape(case: Case) -> Iterator[Hit]:
    longest = case.settings.thresholds.name_chars
    for row in case.rows:
        if len(row.name) > 100:
            yield at_row(row, f"指标名称有{len(row.name)}字，系统最多收100字。")
        elif len(row.name) > longest:
            message = f"指标名称“{row.name}”有{len(row.name)}字，表格里不好看清。"
            yield at_row(row, message, severity=Severity.INFO, advice="留下被衡量的名词，修饰和范围放到目标里写。")
        text = row.indicator.target
        odd = [mark for mark in "*_" if mark in text] + (["-"] if _BARE_DASH.search(text) else [])
        if odd:
            meant = odd == ["*"] and "*" not in _TIMES.sub("", text)
            message = f"目标值“{text}”里有系统不收的符号“{'、'.join(odd)}”。"
            mild = {"severity": Severity.WARNING, "advice": "乘号写成“×”，如“7×24小时”。"} if meant else {}
            yield at_row(row, message, "target", detail="target", **mild)


def _underline(case: Case, rng: Random) -> Declaration | None:
    chosen = making.pick(rng, [row for row in case.rows if row.indicator.target])
    return making.row(case.declaration, chosen.index, target=f"{chosen.indicator.target}_") if chosen else None


_BARE_NUMBER = re.compile(r"(?:系数|指数|比值|之比|倍率)$")
"""Measures that have no unit."""


def _operators(case: Case) -> Iterator[Hit]:
    for row in case.rows:
        target = row.target
        if not target.is_number or DATE_LIKE.search(target.text) or re.fullmatch(r"[年月日].*", target.unit):
            continue
        missing = [] if target.operator else ["计算符号"]
        if not target.unit and not target.text.endswith("%") and not _BARE_NUMBER.search(row.name):
            missing.append("计量单位")
        if missing:
            yield at_row(
                row,
                f"{row.shown}没有写{'和'.join(missing)}。",
                "target",
                data=not target.operator and bool(target.unit),
            )


def _add_operator(case: Case, hit: Hit) -> Declaration | None:
    if not hit.data:
        return None
    index = int(hit.where[1])
    return making.row(case.declaration, index, target=f"={case.declaration.indicators[index].target.strip()}")


def _drop_operator(case: Case, rng: Random) -> Declaration | None:
    rows = [row for row in case.rows if row.target.operator == "=" and row.target.is_rate]
    chosen = making.pick(rng, rows)
    return making.row(case.declaration, chosen.index, target=chosen.target.text.lstrip("=")) if chosen else None


# --- R75: weights, on export only ------------------------------------------------------------------------------------


EXECUTED = "预算执行率"
WHOLE, EXECUTION_POINTS = Decimal(100), Decimal(10)
"""The usual sum, and the points for the share of the budget spent, which the evaluation adds itself where no row has it."""


def _weights(case: Case) -> Iterator[Hit]:
    if case.export is None or not case.export.weights:
        return
    keys = row_keys(case.declaration.indicators)
    weights = [case.export.weights.get(keys[row.index]) for row in case.rows]
    total, wanted = sum((one for one in weights if one is not None), Decimal(0)), case.export.total
    bare = sum(one is None for one in weights)
    apart = wanted == WHOLE and not any(EXECUTED in row.name for row in case.rows)
    if total == wanted or (apart and total == WHOLE - EXECUTION_POINTS):
        return
    if bare and total < wanted:
        said = f"指标权重还没有写全：写了{len(weights) - bare}条，合计{plain(total)}，还有{bare}条空着。"
        yield at_slot(None, said, severity=Severity.INFO, advice=_WEIGH_THE_REST)
    else:
        yield at_slot(None, f"指标权重合计{plain(total)}，应为{plain(wanted)}。")


_WEIGH_THE_REST = "下达表上没有权重，不碍审核；导出系统导入表之前用 /权重 补全。"


def _unweighted(case: Case, rng: Random) -> Declaration | None:
    """Without one of the weighted rows the sum falls short."""
    weighted, keys = case.export.weights if case.export else {}, row_keys(case.declaration.indicators)
    chosen = making.pick(rng, [row for row in case.rows if weighted.get(keys[row.index])])
    return making.without(case.declaration, lambda index, _: index == chosen.index) if chosen else None


RULES = (
    Rule(
        "R10",
        Point.COMPLETE,
        Severity.ERROR,
        "每条指标都有目标值，每个目标值都有指标",
        "财政系统的必填项检查",
        Trust.PUBLISHED,
        "没有目标值的指标，明年没有东西可比。",
        "补上目标值（符号＋数＋单位，或“健全”一类的词）；不用的行删掉。",
        "持续改善周边居民出行：（空）",
        "周边居民出行时间缩短率>=10%",
        _half_rows,
        _drop_target,
    ),
    Rule(
        "R12",
        Point.COMPLETE,
        Severity.ERROR,
        "指标名称不重复",
        "财政系统不收重名指标",
        Trust.PUBLISHED,
        "重名的两条，系统只认一条，另一条的数就丢了。",
        "内容相同的删掉一条；内容不同的，在名称里写出差别。",
        "农村低保资金<=4758万元；农村低保资金<=9849万元",
        "省级低保资金<=4758万元；低保资金总额<=9849万元",
        _duplicates,
        _duplicate,
        _drop_duplicate,
    ),
    Rule(
        "R13",
        Point.COMPLETE,
        Severity.ERROR,
        "名称不超过100字，目标值里没有 * _ -",
        "财政系统的格式检查",
        Trust.PUBLISHED,
        "系统导入时整行会被拒收。",
        "去掉多余的符号；范围写成“2—4次”或“2至4次”。",
        "目标值：_98%*",
        "目标值：>=98%",
        _shape,
        _underline,
    ),
    Rule(
        "R14",
        Point.COMPLETE,
        Severity.INFO,
        "定量目标写全符号、数和单位",
        "指标库的计算符号和计量单位栏",
        Trust.PUBLISHED,
        "导入系统时要补选符号，选错了就成了另一个目标。",
        "写成“=100%”“>=98%”这样的完整形式。",
        "预算资金到位率 100%",
        "预算资金到位率=100%",
        _operators,
        _drop_operator,
        _add_operator,
    ),
    Rule(
        "R75",
        Point.COMPLETE,
        Severity.WARNING,
        "导出带权重的表时，权重合计等于规定的总分",
        "财政系统的权重合计检查（各地为100、90或80）",
        Trust.REFERENCE,
        "下达表上没有权重；导入系统时合计不对，系统不让提交。",
        "填表时用 /权重 按重要程度重新分配；当地规定的总分不是100的，在 review.toml 的 thresholds 里写 weights。",
        "权重合计85",
        "产出50＋效益30＋满意度10＝90，另加预算执行率10",
        _weights,
        _unweighted,
    ),
)
