"""Practice forms (练习用表) as text: printed for reading, printed blank for filling in, and read back from that.

The sheet (填写单) is one line a field, `项目名称：…`, long texts on as many lines as they need, and one line an indicator,
`产出目标/数量|租用线路数|=147条`: a form that can be answered in any editor, a chat window or a JSON string.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain import answers
from domain.fields import Field, Kind
from domain.framework import framework
from domain.model import Declaration, Indicator, fields, is_empty
from domain.records.codec import RecordError, decode, from_document
from domain.training.answers import as_text, flat, slot_of
from domain.training.exercise import Data, ExerciseError
from domain.training.layout import WIDTH, pad, width, wrap
from domain.training.material import Material


def form_of(material: Material, data: Data) -> Declaration:
    """The exercise's form: an example's id, TOML text, a sheet, or a table with a record's keys; raises ExerciseError."""
    value = data.get("form")
    if value is None and data.get("example"):
        from domain.training.variants import example_as, variant_of

        return example_as(material, str(data["example"]), variant_of(data.get("variant")))
    if value is None:
        raise ExerciseError("这道题缺少“form”（一张表）")
    if isinstance(value, str) and value in material.examples:
        return material.examples[value]
    return as_form(material, value)


_TABLES = re.compile(r"^\s*\[(?:project|narrative|funding)\]\s*$|^\s*\[\[indicators\]\]", re.MULTILINE)
_SHEET = re.compile(r"^\s*(?:项目名称|年份|预算单位)[*\uff0a]?\s*[：:][^\t]*$", re.MULTILINE)


def as_form(material: Material, value: Any, problems: list[str] | None = None) -> Declaration:
    """A form from a declaration, a record as TOML text or table, a sheet, or what the importer reads; raises ExerciseError.

    With `problems`, lines of a sheet that are not understood are left out and said there.
    """
    if isinstance(value, Declaration):
        return value
    try:
        if isinstance(value, Mapping):
            return from_document(value).record.declaration
        text = as_text(value)
        if _TABLES.search(text):
            return decode(text).record.declaration
    except RecordError as error:
        raise ExerciseError(f"这张表读不了：{error}") from error
    if material.importer is not None and not _SHEET.search(text):
        return material.importer(text)
    return read_sheet(text, problems)


# --- the sheet -------------------------------------------------------------------------------------------------------

INDICATOR = "指标"
_BAR = re.compile(r"\s*[|\uff5c]\s*")


def blank_sheet(year: int | None = None) -> str:
    """A sheet with every field's label and one empty line an indicator slot."""
    declaration = Declaration() if year is None else Declaration().replace(("project", "year"), year)
    rows = [f"{slot.level1}/{slot.level2}||" for slot in framework().slots]
    return "\n".join([*(_field_line(declaration, one) for one in fields()), *rows])


def sheet_of(declaration: Declaration) -> str:
    """The form as a sheet that reads back the same."""
    rows = [f"{row.level1}/{row.level2}|{row.name}|{row.target}" for row in declaration.indicators]
    return "\n".join([*(_field_line(declaration, one) for one in fields()), *rows])


def _field_line(declaration: Declaration, one: Field) -> str:
    value = answers.shown(declaration.get(one.path))
    return f"{one.spec.label}：{value}"


def _labels() -> dict[str, Field]:
    return {label: one for one in fields() for label in (one.spec.label, *one.spec.aliases)}


def read_sheet(text: str, problems: list[str] | None = None) -> Declaration:
    """The form of a sheet; what cannot be understood raises ExerciseError that names the line's label, or is added to `problems`."""

    def refuse(message: str) -> None:
        if problems is None:
            raise ExerciseError(message)
        problems.append(message)

    known = _labels()
    held: dict[str, list[str]] = {}
    rows: list[Indicator] = []
    current = ""
    for line in text.split("\n"):
        head, mark, rest = line.partition("：") if "：" in line else line.partition(":")
        label = re.sub(r"[\s*＊]", "", head)
        if len(_BAR.split(line.strip())) >= 3:
            current = ""
            try:
                rows.extend(_row(line))
            except ExerciseError as error:
                refuse(str(error))
        elif mark and label in known:
            current = label
            held[current] = [rest.strip()]
        elif current:
            held[current].append(line)
        elif line.strip():
            refuse(f"没有看懂这一行：{line.strip()[:30]}。每行写成“项目名称：…”，指标写成“产出目标/数量|名称|目标值”")
    return replace(_filled(held, known, refuse), indicators=tuple(rows))


def _row(line: str) -> list[Indicator]:
    place, name, target, *_ = [*_BAR.split(line.strip().removeprefix(INDICATOR).lstrip("：: ")), "", ""]
    if not name and not target:
        return []
    _, slot = slot_of(framework(), place)
    if slot is None:
        raise ExerciseError(f"指标“{name}”前面的“{place}”不是表上的一格，写成“产出目标/数量”")
    return [Indicator(slot.level1, slot.level2, name, target)]


def _filled(held: Mapping[str, list[str]], known: Mapping[str, Field], refuse: Callable[[str], None]) -> Declaration:
    declaration = Declaration()
    for one in fields():
        lines = next((held[label] for label in held if known[label].path == one.path), [])
        text = "\n".join(lines).strip()
        if not text:
            continue
        understood = answers.parse(one, text, declaration)
        if isinstance(understood, answers.Refused):
            if one.spec.kind not in (Kind.SUBJECTS, Kind.CODED):
                refuse(f"{one.spec.label}：{understood.message}")
            continue
        declaration = declaration.replace(one.path, understood.value)
        for path, value in understood.also.items():
            if is_empty(declaration.get(path)):
                declaration = declaration.replace(path, value)
    return declaration


# --- for reading -----------------------------------------------------------------------------------------------------


def form_lines(declaration: Declaration) -> tuple[str, ...]:
    """The whole form for reading on a page: head, texts, table; empty slots are left out."""
    lines: list[str] = []
    for one in fields():
        value = answers.shown(declaration.get(one.path))
        if one.path == ("project", "has_subprojects"):
            continue
        unit = "万元" if one.spec.kind is Kind.MONEY and value else ""
        lines.extend(wrap(f"{one.spec.label}：{value or '（空）'}{unit}", WIDTH, "  "))
    return (*lines, "", *table_lines(declaration))


def table_lines(declaration: Declaration) -> tuple[str, ...]:
    """The indicator table: slot, name and target in columns."""
    rows = [(row.level2, row.name, row.target) for row in declaration.indicators]
    if not rows:
        return ("（没有指标）",)
    first = max(width(row[0]) for row in rows)
    second = min(max(width(row[1]) for row in rows), 44)
    lines: list[str] = []
    last_level1 = ""
    for row, (level2, name, target) in zip(declaration.indicators, rows, strict=True):
        if row.level1 != last_level1:
            lines.append(f"〔{row.level1}〕")
            last_level1 = row.level1
        lines.append(f"  {pad(level2, first)}  {pad(name, second)}  {target or '（空）'}".rstrip())
    return tuple(lines)


def same_text(one: str, other: str) -> bool:
    """Whether two answers are the same but for spaces, width of characters and final stops."""
    return re.sub(r"[\s。.]", "", flat(one)) == re.sub(r"[\s。.]", "", flat(other))
