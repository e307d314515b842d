"""Older formats are read as the present one, and their text is kept before it is rewritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.changes import Record
from domain.records import naming, past
from domain.records.codec import decode, encode
from domain.records.migrations import MIGRATIONS, SCHEMA_VERSION, migrated, version_of
from domain.records.store import Store
from tests.domain.records.programs import form
from tests.fakes import on_disk
from tui.session import Session

OLD = """[project]
"年份" = 2020
"项目名称" = "热线"
"电话" = "5970000"
mine = "留着"

[narrative]
"项目概况" = "租用线路。"

[["指标"]]
"一级指标" = "产出目标"
"二级指标" = "数量"
"三级指标" = "租用光纤数"
"目标值" = "=147条"
"备注" = "合同"
"""


def test_every_version_has_its_migration() -> None:
    assert len(MIGRATIONS) == SCHEMA_VERSION


def test_labels_of_the_form_as_keys_are_understood() -> None:
    decoded = decode(OLD)
    project = decoded.record.declaration.project
    assert (decoded.version, decoded.oddities) == (0, ())
    assert (project.year, project.name, project.phone) == (2020, "热线", "5970000")
    assert decoded.record.declaration.narrative.overview == "租用线路。"
    [row] = decoded.record.declaration.indicators
    assert (row.level2, row.name, row.target) == ("数量", "租用光纤数", "=147条")
    again = encode(decoded.record)
    assert f"schema_version = {SCHEMA_VERSION}" in again
    assert 'mine = "留着"' in again
    assert '"备注" = "合同"' in again
    assert decode(again).record == decoded.record


def test_a_label_never_takes_the_place_of_a_key() -> None:
    for text in ('[project]\nname = "对"\n"项目名称" = "错"\n', '[project]\n"项目名称" = "错"\nname = "对"\n'):
        record = decode(text).record
        assert record.declaration.project.name == "对"
        assert record.extra == {"project": {"项目名称": "错"}}


def test_the_present_format_is_not_migrated() -> None:
    document = {"schema_version": SCHEMA_VERSION, "project": {"项目名称": "x"}}
    assert migrated(document) == document


@pytest.mark.parametrize(
    ("document", "version"),
    [
        ({}, 0),
        ({"schema_version": 0}, 0),
        ({"schema_version": -3}, -3),
        ({"schema_version": True}, 1),
        ({"schema_version": "9"}, 1),
    ],
)
def test_the_version_that_a_document_says(document: dict[str, object], version: int) -> None:
    assert version_of(document) == version
    migrated(document)


def test_the_old_file_is_kept_before_the_first_change(store: Store, tmp_path: Path) -> None:
    store.folder.mkdir()
    path = store.folder / "旧表.toml"
    path.write_text(OLD, encoding="utf-8")
    session = Session(store, store.open(path))
    assert path.read_text(encoding="utf-8") == OLD
    session.edit(("project", "unit"), "中心")
    session.close()
    assert on_disk(path).declaration.project.unit == "中心"
    first = past.read(naming.past_path(path))[0]
    assert (first.why, first.text) == ("旧格式的原文件", OLD)


def test_a_record_of_ours_needs_no_migration() -> None:
    record = Record(form(name="热线"))
    assert decode(encode(record)).version == SCHEMA_VERSION
