"""完整性 (completeness) of the narratives: documents cited, paragraphs in their places, texts copied, markup left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from random import Random

from domain.case import Case
from domain.model import Declaration
from domain.review import Hit, Point, Rule, Severity, Trust, at_field
from domain.rules import making
from domain.rules.phrases import DOCUMENT_NUMBER, is_blank
from domain.rules.placement import FIELDS, SHIFTED, fit, has_document, label, shift, titles_only
from domain.siblings import MARKUP, NARRATIVES, Twin, similarity


def _brief(text: str, limit: int = 24) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"


def _cause(case: Case) -> str:
    return SHIFTED if shift(case) else ""


# --- R47, R49: documents ---------------------------------------------------------------------------------------------


def _documents(case: Case) -> Iterator[Hit]:
    text = case.texts["basis"]
    if text and not is_blank(text) and not has_document(text) and not case.reading("basis").documents:
        message = f"立项依据写的是“{_brief(text)}”，没有文件名、文号、会议纪要、合同或批复。"
        yield at_field("narrative", "basis", message, cause=_cause(case) or "no-document")


def _no_document(case: Case, rng: Random) -> Declaration:
    return making.narrative(case.declaration, basis="领导高度重视，各方面一致支持，应当尽快实施。")


_SQUARE = re.compile(
    r"[\[(（【［]\s*((?:19|20)\d\d)\s*[\])）】］](?=\s*第?\s*[\d一二三四五六七八九十]{1,8}\s*[号次期])"
)


def _brackets(case: Case) -> Iterator[Hit]:
    for name in ("basis", "overview", "necessity"):
        found = [match[0] for match in DOCUMENT_NUMBER.finditer(case.texts[name]) if _SQUARE.match(match[0])]
        if found:
            message = f"“{label(name)}”里的文号写成“{'”“'.join(found)}”，年份应当用六角括号〔〕。"
            yield at_field("narrative", name, message)


def _hexagonal(case: Case, hit: Hit) -> Declaration:
    return case.declaration.replace(hit.where, _SQUARE.sub(r"〔\1〕", str(case.declaration.get(hit.where))))


def _square(case: Case, rng: Random) -> Declaration:
    text = case.declaration.narrative.basis
    return making.narrative(
        case.declaration, basis=f"{text}；工委会议纪要[{(case.declaration.project.year or 2020) - 1}]第8次"
    )


# --- R52, R54: paragraphs elsewhere ----------------------------------------------------------------------------------


def _misplaced(case: Case) -> Iterator[Hit]:
    plan, basis = case.texts["plan"], case.texts["basis"]
    moved = shift(case)
    if moved:
        steps = "；".join(f"“{label(source)}”里的文字移到“{label(goal)}”" for source, goal in moved.moves)
        seen = f"对照《{moved.witness}》" if moved.witness else "从文字看"
        after = moved.applied(case.declaration).narrative
        empty = [name for name in FIELDS if not getattr(after, name).strip()]
        rest = f"移完后“{'”“'.join(map(label, empty))}”是空的，还要补写。" if empty else ""
        where = moved.moves[0][0]
        yield at_field(
            "narrative",
            where,
            f"{seen}，有{len(moved.moves)}栏的文字错了位：“{label(where)}”里是“{_brief(case.texts[where])}”。",
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
        message = f"“项目实施计划”里只有制度名称“{_brief(plan)}”，没有计划。"
        yield at_field(
            "narrative",
            "plan",
            message,
            advice="把这些制度移到“保证项目实施制度、措施”，这里写几月做什么、什么时候付款。",
        )
    if len(basis) >= case.settings.thresholds.prose and not has_document(basis) and not case.reading("basis").documents:
        message = f"“项目立项依据”里是{len(basis)}字的背景介绍（“{_brief(basis)}”），没有一份文件。"
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
        message = f"“{'”“'.join(map(label, names))}”与《{project}》几乎一样。"
        yield at_field("narrative", names[0], message, also=also)
    if crossed:
        yield _crossed(case, crossed)


def _crossed(case: Case, found: list[tuple[str, Twin]]) -> Hit:
    """The same paragraphs in other fields of another form: this form has slipped, or that one, or we cannot tell."""
    pairs = "；".join(f"“{label(name)}”与《{twin.project}》的“{label(twin.field)}”" for name, twin in found)
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
        message = f"“{label(one)}”和“{label(other)}”{same}：“{_brief(first)}”。"
        yield at_field("narrative", other, message, severity=severity, detail=one, also=(("narrative", one),))


def _plan_as_goal(case: Case, rng: Random) -> Declaration:
    return making.narrative(case.declaration, plan=case.declaration.narrative.overall_goal)


# --- R56: markup and numbering ---------------------------------------------------------------------------------------

_NESTED = re.compile(r"(?:^|(?<=\n)|(?<=\s))(\d{1,2})([、.．])([^：:\n]{1,20}[：:])\s*(?=1[、.．])")
_CROWDED = re.compile(r"(?<=[^\n\s。；;])[ 　]*(?=[2-9][、.．]\s*(?:项目)?(?:背景|内容|范围|组织架构|实施主体)[：:])")
_INNER = re.compile(r"(?:(?<=[：:])|(?<=\s))\s*(\d{1,2})[、.．](?=\D)")


def _markup(case: Case) -> Iterator[Hit]:
    for name in NARRATIVES:
        raw = getattr(case.declaration.narrative, name)
        faults, mending = [], []
        if found := MARKUP.search(raw):
            faults.append(f"留着网页标记“{found[0]}”")
            mending.append("去掉标记")
        if found := _NESTED.search(MARKUP.sub("\n", raw)):
            faults.append(f"编号套编号（“{found[0].strip()}1、”）")
            mending.append("下一层编号用（1）（2）")
        if found := _CROWDED.search(MARKUP.sub("\n", raw)):
            faults.append("几个部分挤在一段里")
            mending.append("每个部分另起一段")
        if faults:
            yield at_field(
                "narrative", name, f"“{label(name)}”里{'，'.join(faults)}。", advice=f"{'；'.join(mending)}。"
            )


def _clean(case: Case, hit: Hit) -> Declaration:
    text = re.sub(r"</p>\s*<p>|<br\s*/?>", "\n", str(case.declaration.get(hit.where)))
    text = _CROWDED.sub("\n", text)
    lines = (MARKUP.sub("", line).strip() for line in text.split("\n"))
    return case.declaration.replace(hit.where, "\n".join(_unnested(line) for line in lines if line))


def _unnested(line: str) -> str:
    """2、项目内容：1、甲 2、乙 becomes 2、项目内容：（1）甲 （2）乙."""
    found = _NESTED.match(line)
    if not found:
        return line
    return line[: found.end()] + _INNER.sub(lambda inner: f"（{inner[1]}）", " " + line[found.end() :]).strip()


def _tagged(case: Case, rng: Random) -> Declaration:
    name = rng.choice(("overview", "necessity", "plan"))
    return making.narrative(case.declaration, **{name: f"<p>{getattr(case.declaration.narrative, name)}</p>"})


RULES = (
    Rule(
        "R47",
        Point.COMPLETE,
        Severity.ERROR,
        "立项依据至少有一份文件",
        "财预〔2015〕88号对立项依据的要求；申报说明列出文件、会议纪要、合同、批复",
        Trust.REFERENCE,
        "没有依据的项目，评审时按“未经论证”处理。",
        "写上文件名、文号和年份，如《……工作方案》（×政办发〔2021〕×号）、会议纪要、合同。",
        "为打造全新社会管理模式，以三维地理信息为依托……",
        "《政务服务热线整合工作方案》（×政办发〔2019〕×号）；工委会议纪要〔2019〕第8次",
        _documents,
        _no_document,
    ),
    Rule(
        "R49",
        Point.COMPLETE,
        Severity.INFO,
        "文号用六角括号〔〕",
        "GB/T 9704 党政机关公文格式",
        Trust.REFERENCE,
        "文号写法不规范，公开时会被挑出来。",
        "把[2014]改成〔2014〕。",
        "工委会议纪要[2014]第20次",
        "工委会议纪要〔2014〕第20次",
        _brackets,
        _square,
        _hexagonal,
    ),
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
    Rule(
        "R56",
        Point.COMPLETE,
        Severity.INFO,
        "没有网页标记，编号不套编号",
        "公开表里留着<p>标记和套号",
        Trust.DERIVED,
        "下达表照原样打印，标记和套号都会印出来。",
        "去掉标记；下一层编号用（1）（2）。",
        "<p>2、项目内容：1、承接热线业务</p>",
        "2、项目内容：（1）承接热线业务",
        _markup,
        _tagged,
        _clean,
    ),
)
