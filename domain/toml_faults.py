"""Where a TOML file written by hand goes wrong, in words for the one who wrote it (手改的文件哪里写错了). Pure."""

from __future__ import annotations

import re

from domain.text import brief

SHOWN_CHARS = 30
"""Characters of a line that are shown."""
_AT = r"line (\d+), column (\d+)"
_WIDE_QUOTES = "“”‘’＂"
_CAUSES = (
    (r"Unescaped '\\'", r"反斜杠要写两个：\\"),
    (r"Illegal character '\\n'|Unterminated", "引号没有成对"),
    ("Illegal character", "有看不见的控制字符，删掉它"),
    ("Unclosed array", "方括号没有关上"),
    ("Unclosed inline table", "花括号没有关上"),
    ("table declaration", "表名的方括号没有关上"),
    ("Expected '='", "项目名和值之间要有一个半角的 ="),
    ("Invalid value", '文字要放在半角引号里，如 "…"；是、否写成 true、false'),
    ("Expected newline", "一行一项，后面不要有别的；文字要放在半角引号里，日期写成 2020-01-01"),
)
"""What tomllib says, and what a person has to do about it."""


def fault(text: str, problem: str) -> str:
    """What tomllib has against a text: the place, and the likely cause in brackets."""
    found = re.search(_AT, problem)
    if found is None:
        return "在文件末尾断开了" + (
            '（有一处引号没有成对，多行文字以 """ 开头和结尾）' if re.search("string|Expected", problem) else ""
        )
    row, column = int(found[1]), int(found[2])
    cause = _cause(text.split("\n")[row - 1], problem)
    return f"第 {row} 行第 {column} 列附近写错了" + (f"（{cause}）" if cause else "")


def _cause(line: str, problem: str) -> str:
    if problem.startswith("Cannot overwrite"):
        return f"“{brief(line.partition('=')[0], SHOWN_CHARS)}”写了两遍，只留一处"
    if problem.startswith("Cannot declare"):
        return f"“{brief(line, SHOWN_CHARS)}”前面已经有了，合成一处"
    if any(quote in line.partition("=")[2].strip()[:1] for quote in _WIDE_QUOTES):
        return '引号要用半角的 "'
    return next((cause for pattern, cause in _CAUSES if re.search(pattern, problem)), "")


def line_of(text: str, table: str, key: str = "", index: int = 0) -> int:
    """The line, from 1, on which a key of a table stands, else that of the table; 0 where neither is found.

    table "" is the top of the file; index says which of several [[tables]] of the name.
    """
    current, seen, found = "", -1, 0
    for number, row in enumerate(text.split("\n"), 1):
        bare = row.strip()
        if head := re.match(r"\[+\s*([^\]]+?)\s*\]", bare):
            current = head[1].strip("\"'")
            seen += current == (table or key)
            if seen == index and not found:
                found = number
        elif key and current == table and (seen == index or not table) and _key_of(bare) == key:
            return number
    return found


def _key_of(row: str) -> str:
    return row.partition("=")[0].strip().strip("\"'")
