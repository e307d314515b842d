"""Telling a paste from typing where the terminal has no bracketed paste (Windows 10's console, old clients).

Both arrive as plain characters with CR for Enter. One chunk of input is what arrived since the last look: a key press, an
IME commit, a few keys that a slow link has bunched together, or a piece of a paste. Taking a paste for typing scatters
paragraphs over fields and submits them; taking typing for a paste puts two answers into one field, where the user sees it
and nothing is lost. So the rule leans to the paste once it is no longer plausible that the keys were typed in one stall:

* two or more line breaks between texts, or any LF (no key sends it to us between texts): a paste;
* one line break beside a run of more than LONG characters, or more than MANY characters in all: a paste;
* otherwise keys. One Enter between two short runs is a bunched link, and so are any number of tabs: a table row pasted
  without marks then fills one field after the other, which is what its sender wants.

Several breaks in a row count as one (Enter through an empty field), and a break at the end as none. A chunk with a
backspace in it was typed.
"""

from __future__ import annotations

import re

LONG = 40
"""More characters between two breaks than an IME commits or a hand types in one stall of the link."""

MANY = 64
"""The same for a whole chunk."""

_BREAK = re.compile(r"(?<=[^\x00-\x20\x7f])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\x20\x7f])")
_RUN = re.compile(r"[^\x00-\x1f\x7f]+")


def is_paste(chunk: str) -> bool:
    """Whether a chunk without escape sequences is a paste; see the rule above."""
    if len(chunk) < 4 or "\x7f" in chunk or "\x08" in chunk:
        return False
    breaks = len(_BREAK.findall(chunk))
    if breaks > 1 or (breaks and "\n" in chunk):
        return True
    runs = [len(run) for run in _RUN.findall(chunk)]
    return sum(runs) > MANY or (bool(breaks) and max(runs) > LONG)
