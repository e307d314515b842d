"""完整性 (completeness) of the narratives as written: documents cited and how their numbers are set, markup left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from domain.case import Case
from domain.model import Declaration, narrative_label
from domain.review import Hit, Point, Rule, Severity, Trust, at_field
from domain.rules import making
from domain.rules.phrases import DOCUMENT_NUMBER, QUOTED, is_blank
from domain.rules.placement import SHIFTED, has_document, shift
from domain.siblings import MARKUP, NARRATIVES
from domain.text import brief

# --- R47, R49: documents ---------------------------------------------------------------------------------------------


def _documents(case: Case) -> Iterator[Hit]:
    text = case.texts["basis"]
    if text and not is_blank(text) and not has_document(text) and not case.reading("basis").documents:
        message = f"立项依据写的是“{brief(text, QUOTED)}”，没有文件名、文号、会议纪要、合同或批复。"
        yield at_field("narrative", "basis", message, cause=SHIFTED if shift(case) else "no-document")


def _no_document(case: Case, rng: Random) -> Declaration:
    return making.narrative(case.declaration, basis="领导高度重视，各方面一致支持，应当尽快实施。")


_SQUARE = re.compile(
    r"[\[(（【［]\s*((?:19|20)\d\d)\s*[\])）】］](?=\s*第?\s*[\d一二三四五六七八九十]{1,8}\s*[号次期])"
)


_HEXAGONAL = r"〔\1〕"


def _brackets(case: Case) -> Iterator[Hit]:
    for name in ("basis", "overview", "necessity"):
        found = [match[0] for match in DOCUMENT_NUMBER.finditer(case.texts[name]) if _SQUARE.match(match[0])]
        if found:
            message = f"“{narrative_label(name)}”里的文号写成“{'”“'.join(found)}”，年份应当用六角括号〔〕。"
            advice = f"把“{found[0]}”改成“{_SQUARE.sub(_HEXAGONAL, found[0])}”。"
            yield at_field("narrative", name, message, advice=advice)


def _hexagonal(case: Case, hit: Hit) -> Declaration:
    return case.declaration.replace(hit.where, _SQUARE.sub(_HEXAGONAL, str(case.declaration.get(hit.where))))


def _square(case: Case, rng: Random) -> Declaration:
    text = case.declaration.narrative.basis
    return making.narrative(
        case.declaration, basis=f"{text}；工委会议纪要[{(case.declaration.project.year or 2020) - 1}]第8次"
    )


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
                "narrative", name, f"“{narrative_label(name)}”里{'，'.join(faults)}。", advice=f"{'；'.join(mending)}。"
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
