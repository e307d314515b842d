"""A record as TOML and back (记录文件的格式). Pure: text to value and value to text, no disk.

The bytes are a contract: fields in a fixed order, money without exponent, one `[[indicators]]` table a row, texts as
multi-line strings. What a person added and what has the wrong type survives in `Record.extra` and is reported.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from domain.changes import Record, row_names
from domain.fields import FieldPath, Kind, path_text
from domain.model import FRAMEWORK, SECTIONS, Declaration, Indicator, fields, is_empty, spec_at
from domain.project import Coded
from domain.quantity import plain
from domain.records import toml_lines
from domain.records.limits import excess
from domain.records.migrations import SCHEMA_VERSION, migrated, version_of
from domain.text import clean, one_line

MAX_ROWS = 5_000
UNREADABLE = "unreadable"
"""The table that keeps what could not be understood at all, so that a save does not lose it."""
_ROW_KEYS = ("level1", "level2", "name", "target")


class RecordError(Exception):
    """A file that is no record; the message is Chinese and says where."""


class NewerSchemaError(RecordError):
    """A record written by a newer program."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A record read, what was odd about it ("project.start_date：应当是日期"), and the format that it was written in.

    Odd values stay in record.extra.
    """

    record: Record
    oddities: tuple[str, ...] = ()
    version: int = SCHEMA_VERSION


# --- reading -------------------------------------------------------------------------------------------------------


def decode(text: str, *, newer: bool = False) -> Decoded:
    """Read a record; raises RecordError where the text is no TOML at all, NewerSchemaError for a later schema.

    newer: a later schema is read as far as it is understood, to be looked at only.
    """
    if problem := excess(text):
        raise RecordError(problem)
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise RecordError(f"不是完整的 TOML：{_where(error)}；请用编辑器改好这一处") from error
    except (RecursionError, ValueError) as error:
        raise RecordError("TOML 嵌套过深或有读不了的值；请换一份好的，或先改好它") from error
    return from_document(document, newer=newer)


def _where(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f"第 {found[1]} 行第 {found[2]} 列附近写错了" if found else "在文件末尾断开了"


def from_document(document: Mapping[str, Any], *, newer: bool = False) -> Decoded:
    """A record from parsed TOML or JSON with the same keys; raises as `decode`."""
    version = version_of(document)
    if version > SCHEMA_VERSION and not newer:
        raise NewerSchemaError(f"这份记录是较新版本的程序写的（格式 {version}），请升级后再打开")
    document = migrated(document)
    oddities: list[str] = []
    extra: dict[str, Any] = {}
    unreadable = dict(kept) if isinstance(kept := document.get(UNREADABLE, {}), Mapping) else {"value": kept}
    declaration = Declaration(framework=_framework(document, extra, oddities))
    for section in SECTIONS:
        table = document.get(section, {})
        if not isinstance(table, Mapping):
            oddities.append(f"{section}：应当是一张表，已移到 [{UNREADABLE}]")
            _set_aside(unreadable, section, table)
            continue
        declaration, left = _section(declaration, section, table, oddities)
        if left:
            extra[section] = left
    rows, row_extras, odd_rows = _rows(document.get("indicators", []), oddities)
    if row_extras:
        extra["indicators"] = row_extras
    if odd_rows:
        _set_aside(unreadable, "indicators", odd_rows)
    meta = document.get("meta", {})
    if not isinstance(meta, Mapping):
        _set_aside(unreadable, "meta", meta)
        meta = {}
    known = {"schema_version", "framework", "indicators", "meta", UNREADABLE, *SECTIONS}
    extra.update({key: value for key, value in document.items() if key not in known})
    if unreadable:
        extra[UNREADABLE] = unreadable
    record = Record(replace(declaration, indicators=rows), dict(meta), extra)
    return Decoded(record, tuple(oddities), version)


def _set_aside(unreadable: dict[str, Any], key: str, value: Any) -> None:
    """Keep what was not understood, beside what an earlier reading kept under the same key."""
    name, number = key, 1
    while name in unreadable and unreadable[name] != value:
        number += 1
        name = f"{key}-{number}"
    unreadable[name] = value


def _framework(document: Mapping[str, Any], extra: dict[str, Any], oddities: list[str]) -> str:
    found = document.get("framework", FRAMEWORK)
    if isinstance(found, str) and found:
        return one_line(found)
    oddities.append("framework：应当是文字，已原样留在文件里")
    extra["framework"] = found
    return FRAMEWORK


def _section(
    declaration: Declaration, section: str, table: Mapping[str, Any], oddities: list[str]
) -> tuple[Declaration, dict[str, Any]]:
    left: dict[str, Any] = {}
    for key, raw in table.items():
        path: FieldPath = (section, key)
        try:
            spec = spec_at(path)
        except KeyError:
            left[key] = raw
            continue
        value = _READERS[spec.kind](raw)
        if value is None:
            oddities.append(f"{path_text(path)}（{spec.label}）：应当是{_EXPECTED[spec.kind]}，已原样留在文件里")
            left[key] = raw
        else:
            declaration = declaration.replace(path, value)
    return declaration, left


def _read_text(raw: Any) -> str | None:
    return clean(raw) if isinstance(raw, str) else None


def _read_line(raw: Any) -> str | None:
    return one_line(raw) if isinstance(raw, str) else None


def _read_bool(raw: Any) -> bool | None:
    return raw if isinstance(raw, bool) else None


def _read_int(raw: Any) -> int | None:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else None


def _read_date(raw: Any) -> datetime.date | None:
    if isinstance(raw, str):
        try:
            return datetime.date.fromisoformat(raw)
        except ValueError:
            return None
    return raw if isinstance(raw, datetime.date) and not isinstance(raw, datetime.datetime) else None


def _read_money(raw: Any) -> Decimal | None:
    if isinstance(raw, str) and re.fullmatch(r"-?[0-9]{1,16}(\.[0-9]{1,20})?", raw):
        raw = Decimal(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = Decimal(raw)
    if not isinstance(raw, Decimal) or not raw.is_finite() or abs(raw.adjusted()) > 15:
        return None
    text = plain(raw)
    if len(text.partition(".")[2]) > 20:
        return None
    return raw if text == str(raw) and raw else Decimal(text if raw else 0)


def _read_coded(raw: Any) -> Coded | None:
    if not isinstance(raw, Mapping) or set(raw) - {"code", "name"}:
        return None
    code, name = raw.get("code", ""), raw.get("name", "")
    return Coded(one_line(code), one_line(name)) if isinstance(code, str) and isinstance(name, str) else None


def _read_subjects(raw: Any) -> tuple[Coded, ...] | None:
    if not isinstance(raw, list):
        return None
    found = [_read_coded(item) for item in raw]
    return tuple(item for item in found if item is not None) if None not in found else None


_READERS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.YEAR: _read_int,
    Kind.TEXT: _read_line,
    Kind.LONG: _read_text,
    Kind.CHOICE: _read_line,
    Kind.CODED: _read_coded,
    Kind.SUBJECTS: _read_subjects,
    Kind.YES_NO: _read_bool,
    Kind.DATE: _read_date,
    Kind.MONEY: _read_money,
    Kind.PHONE: _read_line,
}
_EXPECTED: Mapping[Kind, str] = {
    Kind.YEAR: "四位整数年份",
    Kind.TEXT: "文字",
    Kind.LONG: "文字",
    Kind.CHOICE: "文字",
    Kind.CODED: '{ code = "…", name = "…" }',
    Kind.SUBJECTS: '{ code = "…", name = "…" } 的列表',
    Kind.YES_NO: "true 或 false",
    Kind.DATE: "日期，如 2020-01-01",
    Kind.MONEY: "数字（万元）",
    Kind.PHONE: "文字",
}


def _rows(raw: Any, oddities: list[str]) -> tuple[tuple[Indicator, ...], dict[str, Any], list[Any]]:
    """Rows understood, keys a person added to them (by the row's names), and rows not understood."""
    if not isinstance(raw, list):
        oddities.append(f"indicators：应当写成 [[indicators]]，已移到 [{UNREADABLE}]")
        return (), {}, [raw]
    if len(raw) > MAX_ROWS:
        raise RecordError(f"指标超过 {MAX_ROWS} 行，不像一份记录；请核对是不是选错了文件")
    rows: list[Indicator] = []
    added: list[dict[str, Any]] = []
    odd: list[Any] = []
    for index, table in enumerate(raw):
        if isinstance(table, Mapping) and all(isinstance(table.get(key, ""), str) for key in _ROW_KEYS):
            rows.append(Indicator(*(one_line(table.get(key, "")) for key in _ROW_KEYS)))
            added.append({key: value for key, value in table.items() if key not in _ROW_KEYS})
        else:
            oddities.append(f"indicators[{index}]：四项都应当是文字，已移到 [{UNREADABLE}]")
            odd.append(table)
    return tuple(rows), {name: keys for name, keys in zip(row_names(rows), added, strict=True) if keys}, odd


# --- writing -------------------------------------------------------------------------------------------------------


def to_document(declaration: Declaration) -> dict[str, Any]:
    """The declaration as nested dictionaries with the TOML's keys; what is not answered has no key."""
    document: dict[str, Any] = {"schema_version": SCHEMA_VERSION, "framework": declaration.framework}
    for section in SECTIONS:
        document[section] = {}
    for one in fields():
        value = declaration.get(one.path)
        if not is_empty(value):
            document[str(one.path[0])][str(one.path[1])] = to_plain(value)
    document["indicators"] = [{key: getattr(row, key) for key in _ROW_KEYS} for row in declaration.indicators]
    return document


def to_plain(value: Any) -> Any:
    """A field's value as TOML data: codes as {code, name}, lists as lists."""
    if isinstance(value, Coded):
        return {"code": value.code, "name": value.name}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return value


def from_plain(path: FieldPath, value: Any) -> Any:
    """The inverse of `to_plain` for the field at a path, accepting ISO dates and money as strings.

    None stands for a field without an answer. Raises ValueError for data that does not fit the field.
    """
    if value is None:
        return None
    spec = spec_at(path)
    if spec.kind is Kind.SUBJECTS and value == []:
        return ()
    read = _READERS[spec.kind](value)
    if read is None:
        raise ValueError(f"{path_text(path)}: {value!r}")
    return read


def encode(record: Record) -> str:
    """The record as TOML text, the same bytes for the same record."""
    document = to_document(record.declaration)
    named = record.extra.get("framework", record.declaration.framework)
    lines = [f"schema_version = {SCHEMA_VERSION}", toml_lines.pair("framework", named)]
    loose, tables = _split(record.extra)
    lines += [toml_lines.pair(key, value) for key, value in loose.items() if key != "framework"]
    order = {section: [str(one.path[1]) for one in fields() if one.path[0] == section] for section in SECTIONS}
    for section in SECTIONS:
        lines += ["", f"[{section}]"]
        lines += [toml_lines.field(key, document[section][key]) for key in order[section] if key in document[section]]
        kept = record.extra.get(section, {})
        if isinstance(kept, Mapping):
            lines += [toml_lines.pair(key, value) for key, value in kept.items() if key not in document[section]]
    row_extras, rows = record.extra.get("indicators", {}), record.declaration.indicators
    for row, name in zip(rows, row_names(rows), strict=True):
        lines += ["", "[[indicators]]", *(toml_lines.pair(key, getattr(row, key)) for key in _ROW_KEYS)]
        lines += [toml_lines.pair(key, value) for key, value in row_extras.get(name, {}).items()]
    for key, table in tables.items():
        if key not in (*SECTIONS, "indicators", "framework"):
            lines += ["", toml_lines.table(key, table)]
    if record.meta:
        lines += ["", toml_lines.marks(record.meta)]
    return "\n".join(lines) + "\n"


def _split(extra: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    tables = {key: value for key, value in extra.items() if isinstance(value, Mapping)}
    return {key: value for key, value in extra.items() if key not in tables}, tables
