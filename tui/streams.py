"""Standard output and error as commands use them: what they print on a terminal is text and nothing else.

Names of files, arguments and texts may hold escape sequences. Into a pipe they go as they are, so that scripts get exact paths.
"""

from __future__ import annotations

import io
import sys
from typing import Any, TextIO

from domain.text import clean_cells


class Guarded:
    """A terminal's stream through which no control character passes but line ends and tabs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text without its controls."""
        return self._stream.write(clean_cells(text))

    def writelines(self, lines: Any) -> None:
        """Write each line."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def bare(stream: TextIO) -> TextIO:
    """The stream beneath a guard, for a line of our own that is written over again."""
    return stream._stream if isinstance(stream, Guarded) else stream


def for_programs() -> None:
    """Standard output in UTF-8, which JSON is read as whatever the locale; on a terminal, where people read, it stays.

    A byte of a file's name that is no UTF-8 becomes an escape of JSON (\\udcb7), from which Python gets the name back.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def guard() -> None:
    """Guard both streams where they are terminals; a character that a stream's encoding lacks becomes ?.

    The bytes of a name that is no UTF-8 reach a pipe or a file as they are.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            exact = name == "stdout" and stream.encoding.lower() == "utf-8" and not stream.isatty()
            stream.reconfigure(errors="surrogateescape" if exact else "replace")
            if stream.isatty():
                setattr(sys, name, Guarded(stream))
