"""The formats that can be read, for menus and help; which one a file is, sniff.py finds out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Importer:
    """A format that can be read: how it is called and the suffixes it usually has."""

    id: str
    label: str
    suffixes: tuple[str, ...]


IMPORTERS = (
    Importer("text", "网页文字", (".txt", ".tsv")),
    Importer("markdown", "Markdown", (".md", ".markdown")),
    Importer("html", "网页", (".html", ".htm", ".mht", ".mhtml")),
    Importer("xlsx", "Excel 工作簿", (".xlsx", ".xlsm")),
    Importer("docx", "Word 文档", (".docx",)),
    Importer("csv", "csv 表格", (".csv",)),
    Importer("json", "JSON", (".json",)),
    Importer("toml", "记录文件", (".toml",)),
)
"""What can be read; the content decides, not the suffix."""
