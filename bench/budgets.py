"""The budgets (80x24, 256 colours), and the table that shows each figure beside its peers and its budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Sides = Mapping[str, Mapping[str, float]]
OURS = "tianbiao"


@dataclass(frozen=True)
class Budget:
    """One figure: what it is called, how much it may be, or how many times another figure of some side."""

    title: str
    figure: str
    limit: float | None = None
    times: float | None = None
    side: str = OURS
    of: str = ""
    """The figure compared with; the same one where empty."""


BUDGETS = (
    Budget("something readable, ms", "readable", times=2.0, side="print"),
    Budget("first question usable, ms", "usable", times=1.5, side="Textual"),
    Budget("list of all records, ms", "home", times=1.5, side="Textual", of="usable"),
    Budget("first screen, B", "first screen bytes", limit=4000),
    Budget("idle, B in 4 s", "idle bytes", limit=0),
    Budget("idle, ms of CPU a second", "idle cpu", limit=2.0),
    Budget("a character, B", "character bytes", limit=250),
    Budget("a character, B beside the cell difference", "character bytes", times=1.2, of="character needed"),
    Budget("a character, ms to settled", "character settled", times=1.2, side="prompt_toolkit"),
    Budget("a changed list, B", "list bytes", times=0.6, side="prompt_toolkit"),
    Budget("a changed list, B beside the cell difference", "list bytes", times=1.2, of="list needed"),
    Budget("a changed list, ms to settled", "list settled", times=1.2, side="prompt_toolkit"),
    Budget("next question, worst B", "question bytes", limit=3000),
    Budget("screen change, worst B", "screen bytes", limit=5000),
    Budget("screen change, worst ms", "worst screen ms", limit=200),
    Budget("longest wait for an echo while the engine loads, ms", "worst echo ms", limit=50),
    Budget("memory at the first question, peak MB", "memory", times=2.0, side="Textual"),
    Budget("memory with the engine loaded, peak MB", "memory warm", times=2.0, side="Textual", of="memory"),
    Budget("memory after an hour, peak MB", "memory after an hour", times=2.3, side="Textual", of="memory"),
    Budget("leaving, ms", "leaving", limit=100),
)


def allowed(budget: Budget, sides: Sides) -> float | None:
    """The most that is allowed, None where the peer was not measured."""
    if budget.limit is not None:
        return budget.limit
    base = sides.get(budget.side, {}).get(budget.of or budget.figure)
    return None if base is None or budget.times is None else base * budget.times


def missed(sides: Sides) -> list[str]:
    """What was measured and lies over its budget."""
    found = []
    for budget in BUDGETS:
        value, most = sides[OURS].get(budget.figure), allowed(budget, sides)
        if value is not None and most is not None and value > most:
            found.append(f"{budget.title} {_shown(value)} over {_shown(most)}")
    return found


def table(sides: Sides) -> list[str]:
    """A line a budget, the peers beside ours."""
    peers = [side for side in ("Textual", "prompt_toolkit", "floor") if side in sides]
    lines = [f"| | {OURS} | {' | '.join(peers)} | budget |", "|---" * (len(peers) + 3) + "|"]
    for budget in BUDGETS:
        value, most = sides[OURS].get(budget.figure), allowed(budget, sides)
        beside = [_shown(sides[side].get(budget.figure)) for side in peers]
        how = (
            "" if budget.times is None else f" ({budget.times:g} x {budget.side if budget.side != OURS else 'needed'})"
        )
        mark = " **over**" if value is not None and most is not None and value > most else ""
        lines.append(f"| {budget.title} | {_shown(value)}{mark} | {' | '.join(beside)} | {_shown(most)}{how} |")
    return lines


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
