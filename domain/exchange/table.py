"""The indicator table (指标表) read row by row: blank cells inherit, rows that lost a tab are put right, nothing is dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.exchange import markup
from domain.exchange.heads import column_of, is_head, is_head_cell
from domain.exchange.labels import normal, own_matcher
from domain.exchange.levels import Levels, points_of
from domain.exchange.misread import mended
from domain.exchange.oddities import Oddity, OddityKind
from domain.exchange.types import Row
from domain.marks import EXPLAINED, WEIGHTS
from domain.model import Indicator
from domain.quantity import looks_like_target, parse_target, parse_weight, plain
from domain.text import one_line
from domain.vocabulary import WORDS

MAX_LINE = 300
"""Longer lines are no row of the table."""
_SERIAL = re.compile(r"\s*\d{0,3}\s*")
_TARGET_TAIL = re.compile(
    r"[<>=≥≤＝＞＜]=?\s*\d.*$|\d+(?:\.\d+)?\s*[%％‰]$|(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日|份|底|末)?(?:之?前|完成)?$"
)
_ORDINAL = re.compile(r"(?:指标\s*\d{0,2}\s*[:：]|\d{1,2}\s*[.、．)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳])\s*")
"""What numbers the indicators of a slot: 指标1：, 1., ②."""
_PAGE = re.compile(r"第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|[-—–]\s*\d{1,3}\s*[-—–]")
"""The foot of a page, where the table goes on on the next."""
_TOTAL = re.compile(r"\s*[合总小]\s*计\s*[:：]?\s*")


def is_misread(cell: str) -> bool:
    """Whether a name or target of our own would be taken for something else: a head, a number before a name, a total."""
    return is_head_cell(cell) or bool(_ORDINAL.match(cell) or _TOTAL.fullmatch(cell))


@dataclass
class Table:
    """The state of one table while its rows come in."""

    levels: Levels
    columns: dict[str, int] = field(default_factory=lambda: {"level1": 0, "level2": 1, "name": 2, "target": 3})
    repeated: set[int] = field(default_factory=set)
    """Columns whose head comes again further right: those of the whole term beside those of the year."""
    level1: str = ""
    level2: str = ""
    rows: list[Indicator] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    beside: dict[str, dict[int, str]] = field(default_factory=lambda: {WEIGHTS: {}, EXPLAINED: {}})
    """Weights and explanations by the place of their row."""
    columnar: bool = False
    """Whether the table came with one cell a line, so that a line is never several cells run together."""
    _open: bool = False
    """Whether the last row came from a single line and still waits for its target."""
    _numbered: bool = False
    """Whether it has been said that numbers before names were taken off."""

    def header(self, cells: Sequence[str]) -> None:
        """Take the columns from the table's head."""
        found: dict[str, int] = {}
        self.repeated = set()
        for index, cell in enumerate(cells):
            column = column_of(cell)
            if column and (column not in found or column in ("level2", "name", "target")):
                if column in found:
                    self.repeated.add(found[column])
                found[column] = index
            elif not column and cell.strip() and own_matcher().whole(cell) is None:
                self.unplaced.append(one_line(text_of(cell)))
        for column, left in (("level2", "level1"), ("name", "level2"), ("target", "name")):
            if left in found and column not in found and found[left] + 1 not in found.values():
                found[column] = found[left] + 1
        self.columns = found
        self.level1 = self.level2 = ""
        self._open = False

    # -- rows of several cells --

    def feed(self, row: Row) -> None:
        """Take in one row; what was odd about it is put down to the row that it became."""
        said, had = len(self.oddities), len(self.rows)
        if len(row.cells) == 1:
            self._line(row.cells[0], row.place)
        else:
            self._cells(row)
        if len(self.rows) > had:
            made = self.rows[-1]
            self.oddities[said:] = [replace(one, slot=made.slot, raw=made.name) for one in self.oddities[said:]]

    def _cells(self, row: Row) -> None:
        self._open = False
        cells = list(row.cells)
        filled = row.filled
        if (
            filled
            and _TOTAL.fullmatch(filled[0])
            and all(parse_weight(one_line(cell)) is not None for cell in filled[1:])
        ):
            self.unplaced.append("：".join(map(one_line, filled)))
            return
        taken = {column: cells[index] if index < len(cells) else "" for column, index in self.columns.items()}
        names = [taken.get(column, "") for column in ("level1", "level2", "name", "target")]
        rest = self._rest(cells, names)
        literal = any(markup.is_literal(cell) for cell in names[:2])
        if not literal:
            names = self._repaired([name.strip() for name in names], row.place)
        before = len(self.rows)
        for number, (name, target) in enumerate(several := _several(*names[2:])):
            self._add([*(names[:2] if number == 0 else ("", "")), name, target], row.place, literal)
        if len(several) > 1:
            self._repair(f"{row.place}：一格里写着 {len(several)} 条指标，已拆开")
        if len(self.rows) == before + 1:
            self._joined(taken)
            rest += self._kept_beside(taken)
        else:
            others = ("operator", "unit", "weight", "explained")
            rest += [taken[column] for column in others if taken.get(column, "").strip()]
        if rest:
            shown = self.rows[-1].name if len(self.rows) > before else ""
            self.unplaced.append(f"{shown}：{'；'.join(one_line(cell) for cell in rest)}" if shown else "；".join(rest))

    def _rest(self, cells: list[str], names: list[str]) -> list[str]:
        """Cells outside the known columns, but for repeated columns that say the same."""
        known = {normal(name) for name in names}
        read = set(self.columns.values())
        if (serial := self.columns.get("serial", len(cells))) < len(cells) and not _SERIAL.fullmatch(cells[serial]):
            read.discard(serial)
        others = [index for index, cell in enumerate(cells) if index not in read and cell.strip()]
        return [cells[index] for index in others if index not in self.repeated or not self._same(cells[index], known)]

    def _same(self, cell: str, known: set[str]) -> bool:
        return normal(cell) in known or self.levels.second(cell) is not None

    def _joined(self, taken: dict[str, str]) -> None:
        """Put operator and unit, where they have columns of their own, around the target."""
        sign, unit = taken.get("operator", "").strip(), taken.get("unit", "").strip()
        if not (sign or unit) or not self.rows:
            return
        row = self.rows[-1]
        sign = "" if sign in ("定性", "不适用") else parse_target(sign + "1").operator or sign
        unit = "" if unit in ("无", "/", "-") else unit
        self.rows[-1] = Indicator(row.level1, row.level2, row.name, f"{sign}{row.target}{unit}")

    def _kept_beside(self, taken: dict[str, str]) -> list[str]:
        """Keep the weight and the explanation of the row added last; returns what is none."""
        at, left = len(self.rows) - 1, []
        for column, table in (("weight", WEIGHTS), ("explained", EXPLAINED)):
            text = one_line(text_of(taken.get(column, "")))
            weight = parse_weight(text)
            if text and table == WEIGHTS and weight is None:
                left.append(text)
            elif text:
                self.beside[table][at] = plain(weight) if table == WEIGHTS and weight is not None else text
        return left

    def _repaired(self, names: list[str], place: str) -> list[str]:
        first, second, name, target = names
        known1, known2 = self.levels.first(first), self.levels.second(second)
        if first and not known1 and self.levels.second(first) and not known2:
            fixed = ["", first, name, target] if not second else ["", first, second, name]
            if not second or not target:
                home = self._home(first)
                self._repair(f"{place}：“{first}”是二级指标，却在第一列（少了一个制表符），已归位到“{home}”")
                return fixed
        if not first and second and not known2 and not target and name:
            self._repair(f"{place}：“{second}”一行少了一个制表符，已右移一格")
            return ["", "", second, name]
        if first and not known1 and not self.levels.second(first) and not target and not name and _is_target(second):
            self._repair(f"{place}：“{first}”一行少了两个制表符，已右移两格")
            return ["", "", first, second]
        return names

    def _home(self, level2: str) -> str:
        return self.levels.home(self.levels.second(level2) or "")

    def _add(self, cells: list[str], place: str, literal: bool) -> None:
        """Add a row, or only move on to its slot where it names no indicator."""
        first, second, name, target = (_cell(cell) for cell in cells)
        if not markup.is_literal(cells[2]) and (ordinal := _ORDINAL.match(name)):
            name = name[ordinal.end() :].strip()
            if not self._numbered:
                self._say(OddityKind.CONVERTED, f"{place}：“{ordinal[0].strip()}”是指标的序号，已去掉；下面各行也是")
            self._numbered = True
        if literal:
            self.level1, self.level2 = first, second
        else:
            first, second = self._own_slot(first, second, place)
            self._move(first, second, place, bool(name or target))
        if not any(map(markup.is_literal, cells[2:])):
            row = mended(name, target, unit_apart="unit" in self.columns)
            name, target = row.name, row.target
            for kind, text in row.said:
                self._say(kind, f"{place}：{text}")
            if row.is_blank:
                return
        if name or target or markup.is_literal(cells[2]):
            self.rows.append(Indicator(self.level1, self.level2, name, target))
            for cell in cells:
                if not markup.is_literal(cell) and (tags := markup.plain(cell).tags):
                    said = f"{place}：去掉了网页标记 {'、'.join(f'<{tag}>' for tag in tags)}，文字都保留"
                    self._say(OddityKind.CONVERTED, said)

    def _own_slot(self, first: str, second: str, place: str) -> tuple[str, str]:
        """The slot where a level-1 name stands in the place of a level-2 one, as 成本指标 among the outputs."""
        slot = None if self.levels.second(second) else self.levels.first_slot(second)
        if slot is None or slot.level1 == self.levels.first(first):
            return first, second
        self._repair(f"{place}：“{second}”在这套指标体系里是一级指标，已归到“{slot.place}”")
        return slot.key

    def _move(self, first: str, second: str, place: str, filled: bool) -> None:
        level2 = self.levels.second(second) or second
        for text in (first, second):
            if (points := points_of(text)) and (self.levels.first(text) or self.levels.second(text)):
                self._say(OddityKind.CONVERTED, f"{place}：“{text}”里的“{points}”下达表没有位置，没有记下")
        if first:
            self.level1 = self.levels.first(first) or first
            if not self.levels.first(first) and filled:
                self._say(OddityKind.UNKNOWN, f"{place}：一级指标“{first}”不在指标体系里，照原样保留")
            self.level2 = level2
        elif second:
            home = self.levels.home(level2)
            if home and home != self.level1:
                self._repair(f"{place}：“{second}”上面没有它的一级指标，已归到“{home}”")
                self.level1 = home
            self.level2 = level2
        for text, known in ((first, self.levels.first(first)), (second, self.levels.second(second))):
            if text and not known and not filled:
                said = f"{place}：“{text}”不是指标体系里的名称，这一行也没有指标，已放进未归位的文字"
                self._say(OddityKind.LEFT_OUT, said)
                self.unplaced.append(text)
        if second and filled and not self.levels.second(second):
            self._say(OddityKind.UNKNOWN, f"{place}：二级指标“{second}”不在指标体系里，照原样保留")

    # -- lines of one cell: tabs lost, or one cell a line --

    def _line(self, text: str, place: str) -> None:
        bare = text.strip()
        if _PAGE.fullmatch(bare):
            self.unplaced.append(bare)
        elif self.levels.first(bare):
            self._add([bare, "", "", ""], place, False)
            self._open = False
        elif self.levels.second(bare):
            self._level2_line(bare, place)
        elif column_of(bare):
            self.columnar = self.columnar or is_head(bare)
        elif self._open and self.rows and _is_target(one_line(bare)):
            last = self.rows.pop()
            self.rows.append(Indicator(last.level1, last.level2, last.name, _cell(bare)))
            self._open = False
        else:
            self._split_line(bare, place)

    def _level2_line(self, bare: str, place: str) -> None:
        home = self._home(bare)
        if home != self.level1:
            self._repair(f"{place}：“{bare}”上面没有它的一级指标，已归到“{home}”")
        self._add([home, bare, "", ""], place, False)
        self._open = False

    def _split_line(self, bare: str, place: str) -> None:
        first = second = ""
        rest, how = bare, "制表符丢了，已按名称拆成"
        if not self.columnar:
            listed, colon, after = _ORDINAL.sub("", rest, count=1).replace(":", "：").partition("：")
            if colon and self.levels.second(listed):
                second, rest, how = listed, after.strip(), "按清单读成"
            else:
                first, rest = self._take(rest, self.levels.level1)
                second, rest = self._take(rest, self.levels.level2)
        name, target = (rest, "") if self.columnar else _name_and_target(rest)
        if not (first or second) and (len(name) > 40 or re.search(r"[。；：]", name)):
            self.unplaced.append(one_line(text_of(bare)))
            return
        if first or second or target:
            self._repair(f"{place}：{how}“{'›'.join(filter(None, (first, second, name, target)))}”")
        self._add([first, second, name, target], place, False)
        self._open = bool(name) and not target

    @staticmethod
    def _take(text: str, known: dict[str, str]) -> tuple[str, str]:
        """A level name at the start of a line without tabs, and the rest."""
        spaced = re.match(r"(\S+)\s+(.*)", text, re.DOTALL)
        if spaced:
            hit = known.get(Levels.key(spaced[1]))
            return (hit, spaced[2].strip()) if hit else ("", text)
        for name in sorted(known.values(), key=len, reverse=True):
            if text.startswith(name):
                return name, text[len(name) :].strip()
        return "", text

    def _repair(self, text: str) -> None:
        self._say(OddityKind.REPAIRED, text)

    def _say(self, kind: OddityKind, text: str) -> None:
        self.oddities.append(Oddity(kind, text))


def _is_target(text: str) -> bool:
    """Whether a cell may be the target of its row; an empty one may."""
    return not text or looks_like_target(text) or text in WORDS


def _several(name: str, target: str) -> list[tuple[str, str]]:
    """The indicators of one row: where both cells have as many lines, and each line of the second may be a target, one a line."""
    names, targets = ([line.strip() for line in text_of(cell).split("\n") if line.strip()] for cell in (name, target))
    literal = markup.is_literal(name) or markup.is_literal(target)
    if literal or len(names) < 2 or len(names) != len(targets) or not all(map(_is_target, targets)):
        return [(name, target)]
    return list(zip(names, targets, strict=True))


def _name_and_target(text: str) -> tuple[str, str]:
    words = text.rsplit(None, 1)
    if len(words) == 2 and _is_target(words[1]):
        return words[0].strip(), words[1]
    for word in sorted(WORDS, key=len, reverse=True):
        if text.endswith(word) and text.count(word) >= 2:
            return text[: -len(word)].strip(), word
    match = _TARGET_TAIL.search(text) if len(text) <= MAX_LINE else None
    if match and match.start() > 1:
        return text[: match.start()].strip(), match[0]
    return text, ""


def text_of(cell: str) -> str:
    """A cell's text without tags."""
    return markup.plain(cell).text


def _cell(cell: str) -> str:
    return one_line(text_of(cell))
