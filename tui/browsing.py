"""The indicator library as it is browsed (翻看指标库): a tree by slot, search, sectors, and an entry on its way into a record.

Free of Textual.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from domain import pinyin
from domain.framework import Slot, SlotKey, crosswalk, framework, usable_framework
from domain.library import Entry, Library
from domain.library.entry import GAP_EXAMPLES, SECTORS, gaps_of
from domain.library.search import Finder
from domain.library.sheet import sheet_lines
from domain.model import FRAMEWORK, Declaration
from suggest.types import Suggester, Suggestion, TargetOption
from tui.dialogue import helping

MOST_FOUND = 200
"""Matches shown at most; whoever gets more types another word."""

ELSEWHERE = "本表没有位置的"
"""Heading of entries whose slot the framework in use does not have."""


@dataclass(frozen=True, slots=True)
class Group:
    """A slot with its entries; slot is None for the entries that this framework has no slot for."""

    title: str
    slot: Slot | None
    entries: tuple[Entry, ...]


Item = str | Group | Entry
"""A row of the tree: a level-1 heading, a slot, an entry."""


class Shelf:
    """The library arranged by the slots of one framework."""

    def __init__(self, library: Library, framework_id: str = FRAMEWORK) -> None:
        self.library = library
        self.frame = usable_framework(framework_id)
        self.sector = ""
        """Only entries of this sector are shown; "" for all."""
        self.opened: set[str] = set()
        """Titles of the slots whose entries are shown."""
        self._groups: dict[str, list[Group]] = {}

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.library.entries, self.library.sources)

    @cached_property
    def _crossings(self) -> dict[SlotKey, Slot | None]:
        """Where the library's slots are in the framework in use."""
        own = framework(FRAMEWORK)
        if own.id == self.frame.id:
            return {slot.key: slot for slot in own.slots}
        ways = crosswalk(own.id, self.frame.id)
        found = {slot.key: ways.get(slot.role) for slot in own.slots}
        return {key: self.frame.slot(way.level1, way.level2) if way else None for key, way in found.items()}

    def slot_of(self, entry: Entry) -> Slot | None:
        """The slot that an entry goes to in the framework in use; None where it has none."""
        return self._crossings.get(entry.slot)

    def shows(self, entry: Entry) -> bool:
        """Whether the sector in use lets an entry through."""
        return not self.sector or self.sector in entry.sectors

    @property
    def count(self) -> int:
        """How many entries there are of the sector in use."""
        return sum(len(group.entries) for group in self.groups())

    def groups(self) -> list[Group]:
        """Every slot in the form's order with its entries of the sector in use."""
        if self.sector not in self._groups:
            self._groups[self.sector] = self._grouped()
        return self._groups[self.sector]

    def _grouped(self) -> list[Group]:
        by_slot: dict[Slot | None, list[Entry]] = {slot: [] for slot in self.frame.slots}
        for entry in self.library.entries:
            if self.shows(entry):
                by_slot.setdefault(self.slot_of(entry), []).append(entry)
        return [
            Group(slot.place if slot else ELSEWHERE, slot, tuple(entries))
            for slot, entries in by_slot.items()
            if slot or entries
        ]

    def tree(self) -> list[Item]:
        """Headings, slots, and the entries of those slots that are open."""
        items: list[Item] = []
        level1 = ""
        for group in self.groups():
            name = group.slot.level1 if group.slot else ELSEWHERE
            if name != level1:
                level1 = name
                items.append(name)
            items.append(group)
            if group.title in self.opened:
                items.extend(group.entries)
        return items

    def find(self, query: str) -> list[Entry]:
        """Entries for a query, best first, those of the sector in use."""
        limit = len(self.library.entries) if self.sector else MOST_FOUND
        found = [match.entry for match in self._finder.find(query, limit)]
        return [entry for entry in found if self.shows(entry)][:MOST_FOUND]

    def sectors(self, query: str = "") -> list[tuple[str, int]]:
        """Sectors with how many entries they have, those that a query means (words or pinyin initials)."""
        counts = Counter(sector for entry in self.library.entries for sector in entry.sectors)
        ordered = [*SECTORS, *sorted(set(counts) - set(SECTORS))]
        return [(sector, counts[sector]) for sector in ordered if counts[sector] and _meant(sector, query)]


def _meant(name: str, query: str) -> bool:
    return query in name or (pinyin.is_initials(query) and pinyin.matches(query, pinyin.keys(name)) is not None)


def about(shelf: Shelf, item: Item | None, *, brief: bool = False) -> list[str]:
    """What is to be said about a row: an entry's sheet, what belongs into a slot; `brief` for what has room below a list."""
    if isinstance(item, Entry):
        origin = shelf.library.origins.get(item.id)
        return sheet_lines(item, str(origin) if origin else "")
    if isinstance(item, Group) and item.slot is not None:
        lines = helping.slot_page(item.slot).lines
        return [item.title, *(f"{heading}：{text}" for heading, text in (lines[:4] if brief else lines))]
    if isinstance(item, Group):
        return [item.title, "这份记录用的指标体系里没有这些指标的位置，只能看，不能加到表里。"]
    return []


# --- into a record -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Adding:
    """An entry on its way into a record: its gaps are filled first, then its target is settled."""

    entry: Entry
    slot: Slot
    name: str
    """The name so far; {对象} is still to be asked."""
    target: str = ""
    guess: str = ""
    """What the project suggests for the gap, to be confirmed; "" where it says nothing."""

    @property
    def gap(self) -> str:
        """The gap to be asked next; "" when the name is complete."""
        return next(iter(gaps_of(self.name)), "")

    @property
    def example(self) -> str:
        """A noun such as could fill the gap."""
        return GAP_EXAMPLES.get(self.gap, self.gap)

    def filled(self, noun: str) -> Adding:
        """The gap filled."""
        return replace(self, name=self.name.replace(f"{{{self.gap}}}", noun, 1), guess="")

    @property
    def suggestion(self) -> Suggestion:
        """What goes into the table."""
        return Suggestion(self.entry.id, self.slot.key, self.name, self.target, 0.0, ())


def begin(entry: Entry, slot: Slot, declaration: Declaration, suggester: Suggester) -> Adding:
    """An entry for this declaration, with the noun and the target that its texts suggest."""
    offers = suggester.search(declaration, slot.key, entry.id)
    offer = next((one for one in offers if one.entry_id == entry.id), None)
    guess = _noun(entry, offer.name) if offer else ""
    return Adding(entry, slot, entry.name, (offer.target if offer else "") or entry.target_text, guess)


def _noun(entry: Entry, name: str) -> str:
    """The noun that a filled name has in the entry's gap; "" for the library's own example or another wording."""
    gaps = gaps_of(entry.name)
    if len(gaps) != 1:
        return ""
    head, tail = (re.escape(piece) for piece in entry.name.split(f"{{{gaps[0]}}}"))
    found = re.fullmatch(f"{head}(.+){tail}", name)
    return found[1] if found and found[1] != GAP_EXAMPLES.get(gaps[0]) else ""


def open_target(entry: Entry) -> str:
    """How the target of an entry looks whose number only the project knows: >=□%."""
    return f"{entry.operator}□{entry.unit}"


def target_of(text: str, entry: Entry, options: Sequence[TargetOption]) -> str:
    """The target that an answer means: the number of an option; a number, in the entry's unit; else the text."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(options):
        return options[int(text) - 1].text
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        text += entry.unit
    return f"{entry.operator}{text}" if re.match(r"\d", text) else text
