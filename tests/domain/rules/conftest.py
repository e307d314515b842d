"""Readings, examples and cases that the rules' tests share."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from domain.case import Case, Export, Words, case_for
from domain.data import data_path
from domain.model import Declaration
from domain.reading import Reader
from domain.records.codec import decode
from domain.siblings import Siblings
from tests.paths import PUBLISHED

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def reader() -> Reader:
    from suggest.reader import load_reader

    return load_reader()


@pytest.fixture(scope="session")
def words() -> Words:
    from suggest.segment import load_segment

    return load_segment().cut


@pytest.fixture(scope="session")
def own_examples() -> dict[str, Declaration]:
    """The five sound forms of this folder."""
    return {
        path.stem: decode(path.read_text("utf-8")).record.declaration
        for path in sorted((HERE / "examples").glob("*.toml"))
    }


@pytest.fixture(scope="session")
def examples(own_examples: dict[str, Declaration]) -> dict[str, Declaration]:
    """The sound forms of this folder and those that the training draws on."""
    shipped = sorted(data_path("examples").glob("*.toml"))
    return own_examples | {path.stem: decode(path.read_text("utf-8")).record.declaration for path in shipped}


@pytest.fixture(scope="session")
def make_case(examples: dict[str, Declaration], reader: Reader, words: Words) -> Callable[[str], Case]:
    """A case of an example among the others, with weights and explanations as an export would add them."""
    siblings = Siblings(tuple(examples.items()))

    def make(name: str) -> Case:
        declaration = examples[name]
        keys = [f"{row.level1}/{row.level2}/{row.name}" for row in declaration.indicators]
        export = Export(Decimal(len(keys)), dict.fromkeys(keys, Decimal(1)), dict.fromkeys(keys, "按台账计算"))
        return case_for(declaration, reader, siblings, label=name, words=words, export=export)

    return make


@pytest.fixture(scope="session")
def forms() -> dict[str, Declaration]:
    """The three published forms, as imported."""
    if not PUBLISHED.is_dir():
        pytest.skip("the published forms are not here")
    from domain.exchange import read

    names = {"F1": "2020-hotline-lines", "F2": "2020-grid-allowances", "F3": "2020-grid-upgrade"}
    found = {}
    for key, name in names.items():
        path = PUBLISHED / f"{name}.txt"
        found[key] = read(path.read_bytes(), path.name)[0].record.declaration
    return found
