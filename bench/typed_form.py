"""A whole form typed at the program without ever looking up: when each key is seen, and what a link alone would take."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import drives
import ground
from terminal import Terminal

from domain import answers
from domain.exchange import read
from domain.fields import Kind
from domain.framework import framework
from domain.model import Declaration, fields, is_empty
from domain.records.codec import decode
from domain.records.store import Store, read_text

ENTER, DONE = "\r", drives.F9
ASKED = "都问过一遍了"
"""What stands there after the last question."""

LAST = 10.0
"""Seconds that the last keys may take."""

TAIL = 6
"""Characters before the caret by which a key is recognised on the screen."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key, and the screen that shows it has arrived: what stands before the caret, or the next question's title."""

    keys: str
    before: str = ""
    title: str = ""

    def seen(self, terminal: Terminal) -> bool:
        """Whether the screen shows it."""
        left, above = before_caret(terminal)
        if self.title:
            return not left.strip(" >") and any(row.startswith(self.title) for row in terminal.screen.display)
        return (left if len(left) > TAIL else above + left.lstrip()).endswith(self.before)


@dataclass(slots=True)
class Passage:
    """A stroke on its way: when it was sent and seen (seconds), and the bytes that came from the stroke before to this."""

    stroke: Stroke
    sent: float
    seen: float = 0.0
    bytes: int = 0

    @property
    def lag(self) -> float:
        """Seconds from the key to its screen."""
        return self.seen - self.sent


def under_way(passages: Sequence[Passage], lags: Sequence[float]) -> int:
    """The most keys that were sent and not seen at once, where each took so long."""
    changes = [(one.sent, 1) for one in passages]
    changes += [(one.sent + lag, -1) for one, lag in zip(passages, lags, strict=True)]
    return max(accumulate(step for _, step in sorted(changes)))


def before_caret(terminal: Terminal) -> tuple[str, str]:
    """What stands before the caret on its row, and the row above."""
    screen = terminal.screen
    row, left = screen.buffer[screen.cursor.y], range(min(screen.cursor.x, screen.columns))
    return "".join(row[column].data for column in left), screen.display[screen.cursor.y - 1].rstrip()


def steps(form: Declaration) -> Iterator[tuple[str, bool, str]]:
    """Each question's title, whether it takes a long text, and what is typed; "" leaves a field or a slot."""
    for one in fields():
        value = form.get(one.path)
        yield one.spec.label, one.spec.kind is Kind.LONG, "" if is_empty(value) else answers.shown(value)
    for slot in framework(form.framework).slots:
        for _, row in form.rows(slot.key):
            yield slot.place, False, f"{row.name} {row.target}"
        yield slot.place, False, ""


def strokes(form: Declaration) -> list[Stroke]:
    """Every key of the form, one at a time."""
    asked = list(steps(form))
    titles = [title for title, _, _ in asked[1:]] + [ASKED]
    found = []
    for (_, long, text), following in zip(asked, titles, strict=True):
        typed = ""
        for char in text:
            typed += char
            found.append(Stroke(ENTER if char == "\n" else char, typed.replace("\n", "")[-TAIL:]))
        found.append(Stroke(DONE if long else ENTER, title=following))
    return found


def type_form(terminal: Terminal, form: Declaration, pace: float) -> list[Passage]:
    """Type the form at so many keys a second, whatever the screen shows meanwhile. Raises TimeoutError with the screen."""
    passages: list[Passage] = []
    first, started, received = 0, time.perf_counter(), terminal.bytes

    def look() -> None:
        nonlocal first, received
        newest = next((at for at in reversed(range(first, len(passages))) if passages[at].stroke.seen(terminal)), None)
        if newest is None:
            return
        for one in passages[first : newest + 1]:
            one.seen = time.perf_counter()
        passages[newest].bytes = terminal.bytes - received
        first, received = newest + 1, terminal.bytes

    for number, stroke in enumerate(strokes(form)):
        while (left := started + number / pace - time.perf_counter()) > 0:
            if terminal.pump(left) is not None:
                look()
        passages.append(Passage(stroke, time.perf_counter()))
        terminal.send(stroke.keys)
    end = time.perf_counter() + LAST
    while first < len(passages):
        if time.perf_counter() > end:
            raise TimeoutError(f"{passages[first].stroke} not on screen:\n" + "\n".join(terminal.screen.display))
        if terminal.pump(0.1) is not None:
            look()
    return passages


def check_filed(folder: Path, form: Declaration) -> None:
    """Raises ValueError where the last record of the folder is not the form that was typed."""
    path = max(Store(folder / "records").paths(), key=lambda one: one.stat().st_mtime)
    filed = decode(read_text(path)).record.declaration
    wrong = [one.spec.label for one in fields() if filed.get(one.path) != form.get(one.path)]
    rows = [(row.slot, row.name, row.target) for row in filed.indicators]
    if wrong or rows != [(row.slot, row.name, row.target) for row in form.indicators]:
        raise ValueError(f"{path}: not what was typed: {wrong} {rows}")


def read_form(path: Path | None = None) -> Declaration:
    """The form of a file; without one the first published form where it lies beside the project, else our own sample."""
    published = ground.ROOT.parent / "shared" / "forms" / "2020-grid-upgrade.txt"
    path = path or (published if published.exists() else ground.SAMPLE)
    return read(path.read_bytes(), path.name)[0].record.declaration


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
