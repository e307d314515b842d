"""完整性 (completeness) of the narratives' paragraphs: in the field where they belong, once on the form, not another form's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from random import Random

from domain.case import Case
from domain.model import Declaration, narrative_label
from domain.review import Hit, Point, Rule, Severity, Trust, at_field
from domain.rules import making
from domain.rules.phrases import QUOTED
from domain.rules.placement import FIELDS, SHIFTED, fit, has_document, shift, titles_only
from domain.siblings import NARRATIVES, Twin, similarity
from domain.text import brief

# --- R52, R54: paragraphs elsewhere ----------------------------------------------------------------------------------


def _misplaced(case: Case) -> Iterator[Hit]:
    plan, basis = case.texts["plan"], case.texts["basis"]
    moved = shift(case)
    if moved:
        steps = "；".join(
            f"“{narrative_label(source)}”里的文字移到“{narrative_label(goal)}”" for source, goal in moved.moves
        )
        seen = f"对照《{moved.witness}》" if moved.witness else "从文字看"
        after = moved.applied(case.declaration).narrative
        empty = [name for name in FIELDS if not getattr(after, name).strip()]
        rest = f"移完后“{'”“'.join(map(narrative_label, empty))}”是空的，还要补写。" if empty else ""
        where = moved.moves[0][0]
        yield at_field(
            "narrative",
            where,
            f"{seen}，有{len(moved.moves)}栏的文字错了位：“{narrative_label(where)}”里是“{brief(case.texts[where], QUOTED)}”。",
            cause=SHIFTED,
            also=tuple(
                ("narrative", name)
                for name in dict.fromkeys(name for pair in moved.moves for name in pair)
                if name != where
            ),
            advice=f"一次移回：{steps}。{rest}",
            data=moved,
        )
        return
    if titles_only(plan):
        message = f"“项目实施计划”里只有制度名称“{brief(plan, QUOTED)}”，没有计划。"
        yield at_field(
            "narrative",
            "plan",
            message,
            advice="把这些制度移到“保证项目实施制度、措施”，这里写几月做什么、什么时候付款。",
        )
    if len(basis) >= case.settings.thresholds.prose and not has_document(basis) and not case.reading("basis").documents:
        message = f"“项目立项依据”里是{len(basis)}字的背景介绍（“{brief(basis, QUOTED)}”），没有一份文件。"
        yield at_field(
            "narrative", "basis", message, advice="这段移到概况的项目背景，这里列文件名和文号。", cause="no-document"
        )


def _move_back(case: Case, hit: Hit) -> Declaration | None:
    return hit.data.applied(case.declaration) if hit.data else None


def _rotate(case: Case, rng: Random) -> Declaration:
    """The slip of a published form: every paragraph one or two fields away from its place."""
    texts = case.declaration.narrative
    return making.narrative(
        case.declaration,
        basis=texts.overall_goal,
        necessity=texts.annual_goal,
        measures=texts.necessity,
        plan=_titles(texts.measures) or "《项目管理制度》",
        overall_goal=texts.plan,
        annual_goal=texts.basis,
    )


def _titles(text: str) -> str:
    return "".join(re.findall(r"《[^《》]+》", text))


_COPIED_LEAST = 15
"""Shorter texts may well be the same in two forms."""


def _copied(case: Case) -> Iterator[Hit]:
    if not case.siblings.entries:
        return
    same: dict[str, list[str]] = {}
    crossed: list[tuple[str, Twin]] = []
    for name in NARRATIVES:
        if len(case.texts[name]) < _COPIED_LEAST:
            continue
        twins = case.twins(name)
        here = next((twin for twin in twins if twin.field == name), None)
        if here:
            same.setdefault(here.project, []).append(name)
        elif twins:
            crossed.append((name, twins[0]))
    for project, names in same.items():
        also = tuple(("narrative", name) for name in names[1:])
        message = f"“{'”“'.join(map(narrative_label, names))}”与《{project}》几乎一样。"
        yield at_field("narrative", names[0], message, also=also)
    if crossed:
        yield _crossed(case, crossed)


def _crossed(case: Case, found: list[tuple[str, Twin]]) -> Hit:
    """The same paragraphs in other fields of another form: this form has slipped, or that one, or we cannot tell."""
    pairs = "；".join(
        f"“{narrative_label(name)}”与《{twin.project}》的“{narrative_label(twin.field)}”" for name, twin in found
    )
    moved = shift(case)
    theirs = not moved and all(
        {name, twin.field} <= set(FIELDS) and fit(name, case.texts[name]) >= fit(twin.field, case.texts[name])
        for name, twin in found
    )
    advice = "核对是哪一张表错了栏。"
    if moved:
        advice = "像是粘贴时错了栏，用“移回”的修改一次改好。"
    elif theirs:
        advice = f"看起来是《{found[0][1].project}》那张表错了栏，到那张表里移回。"
    return at_field(
        "narrative",
        found[0][0],
        f"同样的文字出现在不同的栏里：{pairs}。",
        severity=Severity.INFO if theirs else None,
        also=tuple(("narrative", name) for name, _ in found[1:]),
        detail="crossed",
        advice=advice,
        data=moved,
        cause=SHIFTED if moved else "",
    )


def _copy(case: Case, rng: Random) -> Declaration | None:
    """The overview of another project in the folder, word for word."""
    others = [one for _, one in case.siblings.entries if len(one.narrative.overview) >= _COPIED_LEAST]
    others = [one for one in others if one.project.name != case.declaration.project.name]
    return making.narrative(case.declaration, overview=rng.choice(others).narrative.overview) if others else None


# --- R53: two fields with one text -----------------------------------------------------------------------------------


def _repeated(case: Case) -> Iterator[Hit]:
    alike = float(case.settings.thresholds.alike) / 100
    for one, other in combinations(NARRATIVES, 2):
        first, second = case.texts[one], case.texts[other]
        if min(len(first), len(second)) < 8 or similarity(first, second) < alike:
            continue
        severity = None
        if {one, other} == {"plan", "overall_goal"}:
            severity = Severity.ERROR
        elif {one, other} == {"overall_goal", "annual_goal"}:
            severity = Severity.INFO if case.declaration.project.nature == "经常性项目" else None
        same = "一字不差" if first == second else "几乎一样"
        message = f"“{narrative_label(one)}”和“{narrative_label(other)}”{same}：“{brief(first, QUOTED)}”。"
        advice = f"{_WANTED[one]}，{_WANTED[other]}。"
        yield at_field(
            "narrative", other, message, severity=severity, detail=one, also=(("narrative", one),), advice=advice
        )


_WANTED = {
    "overview": "概况写背景、内容、范围和由谁做",
    "basis": "依据列文件、纪要、合同",
    "necessity": "必要性写为什么要做、不做会怎样",
    "measures": "制度、措施列制度名称和怎么查",
    "plan": "计划写步骤和时间",
    "overall_goal": "总目标写做成什么、带来什么变化",
    "annual_goal": "年度目标写今年的数和时限",
    "remarks": "其他问题写测算和增减原因",
}
"""What each narrative is for."""


def _plan_as_goal(case: Case, rng: Random) -> Declaration:
    return making.narrative(case.declaration, plan=case.declaration.narrative.overall_goal)


RULES = (
    Rule(
        "R52",
        Point.CLEAR,
        Severity.ERROR,
        "文字写在该写的栏里",
        "一份公开表的五栏文字整体错位",
        Trust.DERIVED,
        "审核人按栏看表，内容错了栏就当作没写，几栏一起退回。",
        "把文字移到该在的栏里。",
        "项目实施计划：《网格化管理工作例会制度》《督办制度》",
        "保证项目实施制度、措施：《网格化管理工作例会制度》《督办制度》",
        _misplaced,
        _rotate,
        _move_back,
    ),
    Rule(
        "R53",
        Point.CLEAR,
        Severity.WARNING,
        "两栏文字不雷同",
        "一份公开表的实施计划与总目标一字不差",
        Trust.DERIVED,
        "计划当成目标，明年没有结果可以对照。",
        "计划写步骤和时间，总目标写做成什么、带来什么变化。",
        "项目总目标与项目实施计划一字不差",
        "计划：1月签订合同，每季度末验收付款；总目标：诉求按期办结率保持在98%以上",
        _repeated,
        _plan_as_goal,
    ),
    Rule(
        "R54",
        Point.CLEAR,
        Severity.WARNING,
        "与同批其他表的文字不雷同",
        "三份公开表之间互相抄录",
        Trust.DERIVED,
        "两个项目说同样的话，审核人会问是不是重复申报。",
        "留下共同的背景，把范围、数量和做法改成本项目自己的。",
        "两个项目的概况一字不差，都写468部终端",
        "各写各的范围：一个写143个村居的线路，一个写468部终端",
        _copied,
        _copy,
        _move_back,
    ),
)
