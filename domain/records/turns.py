"""Taking turns at a record (轮流): programs of ours wait for each other from the look at the lock to the end of the write.

A lock of the system on one byte of a file in the hidden folder, another byte for each record; it ends with its program. Where
the file system knows no locks, or a program was stopped in the midst of its turn, the write goes on without: the lock file and
the stamp of the record still tell afterwards what happened.
"""

from __future__ import annotations

import fcntl
import os
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.records import naming
from domain.records.atomic import open_file

NAME = "turns"
TRIES = 100
"""Looks at a turn that another program has; a write takes some milliseconds, with a slow disk a tenth of a second."""
PAUSE = 0.01
"""Seconds between two looks."""


class Turns:
    """One program's turns at the record that it has open; a turn within a turn is the same one."""

    def __init__(self) -> None:
        self._taken = False
        self._useless = False
        """Whether the file system knows no locks: some take long to say so, and are not asked again."""

    @contextmanager
    def at(self, record: Path) -> Iterator[None]:
        """Have the record for oneself, as far as programs of ours go."""
        if self._taken or self._useless:
            yield
            return
        descriptor = self._wait(record)
        self._taken = True
        try:
            yield
        finally:
            self._taken = False
            if descriptor is not None:
                os.close(descriptor)

    def _wait(self, record: Path) -> int | None:
        """The descriptor that holds the turn; None where it cannot be had. A folder without records yet has nobody to wait for."""
        try:
            descriptor = open_file(record.parent / naming.HIDDEN / NAME, os.O_RDWR)
        except OSError:
            return None
        place, pause = zlib.crc32(record.name.encode(errors="replace")), threading.Event()
        for _ in range(TRIES):
            try:
                fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
            except (BlockingIOError, PermissionError):  # somebody has it; which is raised differs by system
                pause.wait(PAUSE)
            except OSError:
                self._useless = True
                break
            else:
                return descriptor
        os.close(descriptor)
        return None
