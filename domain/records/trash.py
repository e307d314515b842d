"""The trash (回收文件夹) beside the records: what was deleted, and copies of files that had to be replaced. Nothing is thrown away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from domain.records import naming
from domain.records.atomic import make_folder, sync_folder, write_atomic
from domain.records.times import stamp

_NAMED = r"(?P<stem>.+)\.(?P<at>\d{4}-\d\d-\d\dT\d{6}\S*)"
_COMPANIONS = (naming.JOURNAL, naming.PAST)


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

    @property
    def moment(self) -> str:
        """When it came here, as a time noted elsewhere."""
        return f"{self.at[:13]}:{self.at[13:15]}"


def place_for(record: Path) -> Path:
    """A name in the trash for this file that nothing there has; makes the folder. Raises OSError."""
    trash = naming.trash_folder(record.parent)
    make_folder(trash)
    at, number = stamp(), 1
    target = trash / f"{record.stem}.{at}{naming.SUFFIX}"
    while any(target.with_suffix(suffix).exists() for suffix in (naming.SUFFIX, *_COMPANIONS)):
        number += 1
        target = trash / f"{record.stem}.{at}-{number}{naming.SUFFIX}"
    return target


def put_copy(record: Path, data: bytes) -> Path:
    """Keep bytes that are about to be replaced; returns where. Raises OSError."""
    target = place_for(record)
    write_atomic(target, data, exclusive=True)
    return target


def throw(record: Path) -> Path:
    """Move a record, its journal and its past to the trash; returns where the file lies now. Raises OSError."""
    target = place_for(record)
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
    """What lies in a folder's trash, the newest name first."""
    trash = naming.trash_folder(folder)
    if not trash.is_dir():
        return []
    stems = {path.stem for path in trash.iterdir() if path.suffix in (naming.SUFFIX, naming.JOURNAL)}
    found = []
    for stem in stems:
        path = trash / f"{stem}{naming.SUFFIX}"
        match = re.fullmatch(_NAMED, stem)
        if match:
            alone = not (trash / f"{stem}{naming.JOURNAL}").exists()
            found.append(Thrown(path, match["stem"], match["at"], alone))
    return sorted(found, key=lambda one: (one.at, one.stem), reverse=True)


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
