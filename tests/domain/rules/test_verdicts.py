"""The three published forms: every rule's verdict, the grades, and the form whose paragraphs are shifted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from domain.case import Case, Words, case_for
from domain.model import Declaration
from domain.reading import Reader
from domain.review import Grade, Review, Severity, review
from domain.rules.placement import FIELDS, SHIFTED, shift
from domain.siblings import NO_SIBLINGS, Siblings

FAILING = {
    "F1": "4 6 14i 28 29i 32 34i 41 42 44e 45 46i 48i 49i 51 53e 54 55 56i 62 66 70i 76i",
    "F2": "1e 4 6 14i 32 34i 41e 42 43 47e 50 51 52e 54 55 56i 57 59 60 61 62 76i 77i",
    "F3": "4 6 9 23 28 29i 32 33 37 40 43 44e 45 46i 48i 49i 51 54 55 57e 58 61 71i 77i",
}
"""The failing rules of the published forms by the rule table: e error, i hint, else warning; R56 of F3 is in docs/rules.md."""
ALONE = {"F1": (Decimal("73.5"), Grade.FAIR), "F2": (Decimal("60.5"), Grade.POOR), "F3": (Decimal("67.5"), Grade.FAIR)}
TOGETHER = {"F1": (Decimal(72), Grade.FAIR), "F2": (Decimal(60), Grade.POOR), "F3": (Decimal(66), Grade.FAIR)}
PLACES = {
    "basis": "overall_goal",
    "necessity": "annual_goal",
    "measures": "necessity",
    "plan": "measures",
    "overall_goal": "plan",
}

Reviewer = Callable[..., Review]


def _expected(key: str, *without: int) -> dict[str, Severity]:
    weights = {"e": Severity.ERROR, "i": Severity.INFO}
    marks = {f"R{mark.rstrip('ei')}": weights.get(mark[-1], Severity.WARNING) for mark in FAILING[key].split()}
    return {rule: severity for rule, severity in marks.items() if int(rule[1:]) not in without}


@pytest.fixture
def case_of(forms: dict[str, Declaration], reader: Reader, words: Words) -> Callable[..., Case]:
    def make(key: str, together: bool = True) -> Case:
        siblings = Siblings(tuple(forms.items())) if together else NO_SIBLINGS
        return case_for(forms[key], reader, siblings, label=key, words=words)

    return make


@pytest.mark.parametrize("key", FAILING)
def test_every_verdict_in_one_folder(key: str, case_of: Callable[..., Case]) -> None:
    assert dict(review(case_of(key)).verdicts) == _expected(key)


@pytest.mark.parametrize("key", FAILING)
def test_every_verdict_alone(key: str, case_of: Callable[..., Case]) -> None:
    assert dict(review(case_of(key, together=False)).verdicts) == _expected(key, 54)


@pytest.mark.parametrize("key", FAILING)
def test_verdicts_need_no_dictionary(key: str, forms: dict[str, Declaration], reader: Reader) -> None:
    case = case_for(forms[key], reader, Siblings(tuple(forms.items())), label=key)
    assert dict(review(case).verdicts) == _expected(key)


@pytest.mark.parametrize("key", FAILING)
@pytest.mark.parametrize("together", [True, False])
def test_points_and_grades(key: str, together: bool, case_of: Callable[..., Case]) -> None:
    outcome = review(case_of(key, together))
    assert (outcome.total, outcome.grade) == (TOGETHER if together else ALONE)[key]


def test_markup_that_was_pasted_is_seen(case_of: Callable[..., Case]) -> None:
    """What the importer cleans away: the third form's only fault of this kind."""
    case = case_of("F3")
    raw = f"<p>{case.declaration.narrative.overview}</p>"
    assert "R56" in review(case.of(case.declaration.replace(("narrative", "overview"), raw))).verdicts


def test_line_price_and_terminal_price_are_shown(case_of: Callable[..., Case]) -> None:
    assert any("1675.5元" in one.text for one in review(case_of("F1")).findings if one.rule.id == "R29")
    assert any("3535.3元" in one.text for one in review(case_of("F3")).findings if one.rule.id == "R29")


@pytest.mark.parametrize("together", [True, False])
def test_the_shifted_form_is_put_right_by_one_fix(together: bool, case_of: Callable[..., Case]) -> None:
    case = case_of("F2", together)
    offers = [one for one in review(case).findings if one.cause == SHIFTED and one.fixed]
    assert offers
    assert len({one.fixed for one in offers}) == 1
    before, after = case.declaration.narrative, offers[0].fixed
    assert after is not None
    for source, goal in PLACES.items():
        assert getattr(after.narrative, goal) == getattr(before, source)
    assert after.narrative.basis == ""
    assert "立项依据”是空的" in next(one.text for one in offers if one.rule.id == "R52")
    assert "R52" not in review(case.of(after)).verdicts


def test_findings_of_the_shift_are_one_group(case_of: Callable[..., Case]) -> None:
    groups = {lead.cause: (lead, others) for lead, others in review(case_of("F2")).by_cause()}
    lead, others = groups[SHIFTED]
    assert lead.rule.id == "R52"
    assert {one.rule.id for one in others} >= {"R47", "R50", "R51", "R54"}


@pytest.mark.parametrize("key", ["F1", "F3"])
def test_forms_in_order_are_not_moved(key: str, case_of: Callable[..., Case]) -> None:
    assert shift(case_of(key)) is None
    assert shift(case_of(key, together=False)) is None


def test_the_other_form_is_named_as_the_shifted_one(case_of: Callable[..., Case]) -> None:
    crossed = [one for one in review(case_of("F3")).findings if one.key.endswith("/crossed")]
    assert [one.severity for one in crossed] == [Severity.INFO]
    assert "那张表错了栏" in crossed[0].text


@pytest.mark.parametrize("order", [(1, 2, 3, 4, 5, 0), (5, 0, 1, 2, 3, 4), (3, 4, 5, 0, 1, 2)])
def test_other_rotations_are_recognised_from_the_text_alone(
    order: tuple[int, ...], own_examples: dict[str, Declaration], reader: Reader
) -> None:
    found = 0
    for declaration in own_examples.values():
        texts = [getattr(declaration.narrative, name) for name in FIELDS]
        rotated = dict(zip(FIELDS, (texts[at] for at in order), strict=True))
        moved = shift(case_for(replace(declaration, narrative=replace(declaration.narrative, **rotated)), reader))
        if moved is not None:
            found += 1
            assert (
                moved.applied(replace(declaration, narrative=replace(declaration.narrative, **rotated))) == declaration
            )
    assert found, "no rotation of a full form is recognised"


def test_sound_forms_are_never_moved(examples: dict[str, Declaration], reader: Reader) -> None:
    assert [name for name, one in examples.items() if shift(case_for(one, reader))] == []
