"""The command line: `tianbiao` opens the full screen, `tianbiao COMMAND` works without it. Imports stay on the command's path."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui import __version__

if TYPE_CHECKING:
    import argparse

OK, USAGE, UNREADABLE, INTERRUPTED = 0, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _run(argv: list[str]) -> int:
    if not argv:
        return _open_screen(None, None)
    from tui.arguments import parser

    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a character shows ? for it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    arguments = parser().parse_args(argv)
    if arguments.command is None:
        return _open_screen(arguments.dir, None)
    if arguments.command == "fill" and not arguments.plain:
        return _open_screen(arguments.dir, arguments.record or "")
    return _headless(arguments)


def _headless(arguments: argparse.Namespace) -> int:
    from domain.records.atomic import reason
    from domain.records.codec import RecordError
    from tui import headless
    from tui.folders import folders

    places = folders(arguments.dir)
    try:
        return headless.command(arguments.command)(arguments, places)
    except BrokenPipeError:
        raise
    except RecordError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or places.records}：{reason(error)}", file=sys.stderr)
    return UNREADABLE


def _open_screen(directory: str | None, record: str | None) -> int:
    """Open the full screen at home, or at a record ("" for a new one)."""
    from tui.opening import open_screen

    return open_screen(directory, record)


def entry() -> None:
    """The console script."""
    sys.exit(main())


__all__ = ["__version__", "entry", "main"]
