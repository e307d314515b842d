"""The indicator step (指标环节): one slot at a time. A digit picks, an operator or unit sets the target, other text is a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from domain import pinyin, quantity, vocabulary
from domain.framework import Slot
from domain.model import Indicator
from domain.text import one_line
from suggest.types import Offer, Suggester, Suggestion
from tui.dialogue.types import Message, Reply, Role, say
from tui.session import SUGGESTED, TYPED, Session, row_key

LONGEST_INITIALS = 8
"""Letters up to which a word without Chinese is taken for pinyin initials."""

NAME_LIMIT = 100
"""Longest indicator name that the formal systems take."""
TARGET_LIMIT = 100

PICKED = "已选"
"""Stands for the reasons of a suggestion that is in the table already."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an answer in a slot: the reply, whether the slot is finished, or the row whose target is asked next."""

    reply: Reply
    finished: bool = False
    ask_target: int | None = None


def row_lines(session: Session, slot: Slot) -> tuple[str, ...]:
    """The slot's rows as shown: 租用光纤数 =147条."""
    return tuple(
        f"{row.name or '（缺名称）'}  {row.target or '（缺目标值）'}" for _, row in session.declaration.rows(slot.key)
    )


def number_in(text: str) -> int | None:
    """The number that an answer consists of, in digits of either width; None where it is anything else."""
    digits = quantity.half_width(text).strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 9 else None


def split_row(text: str) -> tuple[str, str]:
    """("租用光纤数", "=147条") for "租用光纤数 =147条"; the target is "" where the text is only a name."""
    head, tail = match.groups() if (match := re.fullmatch(r"(.*\S)\s+(\S+)", text)) else ("", text)
    if head and (quantity.looks_like_target(tail) or tail in vocabulary.WORDS):
        return head, quantity.parse_target(tail).text
    match = re.fullmatch(r"(.*[一-鿿）)])\s*((?:>=|<=|=|>|<|≥|≤|＝|＞|＜).*\d.*)", text)
    return (match[1].strip(), quantity.parse_target(match[2]).text) if match else (text, "")


def marked(session: Session, slot: Slot, offer: Offer) -> Offer:
    """The offer with what has been picked from it marked, its target as it stands in the table."""
    rows = {row.name: row for _, row in session.declaration.rows(slot.key)}
    shown = (
        replace(one, target=rows[one.name].target, reasons=(PICKED,)) if one.name in rows else one
        for one in offer.suggestions
    )
    return replace(offer, suggestions=tuple(shown))


def all_taken(session: Session, slot: Slot, offer: Offer) -> bool:
    """Whether nothing of an offer is left to pick."""
    names = {row.name for _, row in session.declaration.rows(slot.key)}
    return bool(offer.suggestions) and all(one.name in names for one in offer.suggestions)


def answer(session: Session, suggester: Suggester, slot: Slot, offer: Offer, highlight: int, text: str) -> Outcome:
    """Take an answer at the indicator prompt of a slot."""
    line = one_line(text)
    if not line:
        return _leave(session, slot)
    numbers = re.split(r"[\s,，、]+", quantity.half_width(line))
    picks = [number_in(number) for number in numbers if number]
    if None not in picks:
        return _pick(session, suggester, offer, [number or 0 for number in picks], line)
    head, target = split_row(line)
    if target and (number := number_in(head)) is not None:
        return _pick(session, suggester, offer, [number], line, target)
    if quantity.looks_like_target(line):
        return _retarget(session, suggester, offer, highlight, line)
    if pinyin.is_initials(line) and len(line) <= LONGEST_INITIALS:
        return _by_initials(session, suggester, slot, highlight, line)
    return _own(session, slot, line)


def _by_initials(session: Session, suggester: Suggester, slot: Slot, highlight: int, line: str) -> Outcome:
    """Pinyin initials stand for the indicator found by them, never for a name."""
    found = suggester.search(session.declaration, slot.key, line)
    if not found:
        text = f"这一格没有首字母是“{line}”的指标。请写几个汉字来找，或直接写指标名称。"
        return Outcome(say(Role.ERROR, text, keep=line))
    reply, index = take(session, suggester, found[min(highlight, len(found) - 1)])
    untargeted = index is not None and not session.declaration.indicators[index].target
    return Outcome(reply, ask_target=index if untargeted else None)


def _leave(session: Session, slot: Slot) -> Outcome:
    if not session.declaration.rows(slot.key):
        session.skip("/".join(slot.key), slot.place)
        return Outcome(Reply(), finished=True)
    return Outcome(Reply(), finished=True)


def _pick(
    session: Session, suggester: Suggester, offer: Offer, numbers: list[int], line: str, target: str = ""
) -> Outcome:
    count = len(offer.suggestions)
    if any(not 1 <= number <= count for number in numbers):
        have = f"只有 1 到 {count} 号建议" if count else "这一格没有建议"
        text = f"{have}；要写目标值请带单位或符号，如 =147条；要写名称请直接写文字。"
        return Outcome(say(Role.ERROR, text, keep=line))
    messages: list[Message] = []
    ask: int | None = None
    for number in numbers:
        reply, index = take(session, suggester, offer.suggestions[number - 1], target)
        messages.extend(reply.messages)
        if index is not None and not session.declaration.indicators[index].target:
            ask = index
    return Outcome(Reply(tuple(messages)), ask_target=ask)


def take(session: Session, suggester: Suggester, suggestion: Suggestion, target: str = "") -> tuple[Reply, int | None]:
    """Put a suggestion into the table, with another target where one is given; None where the row is already there."""
    row = Indicator(*suggestion.slot, suggestion.name, target or suggestion.target)
    if any(other.slot == row.slot and other.name == row.name for other in session.declaration.indicators):
        return say(Role.NOTE, f"“{row.name}”已经在这一格里了。"), None
    index = session.add_row(row, SUGGESTED)
    suggester.chosen(session.declaration, suggestion, True)
    return say(Role.ECHO, f"已加入 {suggestion.place}：{row.name}  {row.target or '（目标值待填）'}"), index


def _retarget(session: Session, suggester: Suggester, offer: Offer, highlight: int, line: str) -> Outcome:
    if not offer.suggestions:
        return Outcome(say(Role.ERROR, "这一格没有建议，请先写指标名称，例如：租用光纤数 =147条。", keep=line))
    suggestion = offer.suggestions[min(highlight, len(offer.suggestions) - 1)]
    if suggestion.reasons == (PICKED,):
        suggestion = next((one for one in offer.suggestions if one.reasons != (PICKED,)), suggestion)
    target = quantity.parse_target(line).text
    reply, _ = take(session, suggester, suggestion, target)
    return Outcome(reply)


def _own(session: Session, slot: Slot, line: str) -> Outcome:
    name, target = split_row(line)
    if len(name) > NAME_LIMIT:
        over = len(name) - NAME_LIMIT
        return Outcome(
            say(Role.ERROR, f"指标名称最多{NAME_LIMIT}字，多了{over}字；文字还在输入框里，请删减。", keep=line)
        )
    if any(other.slot == slot.key and other.name == name for other in session.declaration.indicators):
        return Outcome(say(Role.NOTE, f"“{name}”已经在这一格里了；要改它用 /编辑 序号。", keep=line))
    index = session.add_row(Indicator(slot.level1, slot.level2, name, target), TYPED)
    if not target:
        return Outcome(say(Role.ECHO, f"已加入 {slot.place}：{name}"), ask_target=index)
    return Outcome(say(Role.ECHO, f"已加入 {slot.place}：{name}  {target}"))


def set_target(session: Session, index: int, text: str) -> Reply:
    """Set the target of a row; an empty text empties it."""
    row = session.declaration.indicators[index]
    line = one_line(text)
    if (over := len(line) - TARGET_LIMIT) > 0:
        message = f"目标值最多{TARGET_LIMIT}字，多了{over}字；文字还在输入框里，请删减。"
        return say(Role.ERROR, message, keep=line)
    target = quantity.parse_target(line).text
    origin = session.origin(row_key(row)) or TYPED
    session.change_row(index, Indicator(row.level1, row.level2, row.name, target), origin)
    return say(Role.ECHO, f"{row.name}  {target}") if target else target_left(session, index)


def target_left(session: Session, index: int) -> Reply:
    """What to say where a row's target is left as it is."""
    row = session.declaration.indicators[index]
    if row.target:
        return say(Role.NOTE, f"“{row.name}”的目标值没有改，还是 {row.target}。")
    return say(Role.NOTE, f"“{row.name}”的目标值先空着，检查时会提醒。")


def numbered_row(session: Session, slot: Slot, argument: str) -> int | Reply:
    """The table index of the slot's row that a command's argument names; a refusal where there is none."""
    rows = session.declaration.rows(slot.key)
    number = number_in(argument)
    if not rows:
        return say(Role.ERROR, "这一格还没有指标，请先写一条，如 租用光纤数 =147条。")
    if not argument.strip() and len(rows) == 1:
        return rows[0][0]
    if number is None or not 1 <= number <= len(rows):
        return say(Role.ERROR, f"请写序号，1 到 {len(rows)}，例如 /删 1。")
    return rows[number - 1][0]
