"""The indicator library line by line: search, read an entry."""

from __future__ import annotations

from domain.library import Entry
from tui import browsing
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
        texts = [f"{one.level2}：{one.name}　{one.target_text or browsing.open_target(one)}" for one in found]
        at = console.choose(f"找到 {len(found)} 条，看哪一条？", texts)
        if at is not None:
            for text in browsing.about(shelf, found[at]):
                console.line(text)
            return found[at]
