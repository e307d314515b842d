"""What the home screen shows of each record, with a cache by name, time and size, so that a thousand records open at once.

The cache lies in the user's own cache folder and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from domain.model import Declaration
from domain.quantity import plain
from domain.records import naming
from domain.records.atomic import make_folder, write_atomic
from domain.records.codec import RecordError, decode
from domain.records.store import Store, read_text

VERSION = 1
"""Raise when what is kept, or how it is counted, changes: older caches are then left alone."""

Measure = Callable[[Declaration], tuple[int, int]]
"""Fields answered and fields asked of a declaration."""


@dataclass(frozen=True, slots=True)
class Info:
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
    """The records of a store, newest first."""

    def __init__(self, store: Store, cache: Path | None, measure: Measure) -> None:
        self._store, self._measure = store, measure
        key = hashlib.sha256(str(store.folder.absolute()).encode()).hexdigest()[:16]
        self._cache = cache / f"catalog-{VERSION}-{key}.json" if cache else None

    def infos(self) -> list[Info]:
        """Every record, damaged ones included; only files that changed since last time are read."""
        known = self._known()
        found = [self._info(path, known) for path in self._store.paths()]
        if self._cache and {info.stem: info for info in found} != known:
            self._keep(found)
        found += [self._draft(path) for path in self._store.drafts()]
        return sorted(found, key=lambda info: info.changed, reverse=True)

    def _info(self, path: Path, known: dict[str, Info]) -> Info:
        try:
            state = path.stat()
            cached = known.get(path.stem)
            if cached and (cached.changed, cached.size) == (state.st_mtime, state.st_size):
                return cached
            return self._read(path.stem, state.st_mtime, state.st_size, read_text(path))
        except (OSError, RecordError) as error:
            return Info(path.stem, 0.0, 0, problem=str(error))

    def _read(self, stem: str, changed: float, size: int, text: str) -> Info:
        declaration = decode(text).record.declaration
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
            rows = json.loads(self._cache.read_text(encoding="utf-8"))
            return {row["stem"]: Info(**row) for row in rows}
        except (OSError, ValueError, TypeError, KeyError):
            return {}

    def _keep(self, found: list[Info]) -> None:
        assert self._cache is not None
        with suppress(OSError):
            make_folder(self._cache.parent)
            text = json.dumps([asdict(info) for info in found if not info.problem], ensure_ascii=False)
            write_atomic(self._cache, text.encode())
