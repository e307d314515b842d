"""The history of a record (步骤): what was done, what can be undone, and where the filer goes on. No file is known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.changes import Change, Record, apply, inverse
from domain.fields import path_text


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the filer did, reversible; label says it in Chinese, place is where the dialogue stood before it."""

    label: str
    changes: tuple[Change, ...]
    place: str = ""
    at: str = ""


@dataclass
class History:
    """The state that a journal amounts to: the current record, what can be undone and redone, and where to go on."""

    record: Record = field(default_factory=Record)
    steps: list[Step] = field(default_factory=list)
    position: int = 0
    place: str = ""
    typing: dict[str, str] = field(default_factory=dict)
    """Text typed but not yet accepted, by field key."""
    reviewed: Mapping[str, Any] | None = None
    """The findings of the last review as plain data; None where there was none."""
    entered: Mapping[str, str] | None = None
    """What has been entered into the formal system; None where nobody has begun with that."""
    saved: str = ""
    dirty: bool = False
    """Whether anything happened after the TOML file was last written."""
    filed: Record | None = None
    """The record that was then written, from which a person's edit of the file began."""

    def do(self, step: Step) -> None:
        """Make a step; what had been undone can no longer be redone."""
        self.record = apply(self.record, step.changes)
        del self.steps[self.position :]
        self.steps.append(step)
        self.position += 1
        self.dirty = True
        for change in step.changes:
            self.typing.pop(path_text(change.where), None)

    def undo(self) -> Step | None:
        """Take the last step back and return it; None at the beginning."""
        if not self.position:
            return None
        self.position -= 1
        step = self.steps[self.position]
        self.record = apply(self.record, inverse(step.changes))
        self.dirty = True
        return step

    def redo(self) -> Step | None:
        """Make the step again that was undone last; None where there is none."""
        if self.position == len(self.steps):
            return None
        step = self.steps[self.position]
        self.record = apply(self.record, step.changes)
        self.position += 1
        self.dirty = True
        return step

    def note_saved(self, mark: str) -> None:
        """The record as it is now was written to the TOML file, whose bytes have this fingerprint."""
        self.saved, self.filed, self.dirty = mark, self.record, False

    def note_typing(self, key: str, text: str) -> None:
        """Remember text in progress; "" forgets it."""
        if text:
            self.typing[key] = text
        else:
            self.typing.pop(key, None)
