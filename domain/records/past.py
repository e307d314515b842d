"""Past states of a record (历史): whole texts, kept beyond what the journal can undo, few and small.

One file of JSON lines beside the journal; a line is a state, the last one the newest. Their order is that of the lines and of
their numbers, never of the clock. `thinned` says which are kept.
"""

from __future__ import annotations

import binascii
import datetime
import json
import os
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from domain.records.atomic import make_folder, open_file, write_atomic
from domain.records.files import fingerprint
from domain.records.limits import MAX_CHARS
from domain.records.times import now

MOST_BYTES = 2_000_000
"""Of one record's past; the oldest states go first."""
THIN_ABOVE = 60
"""States from which on a look is taken at which of them to keep."""
DAYS, MONTHS = 31, 24
_TAIL = 400_000
"""Bytes at the end of the file in which the newest state is looked for: no line is longer."""


@dataclass(frozen=True, slots=True)
class State:
    """A past state: its number for life, when and why it was kept, and its text packed."""

    number: int
    at: str
    why: str
    mark: str
    """Fingerprint of the text."""
    packed: str

    @property
    def text(self) -> str:
        """The record file's text; raises ValueError where the line is damaged."""
        unpack = zlib.decompressobj()
        try:
            data = unpack.decompress(binascii.a2b_base64(self.packed, strict_mode=True), MAX_CHARS * 4)
        except (zlib.error, binascii.Error) as error:
            raise ValueError(f"state {self.number} is damaged") from error
        if not unpack.eof:
            raise ValueError(f"state {self.number} is damaged")
        return data.decode()

    def line(self) -> bytes:
        """The state as a line of the file."""
        row = {"n": self.number, "at": self.at, "why": self.why, "mark": self.mark, "text": self.packed}
        return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _state(line: bytes) -> State | None:
    try:
        row = json.loads(line)
        return State(int(row["n"]), str(row["at"]), str(row["why"]), str(row["mark"]), str(row["text"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def read(path: Path) -> list[State]:
    """The states, oldest first; lines that are damaged or cut short are passed over. Raises OSError."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES * 3)
    except FileNotFoundError:
        return []
    return [state for line in data.split(b"\n") if line and (state := _state(line)) is not None]


def keep(path: Path, text: str, why: str) -> bool:
    """Keep a text as the newest state, unless it is the newest already; whether it was kept. Raises OSError."""
    last = _newest(path)
    mark = fingerprint(text)
    if not text or (last is not None and last.mark == mark):
        return False
    packed = binascii.b2a_base64(zlib.compress(text.encode(errors="replace"), 9), newline=False).decode()
    state = State(last.number + 1 if last else 1, now(), why, mark, packed)
    make_folder(path.parent)
    descriptor = open_file(path, os.O_RDWR | os.O_APPEND)
    with os.fdopen(descriptor, "ab") as file:
        size = os.fstat(descriptor).st_size
        cut_short = size and os.pread(descriptor, 1, size - 1) != b"\n"
        file.write(b"\n" * cut_short + state.line())
    _thin(path)
    return True


def _newest(path: Path) -> State | None:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL))
            lines = file.read().split(b"\n")
    except FileNotFoundError:
        return None
    return next((state for line in reversed(lines) if line and (state := _state(line)) is not None), None)


def _thin(path: Path) -> None:
    states = read(path)
    if len(states) <= THIN_ABOVE and path.stat().st_size <= MOST_BYTES:
        return
    kept = thinned(states, datetime.datetime.now().astimezone())
    if len(kept) < len(states):
        write_atomic(path, b"".join(state.line() for state in kept))


def thinned(states: Sequence[State], today: datetime.datetime) -> list[State]:
    """Which states are kept: all of one day, the last of each day for a month, of each month for two years; and the newest.

    A time that lies in the future or cannot be read counts as today's, so that a clock that jumped loses nothing.
    """
    kept: list[State] = []
    seen: set[tuple[int, ...]] = set()
    room = MOST_BYTES
    for state in reversed(states):
        day = _day(state.at) or today.date()
        age = (today.date() - day).days
        group = (state.number,) if age < 1 else (day.year, day.month, day.day) if age <= DAYS else (day.year, day.month)
        room -= len(state.line())
        if kept and (group in seen or age > MONTHS * 31 or room < 0):
            continue
        seen.add(group)
        kept.append(state)
    return kept[::-1]


def _day(at: str) -> datetime.date | None:
    with suppress(ValueError):
        return datetime.datetime.fromisoformat(at).date()
    return None
