"""Labels (栏目名) matched by meaning: with or without colon, star, spaces, numbering, unit, full-width or half-width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from domain.exchange import markup
from domain.exchange.types import Row
from domain.fields import FieldPath, Kind
from domain.model import fields, layout, spec_at

ALIASES: dict[FieldPath, tuple[str, ...]] = {
    ("project", "unit"): ("预算单位名称", "项目实施单位", "填报单位", "申报单位名称"),
    ("project", "name"): ("项目名", "项目全称"),
    ("project", "category"): ("项目分类", "项目类型"),
    ("project", "nature"): ("项目属性",),
    ("project", "filler"): ("填表人", "联系人", "经办人", "项目联系人"),
    ("project", "phone"): ("联系人电话", "手机", "办公电话"),
    ("project", "start_date"): ("起始时间", "项目起始时间", "开始年月", "项目开始日期", "起始日期", "项目起止时间"),
    ("project", "end_date"): ("终止时间", "完成时间", "项目终止时间", "项目结束日期", "项目终止日期", "终止日期"),
    ("project", "procurement"): ("是否政府采购", "是否涉及政府采购"),
    ("project", "five_expenses"): ("是否五项经费", "是否涉及五项经费"),
    ("funding", "total"): ("中期资金总额", "资金总额", "项目总额", "总金额", "项目总预算金额", "项目总投资"),
    ("funding", "requested"): (
        "申请金额",
        "本年预算申请金额",
        "本年度预算金额",
        "本年申请金额",
        "本年度申请预算",
        "本年度申请金额",
    ),
    ("funding", "previous_budget"): ("上年度预算数", "上年预算数"),
    ("funding", "previous_executed"): ("上年度执行金额", "上年预算执行数", "上年度预算执行数"),
    ("narrative", "measures"): ("项目实施的制度、措施", "制度措施"),
    ("narrative", "plan"): ("实施方案", "项目实施方案"),
    ("narrative", "overall_goal"): ("中期目标", "长期目标"),
    ("narrative", "annual_goal"): ("年度绩效总目标", "本年度目标"),
    ("narrative", "remarks"): ("其他问题", "其他需说明的问题", "测算依据", "年度预算安排"),
}
"""Spellings seen in other layouts, beside the Spec's own aliases."""

FOREIGN = (
    "主管部门", "主管部门及代码", "项目期", "项目资金", "财政拨款", "其中：财政拨款", "财政资金", "其中：财政资金", "当年财政拨款",
    "其中：当年财政拨款", "上年结转资金", "其他资金", "单位职能概述", "单位负责人", "填报日期", "打印日期", "打印时间", "制表日期",
    "审核意见", "审核人", "科室意见", "绩效指标", "单位编码", "项目编码", "预算单位编码", "序号", "项目编号", "项目负责人",
    "财务负责人", "填表日期", "资金来源", "负责人", "填表说明", "实施主体", "实施周期",
)  # fmt: skip
"""Labels of other layouts that this form has no place for: their values go to the unplaced texts."""

_LOOKALIKES = str.maketrans({"値": "值", "岀": "出"})
_FIRST_LEVEL = re.compile(r"^[—ー_-](?=级指标)")
"""Signs that recognition takes for those of a label: 产岀目标, —级指标."""
_IGNORED = re.compile(r"[\s*✱﹡※#\u00ad\u200b-\u200f\u2060\ufeff]")
_NUMBERING = re.compile(
    r"^(?:[（(]?(?:[一二三四五六七八九十]+|\d{1,2})[)）]?[、.．]|[（(](?:[一二三四五六七八九十]+|\d{1,2})[)）])(?!\d)"
)
_AFTERTHOUGHT = re.compile(r"\((?:万元|元|单位:?万元|单位:?元|必填|选填|可选|\*|是/否|公章|盖章|全称)\)$")
_TERM = re.compile(r"\([\dX年至到—\-~]*\)$")
_CHAPTER = re.compile(r"\s*[一二三四五六七八九十]{1,2}、")
_STARS = "*＊※★ "
_PREFIX = re.compile(r"\s*[*＊※★]\s*|(?:[（(][一二三四五六七八九十]{1,2}[)）]|[一二三四五六七八九十]{1,2}、)\s*")
_YUAN = re.compile(r"[(（](?:单位[:：]?)?元[)）]")


def normal(text: str) -> str:
    """A label reduced to what it means: no width, spaces, star, colon, numbering, unit in brackets, punctuation."""
    bare = _IGNORED.sub("", unicodedata.normalize("NFKC", text)).translate(_LOOKALIKES)
    bare = _FIRST_LEVEL.sub("一", bare)
    bare = bare.rstrip(":;")
    bare = _NUMBERING.sub("", bare)
    bare = _TERM.sub("", _AFTERTHOUGHT.sub("", bare))
    return re.sub(r"[、,;.。·/\-_:]", "", bare)


@dataclass(frozen=True, slots=True)
class Label:
    """A label met: the field it means (None for one that the form has no place for) and whether its amounts are in 元.

    strange says that it only looks like a label: a short text before a colon.
    """

    path: FieldPath | None
    raw: str
    primary: bool = True
    yuan: bool = False
    strange: bool = False

    @property
    def is_chapter(self) -> bool:
        """Whether it is numbered as the chapters of a report are: 一、项目概述."""
        return _CHAPTER.match(self.raw) is not None


@cache
def _table() -> dict[str, tuple[FieldPath | None, bool]]:
    found: dict[str, tuple[FieldPath | None, bool]] = {normal(label): (None, False) for label in FOREIGN}
    for path, spellings in ALIASES.items():
        found.update({normal(spelling): (path, False) for spelling in spellings})
    for one in fields():
        found.update({normal(alias): (one.path, False) for alias in one.spec.aliases})
    found.update({normal(one.spec.label): (one.path, True) for one in fields()})
    return found


@cache
def _spellings() -> re.Pattern[str]:
    words = [alias for spellings in ALIASES.values() for alias in spellings]
    for one in fields():
        words += [one.spec.label, *one.spec.aliases]
    words += [word.strip() for word in FOREIGN]
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    alternatives = "|".join(re.escape(word).replace("、", "[、,，]?") for word in ordered)
    return re.compile(
        rf"({alternatives})\s*([*＊]?)\s*([(（](?:单位[:：]?)?(?:万元|元|必填)[)）])?\s*([*＊]?)\s*([：:﹕]?)"
    )


@cache
def mate(path: FieldPath) -> FieldPath | None:
    """The field that stands to the right of this one on the form."""
    for row in layout():
        if len(row) == 2 and row[0].path == path:
            return row[1].path
    return None


def is_long(path: FieldPath | None) -> bool:
    """Whether the field is a narrative."""
    return path is not None and spec_at(path).kind is Kind.LONG


class Matcher:
    """Finds labels in the cells of one file.

    A field that stands under its own label somewhere in the file is never matched by an alias: a narrative may well say
    “总目标：” in its text.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        own: set[FieldPath] = set()
        for row in rows:
            for cell in row.cells:
                bare = cell.strip().lstrip(_STARS)
                match = _spellings().match(bare) if not markup.is_literal(cell) else None
                if match and _ends_label(bare, match):
                    path, primary = _table()[normal(match[1])]
                    if primary and path is not None:
                        own.add(path)
        self.own = frozenset(own)

    def whole(self, cell: str, *, known: bool = False, line: bool = False) -> Label | None:
        """The label that the whole cell is, None where it is none.

        known leaves out labels that the form has no place for; line says that the cell is a line of text, not of a table.
        """
        if len(cell) > 60 or markup.is_literal(cell):
            return None
        if not (hit := _table().get(normal(cell))):
            return None if known else self._unknown(cell)
        path, primary = hit
        if (path is None and known and not _CHAPTER.match(cell)) or (
            line and path is not None and not primary and path in self.own
        ):
            return None
        return Label(path, cell.strip(), primary, bool(_YUAN.search(cell)))

    @staticmethod
    def _unknown(cell: str) -> Label | None:
        """A short cell that ends with a colon is a label too, if one that we do not know."""
        bare = cell.strip()
        if re.fullmatch(r"[一-鿿（）()、/]{2,16}[*＊]?\s*[：:]", bare):
            return Label(None, bare, primary=False, strange=True)
        return None

    def leading(self, text: str, *, strict: bool = False) -> tuple[Label, str] | None:
        """A label at the start of a text and what follows it; strict asks for a colon or star unless it is the form's own."""
        bare = text.lstrip()
        bare = bare[prefix.end() :] if (prefix := _PREFIX.match(bare)) else bare
        match = _spellings().match(bare)
        if not match or not _ends_label(bare, match):
            return None
        label = self._label(match)
        marked = match[2] or match[3] or match[4] or match[5]
        if label is None or (not marked and (strict or not label.primary) and match.end() < len(bare.rstrip())):
            return None
        return label, bare[match.end() :]

    def _label(self, match: re.Match[str]) -> Label | None:
        path, primary = _table()[normal(match[1])]
        if path is not None and not primary and path in self.own:
            return None
        return Label(path, match[0].strip(), primary, bool(match[3] and _YUAN.search(match[3])))

    def next_in(self, text: str, start: int, current: FieldPath | None) -> tuple[int, Label, int] | None:
        """The next label in a value that begins at `start`: where it stands, the label, where it ends."""
        for match in _spellings().finditer(text, start):
            label = self._label(match)
            if label is not None and self._follows(text, start, match, label, current):
                return match.start(), label, match.end()
        return None

    def _follows(self, text: str, start: int, match: re.Match[str], label: Label, current: FieldPath | None) -> bool:
        marked = bool(match[2] or match[4] or match[5])
        at = match.start()
        apart = at == start or text[at - 1] in ">*＊" or text[at - 1].isspace()
        if is_long(current):
            return label.primary and apart and marked and label.path not in self.own
        if apart:
            return marked or (label.primary and _ends_label(text, match))
        return label.primary and (marked or label.path == mate(current or ()))


@cache
def own_matcher() -> Matcher:
    """The matcher for our own exports, where every field stands under its own label."""
    return Matcher([Row(tuple(one.spec.label for one in fields()))])


def looks_like_label(text: str) -> bool:
    """Whether a value standing in a cell would be taken for a label, or for a label and its value."""
    matcher = own_matcher()
    return matcher.whole(text) is not None or matcher.leading(text, strict=True) is not None


def _ends_label(text: str, match: re.Match[str]) -> bool:
    """Whether what was matched is a whole label: marked, or followed by space or the end."""
    if match[2] or match[4] or match[5]:
        return True
    end = match.end()
    return end >= len(text) or text[end].isspace() or text[end - 1].isspace()


def pieces(
    matcher: Matcher, cell: str, *, strict: bool = False, known: bool = False, line: bool = False
) -> Iterator[Label | str]:
    """A cell as labels and texts in turn: 项目名称*：甲 项目类别：乙 is four pieces, a value alone is one text."""
    if markup.is_literal(cell):
        yield cell
        return
    if whole := matcher.whole(cell, known=known, line=line):
        yield whole
        return
    found = matcher.leading(cell, strict=strict)
    if not found or (known and found[0].path is None):
        yield cell
        return
    label, rest = found
    text, start = rest, 0
    while True:
        yield label
        following = matcher.next_in(text, start, label.path)
        value = text[start : following[0]].rstrip(_STARS) if following else text[start:]
        if value.strip():
            yield value
        if not following:
            return
        _, label, start = following
