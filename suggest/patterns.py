"""Patterns compiled when first used (后编译): most texts need few of them, and compiling them all would delay the first answer."""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    """Stands in for a compiled pattern; asked for anything, it compiles and answers for it from then on."""

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        answer = getattr(re.compile(self._source), name)
        setattr(self, name, answer)
        return answer


def later(source: str) -> re.Pattern[str]:
    """The pattern of a source, compiled when first used; re keeps what it has compiled for a second method."""
    return cast("re.Pattern[str]", _Later(source))
