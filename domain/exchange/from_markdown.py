"""Markdown: pipe tables as rows of cells, a heading with its paragraphs as a label with its text."""

from __future__ import annotations

import html
import re

from domain.exchange.draft import bare_year, title
from domain.exchange.form import understand
from domain.exchange.labels import own_matcher
from domain.exchange.types import Imported, Row

_RULE = re.compile(r"\s*\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?\s*")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def looks_like(text: str) -> bool:
    """Whether a text is Markdown with a pipe table."""
    return any(_is_rule(line) for line in text.split("\n"))


def _is_rule(line: str) -> bool:
    return "|" in line and "-" in line and not line.strip(" |:-\r\t") and _RULE.fullmatch(line[:2000]) is not None


def read(text: str) -> tuple[Imported, ...]:
    """The forms in a Markdown text."""
    return understand(rows(text))


def rows(text: str) -> list[Row]:
    """Tables, headings and paragraphs as rows."""
    found: list[Row] = []
    texts: list[str] = []
    label = ""

    def close() -> None:
        nonlocal label
        if label:
            found.append(Row((label, "\n".join(texts)), place, grid=True))
        else:
            found.extend(Row((line,), place) for line in texts)
        label = ""
        texts.clear()

    place = "第1行"
    for number, line in enumerate(re.split("\r\n|[\n\r]", text), 1):
        heading = _HEADING.fullmatch(line)
        if heading or line.lstrip().startswith("|"):
            close()
        place = f"第{number}行"
        if heading:
            words = _plain(heading[2])
            if title(words) is not None or bare_year(words) is not None:
                found.append(Row((f"{heading[1]} {words}",), place))
            else:
                label = words if own_matcher().whole(words, known=True) else f"{words.rstrip('：:')}："
        elif line.lstrip().startswith("|"):
            if not _is_rule(line):
                found.append(Row(tuple(_cells(line)), place, grid=True))
        elif line.strip():
            texts.append(_plain(line))
    close()
    return found


def _cells(line: str) -> list[str]:
    bare = line.strip().removeprefix("|")
    pieces = re.split(r"(?<!\\)((?:\\\\)*)\|", bare)
    cells = ["".join(pieces[index : index + 2]) for index in range(0, len(pieces), 2)]
    if not cells[-1].strip():
        cells.pop()
    return [_plain(cell.strip(" ")) for cell in cells]


def _plain(text: str) -> str:
    """The text without emphasis, escapes and entities; `<br>` becomes a line break, `&nbsp;` alone an empty line."""
    text = re.sub(r"<br\s*/?>", "\n", text)
    hidden = _ESCAPE.sub(lambda match: f"\ue000{ord(match[1]):03d}", text)
    hidden = re.sub(r"\*\*(.+?)\*\*", r"\1", hidden)
    shown = re.sub("\ue000(\\d{3})", lambda match: chr(int(match[1])), hidden)
    return html.unescape(shown).replace("\xa0", " ") if shown != "&nbsp;" else ""
