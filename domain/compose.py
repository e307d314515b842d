"""Texts composed from what is already filled in: the year's goal from the indicators, the calculation from the sums."""

from __future__ import annotations

from decimal import Decimal

from domain import quantity
from domain.framework import framework
from domain.model import Declaration, Indicator
from domain.quantity import Target, parse_target
from domain.reading import Reader, Sum

_SPOKEN = {">=": "不低于", "<=": "不超过", ">": "高于", "<": "低于", "=": "", "": ""}


def annual_goal(declaration: Declaration) -> str:
    """A year goal (年度绩效目标) made of the indicators: outputs first, then effects and satisfaction; "" without any."""
    roles = framework(declaration.framework).roles
    outputs = [
        _phrase(row) for row in declaration.indicators if roles.get(row.slot, "").startswith("output.") and row.name
    ]
    effects = [
        _phrase(row) for row in declaration.indicators if roles.get(row.slot, "").startswith("effect.") and row.name
    ]
    if not outputs and not effects:
        return ""
    year = f"{declaration.project.year}年" if declaration.project.year else "本年度"
    subject = f"{year}实施{declaration.project.name}" if declaration.project.name else year
    parts = [subject + ("，" + "，".join(outputs) if outputs else "")]
    if effects:
        parts.append("通过项目实施，" + "，".join(effects))
    return "；".join(parts) + "。"


def _phrase(row: Indicator) -> str:
    target = parse_target(row.target)
    if not row.target:
        return row.name
    if target.is_number:
        return f"{_subject(row.name, target)}{_SPOKEN[target.operator]}{quantity.plain(target.number or Decimal(0))}{target.unit}"
    subject = row.name.removesuffix("情况").removesuffix("性")
    return subject if subject.endswith(target.text) else f"{row.name.removesuffix('情况')}{target.text}"


def _subject(name: str, target: Target) -> str:
    """租用光纤数 =147条 reads as 租用光纤147条; 停机天数 =42天 stays, since its 天 would be told twice."""
    counted = ("人", "次", "户", *filter(None, [target.unit]))
    if target.operator in ("=", "") and not target.is_rate:
        for ending in ("数量", "数"):
            subject = name.removesuffix(ending)
            if subject != name and len(subject) > 1 and not subject.endswith(counted):
                return subject
    return name


def calculation(declaration: Declaration, reader: Reader) -> str:
    """The calculation note (测算说明): every sum found in the texts, worked out, and their total against the request."""
    sums: list[Sum] = []
    for name in ("remarks", "overview", "plan", "annual_goal"):
        where = ("narrative", name)
        told = {one.span.text for one in sums}  # the same sum in two texts is one item
        found = reader.read(declaration.get(where), where).sums
        sums.extend(one for one in found if one.span.text not in told)
    if not sums:
        return ""
    lines = [f"{number}、{_worked(one)}" for number, one in enumerate(sums, 1)]
    total = sum((one.computed for one in sums), Decimal(0))
    wan = quantity.plain((total / quantity.YUAN_PER_WAN).quantize(Decimal("0.0001")))
    lines.append(f"合计{quantity.plain(total)}元，即{wan}万元。")
    return "\n".join(lines)


def _worked(one: Sum) -> str:
    expression = one.span.text.split("=")[0].split("＝")[0].strip()
    return f"{expression}={quantity.plain(one.computed)}元"
