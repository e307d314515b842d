"""照故事填表 (form): a one-page story → a form; the score is the review's, provided that the form tells this story."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from domain.model import Declaration
from domain.review import Grade, Severity
from domain.training.answers import need
from domain.training.exercise import Data, ExerciseError, Graded, Kind, Posed, Seed, graded
from domain.training.facts import holds
from domain.training.forms import as_form, blank_sheet, sheet_of
from domain.training.layout import wrap
from domain.training.material import Material, Story
from domain.training.variants import draw, variant_of, varied

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
    """A story, told with figures, a year and a place of its own."""
    name = seed.pick(sorted(material.stories), str, "story")
    return {"story": name, "variant": draw(material, material.story(name), seed).data()}


def _told(material: Material, data: Data) -> tuple[Story, Declaration]:
    """The story and its model form."""
    story = material.story(need(data, "story"))
    return varied(story, material.example(story.example), variant_of(data.get("variant")))


def pose(material: Material, data: Data) -> Posed:
    """The story, and how to hand in the form."""
    story, model = _told(material, data)
    return Posed(
        tuple(wrap(f"《{story.title}》（{story.sector}）\n\n{story.text}")),
        "照这个故事填一张表。可以在填表界面里填，也可以按填写单一行一项写好交来。",
        hint="先填金额和范围，再从范围里找数量，从单价里找成本，从“想要的结果”里找效果和满意度。",
        long=True,
        sheet=blank_sheet(model.project.year),
        topics=(SKILL,),
    )


def grade(material: Material, data: Data, answer: Any) -> Graded:
    """The review's points; a form that misses many of the story's facts is another project and earns less."""
    story, _ = _told(material, data)
    problems: list[str] = []
    try:
        declaration = as_form(material, answer, problems)
        if declaration == Declaration() and problems:
            raise ExerciseError(problems[0])
    except ExerciseError as error:
        said = f"这张表没能读懂：{error}"
        return graded(0, [QUESTION], [SKILL], unread=said)
    outcome = material.review(declaration)
    missing = [fact.what for fact in story.facts if not holds(material, declaration, fact)]
    share = 1 - len(missing) / len(story.facts) if story.facts else 1.0
    points = min(outcome.total, POOR_AT_MOST) if outcome.grade is Grade.POOR else outcome.total
    score = float(points) / 100 * min(share / ENOUGH_FACTS, 1.0)
    lines = [f"审核{outcome.total}分，等次{outcome.grade.label}：{outcome.outcome}"]
    lines += [f"没有读进去：{one}" for one in problems[:_SHOWN]]
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
    return sheet_of(_told(material, data)[1])


KIND = Kind("form", "照故事填表", "从一段项目故事填出整张表", make, pose, grade, key, topics, ("story",))
