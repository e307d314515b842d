"""The review rules (审核规则), one module per test and theme; RULES holds them all by number."""

from __future__ import annotations

from domain.review import Rule
from domain.rules import (
    adequacy,
    adequacy_subjects,
    adequacy_sums,
    adequacy_targets,
    completeness,
    completeness_codes,
    completeness_paragraphs,
    completeness_rows,
    completeness_slots,
    completeness_texts,
    feasibility,
    relevance,
    relevance_names,
    relevance_numbers,
    relevance_targets,
    relevance_texts,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *completeness.RULES,
            *completeness_codes.RULES,
            *completeness_rows.RULES,
            *completeness_slots.RULES,
            *completeness_texts.RULES,
            *completeness_paragraphs.RULES,
            *relevance.RULES,
            *relevance_numbers.RULES,
            *relevance_texts.RULES,
            *relevance_names.RULES,
            *relevance_targets.RULES,
            *adequacy.RULES,
            *adequacy_subjects.RULES,
            *adequacy_sums.RULES,
            *adequacy_targets.RULES,
            *feasibility.RULES,
        ),
        key=lambda rule: rule.number,
    )
)
"""All rules in the order of their numbers."""

IDS = frozenset(rule.id for rule in RULES)


def rule(identity: str) -> Rule:
    """The rule of an id such as "R41"; raises KeyError."""
    for one in RULES:
        if one.id == identity:
            return one
    raise KeyError(identity)
