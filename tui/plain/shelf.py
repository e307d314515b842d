"""The indicator library line by line: search, read an entry, put it into a record."""

from __future__ import annotations

from dataclasses import replace

from domain import quantity
from domain.library import Entry
from domain.library.entry import shown
from domain.text import one_line
from tui import browsing
from tui.dialogue import Dialogue
from tui.dialogue.slots import take
from tui.plain.console import Console


def choose_entry(console: Console, shelf: browsing.Shelf) -> Entry | None:
    """An entry found by words, read in full; None when enough was seen."""
    while True:
        query = console.ask(f"指标库共 {shelf.count} 条。写几个字或拼音首字母来找，回车返回。")
        if not query:
            return None
        found = shelf.find(query)
        if not found:
            console.say(f"没有找到“{query}”，请换一个词，或只写两三个字。")
            continue
        texts = [f"{one.level2}：{shown(one.name)}　{one.target_text or browsing.open_target(one)}" for one in found]
        at = console.choose(f"找到 {len(found)} 条，看哪一条？", texts)
        if at is not None:
            for text in browsing.about(shelf, found[at]):
                console.line(text)
            return found[at]


def use_entries(console: Console, dialogue: Dialogue, shelf: browsing.Shelf) -> None:
    """Search the library, put an entry into the record."""
    session = dialogue.session
    while (entry := choose_entry(console, shelf)) is not None:
        slot = shelf.slot_of(entry)
        if slot is None:
            console.say("这份记录用的指标体系里没有这一条的位置，加不进去；请另找一条。")
        elif console.confirm(f"用到本表的“{slot.place}”？"):
            _take(console, dialogue, browsing.begin(entry, slot, session.declaration, dialogue.suggester))


def _take(console: Console, dialogue: Dialogue, adding: browsing.Adding) -> None:
    session = dialogue.session
    while adding.gap:
        guess = f"，回车填：{adding.guess}" if adding.guess else f"，例如 {adding.example}"
        noun = one_line(console.ask(f"名称里的“{adding.gap}”是什么{guess}？")) or adding.guess
        if not noun:
            return
        adding = adding.filled(noun)
    if not adding.target:
        options = dialogue.suggester.targets(session.declaration, adding.slot.key, adding.name)
        console.list([f"{option.text}　{option.reason}" for option in options])
        text = console.ask(f"目标值，例如 {browsing.open_target(adding.entry)}；回车先不填。")
        target = browsing.target_of(text, adding.entry, options) if text else ""
        adding = replace(adding, target=quantity.parse_target(target).text if target else "")
    if session.declaration.has_row(adding.slot.key, adding.name):
        console.say(f"“{adding.name}”已经在这一格里了。")
        return
    reply, _ = take(session, dialogue.suggester, adding.suggestion)
    console.tell(reply)
