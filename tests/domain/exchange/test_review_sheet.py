"""The official review table as files: what stands where, opened again in every format, and nothing that runs as a formula."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from domain.case import Case, case_for
from domain.changes import Record
from domain.exchange import ExportProblem, review_sheet
from domain.exchange.review_sheet import FORMATS, Judge, boxes, exporter, exporters, sheet
from domain.exchange.sheet import placed
from domain.grading import Grade, Point, Test
from domain.model import Declaration
from domain.records.codec import decode
from domain.review import Review, review
from domain.review_table import review_table

EXAMPLES = Path(__file__).parents[1] / "rules" / "examples"


@pytest.fixture(scope="module")
def case() -> Case:
    """A form without cost, satisfaction and plan, and with an indicator named like a task."""
    from suggest.reader import load_reader

    declaration = decode((EXAMPLES / "school-broadband.toml").read_text(encoding="utf-8")).record.declaration
    rows = tuple(row for row in declaration.indicators if row.level2 not in ("成本", "满意度"))
    declaration = declaration.replace(("indicators",), rows).replace(("narrative", "plan"), "由科室组织实施。")
    return case_for(declaration, load_reader())


@pytest.fixture(scope="module")
def outcome(case: Case) -> Review:
    return review(case)


@pytest.fixture(scope="module")
def judge(case: Case) -> Judge:
    return lambda record: review(case.of(record.declaration))


def test_the_targets_are_named_after_kind_and_format(judge: Judge) -> None:
    found = exporters(judge)
    assert len(found) == 2 * len(FORMATS)
    assert len({one.id for one in found}) == len(found)
    assert [one.suffix for one in found] == [*FORMATS] * 2
    assert {one.id for one in found if "重点项目" in one.label} == {f"review-key-{suffix[1:]}" for suffix in FORMATS}


@pytest.mark.parametrize("key", [False, True])
def test_a_document_is_the_table_with_merged_cells(case: Case, outcome: Review, judge: Judge, key: bool) -> None:
    data = exporter(judge, ".docx", key_project=key).write(Record(case.declaration))
    document = docx.Document(io.BytesIO(data))
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert document.paragraphs[0].text == "项目支出绩效目标审核表"
    assert document.paragraphs[1].text == f"2021年度　{'重点' if key else '一般性'}项目"
    assert rows[0] == ["项目名称", *[case.declaration.project.name] * (4 if key else 3)]
    assert rows[1][2:4] == ["预算单位", case.declaration.project.unit]
    assert ("得分" in rows[2]) is key
    assert [row[0] for row in rows[3:-2]] == [
        f"{point.test.value}{f'（{point.test.points}分）' if key else ''}" for point in Point
    ]
    for point, row in zip(Point, rows[3:-2], strict=True):
        assert row[1].startswith(point.label)
        assert row[2] == point.meaning
        assert row[3].splitlines()[0].count("√") == 1
    assert rows[-2][1] == boxes(outcome.grade)
    assert outcome.outcome in rows[-1][1]
    widths = [column.width for column in table.columns if column.width]
    assert len(widths) == (5 if key else 4)
    assert widths.index(max(widths)) == 3


@pytest.mark.parametrize("key", [False, True])
def test_a_workbook_has_the_same_cells(case: Case, outcome: Review, judge: Judge, key: bool) -> None:
    data = exporter(judge, ".xlsx", key_project=key).write(Record(case.declaration))
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    expected = sheet(review_table(case.declaration, outcome, key_project=key))
    for one in placed(expected):
        assert str(page.cell(one.row + 3, one.column + 1).value or "") == one.cell.text
    merged = {(one.min_row, one.min_col, one.max_row, one.max_col) for one in page.merged_cells.ranges}
    for one in placed(expected):
        if one.cell.rows > 1 or one.cell.cols > 1:
            below, beside = one.row + 2 + one.cell.rows, one.column + one.cell.cols
            assert (one.row + 3, one.column + 1, below, beside) in merged
    assert [round(page.column_dimensions[letter].width or 0) for letter in "ABCD"] == list(expected.widths[:4])
    for one in placed(expected):
        if one.cell.rows == 1:
            height = page.row_dimensions[one.row + 3].height or 0
            assert 15 * (one.cell.text.count("\n") + 1) <= height <= 409


def test_points_of_a_key_project_add_up(case: Case, outcome: Review) -> None:
    table = review_table(case.declaration, outcome, key_project=True)
    for test in Test:
        points = sum((row.points for row in table.rows if row.test is test), Decimal(0))
        assert points == outcome.grading.scores[test]


def test_points_of_review_are_graded_by_what_is_to_be_mended(case: Case) -> None:
    def graded(declaration: Declaration) -> dict[str, str]:
        table = review_table(declaration, review(case.of(declaration)))
        return {row.point: row.grade.label for row in table.rows}

    assert graded(case.declaration)["条件充分性"] == "优"
    assert graded(case.declaration)["实现可能性"] == "良"
    assert graded(case.declaration.replace(("project", "category"), None))["规范完整性"] == "中"
    assert graded(Declaration())["规范完整性"] == "差"


def test_a_point_that_lost_more_than_its_share_is_borne_by_the_other() -> None:
    outcome = review(case_for(Declaration()))
    table = review_table(Declaration(), outcome, key_project=True)
    assert sum((row.points for row in table.rows), Decimal(0)) == outcome.total
    bearing = [row for row in table.rows if row.borne]
    assert bearing
    texts = {one.cell.text for one in placed(sheet(table))}
    for row in bearing:
        said = f"超出的{row.borne:f}分在此扣除"
        assert any(said in text for text in texts)
    assert not any("在此扣除" in one.cell.text for one in placed(sheet(review_table(Declaration(), outcome))))


def test_opinions_never_outgrow_a_row(case: Case) -> None:
    shouted = review(case_for(Declaration()))
    table = review_table(case.declaration, shouted)
    texts = [one.cell.text for one in placed(sheet(table)) if one.column == 3]
    assert max(map(len, texts)) < 900
    for row in table.rows:
        for opinion in row.opinions:
            assert any(opinion in text for text in texts)


def test_ignored_findings_stand_with_their_reasons(case: Case) -> None:
    key = next(one.key for one in review(case).findings if one.rule.id == "R4")
    table = review_table(case.declaration, review(case, {key: "合同价已定"}))
    cells = [one.cell.text for one in placed(sheet(table))]
    assert "填报单位说明" in cells
    assert any("合同价已定" in text for text in cells)
    assert "填报单位说明" not in [one.cell.text for one in placed(sheet(review_table(case.declaration, review(case))))]


@pytest.mark.parametrize("suffix", [".html", ".md", ".txt"])
def test_text_formats_say_the_same(case: Case, outcome: Review, judge: Judge, suffix: str) -> None:
    text = exporter(judge, suffix, key_project=True).write(Record(case.declaration)).decode()
    assert review_sheet.OWN_REVIEW in text.replace("\\", "")
    for expected in ("项目支出绩效目标审核表", "重点项目", case.declaration.project.name, boxes(outcome.grade)):
        assert expected in text.replace("\\", "")
    for row in review_table(case.declaration, outcome, key_project=True).rows:
        assert row.point in text


def test_markdown_keeps_its_columns(case: Case, judge: Judge) -> None:
    odd = case.declaration.replace(("project", "name"), "线路|租用*费<b>")
    lines = exporter(judge, ".md").write(Record(odd)).decode().splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {5}
    assert "线路\\|租用\\*费&lt;b>" in rows[2]


def test_names_run_nowhere(case: Case, judge: Judge) -> None:
    name = "=cmd|'/c calc'!A0<script>"
    record = Record(case.declaration.replace(("project", "name"), name))
    book = openpyxl.load_workbook(io.BytesIO(exporter(judge, ".xlsx").write(record)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert name in [cell.value for cell in cells]
    assert b"<script" not in exporter(judge, ".html").write(record)


def test_a_missing_extra_is_said(case: Case, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(ExportProblem, match="office"):
        exporter(judge, ".docx").write(Record(case.declaration))


def test_boxes_tick_one_grade() -> None:
    assert [boxes(grade) for grade in Grade] == [
        "优√ 良□ 中□ 差□",
        "优□ 良√ 中□ 差□",
        "优□ 良□ 中√ 差□",
        "优□ 良□ 中□ 差√",
    ]
    assert all(boxes(grade).encode("gb2312") for grade in Grade)
