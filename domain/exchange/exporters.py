"""The formats that a form can be written in, and what each of them cannot hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.changes import Record
from domain.exchange import national, rows_out, shanghai, to_docx, to_html, to_json, to_markdown, to_text, to_xlsx
from domain.exchange.types import UNPLACED, ExportProblem
from domain.fields import FieldPath
from domain.marks import EXPLAINED, WEIGHTS, beside
from domain.model import SECTIONS, Declaration, fields, is_empty
from domain.text import one_line

_ALL: frozenset[FieldPath] = frozenset(one.path for one in fields())
_NONE: frozenset[FieldPath] = frozenset()


def _nothing(record: Record) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Exporter:
    """One target: how it is called, its suffix, the function that writes it, and what it holds.

    lossless says that importing the file gives the same declaration; whole, that marks and additions are in it too. held
    are the fields that have a place, extra_losses what else is to be said. lacks says it in one line for a menu.
    """

    id: str
    label: str
    suffix: str
    write: Callable[[Record], bytes]
    lossless: bool = False
    whole: bool = False
    held: frozenset[FieldPath] = _ALL
    extra_losses: Callable[[Record], tuple[str, ...]] = _nothing
    lacks: str = ""
    weighed: bool = False
    """Whether it has columns for weights and explanations of indicators."""
    about: str = ""
    """What the file is, where it is not the form itself."""


_TO_NATIONAL = "没有投入与目标管理类指标的格子；类别、科目、填报人、上年数等不在表内"
_TO_SHANGHAI = "没有投入与目标管理类指标的格子；科目、填报人、上年数等不在表内"
_ROWS_ONLY = "只有指标行，没有项目信息、资金和文字"

EXPORTERS: tuple[Exporter, ...] = (
    Exporter("txt", "下达表文字（制表符分隔，可再导入）", ".txt", to_text.write, lossless=True),
    Exporter("md", "Markdown", ".md", to_markdown.write, lossless=True),
    Exporter("html", "网页（可打印）", ".html", to_html.write, lossless=True),
    Exporter("docx", "Word 下达表", ".docx", to_docx.write, lossless=True),
    Exporter("xlsx", "Excel 下达表", ".xlsx", to_xlsx.write, lossless=True),
    Exporter("csv", "指标行 csv", ".csv", rows_out.write_csv, held=_NONE, lacks=_ROWS_ONLY),
    Exporter("json", "JSON（整份记录）", ".json", to_json.write, lossless=True, whole=True),
    Exporter(
        "national", "全国 项目支出绩效目标申报表（Word）", ".docx", lambda record: to_docx.document(national.sheet(record)),
        held=national.HELD, extra_losses=national.losses, lacks=_TO_NATIONAL,
    ),
    Exporter(
        "national-xlsx", "全国 项目支出绩效目标申报表（Excel）", ".xlsx", lambda record: to_xlsx.workbook(national.sheet(record)),
        held=national.HELD, extra_losses=national.losses, lacks=_TO_NATIONAL,
    ),
    Exporter(
        "national-html", "全国 项目支出绩效目标申报表（网页）", ".html", lambda record: to_html.page(national.sheet(record)),
        held=national.HELD, extra_losses=national.losses, lacks=_TO_NATIONAL,
    ),
    Exporter(
        "shanghai", "上海 财政项目支出绩效目标申报表（Word）", ".docx", lambda record: to_docx.document(shanghai.sheet(record)),
        held=shanghai.HELD, extra_losses=shanghai.losses, lacks=_TO_SHANGHAI,
    ),
    Exporter(
        "shanghai-xlsx", "上海 财政项目支出绩效目标申报表（Excel）", ".xlsx", lambda record: to_xlsx.workbook(shanghai.sheet(record)),
        held=shanghai.HELD, extra_losses=shanghai.losses, lacks=_TO_SHANGHAI,
    ),
    Exporter(
        "shanghai-html", "上海 财政项目支出绩效目标申报表（网页）", ".html", lambda record: to_html.page(shanghai.sheet(record)),
        held=shanghai.HELD, extra_losses=shanghai.losses, lacks=_TO_SHANGHAI,
    ),
    Exporter(
        "import-table", "财政系统指标导入表（Excel）", ".xlsx", rows_out.write_import_xlsx,
        held=_NONE, extra_losses=rows_out.losses, lacks=_ROWS_ONLY, weighed=True,
    ),
    Exporter(
        "import-csv", "财政系统指标导入表（csv）", ".csv", rows_out.write_import_csv,
        held=_NONE, extra_losses=rows_out.losses, lacks=_ROWS_ONLY, weighed=True,
    ),
)  # fmt: skip
"""Every target in the order of the menu."""


def file_name(stem: str, target: Exporter, targets: Sequence[Exporter]) -> str:
    """The record's name with the format's suffix; a format that shares its suffix with an earlier one adds its id."""
    first = next(one for one in targets if one.suffix == target.suffix)
    return f"{stem}{target.suffix}" if first is target else f"{stem}-{target.id}{target.suffix}"


def exporter(identity: str, targets: Sequence[Exporter] = EXPORTERS) -> Exporter:
    """The target of this id; raises ExportProblem for an unknown one."""
    for one in targets:
        if one.id == identity:
            return one
    raise ExportProblem(f"没有“{one_line(identity)}”这种格式；tianbiao export --to list 看有哪些。")


def losses(record: Record, target: Exporter) -> tuple[str, ...]:
    """What of this record the target cannot hold, one Chinese line each; empty where everything is in it."""
    declaration = record.declaration
    found = [*_fields_lost(declaration, target), *target.extra_losses(record)]
    if not target.whole:
        found += _additions(record)
    if not (target.whole or target.weighed) and (beside(record, WEIGHTS) or beside(record, EXPLAINED)):
        found.append("各条指标的权重、指标解释不带过去，仍留在记录里")
    if target.suffix in (".docx", ".xlsx") and any(to_docx.NOT_XML.search(text) for text in _texts(declaration)):
        found.append("有 Office 文件不能存的字符（U+FFFE、U+FFFF），会写成“�”")
    return tuple(found)


def _fields_lost(declaration: Declaration, target: Exporter) -> list[str]:
    labels = [
        one.spec.label for one in fields() if one.path not in target.held and not is_empty(declaration.get(one.path))
    ]
    return [f"目标表里没有位置：{'、'.join(labels)}"] if labels else []


def _additions(record: Record) -> list[str]:
    """What is kept beside the form and stays behind."""
    found = []
    if UNPLACED in record.extra:
        found.append("导入时未归位的文字不带过去，仍留在记录里")
    others = [table for table in record.extra if table not in (UNPLACED, *SECTIONS)]
    if others or any(table in record.extra for table in SECTIONS):
        found.append("您自己加进记录文件的内容不带过去，仍留在记录里")
    return found


def _texts(declaration: Declaration) -> list[str]:
    texts = [str(declaration.get(one.path)) for one in fields()]
    return texts + [text for row in declaration.indicators for text in (row.level1, row.level2, row.name, row.target)]
