"""The forms as real input: imported, kept and saved without a change of a byte or the loss of a character."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from domain.answers import shown
from domain.changes import Record
from domain.exchange import read
from domain.framework import framework
from domain.model import Declaration, fields
from domain.quantity import plain
from domain.records.codec import decode, encode
from domain.records.store import Store, read_text
from suggest.engine import Engine
from tests.paths import PAGES, PUBLISHED, WATER_SUPPLY

FILES = [WATER_SUPPLY, *sorted(PAGES.glob("*.txt")), *sorted(PUBLISHED.glob("*.txt"))]
IDS = [path.stem for path in FILES]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.load()


def records(path: Path) -> list[Record]:
    return [form.record for form in read(path.read_bytes(), path.name)]


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_reopened_and_saved_again_byte_for_byte(path: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    for record in records(path):
        file = store.add(record)
        before = file.read_bytes()
        opened = store.open(file)
        store.save(opened)
        assert file.read_bytes() == before
        assert encode(decode(read_text(file)).record).encode() == before


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_no_text_is_lost(path: Path) -> None:
    kept = "".join(text for record in records(path) for text in texts(record.declaration))
    bare = re.sub(r"\s", "", kept)
    source = re.sub(r"</?p>", "", path.read_text(encoding="utf-8"))
    for cell in re.split(r"[\t\n]", source):
        text = re.sub(r"\s", "", cell)
        if re.fullmatch(r"\d+\.\d+", text):
            text = plain(Decimal(text))  # an amount is kept as a number: 17.00 and 17 are the same
        assert text in bare or is_label(cell), cell


def texts(declaration: Declaration) -> list[str]:
    found = [shown(declaration.get(one.path)) for one in fields()]
    found += [f"{row.level1}\n{row.level2}\n{row.name}\n{row.target}" for row in declaration.indicators]
    return found


def is_label(cell: str) -> bool:
    """Whether a cell is one of the form's own words: a label, a heading, a slot without a row."""
    word = re.sub(r"[*＊:：\s]", "", cell)
    labels = {one.spec.label for one in fields()} | {"一级指标", "二级指标", "三级指标", "年度目标值"}
    slots = {name for slot in framework().slots for name in slot.key}
    heading = re.fullmatch(r"#*\d{4}(?:年部门项目支出预算绩效目标下达表)?|年份（\d{4}）", word)
    return word in labels | slots or heading is not None


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_first_suggestions_without_the_rows(path: Path, engine: Engine) -> None:
    for record in records(path):
        empty = replace(record.declaration, indicators=())
        funding, other = framework().by_role("input.funding"), framework().by_role("impact.other")
        assert funding is not None
        assert other is not None
        assert engine.offer(empty, funding.key).suggestions[0].name == "预算资金到位率"
        assert engine.offer(empty, other.key).suggestions[0].name == "档案管理健全性"
