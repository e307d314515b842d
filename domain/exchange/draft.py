"""One form while it is being read: raw texts by field and table rows, turned into a record at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from domain.changes import Record
from domain.exchange import markup, values
from domain.exchange.heads import is_header
from domain.exchange.labels import Label, is_long
from domain.exchange.levels import Levels, guess_framework
from domain.exchange.oddities import Oddity, OddityKind
from domain.exchange.table import Table
from domain.exchange.types import UNPLACED, Imported, Row
from domain.fields import Field, FieldPath, path_text
from domain.framework import framework
from domain.marks import IMPORTED, ORIGINS, row_key, row_keys
from domain.model import FRAMEWORK, Declaration, Indicator, fields, is_empty
from domain.text import clean, one_line

YEAR: FieldPath = ("project", "year")
START: FieldPath = ("project", "start_date")
END: FieldPath = ("project", "end_date")
NAME: FieldPath = ("project", "name")
ENOUGH = 3
"""Labels that make a form where neither its name nor a narrative nor the indicator table is among them."""
MAX_ODDITIES = 200
"""Lines of oddities that are listed for one form."""


@dataclass
class Raw:
    """What stood beside one label: its texts, and whether the label said that amounts are in 元."""

    parts: list[str] = field(default_factory=list)
    yuan: bool = False

    @property
    def text(self) -> str:
        """The texts as one."""
        return "\n".join(self.parts)


@dataclass
class Draft:
    """One form being collected."""

    raw: dict[FieldPath, Raw] = field(default_factory=dict)
    table: list[Row] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    heading_year: str = ""
    framework: str = ""
    beside: dict[str, dict[str, str]] = field(default_factory=dict)
    """Weights and explanations of indicators, as the record's marks keep them."""

    @property
    def begun(self) -> bool:
        """Whether anything of the form itself has been read."""
        return bool(self.raw or self.table)

    @property
    def recognised(self) -> bool:
        """Whether what has been read can be of this form; a name and a telephone number stand on any notice."""
        return bool(self.table) or len(self.raw) >= ENOUGH or any(path == NAME or is_long(path) for path in self.raw)

    def say(self, oddity: Oddity) -> None:
        """Note an oddity once."""
        if len(self.oddities) < MAX_ODDITIES and oddity not in self.oddities:
            self.oddities.append(oddity)
        elif len(self.oddities) == MAX_ODDITIES:
            self.oddities.append(Oddity(OddityKind.LEFT_OUT, "还有更多异常没有列出，请先整理文件再导入"))

    def keep(self, text: str, label: Label | None = None) -> None:
        """Keep a text that has no place on the form."""
        words = clean(markup.plain(text).text).strip()
        if words:
            self.unplaced.append(f"{label.raw.rstrip('：: ')}：{words}" if label and label.raw else words)

    def has(self, path: FieldPath) -> bool:
        """Whether the field's label has been met with a text beside it."""
        return path in self.raw and any(part.strip() for part in self.raw[path].parts)

    # -- at the end --

    def finish(self) -> Imported:
        """The record, with what was odd."""
        declaration = self._fields()
        rows = self._rows()
        declaration = replace(declaration, indicators=rows, framework=self.framework or FRAMEWORK)
        if self.raw and (empty := missing(declaration)):
            self.say(empty)
        self._repeated(declaration)
        form = imported(declaration, tuple(self.oddities), tuple(self.unplaced))
        return replace(form, record=replace(form.record, meta={**form.record.meta, **self.beside}))

    def _fields(self) -> Declaration:
        self._take_heading_year()
        self._split_term()
        declaration = Declaration()
        for one in fields():
            raw = self.raw.get(one.path)
            if raw is None or not raw.parts:
                continue
            found = values.read(one, raw.parts[0] if len(raw.parts) == 1 else raw.text, declaration, yuan=raw.yuan)
            for note in found.notes:
                self.say(Oddity(OddityKind.CONVERTED, note, one.path, raw=raw.text))
            for text in found.left:
                self.keep(text)
            if found.value is None:
                self._not_understood(one, raw.text)
            else:
                declaration = declaration.replace(one.path, found.value)
        return declaration

    def _take_heading_year(self) -> None:
        own = self.raw.get(YEAR)
        if own is None and self.heading_year:
            self.raw[YEAR] = Raw([self.heading_year])
        elif own and self.heading_year and own.text.strip() and self.heading_year not in own.text:
            said = f"标题写的是 {self.heading_year} 年，年份写的是 {own.text.strip()}，以年份为准"
            self.say(Oddity(OddityKind.CONFLICT, said, YEAR, raw=self.heading_year))

    def _split_term(self) -> None:
        """Where one label (项目起止时间) holds both dates, give each field its own."""
        raw = self.raw.get(START)
        if raw and not self.has(END) and (match := _TERM.fullmatch(raw.text.strip())):
            self.raw[START], self.raw[END] = Raw([match[1]]), Raw([match[2]])

    def _not_understood(self, one: Field, text: str) -> None:
        words = clean(markup.plain(text).text).strip()
        if words:
            said = f"“{one.spec.label}”写的是“{one_line(words)[:30]}”，看不懂，已放进未归位的文字"
            self.say(Oddity(OddityKind.NOT_UNDERSTOOD, said, one.path, raw=words))
            self.unplaced.append(f"{one.spec.label}：{words}")

    def _rows(self) -> tuple[Indicator, ...]:
        if not self.table:
            return ()
        frame = guess_framework(self.table)
        if self.framework:
            try:
                frame = framework(self.framework)
            except KeyError:
                said = f"指标体系“{self.framework}”不在程序里，各行照原样保留"
                self.say(Oddity(OddityKind.UNKNOWN, said, raw=self.framework))
        else:
            self.framework = frame.id
        table = Table(Levels(frame))
        for row in self.table:
            if is_header(row.cells):
                table.header(row.cells)
            else:
                table.feed(row)
        for oddity in table.oddities:
            self.say(oddity)
        for text in table.unplaced:
            self.keep(text)
        keys = row_keys(table.rows)
        self.beside = {
            name: {keys[at]: text for at, text in kept.items()} for name, kept in table.beside.items() if kept
        }
        if self.beside:
            said = "权重、指标解释在下达表里没有位置，随各条指标存着，检查时核对，导出系统导入表时写回"
            self.say(Oddity(OddityKind.CONVERTED, said, raw=f"{sum(map(len, self.beside.values()))} 处"))
        return tuple(table.rows)

    def _repeated(self, declaration: Declaration) -> None:
        for one in fields():
            value = declaration.get(one.path)
            if isinstance(value, tuple):
                for item, times in Counter(value).items():
                    if times > 1:
                        said = f"“{one.spec.label}”里 {item} 写了 {times} 遍，照原样保留"
                        self.say(Oddity(OddityKind.REPEATED, said, one.path, raw=str(item)))


_TERM = re.compile(r"(\d{4}[^至到—–~～]{2,12}?)\s*(?:至|到|—+|–|~|～|\s-\s)\s*(\d{1,4}\s*[年月./-].{0,12})")
_YEAR_LABELS = "年份|年度|预算年度|预算年份"
_YEAR_LINE = re.compile(
    rf"[（(]?\s*(?:{_YEAR_LABELS})\s*[（(]\s*(-?\d*)\s*年?度?\s*[）)]|[（(]\s*(\d{{4}})\s*年度?\s*[）)]"
)
_BARE_YEAR = re.compile(r"#*\s*(\d{4})\s*年?度?")
_OUR_TITLES = (
    "部门项目支出预算绩效目标下达表", "部门项目支出预算绩效目标申报表", "项目支出绩效目标申报表", "财政项目支出绩效目标申报表",
    "项目支出绩效目标表",
)  # fmt: skip
_TITLE = re.compile(r"(#*\s*)(?:(\d{4})\s*年度?)?\s*([一-鿿（）()]{0,16}绩效目标[一-鿿]{0,4}表)")


def year_line(text: str) -> str | None:
    """The year of a line such as 年份（2020）: its digits, "" for an empty one, None for another line."""
    match = _YEAR_LINE.fullmatch(text.strip())
    return (match[1] or match[2] or "") if match else None


def bare_year(text: str) -> str | None:
    """The year of a line such as ## 2020."""
    match = _BARE_YEAR.fullmatch(text.strip())
    return match[1] if match else None


def title(text: str) -> tuple[str, bool] | None:
    """The year in a form's title ("" where it has none) and whether the title says nothing else; None for another line."""
    match = _TITLE.fullmatch(re.sub(r"[*_]", "", text).strip()) if len(text) < 60 else None
    return (match[2] or "", match[3] in _OUR_TITLES) if match else None


def imported(declaration: Declaration, oddities: tuple[Oddity, ...], unplaced: tuple[str, ...]) -> Imported:
    """A form read, every value of it marked as imported."""
    marks = {path_text(one.path): IMPORTED for one in fields() if not is_empty(declaration.get(one.path))}
    marks.update({row_key(row): IMPORTED for row in declaration.indicators})
    extra = {UNPLACED: {"text": list(unplaced)}} if unplaced else {}
    return Imported(Record(declaration, {ORIGINS: marks} if marks else {}, extra), oddities, unplaced)


def missing(declaration: Declaration) -> Oddity | None:
    """Which required fields have no answer; None where all have one."""
    empty = [one.spec.label for one in fields() if one.spec.required and is_empty(declaration.get(one.path))]
    return Oddity(OddityKind.MISSING, f"必填项没有内容：{'、'.join(empty)}") if empty else None


def filled(rows: Iterable[Row]) -> bool:
    """Whether any row holds anything."""
    return any(row.filled for row in rows)
