"""Clearing away what killed programs left in a folder of records: temporary files, locks. Records and journals are never touched.

What a program still had of a record that was taken over, and is there no more under its name, goes to the trash; what has lain
there too long goes for good.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from domain.records import left, locks, naming, trash
from domain.records.atomic import TEMPORARY
from domain.records.codec import RecordError
from domain.records.files import names_in
from domain.records.left import Left
from domain.records.locks import Owner

AGE = 3600.0
"""Seconds after which a temporary file is nobody's any more; one at work lives for milliseconds."""


def sweep(folder: Path, me: Owner) -> int:
    """Clear a folder of records; returns how many files went. What the disk does not allow stays."""
    hidden = folder / naming.HIDDEN
    gone = sum(_sweep_temporary(place) for place in (folder, hidden, naming.trash_folder(folder)))
    with suppress(OSError):
        gone += sum(locks.sweep(hidden / name, me) for name in names_in(hidden) if name.endswith(naming.LOCK))
        gone += sum(_throw(folder, one) for one in left.offered(folder, me) if not one.by.is_same(me))
    with suppress(OSError, RecordError):
        gone += trash.prune(folder)
    return gone


def _throw(folder: Path, one: Left) -> bool:
    record = folder / f"{one.name}{naming.SUFFIX}"
    if naming.is_taken(record) or (folder / one.name).exists():
        return False
    trash.put_copy(record, left.as_text(one.mine, one.typing).encode())
    one.path.unlink()
    return True


def _sweep_temporary(folder: Path) -> int:
    gone = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            ours = entry.name.startswith(".") and entry.name.endswith(TEMPORARY)
            if ours and time.time() - entry.stat(follow_symlinks=False).st_mtime > AGE:
                Path(entry.path).unlink(missing_ok=True)
                gone += 1
    return gone
