"""What the headless commands share: exit codes and where messages go."""

from __future__ import annotations

import sys

OK, FINDINGS, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130


def complain(text: str) -> None:
    """A message for people, on stderr."""
    print(text, file=sys.stderr)
