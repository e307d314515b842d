"""HTML as saved from the browser: tables (nested and merged ones too), blocks of text, and what was typed into input fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from domain.exchange import decoding
from domain.exchange.form import understand
from domain.exchange.limits import NESTED_TABLES, SPANNED, TEXT_ROWS
from domain.exchange.types import Imported, ImportProblem, Row

_SKIPPED = frozenset("script style head title noscript template svg".split())
_BLOCKS = frozenset(
    "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 form fieldset section article header footer main nav center hr "
    "blockquote pre legend address figure body".split()
)


def looks_like(text: str) -> bool:
    """Whether a text is an HTML page or a fragment with a table (not a form whose values hold `<p>`)."""
    start = text.lstrip("\ufeff \t\r\n")[:2000].lower()
    if re.match(r"<!doctype html|<html|<head|<body|<table|<\?xml[^>]*>\s*<(?:!doctype )?html", start):
        return True
    return start.startswith("<") and bool(re.search(r"</(?:td|tr|table|div|body|html)\s*>", text, re.IGNORECASE))


def looks_like_archive(text: str) -> bool:
    """Whether a text is a web page saved as one file (mht)."""
    return (
        bool(re.match(r"(?:From:|MIME-Version:|Subject:|Date:|Snapshot-)", text)) and "multipart/related" in text[:4000]
    )


def read(text: str) -> tuple[Imported, ...]:
    """The forms in a page."""
    return understand(rows(text))


def read_archive(data: bytes) -> tuple[Imported, ...]:
    """The forms in a page saved as mht; raises ImportProblem where it holds no page."""
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return read(decoding.decode(content).text)
    raise ImportProblem("这个 mht 文件里没有网页正文。请在浏览器里重新打开网页，另存为“网页，仅 HTML”再导入。")


def rows(text: str) -> list[Row]:
    """Table rows as rows of cells, other text as lines; raises ImportProblem for a page too deep or too long."""
    page = _Page()
    page.feed(text)
    page.close()
    page.finish()
    return page.rows


@dataclass
class _Table:
    """An open table: cells that reach down from above, and the row being built."""

    reach: dict[int, int] = field(default_factory=dict)
    """Column → further rows that a cell above covers."""
    cells: list[str] | None = None
    spans: tuple[int, int] = (1, 1)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self.tables: list[_Table] = []
        self.texts: list[list[str]] = [[]]
        """Text being collected: the page's own line, then one per open cell."""
        self.skipping = ""
        self.unticked = False
        self.in_textarea = False
        self.options: list[tuple[bool, str]] | None = None
        self.number = 0

    # -- parser callbacks --

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping:
            return
        given = {key: value or "" for key, value in attrs}
        if tag in _SKIPPED:
            self.skipping = tag
        elif tag == "table":
            self._open_table()
        elif tag == "tr":
            self._close_row()
            if self.tables:
                self.tables[-1].cells = []
        elif tag in ("td", "th"):
            self._open_cell(given)
        elif tag == "br":
            self._add("\x00")
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self.in_textarea = True
        elif tag == "select":
            self.options = []
        elif tag == "option" and self.options is not None:
            self.options.append(("selected" in given, ""))
        elif tag in _BLOCKS:
            self._add("\x01" if tag == "p" else "\x02")
        elif tag == "img" and given.get("alt"):
            self._add(given["alt"])

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            self.skipping = "" if tag == self.skipping else self.skipping
        elif tag in ("td", "th"):
            self._close_cell()
        elif tag == "tr":
            self._close_row()
        elif tag == "table":
            self._close_row()
            if self.tables:
                self.tables.pop()
        elif tag == "textarea":
            self.in_textarea = False
        elif tag == "select" and self.options is not None:
            chosen = [text for selected, text in self.options if selected] or [text for _, text in self.options[:1]]
            self.options = None
            self._add("".join(chosen))
        elif tag in _BLOCKS:
            self._add("\x03" if tag == "p" else "\x02")

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        if self.options is not None:
            if self.options:
                selected, text = self.options[-1]
                self.options[-1] = (selected, text + data)
        elif self.unticked:
            self.unticked = not data.strip()
        elif self.in_textarea:
            self._add(re.sub(r"\r\n?|\n", "\x00", data.strip("\r\n")))
        else:
            self._add(data)

    # -- tables --

    def _open_table(self) -> None:
        if len(self.tables) >= NESTED_TABLES:
            raise ImportProblem(
                f"网页的表格套了 {NESTED_TABLES} 层以上，不像正常网页。请只复制表格文字，存成 txt 再导入。"
            )
        if not self.tables or self.tables[-1].cells is None:
            self._flush()
        self.tables.append(_Table())

    def _open_cell(self, given: dict[str, str]) -> None:
        if not self.tables:
            return
        self._close_cell()
        table = self.tables[-1]
        if table.cells is None:
            table.cells = []
        self._covered(table)
        table.spans = (_span(given.get("rowspan")), _span(given.get("colspan")))
        self.texts.append([])

    def _covered(self, table: _Table) -> None:
        """Put blank cells where cells of the rows above reach down."""
        assert table.cells is not None
        while table.reach.get(len(table.cells), 0):
            table.reach[len(table.cells)] -= 1
            table.cells.append("")

    def _close_cell(self) -> None:
        table = self.tables[-1] if self.tables else None
        if table is None or table.cells is None or len(self.texts) <= self._depth(table):
            return
        down, right = table.spans
        text = "".join(self.texts.pop())
        for offset in range(right):
            table.reach[len(table.cells)] = down - 1
            table.cells.append(_lines(text) if offset == 0 else "")

    def _depth(self, table: _Table) -> int:
        """Open cells of the tables around this one, and the page's own line."""
        return sum(1 for other in self.tables if other is not table and other.cells is not None) + 1

    def _close_row(self) -> None:
        table = self.tables[-1] if self.tables else None
        if table is None or table.cells is None:
            return
        self._close_cell()
        while any(column >= len(table.cells) and left for column, left in table.reach.items()):
            if not table.reach.get(len(table.cells), 0):
                table.cells.append("")
            else:
                self._covered(table)
        self._emit(tuple(table.cells), grid=True)
        table.cells = None

    # -- text --

    def _add(self, text: str) -> None:
        self.texts[-1].append(text)
        if text == "\x02" and len(self.texts) == 1:
            self._flush()

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower()
        if kind in ("radio", "checkbox"):
            self.unticked = "checked" not in given
        elif kind not in ("hidden", "button", "submit", "reset", "image", "file", "password"):
            self._add(given.get("value", ""))

    def _flush(self) -> None:
        text = _lines("".join(self.texts[0]))
        self.texts[0].clear()
        for line in text.split("\n"):
            if line.strip():
                self._emit((line,), grid=False)

    def _emit(self, cells: tuple[str, ...], *, grid: bool) -> None:
        self.number += 1
        if self.number > TEXT_ROWS:
            raise ImportProblem(f"网页超过 {TEXT_ROWS} 行，不像填报表。请只复制表格部分，存成 txt 再导入。")
        self.rows.append(Row(cells, f"第{self.number}行", grid=grid))

    def finish(self) -> None:
        """Close what the page left open."""
        while self.tables:
            self._close_row()
            self.tables.pop()
        while len(self.texts) > 1:
            self.texts[0].extend(self.texts.pop(1))
        self._flush()


def _span(text: str | None) -> int:
    digits = re.match(r"\s*(\d{1,4})", text or "")
    return min(max(int(digits[1]), 1), SPANNED) if digits else 1


def _lines(raw: str) -> str:
    """Collected text as lines: source line breaks and runs of spaces are one space, blocks and breaks divide lines.

    Paragraphs (\\x01 … \\x03) count even when empty; other blocks (\\x02) only divide what stands on both sides.
    """
    text = re.sub(r"[ \t\r\n\f]+", " ", raw)
    found: list[str] = []
    for block in re.split("\x02+|\x03 ?(?=[^\x01\x02 ])", text.replace("\x03 \x01", "\x03\x01")):
        for paragraph in re.split("\x01", block):
            closed = "\x03" in paragraph
            for line in paragraph.replace("\x03", "").removesuffix("\x00").split("\x00"):
                bare = line.strip(" ")
                if bare or closed or "\x00" in paragraph:
                    found.append(bare.replace("\xa0", " "))
    while found and not found[0]:
        found.pop(0)
    while found and not found[-1]:
        found.pop()
    return "\n".join(found)
