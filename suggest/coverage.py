"""The coverage view (覆盖情况): which slots this kind of project usually fills, what is there, and the best next indicator."""

from __future__ import annotations

from collections.abc import Callable

from domain.framework import Slot, framework
from domain.model import Declaration
from suggest.context import Context
from suggest.types import Coverage, Offer, SlotCoverage, Suggestion

_REQUIRED = {"always": 1.0, "usually": 0.9, "if-relevant": 0.7, "rarely": 0.4}
"""How much an empty slot asks to be filled, by the framework's own word."""


def coverage(
    declaration: Declaration,
    context: Context,
    usual: Callable[[str], float],
    offer: Callable[[Slot], Offer],
) -> Coverage:
    """Every slot of the form with how often such projects fill it and the best suggestion there."""
    rows: list[SlotCoverage] = []
    wishes: list[tuple[float, int, Suggestion]] = []
    for place, slot in enumerate(framework(declaration.framework).slots):
        given = offer(slot)
        best = given.suggestions[0] if given.suggestions else None
        count = sum(1 for _, row in declaration.rows(slot.key) if row.name)
        often = round(usual(slot.role), 2)
        rows.append(SlotCoverage(slot.key, often, count, best, given.note))
        if best is not None:
            need = often * _REQUIRED.get(slot.required, 0.7) * (1.0 if not count else 0.15)
            wishes.append((need * min(1.0, 0.5 + best.score / 2), -place, best))
    kinds = tuple(kind.label for kind, weight in context.kinds if weight >= 0.5)[:3]
    return Coverage(kinds, context.sector, tuple(rows), max(wishes, default=(0.0, 0, None))[2] if wishes else None)
