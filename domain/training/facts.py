"""The facts of a story (故事里的事实): whether a form made from it holds them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from domain import answers
from domain.fields import path_of
from domain.model import Declaration
from domain.training.forms import same_text
from domain.training.material import Fact, Material
from domain.training.measures import factor


def holds(material: Material, declaration: Declaration, fact: Fact) -> bool:
    """Whether the form holds a fact of the story."""
    if fact.field:
        value = answers.shown(declaration.get(path_of(fact.field)))
        return _same_number(value, fact.value) if _is_number(fact.value) else same_text(value, fact.value)
    for row in material.case(declaration).by_role(fact.role):
        rate = factor(row.target.unit, fact.unit) if row.target.number is not None else None
        if rate is not None and row.target.number is not None and row.target.number * rate == Decimal(fact.number):
            return True
    return False


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _same_number(one: str, other: str) -> bool:
    try:
        return abs(Decimal(one) - Decimal(other)) <= Decimal("0.01")
    except InvalidOperation:
        return False
