"""The faces of tianbiao: full screen, line by line, and headless commands, all on one session and dialogue."""

__version__ = "0.1.0"

OK, FINDINGS, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes of every face: all well, errors found, wrong use, something could not be read or written, Ctrl+C."""
