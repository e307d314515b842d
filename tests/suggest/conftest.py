"""One library, segmented once, for all tests of the engine; each engine with its own memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from domain.library import Entry, builtin_library
from domain.model import Declaration
from suggest.data import EngineData, arranged, build_data
from suggest.engine import Engine
from suggest.segment import load_segment

EngineMaker = Callable[..., Engine]


@pytest.fixture(scope="session")
def prepared() -> tuple[tuple[Entry, ...], EngineData]:
    entries = arranged(builtin_library())
    return entries, build_data(entries, load_segment())


@pytest.fixture(scope="session")
def make_engine(prepared: tuple[tuple[Entry, ...], EngineData]) -> EngineMaker:
    entries, data = prepared

    def make(learned: Path | None = None, history: Iterable[Declaration] = ()) -> Engine:
        return Engine.load(learned=learned, entries=entries, history=lambda: history, data=data)

    return make


@pytest.fixture(scope="session")
def engine(make_engine: EngineMaker) -> Engine:
    return make_engine()
