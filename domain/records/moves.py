"""A record gets another file name (改名): new file, journal, past, old file, in this order, with a note of it on disk.

The note (`.tianbiao/<new stem>.move`) lets the next program finish what a kill cut in two, so that no second record stays.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from domain.records import locks, naming
from domain.records.atomic import sync_folder, temporary_path, write_atomic
from domain.records.files import holds, names_in
from domain.records.locks import Owner


def note_path(target: Path) -> Path:
    """Where it is noted that a record is about to get this path."""
    return naming.journal_path(target).with_suffix(naming.MOVE)


def move(source: Path, target: Path, old: str | None, new: str, me: Owner) -> None:
    """Write `new` under the new name and let journal and past follow; then the file that held `old` goes, where there was one.

    Raises OSError, with everything as it was but perhaps the note.
    """
    note = note_path(target)
    row = {"from": source.name, "to": target.name, "old": old, "new": new, "by": asdict(me)}
    write_atomic(note, json.dumps(row, ensure_ascii=False).encode(), durable=False)
    if not holds(target, new):
        write_atomic(target, new.encode(), exclusive=True)
    try:
        _follow(source, target)
    except OSError:
        with suppress(OSError):
            target.unlink()
        raise
    if old is not None:
        with suppress(OSError):
            _retire(source, old)
    sync_folder(target.parent)
    with suppress(OSError):
        note.unlink()


def _retire(source: Path, old: str) -> None:
    """Take the file under the old name away; what somebody wrote there in the last moment lies in the trash. Raises OSError."""
    aside = temporary_path(source.parent / naming.HIDDEN / source.name)
    source.replace(aside)
    if holds(aside, old):
        aside.unlink()
    else:
        from domain.records import trash

        aside.replace(trash.place_for(source))


def _follow(source: Path, target: Path) -> None:
    """Journal and past under the new name. Raises OSError."""
    for path_of in (naming.past_path, naming.journal_path):
        if path_of(source).exists():
            path_of(source).replace(path_of(target))


def finish(folder: Path, me: Owner) -> None:
    """Finish every renaming that a program did not live to finish; what the disk does not allow now is tried next time."""
    hidden = folder / naming.HIDDEN
    with suppress(OSError):
        for name in sorted(name for name in names_in(hidden) if name.endswith(naming.MOVE)):
            _finish(folder, hidden / name, me)


def _finish(folder: Path, note: Path, me: Owner) -> None:
    try:
        row = json.loads(note.read_bytes())
        by = locks.owner_from(row["by"])
        source, target = folder / Path(row["from"]).name, folder / Path(row["to"]).name
        old, new = row["old"], str(row["new"])
        written = note.stat().st_mtime
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError, RecursionError):
        note.unlink(missing_ok=True)
        return
    if by is not None and not by.is_same(me) and locks.is_alive(by, written):
        return
    if holds(target, new) and not _is_begun(source, target):
        _follow(source, target)
    if naming.journal_path(target).exists() and isinstance(old, str) and holds(source, old):
        from domain.records import trash

        source.replace(trash.place_for(source))
    note.unlink(missing_ok=True)


def _is_begun(source: Path, target: Path) -> bool:
    """Whether both names have a journal: then they are two records by now."""
    return naming.journal_path(source).exists() and naming.journal_path(target).exists()
