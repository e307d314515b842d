"""What the headless commands share: where messages go, a record as a file holds it, how far a long command is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from time import monotonic
from typing import TextIO

from domain.records.codec import Decoded, RecordError, decode
from domain.records.store import read_text
from domain.text import one_line
from tui.streams import bare

STDIN = STDOUT = "-"
"""Instead of a file's name on the command line."""
MAX_LINE = 4_000_000
"""Bytes of a line of a JSONL file; a whole form in one is far shorter."""
PROGRESS_PAUSE = 0.1
"""Seconds between two states of the progress line."""
BAR = 24


def complain(text: str) -> None:
    """A message for people, on stderr."""
    print(text, file=sys.stderr)


def decoded(path: Path, *, newer: bool = False) -> Decoded:
    """What a record file holds, with a word on stderr for what was not understood; raises OSError, RecordError with the file's name."""
    try:
        found = decode(read_text(path), newer=newer)
    except RecordError as error:
        raise RecordError(f"{one_line(path.name)}：{error}") from error
    for oddity in found.oddities:
        complain(f"{one_line(path.name)}：{oddity}")
    return found


def lines_of(name: str) -> Iterator[str]:
    """The lines of a file, or of standard input for -, as they come; what is no UTF-8 becomes �.

    Raises OSError, and RecordError at a line too long to be one.
    """
    with nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb") as file:
        encoding = "utf-8-sig"
        for number in count(1):
            line = file.readline(MAX_LINE + 1)
            if not line:
                return
            if len(line) > MAX_LINE:
                raise RecordError(
                    f"{one_line(name)}：第 {number} 行超过 {MAX_LINE // 1_000_000} MB，不像一行 JSON；请核对文件。"
                )
            yield line.decode(encoding, "replace")
            encoding = "utf-8"


class Progress:
    """A progress line on a terminal, nothing elsewhere; problems go above it as lines of their own."""

    def __init__(self, out: TextIO, total: int) -> None:
        self._out, self._total, self._shown, self._at = out, total, 0, 0.0
        self._live, self._line = out.isatty(), bare(out)

    def say(self, text: str) -> None:
        """A line that stays."""
        self.wipe()
        print(text, file=self._out)

    def show(self, done: int) -> None:
        """How far it is."""
        now = monotonic()
        if self._live and (now - self._at >= PROGRESS_PAUSE or done >= self._total):
            self._at = now
            filled = BAR * done // max(1, self._total)
            text = f"[{'#' * filled}{'-' * (BAR - filled)}] {done}/{self._total}"
            self._line.write(f"\r{text}")
            self._line.flush()
            self._shown = len(text)

    def wipe(self) -> None:
        """Take the line away until the next state."""
        if self._shown:
            self._line.write("\r" + " " * self._shown + "\r")
            self._shown = 0

    def end(self) -> None:
        """Take the line away for good."""
        self.wipe()
        self._line.flush()
