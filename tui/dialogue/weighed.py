"""Weights (权重) and explanations (指标解释) of the indicators, typed by their numbers, for offices whose tables have them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.marks import EXPLAINED, WEIGHTS, beside, row_keys
from domain.quantity import half_width, parse_weight, plain
from domain.text import one_line
from tui.dialogue import outside
from tui.dialogue.types import Message, Reply, Role, say
from tui.session import Session

_ASSIGNED = re.compile(r"(\d{1,3})\s*[=:]\s*(.*)")
_BETWEEN = re.compile(r"[\s,，、;；]+")
_NONE = ("", "无", "空", "删", "-")
EXPLAINED_LIMIT = 300
"""Longest explanation, in code points."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept beside the indicators: the table of marks, its command, how it is called and typed."""

    table: str
    command: str
    label: str
    way: str


WEIGHT = Kept(
    WEIGHTS,
    "权重",
    "权重（分值）",
    "写法：/权重 2=15 3=10 改其中几条；/权重 20 15 10 照次序一次写全；/权重 2=无 去掉。",
)
EXPLANATION = Kept(
    EXPLAINED, "指标解释", "指标解释", "写法：/指标解释 2=合格数÷验收数，取自验收单；/指标解释 2=无 去掉。"
)


def weigh(session: Session, argument: str) -> Reply:
    """List the weights, or set those that the argument gives."""
    if not argument:
        return say(Role.HELP, "\n".join(listed(session, WEIGHT)))
    given, fault = _weights(argument, len(session.declaration.indicators))
    return _refused(WEIGHT, argument, fault) if fault else _set(session, WEIGHT, given)


def explain(session: Session, argument: str) -> Reply:
    """List the explanations, or set the one that the argument gives."""
    if not argument:
        return say(Role.HELP, "\n".join(listed(session, EXPLANATION)))
    count = len(session.declaration.indicators)
    match = _ASSIGNED.fullmatch(half_width(argument[:4]) + one_line(argument[4:]))
    if match is None or not 1 <= int(match[1]) <= count:
        return _refused(EXPLANATION, argument, f"先写指标的序号（1 到 {count}）和“=”，再写怎么算、数据从哪里来。")
    if (over := len(match[2]) - EXPLAINED_LIMIT) > 0:
        return _refused(EXPLANATION, argument, f"最多{EXPLAINED_LIMIT}字，多了{over}字。")
    return _set(session, EXPLANATION, {int(match[1]): "" if match[2] in _NONE else match[2]})


def listed(session: Session, kept: Kept) -> list[str]:
    """Every indicator with its number and what is kept beside it, and how to change that."""
    rows = session.declaration.indicators
    if not rows:
        return ["还没有指标，先选几条再来。"]
    found = beside(session.record, kept.table)
    lines = [
        f"{number}. {row.level2}›{row.name}　{found.get(key, '（空）')}"
        for number, (row, key) in enumerate(zip(rows, row_keys(rows), strict=True), 1)
    ]
    return [f"各条指标的{kept.label}，下达表上没有，导出系统导入表时写进去：", *lines, kept.way]


def _weights(argument: str, count: int) -> tuple[dict[int, str], str]:
    """(weights by the number of the row, what is wrong)."""
    words = [word for word in _BETWEEN.split(re.sub(r"\s*[=＝:：]\s*", "=", argument.strip())) if word]
    pairs = [_ASSIGNED.fullmatch(half_width(word)) for word in words]
    if any(pairs):
        given = {int(pair[1]): pair[2] for pair in pairs if pair}
        if None in pairs:
            return {}, f"“{words[pairs.index(None)]}”前面少了序号和“=”。"
    elif len(words) == count:
        given = dict(enumerate(words, 1))
    else:
        return {}, f"有 {count} 条指标，写了 {len(words)} 个；只改几条请写成 序号=权重。"
    weights = {}
    for number, text in given.items():
        if not 1 <= number <= count:
            return {}, f"没有第 {number} 条，只有 {count} 条指标。"
        weight = parse_weight(text)
        if weight is None and text not in _NONE:
            return {}, f"“{text}”不是权重，写 10、7.5 这样的数。"
        weights[number] = "" if weight is None else plain(weight)
    return weights, ""


def _refused(kept: Kept, argument: str, fault: str) -> Reply:
    return say(Role.ERROR, f"{fault}{kept.way}", keep=f"/{kept.command} {argument}")


def _set(session: Session, kept: Kept, given: dict[int, str]) -> Reply:
    """Keep them as one step, and tell each."""
    if session.read_only:
        return outside.refused(session)
    rows, record = session.declaration.indicators, session.record
    keys = row_keys(rows)
    for number, text in given.items():
        record = record.marked(kept.table, keys[number - 1], text or None)
    session.apply(f"填写{kept.label}", record)
    told = (f"{rows[number - 1].name}　{text or f'去掉了{kept.label}'}" for number, text in sorted(given.items()))
    return Reply((Message(Role.ECHO, "；".join(told)),))
