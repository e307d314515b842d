"""Texts that look as if they sat in the wrong field (疑似错栏): hints for the preview of an import, never a change."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from domain.exchange.labels import is_long
from domain.fields import FieldPath
from domain.model import Declaration, fields, spec_at

MAX_FORMS = 12
"""Forms of one file that are compared with each other; more would take long and say little."""
_ENOUGH = 30
"""Shorter texts are alike by chance."""
_DOCUMENT = re.compile(r"《|[〔\[（(]\d{4}[〕\]）)]|纪要|合同|批复|协议|文件|\d+号")
_RULE_NAMES = re.compile(r"(?:《[^《》]+》[\s、，,；;和及]*)+")
_DONE = re.compile(r"已(?:经)?(?:实施|完成|建成)|组成部分")


def hints(declaration: Declaration) -> Iterator[str]:
    """What within one form points to a wrong field."""
    narrative = declaration.narrative
    if narrative.plan and _RULE_NAMES.fullmatch(narrative.plan.strip()):
        yield f"{_name('plan')}里只有文件名称，像是{_name('measures')}的内容，请核对是否放错栏"
    if len(narrative.basis) >= 2 * _ENOUGH and not _DOCUMENT.search(narrative.basis):
        yield f"{_name('basis')}里没有文件、纪要或合同，像是背景或目标的内容，请核对是否放错栏"
    if len(narrative.measures) >= 2 * _ENOUGH and "《" not in narrative.measures:
        yield f"{_name('measures')}里没有制度名称，像是必要性或组织架构的内容，请核对是否放错栏"
    if len(narrative.overall_goal) <= 3 * _ENOUGH and _DONE.search(narrative.overall_goal):
        yield f"{_name('overall_goal')}写的是实施情况，像是{_name('plan')}的内容，请核对是否放错栏"
    for (one, text), (other, same) in combinations(_texts(declaration), 2):
        if text == same:
            yield f"“{spec_at(one).label}”和“{spec_at(other).label}”的文字完全相同，请核对其中一处"


def between(declarations: Sequence[Declaration]) -> list[list[str]]:
    """For each form of one file, which of its texts stand in another field of another form.

    Said of the form that has more hints of its own, since the other is probably the one that is right.
    """
    found: list[list[str]] = [[] for _ in declarations]
    if not 2 <= len(declarations) <= MAX_FORMS:
        return found
    doubts = [sum(1 for _ in hints(declaration)) for declaration in declarations]
    for index, mine in enumerate(declarations):
        for doubt, other in zip(doubts, declarations, strict=True):
            if other is not mine and doubts[index] >= doubt:
                found[index] += _elsewhere(mine, other)
    return found


def _elsewhere(mine: Declaration, other: Declaration) -> Iterator[str]:
    for path, text in _texts(mine):
        for place, theirs in _texts(other):
            if place != path and _alike(text, theirs):
                yield (
                    f"“{spec_at(path).label}”的文字在“{other.project.name}”那张表里是“{spec_at(place).label}”，"
                    "其中一处可能放错栏"
                )


def _alike(text: str, other: str) -> bool:
    if text == other:
        return True
    if not 0.8 < len(text) / len(other) < 1.25:
        return False
    matcher = difflib.SequenceMatcher(None, text[:600], other[:600], autojunk=False)
    return matcher.real_quick_ratio() > 0.9 and matcher.quick_ratio() > 0.9 and matcher.ratio() > 0.9


def _texts(declaration: Declaration) -> list[tuple[FieldPath, str]]:
    texts = ((one.path, declaration.get(one.path)) for one in fields() if is_long(one.path))
    return [(path, text) for path, text in texts if len(text) >= _ENOUGH]


def _name(field: str) -> str:
    return f"“{spec_at(('narrative', field)).label}”"
