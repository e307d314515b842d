"""Records as JSON or TOML with the program's own keys, and JSON whose keys are the form's Chinese labels."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from domain.exchange.form import understand
from domain.exchange.heads import HEADER
from domain.exchange.limits import RECORD_CELLS, RECORDS
from domain.exchange.oddities import Oddity, OddityKind
from domain.exchange.types import UNPLACED, Imported, ImportProblem, Row
from domain.fields import path_text
from domain.marks import IMPORTED, ORIGINS, row_key
from domain.model import SECTIONS, fields, is_empty
from domain.records import codec

_LISTS = ("records", "forms", "data", "items", "rows", "记录", "表格")


def looks_like_json(text: str) -> bool:
    """Whether a text begins as JSON does."""
    start = text.lstrip("\ufeff \t\r\n")[:200]
    rest = start[1:].lstrip()
    return (start.startswith("{") and rest[:1] in ('"', "}")) or (start.startswith("[") and rest[:1] in ("{", "["))


def looks_like_toml(text: str) -> bool:
    """Whether a text has the tables of a record file."""
    lines = {line.strip() for line in text.split("\n")[:400]}
    return bool(lines & {f"[{section}]" for section in SECTIONS} | lines & {"[[indicators]]"}) or any(
        line.startswith("schema_version =") for line in lines
    )


def read_toml(text: str) -> tuple[Imported, ...]:
    """A record file; raises ImportProblem."""
    try:
        return (_imported(codec.decode(text.removeprefix("\ufeff"))),)
    except codec.RecordError as error:
        raise ImportProblem(f"记录文件（TOML）读不了：{error}。请照提示改好再导入。") from error


def read_json(text: str) -> tuple[Imported, ...]:
    """One record or a list of them; raises ImportProblem."""
    try:
        document = json.loads(text.lstrip("\ufeff"), parse_constant=str)
    except json.JSONDecodeError as error:
        raise ImportProblem(
            f"JSON 第 {error.lineno} 行第 {error.colno} 列附近写错了或被截断，读不了。请重新导出完整的文件。"
        ) from error
    except (RecursionError, ValueError) as error:
        raise ImportProblem("JSON 嵌套过深或有读不了的数字，不像填报表。请核对文件来源。") from error
    found: list[Imported] = []
    for table in _tables(document):
        found.extend(_record(table))
        if len(found) > RECORDS:
            raise ImportProblem(f"JSON 里超过 {RECORDS} 张表，请分成几个文件再导入。")
    return tuple(found)


def _tables(document: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(document, list):
        for item in document:
            yield from _tables(item)
    elif isinstance(document, Mapping):
        inner = [document[key] for key in _LISTS if isinstance(document.get(key), list)]
        if inner and not set(SECTIONS) & set(document):
            for item in inner:
                yield from _tables(item)
        else:
            yield document


def _record(table: Mapping[str, Any]) -> tuple[Imported, ...]:
    if set(SECTIONS) & set(table) or ("indicators" in table and "schema_version" in table):
        try:
            return (_imported(codec.from_document(table)),)
        except codec.RecordError as error:
            raise ImportProblem(f"JSON 里的记录读不了：{error}。请改好再导入。") from error
    return understand(list(_rows(table)))


def _imported(decoded: codec.Decoded) -> Imported:
    record = decoded.record
    if ORIGINS not in record.meta:
        marks = {path_text(one.path): IMPORTED for one in fields() if not is_empty(record.declaration.get(one.path))}
        marks.update({row_key(row): IMPORTED for row in record.declaration.indicators})
        record = replace(record, meta={**record.meta, ORIGINS: marks}) if marks else record
    kept = record.extra.get(UNPLACED, {})
    texts = kept.get("text", []) if isinstance(kept, Mapping) else []
    oddities = tuple(Oddity(OddityKind.NOT_UNDERSTOOD, text) for text in decoded.oddities)
    return Imported(record, oddities, tuple(str(text) for text in texts))


def _rows(table: Mapping[str, Any]) -> Iterator[Row]:
    """A foreign object as rows: scalar values beside their keys, a list of objects as a table under its keys."""
    count = 0
    pending: list[tuple[str, list[Any]]] = []
    stack: list[tuple[str, Any]] = list(reversed(list(table.items())))
    while stack:
        key, value = stack.pop()
        count += 1
        if count > RECORD_CELLS:
            raise ImportProblem("JSON 里内容太多，不像填报表。请只留下表格部分再导入。")
        if isinstance(value, Mapping):
            stack.extend(reversed(list(value.items())))
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            pending.append((key, value))
        else:
            yield Row((f"{key}：", _cell(value)), f"“{key}”", grid=True)
    for key, items in pending:
        heads = list(dict.fromkeys(head for item in items if isinstance(item, Mapping) for head in item))
        yield Row(tuple(_HEADS.get(str(head), str(head)) for head in heads), f"“{key}”", grid=True)
        for number, item in enumerate(items, 1):
            cells = tuple(_cell(item.get(head)) for head in heads) if isinstance(item, Mapping) else (_cell(item),)
            yield Row(cells, f"“{key}”第{number}行", grid=True)


_HEADS: dict[str, str] = dict(zip(("level1", "level2", "name", "target"), HEADER, strict=True))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
