"""当评审 (reviewer): a grade 优良中差 with reasons.

Done when within one grade, with at least 60% of what is wrong found and few false accusations. What is wrong are the errors, and
on a form without any its warnings: a grade alone can be guessed, so that every task drawn has something to find.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.grading import GRADES
from domain.json_values import json_form
from domain.model import Declaration
from domain.review import Grade, Review, Severity
from domain.text import one_line
from domain.training.answers import as_text, flat
from domain.training.exercise import Data, Graded, Kind, Posed, Seed, graded
from domain.training.forms import form_lines, form_of
from domain.training.kinds.defects import judge, verdicts
from domain.training.material import Material
from domain.training.reasons import named_rules
from domain.training.rulebook import mixed, rule_of, spoil, taught
from domain.training.variants import draw_example

SKILL = "skill:reviewer"
ENOUGH = 0.6
"""Share of what is wrong that must be found."""
FALSE = 0.5
"""False accusations for each true one that still pass."""
_SHOWN = 14
_LABELS = {grade.label: grade for grade in GRADES}
QUESTION = "检验问句：这些问题改几个字就行，还是要退回去重写？"


def topics(material: Material) -> tuple[str, ...]:
    """One skill."""
    return (SKILL,)


_HOLLOW = {"annual_goal": "", "overall_goal": "该项目已实施，是日常工作的组成部分，是正常运转的保障。"}
"""Goals without a result: what makes a form 差 whatever its points."""
_MOST = 12


def make(material: Material, seed: Seed) -> Data:
    """An example form with rules broken until it has a drawn grade, so that every grade comes up as often."""
    name = seed.pick(sorted(material.examples), str, "example")
    wanted = GRADES[seed.rng("grade").randrange(len(GRADES))]
    declaration, _ = draw_example(material, name, seed)
    if wanted is Grade.POOR:
        declaration = replace(declaration, narrative=replace(declaration.narrative, **_HOLLOW))
    least = seed.rng("least").randint(1, 3 if wanted is not Grade.EXCELLENT else 2)
    broken = 0
    for rule in seed.ranked(mixed(material), lambda rule: rule.id, "rules"):
        if broken >= _MOST or (broken >= least and _grade(material, declaration) >= GRADES.index(wanted)):
            break
        spoiled = spoil(material, declaration, rule, seed)
        if spoiled is not None and _grade(material, spoiled) <= GRADES.index(wanted):
            declaration = spoiled
            broken += 1
    return {"form": json_form(declaration), "example": name, "seed": seed.id}


def _grade(material: Material, declaration: Declaration) -> int:
    """The place of a form's grade, 0 for the best."""
    return GRADES.index(material.review(declaration).grade)


def _review(material: Material, data: Data) -> Review:
    return material.review(form_of(material, data))


def _fired(outcome: Review) -> tuple[list[str], list[str]]:
    """(errors, warnings) among the rules that fire."""
    verdicts = outcome.verdicts
    errors = [identity for identity, weight in verdicts.items() if weight is Severity.ERROR]
    return errors, [identity for identity, weight in verdicts.items() if weight is Severity.WARNING]


def _drawn(data: Data) -> Seed:
    """What draws the options of a task."""
    return Seed("options", str(data.get("seed", "")), 0)


def _shown_faults(data: Data, outcome: Review) -> list[str]:
    """Every error and some warnings: the options that are wrong on this form."""
    errors, warnings = _fired(outcome)
    return [*errors, *_drawn(data).ranked(warnings, str)[: max(_SHOWN - 6 - len(errors), 2)]]


def _wanted(data: Data, outcome: Review) -> list[str]:
    """What must be found: the errors, on a form without any the warnings among the options."""
    return _fired(outcome)[0] or _shown_faults(data, outcome)


def _options(material: Material, data: Data, outcome: Review) -> list[str]:
    """What is wrong and some rules that hold, by number."""
    kept = _shown_faults(data, outcome)
    holding = [rule.id for rule in taught(material) if rule.id not in outcome.verdicts]
    kept += _drawn(data).ranked(holding, str)[: max(_SHOWN - len(kept), 4)]
    return sorted(kept, key=lambda identity: rule_of(material, identity).number)


def pose(material: Material, data: Data) -> Posed:
    """The whole form, and what may be wrong with it."""
    outcome = _review(material, data)
    return Posed(
        form_lines(form_of(material, data)),
        "评一个等次，再写理由：先写优、良、中、差中的一个字，再写没守住的规矩的序号，例如：中 2 5 9。",
        tuple(rule_of(material, identity).title for identity in _options(material, data, outcome)),
        hint="错误一处扣5分，警告一处扣1.5分；90优、80良、60中。有必改的错误，最高是良；金额对不上，最高是中。",
        topics=(SKILL,),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    grade: Grade | None
    rules: list[str]
    unknown: list[str]


def _said(material: Material, data: Data, outcome: Review, answer: Any) -> _Said:
    if isinstance(answer, Mapping):
        label = _grade_in(as_text(answer.get("grade", answer.get("等次"))))[0]
        reasons = answer.get("errors", answer.get("reasons", answer.get("理由", "")))
    else:
        label, reasons = _grade_in(as_text(answer))
    rules, unknown = named_rules(material, reasons, _options(material, data, outcome), outcome.findings)
    return _Said(_LABELS.get(label), rules, unknown)


_GRADE = re.compile(
    r"(?:(?:综合)?评?定?(?:等次|等级|级别)|我?评|我?给|^)\s*(?:评?定?为|是|[:：=])?\s*"
    r"([优良中差])(?:秀|好|等)?(?=[\s,，、;；。:：\d]|因为|理由|$)"
)
_ALONE = re.compile(r"(?<![\u4e00-\u9fff])([优良中差])(?:秀|好|等)?(?![\u4e00-\u9fff])")


def _grade_in(text: str) -> tuple[str, str]:
    """The grade that a text gives ("" for none), and the text without it."""
    bare = re.sub(r"^(?:我觉得|我认为|应当|应该)+", "", flat(text).strip())
    match = _GRADE.search(bare) or _ALONE.search(bare)
    if match is None:
        return "", bare
    rest = f"{bare[: match.start()]} {bare[match.end() :]}"
    return match[1], re.sub(r"^[\s,、;:。]*(?:因为|理由|原因)?[是为]?[\s,、;:]*", "", rest)


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """Half for the grade (0.5 exact, 0.3 one off), half for what was found times the share of accusations that stand."""
    outcome = _review(material, data)
    errors, warnings = _fired(outcome)
    wanted = _wanted(data, outcome)
    said = _said(material, data, outcome, answer)
    hit, missed, wrong = judge(wanted, set(outcome.verdicts), said.rules)
    apart = abs(GRADES.index(said.grade) - GRADES.index(outcome.grade)) if said.grade else 9
    share = len(hit) / len(wanted) if wanted else 1.0
    right = [identity for identity in said.rules if identity in outcome.verdicts]
    precision = len(right) / len(said.rules) if said.rules else 1.0
    score = {0: 0.5, 1: 0.3}.get(apart, 0.0) + (0.5 * share * precision if said.grade else 0.0)
    passed = apart <= 1 and share >= ENOUGH and len(wrong) <= FALSE * len(right)
    shown = f"您评{said.grade.label}" if said.grade else "您没有写等次"
    verdict = "过关" if passed else "没有过关"
    lines = [
        f"{f'{verdict}。{shown}，' if as_text(answer) else ''}审核是{outcome.grade.label}（{outcome.total}分），{outcome.outcome}",
        f"错误{len(errors)}处，找出{len(set(hit) & set(errors))}处；警告{len(warnings)}处，点到{len(set(right) & set(warnings))}处。",
        *(f"等次封顶：{reason}。" for reason in outcome.grading.caps),
        *verdicts(material, outcome.findings, hit, missed, wrong),
        *_unnamed(material, [identity for identity in warnings if identity not in (*said.rules, *wanted)]),
        *(f"没有看懂“{one_line(item)[:30]}”，写序号就行。" for item in said.unknown),
        QUESTION,
    ]
    unread = "" if said.grade else "没有看到等次，先写优、良、中、差中的一个字，再写序号，例如：中 2 5 9。"
    result = graded(score, lines, [SKILL], passed=passed, unread=unread)
    found = {f"rule:{identity}": float(identity in hit) for identity in wanted}
    return replace(result, topics={**result.topics, **found})


def _unnamed(material: Material, warnings: list[str]) -> list[str]:
    """The warnings that were not named; they cost points of the form, not of the trainee."""
    titles = [rule_of(material, identity).title for identity in warnings]
    return [f"没有点到的警告（不扣您的分）：{'；'.join(titles)}。"] if titles else []


def key(material: Material, data: Data) -> str:
    """The review's own grade, and what must be found."""
    outcome = _review(material, data)
    options = _options(material, data, outcome)
    numbers = sorted(options.index(identity) + 1 for identity in _wanted(data, outcome))
    return " ".join([outcome.grade.label, *map(str, numbers)])


KIND = Kind("reviewer", "当评审", "评等次、说理由", make, pose, grade, key, topics, ("form",))
