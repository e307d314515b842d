"""Texts that look as if they sat in the wrong field (疑似错栏): hints for the preview of an import, never a change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from domain.exchange.labels import is_long
from domain.exchange.levels import NATIONAL, Levels
from domain.exchange.oddities import Oddity, OddityKind
from domain.fields import FieldPath
from domain.framework import framework
from domain.model import Declaration, fields, narrative_label, spec_at
from domain.quantity import looks_like_target
from domain.siblings import likeness

MAX_FORMS = 12
"""Forms of one file that are compared with each other; more would take long and say little."""
_COMPARED = 600
"""Characters at the beginning of two texts that are compared."""
_SAME = 0.85
"""How alike they must be (Dice over two-character pieces) to be one text."""
_ENOUGH = 30
"""Shorter texts are alike by chance."""
_DOCUMENT = re.compile(r"《|[〔\[（(]\d{4}[〕\]）)]|纪要|合同|批复|协议|文件|\d+号")
_RULE_NAMES = re.compile(r"(?:《[^《》]+》[\s、，,；;和及]*)+")
_STRAY = re.compile(r"(?:资金来源|项目负责人|绩效指标|实施周期|主管部门)\s*[：:]")
_DONE = re.compile(r"已(?:经)?(?:实施|完成|建成)|组成部分")


def doubts(declarations: Sequence[Declaration]) -> list[list[Oddity]]:
    """For each form of one file, everything that points to a wrong field, within it and beside the others."""
    beside = between(declarations)
    return [[*hints(one), *dict.fromkeys(more)] for one, more in zip(declarations, beside, strict=True)]


def hints(declaration: Declaration) -> Iterator[Oddity]:
    """What within one form points to a wrong field."""
    narrative = declaration.narrative
    if narrative.plan and _RULE_NAMES.fullmatch(narrative.plan.strip()):
        yield _hint("plan", f"里只有文件名称，像是{_name('measures')}的内容，请核对是否放错栏", "measures")
    if len(narrative.basis) >= 2 * _ENOUGH and not _DOCUMENT.search(narrative.basis):
        yield _hint("basis", "里没有文件、纪要或合同，像是背景或目标的内容，请核对是否放错栏")
    if len(narrative.measures) >= 2 * _ENOUGH and "《" not in narrative.measures:
        yield _hint("measures", "里没有制度名称，像是必要性或组织架构的内容，请核对是否放错栏")
    if len(narrative.overall_goal) <= 3 * _ENOUGH and _DONE.search(narrative.overall_goal):
        yield _hint("overall_goal", f"写的是实施情况，像是{_name('plan')}的内容，请核对是否放错栏", "plan")
    yield from _swallowed(declaration)
    for (one, text), (other, same) in combinations(_texts(declaration), 2):
        if text == same:
            said = f"“{spec_at(one).label}”和“{spec_at(other).label}”的文字完全相同，请核对其中一处"
            yield Oddity(OddityKind.MISPLACED, said, one, raw=text)


def _swallowed(declaration: Declaration) -> Iterator[Oddity]:
    """Lines within a narrative that look like another layout's label or like an indicator without its table."""
    for one in fields():
        lines = str(declaration.get(one.path)).split("\n")[1:] if is_long(one.path) else []
        if stray := [line for line in lines if _STRAY.match(line) or _is_indicator(line)]:
            said = f"“{one.spec.label}”里有 {len(stray)} 行像别的栏目或指标，如“{stray[0][:20]}”，照原样留着，请核对"
            yield Oddity(OddityKind.UNCERTAIN, said, one.path, raw="\n".join(stray))


def _is_indicator(line: str) -> bool:
    words = line.split()
    return len(words) >= 3 and bool(_levels().second(words[0])) and looks_like_target(words[-1])


@lru_cache(maxsize=1)
def _levels() -> Levels:
    return Levels(framework(NATIONAL))


def between(declarations: Sequence[Declaration]) -> list[list[Oddity]]:
    """For each form of one file, which of its texts stand in another field of another form.

    Said of the form that has more hints of its own, since the other is probably the one that is right.
    """
    found: list[list[Oddity]] = [[] for _ in declarations]
    if not 2 <= len(declarations) <= MAX_FORMS:
        return found
    own = [sum(1 for _ in hints(declaration)) for declaration in declarations]
    for index, mine in enumerate(declarations):
        for hinted, other in zip(own, declarations, strict=True):
            if other is not mine and own[index] >= hinted:
                found[index] += _elsewhere(mine, other)
    return found


def _elsewhere(mine: Declaration, other: Declaration) -> Iterator[Oddity]:
    for path, text in _texts(mine):
        for place, theirs in _texts(other):
            if place != path and _alike(text, theirs):
                said = f"“{spec_at(path).label}”的文字在“{other.project.name}”那张表里是“{spec_at(place).label}”"
                yield Oddity(OddityKind.MISPLACED, f"{said}，其中一处可能放错栏", path, raw=text, meant=place)


@lru_cache(maxsize=20_000)
def _alike(text: str, other: str) -> bool:
    """Whether two texts are one, but for small changes; kept, since after every correction in the preview all are compared."""
    if text == other:
        return True
    if not 0.8 < len(text) / len(other) < 1.25:
        return False
    return likeness(text[:_COMPARED], other[:_COMPARED]) >= _SAME


def _texts(declaration: Declaration) -> list[tuple[FieldPath, str]]:
    texts = ((one.path, declaration.get(one.path)) for one in fields() if is_long(one.path))
    return [(path, text) for path, text in texts if len(text) >= _ENOUGH]


def _hint(field: str, said: str, meant: str = "") -> Oddity:
    place = ("narrative", meant) if meant else None
    return Oddity(OddityKind.MISPLACED, f"{_name(field)}{said}", ("narrative", field), meant=place)


def _name(field: str) -> str:
    return f"“{narrative_label(field)}”"
