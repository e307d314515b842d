"""What a field of the form is: its label, kind, limits and everything the assistant says about it.

A `Spec` is attached to a field of the model by `Annotated`, so that question, editor, TOML key, import label and help all
come from one line. Standard library only: this is on the way to the first question.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from domain.model import Declaration

FieldPath = tuple[str | int, ...]
"""("narrative", "overview"), ("indicators", 3, "target"): where a value stands in a declaration."""


class Kind(StrEnum):
    """How a field is typed, checked and edited; each has one parser (domain.answers) and one editor (tui)."""

    YEAR = "year"
    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    CODED = "coded"
    SUBJECTS = "subjects"
    YES_NO = "yes_no"
    DATE = "date"
    MONEY = "money"
    PHONE = "phone"


class Spec(NamedTuple):
    """The declaration of one field (字段说明).

    hint is always shown, guide opens with F1; why says who reads the answer; good and bad are examples, mistake the usual
    slip. max_chars counts code points. spoken has for each of the choices what people say for it, parted by spaces. recurring
    fields default from the unit's last record. mistaken is how a text ends that was meant for a neighbouring field, and
    what that field is called. relevant says whether the field is asked at all for this declaration (it can always be reached by
    a jump).
    """

    label: str
    kind: Kind
    hint: str
    guide: str
    why: str
    good: str
    bad: str
    mistake: str
    required: bool = False
    max_chars: int = 100
    choices: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    table: str = ""
    recurring: bool = False
    aliases: tuple[str, ...] = ()
    mistaken: tuple[tuple[str, ...], str] = ((), "")
    relevant: Callable[[Declaration], bool] | None = None


class Field(NamedTuple):
    """A place in the declaration together with its spec."""

    path: FieldPath
    spec: Spec

    @property
    def key(self) -> str:
        """The path as text, `project.name`: the form used in findings, marks and messages."""
        return path_text(self.path)

    def is_asked(self, declaration: Declaration) -> bool:
        """Whether the field is asked by itself for this declaration."""
        return self.spec.relevant is None or self.spec.relevant(declaration)


def path_text(path: FieldPath) -> str:
    """("indicators", 3, "target") → "indicators[3].target"."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def path_of(text: str) -> FieldPath:
    """The inverse of `path_text`; raises ValueError on text that is not a path."""
    parts: list[str | int] = []
    for piece in text.split("."):
        name, *indices = piece.split("[")
        if not name:
            raise ValueError(f"not a field path: {text!r}")
        parts.append(name)
        parts.extend(int(index.removesuffix("]")) for index in indices)
    return tuple(parts)
