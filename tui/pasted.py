"""A form pasted for an import (粘贴稿), kept on disk from the paste until it is a record or is dropped on purpose. Free of Textual."""

from __future__ import annotations

import os
from pathlib import Path

from domain.records.atomic import make_folder, reason, write_atomic
from domain.records.files import changed

FOLDER = "pasted"
"""The folder for it among the program's state files; every running program has a file of its own there."""
MAX_BYTES = 50_000_000


class Pasted:
    """The pasted text of one run of the program."""

    def __init__(self, state: Path) -> None:
        self.path = state / FOLDER / f"{os.getpid()}.txt"

    def keep(self, text: str) -> str:
        """Put the text on disk, an empty one away; returns why the disk did not play along, "" where it did."""
        try:
            if not text.strip():
                self.drop()
            else:
                make_folder(self.path.parent)
                write_atomic(self.path, text.encode(errors="replace"))
        except OSError as error:
            return reason(error)
        return ""

    def drop(self) -> None:
        """Forget the text. Raises OSError."""
        self.path.unlink(missing_ok=True)

    def waits(self) -> bool:
        """Whether a text is there that became no record: of this run, or of one that has ended."""
        return bool(self._left())

    def take_up(self) -> str:
        """The newest such text, from now on this run's own. Raises OSError."""
        newest = max(self._left(), key=changed)
        if newest != self.path:
            newest.replace(self.path)
        with self.path.open("rb") as file:
            return file.read(MAX_BYTES).decode(errors="replace")

    def _left(self) -> list[Path]:
        if not self.path.parent.is_dir():
            return []
        return [path for path in self.path.parent.glob("*.txt") if path == self.path or not _runs(path.stem)]


def _runs(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
