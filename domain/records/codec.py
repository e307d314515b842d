"""A record as TOML and back (记录文件的格式). Pure: text to value and value to text, no disk.

The bytes are a contract: fields in a fixed order, money without exponent, one `[[indicators]]` table a row, texts as
multi-line strings. What a person added and what has the wrong type survives in `Record.extra` and is reported.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from domain.changes import Record, row_names
from domain.fields import FieldPath, Kind, path_text
from domain.model import FRAMEWORK, SECTIONS, Declaration, Indicator, fields, is_empty, spec_at
from domain.project import Coded
from domain.records import toml_lines
from domain.records.limits import excess
from domain.records.migrations import ROW_LABELS, SCHEMA_VERSION, labels, migrated, version_of
from domain.records.values import EXPECTED, READERS, read_line
from domain.text import brief, one_line

MAX_ROWS = 5_000
UNREADABLE = "unreadable"
"""The table that keeps what could not be understood at all, so that a save does not lose it."""
_KEPT = "原样留在文件里；请改好，或在填表时重新填"
_MOVED = f"存盘时移到 [{UNREADABLE}]，不会丢；请改好再打开"
TOLD_CHARS = 20
"""Characters of a value not understood that are told."""
_ROW_KEYS = ("level1", "level2", "name", "target")
LIKENESS = 0.75
"""From which difflib's ratio on a key is taken for a misspelt one: yaer is, note for name is not."""


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
        from domain.toml_faults import fault

        raise RecordError(f"不是完整的 TOML：{fault(text, str(error))}；请用编辑器改好这一处") from error
    except (RecursionError, ValueError) as error:
        raise RecordError("TOML 嵌套过深或有读不了的值；请换一份好的，或先改好它") from error
    read = from_document(document, newer=newer)
    return replace(read, oddities=tuple(_placed(text, one) for one in read.oddities)) if read.oddities else read


def _placed(text: str, oddity: str) -> str:
    """An oddity with the line that it is about: of project.year, of the third [[indicators]], of a table."""
    from domain.toml_faults import line_of

    where = re.match(r"(?P<table>\w+)(?:\.(?P<key>\w+)|\[(?P<index>\d+)\])?", oddity)
    assert where is not None
    if where["key"] or where["index"]:
        line = line_of(text, where["table"], where["key"] or "", int(where["index"] or 0))
    else:
        line = line_of(text, "", where["table"])
    return f"第 {line} 行 {oddity}" if line else oddity


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
            oddities.append(f"{section}：应当是一张表，{_MOVED}")
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
    known = ("schema_version", "framework", "indicators", "meta", UNREADABLE, *SECTIONS)
    for key, value in document.items():
        if key not in known:
            extra[key] = value
            oddities += _misspelt("", key, dict(zip(known, known, strict=True)))
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
    oddities.append("framework：应当是文字，原样留在文件里；请改好再打开")
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
            oddities += _misspelt(f"{section}.", key, labels(section))
            continue
        value = READERS[spec.kind](raw)
        if value is None:
            written = brief(one_line(str(raw)), TOLD_CHARS)
            oddities.append(
                f"{path_text(path)}（{spec.label}）：应当是{EXPECTED[spec.kind]}，“{written}”没有用上，{_KEPT}"
            )
            left[key] = raw
        else:
            declaration = declaration.replace(path, value)
    return declaration, left


def _misspelt(place: str, key: str, names: Mapping[str, str]) -> list[str]:
    """A word on a key that nobody knows but that was probably meant for another; what people add of their own goes unmentioned.

    names: the keys there are, by the form's labels.
    """
    import difflib

    near = [names[key]] if key in names else difflib.get_close_matches(key, names.values(), 1, LIKENESS)
    return [f"{place}{one_line(key)}：没有这个键，是不是 {one}？没有用上，{_KEPT}" for one in near]


def _rows(raw: Any, oddities: list[str]) -> tuple[tuple[Indicator, ...], dict[str, Any], list[Any]]:
    """Rows understood, keys a person added to them (by the row's names), and rows not understood."""
    if not isinstance(raw, list):
        oddities.append(f"indicators：应当写成 [[indicators]]，{_MOVED}")
        return (), {}, [raw]
    if len(raw) > MAX_ROWS:
        raise RecordError(f"指标超过 {MAX_ROWS} 行，不像一份记录；请核对是不是选错了文件")
    rows: list[Indicator] = []
    added: list[dict[str, Any]] = []
    odd: list[Any] = []
    for index, table in enumerate(raw):
        cells = [read_line(table.get(key, "")) for key in _ROW_KEYS] if isinstance(table, Mapping) else [None]
        if None not in cells:
            rows.append(Indicator(*(cell for cell in cells if cell is not None)))
            added.append({key: value for key, value in table.items() if key not in _ROW_KEYS})
            for key in added[-1]:
                oddities += _misspelt(f"indicators[{index}].", key, ROW_LABELS)
        else:
            oddities.append(f"indicators[{index}]：四项都应当是文字，{_MOVED}")
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
    read = READERS[spec.kind](value)
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
