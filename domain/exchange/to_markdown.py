"""The form as Markdown: a table for the head, a heading and paragraphs for each narrative, a table for the indicators."""

from __future__ import annotations

import re

from domain.changes import Record
from domain.exchange import values
from domain.exchange.form import FRAMEWORK_LABEL
from domain.exchange.heads import HEADER
from domain.exchange.sheet import caption, framework_cell, lines, title, year_line
from domain.fields import Kind
from domain.model import FRAMEWORK, layout

_SPECIAL = re.compile(r"([\\`*_|~#]|\](?=[\[(:]))")
_AT_START = re.compile(r"^( *)([-+>=:]|\d+[.)])", re.MULTILINE)


def write(record: Record) -> bytes:
    """The record's declaration as UTF-8 Markdown."""
    declaration = record.declaration
    found = [f"# {title(declaration)}", "", year_line(declaration), "", _row(["", "", "", ""]), _row(["---"] * 4)]
    texts: list[str] = []
    for row in layout()[1:]:
        cells: list[str] = []
        for one in row:
            value = values.written(one, declaration.get(one.path), lines=one.spec.kind is Kind.LONG)
            if one.spec.kind is Kind.LONG:
                texts += [f"## {_escaped(caption(one))}", "", *_paragraphs(value)]
            else:
                cells += [f"**{_escaped(caption(one))}**", _cell(value)]
        if cells:
            found.append(_row([*cells, "", ""][:4]))
    if declaration.framework != FRAMEWORK:
        found.append(_row([f"**{FRAMEWORK_LABEL}**", _cell(framework_cell(declaration)), "", ""]))
    found += ["", *texts, _row(list(HEADER)), _row(["---"] * len(HEADER))]
    found += [_row([_cell(cell) for cell in line.cells]) for line in lines(declaration)]
    return ("\n".join(found) + "\n").encode()


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;").replace("<", "&lt;"))


def _cell(text: str) -> str:
    return _escaped(text).replace("\n", "<br>")


def _paragraphs(value: str) -> list[str]:
    """The paragraphs with a blank line after each; an empty paragraph is a non-breaking space."""
    found: list[str] = []
    for line in value.split("\n") if value else []:
        start = _AT_START.sub(lambda match: f"{match[1]}{_start(match[2])}", _escaped(line))
        found += [start or "&nbsp;", ""]
    return found


def _start(sign: str) -> str:
    return f"{sign[:-1]}\\{sign[-1]}" if sign[0].isdigit() else f"\\{sign}"
