"""What the suggestion engine says: suggestions with target, reasons and evidence, and the protocol that faces rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.fields import FieldPath
from domain.framework import SlotKey
from domain.model import Declaration

if TYPE_CHECKING:
    from domain.reading import Span


class Suggestion(NamedTuple):
    """One indicator offered for a slot: a name without gaps, a target as it would be typed, and why, in Chinese words."""

    entry_id: str
    slot: SlotKey
    name: str
    target: str
    score: float
    reasons: tuple[str, ...]
    evidence: Span | None = None

    @property
    def place(self) -> str:
        """Where it belongs: 产出目标›数量."""
        return "›".join(self.slot)


class TargetOption(NamedTuple):
    """A target offered for an indicator name, and why; a weak one may be picked, but is no default."""

    text: str
    reason: str
    weak: bool = False


class Offer(NamedTuple):
    """What a slot is offered: the suggestions, and a word where such a project usually leaves it empty."""

    suggestions: tuple[Suggestion, ...]
    note: str = ""


class Proposal(NamedTuple):
    """One value of the quick draft (草拟): a field's answer as typed, or an indicator; always marked 建议 until accepted."""

    where: FieldPath
    """A field path, or ("indicators",) for a new row."""
    text: str
    """The answer as it would be typed; for an indicator `name target`."""
    reason: str
    suggestion: Suggestion | None = None


class Suggester(Protocol):
    """The engine as the dialogue sees it."""

    @property
    def trouble(self) -> str:
        """Why earlier choices could not be used or kept, in Chinese with the file; "" where all is well."""
        ...

    def offer(self, declaration: Declaration, slot: SlotKey, limit: int = 5) -> Offer:
        """The best indicators for a slot of this declaration, rows already there left out."""
        ...

    def search(self, declaration: Declaration, slot: SlotKey, query: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Search as you type within a slot: words, fragments, pinyin initials, entry id; exact match first."""
        ...

    def targets(self, declaration: Declaration, slot: SlotKey, name: str) -> tuple[TargetOption, ...]:
        """Targets that fit an indicator name in this declaration, best first."""
        ...

    def draft(self, declaration: Declaration, text: str) -> tuple[Proposal, ...]:
        """Everything that a pasted description tells: fields first, then indicators slot by slot."""
        ...

    def chosen(self, declaration: Declaration, suggestion: Suggestion, accepted: bool) -> None:
        """Learn that the filer took a suggestion, or rejected it."""
        ...

    def taken_back(self, declaration: Declaration, slot: SlotKey, name: str) -> None:
        """Learn that the filer undid the taking of a suggestion."""
        ...

    def coverage(self, declaration: Declaration) -> Coverage:
        """Which slots such a project usually fills, what stands there, and the single best next indicator."""
        ...


USUAL = 0.6
"""Share of such projects from which on a slot left empty is asked for."""


class SlotCoverage(NamedTuple):
    """One slot in the coverage view (覆盖情况): how often such projects fill it (0 to 1), how many rows stand there now."""

    slot: SlotKey
    usual: float
    rows: int
    best: Suggestion | None
    note: str = ""


class Coverage(NamedTuple):
    """The coverage view: what kind of project this looks like, every slot, and the single best next indicator."""

    kinds: tuple[str, ...]
    sector: str
    slots: tuple[SlotCoverage, ...]
    next: Suggestion | None = None
