"""Which format a file is, by its content first and its name only where the content leaves it open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from domain.exchange import (
    archive,
    decoding,
    from_csv,
    from_document,
    from_docx,
    from_html,
    from_markdown,
    from_xlsx,
    misplaced,
    page_text,
)
from domain.exchange.oddities import Oddity
from domain.exchange.types import Imported, ImportProblem

_FOREIGN = (
    (
        b"\xd0\xcf\x11\xe0",
        "这是旧版 Office 或 WPS 文件（.xls、.doc、.et、.wps）。请打开后另存为 .xlsx 或 .docx 再导入。",
    ),
    (b"%PDF", "PDF 只有版面、没有栏目，读不准。请打开后复制全文存成 txt，或找到它的 Word、Excel 原件再导入。"),
    (b"\x89PNG", "这是图片，程序不认图里的字。请找到表格的原件，或把文字录入后再导入。"),
    (b"\xff\xd8\xff", "这是图片，程序不认图里的字。请找到表格的原件，或把文字录入后再导入。"),
    (b"GIF8", "这是图片，程序不认图里的字。请找到表格的原件，或把文字录入后再导入。"),
    (b"Rar!", "这是压缩包，请先解压，再导入里面的文件。"),
    (b"7z\xbc\xaf", "这是压缩包，请先解压，再导入里面的文件。"),
    (b"\x1f\x8b", "这是压缩包，请先解压，再导入里面的文件。"),
    (b"{\\rtf", "这是 RTF 文件。请用 Word 或 WPS 打开后另存为 .docx 再导入。"),
)
_NOTHING = (
    "在文件里没有认出填报表：没有“项目名称”“项目概况”等栏目，也没有“三级指标”的表头。"
    "请确认选对了文件；也可以把网页上的表格全选、复制，存成 txt 再导入。"
)


def read(data: bytes, name: str = "") -> tuple[Imported, ...]:
    """Every form in a file; raises ImportProblem."""
    if not data.strip(b"\0 \t\r\n"):
        raise ImportProblem("文件是空的。请确认选对了文件。")
    for magic, message in _FOREIGN:
        if data.startswith(magic):
            raise ImportProblem(message)
    if data.startswith(b"PK"):
        forms = _office(data)
        oddities: tuple[Oddity, ...] = ()
    else:
        text = decoding.decode(data)
        forms, oddities = _reader(text.text, name)(data, text.text), text.oddities
    if not forms:
        raise ImportProblem(_NOTHING)
    doubts = misplaced.doubts([form.record.declaration for form in forms])
    return tuple(
        replace(form, oddities=(*oddities, *form.oddities, *more)) for form, more in zip(forms, doubts, strict=True)
    )


def _office(data: bytes) -> tuple[Imported, ...]:
    names = set(archive.opened(data, "文件").namelist())
    if any(name.startswith("word/") for name in names):
        return from_docx.read(data)
    if any(name.startswith("xl/") for name in names):
        return from_xlsx.read(data)
    if "content.xml" in names:
        raise ImportProblem("这是 OpenDocument 文件（.odt、.ods）。请打开后另存为 .docx 或 .xlsx 再导入。")
    raise ImportProblem("这是压缩包，请先解压，再导入里面的文件。")


_Reader = Callable[[bytes, str], tuple[Imported, ...]]


def _reader(text: str, name: str) -> _Reader:
    suffix = PurePath(name).suffix.lower()
    if from_document.looks_like_json(text):
        return lambda _, content: from_document.read_json(content)
    if from_document.looks_like_toml(text) or suffix == ".toml":
        return lambda _, content: from_document.read_toml(content)
    if from_html.looks_like_archive(text):
        return lambda data, _: from_html.read_archive(data)
    if from_html.looks_like(text):
        return lambda _, content: from_html.read(content)
    if from_markdown.looks_like(text):
        return lambda _, content: from_markdown.read(content)
    if "\t" not in text and ((sign := from_csv.separator(text)) or suffix == ".csv"):
        return lambda _, content: from_csv.read(content, sign)
    return lambda _, content: page_text.read(content)
