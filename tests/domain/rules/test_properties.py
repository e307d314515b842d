"""Over all rules: what `inject` breaks, `check` finds; `fix` clears it and breaks nothing else."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from domain.case import Case
from domain.model import Declaration
from domain.review import Finding, Rule, Severity, findings
from domain.rules import IDS, RULES

SEEDS = range(3)


def _keys(found: list[Finding]) -> set[str]:
    return {one.key for one in found if one.severity is not Severity.INFO}


def test_there_are_78_rules_with_their_numbers() -> None:
    assert [rule.id for rule in RULES] == [f"R{number}" for number in range(1, 79)]
    assert len(IDS) == 78


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_inject_breaks_check_finds_and_fix_mends(
    rule: Rule, examples: dict[str, Declaration], make_case: Callable[[str], Case]
) -> None:
    injected = 0
    for name in examples:
        case = make_case(name)
        before = {one.key for one in findings(case, [rule], fixes=False)}
        for seed in SEEDS:
            broken = rule.inject(case, Random(seed))
            if broken is None:
                continue
            injected += 1
            found = findings(case.of(broken), [rule])
            fresh = [one for one in found if one.key not in before] or found
            assert fresh, f"{rule.id} does not find its own defect in {name}, seed {seed}"
            for one in found:
                if one.fixed is not None:
                    _mends(case.of(broken), one)
    assert injected, f"{rule.id} injects nothing into any example"


def _mends(case: Case, one: Finding) -> None:
    assert one.fixed is not None
    before = _keys(findings(case, fixes=False))
    after = findings(case.of(one.fixed), fixes=False)
    assert one.key not in {left.key for left in after}, f"the fix leaves {one.key}"
    assert _keys(after) <= before, f"the fix of {one.key} makes {_keys(after) - before}"


def test_the_examples_are_sound(examples: dict[str, Declaration], make_case: Callable[[str], Case]) -> None:
    for name in examples:
        standing = [one for one in findings(make_case(name)) if one.severity is not Severity.INFO]
        assert not standing, (name, [one.text for one in standing])


def test_without_a_reader_the_examples_are_sound_too(own_examples: dict[str, Declaration]) -> None:
    from domain.case import case_for

    for name, declaration in own_examples.items():
        errors = [one for one in findings(case_for(declaration)) if one.severity is Severity.ERROR]
        assert not errors, (name, [one.text for one in errors])
