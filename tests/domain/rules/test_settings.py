"""Office settings: what they change, and that nothing unknown is dropped in silence."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

from domain.case import case_for
from domain.model import Declaration, Indicator
from domain.review import Severity, findings
from domain.rules import IDS, rule
from domain.settings import DEFAULT, read_settings

TEXT = """
five_expenses = ["30299", "会议费"]
public_words = ["渔民"]
surprise = 1

[rules.R32]
enabled = false
[rules.R39]
severity = "info"
[rules.R41]
severity = "fatal"
[rules.R99]
enabled = false

[thresholds]
effect = 90
unknown = 3
change = -1

[judged]
"科学性" = ["科学"]

[slips]
"帐目" = "账目"
"""


def test_settings_are_read_and_what_is_odd_is_reported() -> None:
    settings, problems = read_settings(TEXT, IDS)
    assert settings.disabled == {"R32"}
    assert settings.severities == {"R39": "info"}
    assert settings.thresholds.effect == Decimal(90)
    assert settings.thresholds.change == DEFAULT.thresholds.change
    assert settings.five_expenses == {"30299"}
    assert settings.judged == {"科学性": ("科学",)}
    assert settings.slips == {"帐目": "账目"}
    for named in ("R99", "fatal", "unknown", "thresholds.change", "会议费", "surprise"):
        assert sum(named in problem for problem in problems) == 1, (named, problems)


def test_wrong_shapes_are_reported_and_the_rest_is_used() -> None:
    settings, problems = read_settings('rules = 1\nthresholds = 2\njudged = 3\npublic_words = "村民"\n', IDS)
    assert settings == DEFAULT
    assert len(problems) == 4


def test_settings_change_what_rules_say(own_examples: dict[str, Declaration]) -> None:
    settings, _ = read_settings(TEXT, IDS)
    declaration = own_examples["school-broadband"]
    codes = declaration.project.functional_subjects
    declaration = declaration.replace(("project", "functional_subjects"), codes * 2)
    declaration = declaration.replace(("project", "economic_subjects"), ())
    strict = case_for(declaration, settings=settings)
    assert findings(case_for(declaration), [rule("R32")])
    assert not findings(strict, [rule("R32")])
    asked = (Indicator("效果目标", "满意度", "渔民满意度", ">=88%"),)
    lowered = strict.of(declaration.replace(("indicators",), asked))
    assert [one.severity for one in findings(lowered, [rule("R71")])] == [Severity.WARNING]


def test_a_milder_rule_is_milder_throughout_and_a_hint_stays_a_hint(own_examples: dict[str, Declaration]) -> None:
    declaration = own_examples["school-broadband"].replace(("project", "category"), None)
    milder, _ = read_settings('[rules.R2]\nseverity = "info"', IDS)
    assert {one.severity for one in findings(case_for(declaration, settings=milder), [rule("R2")])} == {Severity.INFO}
    harder, _ = read_settings('[rules.R71]\nseverity = "error"', IDS)
    edge = declaration.replace(("indicators",), (Indicator("效果目标", "满意度", "渔民满意度", ">=85%"),))
    assert {one.severity for one in findings(case_for(edge, settings=harder), [rule("R71")])} == {Severity.INFO}


def test_reviewing_imports_neither_pydantic_nor_faces() -> None:
    code = (
        "import sys; from domain.checking import check; from domain.rules import RULES; "
        "print([name for name in ('pydantic', 'textual', 'rich', 'jieba', 'suggest', 'openpyxl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
