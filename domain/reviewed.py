"""What is remembered of a review until the next one (上次检查), and what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.grading import Severity
from domain.review import Finding
from domain.text import clean


@dataclass(frozen=True, slots=True)
class Noted:
    """What is remembered of a finding until the next review, when it may be gone."""

    rule: str
    severity: Severity
    message: str


Notes = Mapping[str, Noted]
"""Findings remembered, by key."""


def notes_of(found: Iterable[Finding]) -> Notes:
    """What to remember of a review."""
    return {one.key: Noted(one.rule.id, one.severity, one.hit.message) for one in found}


@dataclass(frozen=True, slots=True)
class Changed:
    """What differs between two reviews: findings gone, findings new, findings that weigh differently now."""

    gone: tuple[Noted, ...] = ()
    new: tuple[Finding, ...] = ()
    weighed: tuple[tuple[Noted, Finding], ...] = ()


def changes_since(before: Notes, after: Iterable[Finding]) -> Changed:
    """What has changed since the last review."""
    now = {one.key: one for one in after}
    return Changed(
        tuple(one for key, one in before.items() if key not in now),
        tuple(one for key, one in now.items() if key not in before),
        tuple(
            (before[key], one) for key, one in now.items() if key in before and before[key].severity is not one.severity
        ),
    )


def notes_to_plain(notes: Notes) -> dict[str, list[str]]:
    """Notes as plain data, as the journal keeps them."""
    return {key: [one.rule, one.severity.value, one.message] for key, one in notes.items()}


def notes_from_plain(data: Mapping[str, Any]) -> Notes:
    """Notes from plain data; what is none is left out."""
    found: dict[str, Noted] = {}
    for key, value in data.items():
        match value:
            case [str(rule), str(severity), str(message)] if severity in tuple(Severity):
                found[key] = Noted(rule, Severity(severity), clean(message))
    return found
