"""A record's past states in words (历史): when, why, and what had changed since the state before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.changes import Change, Record, diff
from domain.model import Indicator, is_empty, spec_at
from domain.records import naming, past
from domain.records.codec import RecordError, decode
from domain.records.past import State
from domain.records.times import brief

MOST_NAMED = 4
"""Fields named before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One past state; `record` is None where its text is damaged."""

    state: State
    record: Record | None
    what: str
    """What had changed since the state before it, in Chinese."""

    @property
    def when(self) -> str:
        """Its time, for people."""
        return brief(self.state.at)


def entries(path: Path) -> list[Entry]:
    """The past states of the record in a file, the newest first. Raises OSError."""
    found: list[Entry] = []
    before = Record()
    for state in past.read(naming.past_path(path)):
        record = _record(state)
        found.append(Entry(state, record, "读不了" if record is None else what_changed(before, record)))
        before = record or before
    return found[::-1]


def entry(path: Path, number: int) -> Entry:
    """The past state of a number; raises RecordError where there is none."""
    found = next((one for one in entries(path) if one.state.number == number), None)
    if found is None:
        raise RecordError(f"历史里没有第 {number} 号，用 tianbiao history {path.stem} 看有哪些。")
    return found


def _record(state: State) -> Record | None:
    try:
        return decode(state.text, newer=True).record
    except (RecordError, ValueError):
        return None


def what_changed(before: Record, after: Record) -> str:
    """ "填 预算单位、项目名称；改 联系电话；指标 +2 -1"; "内容没有变" where only marks differ."""
    fields: Mapping[str, list[str]] = defaultdict(list)
    more, less = 0, 0
    for change in diff(before, after):
        if change.where[0] == "indicators":
            more, less = _rows(change)
        elif change.where[0] not in ("meta", "framework"):
            fields[_verb(change.old, change.new)].append(spec_at(change.where).label)
    parts = [f"{verb} {_named(fields[verb])}" for verb in ("填", "改", "清空") if verb in fields]
    if more or less:
        parts.append("指标" + (f" +{more}" if more else "") + (f" -{less}" if less else ""))
    return "；".join(parts) or "内容没有变"


def _rows(change: Change) -> tuple[int, int]:
    """How many rows were added and taken away; a changed row counts on both sides."""
    old: tuple[Indicator, ...] = change.old
    new: tuple[Indicator, ...] = change.new
    return sum(row not in old for row in new), sum(row not in new for row in old)


def _verb(old: Any, new: Any) -> str:
    return "填" if is_empty(old) else "清空" if is_empty(new) else "改"


def _named(labels: list[str]) -> str:
    more = f" 等 {len(labels)} 项" if len(labels) > MOST_NAMED else ""
    return "、".join(labels[:MOST_NAMED]) + more
