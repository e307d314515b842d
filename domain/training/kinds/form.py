"""照故事填表 (form): a one-page story → a form; the score is the review's, provided that the form tells this story."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from domain import answers
from domain.fields import path_of
from domain.model import Declaration
from domain.review import Grade, Severity
from domain.training.answers import need
from domain.training.exercise import Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.forms import as_form, blank_sheet, same_text, sheet_of
from domain.training.layout import wrap
from domain.training.material import Fact, Material, Story
from domain.training.measures import factor

SKILL = "skill:form"
ENOUGH_FACTS = 0.8
"""From this share of the story's facts on, the review's score stands as it is; below it falls in proportion."""
POOR_AT_MOST = Decimal(59)
"""A form graded 差 for its empty goals earns no more, whatever points are left."""
_SHOWN = 8
QUESTION = "检验问句：没见过这个项目的人，凭这张表能不能知道花多少钱、换来什么、怎么证明？"


def topics(material: Material) -> tuple[str, ...]:
    """One skill."""
    return (SKILL,)


def make(material: Material, seed: Seed) -> Data:
    """A story."""
    return {"story": seed.pick(sorted(material.stories), str, "story")}


def _story(material: Material, data: Data) -> Story:
    return material.story(need(data, "story"))


def pose(material: Material, data: Data) -> Posed:
    """The story, and how to hand in the form."""
    story = _story(material, data)
    return Posed(
        tuple(wrap(f"《{story.title}》（{story.sector}）\n\n{story.text}")),
        "照这个故事填一张表。可以在填表界面里填，也可以按填写单一行一项写好交来。",
        hint="先填金额和范围，再从范围里找数量，从单价里找成本，从“想要的结果”里找效果和满意度。",
        long=True,
        sheet=blank(material, data),
        topics=(SKILL,),
    )


def blank(material: Material, data: Data) -> str:
    """The sheet to fill in."""
    return blank_sheet(material.example(_story(material, data).example).project.year)


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


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """The review's points; a form that misses many of the story's facts is another project and earns less."""
    story = _story(material, data)
    try:
        declaration = as_form(material, answer)
    except ExerciseError as error:
        return graded(0, [f"这张表没能读懂：{error}", QUESTION], [SKILL])
    outcome = material.review(declaration)
    missing = [fact.what for fact in story.facts if not holds(material, declaration, fact)]
    share = 1 - len(missing) / len(story.facts) if story.facts else 1.0
    points = min(outcome.total, POOR_AT_MOST) if outcome.grade is Grade.POOR else outcome.total
    score = float(points) / 100 * min(share / ENOUGH_FACTS, 1.0)
    lines = [f"审核{outcome.total}分，等次{outcome.grade.label}：{outcome.outcome}"]
    lines += [f"等次封顶：{reason}。" for reason in outcome.grading.caps]
    if missing:
        lines.append(f"故事里有、表上没有或不一样的：{'；'.join(missing)}。")
    if share < ENOUGH_FACTS:
        lines.append(f"只对上故事的{share:.0%}，得分按比例减。")
    standing = [one for one in outcome.findings if one.severity is not Severity.INFO]
    lines += [f"{one.severity.label}：{one.hit.message}{one.advice}" for one in standing[:_SHOWN]]
    if len(standing) > _SHOWN:
        lines.append(f"还有{len(standing) - _SHOWN}处，改完上面的再审一遍。")
    lines.append(QUESTION)
    return graded(score, lines, [SKILL])


def key(material: Material, data: Data) -> str:
    """The model form as a sheet."""
    return sheet_of(material.example(_story(material, data).example))


KIND = Kind("form", "照故事填表", "从一个真实的项目填出整张表", make, pose, grade, key, topics, ("story",))
