"""A pager for what is longer than the screen (翻页): only on a terminal, and never in the way of what is printed."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from domain.text import clean_cells
from domain.textwidth import text_width

NONE = "none"


@contextmanager
def paged(configured: str) -> Iterator[None]:
    """What is printed meanwhile goes through the pager where it is longer than the screen."""
    pager = configured or os.environ.get("PAGER") or "less"
    if pager == NONE or not sys.stdout.isatty():
        yield
        return
    kept = io.StringIO()
    try:
        with redirect_stdout(kept):
            yield
    finally:
        text = clean_cells(kept.getvalue())
        if not (_longer(text) and _page(text, pager)):
            sys.stdout.write(text)
            sys.stdout.flush()


def _longer(text: str) -> bool:
    """Whether a text has more rows than the terminal."""
    columns, rows = shutil.get_terminal_size()
    return sum(1 + max(0, text_width(row) - 1) // columns for row in text.split("\n")) > rows


def _page(text: str, pager: str) -> bool:
    """Show a text in the pager; whether it could be started."""
    encoding = sys.stdout.encoding
    # to less every byte beyond ASCII is a character in the set "dos": it leaves those of GB18030 as they are
    charset = "utf-8" if encoding.lower() == "utf-8" else "dos"
    environment = {"LESS": "FRX", "LESSCHARSET": charset, **os.environ}
    try:
        subprocess.run(shlex.split(pager), input=text.encode(encoding, "replace"), env=environment, check=False)
    except (OSError, ValueError) as error:
        print(f"翻页程序“{pager}”打不开（{error}），请改配置里的 pager，或用 --no-pager。", file=sys.stderr)
        return False
    return True
