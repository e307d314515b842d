"""A library file as a person wrote it: tables with the lines they stand on, readable block by block where TOML is broken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain import bounded
from domain.library.entry import FIELDS, SCHEMA_VERSION
from domain.library.faults import ERROR, UNREAD, Fault
from domain.records.atomic import reason
from domain.text import one_line

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are no indicator libraries."""

_HEADER = re.compile(r"\s*\[\[\s*(?:entry|\"entry\"|'entry')\s*\]\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_MULTI = re.compile(r'"""|\'\'\'')
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_UNREADABLE = (ValueError, RecursionError)
"""What tomllib raises: TOMLDecodeError is a ValueError, as is an endless number; endless nesting is a RecursionError."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One [[entry]] and where it stands: `line` of its header, `lines` of its keys, comment lines above and in it."""

    table: dict[str, Any]
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)
    comments: tuple[str, ...] = ()

    def at(self, key: str) -> int:
        """The line of a key, the header's where the key is missing."""
        return self.lines.get(key, self.line)

    @property
    def id(self) -> str:
        """The entry's id as far as it has one."""
        identity = self.table.get("id", "")
        return identity if isinstance(identity, str) else ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a library file says, as far as it can be read."""

    placed: tuple[Placed, ...]
    faults: tuple[Fault, ...]
    head: str = ""
    """Comment lines at the top of the file, kept by the formatter."""


@dataclass(frozen=True, slots=True)
class _Block:
    line: int
    text: str
    lead: tuple[str, ...] = ()
    """Comment lines right above the header; they are no part of the block before."""


def read_file(path: Path) -> str | Fault:
    """The text of a library file, or why it cannot be one."""
    shown = str(path)
    try:
        return bounded.read(path, MAX_BYTES).decode("utf-8-sig")
    except bounded.TooLargeError:
        return Fault(shown, 0, "", ERROR, "too-large", f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像指标库。")
    except bounded.NotAFileError:
        return Fault(shown, 0, "", ERROR, UNREAD, "这不是普通文件，没有读；请写指标库的 .toml 文件。")
    except OSError as error:
        return Fault(shown, 0, "", ERROR, UNREAD, f"读不出文件：{reason(error)}。")
    except UnicodeDecodeError as error:
        return Fault(
            shown, 0, "", ERROR, "encoding", f"文件不是 UTF-8 编码（第 {error.start + 1} 个字节），请另存为 UTF-8。"
        )


def read_source(text: str, path: str) -> Source:
    """The entries of a library file's text, cleaned, with faults for what is no TOML, no entry or of a newer version."""
    lines = text.replace("\r\n", "\n").split("\n")
    blocks = tuple(_blocks(lines))
    try:
        document = tomllib.loads("\n".join(lines))
    except _UNREADABLE as error:
        return _block_by_block(blocks, path, error)
    head, faults = blocks[0], list(_document_faults(document, path))
    tables = document.get("entry", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        faults.append(Fault(path, 1, "", ERROR, "toml", "每条指标要写成一个 [[entry]] 表。"))
        tables = []
    if len(tables) == len(blocks) - 1:
        placed = tuple(_placed(table, block) for table, block in zip(tables, blocks[1:], strict=True))
    else:
        placed = tuple(Placed(_cleaned(table), 1) for table in tables)
    return Source(placed, tuple(faults), _comments(head.text))


def _document_faults(document: Mapping[str, Any], path: str) -> Iterator[Fault]:
    version = document.get("schema_version")
    if version is not None and (not isinstance(version, int) or version > SCHEMA_VERSION):
        message = f"schema_version 是 {version}，本程序只认识到 {SCHEMA_VERSION}；请升级程序，或改回 {SCHEMA_VERSION}。"
        yield Fault(path, 1, "", ERROR, "version", message)
    for key in document.keys() - {"schema_version", "entry"}:
        message = f"文件里不认识“{one_line(key)}”，只有 schema_version 和 [[entry]]；检查是不是漏写了 [[entry]]。"
        yield Fault(path, 1, "", ERROR, "unknown-key", message)


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """The lines before the first [[entry]], then each entry's; headers inside multi-line strings do not count."""
    start, closing, lead = 0, "", 0
    for number, line in enumerate(lines):
        if not closing and _HEADER.match(line):
            above = number
            while above > start + 1 and lines[above - 1].startswith("#"):
                above -= 1
            yield _Block(start + 1, "\n".join(lines[start:above]), tuple(lines[lead:start]))
            start, lead = number, above
        for mark in _MULTI.findall(line if closing else line.partition("#")[0]):
            closing = "" if mark == closing else closing or mark
    yield _Block(start + 1, "\n".join(lines[start:]), tuple(lines[lead:start]))


def _placed(table: dict[str, Any], block: _Block) -> Placed:
    found: dict[str, int] = {}
    for offset, line in enumerate(block.text.split("\n")):
        if match := _KEY.match(line):
            found.setdefault(match[1], block.line + offset)
    inner = (line.strip() for line in block.text.split("\n") if line.lstrip().startswith("#"))
    return Placed(_cleaned(table), block.line, found, (*block.lead, *inner))


def _cleaned(table: dict[str, Any]) -> dict[str, Any]:
    return {one_line(key): _clean_value(value) for key, value in table.items()}


def _clean_value(value: Any) -> Any:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return [one_line(item) if isinstance(item, str) else item for item in value]
    return value


def _comments(text: str) -> str:
    return "".join(f"{line}\n" for line in text.split("\n") if line.lstrip().startswith("#"))


def _block_by_block(blocks: tuple[_Block, ...], path: str, error: Exception) -> Source:
    """The entries that are sound each on its own, so that one slip does not hide what is wrong elsewhere."""
    placed: list[Placed] = []
    faults: list[Fault] = []
    for block in blocks:
        try:
            document = tomllib.loads(block.text)
        except _UNREADABLE as broken:
            faults.append(_syntax_fault(path, block, broken))
            continue
        faults.extend(_document_faults(document, path))
        placed.extend(_placed(table, block) for table in document.get("entry", []))
    if not faults:
        faults.append(_syntax_fault(path, _Block(1, ""), error))
    return Source(tuple(placed), tuple(faults))


def _syntax_fault(path: str, block: _Block, error: Exception) -> Fault:
    found = _AT_LINE.search(str(error))
    line = block.line + int(found[1]) - 1 if found else block.line
    reason = _AT_LINE.sub("", str(error)).strip()
    identity = re.search(r'^\s*id\s*=\s*"([^"\n]*)"', block.text, re.MULTILINE)
    message = f"TOML 写法有误（{_reason(reason)}）；检查引号是否成对、方括号是否闭合、每行是不是“键 = 值”。"
    return Fault(path, line, one_line(identity[1]) if identity else "", ERROR, "toml", message)


_REASONS = (
    ("Unterminated string", "引号没有闭合"),
    ("Illegal character", "有不能用的字符，多半是引号没有闭合或用了中文引号"),
    ("Unclosed array", "数组的方括号没有闭合"),
    ("Cannot overwrite", "同一个键写了两次"),
    ("Invalid value", "值没有加引号或写法不对"),
    ("Invalid statement", "这一行看不懂"),
    ("Invalid initial character", "键名只能用英文小写字母和下划线"),
    ("Expected '='", "键名后面缺少等号"),
    ("Expected newline", "一行只能写一个键"),
    ("Unescaped '\\'", "反斜杠要写成 \\\\"),
    ("integer string conversion", "数字太长"),
    ("recursion", "嵌套太深"),
    ("TOML key has more", "键名的层次太多"),
)


def _reason(message: str) -> str:
    return next((chinese for start, chinese in _REASONS if start in message), message)


def unknown_key_hint(key: str) -> str:
    """What an unknown key may have been meant to be, "" where nothing is near."""
    near = [name for name in FIELDS if name.startswith(key[:4]) or key.startswith(name[:4])]
    return f"，是不是 {near[0]}？" if near else ""
