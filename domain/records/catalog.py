"""What the home screen shows of each record, with a cache by name, time and size, so that a thousand records open at once.

The cache lies in the user's own cache folder and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from domain.model import Declaration
from domain.quantity import plain
from domain.records import naming
from domain.records.atomic import make_folder, reason, write_atomic
from domain.records.codec import RecordError, decode
from domain.records.store import Store, read_text

NAMES = "surrogateescape"
"""How names of files are kept that are no text in this locale, such as GBK names unpacked from a zip file."""

LOOKED_INTO = 20
"""Journals that are looked into at most: in a folder that was copied all of them may be newer than the records."""

TAIL = 1_000_000
"""Bytes at the end of a journal in which its last lines are looked for; a long text in progress is one line."""

VERSION = 2
"""Raise when what is kept, or how it is counted, changes: older caches are then left alone."""

Measure = Callable[[Declaration], tuple[int, int]]
"""Fields answered and fields asked of a declaration."""


class Info(NamedTuple):
    """One record in the list; problem says in Chinese why it cannot be read."""

    stem: str
    changed: float
    size: int
    year: int = 0
    name: str = ""
    unit: str = ""
    amount: str = ""
    """Requested amount in 万元, as text."""
    filled: int = 0
    asked: int = 0
    rows: int = 0
    problem: str = ""
    draft: bool = False
    """Only a journal exists: answers were given, the file was never written."""


class Catalog:
    """The records of a store, newest first; before them those in which text was typed since and not confirmed."""

    def __init__(self, store: Store, cache: Path | None, measure: Measure) -> None:
        self._store, self._measure = store, measure
        key = hashlib.sha256(os.fsencode(store.folder.absolute())).hexdigest()[:16]
        self._cache = cache / f"catalog-{VERSION}-{key}.json" if cache else None

    def infos(self) -> list[Info]:
        """Every record, damaged ones included; only files that changed since last time are read."""
        known = self._known()
        drafts = self._store.drafts()
        found, sound = [], 0
        changed = False
        for name, state in entries(self._store.folder, naming.SUFFIX):
            stem = name.removesuffix(naming.SUFFIX)
            info = known.get(stem)
            if info is None or state is None or (info.changed, info.size) != (state.st_mtime, state.st_size):
                info = self._info(stem, state)
                changed = changed or not info.problem
            found.append(info)
            sound += not info.problem
        if self._cache and (changed or sound != len(known)):
            self._keep(found)
        found += [self._draft(path) for path in drafts]
        typed = self._typed_since(max((info.changed for info in found), default=0.0))
        return sorted(found, key=lambda info: (-typed.get(info.stem, info.changed), info.stem))

    def _typed_since(self, moment: float) -> dict[str, float]:
        """Records with text that was typed after this moment and not confirmed, and when: the filer was in the midst of them."""
        hidden = self._store.folder / naming.HIDDEN
        later = [
            (state.st_mtime, name)
            for name, state in entries(hidden, naming.JOURNAL)
            if state is not None and state.st_mtime > moment
        ]
        newest = sorted(later, reverse=True)[:LOOKED_INTO]
        return {name.removesuffix(naming.JOURNAL): at for at, name in newest if holds_unsent(hidden / name)}

    def _info(self, stem: str, state: os.stat_result | None) -> Info:
        changed, size = (state.st_mtime, state.st_size) if state else (0.0, 0)
        try:
            return self._read(stem, changed, size, read_text(self._store.folder / f"{stem}{naming.SUFFIX}"))
        except RecordError as error:
            return Info(stem, 0.0, 0, problem=str(error))
        except OSError as error:
            return Info(stem, 0.0, 0, problem=reason(error))

    def _read(self, stem: str, changed: float, size: int, text: str) -> Info:
        declaration = decode(text, newer=True).record.declaration
        filled, asked = self._measure(declaration)
        amount = declaration.funding.requested or declaration.funding.total
        return Info(
            stem,
            changed,
            size,
            declaration.project.year or 0,
            declaration.project.name,
            declaration.project.unit,
            plain(amount) if amount is not None else "",
            filled,
            asked,
            len(declaration.indicators),
        )

    def _draft(self, path: Path) -> Info:
        changed = 0.0
        with suppress(OSError):
            changed = naming.journal_path(path).stat().st_mtime
        return Info(path.stem, changed, 0, draft=True)

    def _known(self) -> dict[str, Info]:
        if self._cache is None:
            return {}
        try:
            rows = json.loads(self._cache.read_text(encoding="utf-8", errors=NAMES))
            return {row[0]: Info(*row) for row in rows}
        except (OSError, ValueError, TypeError, LookupError):
            return {}

    def _keep(self, found: list[Info]) -> None:
        assert self._cache is not None
        with suppress(OSError):
            make_folder(self._cache.parent)
            text = json.dumps([info for info in found if not info.problem], ensure_ascii=False)
            write_atomic(self._cache, text.encode(errors=NAMES))


def entries(folder: Path, suffix: str) -> Iterator[tuple[str, os.stat_result | None]]:
    """Name and state of every file of a kind; no state where it cannot be had. Ten thousand take some hundredths of a second."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as found:
        for entry in found:
            if entry.name.endswith(suffix) and not entry.name.startswith("."):
                try:
                    yield entry.name, entry.stat()
                except OSError:
                    yield entry.name, None


def holds_unsent(journal: Path) -> bool:
    """Whether the last that was done to a record was to type text that is not confirmed, by the end of its journal."""
    try:
        with journal.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
            lines = file.read().splitlines()
    except OSError:
        return False
    for line in reversed(lines):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):  # cut: written half, or begun before the tail
            continue
        if isinstance(row, dict) and "typing" in row:
            return bool(row.get("text"))
        if isinstance(row, dict) and row.keys() & {"base", "step", "undo", "redo"}:
            return False
    return False
