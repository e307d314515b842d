"""What is written for other programs and where: cells that are never formulas, names that never leave the folder."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from domain.changes import Record
from domain.exchange import EXPORTERS, read
from domain.exchange.from_csv import FORMULA
from domain.fields import Kind
from domain.model import Declaration, Indicator, fields
from domain.records.store import Store
from domain.training.report import HEADINGS, Report
from tests.fakes import Talk

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "\uff20甲", "－1甲")
TABLES = [one for one in EXPORTERS if one.suffix in (".csv", ".xlsx")]


def form(text: str) -> Declaration:
    """A form in which every text is this one."""
    declaration = Declaration(indicators=(Indicator("产出目标", "数量", text, text), Indicator(text, text, text, text)))
    for one in fields():
        if one.spec.kind in (Kind.TEXT, Kind.LONG, Kind.PHONE, Kind.CHOICE):
            declaration = declaration.replace(one.path, text)
    return declaration


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("target", TABLES, ids=lambda one: one.id)
def test_no_cell_is_a_formula(target: Any, text: str) -> None:
    data = target.write(Record(form(text)))
    if target.suffix == ".csv":
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]
        assert [cell for cell in cells if len(cell) > 1 and cell[0] in FORMULA] == []
        assert any(text in cell for cell in cells)
        return
    found = [cell for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet for cell in row if cell.value]
    assert [cell.value for cell in found if cell.data_type == "f"] == []
    assert any(text in str(cell.value) for cell in found)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_csv_is_read_back_as_it_was(text: str) -> None:
    [target] = [one for one in EXPORTERS if one.id == "csv"]
    [found] = read(target.write(Record(form(text))), "表.csv")
    assert found.record.declaration.indicators[0].name == text


@pytest.mark.parametrize("text", FORMULAS)
def test_a_trainee_is_no_formula(text: str) -> None:
    row = (text, *("1",) * (len(HEADINGS) - 1))
    [_, cells] = csv.reader(io.StringIO(Report((row,)).csv()))
    assert cells[0] == f"'{text}"


NAMES = (
    "../../外",
    "..",
    ".",
    "/etc/外",
    "a/b",
    "~/外",
    "-rf",
    "$HOME",
    "nul\0x",
    "名\x1b]0;x\x07",
    ".隐",
    "名.toml",
    "长" * 300,
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_in_the_folder(talk: Talk, tmp_path: Path, name: str) -> None:
    (tmp_path / "outside").mkdir()
    before = {path for path in tmp_path.rglob("*") if talk.store.folder not in path.parents}
    path = talk.store.add(Record(Declaration().replace(("project", "name"), name)))
    talk.say("2021", "水源保护站")
    talk.write(name)
    talk.session.close()
    assert path.parent == talk.session.path.parent == talk.store.folder
    assert not path.name.startswith((".", "-", "~"))
    after = {path for path in tmp_path.rglob("*") if talk.store.folder not in path.parents}
    assert after - before <= {talk.store.folder}


def test_links_that_somebody_planted_lead_nowhere(store: Store, tmp_path: Path) -> None:
    """Where a new record, its journal or the trash would go, a link points at a file outside: it is not written to."""
    victim = tmp_path / "victim"
    victim.write_text("原样", encoding="utf-8")
    hidden = store.folder / ".tianbiao"
    hidden.mkdir(parents=True)
    for link in (store.folder / "2021-热线.toml", hidden / "2021-热线.journal", hidden / "未命名.journal"):
        link.symlink_to(victim)
    talk = Talk(store)
    talk.say("2021", "水源保护站", "热线")
    talk.session.close()
    assert talk.session.trouble == ""
    assert talk.session.path.name == "2021-热线-2.toml"
    store.delete(talk.session.path)
    assert victim.read_text(encoding="utf-8") == "原样"
