"""Workbooks and documents as people make them: numbers, dates, formulas, merged cells, several sheets, nested tables."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml

from domain.exchange import Imported, ImportProblem, OddityKind, read
from domain.model import Indicator

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(book: Any) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def one(book: Any) -> Imported:
    (found,) = read(saved(book))
    return found


def test_a_workbook():
    book = openpyxl.Workbook()
    page = book.active
    page.merge_cells("B1:E1")
    page["B1"] = "2020年部门项目支出预算绩效目标下达表"
    page["B3"], page["C3"] = "项目名称", "路灯"
    page["B4"], page["C4"], page["D4"], page["E4"] = "项目总金额(万元)", 24.63, "联系电话", 8800123
    page["B5"], page["C5"], page["D5"] = "开始时间", datetime.datetime(2020, 1, 1), "结束时间"
    page["E5"] = datetime.date(2020, 12, 31)
    page["B6"], page["C6"] = "项目概况", "第一段\n第二段"
    page["B7"], page["C7"], page["D7"], page["E7"] = "一级指标", "二级指标", "三级指标", "年度目标值"
    page["B8"], page["C8"], page["D8"], page["E8"] = "产出目标", "质量", "合格率", 0.98
    page["E8"].number_format = "0%"
    page["D9"], page["E9"] = "准确率", "=100%"
    page["E9"].data_type = "s"
    page.merge_cells("B8:B9")
    page.merge_cells("C8:C9")
    declaration = one(book).record.declaration
    assert declaration.project.year == 2020
    assert declaration.funding.total == Decimal("24.63")
    assert declaration.project.phone == "8800123"
    assert (str(declaration.project.start_date), str(declaration.project.end_date)) == ("2020-01-01", "2020-12-31")
    assert declaration.narrative.overview == "第一段\n第二段"
    assert declaration.indicators == (
        Indicator("产出目标", "质量", "合格率", "98%"),
        Indicator("产出目标", "质量", "准确率", "=100%"),
    )


def test_sheets_are_forms_and_other_sheets_are_said():
    book = openpyxl.Workbook()
    for title in ("甲", "乙"):
        page = book.create_sheet(title)
        page["A1"], page["B1"] = "项目名称", title
    book.create_sheet("说明")["A1"] = "填写要求若干"
    forms = read(saved(book))
    assert [form.record.declaration.project.name for form in forms] == ["甲", "乙"]
    assert any(odd.kind is OddityKind.LEFT_OUT and "工作表“说明”" in odd.text for odd in forms[0].oddities)


def test_a_formula_without_result_is_kept_as_written():
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["B1"], page["A2"], page["B2"] = "项目名称", "甲", "项目总金额", "=1+2"
    found = one(book)
    assert found.record.declaration.funding.total is None
    assert "项目总金额：=1+2" in found.unplaced


def test_a_cell_far_away_costs_nothing():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active["XFD1048576"] = "项目名称", "甲", "远"
    assert one(book).record.declaration.project.name == "甲"


def test_a_document():
    document = docx.Document()
    document.add_paragraph("2020年部门项目支出预算绩效目标下达表")
    table = document.add_table(6, 4)
    rows = [
        ("预算单位", "湖东街道办", "", ""),
        ("项目名称*", "路灯", "项目类别", "其他"),
        ("项目概况*", "第一段\n第二段", "", ""),
        ("一级指标", "二级指标", "三级指标", "年度目标值"),
        ("产出目标", "数量", "灯数", "=4盏"),
        ("", "", "巡查次数", "=12次"),
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 1).merge(table.cell(2, 3))
    for column in (0, 1):
        table.cell(4, column).merge(table.cell(5, column))
    document.sections[0].header.paragraphs[0].text = "附件3"
    found = one(document)
    declaration = found.record.declaration
    assert declaration.project.unit == "湖东街道办"
    assert declaration.narrative.overview == "第一段\n第二段"
    assert [row.slot for row in declaration.indicators] == [("产出目标", "数量")] * 2
    assert found.unplaced == ("页眉页脚：附件3",)
    assert found.record.extra["unplaced"] == {"text": ["页眉页脚：附件3"]}


def test_content_controls_deletions_and_nested_tables():
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 0).text = "项目名称：", "填报人："
    table.cell(0, 1)._tc.append(
        parse_xml(f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>路灯</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    table.cell(1, 1)._tc.append(
        parse_xml(
            f"<w:p {W}><w:ins><w:r><w:t>林</w:t></w:r></w:ins><w:del><w:r><w:delText>陈</w:delText></w:r></w:del></w:p>"
        )
    )
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "联系电话：", "8800123"
    found = one(document)
    project = found.record.declaration.project
    assert (project.name, project.filler, project.phone) == ("路灯", "林", "8800123")
    assert any("修订" in odd.text for odd in found.oddities)


@pytest.mark.parametrize(("module", "kind"), [("openpyxl", "xlsx"), ("docx", "docx")])
def test_a_missing_extra_is_said(monkeypatch: pytest.MonkeyPatch, module: str, kind: str):
    from domain.changes import Record
    from domain.exchange import ExportProblem, exporter

    data = exporter(kind).write(Record())
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(ImportProblem, match="office"):
        read(data)
    with pytest.raises(ExportProblem, match="office"):
        exporter(kind).write(Record())


def test_office_libraries_are_not_loaded_by_the_package():
    import subprocess
    import sys

    code = "import sys, domain.exchange; print([m for m in ('openpyxl', 'docx', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_indicators_on_a_sheet_of_their_own_belong_to_the_form_before():
    book = openpyxl.Workbook()
    book.active.append(["项目名称", "路灯", "项目终止日期", datetime.date(2025, 12, 31)])
    sheet = book.create_sheet("指标")
    sheet.append(["序号", "一级指标", "二级指标", "三级指标", "目标值", "备注"])
    sheet.append([1, "产出目标", "数量", "路灯数", "=3盏", None])
    sheet.append([2, None, "质量", "亮灯率", "98%", "口径见附件"])
    found = one(book)
    assert found.record.declaration.project.name == "路灯"
    assert [row.name for row in found.record.declaration.indicators] == ["路灯数", "亮灯率"]
    assert found.unplaced == ("亮灯率：口径见附件",)
    assert found.record.extra["unplaced"] == {"text": ["亮灯率：口径见附件"]}
