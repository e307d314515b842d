"""Asking the terminal, before anything is drawn, how it reads and draws Chinese.

`中文` and `①` are printed and the cursor's column is asked for after each. Only cursor reports are used: every terminal
knows them, and a late answer is swallowed by the parser.
"""

from __future__ import annotations

import select
import time

TYPE_CHECKING = False  # on the way to the first paint: no `typing` and no `re` here
if TYPE_CHECKING:
    from typing import Literal

    from tui.terminal.modes import Terminal

    Ambiguous = Literal["narrow", "wide", "unknown"]
    """How many cells the terminal gives East-Asian-ambiguous characters: one, two, or it did not say."""

    Encoding = Literal["utf-8", "gbk", "other", "unknown"]

QUESTION = "\r中文\x1b[6n\r①\x1b[6n\r\x1b[K".encode()

LIMIT = 0.4
"""Seconds to wait for the answers, counted from the question."""

WIDE_MESSAGE = "终端把“…—①等符号显示成两格宽，已按两格排版。建议在客户端关掉“CJK 歧义字符按宽字符显示”，排得更整齐。"


class Report:
    """What the terminal said; `answered` is false when it said nothing in time, `round_trip` counts seconds."""

    def __init__(
        self,
        answered: bool = False,
        encoding: Encoding = "unknown",
        ambiguous: Ambiguous = "unknown",
        round_trip: float = 0.0,
    ) -> None:
        self.answered, self.encoding = answered, encoding
        self.ambiguous: Ambiguous = ambiguous
        self.round_trip = round_trip

    @property
    def readable(self) -> bool:
        """Whether Chinese can be shown: no news is taken for good news."""
        return self.encoding in ("utf-8", "unknown")


class Probe:
    """One question and its answers; raw mode must be on from `ask` to the last `collect`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._asked: float | None = None
        self._columns: list[int] = []
        self._round_trip = 0.0

    def ask(self) -> None:
        """Send the question; the answers are collected later."""
        self._asked = time.monotonic()
        self._terminal.write(QUESTION, limit=0.1)

    @property
    def done(self) -> bool:
        """Whether the answers are complete: a GBK terminal garbles the second question."""
        return len(self._columns) > 1 or (len(self._columns) == 1 and self._columns[0] != 5)

    def collect(self, limit: float = LIMIT) -> Report:
        """Wait for answers until `limit` seconds after the question; other input is kept for the app."""
        assert self._asked is not None, "ask() first"
        while not self.done:
            left = self._asked + limit - time.monotonic()
            if not select.select([self._terminal.in_fd], [], [], max(left, 0.0))[0]:
                break
            try:
                data = self._terminal.leftover + self._terminal.read_available()
            except EOFError:
                break
            columns, self._terminal.leftover = take_reports(data)
            if columns and not self._columns:
                self._round_trip = time.monotonic() - self._asked
            self._columns += columns
        return self._report()

    def _report(self) -> Report:
        first, second = [*self._columns[:2], 0, 0][:2]
        if not first:
            return Report()
        if first != 5:
            return Report(True, "gbk" if first == 7 else "other", "unknown", self._round_trip)
        width: Ambiguous = "narrow" if second == 2 else "wide" if second == 3 else "unknown"
        return Report(True, "utf-8", width, self._round_trip)


def take_reports(data: bytes) -> tuple[list[int], bytes]:
    """The columns of all cursor reports (`ESC [ row ; column R`) in some input, and the input without them."""
    columns, kept = [], b""
    while (start := data.find(b"\x1b[")) >= 0:
        end = start + 2
        while end < len(data) and data[end] in b"0123456789;":
            end += 1
        row, _, column = data[start + 2 : end].partition(b";")
        if data[end : end + 1] == b"R" and row.isdigit() and column.isdigit():
            columns.append(int(column))
            kept += data[:start]
            data = data[end + 1 :]
        else:
            kept += data[:end]
            data = data[end:]
    return columns, kept + data
