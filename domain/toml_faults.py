"""Where a TOML file written by hand goes wrong, in words for the one who wrote it (手改的文件哪里写错了). Pure."""

from __future__ import annotations

import re

from domain.text import brief

SHOWN_CHARS = 30
"""Characters of a line that are shown."""
_AT = r"line (\d+), column (\d+)"
_WIDE_QUOTES = "“”‘’＂"
_CAUSES = (
    ("Invalid statement", r"<<<<<<<|=======|>>>>>>>", "是 git 合并留下的标记：两边留一边，三行标记都删掉"),
    ("Invalid statement", r"[【［〔]", "表名的方括号要用半角的 [ ]"),
    ("Invalid statement", r"//|--|；", "注释要以 # 开头"),
    ("Invalid statement", r"[^\x00-\x7f][^=]*=", "等号左边的键照程序写出的样子用英文；中文的要加半角引号"),
    ("Invalid statement", r"[^\x00-\x7f]", '这一行不在引号里；多行文字以 """ 开头和结尾，看看上面少了哪一处'),
    ("Cannot", r"\[\[", "前面有一处少写了一层：每一处都要两层方括号 [[ ]]"),
    ("Cannot", r"\[indicators\]", "每条指标都要写成 [[indicators]]，两层方括号"),
    ("Cannot overwrite", r"(?P<what>.*?)\s*(?:=|$)", "“{what}”写了两遍，只留一处"),
    ("Cannot declare", r"(?P<what>.*)", "“{what}”前面已经有了，合成一处"),
    ("", rf"[^=]*=\s*[{_WIDE_QUOTES}]", '引号要用半角的 "'),
    (r"Unescaped '\\'", "", r"反斜杠要写两个：\\"),
    (r"Illegal character '\\n'|Unterminated", "", "引号没有成对"),
    ("Illegal character", "", "有看不见的控制字符，删掉它"),
    ("Unclosed array", "", "方括号没有关上"),
    ("Unclosed inline table", "", "花括号没有关上，或者里面少了逗号"),
    ("declaration", "", "表名的方括号没有关上"),
    ("Expected '='", "", "项目名和值之间要有一个半角的 ="),
    ("Invalid value", "", '文字要放在半角引号里，如 "…"；是、否写成 true、false'),
    ("Expected newline", r"[^=]+=\s*0\d+\s*$", "0 开头的号码要放在半角引号里"),
    ("Expected newline", r"[^=]+=\s*\d{4}[-./]\d", "日期写成 2020-01-01，月、日各两位"),
    ("Expected newline", r"[^=]+=\s*[\d,，.]+\s*(?:万元|元|万)?\s*$", "数只写数字，不带逗号和单位"),
    ("Expected newline", "", "一行一项，后面不要有别的；文字要放在半角引号里"),
)
"""What tomllib says, how the line begins, and what a person has to do about it; the first that fits."""


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
    for said, begins, cause in _CAUSES:
        if re.search(said, problem) and (found := re.match(begins, line.strip())):
            named = {name: brief(text, SHOWN_CHARS) for name, text in found.groupdict().items()}
            return cause.format(**named) if named else cause
    return ""


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
