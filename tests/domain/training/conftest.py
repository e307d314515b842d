"""The material that all tests of the course share: built-in content with the real reader."""

from __future__ import annotations

import datetime

import pytest

from domain.training import Material

DAY = datetime.date(2026, 3, 2)


@pytest.fixture(scope="session")
def material() -> Material:
    from suggest.reader import load_reader
    from suggest.segment import load_segment

    return Material(load_reader(), load_segment().cut)


@pytest.fixture
def day() -> datetime.date:
    return DAY
