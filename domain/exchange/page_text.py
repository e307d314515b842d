"""Page text as copied (网页文字): tabs kept or lost, one field a line or several, one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.exchange.form import understand
from domain.exchange.heads import HEADER
from domain.exchange.labels import own_matcher
from domain.exchange.types import Imported, Row

_LINE_END = re.compile("\r\n|[\n\r\v\f\u0085\u2028\u2029]")


def read(text: str) -> tuple[Imported, ...]:
    """The forms in a text."""
    return understand(rows(text))


_HEADER = re.compile(r"一级指标\s*二级指标\s*三级指标(?:名称)?\s*(?:年度)?(?:目标值|指标值)")
_TABBED_HEADER = re.compile(r"\s*一级指标\t二级指标\t三级指标\t(?:年度)?目标值[^\S\t]+(\S.*)")
"""The table's head with the first row on the same line, as where a line break was lost."""
_BREAK = re.compile(
    r"((?:#+\s*)?(?:\d{4}\s*年度?)?(?:部门|财政)?项目支出(?:预算)?绩效目标(?:下达|申报)表|年份\s*[（(]\s*\d{4}\s*[）)]|^\s*#+\s*\d{4}(?=\s+#))"
)


_QUOTED = re.compile(r'(?:(?<=\t)|^)"((?:[^"]|""){1,20000})"(?=\t|\r?$)', re.MULTILINE)
"""A cell of several lines as a spreadsheet copies it: in quotes, its own quotes doubled."""


def _unquoted(match: re.Match[str]) -> str:
    """The cell with `<br/>` for its line breaks; one that holds neither breaks nor doubled quotes is left as it is."""
    inside = match[1]
    if "\n" not in inside and '""' not in inside:
        return match[0]
    return re.sub(r"\r?\n", "<br/>", inside.replace('""', '"'))


def rows(text: str) -> list[Row]:
    """The lines as rows of cells divided by tabs; a line that holds title, fields and table at once is taken apart."""
    bare = (
        _QUOTED.sub(_unquoted, text.removeprefix("\ufeff"))
        if '"' in text and "\t" in text
        else text.removeprefix("\ufeff")
    )
    lines = _ruled(_LINE_END.split(bare)) if "\t" not in bare else _LINE_END.split(bare)
    found: list[Row] = []
    for number, line in enumerate(lines, 1):
        place = f"第{number}行"
        if head := _TABBED_HEADER.match(line):
            found += [Row(HEADER, place), Row(tuple(head[1].split("\t")), place)]
        elif "\t" in line:
            found.append(Row(tuple(line.split("\t")), place))
        else:
            found.extend(_untabbed(line, place))
    return found


_BARS = "│┃║｜|"
_RULE = re.compile(r"[\s│┃║｜|+\-=_─━═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝]+")
_LEAST_RULED = 3
"""Lines with a bar from which a text is taken for a table drawn with lines."""


def _ruled(lines: list[str]) -> list[str]:
    """The lines of a table drawn with lines (│ or |) as cells divided by tabs; others as they are."""
    bar = max(_BARS, key=lambda sign: sum(sign in line for line in lines))
    barred = [line.strip() for line in lines if bar in line and not _RULE.fullmatch(line)]
    if len(barred) < _LEAST_RULED:
        return lines
    framed = all(line.startswith(bar) and line.endswith(bar) for line in barred if line.count(bar) > 1)
    found = []
    for line in lines:
        if bar not in line:
            found.append("" if line.strip() and _RULE.fullmatch(line) else line)
        elif _RULE.fullmatch(line):
            found.append("")
        else:
            cells = line.strip()[1:-1] if framed and line.count(bar) > 1 else line.strip()
            found.append("\t".join(cell.strip() for cell in cells.split(bar)))
    return found


_SPACED_LABEL = re.compile(r"(?<![一-鿿])[一-鿿](?:[ \u3000]{1,4}[一-鿿]){1,9}(?=\s*[*＊]?\s*[:：])")


def _closed_up(match: re.Match[str]) -> str:
    """A label written with spaces between its characters (年 度：) without them; another text as it is."""
    joined = re.sub(r"\s", "", match[0])
    return joined if own_matcher().whole(joined, known=True) else match[0]


def _untabbed(line: str, place: str) -> Iterator[Row]:
    line = _SPACED_LABEL.sub(_closed_up, line)
    head = _HEADER.search(line)
    if not head and not _several(line):
        yield Row((line,), place)
        return
    for piece in _BREAK.split(line):
        before, *after = _HEADER.split(piece)
        if before.strip() or piece == line:
            yield Row((before,), place)
        for words in after:
            if words.strip():
                yield Row((HEADER[0],), place)
                yield from (Row((word,), place) for word in words.split())
            else:
                yield Row(HEADER, place)


def _several(line: str) -> bool:
    """Whether a line holds a title or year line and more, as where line breaks were lost."""
    return any(match[0].strip() != line.strip() for match in _BREAK.finditer(line)) and len(line) > 60
