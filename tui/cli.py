"""The command line: `tianbiao` opens the full screen, `tianbiao COMMAND` works without it. Imports stay on the command's path."""

from __future__ import annotations

import os
import sys

from tui import INTERRUPTED, OK, UNREADABLE, __version__

TYPE_CHECKING = False  # on the way to the first paint: `typing` alone would cost 5 ms
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from tui.config import Config, Flags

PAGED = frozenset(("show", "history", "check", "diff"))
"""Commands whose result is read by people: where it is longer than the screen it goes through the pager."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _open_closed_streams()
    try:
        code = _run(arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:
        if error.filename is not None:  # files name themselves: this is standard output
            raise
        return _given_up(error)
    except SystemExit as ended:  # argparse, after --help and after what it does not understand
        code = int(ended.code or OK)
    try:
        sys.stdout.flush()
    except OSError as error:
        return _given_up(error)
    return code


def _open_closed_streams() -> None:
    """Standard streams that were closed lead nowhere: else a record would be opened in their place and printed into."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8", closefd=False))


def _given_up(error: OSError) -> int:
    """The exit code where standard output takes no more; a reader that went away is no failure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return OK
    from domain.records.atomic import reason

    print(f"结果没有写完：{reason(error)}。请换个地方存，再做一次。", file=sys.stderr)
    return UNREADABLE


def _run(argv: list[str]) -> int:
    if not argv:
        return _open_screen({}, None)
    if argv[0] == "fill" and len(argv) < 3 and not argv[-1].startswith("-"):  # needs no parser, which takes a while
        return _open_screen({}, "".join(argv[1:]))
    from tui.arguments import flags, parsed
    from tui.streams import guard

    guard()
    arguments = parsed(argv)
    if arguments.command is None:
        return _open_screen(flags(arguments), None)
    if arguments.command == "fill":
        return _open_screen(flags(arguments), arguments.record or "")
    from tui import config

    arguments.config = settings = config.load(flags(arguments))
    for problem in settings.problems:
        print(problem, file=sys.stderr)
    if getattr(arguments, "json", False) or getattr(arguments, "jsonl", None):
        from tui.streams import for_programs

        for_programs()
    elif arguments.command in PAGED:
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
    except RecordError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        if error.filename is None:
            raise
        hint = "，请核对路径" if isinstance(error, FileNotFoundError) else ""
        print(f"{error.filename}：{reason(error)}{hint}。", file=sys.stderr)
    return UNREADABLE


def _open_screen(flags: Flags, record: str | None) -> int:
    """Open the full screen at home, or at a record ("" for a new one)."""
    from tui.opening import Wanted, open_screen

    return open_screen(flags, Wanted(record))


def entry() -> None:
    """The console script."""
    sys.exit(main())


__all__ = ["__version__", "entry", "main"]
