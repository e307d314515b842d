"""The indicator step (指标环节): one slot at a time. A digit picks, an operator or unit sets the target, letters are initials.

Other text is a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain import quantity, vocabulary
from domain.framework import Slot
from domain.marks import SUGGESTED, TYPED, row_key, slot_key
from domain.model import Indicator
from domain.text import one_line
from suggest.types import Offer, Suggester, Suggestion
from tui.dialogue.targeting import shape_of
from tui.dialogue.types import Message, Reply, Role, say
from tui.session import Session

_INITIALS = re.compile(r"([A-Za-z]{2,24})([1-9１-９]?)")
"""A word without Chinese stands for pinyin initials; a digit behind it for one of what they find."""

_PICK = re.compile(r"(\d{1,9})([=<>≥≤].+)?")
"""A number of the offer, and the target that it is to have."""
_BETWEEN_PICKS = re.compile(r"\s*(?:[，、；;]|,(?!\d{3}(?!\d)))\s*|\s+(?=\d+(?:[=<>≥≤\s,，、；;]|$))")
"""A comma that is none within 1,200, or a space before the next number."""

NAME_LIMIT = 100
"""Longest indicator name that the formal systems take."""
TARGET_LIMIT = 100

PICKED = "已选"
"""Stands for the reasons of a suggestion that is in the table already."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an answer in a slot: the reply, whether the slot is finished, or the row whose target is asked next.

    found: what is to be offered from now on.
    """

    reply: Reply
    finished: bool = False
    ask_target: int | None = None
    found: tuple[Suggestion, ...] = ()


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
    match = re.fullmatch(r"(.*[一-鿿）)A-Za-z0-9])\s*((?:>=|<=|=|>|<|≥|≤|＝|＞|＜).*\d.*)", text)
    return (match[1].strip(), quantity.parse_target(match[2]).text) if match else (text, "")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line at the prompt says: which of the offer it picks, or what it looks for; with a target where one is written."""

    picks: tuple[int, ...] | None = None
    """Numbers of the offer, from 1."""
    targets: tuple[str, ...] = ()
    """The target written behind each of them, "" for none."""
    query: str = ""
    target: str = ""
    initials: bool = False
    number: int = 0
    """Which of what the initials find, from 1; 0 where the line does not say."""

    @property
    def about_offer(self) -> bool:
        """Whether it is about what the slot is offered: nothing yet, numbers, a target without a name."""
        return not self.query

    def found(self, hits: Sequence[Suggestion]) -> int | None:
        """Which hit it stands for: by initials the first or the numbered one; words are a name themselves."""
        index = max(self.number, 1) - 1
        return index if self.initials and index < len(hits) else None


def read_line(text: str) -> Line:
    """1 3=12台 picks two; sbgz2 =12台 looks for what has these initials, wants the second, with this target."""
    line = one_line(text)
    if (picks := _picks(line)) is not None:
        return Line(tuple(number for number, _ in picks), tuple(target for _, target in picks))
    head, target = split_row(line)
    if target and (number := number_in(head)) is not None:
        return Line((number,), (target,))
    if quantity.looks_like_target(line):
        return Line(target=quantity.parse_target(line).text)
    match = _INITIALS.fullmatch(head)
    if match is None:
        return Line(query=head, target=target)
    return Line(query=match[1], target=target, initials=True, number=int(match[2] or 0))


def _picks(line: str) -> list[tuple[int, str]] | None:
    """Numbers of the offer with their targets, where a line consists of nothing else."""
    close = re.sub(r"\s*([=<>≥≤]+)\s*", r"\1", quantity.half_width(line))
    found = [_PICK.fullmatch(one) for one in _BETWEEN_PICKS.split(close) if one]
    return [(int(match[1]), _target(match[2] or "")) for match in found if match] if all(found) else None


def _target(text: str) -> str:
    """A target as it stands in the table; a word (=健全) goes without the sign."""
    return quantity.parse_target(text if any(char.isdigit() for char in text) else text.lstrip("=")).text


def taken(line: Line, shown: Sequence[Suggestion], highlight: int) -> tuple[int, ...]:
    """Which of the suggestions shown for a line (from 0) Enter takes."""
    if line.picks is not None:
        return tuple(number - 1 for number in line.picks if 0 < number <= len(shown))
    if line.about_offer:
        return (retargeted(shown, highlight),) if shown else ()
    index = line.found(shown)
    return () if index is None else (index,)


def marked(session: Session, slot: Slot, offer: Offer) -> Offer:
    """The offer with what has been picked from it marked, its target as it stands in the table."""
    rows = {row.name: row for _, row in session.declaration.rows(slot.key)}
    shown = (
        one._replace(target=rows[one.name].target, reasons=(PICKED,)) if one.name in rows else one
        for one in offer.suggestions
    )
    return offer._replace(suggestions=tuple(shown))


def all_taken(session: Session, slot: Slot, offer: Offer) -> bool:
    """Whether nothing of an offer is left to pick."""
    names = {row.name for _, row in session.declaration.rows(slot.key)}
    return bool(offer.suggestions) and all(one.name in names for one in offer.suggestions)


def answer(
    session: Session, suggester: Suggester, slot: Slot, offer: Offer, highlight: int, text: str, *, seen: bool
) -> Outcome:
    """Take an answer at the indicator prompt of a slot; seen: the filer sees what is found while typing."""
    line = one_line(text)
    if not line:
        return _leave(session, slot)
    asked = read_line(line)
    if asked.picks is not None:
        return _pick(session, suggester, offer, asked, line)
    if asked.about_offer:
        return _retarget(session, suggester, offer, highlight, asked, line)
    if asked.initials:
        return _by_initials(session, suggester, slot, asked, line, seen=seen)
    return _own(session, slot, line)


def _by_initials(session: Session, suggester: Suggester, slot: Slot, asked: Line, line: str, *, seen: bool) -> Outcome:
    """Pinyin initials stand for what they find, never for a name; whoever has not seen that is asked which of it."""
    found = suggester.search(session.declaration, slot.key, asked.query)
    index = asked.found(found)
    if not found:
        text = f"这一格没有首字母是“{asked.query}”的指标。请写几个汉字来找，或直接写指标名称。"
        return Outcome(say(Role.ERROR, text, keep=line))
    if index is None:
        return Outcome(
            say(Role.ERROR, f"“{asked.query}”只找到 {len(found)} 条，没有第 {asked.number} 条，请换个序号。", keep=line)
        )
    if not seen and not asked.number and len(found) > 1:
        return Outcome(
            say(Role.NOTE, f"首字母“{asked.query}”找到 {len(found)} 条，选序号；都不是就写名称。"), found=found
        )
    reply, row = take(session, suggester, found[index], asked.target)
    untargeted = row is not None and not session.declaration.indicators[row].target
    return Outcome(reply, ask_target=row if untargeted else None)


def _leave(session: Session, slot: Slot) -> Outcome:
    if not session.declaration.rows(slot.key):
        session.skip(slot_key(slot.key), slot.place)
    return Outcome(Reply(), finished=True)


def _pick(session: Session, suggester: Suggester, offer: Offer, asked: Line, line: str) -> Outcome:
    count, numbers = len(offer.suggestions), asked.picks or ()
    if any(not 1 <= number <= count for number in numbers):
        have = f"只有 1 到 {count} 号建议" if count else "这一格没有建议"
        text = f"{have}；要写目标值请带单位或符号，如 =147条；要写名称请直接写文字。"
        return Outcome(say(Role.ERROR, text, keep=line))
    messages: list[Message] = []
    ask: int | None = None
    for number, target in zip(numbers, asked.targets, strict=True):
        reply, index = take(session, suggester, offer.suggestions[number - 1], target)
        messages.extend(reply.messages)
        if index is not None and not session.declaration.indicators[index].target:
            ask = index
    return Outcome(Reply(tuple(messages)), ask_target=ask)


def take(session: Session, suggester: Suggester, suggestion: Suggestion, target: str = "") -> tuple[Reply, int | None]:
    """Put a suggestion into the table, with another target where one is given; None where the row is already there.

    A target without its unit takes that of the suggestion's.
    """
    wanted = shape_of([suggestion.target]).whole(target) or suggestion.target
    row = Indicator(*suggestion.slot, suggestion.name, wanted)
    if session.declaration.has_row(row.slot, row.name):
        return say(Role.NOTE, f"“{row.name}”已经在这一格里了。"), None
    index = session.add_row(row, SUGGESTED)
    suggester.chosen(session.declaration, suggestion, True)
    return say(Role.ECHO, f"已加入 {suggestion.place}：{row.name}  {row.target or '（目标值待填）'}"), index


def retargeted(offered: Sequence[Suggestion], highlight: int) -> int:
    """To which of what is offered a target without a name goes: the highlighted one, or the first that is not picked."""
    index = min(highlight, len(offered) - 1)
    free = (at for at, one in enumerate(offered) if one.reasons != (PICKED,))
    return next(free, index) if offered[index].reasons == (PICKED,) else index


def _retarget(session: Session, suggester: Suggester, offer: Offer, highlight: int, asked: Line, line: str) -> Outcome:
    if not offer.suggestions:
        return Outcome(say(Role.ERROR, "这一格没有建议，请先写指标名称，例如：租用光纤数 =147条。", keep=line))
    suggestion = offer.suggestions[retargeted(offer.suggestions, highlight)]
    reply, _ = take(session, suggester, suggestion, asked.target)
    return Outcome(reply)


def too_long(name: str, target: str = "") -> str:
    """What a row has too many characters of, and how many; "" where name and target are short enough."""
    for label, text, limit in (("指标名称", name, NAME_LIMIT), ("目标值", target, TARGET_LIMIT)):
        if (over := len(text) - limit) > 0:
            return f"{label}最多{limit}字，多了{over}字"
    return ""


def _own(session: Session, slot: Slot, line: str) -> Outcome:
    name, target = split_row(line)
    if fault := too_long(name, target):
        return Outcome(say(Role.ERROR, f"{fault}，请删减；文字还在输入框里。", keep=line))
    if not any(char.isalpha() for char in name):
        text = "指标名称要有文字，如 租用光纤数 =147条；选建议写序号，如 1 3，连目标值一起写 1=147条。"
        return Outcome(say(Role.ERROR, text, keep=line))
    if session.declaration.has_row(slot.key, name):
        return Outcome(say(Role.NOTE, f"“{name}”已经在这一格里了；要改它用 /编辑 序号。", keep=line))
    index = session.add_row(Indicator(slot.level1, slot.level2, name, target), TYPED)
    if not target:
        return Outcome(say(Role.ECHO, f"已加入 {slot.place}：{name}"), ask_target=index)
    return Outcome(say(Role.ECHO, f"已加入 {slot.place}：{name}  {target}"))


def set_target(session: Session, index: int, text: str) -> Reply:
    """Set the target of a row; an empty text empties it."""
    row = session.declaration.indicators[index]
    line = one_line(text)
    if fault := too_long("", line):
        return say(Role.ERROR, f"{fault}，请删减；文字还在输入框里。", keep=line)
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
