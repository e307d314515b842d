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


def guard() -> None:
    """Guard both streams where they are terminals; a character that a stream's encoding lacks becomes ?."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
            if stream.isatty():
                setattr(sys, name, Guarded(stream))
