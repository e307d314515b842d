"""The command line: `tianbiao` opens the full screen, `tianbiao COMMAND` works without it. Imports stay on the command's path."""

from __future__ import annotations

import os
import sys

from tui import __version__

TYPE_CHECKING = False  # on the way to the first paint: `typing` alone would cost 5 ms
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from tui.config import Config, Flags

OK, USAGE, UNREADABLE, INTERRUPTED = 0, 2, 3, 130

PAGED = frozenset(("show", "history", "check", "diff"))
"""Commands whose result is read by people: where it is longer than the screen it goes through the pager."""


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
        return _open_screen({}, None)
    if argv[0] == "fill" and len(argv) < 3 and not argv[-1].startswith("-"):  # needs no parser, which takes a while
        return _open_screen({}, "".join(argv[1:]))
    from tui.arguments import flags, parser
    from tui.streams import guard

    guard()
    arguments = parser().parse_args(argv)
    if arguments.command is None:
        return _open_screen(flags(arguments), None)
    if arguments.command == "fill":
        return _open_screen(flags(arguments), arguments.record or "")
    from tui import config

    arguments.config = settings = config.load(flags(arguments))
    for problem in settings.problems:
        print(problem, file=sys.stderr)
    if arguments.command in PAGED and not getattr(arguments, "json", False):
        from tui.headless.paging import paged

        with paged(settings.text("pager")):
            return _headless(arguments, settings)
    return _headless(arguments, settings)


def _headless(arguments: argparse.Namespace, settings: Config) -> int:
    from domain.records.atomic import reason
    from domain.records.codec import RecordError
    from tui import headless

    places = settings.folders
    try:
        return headless.command(arguments.command)(arguments, places)
    except BrokenPipeError:
        raise
    except RecordError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or places.records}：{reason(error)}", file=sys.stderr)
    return UNREADABLE


def _open_screen(flags: Flags, record: str | None) -> int:
    """Open the full screen at home, or at a record ("" for a new one)."""
    from tui.opening import open_screen

    return open_screen(flags, record)


def entry() -> None:
    """The console script."""
    sys.exit(main())


__all__ = ["__version__", "entry", "main"]
