"""Layers (叠加) of the library: the built-in one, then the user's and the office's files, which add, change and retire.

A file is parsed and checked for its shape once and then read from its derived form until it changes. What cannot be used is
reported and left out; no library file can keep the program from starting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain import derived
from domain.library.entry import REQUIRED, Entry, gaps_of
from domain.library.faults import ERROR, UNREAD, WARNING, Fault, Hit
from domain.library.load import builtin_library, builtin_path, entry_of
from domain.records.atomic import reason

LAYER = "library-layer"
LAYER_FORMAT = 1
"""Version of a layer's derived form; change it together with the shape of entries or the checks of the shape."""

_Raw = tuple[list[tuple[dict[str, Any], int]], list[tuple[str, int, str, str, str, str]]]
"""Tables with their lines, and faults, as plain data."""


@dataclass(frozen=True)
class Library:
    """The entries in use from all layers, and what had to be left out."""

    entries: tuple[Entry, ...]
    """In use: the built-in order, additions after it."""
    retired: tuple[Entry, ...] = ()
    origins: Mapping[str, Path] = field(default_factory=dict)
    """The file that added, changed or retired an entry, by its id; built-in entries left as they are have none."""
    faults: tuple[Fault, ...] = ()
    sources: tuple[Path, ...] = ()
    """Every file that was read, for whoever derives something from the library."""

    def get(self, identity: str) -> Entry | None:
        """The entry of this id, in use or retired."""
        return self._by_id.get(identity)

    def in_use(self, identity: str) -> Entry | None:
        """The entry of this id, or the one to use instead where it is retired; None where there is none."""
        seen: set[str] = set()
        entry = self.get(identity)
        while entry is not None and entry.retired and entry.id not in seen:
            seen.add(entry.id)
            entry = self.get(entry.use_instead)
        return None if entry is None or entry.retired else entry

    @property
    def _by_id(self) -> dict[str, Entry]:
        found = self.__dict__.get("_index")
        if found is None:
            found = {entry.id: entry for entry in (*self.retired, *self.entries)}
            self.__dict__["_index"] = found
        index: dict[str, Entry] = found
        return index


def open_library(folder: Path | None = None, files: Sequence[Path] = ()) -> Library:
    """The built-in library with the layers of a folder (*.toml by name) and then of `files` over it. Never raises for them."""
    stack = _Stack(builtin_library())
    for path in (*layer_files(folder), *files):
        stack.add(path)
    return stack.library((builtin_path(), *stack.sources))


def layer_files(folder: Path | None) -> list[Path]:
    """The library files of a folder in the order in which they are layered; hidden ones and those of editors do not count."""
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith((".", "#")))


class _Stack:
    """Entries by id while layers are put on."""

    def __init__(self, base: Sequence[Entry]) -> None:
        self.entries = {entry.id: entry for entry in base}
        self.origins: dict[str, Path] = {}
        self.faults: list[Fault] = []
        self.sources: list[Path] = []

    def add(self, path: Path) -> None:
        """Put the entries of a file over what there is; later files win."""
        tables, faults = _read_layer(path)
        self.faults.extend(faults)
        if tables or not faults:
            self.sources.append(path)
        seen: set[str] = set()
        for table, line in tables:
            identity = table["id"]
            problem = self._problem(table, identity in seen)
            if problem:
                self.faults.append(_left_out(path, line, identity, problem))
                continue
            seen.add(identity)
            self.entries[identity] = _sound(entry_of(table, self.entries.get(identity)))
            self.origins[identity] = path

    def _problem(self, table: Mapping[str, Any], again: bool) -> Hit | None:
        if again:
            return Hit("id", "duplicate-id", "这个编号在本文件里前面已经用过，以前面的为准。")
        missing = [key for key in REQUIRED if key not in table]
        if missing and table["id"] not in self.entries:
            return Hit(
                "id", "missing-key", f"库里没有这个编号，新增指标还缺 {'、'.join(missing)}；要改已有的指标，请核对 id。"
            )
        return None

    def library(self, sources: tuple[Path, ...]) -> Library:
        """What the layers amount to, with a word where a retired entry leads nowhere."""
        living = tuple(entry for entry in self.entries.values() if not entry.retired)
        retired = tuple(entry for entry in self.entries.values() if entry.retired)
        library = Library(living, retired, self.origins, (), sources)
        for entry in retired:
            if entry.use_instead and library.in_use(entry.use_instead) is None and entry.id in self.origins:
                message = f"use_instead 指向 {entry.use_instead}，但没有这条在用的指标；照样停用，只是没有替代。"
                path = self.origins[entry.id]
                self.faults.append(Fault(str(path), 0, entry.id, WARNING, "dead-reference", message))
        return Library(living, retired, self.origins, tuple(self.faults), sources)


def _read_layer(path: Path) -> tuple[list[tuple[dict[str, Any], int]], list[Fault]]:
    try:
        if path.is_file():
            tables, faults = derived.load(LAYER, (path,), lambda: _parse_layer(path), LAYER_FORMAT)
        else:  # no file to keep a derived form of: a device may have no end
            tables, faults = _parse_layer(path)
    except OSError as error:
        return [], [Fault(str(path), 0, "", ERROR, UNREAD, f"读不出文件，已略过：{reason(error)}。")]
    return tables, [Fault(str(path), line, *rest) for _, line, *rest in faults]


def _parse_layer(path: Path) -> _Raw:
    """The tables that can be used, each checked for its shape; a table may be a part of an entry (a change)."""
    # Imported here because pydantic and tomllib must stay off the path to the first question.
    from domain.library.checks.schema import shape_hits
    from domain.library.source import read_file, read_source

    text = read_file(path)
    if isinstance(text, Fault):
        return [], [_plain(text)]
    source = read_source(text, str(path))
    faults = [*source.faults]
    tables: list[tuple[dict[str, Any], int]] = []
    for placed in source.placed:
        hits = list(shape_hits(placed.table, partial="id" in placed.table))
        faults.extend(_left_out(path, placed.at(hit.key), placed.id, hit) for hit in hits)
        if not hits:
            tables.append((placed.table, placed.line))
    return tables, [_plain(fault) for fault in faults]


def _left_out(path: Path, line: int, identity: str, hit: Hit) -> Fault:
    return Fault(str(path), line, identity, ERROR, hit.code, f"{hit.message}这一条已略过。")


def _plain(fault: Fault) -> tuple[str, int, str, str, str, str]:
    return (fault.path, fault.line, fault.entry, fault.severity, fault.code, fault.message)


def _sound(entry: Entry) -> Entry:
    """The entry with what follows from other fields set right: a change of the name may have brought or taken the gap."""
    template = bool(gaps_of(entry.name))
    return entry if entry.template == template else entry._replace(template=template)
