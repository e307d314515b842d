"""A suggestion engine and a reader that say what a test tells them, a talk with the dialogue over them, and a full disk."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from domain.changes import Record
from domain.fields import FieldPath
from domain.framework import SlotKey
from domain.model import Declaration
from domain.quantity import evaluate
from domain.reading import Reading, Span, Sum
from domain.records.store import Store
from suggest.types import Coverage, Offer, Proposal, SlotCoverage, Suggestion, TargetOption
from tui.dialogue import Dialogue, Message, Question, Reply, Role
from tui.session import Session

QUANTITY: SlotKey = ("产出目标", "数量")
QUALITY: SlotKey = ("产出目标", "质量")
FUNDING: SlotKey = ("投入与目标管理", "投入管理")
LAST: SlotKey = ("影响力目标", "其它")


def suggestion(slot: SlotKey, name: str, target: str = "", reason: str = "概况里写到") -> Suggestion:
    return Suggestion(f"test.{name}", slot, name, target, 1.0, (reason,))


OFFERS: Mapping[SlotKey, Sequence[Suggestion]] = {
    FUNDING: (suggestion(FUNDING, "预算资金到位率", "=100%"), suggestion(FUNDING, "预算执行率", ">=95%")),
    QUANTITY: (
        suggestion(QUANTITY, "租用光纤数", "=147条"),
        suggestion(QUANTITY, "租用宽带数"),
        suggestion(QUANTITY, "话务专线数", "=2条"),
    ),
    QUALITY: (suggestion(QUALITY, "线路可用率", ">=99%"),),
}


class FakeSuggester:
    """An engine with fixed offers, targets and proposals that remembers what was chosen."""

    def __init__(self) -> None:
        self.offers = dict(OFFERS)
        self.options: dict[str, tuple[TargetOption, ...]] = {
            "租用宽带数": (TargetOption("=143条", "概况里有143个村居"),)
        }
        self.proposals: tuple[Proposal, ...] = ()
        self.pasted = ""
        self.learned: list[tuple[str, bool]] = []
        self.trouble = ""
        self.seldom: tuple[SlotKey, ...] = ()
        """Slots without offers that the coverage view names besides those with."""

    def offer(self, declaration: Declaration, slot: SlotKey, limit: int = 5) -> Offer:
        there = {row.name for _, row in declaration.rows(slot)}
        found = tuple(one for one in self.offers.get(slot, ()) if one.name not in there)
        return Offer(found[:limit], "" if found else "这类项目通常空着")

    def search(self, declaration: Declaration, slot: SlotKey, query: str, limit: int = 8) -> tuple[Suggestion, ...]:
        return tuple(one for one in self.offers.get(slot, ()) if query in one.name)[:limit]

    def targets(self, declaration: Declaration, slot: SlotKey, name: str) -> tuple[TargetOption, ...]:
        return self.options.get(name, ())

    def draft(self, declaration: Declaration, text: str) -> tuple[Proposal, ...]:
        self.pasted = text
        return self.proposals

    def coverage(self, declaration: Declaration) -> Coverage:
        rows = tuple(
            SlotCoverage(
                slot, 0.9 if slot in self.offers else 0.1, len(declaration.rows(slot)), next(iter(found), None)
            )
            for slot, found in ((one, self.offer(declaration, one).suggestions) for one in (*self.offers, *self.seldom))
        )
        return Coverage(("线路租赁",), "热线与网格", rows, next((row.best for row in rows if row.best), None))

    def chosen(self, declaration: Declaration, suggestion: Suggestion, accepted: bool) -> None:
        self.learned.append((suggestion.name, accepted))

    def taken_back(self, declaration: Declaration, slot: SlotKey, name: str) -> None:
        self.learned.remove((name, True))


class FakeReader:
    """Reads sums such as 1720元*12个月 and nothing else."""

    def read(self, text: str, where: FieldPath = ()) -> Reading:
        sums = []
        for match in re.finditer(r"\d+元(?:\*\d+(?:个月|部|条)?)+", text):
            value = evaluate(re.sub(r"[^\d*]", "", match[0]))
            sums.append(Sum(((Decimal(1), ""),), value, None, Span(where, match.start(), match.end(), match[0])))
        return Reading(sums=tuple(sums))


class Talk:
    """A filer at the dialogue."""

    def __init__(self, store: Store, path: Path | None = None, suggester: FakeSuggester | None = None) -> None:
        self.store, self.suggester = store, suggester or FakeSuggester()
        self.session = Session(store, store.open(path) if path else store.new())
        self.dialogue = Dialogue(self.session, lambda: self.suggester, FakeReader)

    def say(self, *texts: str) -> Reply:
        """Type each text and Enter; the reply to the last."""
        reply = Reply()
        for text in texts:
            reply = self.dialogue.answer(text)
        return reply

    def write(self, text: str) -> Reply:
        """Send a text from the editor for long texts."""
        return self.dialogue.answer(text, literal=True)

    def go(self, where: str | SlotKey) -> Question:
        """Jump to a field (project.name) or slot without coming back."""
        self.dialogue.goto(where if isinstance(where, str) else "/".join(where), come_back=False)
        return self.question

    @property
    def question(self) -> Question:
        return self.dialogue.question()

    @property
    def at(self) -> str:
        return self.question.key

    @property
    def form(self) -> Declaration:
        return self.session.declaration

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Name and target of every indicator."""
        return [(row.name, row.target) for row in self.form.indicators]

    def again(self) -> Talk:
        """The program killed at this moment and started anew on the same record."""
        return Talk(Store(self.store.folder), self.session.path, self.suggester)


def texts(reply: Reply, role: Role | None = None) -> str:
    """What a reply says, on one line each."""
    return "\n".join(said(reply.messages, role))


def said(messages: Iterable[Message], role: Role | None = None) -> list[str]:
    return [message.text for message in messages if role in (None, message.role)]


def on_disk(path: Path) -> Record:
    """The record that a file holds."""
    from domain.records.codec import decode
    from domain.records.store import read_text

    return decode(read_text(path)).record


def failing(code: int) -> Callable[..., None]:
    """A system call that fails so."""

    def fail(*arguments: object, **options: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


no_room = failing(errno.ENOSPC)
"""What a call that writes does on a full disk."""
