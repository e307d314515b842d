"""A disk that fails and a program that is killed, at any call that changes a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest

from domain.records import exchanging

CALLS = ("write", "fsync", "link", "replace", "unlink", "mkdir", "ftruncate")


class Killed(BaseException):
    """The program ended here; no handler of its own may go on after it."""


class Disk:
    """Counts the calls that change files; from `at` on they fail until `mend`, or the program is dead.

    part is the share of a write that still reaches the file when it fails.
    """

    def __init__(self, patch: pytest.MonkeyPatch, at: int | None, *, kill: bool, part: float = 0.0) -> None:
        self.count, self.at, self._kill, self._part = 0, at, kill, part
        self.failed: list[str] = []
        self._real: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in CALLS}
        self._real["exchange"] = exchanging.exchange
        for name in CALLS:
            patch.setattr(os, name, self._wrapped(name))
        patch.setattr(exchanging, "exchange", self._wrapped("exchange"))

    def _wrapped(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            number, self.count = self.count, self.count + 1
            if self.at is None or number < self.at:
                return self._real[name](*arguments, **options)
            if name == "write" and self._part and not self.failed:
                descriptor, data = arguments
                self._real[name](descriptor, data[: int(len(data) * self._part)])
            self.failed.append(name)
            raise Killed(name) if self._kill else OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        return call

    def mend(self) -> None:
        """There is room again."""
        self.at = None
