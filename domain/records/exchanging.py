"""Two files exchange their names in one step (对换), so that what is replaced can still be looked at. Linux only.

Python has no call for it; elsewhere, and on file systems that do not know it, an OSError says so.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

IMPOSSIBLE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})
"""What systems and file systems answer that cannot do it."""

_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD: paths are relative to the current folder. RENAME_EXCHANGE."""


@cache
def _renameat2() -> tuple[Callable[..., int], Callable[[], int]] | None:
    """The system's call and how to ask for its error; None where there is none."""
    import ctypes  # some milliseconds, and only needed once something is replaced

    call: Any = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return None if call is None else (call, ctypes.get_errno)


def exchange(one: Path, other: Path) -> None:
    """Give each of two files the other's name. Raises OSError, with one of `IMPOSSIBLE` where that cannot be done at all."""
    found = _renameat2()
    if found is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one))
    call, error = found
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE):
        raise OSError(error(), os.strerror(error()), str(other))
