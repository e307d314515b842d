"""Colours and attributes as SGR codes: the cheapest way from one pen to the next."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_OFF = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "21": "24",
    "5": "25",
    "6": "25",
    "7": "27",
    "8": "28",
    "9": "29",
    "53": "55",
    "51": "54",
    "52": "54",
}
_SEEN_ON_BLANKS = frozenset(("4", "21", "7", "9", "53", "51", "52"))


class Pen(NamedTuple):
    """One set of SGR codes, taken apart."""

    attributes: frozenset[str]
    colour: str
    background: str


@lru_cache(maxsize=1024)
def parse(codes: str) -> Pen:
    """Take a string such as `1;38;5;12;48;5;0` apart."""
    attributes: set[str] = set()
    colour = background = ""
    parts = codes.split(";") if codes else []
    while parts:
        code = parts.pop(0)
        if code in ("38", "48"):
            length = 2 if parts[:1] == ["5"] else 4
            value = ";".join([code, *parts[:length]])
            del parts[:length]
            colour, background = (value, background) if code == "38" else (colour, value)
        elif code in ("39", "49", "0", ""):
            continue
        elif len(code) > 1 and code[:-1] in ("3", "9"):
            colour = code
        elif len(code) > 1 and code[:-1] in ("4", "10"):
            background = code
        else:
            attributes.add(code)
    return Pen(frozenset(attributes), colour, background)


@lru_cache(maxsize=4096)
def change(old: str, new: str) -> str:
    """The sequence that turns the pen `old` into `new`; empty when they draw alike."""
    was, now = parse(old), parse(new)
    if was == now:
        return ""
    fresh = sorted(now.attributes, key=int) + [code for code in now[1:] if code]
    reset = "\x1b[" + ";".join(["0", *fresh] if fresh and was != parse("") else fresh) + "m"
    gone = {_OFF.get(code, "0") for code in was.attributes - now.attributes}
    if "0" in gone:
        return reset
    kept = [code for code in now.attributes if code not in was.attributes or _OFF.get(code) in gone]
    codes = sorted(gone) + sorted(kept, key=int)
    codes += [now.colour or "39"] if now.colour != was.colour else []
    codes += [now.background or "49"] if now.background != was.background else []
    return min("\x1b[" + ";".join(codes) + "m", reset, key=len)


@lru_cache(maxsize=1024)
def canonical(codes: str) -> str:
    """The same pen in one spelling; default colours are left out, so that the default pen is always ""."""
    pen = parse(codes)
    return ";".join([*sorted(pen.attributes, key=int), *(code for code in pen[1:] if code)])


@lru_cache(maxsize=1024)
def blank(codes: str) -> str:
    """The part of a pen that can be seen on a space: its background and lines, and everything when it is reversed."""
    pen = parse(codes)
    seen = pen.attributes & _SEEN_ON_BLANKS
    if not seen:
        return pen.background
    return ";".join([*sorted(seen, key=int), *(code for code in pen[1:] if code)])


@lru_cache(maxsize=1024)
def erasable(codes: str, coloured: bool) -> bool:
    """Whether erasing draws the same as spaces; `coloured` tells that the terminal erases to the background colour."""
    pen = parse(codes)
    return not pen.attributes & _SEEN_ON_BLANKS and (coloured or not pen.background)
