"""Text from outside (files, paste, library, environment) made safe to keep and to show: no control characters, LF line ends."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from domain.patterns import later

_DROPPED = ("Cc", "Cf", "Cs", "Co")
"""Unicode categories that never reach a record or a terminal: controls, bidi and zero-width marks, surrogates, private use."""

_SUSPECT = later(
    r"[\x00-\t\x0b-\x1f\x7f-\xa0\xad\u0300-\u036f\u0483-\u0489\u0591-\u200f\u2028-\u202f\u205f-\u206f\u20d0-\u20ff\u2cef-\u2dff"
    r"\u302a-\u302f\u3099\u309a\ua66f-\ua6ff\ua800-\uabff\ud800-\uf8ff\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\uff00"
    r"\ufff0-\U0010ffff]"
)
"""Anything that may be no printable character, or a mark: text without a hit is clean as it is.

The ranges are those of the few, because re walks through every character of a range when it compiles one.
"""

_SEQUENCE = later(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor movements
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\r\n]*(?:\x07|\x1b\\|\x9c)"  # titles, clipboard, queries
    r"|[\ufe00-\ufe0f\U000e0100-\U000e01ef]"  # variation selectors: no width, and terminals disagree about their effect
)
"""Whole escape sequences, so that nothing of a copied terminal colour stays behind as text."""

_LINE_END = later("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


MOST_MARKS = 8
"""Combining marks kept on one character: no script needs more, and a terminal may draw or store any number of them badly."""

_MARKS = ("Mn", "Me")


def clean(text: str, newlines: bool = True) -> str:
    """The text with LF line ends, tabs as a space, and every control, escape sequence, bidi or invisible mark removed.

    Without `newlines` each line end becomes a space.
    """
    if not newlines:
        return clean(text).replace("\n", " ")
    if not _SUSPECT.search(text):
        return text
    text = _LINE_END.sub("\n", _SEQUENCE.sub("", text)).replace("\t", " ").replace("\u00a0", " ")
    return "".join(_kept(text))


def _kept(text: str) -> Iterator[str]:
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        if category in _DROPPED and char != "\n":
            continue
        marks = marks + 1 if category in _MARKS else 0
        if marks <= MOST_MARKS:
            yield char


def one_line(text: str) -> str:
    """The cleaned text on a single line: line breaks become one space, ends are stripped."""
    return " ".join(piece for piece in (line.strip() for line in clean(text).split("\n")) if piece)


def brief(text: str, limit: int) -> str:
    """The cleaned text on a single line of at most `limit` characters, ending in … where anything was cut; for messages."""
    line = one_line(text)
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def clean_cells(text: str) -> str:
    """The cleaned text with its tabs, where they part the cells of a table."""
    return "\t".join(clean(cell) for cell in text.split("\t"))
