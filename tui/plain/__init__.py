"""The line-by-line face (行式界面): everything the full screen can do, for screen readers, bare terminals and pipes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui import UNREADABLE

if TYPE_CHECKING:
    from typing import TextIO

    from tui.config import Flags


def run(flags: Flags, record: str | None) -> int:
    """At home (record None), at a new record ("") or at a record, over the real streams; returns the exit code."""
    from domain.records.atomic import reason
    from domain.records.codec import RecordError
    from tui import config
    from tui.plain.console import Console
    from tui.plain.home import Home

    settings = config.load(flags)
    for problem in settings.problems:
        print(problem, file=sys.stderr)
    home = Home(settings.folders, console=Console(*streams()))
    try:
        if record is None:
            return home.run()
        return home.fill(home.store.asked(record))
    except RecordError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        if error.filename is None:  # standard output takes no more: `tui.cli` says so
            raise
        print(f"{error.filename}：{reason(error)}", file=sys.stderr)
    return UNREADABLE


def streams() -> tuple[TextIO, TextIO]:
    """Standard input and output in the locale's encoding; undecodable bytes become �, never an end."""
    if sys.stdin.isatty():
        import readline  # noqa: F401  the terminal's own line is cut at 4,095 bytes
    for stream in (sys.stdin, sys.stdout):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and stream.errors != "replace":  # once, since nothing may have been read before it
            reconfigure(errors="replace")
    return sys.stdin, sys.stdout
