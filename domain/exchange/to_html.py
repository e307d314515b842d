"""A layout as one self-contained HTML page that prints on A4."""

from __future__ import annotations

import html
import re

from domain.changes import Record
from domain.exchange.sheet import Cell, Role, Sheet, seed

_STYLE = """\
@page { size: A4; margin: 16mm 14mm; }
body { font: 10.5pt/1.5 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; color: #000; background: #fff;
  max-width: 190mm; margin: 0 auto; padding: 8mm 0; }
h1 { font-size: 16pt; text-align: center; margin: 0 0 2mm; }
p.note { text-align: center; margin: 0 0 4mm; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
td, th { border: 0.6pt solid #000; padding: 1.2mm 1.8mm; vertical-align: middle; white-space: pre-wrap;
  overflow-wrap: anywhere; font-weight: normal; text-align: left; }
th { background: #f2f2f2; text-align: center; }
td.level { text-align: center; }
td.money { text-align: right; }
td.long { vertical-align: top; text-align: justify; }
td p { margin: 0 0 1mm; white-space: pre-wrap; }
tr { break-inside: avoid; }
tr.long { break-inside: auto; }
h2 { font-size: 12pt; margin: 5mm 0 1mm; }
section p { margin: 0 0 1mm; text-indent: 2em; white-space: pre-wrap; }
@media print { body { max-width: none; padding: 0; } th { background: none; } }"""


def write(record: Record) -> bytes:
    """The record's declaration in the form's own layout as UTF-8 HTML."""
    return page(seed(record))


def page(sheet: Sheet) -> bytes:
    """Any layout as a page."""
    title = html.escape(sheet.title)
    total = sum(sheet.widths)
    columns = "".join(f'<col style="width:{width * 100 / total:.1f}%">' for width in sheet.widths)
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>\n{_STYLE}\n</style></head><body>",
        f'<h1>{title}</h1>\n<p class="note">{html.escape(sheet.note)}</p>',
        f"<table><colgroup>{columns}</colgroup>",
        *(_row(row) for row in sheet.rows),
        "</table>",
        *(f"<section><h2>{html.escape(heading)}</h2>{_paragraphs(text)}</section>" for heading, text in sheet.sections),
        "</body></html>",
    ]
    return ("\n".join(parts) + "\n").encode()


def _row(cells: tuple[Cell, ...]) -> str:
    kind = ' class="long"' if any(cell.role is Role.LONG for cell in cells) else ""
    return f"<tr{kind}>{''.join(_cell(cell) for cell in cells)}</tr>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.role in (Role.LABEL, Role.HEAD) else "td"
    kind = f' class="{cell.role}"' if cell.role in (Role.LEVEL, Role.MONEY, Role.LONG) else ""
    spans = (f' colspan="{cell.cols}"' if cell.cols > 1 else "") + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")
    text = _paragraphs(cell.text) if "\n" in cell.text else _text(cell.text)
    return f"<{tag}{kind}{spans}>{text}</{tag}>"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_text(line)}</p>" for line in text.split("\n"))


def _text(text: str) -> str:
    """Escaped, with runs of spaces kept by non-breaking ones, which every reader keeps."""
    return re.sub(r" (?= )|^ | $", "&nbsp;", html.escape(text, quote=False))
