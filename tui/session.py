"""The record being worked on (会话): every operation that changes it, with undo, marks and saving. Free of Textual.

Each operation makes one step, in memory first and then on disk. Where the disk fails the work goes on in memory, `trouble`
says so in Chinese, and every later step tries again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from domain.changes import Record, diff
from domain.fields import FieldPath, path_text
from domain.marks import (
    ASK,
    CARRIED,
    COMPUTED,
    IMPORTED,
    LAST_YEAR,
    ORIGINS,
    SEEN,
    SKIPPED,
    SUGGESTED,
    TYPED,
    row_mark,
)
from domain.model import Declaration, Indicator, fields, is_empty, spec_at
from domain.records.atomic import reason
from domain.records.journal import Step, now
from domain.records.store import Opened, Store

__all__ = ["CARRIED", "COMPUTED", "IMPORTED", "SUGGESTED", "TYPED", "Session", "progress", "row_key", "slot_key"]


class Session:
    """One open record in a store."""

    def __init__(self, store: Store, opened: Opened) -> None:
        self.store = store
        self._opened = opened
        self._sibling: Record | None = None
        self._sibling_read = False
        self.trouble = ""
        """Why the last write did not reach the disk, in Chinese; "" while everything is saved."""
        if opened.recovered:
            self.save()

    # -- looking --

    @property
    def record(self) -> Record:
        """The current record."""
        return self._opened.record

    @property
    def declaration(self) -> Declaration:
        """The current declaration."""
        return self._opened.record.declaration

    @property
    def path(self) -> Path:
        """The record's file; it may change as year and name are answered."""
        return self._opened.path

    @property
    def oddities(self) -> tuple[str, ...]:
        """What was odd in the file when it was opened."""
        return self._opened.oddities

    @property
    def recovered(self) -> int:
        """How many answers were given back from the journal on opening."""
        return self._opened.recovered

    def typing_at(self, key: str) -> str:
        """Text typed at a place but not yet accepted, also before the program ended; "" where there is none."""
        return self._opened.history.typing.get(key, "")

    @property
    def place(self) -> str:
        """Key of the question where the filer was."""
        return self._opened.history.place

    @property
    def on_disk(self) -> bool:
        """Whether anything of this record has been written."""
        return self._opened.filed is not None or self._opened.journal.path.exists()

    @property
    def untouched(self) -> bool:
        """Whether nothing has been done to the record since its file was made."""
        return not self._opened.history.steps

    def kept_copy(self) -> Path | None:
        """Where a file that a person had written or changed was copied before it was rewritten; told once."""
        kept, self._opened.kept = self._opened.kept, None
        return kept

    def default(self, path: FieldPath) -> Any:
        """What a recurring field held on the unit's last record, dates moved to this record's year; None if nothing."""
        spec = spec_at(path)
        sibling = self._last_record()
        if not spec.recurring or sibling is None:
            return None
        value = sibling.declaration.get(path)
        if isinstance(value, datetime.date):
            return self._moved(value, sibling.declaration)
        return None if is_empty(value) else value

    def _last_record(self) -> Record | None:
        if not self._sibling_read:
            self._sibling, self._sibling_read = self.store.latest(besides=self.path), True
        return self._sibling

    def _moved(self, day: datetime.date, sibling: Declaration) -> datetime.date | None:
        there, here = sibling.project.year, self.declaration.project.year
        if there is None or here is None:
            return day
        for number in (day.day, 28):  # 29 February in a year without one
            with suppress(ValueError, OverflowError):
                return day.replace(year=day.year + here - there, day=number)
        return None

    def skipped(self, key: str) -> bool:
        """Whether the filer passed over this field or slot on purpose."""
        return key in self.record.marks(SKIPPED)

    def origin(self, key: str) -> str:
        """Where the value at this key came from; "" where it is not known."""
        return str(self.record.marks(ORIGINS).get(key, ""))

    def looked_at(self, key: str) -> bool:
        """Whether somebody has looked at the value: typed or worked out at its question, or passed there with Enter."""
        return self.origin(key) not in (SUGGESTED, CARRIED, IMPORTED) or key in self.record.marks(SEEN)

    def asked_again(self, key: str) -> str:
        """Why a value carried from last year has to be asked again (see domain.rolling); "" where it need not."""
        return str(self.record.marks(ASK).get(key, ""))

    def last_year(self, key: str) -> str:
        """What stood here on last year's form, as text; "" where it is not known."""
        return str(self.record.marks(LAST_YEAR).get(key, ""))

    # -- changing --

    def edit(
        self,
        path: FieldPath,
        value: Any,
        origin: str = TYPED,
        *,
        also: Mapping[FieldPath, Any] | None = None,
        seen: bool = True,
    ) -> None:
        """Answer a field, with what the answer settles besides; seen says that somebody read the value itself."""
        record = self.record
        for where, new in {path: value, **(also or {})}.items():
            record = replace(record, declaration=record.declaration.replace(where, new))
            key = path_text(where)
            record = record.marked(ORIGINS, key, None if is_empty(new) else origin).marked(SKIPPED, key, None)
            record = _judged(record, key, origin, seen and not is_empty(new))
        self._step(f"填写{spec_at(path).label}", record)

    def apply(self, label: str, record: Record) -> None:
        """Make any change to the record one step; label says it in Chinese."""
        self._step(label, record)

    def clear(self, path: FieldPath) -> None:
        """Empty a field."""
        empty = Declaration().get(path)
        record = replace(self.record, declaration=self.declaration.replace(path, empty))
        key = path_text(path)
        self._step(f"清空{spec_at(path).label}", _judged(record.marked(ORIGINS, key, None), key))

    def look(self, keys: Iterable[str], label: str) -> None:
        """Note that the filer has looked at these values and left them as they are."""
        record = self.record
        for key in keys:
            record = _judged(record, key, self.origin(key), seen=True)
        self._step(f"看过{label}", record)

    def skip(self, key: str, label: str) -> None:
        """Mark a field or slot as left empty on purpose, so that it is not asked again by itself."""
        self._step(f"跳过{label}", self.record.marked(SKIPPED, key, True).marked(ASK, key, None))

    def add_row(self, row: Indicator, origin: str = TYPED, *, seen: bool = True) -> int:
        """Add an indicator after the last row of its slot (or where its slot stands in the framework); returns its index."""
        rows = list(self.declaration.indicators)
        at = self._place_for(row)
        rows.insert(at, row)
        record = _judged(self._with_rows(rows).marked(ORIGINS, row_key(row), origin), row_key(row), origin, seen)
        self._step(f"添加指标{row.name}", record.marked(SKIPPED, slot_key(row.slot), None))
        return at

    def _place_for(self, row: Indicator) -> int:
        from domain.framework import framework

        order = {slot.key: number for number, slot in enumerate(framework(self.declaration.framework).slots)}
        mine = order.get(row.slot, len(order))
        at = 0
        for index, other in enumerate(self.declaration.indicators, 1):
            if order.get(other.slot, len(order)) <= mine:
                at = index
        return at

    def change_row(self, index: int, row: Indicator, origin: str = TYPED) -> None:
        """Exchange one row of the indicator table."""
        before = self.declaration.indicators[index]
        rows = [*self.declaration.indicators[:index], row, *self.declaration.indicators[index + 1 :]]
        key, last = row_key(row), self.last_year(row_key(before)) or None
        if origin in (CARRIED, IMPORTED) and row.target not in (before.target, last):
            origin = TYPED
        record = _judged(self._with_rows(rows).marked(ORIGINS, row_key(before), None), row_key(before))
        record = record.marked(LAST_YEAR, row_key(before), None).marked(LAST_YEAR, key, last)
        record = _judged(record.marked(ORIGINS, key, origin), key, origin, seen=True)
        self._step(f"修改指标{row.name or before.name}", record)

    def remove_row(self, index: int) -> Indicator:
        """Take one row out of the table; returns it."""
        row = self.declaration.indicators[index]
        rows = [*self.declaration.indicators[:index], *self.declaration.indicators[index + 1 :]]
        record = _judged(self._with_rows(rows).marked(ORIGINS, row_key(row), None), row_key(row))
        self._step(f"删除指标{row.name}", record)
        return row

    def move_row(self, index: int, offset: int) -> int:
        """Exchange a row with its neighbour of the same slot; returns its index afterwards."""
        rows, other = list(self.declaration.indicators), index + offset
        if not 0 <= other < len(rows) or rows[other].slot != rows[index].slot:
            return index
        rows[index], rows[other] = rows[other], rows[index]
        self._step(f"移动指标{rows[other].name}", self._with_rows(rows))
        return other

    def _with_rows(self, rows: Sequence[Indicator]) -> Record:
        return replace(self.record, declaration=replace(self.declaration, indicators=tuple(rows)))

    def _step(self, label: str, record: Record) -> None:
        changes = diff(self.record, record)
        if changes:
            self._write(lambda: self.store.do(self._opened, Step(label, changes, self.place, now())))

    def undo(self) -> Step | None:
        """Take back the last step; None at the beginning."""
        return self._move(self.store.undo, -1)

    def redo(self) -> Step | None:
        """Make the step undone last again; None where there is none."""
        return self._move(self.store.redo, 0)

    def _move(self, move: Any, offset: int) -> Step | None:
        position = self._opened.history.position
        self._write(lambda: move(self._opened))
        moved = self._opened.history.position != position
        return self._opened.history.steps[position + offset] if moved else None

    # -- keeping --

    def note_typing(self, key: str, text: str) -> None:
        """Keep the text of the field in progress on disk; "" once it is settled."""
        if text != self.typing_at(key):
            self._write(lambda: self.store.typing(self._opened, key, text))

    def note_place(self, key: str) -> None:
        """Remember which question is on screen."""
        if key != self._opened.history.place:
            self._write(lambda: self.store.place(self._opened, key))

    def save(self) -> bool:
        """Write the record file if it differs; whether everything is on disk now."""
        if self.on_disk or self._opened.history.position:
            self._write(lambda: self.store.save(self._opened))
        return not self.trouble

    def close(self) -> None:
        """Save and let go of the files."""
        self.save()
        self._opened.journal.close()

    def _write(self, write: Any) -> None:
        """Do one write; after a failure the next one brings journal and file up to date before all is well again."""
        had_trouble = bool(self.trouble)
        try:
            write()
            if had_trouble:
                self._opened.journal.rewrite(self._opened.history)
                self.store.save(self._opened)
            self.trouble = ""
        except OSError as error:
            self.trouble = (
                f"没有存到磁盘：{reason(error)}。内容还在内存里，会自动再试；腾出空间或改好权限后用 /保存 马上再试。"
            )


def row_key(row: Indicator) -> str:
    """The key under which marks of an indicator are kept: slot and name, never a row number."""
    return row_mark(row)


def _judged(record: Record, key: str, origin: str = "", seen: bool = False) -> Record:
    """The record once the filer has decided about a place: not to be asked again, and seen where that has to be said."""
    note = True if seen and origin in (SUGGESTED, CARRIED, IMPORTED) else None
    return record.marked(ASK, key, None).marked(SEEN, key, note)


def slot_key(slot: tuple[str, str]) -> str:
    """The key of a slot: 产出目标/数量."""
    return "/".join(slot)


def progress(declaration: Declaration) -> tuple[int, int]:
    """Fields answered and fields asked, for the home screen and the title line."""
    asked = [one for one in fields() if one.spec.relevant is None or one.spec.relevant(declaration)]
    return sum(not is_empty(declaration.get(one.path)) for one in asked), len(asked)
