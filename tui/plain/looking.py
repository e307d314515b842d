"""The form line by line as it stands (全表、预览、覆盖情况): every place with its state, and the way to each."""

from __future__ import annotations

from domain import answers
from domain.marks import slot_key
from domain.text import one_line
from domain.textwidth import truncate
from tui import covering
from tui.dialogue import Dialogue
from tui.dialogue.places import FieldPlace, Place, answered, find, places
from tui.dialogue.rolled import unseen
from tui.dialogue.slots import row_lines
from tui.plain.console import Console
from tui.session import Session

VALUE_COLUMNS = 120
"""Columns of a value in the overview."""


def preview(console: Console, session: Session) -> None:
    """The form in its own order, a label and its value a line: no table is drawn."""
    declaration = session.declaration
    section = ""
    for place in places(declaration.framework):
        if place.section != section:
            section = place.section
            console.line(f"【{section}】")
        for value in _values(session, place):
            console.line(f"{place.label}：{value}")


def _values(session: Session, place: Place) -> tuple[str, ...]:
    """What stands at the place: a field's value, a slot's rows."""
    if isinstance(place, FieldPlace):
        return (answers.told(place.field, session.declaration.get(place.field.path)),)
    return row_lines(session, place.slot)


def overview(console: Console, dialogue: Dialogue) -> None:
    """Every place with its state; a number or a name goes there."""
    session = dialogue.session
    declaration = session.declaration
    everything = places(declaration.framework)
    done = sum(answered(place, declaration) for place in everything)
    console.say(f"全表，{done}/{len(everything)} 处已填。")
    section = ""
    for number, place in enumerate(everything, 1):
        if place.section != section:
            section = place.section
            console.line(f"【{section}】")
        state = "没看过" if unseen(session, place) else "已填" if answered(place, declaration) else "空"
        value = truncate(one_line("；".join(_values(session, place))), VALUE_COLUMNS)
        console.line(f"{number}. {place.label}，{state}{'：' if value else ''}{value}")
    answer = console.read("你（写序号或栏目名跳过去，回车返回）：").strip()
    at = console.number(answer, len(everything))
    hits = [everything[at]] if at is not None else find(declaration, answer) if answer else []
    if hits:
        dialogue.goto(hits[0].key)
    elif answer:
        console.say(f"没有叫“{answer}”的栏目，可以写上面的序号。")


def coverage(console: Console, dialogue: Dialogue) -> None:
    """What such projects usually fill; a number goes to a slot, a word adds the best next indicator."""
    session = dialogue.session
    while True:
        found = dialogue.suggester.coverage(session.declaration)
        console.line(covering.as_text(found))
        answer = console.read("你（写序号跳到那一格，写“加”加上最该补的一条，回车返回）：").strip()
        if not answer:
            return
        at = console.number(answer, len(found.slots))
        if at is not None:
            dialogue.goto(slot_key(found.slots[at].slot))
            return
        if answer != "加":
            console.say(f"没有“{answer}”。请写 1 到 {len(found.slots)} 的序号，或写 加。")
        elif found.next is not None:
            console.tell(dialogue.add(found.next))
