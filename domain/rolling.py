"""The year roll (结转): last year's form as the start of this year's, with marks for what has to be asked or looked at again.

Three tables of `Record.meta` carry it: `last_year` holds last year's values by key, `ask` the places that have to be asked again
although they hold something, `origins` says of everything that it was carried over. Nothing is looked at until somebody does.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.answers import is_budget_year, shown
from domain.changes import Record
from domain.comparing import target_delta
from domain.fields import FieldPath, Kind, path_text
from domain.framework import roles_of
from domain.funding import Funding, had_a_last_year
from domain.marks import ASK, CARRIED, EXPLAINED, LAST_YEAR, ORIGINS, SKIPPED, WEIGHTS, beside, row_key, slot_key
from domain.model import SECTIONS, Declaration, Indicator, fields, is_empty
from domain.quantity import Target, parse_target

YEAR, SUM, NUMBER, SPAN, ONCE = "year", "sum", "number", "span", "once"
"""Why a place is asked again (the values of `ask`): it names last year, holds sums, is a quantity, spans several years, says 一次性."""
_NOT_CARRIED = ("unplaced", "unreadable", "framework")
"""Tables of a file that belong to that file alone: left over from an import, or not understood."""
_QUANTITIES = ("output.quantity", "output.cost", "cost.economic", "cost.social", "cost.environment")
"""Roles of the slots whose targets are figures of one year."""
_QUANTITY_NAMES = re.compile("数量|成本")
"""The same slots by name, where the program does not know the framework."""
_NEW_FIGURES = ("previous_budget", "previous_executed", "total", "requested")
NAME: FieldPath = ("project", "name")
NATURE: FieldPath = ("project", "nature")
REMARKS: FieldPath = ("narrative", "remarks")
START: FieldPath = ("project", "start_date")
END: FieldPath = ("project", "end_date")


class NoYearError(ValueError):
    """Nothing says which year to roll into, or it is none; the message is Chinese."""


def year_for(record: Record, wanted: int | None = None) -> int:
    """The year that a record rolls into, the one after its own unless another is wanted; raises NoYearError."""
    own = record.declaration.project.year
    year = wanted if wanted is not None else own + 1 if own else None
    if year is None:
        raise NoYearError("里没有年份，不知道结转到哪一年")
    if not is_budget_year(year):
        raise NoYearError(f"不能结转到 {year} 年，那不像预算年度")
    return year


def roll(record: Record, year: int) -> Record:
    """This year's record, made from last year's; see the module for its marks.

    Last year's request becomes last year's budget; amounts, quantities and costs are empty with last year's value in
    `last_year`. Dates move with the year unless the project spans several years; texts stay as they are, and so do weights
    and explanations of indicators.
    """
    old = record.declaration
    asked = {**_unanswered(record), **dict(_asked(old))}
    rows = tuple(_row(row, asked.get(row_key(row), "")) for row in old.indicators)
    start, end = _dates(old, year)
    project = replace(old.project, year=year, start_date=start, end_date=end)
    new = replace(old, project=project, funding=_funding(old, year), indicators=rows)
    marks: dict[str, dict[str, Any]] = {
        ORIGINS: {path_text(one.path): CARRIED for one in fields() if not is_empty(new.get(one.path))}
        | {row_key(row): CARRIED for row in rows},
        LAST_YEAR: dict(_last_year(old)),
        ASK: asked,
        SKIPPED: {**record.marks(SKIPPED), **_left_empty(new)},
        WEIGHTS: beside(record, WEIGHTS),
        EXPLAINED: beside(record, EXPLAINED),
    }
    return Record(new, {table: kept for table, kept in marks.items() if kept}, kept_extra(record.extra))


def _spans_years(old: Declaration) -> bool:
    """Whether the project's own dates reach beyond its budget year (跨年项目)."""
    days = (old.project.start_date, old.project.end_date)
    return any(day is not None and day.year != old.project.year for day in days)


def _dates(old: Declaration, year: int) -> tuple[datetime.date | None, datetime.date | None]:
    by = 0 if old.project.year is None or _spans_years(old) else year - old.project.year
    return moved(old.project.start_date, by), moved(old.project.end_date, by)


def moved(day: datetime.date | None, years: int) -> datetime.date | None:
    """The same day some years later; 29 February becomes the 28th, and a year outside the calendar leaves it as it is."""
    if day is None or not 1 <= day.year + years <= 9999:
        return day
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _funding(old: Declaration, year: int) -> Funding:
    """The request of the year before is last year's budget; a total for several years stays, the rest is asked.

    A project that was to be done once has a last year only where the filer now says that it goes on.
    """
    keeps_total = old.project.nature.startswith("阶段性") or _spans_years(old)
    had_a_budget = had_a_last_year(old) and (old.project.year is None or old.project.year == year - 1)
    return Funding(
        total=old.funding.total if keeps_total else None,
        previous_budget=old.funding.requested if had_a_budget else None,
    )


def _row(row: Indicator, reason: str) -> Indicator:
    return replace(row, target="") if reason else row


def _asked(old: Declaration) -> Iterator[tuple[str, str]]:
    """Places to be asked again although they are not empty, with the reason."""
    year = old.project.year
    for one in fields():
        value = old.get(one.path)
        if one.spec.kind in (Kind.TEXT, Kind.LONG) and names_year(value, year):
            yield path_text(one.path), YEAR
        elif one.path == REMARKS and _SUM.search(value):
            yield path_text(one.path), SUM
        elif one.path in (START, END) and value is not None and _spans_years(old):
            yield path_text(one.path), SPAN
        elif one.path == NATURE and not had_a_last_year(old):
            yield path_text(one.path), ONCE
    roles = roles_of(old.framework)
    for row in old.indicators:
        if names_year(row.target, year):
            yield row_key(row), YEAR
        elif is_quantity(row, roles) and parse_target(row.target).is_number:
            yield row_key(row), NUMBER


def is_quantity(row: Indicator, roles: Mapping[tuple[str, str], str]) -> bool:
    """Whether the row's slot takes figures of one project and year; roles are those of the framework, where it is known."""
    return roles[row.slot] in _QUANTITIES if row.slot in roles else _QUANTITY_NAMES.search(row.level2) is not None


def _unanswered(record: Record) -> dict[str, str]:
    """What a record that was itself rolled still has to be asked: a year with nothing answered takes no question away."""
    asked, old = record.marks(ASK), record.declaration
    held = {path_text(one.path) for one in fields() if not is_empty(old.get(one.path))}
    places = held | {row_key(row) for row in old.indicators}
    return {key: str(reason) for key, reason in asked.items() if key in places}


def _last_year(old: Declaration) -> Iterator[tuple[str, str]]:
    """Last year's values that are shown beside this year's question."""
    paths = [("project", "year"), ("funding", "total"), ("funding", "requested"), START, END]
    for path in paths:
        if not is_empty(value := old.get(path)):
            yield path_text(path), shown(value)
    for row in old.indicators:
        if row.target:
            yield row_key(row), row.target


def _left_empty(new: Declaration) -> dict[str, bool]:
    """What stood empty last year and may stay so: asked only on a jump."""
    found = {
        path_text(one.path): True
        for one in fields()
        if is_empty(new.get(one.path)) and not one.spec.required and one.path[1] not in _NEW_FIGURES
    }
    used = {row.slot for row in new.indicators}
    return found | {slot_key(key): True for key in roles_of(new.framework) if key not in used}


def kept_extra(extra: Mapping[str, Any]) -> dict[str, Any]:
    """What a person added to the file goes along, what was wrong with the old file does not."""
    known = {one.path for one in fields()}
    found: dict[str, Any] = {}
    for table, kept in extra.items():
        if table in SECTIONS and isinstance(kept, Mapping):
            kept = {key: value for key, value in kept.items() if (table, key) not in known}
        if table not in _NOT_CARRIED and kept != {}:
            found[table] = kept
    return found


# --- years and documents in a text ---------------------------------------------------------------------------------

_SUM = re.compile(r"\d\s*(?:万元|元|亿元)|\d\s*[*×xX]\s*\d")
_ANY_YEAR = r"(?:19|20)\d{2}"
_MENTION = re.compile(
    rf"(?P<title>《[^《》]{{2,80}}》)|(?P<number>[一-鿿]{{0,12}}[〔\[（(【［]\s*{_ANY_YEAR}\s*[〕\]）)】］]\s*第?\s*\d+\s*[号次])"
    rf"|(?P<minutes>{_ANY_YEAR}年第?\s*\d+\s*次[一-鿿]{{0,6}}纪要)|(?<![\d.])(?P<year>{_ANY_YEAR})(?=\s*年|[-./]\d|\D{{0,2}}预算)"
)
_LEADING = re.compile(r"^(?:根据|依据|按照|按|和|及|与|见|以及)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A year or a document number (文号) in a text, at code points [start, end)."""

    start: int
    end: int
    text: str
    year: int
    is_document: bool

    @property
    def digits(self) -> tuple[int, int]:
        """Where the year itself stands, at code points [start, end)."""
        start = self.start + self.text.index(str(self.year))
        return start, start + len(str(self.year))


def mentions(text: str) -> list[Mention]:
    """Every year and every dated document in a text, in order; a title in 《》 counts where it names a year."""
    found = []
    for match in _MENTION.finditer(text):
        year = re.search(_ANY_YEAR, match[0])
        if year is None:
            continue
        shown_text = _LEADING.sub("", match[0])
        start = match.end() - len(shown_text)
        found.append(Mention(start, match.end(), shown_text, int(year[0]), match["year"] is None))
    return found


def names_year(text: str, year: int | None) -> bool:
    """Whether a text speaks of a year itself, not only of a document of that year."""
    return any(one.year == year and not one.is_document for one in mentions(text))


def mentioned(text: str) -> list[str]:
    """The years and documents of a text, each once: 2014年, 技区发[2012]48号."""
    return list(dict.fromkeys(one.text if one.is_document else f"{one.text}年" for one in mentions(text)))


# --- targets against last year's -----------------------------------------------------------------------------------


def target_note(target: str, before: str) -> str:
    """What to say about a target (年度目标值) beside last year's; "" where nothing is to be asked."""
    new, old = parse_target(target), parse_target(before)
    if not new.text or not old.text:
        return ""
    if new.number is None or old.number is None or new.unit != old.unit:
        return "" if new.text == old.text else f"上年是 {old.text}"
    less = new.operator in ("<", "<=")
    if new.number == old.number and new.operator == old.operator:
        return "" if _at_best(new) else f"与上年相同，是否应{'再压低' if less else '提高'}？"
    return f"上年 {old.text}{_moved(new, old, less)}"


def _at_best(target: Target) -> bool:
    """Whether nothing better can be asked for: 100 %, or none at all."""
    best = 0 if target.operator in ("<", "<=") else 1000 if "‰" in target.unit else 100
    return target.number == best and (target.is_rate or best == 0)


def _moved(new: Target, old: Target, less: bool) -> str:
    assert new.number is not None
    assert old.number is not None
    delta = target_delta(old.text, new.text)
    worse = new.number > old.number if less else new.number < old.number and new.operator in (">", ">=")
    said = f"，{delta}" if delta else ""
    return f"{said}，比上年放松了，请说明原因" if worse else said


def target_notes(record: Record) -> list[tuple[Indicator, str]]:
    """The indicators whose target calls for a word beside last year's, with that word."""
    before = record.marks(LAST_YEAR)
    noted = [(row, target_note(row.target, str(before.get(row_key(row), "")))) for row in record.declaration.indicators]
    return [(row, note) for row, note in noted if note]


def summary(record: Record) -> list[str]:
    """What is to be done with a rolled record, in lines for people."""
    declaration, before = record.declaration, record.marks(LAST_YEAR)
    again = [f"{label}（上年 {before[key]}）" if key in before else label for key, label in _again(record)]
    found = [f"要重新填的：{'、'.join(again)}"] if again else []
    texts = [(one.spec.label, declaration.get(one.path)) for one in fields() if one.spec.kind is Kind.LONG]
    found += [f"请核对{label}里的年份和文号：{'、'.join(named)}" for label, text in texts if (named := mentioned(text))]
    found += [f"{row.name} {row.target}：{note}" for row, note in target_notes(record)]
    if kept := _beside_rows(record):
        found.append(f"{kept}沿用上年，请核对（/权重 可看、可改）。")
    carried = len(record.marks(ORIGINS).keys() - record.marks(ASK).keys())
    return [*found, f"其余 {carried} 处沿用上年，填表时可用 /未看 逐处过目。"]


def _beside_rows(record: Record) -> str:
    """How many weights and explanations the record has, in words; "" for none."""
    counts = {"权重": len(beside(record, WEIGHTS)), "指标解释": len(beside(record, EXPLAINED))}
    return "、".join(f"{count}条指标的{label}" for label, count in counts.items() if count)


def _again(record: Record) -> Iterator[tuple[str, str]]:
    """Key and label of everything that the dialogue will ask by itself."""
    declaration, asked, skipped = record.declaration, record.marks(ASK), record.marks(SKIPPED)
    for one in fields():
        key = path_text(one.path)
        if key in asked or (one.is_asked(declaration) and key not in skipped and is_empty(declaration.get(one.path))):
            yield key, one.spec.label
    yield from ((row_key(row), row.name) for row in declaration.indicators if row_key(row) in asked)
