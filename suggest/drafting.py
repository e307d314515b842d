"""The quick draft (草拟): from a pasted description to proposals for every field that it settles, then for the indicators."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from domain import answers
from domain.framework import Slot, framework
from domain.model import Declaration, fields, is_empty
from suggest import fieldreading
from suggest.fieldreading import FieldGuess
from suggest.reader import load_reader
from suggest.types import Proposal, Suggestion

if TYPE_CHECKING:
    from suggest.engine import Engine

OFTEN = 0.55
"""Slots that such projects fill at least this often get a proposal."""
_MOST = {"output.quantity": 4, "output.quality": 2}
"""Proposals per slot where more than one is usual."""


def draft(engine: Engine, declaration: Declaration, text: str) -> tuple[Proposal, ...]:
    """Proposals for the fields that are still empty, then for the slots usually filled, each with its reason."""
    proposals: list[Proposal] = []
    known = declaration
    for guess in fieldreading.guesses(text, declaration, load_reader()):
        if not is_empty(known.get(guess.where)):
            continue
        after = _with(known, guess)
        if after is not None:
            known = after
            proposals.append(Proposal(guess.where, guess.text, guess.reason))
    picture = known if _says_something(known) else _with_text(known, text)
    proposals.extend(_indicators(engine, picture))
    return tuple(proposals)


def _with(declaration: Declaration, guess: FieldGuess) -> Declaration | None:
    """The declaration with a guess taken as an answer; None where it would be refused."""
    one = next(field for field in fields() if field.path == guess.where)
    answer = answers.parse(one, guess.text, declaration)
    if isinstance(answer, answers.Refused):
        return None
    after = declaration.replace(one.path, answer.value)
    for path, value in answer.also.items():
        after = after.replace(path, value)
    return after


def _says_something(declaration: Declaration) -> bool:
    return any(
        getattr(declaration.narrative, field.name).strip() for field in dataclasses.fields(declaration.narrative)
    )


def _with_text(declaration: Declaration, text: str) -> Declaration:
    """The declaration with the whole text as its overview, only to rank indicators by."""
    return declaration.replace(("narrative", "overview"), text)


def _indicators(engine: Engine, declaration: Declaration) -> Iterator[Proposal]:
    for slot in framework(declaration.framework).slots:
        if declaration.rows(slot.key) or engine.usual(declaration, slot.role) < OFTEN:
            continue
        for suggestion in _best(engine, declaration, slot):
            text = f"{suggestion.name} {suggestion.target}".strip()
            yield Proposal(("indicators",), text, "；".join(suggestion.reasons), suggestion)


def _best(engine: Engine, declaration: Declaration, slot: Slot) -> Iterator[Suggestion]:
    """The first suggestion of a slot, and further ones that the text itself counts or that are as likely."""
    most = _MOST.get(slot.role, 1)
    for place, suggestion in enumerate(engine.offer(declaration, slot.key, most).suggestions):
        if place == 0 or (suggestion.target and (suggestion.evidence is not None or suggestion.score >= 0.7)):
            yield suggestion
