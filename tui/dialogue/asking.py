"""What the dialogue asks: the question that fits where it stands, and the text in progress that belongs to it.

Nothing here changes a value of the record.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain import answers
from domain.fields import Kind
from domain.marks import CARRIED, COMPUTED
from domain.model import is_empty, spec_at
from domain.narrative import OVERVIEW_SKELETON
from tui import keymap
from tui.dialogue import commands, drafting, outside, rolled, slots, targeting
from tui.dialogue.offers import Offers
from tui.dialogue.places import FieldPlace, SlotPlace, slot_places
from tui.dialogue.state import DONE_KEY, Standing
from tui.dialogue.types import Mode, Question
from tui.record_keys import progress, target_key
from tui.session import Session

NEXT_STEPS = (
    ("check", "检查：看哪里会被退回"),
    ("export", "导出：写成 Word、Excel、系统导入表"),
    ("entry", "录入：一栏一栏抄到正式系统"),
    ("overview", "全表：看各项，跳回去改"),
)
"""What comes after the last question: commands, by number."""

TOTAL, REQUESTED = ("funding", "total"), ("funding", "requested")


def question(at: Standing, offers: Offers) -> Question:
    """The question to show now."""
    if at.is_held:
        return outside.held_question(at.session)
    if at.session.conflicts:
        return outside.merge_question(at.session)
    asked = _question_of_the_form(at, offers)
    if not at.session.read_only:
        return asked
    on = keymap.shown("fill.send") if at.names_keys and asked.mode is Mode.LONG else "回车"
    return replace(asked, note=outside.look_note(at.session, on))


def _question_of_the_form(at: Standing, offers: Offers) -> Question:
    if at.draft is not None:
        if at.draft.current is not None:
            return drafting.question(at.session, at.draft)
        return drafting.paste_question(at.session.typing_at(drafting.PASTE_KEY))
    place = at.place
    if place is None:
        return _done_question(at.session)
    if isinstance(place, SlotPlace):
        row = at.target_index()
        return _slot_question(at, offers, place) if row is None else _target_question(at, place, row)
    return _field_question(at, place)


def _done_question(session: Session) -> Question:
    filled, of = progress(session.declaration)
    rows = len(session.declaration.indicators)
    kept = "还没存上" if session.trouble else "已存盘"
    unseen = sum(1 for _ in rolled.all_unseen(session))
    look = f"还有 {unseen} 处没人看过，/未看 逐处过目；" if unseen else ""
    return Question(
        key=DONE_KEY,
        mode=Mode.DONE,
        title="都问过一遍了",
        ask=f"已填 {filled}/{of} 项，指标 {rows} 条，{kept}。{look}下一步写序号；/去 某项 再改，回车存好并离开。",
        choices=tuple(about for _, about in NEXT_STEPS),
        done=filled,
        of=of,
    )


def _field_question(at: Standing, place: FieldPlace) -> Question:
    session, spec = at.session, place.field.spec
    filled, of = progress(session.declaration)
    usual, usual_note, _ = default(session, place)
    choices = at.visit.candidates or spec.choices or (("是", "否") if spec.kind is Kind.YES_NO else ())
    stands = session.typing_at(place.key) or answers.shown(session.declaration.get(place.field.path))
    return Question(
        key=place.key,
        mode=Mode.LONG if spec.kind is Kind.LONG else Mode.LINE,
        title=f"{spec.label}{'*' if spec.required else ''}",
        ask=spec.hint,
        prefill=stands if at.visit.prefill is None else at.visit.prefill,
        default=answers.shown(usual),
        default_note=usual_note,
        choices=choices,
        note=rolled.field_note(session, place),
        section=place.section,
        done=filled,
        of=of,
        skeleton=OVERVIEW_SKELETON if place.key == "narrative.overview" else "",
        limit=spec.max_chars,
        carried=spec.kind is Kind.LONG and rolled.carried_unseen(session, place),
    )


def default(session: Session, place: FieldPlace) -> tuple[Any, str, str]:
    """What a bare Enter takes at an empty field, why in Chinese, and its origin; None where there is nothing."""
    declaration = session.declaration
    if not is_empty(declaration.get(place.field.path)):
        return None, "", ""
    if place.field.path == REQUESTED and declaration.funding.total is not None:
        return declaration.funding.total, f"与{spec_at(TOTAL).label}相同", COMPUTED
    value = session.default(place.field.path)
    return (value, "同上一份表", CARRIED) if value is not None else (None, "", "")


def _slot_question(at: Standing, offers: Offers, place: SlotPlace) -> Question:
    session, offer = at.session, offers.now()
    rows = slots.row_lines(session, place.slot)
    table = slot_places(session.declaration.framework)
    number = table.index(place) + 1
    untouched = number == 1 and not session.declaration.indicators
    notes = (
        rolled.slot_note(session, place.slot),
        offer.note,
        offers.trouble_of_choices(),
        "输入 /拟指标 可先拟出整张表，再逐条定" if untouched else "",
    )
    return Question(
        key=place.key,
        mode=Mode.SLOT,
        title=place.label,
        ask="还要再加一条吗？不加就按 Enter 到下一格。" if rows else place.slot.meaning,
        prefill=session.typing_at(place.key),
        suggestions=offer.suggestions,
        rows=rows,
        note="；".join(filter(None, notes)),
        section=place.section,
        done=number,
        of=len(table),
    )


def _target_question(at: Standing, place: SlotPlace, index: int) -> Question:
    declaration = at.session.declaration
    row = declaration.indicators[index]
    options = at.suggester.targets(declaration, place.slot.key, row.name)
    usual = targeting.default_of(row, options)
    hint = targeting.shape_for(row, options, declaration.indicators).hint
    return Question(
        key=place.key,
        mode=Mode.TARGET,
        title=f"{place.label}　{row.name}",
        ask=f"目标值是多少？如 =147条、>=98%、<=4小时、健全；选序号也行。{hint}",
        prefill=at.session.typing_at(target_key(row)) or row.target,
        default=usual.text if usual else "",
        default_note=usual.reason if usual else "",
        choices=tuple(f"{option.text}　{option.reason}" for option in options),
        note=rolled.row_note(at.session, index),
        section=place.section,
    )


def keep_text(at: Standing, asked: Question, text: str) -> None:
    """Keep what stands in the input at the question but was not sent, for when its place is visited again."""
    literal = asked.mode in (Mode.LONG, Mode.PASTE)
    if commands.is_bare(text) or (not literal and commands.split(text.strip()) is not None):
        text = ""  # a command in the making is no answer
    if text == asked.prefill:
        return
    if asked.mode in (Mode.LINE, Mode.LONG, Mode.SLOT, Mode.PASTE):
        at.session.note_typing(asked.key, text)
    elif asked.mode is Mode.TARGET and (row := at.target_index()) is not None:
        at.session.note_typing(target_key(at.session.declaration.indicators[row]), text)
