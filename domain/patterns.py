"""Patterns compiled when first used (后编译): compiling all would delay the first question, and most texts need few of them."""

from __future__ import annotations

import re
from typing import Any, cast

HAN = r"[^\W\d_A-Za-z①-⓿]"
LETTER = r"[^\W\d_①-⓿]"
"""A Han character, as good as: a letter beyond ASCII; the same with ASCII letters. Written so because re walks through every character
of a range like 一-鿿, half a millisecond each time that one is compiled.
"""


def is_han(text: str) -> bool:
    """Whether a text is of Han characters only."""
    return all("一" <= sign <= "鿿" for sign in text)


class _Later:
    """Stands in for a compiled pattern; asked for anything, it compiles and answers for it from then on."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        answer = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, answer)
        return answer


def later(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of a source, compiled when first used; re keeps what it has compiled for a second method."""
    return cast("re.Pattern[str]", _Later(source, flags))
