"""The lint of library files: `tianbiao library check` and CI. Reports everything at once, with line, entry and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from domain.library.checks.names import name_hits
from domain.library.checks.targets import target_hits
from domain.library.checks.texts import text_hits
from domain.library.checks.twins import cross_hits
from domain.library.entry import FIELDS, REQUIRED, Entry
from domain.library.faults import ERROR, Fault, Hit
from domain.library.load import entry_of
from domain.library.source import Placed, Source, read_file, read_source


def lint_file(path: Path, base: Sequence[Entry] = ()) -> tuple[Fault, ...]:
    """The faults of a library file, by line; `base` are entries that it layers over. Never raises for what a file holds."""
    text = read_file(path)
    return (text,) if isinstance(text, Fault) else lint_text(text, str(path), base)


def lint_text(text: str, path: str, base: Sequence[Entry] = ()) -> tuple[Fault, ...]:
    """The faults of a library file's text, by line."""
    source = read_source(text, path)
    below = {entry.id: entry for entry in base}
    sound: list[tuple[Placed, Entry]] = []
    faults = list(source.faults)
    for placed in source.placed:
        hits = list(_shape_hits(placed.table, placed.id in below))
        faults.extend(_fault(path, placed, hit) for hit in hits)
        spoilt = {hit.key for hit in hits if hit.code in _SPOILING}
        if not spoilt & _CORE:
            entry = entry_of(_readable(placed.table, spoilt), below.get(placed.id))
            sound.append((placed, entry))
            faults.extend(_fault(path, placed, hit) for hit in _entry_hits(entry) if hit.key not in spoilt)
    faults.extend(_base_faults(path, sound, below))
    faults.extend(_empty_fault(path, source))
    return tuple(sorted(faults, key=lambda fault: (fault.line, fault.severity, fault.code, fault.message)))


def _shape_hits(table: dict[str, Any], partial: bool) -> Iterator[Hit]:
    # Imported here because pydantic must stay off the path to the first question.
    from domain.library.checks.schema import shape_hits

    yield from shape_hits(table, partial=partial and not table.keys() >= set(REQUIRED))


_SPOILING = ("missing-key", "type", "slot", "empty")
"""Faults of shape that leave a key without a value to look at."""

_CORE = frozenset(("id", "level1", "level2", "name", "template", "kind", "operator", "target", "unit", "direction"))
"""Keys without which nothing more can be said about an entry."""

_LISTS = frozenset(("keywords", "synonyms", "sectors", "purposes", "basis", "evidence"))


def _readable(table: dict[str, Any], spoilt: set[str]) -> dict[str, Any]:
    """The table with unknown keys left out and spoilt ones empty, so that its other faults can be named as well."""
    known = {key: value for key, value in table.items() if key in FIELDS and key not in spoilt}
    return known | {key: [] if key in _LISTS else "" for key in spoilt if key in REQUIRED}


def _entry_hits(entry: Entry) -> Iterator[Hit]:
    if not entry.retired:
        for check in (name_hits, target_hits, text_hits):
            yield from check(entry)


def _base_faults(path: str, sound: Sequence[tuple[Placed, Entry]], below: dict[str, Entry]) -> Iterator[Fault]:
    """Faults between entries, those of the layer below included; only the file's own are reported."""
    changed = {entry.id for _, entry in sound}
    others = [entry for entry in below.values() if entry.id not in changed]
    entries = [*others, *(entry for _, entry in sound)]
    for place, hit in cross_hits(entries):
        if place >= len(others):
            yield _fault(path, sound[place - len(others)][0], hit)


def _empty_fault(path: str, source: Source) -> Iterator[Fault]:
    if not source.placed and not source.faults:
        yield Fault(path, 0, "", ERROR, "empty", "文件里没有 [[entry]]；用 tianbiao library new 写一条试试。")


def _fault(path: str, placed: Placed, hit: Hit) -> Fault:
    return Fault(path, placed.at(hit.key), placed.id, hit.severity, hit.code, hit.message)
