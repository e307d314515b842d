"""Files that anybody may have put there (外来文件): read whole, but only ordinary ones, and never more than is asked for."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class NotAFileError(OSError):
    """A pipe, which lets one wait, or a device, which has no end."""

    def __init__(self) -> None:
        super().__init__("不是普通文件")


class TooLargeError(OSError):
    """More bytes than were asked for."""

    def __init__(self) -> None:
        super().__init__("文件太大")


def read(path: Path, most: int) -> bytes:
    """The bytes of a file. Raises NotAFileError, TooLargeError where it has more than `most`, OSError."""
    with open(path, "rb", opener=_without_waiting) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotAFileError
        data = file.read(most + 1)
    if len(data) > most:
        raise TooLargeError
    return data


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)
