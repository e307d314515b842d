"""What a program still has of a record that another one took over (遗留), and what is typed there since: one file a program.

The file is kept up to date while that program looks on, and what is in it is offered when the record is next opened for filling.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from domain.changes import Record
from domain.records import naming
from domain.records.atomic import make_folder, write_atomic
from domain.records.codec import RecordError, decode, encode
from domain.records.files import names_in
from domain.records.limits import MAX_CHARS
from domain.records.locks import Owner, is_alive, owner_from
from domain.records.opened import Opened

SUFFIX = ".left"
UNSENT = "unsent"
"""The table of a copy that holds text typed but not accepted."""
MAX_BYTES = MAX_CHARS * 8


@dataclass(frozen=True, slots=True)
class Left:
    """What one program had: `mine` is the record as it stood there, `base` the file as that program had last read it."""

    path: Path
    by: Owner
    mine: Record
    base: Record
    typing: Mapping[str, str]
    """Text typed but not accepted, by the key of its place."""

    @property
    def name(self) -> str:
        """By which the record is known in the hidden folder."""
        return self.path.name.removesuffix(SUFFIX).rpartition(".")[0]

    def is_of(self, record: Path) -> bool:
        """Whether it was left of the record in this file."""
        return self.name == _name(record)

    def keep(self) -> None:
        """Write it, in place of what the same program left before. Raises OSError."""
        row = {"by": asdict(self.by), "mine": encode(self.mine), "base": encode(self.base), "typing": {**self.typing}}
        make_folder(self.path.parent)
        write_atomic(self.path, json.dumps(row, ensure_ascii=False).encode(errors="replace"), durable=False)


def leave(opened: Opened, me: Owner) -> None:
    """Keep what this program has of a record beyond its file; nothing stays where that is nothing. Raises OSError."""
    mine = Left(path_for(opened.path, me), me, opened.record, opened.filed or Record(), opened.history.typing)
    if mine.mine != mine.base or mine.typing:
        mine.keep()
    else:
        mine.path.unlink(missing_ok=True)


def as_text(record: Record, typing: Mapping[str, str]) -> str:
    """A record as a file, with text in progress in a table of its own."""
    return encode(replace(record, extra={**record.extra, UNSENT: {**typing}}) if typing else record)


def _name(record: Path) -> str:
    return naming.lock_path(record).stem


def path_for(record: Path, me: Owner) -> Path:
    """Where this program leaves what it has of a record."""
    process = zlib.crc32(f"{me.host} {me.started}".encode(errors="replace"))
    return naming.left_folder(record.parent) / f"{_name(record)}.{me.pid}-{process:08x}{SUFFIX}"


def read(path: Path) -> Left | None:
    """What a file holds; None where nothing in it can be used. Raises OSError."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES)
    try:
        row = json.loads(data)
        by = owner_from(row["by"])
        typing = {str(key): str(text) for key, text in row["typing"].items()}
        found = Left(path, by, decode(row["mine"]).record, decode(row["base"]).record, typing) if by else None
    except (RecordError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return found


def offered(folder: Path, me: Owner) -> Iterator[Left]:
    """What programs left in a folder that look on no longer; this one's own too. Raises OSError."""
    hidden = naming.left_folder(folder)
    for name in sorted(name for name in names_in(hidden) if name.endswith(SUFFIX)):
        try:
            found, seen = read(hidden / name), (hidden / name).stat().st_mtime
        except FileNotFoundError:  # another program has taken it in a moment ago
            continue
        if found is not None and (found.by.is_same(me) or not is_alive(found.by, seen)):
            yield found
