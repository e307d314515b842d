"""Pinyin initials (拼音首字母): does `zjdwl` mean 资金到位率? From a table made ahead of time, read on first use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from domain.data import data_path


@cache
def _letters() -> Mapping[str, str]:
    """Each character's possible initials: 重 → "cz"."""
    table: dict[str, str] = {}
    for line in data_path("pinyin_initials.txt").read_text(encoding="utf-8").splitlines():
        letter, _, chars = line.partition("\t")
        for char in chars:
            table[char] = table.get(char, "") + letter
    return table


def is_initials(text: str) -> bool:
    """Whether a query can be pinyin initials at all: two or more ASCII letters, nothing else."""
    return len(text) >= 2 and text.isascii() and text.isalpha()


def keys(text: str) -> tuple[str, ...]:
    """Per character that counts, the letters it may be typed as; punctuation is passed over, ASCII stands for itself."""
    table = _letters()
    found = []
    for char in text.lower():
        if letters := table.get(char):
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
        letters = _letters().get(char, "")
        plain = char if char.isascii() and char.isalnum() else None
        self[code] = letters if len(letters) == 1 else char if letters else plain
        return self[code]


_shortened = _Shortened()


@cache
def _any_of(letter: str) -> str:
    """A pattern for a letter in a shortened text: itself, or a character of several initials that has it."""
    several = "".join(char for char, letters in _letters().items() if len(letters) > 1 and letter in letters)
    return f"[{letter}{re.escape(several)}]"


def finder(query: str) -> Callable[[str], bool]:
    """Whether texts hold the initials of a query in a row; for thousands of texts, where `matches` would take too long."""
    found = re.compile("".join(map(_any_of, query.lower()))).search
    return lambda text: found(text.lower().translate(_shortened)) is not None
