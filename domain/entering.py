"""Entry into the formal system (录入): the form as pieces to copy in the order of the page, and which of them are done.

A tick remembers the text that was copied, so that a piece changed afterwards is not taken for done. Ticks come with the record
as its marks ENTRY by the key of the piece, and under AT the piece where the filer stopped; a session keeps them in the journal,
since they are nothing that the form says and nothing to undo.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.answers import shown
from domain.changes import Record
from domain.exchange.heads import NAME, TARGET
from domain.exchange.sheet import caption, title
from domain.exchange.to_text import indicator_block
from domain.fields import Kind, path_text
from domain.marks import ENTRY, row_key
from domain.model import Declaration, Indicator, fields, is_empty

AT = "at"
TABLE = "indicators"
"""Key of the piece that is the whole indicator table."""
TABLE_LABEL = "指标表（整表，制表符分隔）"
_LIMITED = (Kind.TEXT, Kind.LONG, Kind.PHONE)
"""Kinds of fields that are typed as text, so that their length counts."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text to copy. limit is the most characters that the form takes, 0 where none is known; part_of names the whole."""

    key: str
    label: str
    text: str
    limit: int = 0
    part_of: str = ""

    @property
    def count(self) -> str:
        """How long the text is, against its limit: 347/4000字."""
        return f"{len(self.text)}/{self.limit}字" if self.limit else f"{len(self.text)}字"

    @property
    def over(self) -> int:
        """By how many characters the text is too long."""
        return max(0, len(self.text) - self.limit) if self.limit else 0


class State(StrEnum):
    """Whether a piece has been entered; the value is the word for people."""

    OPEN = "未录"
    DONE = "已录"
    CHANGED = "录后改过"


def pieces(record: Record) -> tuple[Piece, ...]:
    """What there is to enter: the fields that hold something in the order of the page, the table, then its rows one by one."""
    declaration = record.declaration
    found = [
        Piece(path_text(one.path), caption(one), text, one.spec.max_chars if one.spec.kind in _LIMITED else 0)
        for one in fields()
        if (text := shown(declaration.get(one.path)).strip("\n"))
    ]
    if declaration.indicators:
        found.append(Piece(TABLE, TABLE_LABEL, indicator_block(record).rstrip("\n")))
        found += _row_pieces(declaration.indicators)
    return tuple(found)


def _row_pieces(rows: tuple[Indicator, ...]) -> Iterator[Piece]:
    seen: Counter[str] = Counter()
    for row in rows:
        key, place = row_key(row), f"{row.level1}›{row.level2}"
        seen[key] += 1
        key = key if seen[key] == 1 else f"{key}#{seen[key]}"
        if row.name:
            yield Piece(f"{key}|{NAME}", f"{place}　{NAME}", row.name, part_of=TABLE)
        if row.target:
            yield Piece(f"{key}|{TARGET}", f"{place}　{row.name}　{TARGET}", row.target, part_of=TABLE)


def missing(declaration: Declaration) -> list[str]:
    """Labels of the required fields that are still empty."""
    return [one.spec.label for one in fields() if one.spec.required and is_empty(declaration.get(one.path))]


# --- ticks ---------------------------------------------------------------------------------------------------------


def fingerprint(text: str) -> str:
    """What a tick remembers of the text that was copied."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def states(record: Record) -> dict[str, State]:
    """The state of every piece; the table's rows are done with the table, and the table with all of its rows."""
    marks, everything = record.marks(ENTRY), pieces(record)
    found = {piece.key: _state(piece, marks.get(piece.key)) for piece in everything}
    parts = [piece.key for piece in everything if piece.part_of]
    if found.get(TABLE) is State.DONE:
        found |= dict.fromkeys(parts, State.DONE)
    elif parts and all(found[key] is State.DONE for key in parts):
        found[TABLE] = State.DONE
    return found


def _state(piece: Piece, mark: object) -> State:
    if mark is None:
        return State.OPEN
    return State.DONE if mark == fingerprint(piece.text) else State.CHANGED


def ticked(record: Record, piece: Piece, done: bool) -> Record:
    """The record with a piece ticked off, or its tick taken away (a row's with that of the whole table)."""
    if done:
        return record.marked(ENTRY, piece.key, fingerprint(piece.text))
    record = record.marked(ENTRY, piece.key, None)
    if piece.part_of and piece.part_of in record.marks(ENTRY):
        others = [one for one in pieces(record) if one.part_of == piece.part_of and one.key != piece.key]
        for one in others:
            record = record.marked(ENTRY, one.key, fingerprint(one.text))
        record = record.marked(ENTRY, piece.part_of, None)
    if piece.key == TABLE:
        for one in pieces(record):
            record = record.marked(ENTRY, one.key, None) if one.part_of == TABLE else record
    return record


def stopped(record: Record, piece: Piece) -> Record:
    """The record with the piece noted at which the filer is."""
    return record.marked(ENTRY, AT, piece.key)


def resume(record: Record) -> int:
    """Index of the piece to go on with: where the filer stopped, else the first that is not done."""
    everything, known = pieces(record), states(record)
    at = record.marks(ENTRY).get(AT)
    for number, piece in enumerate(everything):
        if piece.key == at:
            return number
    return next((number for number, piece in enumerate(everything) if known[piece.key] is not State.DONE), 0)


# --- as lines ------------------------------------------------------------------------------------------------------


def as_text(record: Record) -> str:
    """Everything to enter as plain text: a line that names the piece and counts it, then its text alone; rows only in the table."""
    known, parts = states(record), []
    for piece in pieces(record):
        if not piece.part_of:
            done = "　已录" if known[piece.key] is State.DONE else ""
            parts.append(f"【{piece.label}】{piece.count}{done}\n{piece.text}\n")
    return "\n".join([f"{title(record.declaration)}　录入用\n", *parts])
