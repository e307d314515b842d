"""The form as plain text lines for a terminal of a given width: labels and values, and the indicator table aligned."""

from __future__ import annotations

from collections.abc import Iterator

from domain.answers import shown
from domain.changes import Record
from domain.exchange.heads import HEADER
from domain.exchange.sheet import title
from domain.fields import Field, Kind
from domain.framework import framework
from domain.model import Declaration, Indicator, layout
from domain.textwidth import pad, text_width, wrap

GAP = 2
"""Cells between two columns."""


def lines(record: Record, width: int = 80, *, empty: str = "（未填）") -> list[str]:
    """The whole form; `empty` stands where a field has no answer."""
    declaration = record.declaration
    width = max(width, 20)
    found = [*(_centred(line, width) for line in wrap(title(declaration), width)), ""]
    for row in layout():
        found.extend(_row(row, declaration, width, empty))
    return [*found, "", *table(declaration, width, empty=empty)]


def _centred(text: str, width: int) -> str:
    return " " * max(0, (width - text_width(text)) // 2) + text


def _row(row: tuple[Field, ...], declaration: Declaration, width: int, empty: str) -> list[str]:
    parts = [_pair(one, declaration, empty) for one in row]
    half = (width - GAP) // 2
    if len(parts) == 2 and all(text_width(f"{label}：{value}") <= half for label, value in parts):
        left, right = (f"{label}：{value}" for label, value in parts)
        return [f"{pad(left, half + GAP)}{right}"]
    return [
        line for one, (label, value) in zip(row, parts, strict=True) for line in _labelled(one, label, value, width)
    ]


def _pair(one: Field, declaration: Declaration, empty: str) -> tuple[str, str]:
    return one.spec.label + ("*" if one.spec.required else ""), shown(declaration.get(one.path)).strip("\n") or empty


def _labelled(one: Field, label: str, value: str, width: int) -> list[str]:
    head = f"{label}："
    indent = 2 if one.spec.kind is Kind.LONG or text_width(head) > width // 2 else text_width(head)
    if text_width(head) + text_width(value) <= width and "\n" not in value:
        return [head + value]
    body = [" " * indent + line for line in wrap(value, width - indent)]
    return [*wrap(head, width), *body] if indent == 2 else [head + body[0].lstrip(" "), *body[1:]]


def table(declaration: Declaration, width: int = 80, *, empty: str = "（未填）") -> list[str]:
    """The indicator table with aligned columns, every slot of the framework in it; level names are not repeated."""
    rows = [HEADER, *_rows(declaration, empty)]
    widths = _widths(rows, width)
    found: list[str] = []
    for number, row in enumerate(rows):
        columns = [wrap(text, size) for text, size in zip(row, widths, strict=True)]
        for line in range(max(map(len, columns))):
            texts = [column[line] if line < len(column) else "" for column in columns]
            found.append((" " * GAP).join(pad(text, size) for text, size in zip(texts, widths, strict=True)).rstrip())
        if number == 0:
            found.append((" " * GAP).join("-" * size for size in widths))
    return found


def _rows(declaration: Declaration, empty: str) -> Iterator[tuple[str, str, str, str]]:
    above: tuple[str, str] = ("", "")
    for row in _with_empty_slots(declaration):
        level1 = "" if row.level1 == above[0] else row.level1
        level2 = "" if row.slot == above else row.level2
        above = row.slot
        yield (level1, level2, row.name or (empty if not row.target else ""), row.target)


def _with_empty_slots(declaration: Declaration) -> Iterator[Indicator]:
    try:
        keys = [slot.key for slot in framework(declaration.framework).slots]
    except KeyError:
        keys = []
    used = {row.slot for row in declaration.indicators}
    for key in keys:
        yield from (row for _, row in declaration.rows(key)) if key in used else (Indicator(*key),)
    yield from (row for row in declaration.indicators if row.slot not in keys)


def _widths(rows: list[tuple[str, str, str, str]], width: int) -> list[int]:
    """Column widths that fit: each what it needs, the indicator's name giving way first, then the others."""
    need = [max(2, max(text_width(row[column]) for row in rows)) for column in range(4)]
    room = width - GAP * 3
    order, least = (2, 3, 0, 1), (16, 10, 8, 8)
    for floor in (dict(zip(order, least, strict=True)), dict.fromkeys(order, 2)):
        for column in order:
            if sum(need) > room:
                need[column] = max(min(need[column], floor[column]), need[column] - (sum(need) - room))
    return need
