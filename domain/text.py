"""Text from outside (files, paste, library, environment) made safe to keep and to show: no control characters, LF line ends."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = ("Cc", "Cf", "Cs", "Co")
"""Unicode categories that never reach a record or a terminal: controls, bidi and zero-width marks, surrogates, private use."""

_SUSPECT = re.compile(
    r"[^\n -~\u00a1-\u00ac\u00ae-\u05ff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\uf900-\ufefe\uff01-\uffef]"
)
"""Anything outside the ranges known to hold only printable characters: text without a hit is clean as it is."""

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text with LF line ends, tabs as a space and every control, bidi or invisible character removed."""
    if not _SUSPECT.search(text):
        return text
    text = _LINE_END.sub("\n", text).replace("\t", " ").replace("\u00a0", " ")
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in _DROPPED)


def one_line(text: str) -> str:
    """The cleaned text on a single line: line breaks become one space, ends are stripped."""
    return " ".join(piece for piece in (line.strip() for line in clean(text).split("\n")) if piece)
