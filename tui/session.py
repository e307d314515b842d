"""The record being worked on (会话): every operation that changes it, with undo and marks. Free of Textual.

Each operation makes one step, in memory first and then on disk, which `tui.keeping` sees to; where the disk fails `trouble`
says so in Chinese. A record that is `read_only` (只看) takes no step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import filling
from domain.changes import Record, diff
from domain.fields import FieldPath
from domain.marks import ASK, ENTRY, LAST_YEAR, SEEN, SKIPPED, TYPED
from domain.model import Declaration, Indicator, spec_at
from domain.records.history import Step
from domain.records.merging import Conflict, settled, value_at
from domain.records.store import Opened, Store
from domain.records.times import now
from tui.keeping import Keeper
from tui.record_keys import ADDED, CHANGED, row_place
from tui.recurring import Recurring

if TYPE_CHECKING:
    from domain.records.timeline import Entry


class Session:
    """One open record in a store."""

    def __init__(self, store: Store, opened: Opened) -> None:
        self.store = store
        self._keeper = Keeper(store, opened)
        self._recurring = Recurring(lambda: store.latest(besides=self.path))
        self._refused = False
        if opened.recovered:
            self.save()

    # -- looking --

    @property
    def _opened(self) -> Opened:
        return self._keeper.opened

    @property
    def read_only(self) -> str:
        """Why the record can only be looked at, in Chinese; "" while it may be filled."""
        return self._keeper.read_only

    @property
    def trouble(self) -> str:
        """Why the last change did not reach the disk, in Chinese; "" while everything is saved."""
        return self._keeper.trouble or (f"只看，没有改：{self.read_only}。" if self._refused and self.read_only else "")

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Places changed both here and in the file, to be decided; until then the file is left as it is."""
        return self._opened.conflicts

    @property
    def can_take_over(self) -> bool:
        """Whether it is another program that keeps this one from filling."""
        return bool(self.read_only) and not self._opened.read_only

    def news(self) -> list[str]:
        """What happened to the record from outside, in Chinese; told once."""
        return self._keeper.news()

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
        return self._keeper.on_disk

    @property
    def is_blank(self) -> bool:
        """Whether this is a new record in which there is nothing to keep; on closing it leaves nothing behind."""
        return self._keeper.is_blank

    @property
    def scrap(self) -> tuple[str, str] | None:
        """Key and text where a few characters in progress are all of a new record; None where there is more, or nothing."""
        return self._keeper.scrap

    @property
    def untouched(self) -> bool:
        """Whether nothing has been done to the record since its file was made."""
        return not self._opened.history.steps

    def default(self, path: FieldPath) -> Any:
        """What a recurring field held on the unit's last record, dates moved to this record's year; None if nothing."""
        return self._recurring.default(path, self.declaration)

    def skipped(self, key: str) -> bool:
        """Whether the filer passed over this field or slot on purpose."""
        return key in self.record.marks(SKIPPED)

    def origin(self, key: str) -> str:
        """Where the value at this key came from; "" where it is not known."""
        return filling.origin_of(self.record, key)

    def looked_at(self, key: str) -> bool:
        """Whether somebody has looked at the value: typed or worked out at its question, or passed there with Enter."""
        return self.origin(key) not in filling.UNSEEN or key in self.record.marks(SEEN)

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
        record = filling.answered(self.record, {path: value, **(also or {})}, origin, seen=seen)
        self._step(f"填写{spec_at(path).label}", record)

    def apply(self, label: str, record: Record) -> None:
        """Make any change to the record one step; label says it in Chinese."""
        self._step(label, record)

    def clear(self, path: FieldPath) -> None:
        """Empty a field."""
        self._step(f"清空{spec_at(path).label}", filling.cleared(self.record, path))

    def look(self, keys: Iterable[str], label: str) -> None:
        """Note that the filer has looked at these values and left them as they are."""
        self._step(f"看过{label}", filling.looked_at(self.record, keys))

    def skip(self, key: str, label: str) -> None:
        """Mark a field or slot as left empty on purpose, so that it is not asked again by itself."""
        self._step(f"跳过{label}", filling.passed_over(self.record, key))

    def add_row(self, row: Indicator, origin: str = TYPED, *, seen: bool = True) -> int:
        """Add an indicator after the last row of its slot (or where its slot stands in the framework); returns its index."""
        at = row_place(self.declaration, row)
        self._step(f"{ADDED}{row.name}", filling.row_added(self.record, at, row, origin, seen=seen))
        return at

    def change_row(self, index: int, row: Indicator, origin: str = TYPED) -> None:
        """Exchange one row of the indicator table."""
        name = row.name or self.declaration.indicators[index].name
        self._step(f"{CHANGED}{name}", filling.row_changed(self.record, index, row, origin))

    def remove_row(self, index: int) -> Indicator:
        """Take one row out of the table; returns it."""
        row = self.declaration.indicators[index]
        self._step(f"删除指标{row.name}", filling.row_removed(self.record, index))
        return row

    def move_row(self, index: int, offset: int) -> int:
        """Exchange a row with its neighbour of the same slot; returns its index afterwards."""
        rows, other = self.declaration.indicators, index + offset
        if not 0 <= other < len(rows) or rows[other].slot != rows[index].slot:
            return index
        self._step(f"移动指标{rows[index].name}", filling.rows_exchanged(self.record, index, other))
        return other

    def _step(self, label: str, record: Record) -> None:
        changes = diff(self.record, record)
        self._refused = bool(self.read_only)
        if changes and not self._refused:
            step = Step(label, changes, self.place, now())
            self._keeper.write(lambda: self.store.do(self._opened, step), lambda: self._opened.history.do(step))

    def undo(self) -> Step | None:
        """Take back the last step; None at the beginning."""
        return self._move(self.store.undo, self._opened.history.undo, -1)

    def redo(self) -> Step | None:
        """Make the step undone last again; None where there is none."""
        return self._move(self.store.redo, self._opened.history.redo, 0)

    def _move(self, move: Callable[[Opened], object], in_memory: Callable[[], object], offset: int) -> Step | None:
        position = self._opened.history.position
        self._keeper.write(lambda: move(self._opened), in_memory)
        moved = self._opened.history.position != position
        return self._opened.history.steps[position + offset] if moved else None

    # -- keeping --

    def note_typing(self, key: str, text: str) -> None:
        """Keep the text of the field in progress on disk; "" once it is settled."""
        if text != self.typing_at(key):
            self._keeper.note_typing(key, text)

    def note_place(self, key: str) -> None:
        """Remember which question is on screen."""
        if key != self._opened.history.place:
            self._keeper.write(lambda: self.store.place(self._opened, key), changes=False)

    @property
    def reviewed(self) -> Mapping[str, Any] | None:
        """The findings of the last review as plain data, also before the program ended; None where there was none."""
        return self._opened.history.reviewed

    def note_reviewed(self, findings: Mapping[str, Any]) -> None:
        """Remember the findings of a review for the next one; nothing of a record that nothing was written of yet."""
        if self.on_disk and findings != self.reviewed:
            self._keeper.write(lambda: self.store.reviewed(self._opened, findings), changes=False)

    @property
    def with_ticks(self) -> Record:
        """The record with the marks of what has been entered into the formal system (see domain.entering)."""
        ticks = self._opened.history.entered
        return self.record if ticks is None else replace(self.record, meta={**self.record.meta, ENTRY: ticks})

    def note_ticks(self, record: Record) -> None:
        """Remember those marks of a record; they are no step, so that undoing takes back answers only."""
        ticks = {key: str(mark) for key, mark in record.marks(ENTRY).items()}
        opened = self._opened
        if ticks != self.with_ticks.marks(ENTRY):
            self._refused = bool(self.read_only)
            self._keeper.write(lambda: self.store.entered(opened, ticks), changes=False)

    def save(self) -> bool:
        """Write the record file if it differs; whether everything is on disk now."""
        return self._keeper.save()

    def look_again(self) -> None:
        """On coming back to the record: see whether somebody took it over or wrote its file; `news` tells."""
        self._keeper.look_again()

    def take_over(self) -> None:
        """Take the record from the program that has it; raises OSError, RecordError."""
        self._keeper.take_over()
        self._refused = False

    def restore(self, entry: Entry) -> None:
        """Make the record what it was at a past state, as a step; the present state is kept for the history too."""
        if entry.record is not None:
            self._keeper.keep_past("恢复之前")
            record = replace(entry.record, extra=self.record.extra)
            self._step(f"恢复到 {entry.when} 的样子", record)

    def decide(self, conflict: Conflict, value: Any) -> None:
        """Settle one of the conflicts with a value; after the last one the file is written."""
        self._opened.conflicts = tuple(one for one in self.conflicts if one.where != conflict.where)
        if value_at(self.record, conflict.where) == value:
            self.save()
        else:
            self._step(f"合并{conflict.label}", settled(self.record, conflict, value))

    def try_again(self) -> bool:
        """Try a failed write again by itself; whether all is well now."""
        return self._keeper.try_again()

    def sign(self) -> None:
        """Let programs on other machines know that this one still runs."""
        self._keeper.sign()

    def close(self) -> None:
        """Save and let go of the files."""
        self._keeper.close()
