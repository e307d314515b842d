"""When the program fails: the record is saved, the terminal restored, and no field's text shown or written down.

Textual prints a traceback with local variables, which are what the user typed, and ends with exit code 0.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import traceback
from pathlib import Path

from domain.records.atomic import FILE_MODE, make_folder

EXIT_CODE = 70
"""EX_SOFTWARE of sysexits.h."""


def report(error: BaseException) -> str:
    """Where an error happened, without its message and without local variables: both may hold what was typed."""
    system = os.uname()
    lines = [
        f"time     {time.strftime('%Y-%m-%d %H:%M:%S')}",
        f"python   {sys.version.split()[0]} on {system.sysname} {system.release}",
        "",
    ]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        for frame in traceback.extract_tb(current.__traceback__):
            lines.append(f"  {frame.filename}:{frame.lineno} in {frame.name}")
            lines.append(f"    {frame.line}")
        current = current.__cause__ or current.__context__
    return "\n".join(lines) + "\n"


def write_report(error: BaseException, path: Path) -> bool:
    """Append the report to a file that only its owner may read; False when that is impossible."""
    with contextlib.suppress(OSError):
        make_folder(path.parent)
        path.touch(mode=FILE_MODE)
        with path.open("a", encoding="utf-8") as file:
            file.write(report(error) + "\n")
        return True
    return False


def message(saved: bool, path: Path | None) -> str:
    """The one line the user sees."""
    kept = "填写内容已保存。" if saved else "最后的修改可能没有保存。"
    where = f"错误记录：{path}" if path is not None else ""
    return f"程序出错，已停止。{kept}{where}"


def say(text: str) -> None:
    """Print a line on the restored terminal; a terminal that is gone is no further error."""
    with contextlib.suppress(OSError, ValueError):
        print(text, file=sys.__stderr__, flush=True)
