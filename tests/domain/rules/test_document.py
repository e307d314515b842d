"""docs/rules.md is what the rules and the notes say, and every rule shows a bad and a good example."""

from __future__ import annotations

from domain.review import Trust
from domain.rules import RULES
from domain.rules.document import DOCS, document


def test_the_document_is_up_to_date() -> None:
    notes = (DOCS / "rules-notes.md").read_text(encoding="utf-8")
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == document(notes), "python -m domain.rules.document"


def test_every_rule_says_what_people_need() -> None:
    for rule in RULES:
        assert rule.title, rule.id
        assert rule.bad, rule.id
        assert rule.good, rule.id
        assert rule.bad != rule.good
        assert rule.cost.endswith(("。", "！", "？")), rule.id
        assert rule.advice.endswith(("。", "？")), rule.id
        assert isinstance(rule.trust, Trust)
        assert rule.grounds.endswith(f"（{rule.trust}）")


def test_what_is_recalled_is_called_so() -> None:
    """Regulations that nobody here could see are never quoted as certain."""
    for rule in RULES:
        if "号" in rule.basis and "财预" in rule.basis:
            assert rule.trust is Trust.REFERENCE, rule.id
