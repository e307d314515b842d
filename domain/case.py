"""All that a rule may look at (审核对象): the declaration with its reading, its siblings, last year's form and the settings.

A case is a value; what several rules need of it (rows with their roles, plain texts, readings, content words) is worked out
once and kept for as long as the case lives.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, cast

from domain.changes import Record
from domain.fields import FieldPath
from domain.framework import Framework, SlotKey, usable_framework
from domain.marks import COMPUTED, EXPLAINED, ORIGINS, WEIGHTS, beside
from domain.model import Declaration, Indicator
from domain.quantity import Target, parse_target, parse_weight
from domain.reading import Reader, Reading
from domain.settings import DEFAULT, Settings
from domain.siblings import NARRATIVES, NO_SIBLINGS, Siblings, Twin, bigrams, plain

Words = Callable[[str], Sequence[str]]
"""Cuts a text into words, for rules that compare contents (内容词)."""

_PARTICLES = frozenset(
    "的 了 和 与 及 在 对 为 等 或 以 到 按 将 向 把 是 有 不 各 该 其 由 从 使 让 "
    "个 部 条 人 次 年 月 日 元 台 名 户 家 项 件 ， 。 、 ； ： （ ） “ ” 《 》 — - % / .".split()
)
"""Single characters that are words of their own."""
_GENERIC = frozenset(
    "开展 工作 管理 项目 情况 保障 正常 运行 及时 提高 提升 加强 进一步 有效 完成 实施 推进 推动 促进 做好 确保 相关 进行 实现 达到 "
    "按照 根据 围绕 通过 以及 并且 其中 我区 我市 我县 我镇 全区 全市 全县 全镇 区内 市内 县内 辖区 本年 年度 全年 计划 目标 任务 要求 "
    "部署 数量 质量 时效 成本 效益 满意 满意度 及时率 及时性 不断 持续 全面 各项 各类 主要 重点 以上 不低于 不少于 不超过 标准 指标 "
    "达标 合格 合格率 完成率 健全 规范 合规 完备 健全性 规范性 合规性 建立 健全率 "
    "提供 需要 必要 安全 平稳 顺利 覆盖 覆盖率 人员 单位 部门".split()
)
"""Words that every form holds, so that sharing one of them says nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """A filled row of the indicator table with its slot's role and its target understood."""

    index: int
    indicator: Indicator
    role: str
    target: Target

    @property
    def name(self) -> str:
        """The indicator's name, without spaces around."""
        return self.indicator.name.strip()

    @property
    def slot(self) -> SlotKey:
        """(level 1, level 2)."""
        return self.indicator.slot

    @property
    def shown(self) -> str:
        """The row as people read it: 租用光纤数=147条."""
        text = self.indicator.target.strip()
        joint = "" if text[:1] in ("=", "<", ">", "≥", "≤") or not text else "："
        return f"“{self.name}{joint}{text}”"

    def where(self, part: str = "name") -> FieldPath:
        """The place of the row's name or target."""
        return ("indicators", self.index, part)


@dataclass(frozen=True, slots=True)
class Export:
    """What an export adds to the form: weights (权重) and explanations (指标解释) by `marks.row_keys`, and what weights must sum to."""

    total: Decimal
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)


def character_pairs(text: str) -> Sequence[str]:
    """Words without a dictionary: every two neighbouring characters."""
    return tuple(bigrams(text))


@dataclass(frozen=True)
class Case:
    """One declaration under review. Without a reader, rules about quantities and sums say nothing."""

    declaration: Declaration
    framework: Framework
    reader: Reader | None = None
    siblings: Siblings = NO_SIBLINGS
    last_year: Declaration | None = None
    settings: Settings = DEFAULT
    today: datetime.date | None = None
    words: Words = character_pairs
    unread: Mapping[str, Any] = field(default_factory=dict)
    """Values of the file that have the wrong type, by section and key (Record.extra)."""
    label: str = ""
    """The name under which this declaration stands among its siblings, so that it is not compared with itself."""
    export: Export | None = None
    worked_out: frozenset[str] = frozenset()
    """Keys of the fields whose values the program worked out from what was typed: a sum, or a number with another unit."""

    def of(self, declaration: Declaration) -> Case:
        """The same surroundings around another state of the declaration."""
        return replace(self, declaration=declaration, framework=usable_framework(declaration.framework))

    # -- the table --

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows that hold a name or a target, in order."""
        return tuple(
            Row(index, row, self.framework.roles.get(row.slot, ""), parse_target(row.target))
            for index, row in enumerate(self.declaration.indicators)
            if row.name.strip() or row.target.strip()
        )

    def by_role(self, *prefixes: str) -> list[Row]:
        """Rows whose role starts with one of the prefixes (output. or output.quantity)."""
        return [row for row in self.rows if row.role.startswith(prefixes)]

    def slot(self, *roles: str) -> SlotKey | None:
        """The framework's slot that plays the first of these roles it has."""
        found = next(filter(None, map(self.framework.by_role, roles)), None)
        return found.key if found else None

    # -- the texts --

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The narratives without markup, by field name."""
        return {name: plain(getattr(self.declaration.narrative, name)) for name in NARRATIVES}

    def text(self, *names: str) -> str:
        """The named narratives, one after the other; all of them without a name."""
        return "\n".join(self.texts[name] for name in names or NARRATIVES)

    @cached_property
    def scope(self) -> str:
        """What is done and for whom: 项目内容 and 项目范围 of the overview, the whole overview where it has no headings."""
        return _parts(self.texts["overview"], ("内容", "范围"))

    def read(self, text: str, name: str = "") -> Reading:
        """What a text says; nothing without a reader."""
        return _read(cast("Hashable", self.reader), text, name) if self.reader and text else _NOTHING_READ

    def reading(self, name: str) -> Reading:
        """What a narrative says."""
        return self.read(self.texts[name], name)

    # -- the other forms --

    @cached_property
    def memo(self) -> dict[str, Any]:
        """Whatever a rule works out at some cost and another one wants as well, by a name of its own."""
        return {}

    def twins(self, name: str) -> list[Twin]:
        """Where else a narrative stands in the folder, most alike first."""
        found: dict[str, list[Twin]] = self.memo.setdefault("twins", {})
        if name not in found:
            alike = float(self.settings.thresholds.alike) / 100
            found[name] = self.siblings.near(self.texts[name], self.label, self.declaration.project.name, alike)
        return found[name]

    # -- words --

    def content(self, text: str) -> frozenset[str]:
        """A text's content words: two characters and more, words that stand in every form left out."""
        return _content(self.words, text)


_NOTHING_READ = Reading()


@lru_cache(maxsize=512)
def _read(reader: Any, text: str, name: str) -> Reading:
    """A reading, kept: an answer changes one text and the others are asked about again."""
    found: Reading = reader.read(text, ("narrative", name) if name else ())
    return found


@lru_cache(maxsize=4096)
def _content(words: Words, text: str) -> frozenset[str]:
    return frozenset(word for word in _joined(words(text)) if word not in _GENERIC and not word.isascii())


def _joined(words: Iterable[str]) -> Iterator[str]:
    """Words of two characters and more; a run of single ones is a word that the dictionary lacks, given as its pairs."""
    before = ""
    for word in words:
        if len(word) > 1:
            yield word
            before = ""
        elif word in _PARTICLES:
            before = ""
        else:
            if before:
                yield before + word
            before = word


_HEADING = re.compile(
    r"(?:^|[\s。；;])(?:\d{1,2}|[一二三四五六])?[、.．]?\s*(?:项目)?(背景|内容|范围|组织架构|组织|架构|实施主体)[:：]"
)


def _parts(overview: str, wanted: Iterable[str]) -> str:
    marks = list(_HEADING.finditer(overview))
    ends = [*(mark.start() for mark in marks[1:]), len(overview)]
    found = [overview[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=False) if mark[1] in wanted]
    return "\n".join(found) if found else overview


def _export(record: Record, settings: Settings) -> Export | None:
    """What the record keeps for tables with weights and explanations; None where it keeps nothing."""
    weights = {key: one for key, text in beside(record, WEIGHTS).items() if (one := parse_weight(text)) is not None}
    explanations = beside(record, EXPLAINED)
    return Export(settings.thresholds.weights, weights, explanations) if weights or explanations else None


def case_for(
    record: Record | Declaration,
    reader: Reader | None = None,
    siblings: Siblings = NO_SIBLINGS,
    *,
    label: str = "",
    settings: Settings = DEFAULT,
    today: datetime.date | None = None,
    words: Words = character_pairs,
    export: Export | None = None,
) -> Case:
    """A case of a record; last year's form of the same project is found among the siblings."""
    declaration = record.declaration if isinstance(record, Record) else record
    unread: Mapping[str, Any] = {}
    worked_out: frozenset[str] = frozenset()
    if isinstance(record, Record):
        unread = record.extra
        worked_out = frozenset(key for key, origin in record.marks(ORIGINS).items() if origin == COMPUTED)
        export = _export(record, settings) if export is None else export
    return Case(
        declaration,
        usable_framework(declaration.framework),
        reader,
        siblings,
        siblings.last_year_of(declaration),
        settings,
        today,
        words,
        unread,
        label,
        export,
        worked_out,
    )
