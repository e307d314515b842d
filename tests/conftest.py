"""Shared fixtures: nothing is ever written outside a temporary folder, and a talk with the dialogue over a fake engine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from domain.records.locks import Owner
from domain.records.store import Store
from tests.domain.records.programs import another
from tests.fakes import FakeSuggester, Talk, no_room
from tui.folders import Folders

# Always the same examples: a failure seen once is seen by everyone. `--hypothesis-profile=search` looks further.
settings.register_profile(
    "steady", max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

_homes = count()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-pictures", action="store_true", help="make the pictures of the screens anew")


@pytest.fixture(scope="session")
def _all_homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def home(_all_homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of each test's own, for this process and every program that it starts; derived forms are made once for all."""
    folder, derived = _all_homes / str(next(_homes)), _all_homes / "derived"
    derived.mkdir(exist_ok=True)
    (folder / "cache" / "tianbiao").mkdir(parents=True)
    (folder / "cache" / "tianbiao" / "derived").symlink_to(derived)
    monkeypatch.setenv("HOME", str(folder))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    monkeypatch.delenv("TIANBIAO_DIR", raising=False)
    # a program that may not keep its bytecode compiles all its modules at every start
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # a disk's pace is not what these tests are about
    return folder


@pytest.fixture
def cold(home: Path) -> None:
    """As before the first start on a new machine: nothing derived, and no home folder even."""
    shutil.rmtree(home)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A folder for records; it is made by the program."""
    return tmp_path / "records"


@pytest.fixture
def store(records: Path) -> Store:
    return Store(records)


@pytest.fixture
def folders(tmp_path: Path, records: Path) -> Folders:
    return Folders(records, *(tmp_path / name for name in ("data", "config", "state", "cache")))


@pytest.fixture
def other() -> Iterator[Owner]:
    """A running program that is not this one."""
    with another() as owner:
        yield owner


@pytest.fixture
def fill_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called no file can be written or made any more."""

    def full() -> None:
        for name in ("write", "replace", "link", "mkdir"):
            monkeypatch.setattr(os, name, no_room)

    return full


@pytest.fixture
def suggester() -> FakeSuggester:
    return FakeSuggester()


@pytest.fixture
def talk(store: Store, suggester: FakeSuggester) -> Talk:
    """A talk about a new record."""
    return Talk(store, suggester=suggester)


@pytest.fixture
def talk_about(store: Store, suggester: FakeSuggester) -> Callable[[Path], Talk]:
    """A talk about the record in a file, as after a new start of the program."""
    return lambda path: Talk(store, path, suggester)
