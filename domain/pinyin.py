"""Pinyin initials (拼音首字母): does `zjdwl` mean 资金到位率? From a table made ahead of time, read on first use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache

from domain.data import data_path


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    """Letters, each with the characters whose usual reading begins with it, then again with those of which another one does.

    One by one the characters would take fifty times the memory.
    """
    lines = data_path("pinyin_initials.txt").read_text(encoding="utf-8").splitlines()
    return tuple((letter, chars) for letter, _, chars in (line.partition("\t") for line in lines))


@cache
def _letters(char: str) -> str:
    """A character's possible initials, the usual one first: 重 → "zc"."""
    return "".join(letter for letter, chars in _rows() if char in chars)


def is_initials(text: str) -> bool:
    """Whether a query can be pinyin initials at all: two or more ASCII letters, nothing else."""
    return len(text) >= 2 and text.isascii() and text.isalpha()


def keys(text: str) -> tuple[str, ...]:
    """Per character that counts, the letters it may be typed as; punctuation is passed over, ASCII stands for itself."""
    found = []
    for char in text.lower():
        if letters := _letters(char):
            found.append(letters)
        elif char.isascii() and char.isalnum():
            found.append(char)
    return tuple(found)


def matches(query: str, text_keys: tuple[str, ...]) -> int | None:
    """Where in the keys the initials stand in a row, None where they do not; 0 means from the beginning."""
    wanted = query.lower()
    for start in range(len(text_keys) - len(wanted) + 1):
        if all(letter in text_keys[start + offset] for offset, letter in enumerate(wanted)):
            return start
    return None


class _Shortened(dict[int, str | None]):
    """For `str.translate`: a character with one initial becomes that letter, one with several itself, the rest nothing."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        letters = _letters(char)
        plain = char if char.isascii() and char.isalnum() else None
        self[code] = letters if len(letters) == 1 else char if letters else plain
        return self[code]


_shortened = _Shortened()


@cache
def _ambiguous() -> frozenset[str]:
    """The characters of several initials."""
    return frozenset(char for char, times in Counter("".join(chars for _, chars in _rows())).items() if times > 1)


@cache
def _any_of(letter: str) -> str:
    """A pattern for a letter in a shortened text: itself, or a character of several initials that has it."""
    several = "".join(char for one, chars in _rows() if one == letter for char in chars if char in _ambiguous())
    return f"[{letter}{re.escape(several)}]"


def finder(query: str) -> Callable[[str], bool]:
    """Whether texts hold the initials of a query in a row; for thousands of texts, where `matches` would take too long."""
    found = re.compile("".join(map(_any_of, query.lower()))).search
    return lambda text: found(text.lower().translate(_shortened)) is not None
