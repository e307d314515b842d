"""What was odd in an imported file (异常): its kind, where on the form it belongs, and the sentence for people.

Screens and commands go by kind and place; nothing reads the sentence back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.fields import FieldPath

if TYPE_CHECKING:
    from domain.framework import SlotKey


class OddityKind(StrEnum):
    """What happened to a piece of the file."""

    DAMAGED = "damaged"
    """Bytes that no encoding gives a meaning to stand as �."""
    NOT_UNDERSTOOD = "not_understood"
    """A value that its field cannot hold; it went to the unplaced texts, or stays in the file as it was."""
    CONFLICT = "conflict"
    """The file says two things at one place."""
    UNCERTAIN = "uncertain"
    """Taken as it most likely is, but it may be meant otherwise."""
    MISSING = "missing"
    """A required field without an answer."""
    MISPLACED = "misplaced"
    """A text that looks as if it stood in the wrong field."""
    LEFT_OUT = "left_out"
    """A piece that was not read into a field or row."""
    CONVERTED = "converted"
    """Other writing for the same content: tags, units, invisible characters."""
    REPAIRED = "repaired"
    """A row of the indicator table that had lost its tabs."""
    REPEATED = "repeated"
    """The same content twice."""
    UNKNOWN = "unknown"
    """A name that no framework knows, kept as it is."""


DOUBTS = frozenset(
    {
        OddityKind.DAMAGED,
        OddityKind.NOT_UNDERSTOOD,
        OddityKind.CONFLICT,
        OddityKind.UNCERTAIN,
        OddityKind.MISSING,
        OddityKind.MISPLACED,
        OddityKind.LEFT_OUT,
    }
)
"""Kinds that a person should look at; the others only tell what was put right."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd. `field` or `slot` say where on the form (neither: the file as a whole).

    `raw` is the piece itself: what stood beside the field's label, or the name of the row in that slot. `meant` is the field
    that a misplaced text looks meant for, where that can be told.
    """

    kind: OddityKind
    text: str
    field: FieldPath | None = None
    slot: SlotKey | None = None
    raw: str = ""
    meant: FieldPath | None = None

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it."""
        return self.kind in DOUBTS

    def __str__(self) -> str:
        return self.text
