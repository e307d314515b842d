"""Rows of cells from any format to records: which cell is a label, which a value, which a row of the indicator table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.exchange import markup
from domain.exchange.draft import YEAR, Draft, Raw, bare_year, title, year_line
from domain.exchange.heads import is_head, is_head_cell, is_header
from domain.exchange.labels import Label, Matcher, is_long, normal, pieces
from domain.exchange.levels import NATIONAL, Levels
from domain.exchange.limits import MAX_CELLS, MAX_FORMS, MAX_ROWS
from domain.exchange.oddities import Oddity, OddityKind
from domain.exchange.types import Imported, ImportProblem, Row
from domain.fields import FieldPath
from domain.framework import framework
from domain.model import FRAMEWORK, spec_at
from domain.text import one_line

FRAMEWORK_LABEL = "指标体系"
"""The label of the line that names a framework other than the form's own."""

_FIRST: tuple[FieldPath, ...] = (("project", "unit"), ("project", "name"))
"""A second one of these labels begins another form."""


def understand(rows: Sequence[Row]) -> tuple[Imported, ...]:
    """Every form that the rows hold, in order; empty where none was recognised. Raises ImportProblem for too many rows."""
    cells = sum(len(row.cells) for row in rows)
    if len(rows) > MAX_ROWS or cells > MAX_CELLS:
        raise ImportProblem(f"文件有 {len(rows)} 行、{cells} 格，不像填报表。请只留下表格部分，或分成几个文件再导入。")
    walk = _Walk(rows)
    for row in rows:
        walk.take(row)
    return walk.finish()


class _Walk:
    """Where the reading stands between two rows."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.matcher = Matcher(rows)
        self.levels = (Levels(framework(FRAMEWORK)), Levels(framework(NATIONAL)))
        self.drafts = [Draft()]
        self.label: Label | None = None
        """The label whose value comes next or goes on."""
        self.again = False
        """Whether that label was met before, so that its value has no place."""
        self.in_table = False
        self.in_report = False
        """Whether chapters of a report have begun, whose texts may name again what stood in the form before them."""
        self.after_blank = False
        self.above: dict[int, Label] = {}
        """Labels of a grid row that held nothing else, by column: their texts stand below them."""
        self.lone = False
        """Whether the label stood alone on its line, so that its value may come on the next."""

    @property
    def draft(self) -> Draft:
        return self.drafts[-1]

    def finish(self) -> tuple[Imported, ...]:
        self._drop_label()
        begun = [draft for draft in self.drafts if draft.begun]
        if not any(draft.recognised for draft in begun):
            return ()
        for number, draft in enumerate(self.drafts):
            if not draft.begun and draft.unplaced:
                heir = next((other for other in self.drafts[number:] if other.begun), begun[-1])
                heir.unplaced[:0] = draft.unplaced
        return tuple(draft.finish() for draft in begun)

    def _new_form(self) -> None:
        self._drop_label()
        if self.draft.begun:
            self.drafts.append(Draft())
        if len(self.drafts) > MAX_FORMS:
            raise ImportProblem(f"文件里超过 {MAX_FORMS} 张表，不像填报表。请分成几个文件再导入。")
        self.in_table = self.again = self.lone = self.in_report = False

    # -- rows --

    def take(self, row: Row) -> None:
        """Take in one row."""
        if not row.filled:
            self.after_blank = True
            return
        if not self._heading(row):
            self._body(row)
        self.after_blank = False

    def _heading(self, row: Row) -> bool:
        """A title, a year line or the line that names the framework."""
        text = row.cells[0].strip()
        if not text:
            return False
        if normal(text) == FRAMEWORK_LABEL and len(row.filled) == 2:
            self.draft.framework = one_line(markup.plain(row.filled[1]).text).strip(" ")
            return True
        if len(row.filled) > 1 or markup.is_literal(text):
            return False
        if (found := title(text)) is not None:
            self._new_form()
            self.draft.heading_year = found[0] or self.draft.heading_year
            if not found[1]:
                self.draft.keep(text)
            return True
        if (year := year_line(text)) is not None:
            if YEAR in self.draft.raw:
                self._new_form()
            if year:
                self.draft.raw[YEAR] = Raw([year])
            return True
        if (year := bare_year(text)) and (text.startswith("#") or not self.draft.begun):
            if self.in_table:
                self._new_form()
            self.draft.heading_year = self.draft.heading_year or year
            return True
        return False

    def _body(self, row: Row) -> None:
        if is_header(row.cells) or (len(row.filled) == 1 and is_head(row.filled[0])):
            self.in_table, self.label = True, None
            self.draft.table.append(row)
        elif self.in_table and not self._leaves_table(row):
            self.draft.table.append(row)
        elif not self.in_table and (self._table_row(row) or self._begins_list(row)):
            self.in_table, self.label = True, None
            self.draft.table.append(row)
        else:
            self.in_table = False
            self._fields(row)

    def _table_row(self, row: Row) -> bool:
        """Whether a row without a head above it is clearly a row of the indicator table."""
        texts = row.filled
        if len(row.cells) < 2 or markup.is_literal(texts[0]):
            return False
        if self.draft.table and any(levels.first(texts[0]) or levels.second(texts[0]) for levels in self.levels):
            return True
        return len(texts) > 1 and any(levels.first(texts[0]) and levels.second(texts[1]) for levels in self.levels)

    def _begins_list(self, row: Row) -> bool:
        """Whether a line of its own names a level 1, as above indicators written as a list: 产出指标, 1.数量指标：…."""
        return len(row.cells) == 1 and not self._goes_on() and any(one.first(row.cells[0]) for one in self.levels)

    def _leaves_table(self, row: Row) -> bool:
        first = row.cells[0].strip()
        if (
            not first
            or markup.is_literal(first)
            or any(levels.first(first) or levels.second(first) for levels in self.levels)
        ):
            return False
        if self.draft.table and self.draft.table[-1].grid and not row.grid:
            return True
        if label := self.matcher.whole(first):
            marked = first.endswith((":", "：", "*", "＊"))
            own = label.path is not None and (label.primary or (is_long(label.path) and not is_head_cell(first)))
            return marked or own or (label.path is None and row.grid)
        return self.matcher.leading(first, strict=True) is not None

    # -- labels and values --

    def _fields(self, row: Row) -> None:
        if row.grid and (self._below(row) or self._heads(row)):
            return
        single = len(row.cells) == 1
        begins = row.grid and bool(row.cells[0].strip())
        if not self.lone and (begins or (single and not self._goes_on())):
            self._drop_label()
        found_label = found_text = False
        for cell in row.cells:
            if not cell.strip():
                continue
            for piece in self._pieces(cell, single, found_label):
                if isinstance(piece, Label):
                    self._meet(piece)
                    found_label = True
                else:
                    self._text(piece, row)
                    found_text = True
        self.lone = found_label and not found_text and single
        if self.label is not None and self.label.path is None and not self.lone:
            self._drop_label()

    def _heads(self, row: Row) -> bool:
        """A row of narrative labels only, side by side: remember them for the row below."""
        found = {index: self.matcher.whole(cell, known=True) for index, cell in enumerate(row.cells) if cell.strip()}
        labels = {index: label for index, label in found.items() if label and is_long(label.path)}
        loose = [index for index in found if index not in labels]
        if len(labels) < 2 or any(index > min(labels) for index in loose):
            return False
        for index in loose:
            self.draft.keep(row.cells[index])
        self.above, self.label = labels, None
        return True

    def _below(self, row: Row) -> bool:
        """The row below such labels: each text goes to the label over it."""
        above, self.above = self.above, {}
        if not above or any(self.matcher.whole(cell) for cell in row.cells if cell.strip()):
            return False
        for index, cell in enumerate(row.cells):
            over = [column for column in above if column <= index]
            if cell.strip() and over:
                self._meet(above[max(over)])
                self._text(cell, row)
            elif cell.strip():
                self.draft.keep(cell)
        self.label = None
        return True

    def _goes_on(self) -> bool:
        return self.label is not None and is_long(self.label.path)

    def _pieces(self, cell: str, single: bool, found_label: bool) -> Iterable[Label | str]:
        inside_narrative = self.label is not None and is_long(self.label.path)
        if inside_narrative and found_label:
            whole = self.matcher.whole(cell, known=True)
            return (whole,) if whole else (cell,)
        return pieces(
            self.matcher, cell, strict=not single or inside_narrative, known=inside_narrative and single, line=single
        )

    def _drop_label(self) -> None:
        """Let go of a label; one that only looks like a label and had no value is a text that must not be lost."""
        if self.label is not None and self.label.strange:
            self.draft.keep(self.label.raw)
        self.label = None

    def _meet(self, label: Label) -> None:
        """A label was met: its value comes next."""
        self._drop_label()
        path = label.path
        self.in_report = self.in_report or label.is_chapter
        met_before = path is not None and path in self.draft.raw
        if met_before and (path in _FIRST or (self.draft.table and not self.in_report)):
            self._new_form()
        self.label, self.again = label, False
        if path is None:
            return
        if self.draft.has(path):
            self.again = True
        else:
            self.draft.raw[path] = Raw(yuan=label.yuan)

    def _text(self, text: str, row: Row) -> None:
        label = self.label
        if label is None or label.path is None:
            self.draft.keep(text, label)
            self.label = replace(label, strange=False) if label else None
            return
        name = spec_at(label.path).label
        parts = self.draft.raw[label.path].parts
        if self.again:
            if "".join(parts).strip() == text.strip():
                said = f"“{name}”出现了两次，内容相同，只留一份"
                self.draft.say(Oddity(OddityKind.REPEATED, said, label.path, raw=text))
            else:
                said = f"“{name}”出现了两次，内容不同，第二次的放进未归位的文字"
                self.draft.say(Oddity(OddityKind.CONFLICT, said, label.path, raw=text))
                self.draft.keep(text, label)
        elif not parts:
            parts.append(text)
        elif is_long(label.path):
            self._continue(parts, text, row, label.path)
        else:
            self.draft.keep(text, label)

    def _continue(self, parts: list[str], text: str, row: Row, path: FieldPath) -> None:
        if self.after_blank:
            said = f"“{spec_at(path).label}”的文字中间有空行，空行后的文字（{row.place}起）也归到这里，请核对"
            self.draft.say(Oddity(OddityKind.UNCERTAIN, said, path, raw=text))
        parts.append(text)
