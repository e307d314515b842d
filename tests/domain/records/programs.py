"""Other programs at the same records, played by processes that do nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from domain.changes import diff
from domain.model import Declaration
from domain.records.history import Step
from domain.records.locks import Owner, owner_of
from domain.records.store import Opened, Store


@contextmanager
def another() -> Iterator[Owner]:
    """A running program that is not this one."""
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as process:
        yield replace(owner_of(process.pid), user="张三")


def ended() -> Owner:
    """A program that has ended."""
    with another() as owner:
        return owner


def fill(store: Store, opened: Opened, path: tuple[str, ...], value: object) -> None:
    after = replace(opened.record, declaration=opened.record.declaration.replace(path, value))
    store.do(opened, Step("填写", diff(opened.record, after)))


def edit(path: Path, old: str, new: str) -> None:
    """A person at the file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def form(**values: object) -> Declaration:
    """A declaration with fields of the project block and, as `overview` and so on, of the narrative."""
    found = Declaration()
    for key, value in values.items():
        section = "project" if hasattr(found.project, key) else "narrative"
        found = found.replace((section, key), value)
    return found
