"""One append-only journal per record (流水): undo stack, crash draft and resume point in one file of JSON lines.

A last line that was cut short is passed over; everything before it counts. A journal that is damaged further up is set
aside as `.damaged`, and what stood before the damage begins a new one.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from domain.changes import Record
from domain.records.atomic import make_folder, open_file, write_atomic
from domain.records.history import History
from domain.records.journal_lines import Line, base_line, lines_of, usable, written

SHORTEN_ABOVE = 1_000_000
"""Bytes above which a journal is shortened when it is opened."""
SHORTEN_AT_WORK = 8_000_000
"""Bytes above which it is shortened at once: text in progress is written again and again."""
MAX_BYTES = 50_000_000


class Journal:
    """The journal file of one record; it is made when the first line is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.begun = False
        """Whether the file holds a base, so that steps may follow."""
        self.size = 0
        """Bytes in the file, known once a line was written."""
        self._descriptor: int | None = None

    def read(self) -> History | None:
        """The history on disk; None where there is no journal or nothing in it can be used. Raises OSError."""
        try:
            size = self.path.stat().st_size
            data = self.path.read_bytes() if size <= MAX_BYTES else b""
        except FileNotFoundError:
            return None
        history, sound = usable(data)
        self.begun = sound and history is not None
        if history is not None and (not sound or size > SHORTEN_ABOVE):
            with suppress(OSError):
                if not sound:
                    self._set_aside()
                self.rewrite(history)
        return history

    def _set_aside(self) -> None:
        with suppress(FileNotFoundError):
            self.path.replace(self.path.with_suffix(".damaged"))

    def append(self, line: Line, *, durable: bool = True) -> None:
        """Write one line to disk; durable waits until it is there. Raises OSError, and can then be tried again."""
        data = written(line)
        try:
            descriptor = self._open()
            if os.write(descriptor, data) != len(data):
                raise OSError(errno.ENOSPC, "line written in part")
            self.size += len(data)
            if durable:
                os.fsync(descriptor)
        except OSError:
            self.close()
            raise

    def _open(self) -> int:
        if self._descriptor is None:
            make_folder(self.path.parent)
            self._descriptor = open_file(self.path, os.O_RDWR | os.O_APPEND)
            self._mend_cut_line(self._descriptor)
            self.size = os.fstat(self._descriptor).st_size
        return self._descriptor

    @staticmethod
    def _mend_cut_line(descriptor: int) -> None:
        """Cut off a last line that a crash or a full disk left without its end, so that the next one stands alone."""
        size = os.fstat(descriptor).st_size
        tail = os.pread(descriptor, min(size, 1 << 20), max(0, size - (1 << 20)))
        if tail and not tail.endswith(b"\n"):
            os.ftruncate(descriptor, size - len(tail) + tail.rfind(b"\n") + 1)

    def start(self, record: Record) -> None:
        """Begin with a base state; what lies there and cannot be used is set aside. Raises OSError."""
        self.close()
        self._set_aside()
        try:
            self.append(base_line(record))
        except OSError:
            with suppress(OSError):
                self.path.unlink()
            raise
        self.begun = True

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the next append opens it again."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)

    def discard(self) -> None:
        """Take the file away, where there is one and the disk lets it go."""
        self.close()
        self.begun = False
        with suppress(OSError):
            self.path.unlink()

    def rewrite(self, history: History) -> None:
        """Write the whole file anew with the last steps only. Raises OSError."""
        data = b"".join(written(line) for line in lines_of(history))
        self.close()
        make_folder(self.path.parent)
        write_atomic(self.path, data)
        self.begun, self.size = True, len(data)


def has_base(path: Path) -> bool:
    """Whether a journal got as far as a whole first line, without reading it all."""
    try:
        with path.open("rb") as file:
            return file.readline(MAX_BYTES).endswith(b"\n")
    except OSError:
        return False
