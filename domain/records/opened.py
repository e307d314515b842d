"""A record that is open: its file, its journal, its history, and what was found out about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from domain.changes import Record
from domain.records.files import Stamp
from domain.records.history import History
from domain.records.journal import Journal
from domain.records.merging import Conflict
from domain.records.migrations import SCHEMA_VERSION


@dataclass
class Opened:
    """What a program knows of a record that it has opened; the store changes it, nobody else."""

    path: Path
    journal: Journal
    history: History
    text: str = ""
    """The TOML file's text as last read or written; "" for a record not yet written."""
    filed: Record | None = None
    """The record that the file holds; None for a record not yet written."""
    encoded: str = ""
    """That record as we would write it; it differs from `text` where a person wrote the file."""
    stamp: Stamp | None = None
    """The file's stamp as last read or written: another one means that somebody else wrote it."""
    oddities: tuple[str, ...] = ()
    recovered: int = 0
    """Steps given back that had not reached the TOML file."""
    kept: Path | None = None
    """Where a file that was not as we write it (comments, damage) was put before it was replaced."""
    version: int = SCHEMA_VERSION
    """The format that the file was written in."""
    read_only: str = ""
    """Why the file must not be written, in Chinese; "" where it may."""
    conflicts: tuple[Conflict, ...] = ()
    """Places that were changed here and in the file, to be decided; until then the file is left as it is."""
    notes: list[str] = field(default_factory=list)
    """What happened to the file from outside, in Chinese, to be told once."""
    rooted: bool = False
    """Whether the folder was there: one that has vanished since is waited for, not made anew."""

    @property
    def record(self) -> Record:
        """The current state."""
        return self.history.record
