"""Word documents (docx): paragraphs as lines, tables as rows of cells, merged cells blank but for their first."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from domain.changes import Record
from domain.exchange import archive
from domain.exchange.form import understand
from domain.exchange.limits import DOCUMENT_ROWS
from domain.exchange.oddities import Oddity, OddityKind
from domain.exchange.types import UNPLACED, Imported, ImportProblem, Row

MISSING = (
    "要读 Word 文件，需要先安装办公文件组件：pip install 'tianbiao[office]'（或 python-docx）。"
    "也可以复制全文存成 txt 再导入。"
)
ACCEPTED = "文件里有修订痕迹，按接受全部修订后的文字读"
_WHAT = "Word 文件"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sdtPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read(data: bytes) -> tuple[Imported, ...]:
    """The forms in a document; raises ImportProblem."""
    archive.opened(data, _WHAT)
    try:
        import docx
    except ImportError as error:
        raise ImportProblem(MISSING) from error
    try:
        document = docx.Document(io.BytesIO(data))
        root: Any = document.element
        body = root.body
    except Exception as error:  # python-docx raises whatever its parts meet in a broken file
        raise ImportProblem(
            f"{_WHAT}的内容不合规范，读不了（{type(error).__name__}）。请用 Word 或 WPS 打开后另存为 .docx 再导入。"
        ) from error
    reader = _Reader()
    reader.blocks(body)
    forms = understand(reader.rows)
    changed = (Oddity(OddityKind.UNCERTAIN, ACCEPTED),) if body.find(f".//{_W}del") is not None else ()
    return _with_margins(forms, list(_margins(document)), changed)


def _margins(document: Any) -> Iterator[str]:
    """Texts of headers and footers."""
    seen: set[str] = set()
    for section in document.sections:
        for part in (section.header, section.footer):
            text = (
                "" if part.is_linked_to_previous else "\n".join(paragraph.text for paragraph in part.paragraphs).strip()
            )
            if text and text not in seen:
                seen.add(text)
                yield f"页眉页脚：{text}"


def _with_margins(
    forms: tuple[Imported, ...], margins: list[str], oddities: tuple[Oddity, ...]
) -> tuple[Imported, ...]:
    if not forms or not (margins or oddities):
        return forms
    first, *others = forms
    unplaced = (*first.unplaced, *margins)
    extra = {**first.record.extra, UNPLACED: {"text": list(unplaced)}} if unplaced else first.record.extra
    record = Record(first.record.declaration, first.record.meta, extra)
    return (Imported(record, (*first.oddities, *oddities), unplaced), *others)


class _Reader:
    """Walks the document's XML, content controls, text boxes and nested tables included."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.tables = 0

    def blocks(self, parent: Any) -> None:
        """Paragraphs and tables of a body or of a container, in order."""
        for child in parent.iterchildren():
            if child.tag == f"{_W}p":
                self._lines(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag in (
                f"{_W}sdt",
                f"{_W}sdtContent",
                f"{_W}ins",
                f"{_W}moveTo",
                f"{_W}customXml",
                f"{_W}smartTag",
            ):
                self.blocks(child)

    def _lines(self, paragraph: Any) -> None:
        number = len(self.rows) + 1
        for line in _text(paragraph).split("\n"):
            self._add(Row(tuple(line.split("\t")), f"第{number}段"))
        for box in paragraph.iter(f"{_W}txbxContent"):
            if next(box.iterancestors(_FALLBACK), None) is None:
                self.blocks(box)

    def _table(self, table: Any) -> None:
        self.tables += 1
        number = self.tables
        for index, row in enumerate(table.iterchildren(f"{_W}tr", f"{_W}sdt", f"{_W}ins"), 1):
            for tr in [row] if row.tag == f"{_W}tr" else row.iter(f"{_W}tr"):
                nested: list[Any] = []
                self._add(Row(tuple(_row(tr, nested)), f"第{number}个表第{index}行", grid=True))
                for inner in nested:
                    self._table(inner)

    def _add(self, row: Row) -> None:
        if len(self.rows) >= DOCUMENT_ROWS:
            raise ImportProblem(f"{_WHAT}超过 {DOCUMENT_ROWS} 行，不像填报表。请只留下表格部分再导入。")
        self.rows.append(row)


def _row(row: Any, nested: list[Any]) -> Iterator[str]:
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    yield from [""] * _number(before, 0)
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not row:
            continue
        span = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
        yield "" if goes_on else _cell(cell, nested)
        yield from [""] * (span - 1)


def _number(element: Any, default: int) -> int:
    text = element.get(f"{_W}val", "") if element is not None else ""
    return min(max(int(text), 0), 100) if text.isdigit() else default


def _cell(cell: Any, nested: list[Any]) -> str:
    """The paragraphs of a cell as lines; tables inside it are handed on."""
    paragraphs = []
    for paragraph in cell.iter(f"{_W}p"):
        inner = next((table for table in paragraph.iterancestors(f"{_W}tbl") if cell in table.iterancestors()), None)
        if inner is not None:
            if inner not in nested:
                nested.append(inner)
        elif next(paragraph.iterancestors(_FALLBACK), None) is None:
            paragraphs.append(_text(paragraph))
    return "\n".join(paragraphs)


def _text(paragraph: Any) -> str:
    """The text of a paragraph with tabs and line breaks, without what a tracked change deleted."""
    found: list[str] = []

    def walk(element: Any) -> None:
        for child in element.iterchildren():
            if child.tag in _SKIPPED or child.tag in (_FALLBACK, f"{_W}txbxContent"):
                continue
            if child.tag == f"{_W}t":
                found.append(child.text or "")
            elif child.tag in (f"{_W}tab", f"{_W}ptab"):
                found.append("\t")
            elif child.tag in (f"{_W}br", f"{_W}cr"):
                found.append("\n")
            elif child.tag == f"{_W}noBreakHyphen":
                found.append("-")
            elif child.tag == f"{_W}sym":
                found.append(_symbol(child))
            else:
                walk(child)

    walk(paragraph)
    return "".join(found)


_TICKS = {"F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□", "F0A3": "□", "F050": "✓", "F0FC": "✓"}


def _symbol(element: Any) -> str:
    """A symbol of a picture font: ticked and empty boxes by their usual sign, others as �."""
    return _TICKS.get(element.get(f"{_W}char", "").upper(), "�")
