"""Colours on another ground (配色): what a theme makes of the few colours that screens use, just before they are sent.

Screens use red, green, cyan and grey (SGR 31, 32, 36, 90) on the terminal's own ground, and never say anything by colour
alone; a theme turns each into something that is readable on its ground, for no more than a few bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tui.terminal.sgr import parse

MONO = "mono"

INKS: Mapping[str, Mapping[str, str]] = {
    "dark": {},
    "light": {"32": "35", "36": "34"},  # green and cyan cannot be read on white
    "contrast": {"31": "1;4;91", "32": "1;92", "36": "96", "90": ""},
    MONO: {"31": "1;4", "90": "2"},
}
"""What stands for a colour, by the name of the theme; what is not named stays, or goes where there are no colours."""


@lru_cache(maxsize=1024)
def inked(codes: str, theme: str) -> str:
    """The codes of a pen in a theme."""
    pen, ink = parse(codes), INKS[theme]
    stands = ink.get(pen.colour, "" if theme == MONO else pen.colour)
    ground = pen.background
    if theme == MONO and ground:
        ground = "7"
    return ";".join(filter(None, [*sorted(pen.attributes, key=int), stands, ground]))
