"""A folder of records as two flat tables: columns, values, what is left out, memory, and the queries of docs/handover.md."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from domain import collecting
from domain.changes import Record
from domain.collecting import FORM_COLUMNS, FORMS, INDICATOR_COLUMNS, INDICATORS, Count
from domain.flat_tables import FORMATS, Tables
from domain.model import Coded, Declaration, Funding, Indicator, Narrative, Project
from domain.records.codec import encode
from tests.domain.strategies import declarations

DOCS = Path(__file__).parents[2] / "docs" / "handover.md"
FORM = Declaration(
    project=Project(
        year=2020,
        unit="社管中心",
        name="=HYPERLINK(1)",
        category=Coded("003", "其他"),
        functional_subjects=(Coded("2010308", "信访事务"), Coded("2019999", "其他")),
        procurement=False,
    ),
    funding=Funding(total=Decimal("24.63"), requested=Decimal("0.123456")),
    narrative=Narrative(overview="第一段，\n“第二段”"),
    indicators=(Indicator("产出目标", "数量", "租用光纤数", "=147条"), Indicator("甲", "乙", "@名称", "健全")),
)


def silent(count: Count, problem: str) -> None:
    """No progress."""


def keep(folder: Path, name: str, declaration: Declaration) -> None:
    path = folder / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(encode(Record(declaration)), encoding="utf-8")


def gather(folder: Path, form: str, report: Callable[[Count, str], None] = silent) -> tuple[Count, dict[str, Path]]:
    with collecting.tables(folder.parent / "out", form) as tables:
        return collecting.collect(folder, tables, report), tables.paths


def jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line, parse_float=Decimal) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keep(tmp_path / "records", "a", FORM)
    return tmp_path / "records"


def test_one_row_a_form_one_row_an_indicator(folder: Path) -> None:
    count, paths = gather(folder, "jsonl")
    assert (count.files, count.forms, count.indicators, count.damaged) == (1, 1, 2, 0)
    [form] = jsonl(paths[FORMS])
    assert list(form) == [column.name for column in FORM_COLUMNS]
    assert form["file"] == "a.toml"
    assert form["category_code"] == "003"
    assert form["functional_subject_codes"] == "2010308,2019999"
    assert (form["total"], form["requested"], form["previous_budget"]) == (Decimal("24.63"), Decimal("0.123456"), None)
    assert form["procurement"] is False
    assert form["five_expenses"] is None
    assert form["overview"] == "第一段，\n“第二段”"
    first, second = jsonl(paths[INDICATORS])
    assert list(first) == [column.name for column in INDICATOR_COLUMNS]
    assert (first["role"], first["target_operator"], first["target_number"], first["target_unit"]) == (
        "output.quantity",
        "=",
        147,
        "条",
    )
    assert (second["role"], second["target"], second["target_number"]) == ("", "健全", None)


def test_csv_opens_in_a_spreadsheet_and_holds_no_formula(folder: Path) -> None:
    _, paths = gather(folder, "csv")
    for path in paths.values():
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        for cells in csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True)):
            assert not any(re.match(r"[=+\-@].", cell, re.DOTALL) for cell in cells)
    [_, form] = csv.reader(paths[FORMS].read_text(encoding="utf-8-sig").splitlines(keepends=True))
    assert "'=HYPERLINK(1)" in form
    assert "24.63" in form
    assert "第一段，\n“第二段”" in form


@given(declarations())
def test_any_form_gives_rows_that_fit_the_columns(declaration: Declaration) -> None:
    assert len(collecting.form_row("x", declaration)) == len(FORM_COLUMNS)
    for row in collecting.indicator_rows("x", declaration):
        assert len(row) == len(INDICATOR_COLUMNS)


def test_numbers_too_long_for_a_table_are_left_empty() -> None:
    rows = (Indicator("产出目标", "数量", "大数", f"={'9' * 40}条"),)
    [row] = collecting.indicator_rows("x", Declaration(indicators=rows))
    assert row[INDICATOR_COLUMNS.index(next(one for one in INDICATOR_COLUMNS if one.name == "target_number"))] is None
    assert rows[0].target in row


def test_damaged_files_are_named_and_left_out(folder: Path) -> None:
    (folder / "broken.toml").write_text("[project\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text('[tool.x]\na = "1"\n', encoding="utf-8")
    (folder / "bytes.toml").write_bytes(b"\xff\xfe")
    problems: list[str] = []
    count, paths = gather(folder, "jsonl", lambda _, problem: problems.append(problem))
    assert (count.files, count.forms, count.damaged) == (4, 1, 3)
    assert {problem.partition("：")[0] for problem in problems if problem} == {
        "broken.toml",
        "bytes.toml",
        "pyproject.toml",
    }
    assert len(jsonl(paths[FORMS])) == 1


def test_folders_below_are_read_hidden_ones_are_not(folder: Path) -> None:
    keep(folder / "科室二", "b", FORM)
    keep(folder / ".tianbiao" / "trash", "c", FORM)
    (folder / "again").symlink_to(folder)
    count, paths = gather(folder, "jsonl")
    assert count.forms == 2
    assert [form["file"] for form in jsonl(paths[FORMS])] == ["a.toml", "科室二/b.toml"]


@pytest.mark.skipif(os.fsencode("文") != "文".encode(), reason="the file system's encoding is not UTF-8")
def test_a_file_name_that_is_no_text_does_not_stop_the_tables(folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"\xb1\xed.toml")).write_text(encode(Record(FORM)), encoding="utf-8")
    except OSError:
        pytest.skip("this file system refuses such names")
    for form in FORMATS[:2]:
        count, _ = gather(folder, form)
        assert count.forms == 2


@pytest.mark.parametrize("form", FORMATS[:2])
def test_nothing_is_left_behind_when_it_fails(folder: Path, form: str) -> None:
    def fail(count: Count, problem: str) -> None:
        raise KeyboardInterrupt

    out = folder.parent / "out"
    gather(folder, form)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(KeyboardInterrupt):
        gather(folder, form, fail)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_an_empty_folder_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    count, paths = gather(tmp_path / "records", "csv")
    assert count.forms == 0
    assert paths[FORMS].read_text(encoding="utf-8-sig").startswith("file,year,unit,name,")


def test_memory_does_not_grow_with_the_collection(tmp_path: Path) -> None:
    def peak(records: int) -> int:
        folder = tmp_path / str(records)
        for number in range(records):
            keep(folder, f"{number:04}", replace(FORM, narrative=Narrative(overview="概况" * 2000)))
        tracemalloc.start()
        with Tables(tmp_path / f"out{records}", "csv", collecting.COLUMNS) as tables:
            collecting.collect(folder, tables, silent)
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(5)
    assert peak(200) < peak(20) * 1.5


def test_parquet_holds_the_types(folder: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    _, paths = gather(folder, "parquet")
    table = parquet.read_table(paths[FORMS])
    assert str(table.schema.field("total").type) == "decimal128(28, 6)"
    assert str(table.schema.field("start_date").type) == "date32[day]"
    assert table.column("requested")[0].as_py() == Decimal("0.123456")
    assert parquet.read_table(paths[INDICATORS]).column("target_number")[0].as_py() == 147


def test_parquet_is_written_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("domain.flat_tables.BATCH", 7)
    for number in range(20):
        keep(tmp_path / "records", str(number), FORM)
    _, paths = gather(tmp_path / "records", "parquet")
    file = parquet.ParquetFile(paths[FORMS])
    assert (file.metadata.num_rows, file.metadata.num_row_groups) == (20, 3)


# --- the queries of the documentation ------------------------------------------------------------------------------


def queries() -> dict[str, str]:
    blocks = re.findall(r"```sql\n-- (.*?)\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    return dict(blocks)


def a_city(folder: Path) -> None:
    """Six forms of three units over two years: one indicator in all of them, and every weakness once."""
    for number in range(6):
        year, unit = 2020 + number % 2, f"单位{number // 2}"
        rows = [
            Indicator("影响力目标", "其它", "档案管理健全性", "健全"),
            Indicator("产出目标", "数量", f"租用光纤数{number // 2}", "=147条"),
            Indicator("产出目标", "质量", f"数据准确率{number}", "=100%"),
            Indicator("效果目标", "满意度", f"群众满意度{number}", ">=80%"),
            Indicator("产出目标", "数量", f"台账{number}", "齐全"),
            Indicator("产出目标", "成本", f"租金{number}", "=12"),
            Indicator("效果目标", "社会效益", f"没有目标{number}", ""),
        ]
        project = Project(
            year=year,
            unit=unit,
            name="光纤租用",
            economic_subjects=(Coded("30207", "邮电费"), Coded("30207", "邮电费")),
        )
        funding = Funding(requested=Decimal("24.63"))
        keep(folder, f"{unit}/{year}", Declaration(project=project, funding=funding, indicators=tuple(rows)))


RUN = """
import json, sys, duckdb
print(json.dumps(duckdb.execute(sys.stdin.read()).fetchall(), default=str))
"""
Ask = Callable[[str], list[list[Any]]]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Run a query of the documentation over a collection, as its reader would: in a program of its own."""
    if not all(map(find_spec, ("duckdb", "pyarrow"))):
        pytest.skip("duckdb and pyarrow are not installed")
    a_city(tmp_path / "records")
    gather(tmp_path / "records", "parquet")

    def run(name: str) -> list[list[Any]]:
        done = subprocess.run(
            [sys.executable, "-c", RUN], input=queries()[name], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        rows: list[list[Any]] = json.loads(done.stdout)
        return rows

    return run


def test_the_documentation_holds_the_queries() -> None:
    assert set(queries()) == {"over-used", "weak targets", "same as last year", "money by subject"}


def test_over_used_indicators_are_found(ask: Ask) -> None:
    assert ask("over-used") == [["档案管理健全性", "impact.other", 6, 100.0, 3, "健全", 1]]


def test_weak_targets_are_found(ask: Ask) -> None:
    found = [(name, weakness) for *_, name, _, weakness in ask("weak targets")]
    assert len(found) == 6 * 5
    assert {name.rstrip("012345"): weakness for name, weakness in found} == {
        "数据准确率": "100%: nothing to measure",
        "群众满意度": "satisfaction below 85%",
        "台账": "a word where a number belongs",
        "租金": "a number without a unit",
        "没有目标": "no target",
    }


def test_targets_that_did_not_move_are_found(ask: Ask) -> None:
    assert ask("same as last year") == [[f"单位{n}", "光纤租用", f"租用光纤数{n}", "=147条", 2021] for n in range(3)]


def test_money_is_summed_exactly(ask: Ask) -> None:
    assert ask("money by subject") == [["30207", 6, "147.780000"]]
