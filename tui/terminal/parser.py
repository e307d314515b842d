"""Characters from the terminal as Textual's events: keys, pastes, mouse.

Unlike Textual's own parser it never types what it does not know: unknown sequences, late answers to queries and colour
codes inside a paste vanish, pasted text comes cleaned and whole, a paste whose end mark is lost is given up, and a key
sequence that a slow link has cut in two is still one key. Alt is not told from a preceding Esc (PuTTY sends the same
bytes for both, and a bunched link sends them together): `ESC x` is the Esc key and then `x`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterable, Iterator

from textual import constants, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

from domain.text import clean, clean_cells
from tui.terminal.burst import is_paste

START, END = "\x1b[200~", "\x1b[201~"

PASTE_PATIENCE = 2.0
"""Seconds of silence after which a paste without an end mark is delivered as it is."""

ORPHAN = 10.0
"""Seconds after that in which a late end mark still makes what stands before it a paste."""

BURST_SILENCE = 0.05
"""Seconds of silence that end a paste without marks."""

PIECE_PATIENCE = 1.0
"""Seconds to wait for the rest of a sequence that has clearly begun."""

_TOKEN = re.compile(
    r"(?P<text>[^\x1b]+)"
    r"|(?P<mouse10>\x1b\[M[\s\S]{3})"
    r"|(?P<csi>\x1b\[(?:\[[A-E]|[0-?]*[ -/]*[@-~]))"
    r"|(?P<ss3>\x1bO[\d;]*[ @-~])"
    r"|(?P<answer>\x1b[\]PX^_][ -~]*(?:\x07|\x1b\\))"
)
_PIECE = re.compile(r"\x1b(?:\[(?:\[|M[\s\S]{0,2}|[0-?]*[ -/]*)|O[\d;]*|[\]PX^_][ -~]{0,4096}\x1b?)?\Z")
_TAIL = re.compile(r"(?:\[(?:[\d;]*[A-HPQRSZ~]|\[[A-E])|O[A-HM-SZ])\Z")
_COLOUR = re.compile(r"\x1b\[[\d;:]*m")
_REPORT = re.compile(r"\x1b\[\??\d+;\d+R")
_MOUSE = re.compile(r"\x1b\[<\d+;-?\d+;-?\d+[Mm]")


class SafeParser(XTermParser):
    """Feed it decoded text; call `tick()` at `deadline` (monotonic seconds, None when nothing is pending)."""

    def __init__(self, debug: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(False)  # never `debug`: it would write what is typed to a file
        self._clock = clock
        self.deadline: float | None = None
        self._piece = ""  # an unfinished sequence
        self._paste: str | None = None  # a bracketed paste so far
        self._burst: str | None = None  # a paste without marks so far
        self._orphan_until = 0.0
        self._escape_at = -1e9  # when a lone ESC was given out as the Esc key

    # -- input -----------------------------------------------------------------------------------------------
    def feed(self, data: str) -> Iterable[Message]:
        """The events of one chunk; an empty chunk means the end of input and gives what is pending."""
        if not data:
            return list(self._give_up())
        return list(self._feed(data))

    def tick(self) -> Iterable[Message]:
        """The events due to silence, when `deadline` has passed."""
        if self.deadline is None or self._clock() < self.deadline:
            return []
        return list(self._give_up())

    @property
    def wait(self) -> float:
        """Seconds until `tick` is due."""
        return 0.0 if self.deadline is None else max(0.0, self.deadline - self._clock()) + 0.001

    def _feed(self, data: str) -> Iterator[Message]:
        now, self.deadline = self._clock(), None
        if self._paste is None:
            data = self._rejoin(data, now)
        while data:
            if self._paste is not None:
                data = yield from self._collect(data)
                continue
            start = data.find(START)
            head, data = (data, "") if start < 0 else (data[:start], data[start + len(START) :])
            yield from self._plain(head, last=start < 0)
            if start >= 0:
                yield from self._end_burst()
                self._paste = ""
        if self._paste is not None:
            self.deadline = now + PASTE_PATIENCE
        elif self._burst is not None:
            self.deadline = now + BURST_SILENCE
        elif self._piece:
            short = len(self._piece) == 1
            self.deadline = now + (constants.ESCAPE_DELAY if short else PIECE_PATIENCE)

    def _rejoin(self, data: str, now: float) -> str:
        """Put a sequence together again whose first piece came earlier, even as an Esc key."""
        if self._piece:
            data, self._piece = self._piece + data, ""
        elif now - self._escape_at < PIECE_PATIENCE / 2 and _TAIL.match(data):
            data = "\x1b" + data
        self._escape_at = -1e9
        if now < self._orphan_until and (end := data.find(END)) >= 0 and START not in data[:end]:
            self._orphan_until = 0.0
            self._paste = ""  # the rest of a paste that was given up
        return data

    def _collect(self, data: str) -> Generator[Message, None, str]:
        """Take pasted text up to the end mark; returns what follows it."""
        assert self._paste is not None
        seen = max(0, len(self._paste) - len(END))
        self._paste += data
        end = self._paste.find(END, seen)
        if end < 0:
            return ""
        text, rest, self._paste = self._paste[:end], self._paste[end + len(END) :], None
        yield from _pasted(text)
        return rest

    # -- plain input -----------------------------------------------------------------------------------------
    def _plain(self, data: str, last: bool) -> Iterator[Message]:
        """Tokens outside a bracketed paste; with `last` an unfinished sequence at the end may wait."""
        data = _COLOUR.sub("", data)  # no key of any terminal, but common in text pasted without marks
        position = 0
        while position < len(data):
            token = _TOKEN.match(data, position)
            if token is None:
                if last and _PIECE.match(data, position):
                    self._piece = data[position:]
                    return
                yield from self._end_burst()
                yield events.Key("escape", "\x1b")
                position += 1
                continue
            position = token.end()
            if token.lastgroup == "text":
                yield from self._text(token.group())
                continue
            yield from self._end_burst()
            yield from self._sequence(token.group())

    def _text(self, text: str) -> Iterator[Message]:
        if self._burst is not None:
            self._burst += text
        elif is_paste(text):
            self._burst = text
        else:
            for char in text:
                if char.isascii() or (char := clean(char)):
                    yield from self._key(char)

    def _sequence(self, sequence: str) -> Iterator[Message]:
        """The event of one whole sequence; unknown ones and answers to queries give none."""
        if _REPORT.match(sequence) or sequence in (START, END):
            return
        if _MOUSE.match(sequence):
            event = self.parse_mouse_code(sequence)
            if event is not None:
                yield event
            return
        if sequence in ANSI_SEQUENCES_KEYS:
            yield from self._key(sequence)

    def _key(self, sequence: str) -> Iterator[Message]:
        for event in self._sequence_to_key_events(sequence):
            if event.key != Keys.Ignore:
                yield event

    # -- silence ---------------------------------------------------------------------------------------------
    def _end_burst(self) -> Iterator[Message]:
        if self._burst is not None:
            text, self._burst = self._burst, None
            yield from _pasted(text)

    def _give_up(self) -> Iterator[Message]:
        """Deliver whatever is pending: nothing more has come in time."""
        self.deadline = None
        if self._paste is not None:
            text, self._paste = self._paste, None
            self._orphan_until = self._clock() + ORPHAN
            yield from _pasted(text)
        yield from self._end_burst()
        piece, self._piece = self._piece, ""
        if len(piece) == 1:
            self._escape_at = self._clock()
        if piece and len(piece) < 3:  # Esc, or Esc and a key that could have begun a sequence
            yield events.Key("escape", "\x1b")
            for char in piece[1:]:
                yield from self._key(char)


def _pasted(text: str) -> Iterator[Message]:
    """One paste event with LF line ends; tabs are kept, as they part the cells of a pasted table."""
    text = clean_cells(text)
    if text:
        yield events.Paste(text)
