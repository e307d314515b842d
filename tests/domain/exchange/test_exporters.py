"""What is written: golden files for every target, office files opened again, losses, and nothing that runs as a formula.

`UPDATE_GOLDEN=1 pytest tests/domain/exchange` writes the golden files anew.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from domain.changes import Record
from domain.exchange import EXPORTERS, Exporter, ExportProblem, exporter, losses, read, sheet
from domain.exchange.national import attribute
from domain.exchange.to_text import indicator_block
from domain.framework import framework
from domain.marks import EXPLAINED, WEIGHTS, row_key
from domain.model import Declaration, Indicator, fields

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
SAMPLES = ("river-boats", "library-books")


def sample(name: str) -> Record:
    (found,) = read((HERE / "samples" / f"{name}.txt").read_bytes())
    return found.record


def docx_dump(data: bytes) -> str:
    """A document as text: paragraphs, then each row's cells with their spans."""
    document = docx.Document(io.BytesIO(data))
    lines = [f"¶ {paragraph.text}" for paragraph in document.paragraphs]
    for table in document.tables:
        lines.append(f"columns {[round(column.width.mm) if column.width else 0 for column in table.columns]}")
        for row in table.rows:
            cells = []
            for cell in row._tr.tc_lst:
                text = "\\n".join("".join(piece.text or "" for piece in p.iter(f"{{{W}}}t")) for p in cell.p_lst)
                merge = f" {cell.vMerge}" if cell.vMerge else ""
                cells.append(f"{text}<{cell.grid_span}{merge}>")
            lines.append(" | ".join(cells))
    return "\n".join(lines) + "\n"


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def xlsx_dump(data: bytes) -> str:
    """A workbook as text: widths, merged ranges, then every filled cell with its type."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    lines = []
    for page in book.worksheets:
        lines.append(f"sheet {page.title} widths {[column.width for column in page.column_dimensions.values()]}")
        lines.append(f"merged {' '.join(sorted((str(one) for one in page.merged_cells.ranges), key=_natural))}")
        for row in page.iter_rows():
            lines += [f"{cell.coordinate} {cell.data_type} {cell.value!r}" for cell in row if cell.value is not None]
    return "\n".join(lines) + "\n"


def _natural(name: str) -> list[int | str]:
    return [int(piece) if piece.isdigit() else piece for piece in re.findall(r"\d+|\D+", name)]


DUMPS: dict[str, Callable[[bytes], str]] = {".docx": docx_dump, ".xlsx": xlsx_dump}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("target", EXPORTERS, ids=lambda one: one.id)
def test_golden(target: Exporter, name: str):
    data = target.write(sample(name))
    dump = DUMPS.get(target.suffix, lambda data: data.decode("utf-8-sig").replace("\r\n", "\n"))(data)
    path = GOLDEN / f"{name}.{target.id}{target.suffix if target.suffix not in DUMPS else target.suffix + '.txt'}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(dump, encoding="utf-8")
    assert dump == path.read_text(encoding="utf-8")


def test_the_registry():
    assert len({one.id for one in EXPORTERS}) == len(EXPORTERS)
    assert all(one.suffix.startswith(".") and one.label for one in EXPORTERS)
    assert all(one.lossless or one.lacks for one in EXPORTERS)
    assert exporter("txt").lossless
    with pytest.raises(ExportProblem, match="没有“pdf”这种格式；"):
        exporter("pdf")


@pytest.mark.parametrize(
    "target", [one for one in EXPORTERS if one.lossless and one.id != "json"], ids=lambda one: one.id
)
def test_every_label_and_every_slot_stand_even_in_an_empty_form(target: Exporter):
    data = target.write(Record())
    text = DUMPS.get(target.suffix, lambda data: data.decode().replace("\\", ""))(data)
    for one in fields():
        assert one.spec.label in text
    slots = framework().slots
    assert len(slots) == 20
    assert all(slot.level2 in text for slot in slots)


def test_the_text_is_laid_out_as_the_official_page():
    text = exporter("txt").write(sample("river-boats")).decode().splitlines()
    assert text[0] == "## 2020年部门项目支出预算绩效目标下达表"
    assert text[2] == "年份（2020）"
    assert text[4] == "预算单位：\t湖东街道办\t\t"
    assert text[5] == "项目名称*：\t河道保洁设备更新\t项目类别：\t[003001007036]其他"
    table = text[text.index("一级指标\t二级指标\t三级指标\t年度目标值") + 1 :]
    assert len(table) == 21
    assert table[6:8] == ["产出目标\t数量\t保洁船购置数\t=4艘", "\t\t打捞设备购置数\t=12套"]
    assert all(line.count("\t") == 3 for line in table)


def test_rows_out_of_order_keep_their_order():
    rows = (
        Indicator("影响力目标", "其它", "甲", "健全"),
        Indicator("产出目标", "数量", "乙", "=1个"),
        Indicator("影响力目标", "其它", "丙", "健全"),
    )
    record = Record(Declaration(indicators=rows))
    for target in EXPORTERS:
        if target.lossless:
            assert read(target.write(record))[0].record.declaration.indicators == rows


FORMULAS = ("=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(A1)")


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_runs_as_a_formula(text: str):
    declaration = Declaration(indicators=(Indicator("产出目标", "数量", text, text),)).replace(
        ("project", "name"), text
    )
    record = Record(declaration)
    for target in EXPORTERS:
        data = target.write(record)
        if target.suffix == ".csv":
            cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
            assert not any(len(cell) > 1 and cell[0] in "=+-@" for cell in cells)
        if target.suffix == ".xlsx":
            book = openpyxl.load_workbook(io.BytesIO(data))
            assert not any(cell.data_type == "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_html_is_one_safe_page():
    declaration = Declaration(indicators=(Indicator("产出目标", "数量", "<b>x</b>", "<3%"),))
    page = (
        exporter("html")
        .write(Record(declaration.replace(("narrative", "overview"), "<script>alert(1)</script>")))
        .decode()
    )
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "&lt;b&gt;x" in page.replace("&amp;", "&")


def test_losses_are_listed():
    record = sample("library-books")
    assert losses(record, exporter("txt")) == ()
    national = losses(record, exporter("national"))
    assert any("功能科目" in line and "填报人" in line for line in national)
    assert any("投入管理›预算资金到位率" in line for line in national)
    assert any("延续项目" in line for line in national)
    assert any("项目概况" in line for line in losses(record, exporter("csv")))
    kept = Record(record.declaration, {}, {"unplaced": {"text": ["甲"]}, "自己的": 1})
    assert len(losses(kept, exporter("txt"))) == 2
    assert losses(kept, exporter("json")) == ()
    odd = Record(Declaration().replace(("project", "name"), "甲\ufffe"))
    assert any("U+FFFE" in line for line in losses(odd, exporter("docx")))
    assert exporter("docx").write(odd)
    assert exporter("xlsx").write(odd)


@pytest.mark.parametrize("target", ["import-csv", "import-table"])
def test_weights_and_explanations_come_back_with_the_import_table(target: str):
    record = sample("library-books")
    first, *others = (row_key(row) for row in record.declaration.indicators)
    weighed = record.marked(WEIGHTS, first, "12.5").marked(EXPLAINED, first, "按台账数，取自系统")
    one = exporter(target)
    [again] = read(one.write(weighed), f"表{one.suffix}")
    assert again.record.marks(WEIGHTS) == {first: "12.5"}
    assert again.record.marks(EXPLAINED) == {first: "按台账数，取自系统"}
    assert any("留空待填" in line and first.split("/")[2] not in line for line in losses(weighed, one))
    for key in others:
        weighed = weighed.marked(WEIGHTS, key, "1").marked(EXPLAINED, key, "同上")
    assert not any("留空待填" in line for line in losses(weighed, one))
    assert any("权重" in line for line in losses(weighed, exporter("docx")))
    assert not losses(weighed, exporter("json"))


def test_what_is_kept_beside_rows_that_are_gone_says_nothing_and_controls_stay_inside():
    record = sample("library-books")
    key = row_key(record.declaration.indicators[0])
    gone = record.marked(WEIGHTS, "产出目标/数量/删掉的", "10")
    assert losses(gone, exporter("docx")) == losses(record, exporter("docx"))
    written = exporter("import-csv").write(gone.marked(EXPLAINED, key, "说\x1b]0;x\x07明\n\r二"))
    assert b"\x1b" not in written
    assert "明 二" in written.decode()


def test_rows_without_a_target_are_named_before_a_system_refuses_them():
    rows = (Indicator("产出目标", "数量", "租用光纤数", ""), Indicator("产出目标", "质量", "验收合格率", "=100%"))
    told = losses(Record(Declaration(indicators=rows)), exporter("import-table"))
    assert [line for line in told if "没有目标值" in line] == ["没有目标值，系统会退回：租用光纤数"]


def test_a_project_over_several_years_leaves_the_whole_term_blank():
    record = sample("river-boats")
    import datetime

    declaration = record.declaration.replace(("project", "end_date"), datetime.date(2022, 12, 31))
    assert any("跨年项目" in line for line in losses(Record(declaration), exporter("national")))
    dump = exporter("national-html").write(Record(declaration)).decode()
    assert dump.count("保洁船购置数") == 1


@pytest.mark.parametrize(
    ("nature", "previous", "told"),
    [
        ("", None, ""),
        ("经常性项目", None, "新增项目"),
        ("", Decimal(5), "延续项目"),
        ("经常性项目", Decimal(0), "延续项目"),
    ],
)
def test_last_years_money_tells_whether_a_project_is_new(nature: str, previous: Decimal | None, told: str):
    form = Declaration().replace(("project", "nature"), nature).replace(("funding", "previous_budget"), previous)
    assert attribute(form) == told


def test_an_unknown_framework_crosses_nothing():
    record = Record(Declaration(indicators=(Indicator("甲", "乙", "丙", "=1"),), framework="别的"))
    assert any("不在指标体系里" in line for line in losses(record, exporter("national")))


def test_a_cell_longer_than_excel_holds():
    record = Record(Declaration().replace(("narrative", "overview"), "长" * 40_000))
    with pytest.raises(ExportProblem, match="32767"):
        exporter("xlsx").write(record)


def test_the_import_table():
    book = openpyxl.load_workbook(io.BytesIO(exporter("import-table").write(sample("river-boats"))))
    rows = [[cell or "" for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert rows[0][:6] == ["一级指标", "二级指标", "三级指标名称", "计算符号", "指标值", "计量单位"]
    assert rows[4][:6] == ["产出目标", "数量", "保洁船购置数", "=", "4", "艘"]
    assert ["定性", "合规"] in [row[3:5] for row in rows]


def test_json_is_plain():
    document: dict[str, Any] = json.loads(exporter("json").write(sample("river-boats")))
    assert document["project"]["start_date"] == "2020-01-01"
    assert document["funding"]["total"] == "58.2"
    assert document["meta"]["origins"]["project.name"] == "imported"


def test_the_indicator_block_for_entry():
    lines = indicator_block(sample("library-books")).splitlines()
    assert lines[0].split("\t") == ["一级指标", "二级指标", "三级指标", "年度目标值"]
    assert lines[5] == "产出目标\t数量\t管理员补助人数\t=9人"


def test_placed_covers_the_grid_once():
    from domain.exchange import national, shanghai

    record = sample("river-boats")
    for layout in (sheet.seed(record), national.sheet(record), shanghai.sheet(record)):
        seen: set[tuple[int, int]] = set()
        for one in sheet.placed(layout):
            area = {(one.row + r, one.column + c) for r in range(one.cell.rows) for c in range(one.cell.cols)}
            assert not area & seen
            seen |= area
        assert seen == {(row, column) for row in range(len(layout.rows)) for column in range(len(layout.widths))}


@pytest.mark.parametrize(
    "target", [one for one in EXPORTERS if one.id not in ("csv", "import-csv", "import-table")], ids=lambda one: one.id
)
def test_one_form_is_read_back_as_one(target: Exporter):
    record = sample("library-books")
    (form,) = read(target.write(record), f"表{target.suffix}")
    assert form.record.declaration.project.name == record.declaration.project.name
    assert form.record.declaration.narrative.overall_goal == record.declaration.narrative.overall_goal
