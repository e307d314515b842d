"""The indicator table line by line (指标表): the rows by number, to be added to, changed, deleted, moved."""

from __future__ import annotations

from domain.marks import TYPED
from domain.model import Indicator
from domain.text import one_line
from tui.dialogue import Dialogue
from tui.dialogue.places import slot_places
from tui.dialogue.slots import split_row, take, too_long
from tui.plain.console import Console
from tui.session import Session


def table(console: Console, dialogue: Dialogue) -> None:
    """The indicators by number: add, change, delete, move."""
    session = dialogue.session
    while True:
        rows = session.declaration.indicators
        console.say(f"指标表，{len(rows)} 条。")
        for number, row in enumerate(rows, 1):
            console.line(f"{number}. {row.level1} {row.level2}：{row.name} {row.target}")
        console.line("可以写：加、改 序号、删 序号、上移 序号、下移 序号、撤销；回车返回。")
        answer = console.read().strip()
        if not answer:
            return
        verb, _, rest = answer.partition(" ")
        at = console.number(rest, len(rows))
        if verb == "加":
            _add(console, dialogue)
        elif verb == "撤销":
            console.tell(dialogue.command("undo"))
        elif verb not in ("改", "删", "上移", "下移"):
            console.say(f"没有“{verb}”。请写 加、改 1、删 1、上移 1、下移 1 或 撤销。")
        elif at is None:
            console.say(f"没有第“{rest}”条，请在“{verb}”后面空一格写 1 到 {len(rows)} 的序号。")
        elif verb == "改":
            _change(console, session, at)
        elif verb == "删":
            if console.confirm(f"删除“{rows[at].name}”？"):
                session.remove_row(at)
        else:
            session.move_row(at, -1 if verb == "上移" else 1)
        console.trouble(session.trouble)


def _add(console: Console, dialogue: Dialogue) -> None:
    session = dialogue.session
    slots = slot_places(session.declaration.framework)
    at = console.choose("加到哪一格？", [place.label for place in slots])
    if at is None:
        return
    slot = slots[at].slot
    offered = dialogue.suggester.offer(session.declaration, slot.key).suggestions
    for number, one in enumerate(offered, 1):
        console.line(f"{number}. {one.name}  {one.target}　理由：{'；'.join(one.reasons)}")
    text = console.ask("写“名称 目标值”，或建议的序号；回车不加。")
    chosen = console.number(text, len(offered))
    if chosen is not None:
        reply, _ = take(session, dialogue.suggester, offered[chosen])
        console.tell(reply)
    elif row := _row_of(console, slot.level1, slot.level2, text):
        session.add_row(row, TYPED)


def _change(console: Console, session: Session, at: int) -> None:
    row = session.declaration.indicators[at]
    text = console.ask(f"现在是：{row.name} {row.target}。写新的“名称 目标值”，回车不改。")
    if changed := _row_of(console, row.level1, row.level2, text):
        session.change_row(at, changed, TYPED)


def _row_of(console: Console, level1: str, level2: str, text: str) -> Indicator | None:
    """The row that a line means; None for an empty line, or one that is refused."""
    name, target = split_row(one_line(text))
    if fault := too_long(name, target):
        console.say(f"{fault}，请删减。")
        return None
    return Indicator(level1, level2, name, target) if name else None
