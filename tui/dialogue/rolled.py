"""What the dialogue says of values that nobody typed (来源): last year's beside the question, and what is still to be looked at.

The year roll itself is imported where a record has something of last year: the way to the first question of a new one is kept short.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from domain.answers import shown
from domain.fields import Kind, path_text
from domain.framework import Slot
from domain.marks import ASK, CARRIED, IMPORTED, OTHER, SUGGESTED, row_key
from domain.model import Indicator, is_empty, spec_at
from domain.quantity import Money, half_width, parse_money, plain
from tui.dialogue.places import FieldPlace, Place, SlotPlace, answered, places
from tui.session import Session

SAME = frozenset("= 同上年 同去年 同上 不变 没变 一样 与上年相同 和上年一样 和去年一样".split())
"""Answers that mean last year's value."""
WHENCE = {CARRIED: "沿用上年的", IMPORTED: "导入的", SUGGESTED: "草拟的"}
_REASONS = {
    "year": "里面写着上年的年份，请改过来",
    "sum": "里面有上年的测算，请重新算",
    "span": "项目跨年，日期没有动，请核对",
    OTHER: "照另一个项目起的，请改成这个项目的",
    "once": "一次性项目今年还做？接着做就改成经常性或阶段性，另起一件就照旧",
}
_REQUESTED = ("funding", "requested")
_BUDGET, _EXECUTED = ("funding", "previous_budget"), ("funding", "previous_executed")
_REMARKS = ("narrative", "remarks")


def news(session: Session) -> tuple[str, ...]:
    """What is to be done with a record just begun from another one, in lines; nothing once the filer has begun."""
    if session.untouched and OTHER in session.record.marks(ASK).values():
        return ("照另一个项目起的：名称、金额和数量都要另填；正文逐栏会问到，请改成这个项目的。",)
    if not session.untouched or not session.last_year("project.year"):
        return ()
    from domain import rolling

    return (f"由{session.last_year('project.year')}年的表结转而来。", *rolling.summary(session.record))


def last_value(session: Session, key: str, text: str) -> str:
    """Last year's value where the answer means it, else the answer itself."""
    if half_width(text).strip() in SAME:
        return session.last_year(key) or (_requested_before(session) if key == path_text(_BUDGET) else "") or text
    return text


def _requested_before(session: Session) -> str:
    """What the year before asked for, which is what it was granted unless that was changed; "" where it is not known."""
    year, before = session.declaration.project.year, session.last_year("project.year")
    return session.last_year(path_text(_REQUESTED)) if year is not None and before == str(year - 1) else ""


def field_note(session: Session, place: FieldPlace) -> str:
    """What to say beside a field's question: last year's value, where the present one came from, what to look at in it."""
    value = session.declaration.get(place.field.path)
    parts = [_last_year(session, place.key, value, place.field.spec.kind), _known(session, place.key)]
    if not is_empty(value) and not session.looked_at(place.key):
        parts.append(f"{_whence(session, place.key)}，还没有人看过")
        parts.append(_REASONS.get(session.asked_again(place.key), ""))
        if place.field.spec.kind in (Kind.TEXT, Kind.LONG):
            parts.append(_mentioned(value))
    return "；".join(part for part in parts if part)


def _whence(session: Session, key: str) -> str:
    """Where a value came from, as it is said beside it; not every carried one is last year's."""
    origin = session.origin(key)
    return "沿用的" if origin == CARRIED and not session.last_year("project.year") else WHENCE[origin]


def _mentioned(text: str) -> str:
    from domain import rolling

    named = rolling.mentioned(text)
    return f"文中的年份、文号：{'、'.join(named)}" if named else ""


def _last_year(session: Session, key: str, value: Any, kind: Kind) -> str:
    last = session.last_year(key)
    if not last or last == shown(value):
        return ""
    unit = "万元" if kind is Kind.MONEY else ""
    return f"上年填的是 {last}{unit}" + ("，与上年相同就写 =" if is_empty(value) else "")


def _known(session: Session, key: str) -> str:
    """What the form itself says about last year's figures."""
    budget = session.declaration.funding.previous_budget
    if (
        key == path_text(_BUDGET)
        and budget is not None
        and not session.looked_at(key)
        and session.origin(key) == CARRIED
    ):
        return "取自上年表里的申请金额，请与批复核对"
    if key == path_text(_BUDGET) and budget is None and (requested := _requested_before(session)):
        return f"上年表里申请的是 {requested}万元，批复的也是这个数就写 ="
    if key == path_text(_EXECUTED) and budget is not None:
        return f"{spec_at(_BUDGET).label}是 {shown(budget)}万元"
    return ""


def changed(session: Session, place: FieldPlace, value: Any, large: Callable[[], Decimal]) -> str:
    """How far an amount just answered is from last year's; with a hint to explain a step of more than `large` per cent."""
    last = session.last_year(place.key)
    before = parse_money(last) if last and isinstance(value, Decimal) else None
    if not isinstance(before, Money) or before.amount == value:
        return ""
    from domain.comparing import figures, percentage

    said = f"比上年 {figures(before.amount, value, '万元')}"
    percent, limit = percentage(before.amount, value), large()
    if percent is None or abs(percent) <= limit:
        return said
    return f"{said}。增减超过 {plain(limit)}%，请在“{spec_at(_REMARKS).label}”里写明原因"


# --- indicators ----------------------------------------------------------------------------------------------------


def asked_row(session: Session, slot: Slot) -> int | None:
    """The first row of the slot whose target has to be asked again; None where there is none."""
    rows = session.declaration.rows(slot.key)
    return next((index for index, row in rows if session.asked_again(row_key(row))), None)


def row_note(session: Session, index: int) -> str:
    """What to say beside the question for a row's target."""
    row = session.declaration.indicators[index]
    last = session.last_year(row_key(row))
    same = "，与上年相同就写 =" if last and not row.target else ""
    return f"上年的目标值是 {last}{same}" if last else ""


def target_said(session: Session, index: int) -> str:
    """What to say of a target just answered, beside last year's."""
    row = session.declaration.indicators[index]
    return _target_note(row, session.last_year(row_key(row)))


def _target_note(row: Indicator, last: str) -> str:
    if not last:
        return ""
    from domain import rolling

    return rolling.target_note(row.target, last)


def slot_note(session: Session, slot: Slot) -> str:
    """What to say of the slot's rows: from where they came unseen, and their targets beside last year's."""
    rows = [row for _, row in session.declaration.rows(slot.key)]
    whence = {_whence(session, row_key(row)): None for row in rows if not session.looked_at(row_key(row))}
    found = [f"{'、'.join(whence)}指标还没有人看过"] if whence else []
    notes = [(row.name, _target_note(row, session.last_year(row_key(row)))) for row in rows]
    return "；".join([*found, *(f"{name}：{note}" for name, note in notes if note)])


# --- what nobody has looked at -------------------------------------------------------------------------------------


def unseen(session: Session, place: Place) -> bool:
    """Whether the place holds something that nobody has looked at."""
    if isinstance(place, SlotPlace):
        return any(not session.looked_at(row_key(row)) for _, row in session.declaration.rows(place.slot.key))
    return answered(place, session.declaration) and not session.looked_at(place.key)


def carried_unseen(session: Session, place: Place) -> bool:
    """Whether the place holds last year's text and nobody has looked at it."""
    return session.origin(place.key) == CARRIED and unseen(session, place)


def all_unseen(session: Session) -> Iterator[Place]:
    """Every such place in form order."""
    return (place for place in places(session.declaration.framework) if unseen(session, place))


def next_unseen(session: Session, key: str) -> Place | None:
    """The next such place below this one; the first where the key is none of a place."""
    keys = [place.key for place in places(session.declaration.framework)]
    at = keys.index(key) if key in keys else -1
    return next((place for place in all_unseen(session) if keys.index(place.key) > at), None)
