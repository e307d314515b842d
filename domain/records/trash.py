"""The trash (回收文件夹) beside the records: what was deleted, and copies of files that had to be replaced.

It stays small: `domain.records.limits` says what goes for good, and when.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.records import naming
from domain.records.atomic import make_folder, sync_folder, write_atomic
from domain.records.files import look_into
from domain.records.limits import TRASH_ALWAYS, TRASH_BYTES, TRASH_COPY_DAYS, TRASH_DAYS
from domain.records.times import stamp

_NAMED = r"(?P<stem>.+)\.(?P<at>\d{4}-\d\d-\d\dT\d{6}\S*)"
_COMPANIONS = (naming.JOURNAL, naming.PAST)
_COPY = "-copy"
"""Ends the name of a copy, before the suffix."""


@dataclass(frozen=True, slots=True)
class Thrown:
    """Something in the trash: its file or, of a draft, its journal; the name it had, when it came here, whether it was a copy."""

    path: Path
    stem: str
    at: str
    is_copy: bool

    @property
    def name(self) -> str:
        """By which it is asked for on the command line."""
        return self.path.stem

    def files(self) -> list[Path]:
        """The files of it that are there."""
        named = (self.path.with_suffix(suffix) for suffix in (naming.SUFFIX, *_COMPANIONS))
        return [path for path in named if path.exists()]

    @property
    def moment(self) -> str:
        """When it came here, as a time noted elsewhere."""
        return f"{self.at[:13]}:{self.at[13:15]}"


def place_for(record: Path, *, ending: str = _COPY) -> Path:
    """A name in the trash for this file that nothing there has; makes the folder. Raises OSError."""
    trash = naming.trash_folder(record.parent)
    make_folder(trash)
    at, number = stamp(), 1
    target = trash / f"{record.stem}.{at}{ending}{naming.SUFFIX}"
    while any(target.with_suffix(suffix).exists() for suffix in (naming.SUFFIX, *_COMPANIONS)):
        number += 1
        target = trash / f"{record.stem}.{at}-{number}{ending}{naming.SUFFIX}"
    return target


def put_copy(record: Path, data: bytes) -> Path:
    """Keep bytes that are about to be replaced; returns where. Raises OSError."""
    target = place_for(record)
    write_atomic(target, data, exclusive=True)
    return target


def throw(record: Path) -> Path:
    """Move a record, its journal and its past to the trash; returns where the file lies now. Raises OSError."""
    target = place_for(record, ending="")
    for source, suffix in _files_of(record):
        if source.exists():
            source.replace(target.with_suffix(suffix))
    sync_folder(record.parent)
    return target


def _files_of(record: Path) -> tuple[tuple[Path, str], ...]:
    """The journal goes first: a record without one is whole, a journal without its record would be taken for a draft."""
    return (
        (naming.journal_path(record), naming.JOURNAL),
        (naming.past_path(record), naming.PAST),
        (record, naming.SUFFIX),
    )


def thrown(folder: Path) -> list[Thrown]:
    """What lies in a folder's trash, the newest name first. Raises OSError, ClosedFolderError."""
    look_into(folder)
    trash = naming.trash_folder(folder)
    if not trash.is_dir():
        return []
    stems = {path.stem for path in trash.iterdir() if path.suffix in (naming.SUFFIX, naming.JOURNAL)}
    found = []
    for stem in stems:
        path = trash / f"{stem}{naming.SUFFIX}"
        match = re.fullmatch(_NAMED, stem)
        if match:
            found.append(Thrown(path, match["stem"], match["at"], match["at"].endswith(_COPY)))
    return sorted(found, key=lambda one: (one.at, one.stem), reverse=True)


def expired(found: Sequence[tuple[Thrown, int]], today: datetime.date) -> list[Thrown]:
    """What is too old or too much, of things in the trash with their bytes, the newest first.

    A time that lies in the future or cannot be read counts as today's.
    """
    gone, room = [], TRASH_BYTES
    for number, (one, size) in enumerate(found):
        room -= size
        longest = TRASH_COPY_DAYS if one.is_copy else TRASH_DAYS
        if number >= TRASH_ALWAYS and (room < 0 or (today - (_day(one.at) or today)).days > longest):
            gone.append(one)
            room += size
    return gone


def _day(at: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(at[:10])
    except ValueError:
        return None


def prune(folder: Path) -> int:
    """Throw away for good what has lain in the trash too long, or is too much; returns how many. Raises OSError."""
    found = [(one, sum(path.stat().st_size for path in one.files())) for one in thrown(folder)]
    gone = expired(found, datetime.date.today())
    for one in gone:
        for path in one.files():
            path.unlink(missing_ok=True)
    return len(gone)


def put_back(one: Thrown) -> Path:
    """Bring something out of the trash back among the records, under a free name; returns its path. Raises OSError."""
    folder = one.path.parent.parent.parent
    target, number = folder / f"{one.stem}{naming.SUFFIX}", 1
    while naming.is_taken(target):
        number += 1
        target = folder / f"{one.stem}-{number}{naming.SUFFIX}"
    for there, suffix in reversed(_files_of(target)):
        source = one.path.with_suffix(suffix)
        if source.exists():
            source.replace(there)
    sync_folder(folder)
    return target
