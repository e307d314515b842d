"""Opening the full screen: what must happen, in order, before and after Textual is imported."""

from __future__ import annotations

import os
import sys

from tui.terminal import environment, prepaint

TYPE_CHECKING = False  # on the way to the first paint: `typing` alone would cost 5 ms
if TYPE_CHECKING:
    from tui.config import Config, Flags

USAGE, UNREADABLE = 2, 3

KEY_TEST = "?"
"""Instead of a record: the key test, and nothing after it. No record can be called so."""
LEARN = "?learn "
"""Instead of a record, before a lesson (or nothing): learning, and nothing after it."""


def open_screen(flags: Flags, record: str | None) -> int:
    """Run the full screen at home (record None), at a new record ("") or at a record; returns the exit code."""
    if flags.get("plain"):
        return _line_by_line(flags, record)
    environment.prepare()
    verdict = environment.suitability()
    if not verdict.ok:
        return _without_screen(verdict.code, verdict.message, flags, record)
    opening = prepaint.begin("填表")
    try:
        from tui import config, keymap

        settings = config.load(flags)
        if settings.on("plain"):
            opening.close()
            return _line_by_line(flags, record)
        keymap.choose(settings.keys)
        os.environ.pop("NO_COLOR", None)  # the theme has seen it; Textual would make greys of it
        from tui.app import FormApp
    except BaseException:
        opening.close()
        raise
    try:
        report = opening.finish()
        if not report.readable:
            return _without_screen("not_utf8", environment.MESSAGES["not_utf8"], flags, record)
        if record and not record.startswith(KEY_TEST) and (problem := _problem(settings, record)):
            opening.close()
            print(problem, file=sys.stderr)
            return UNREADABLE
        return FormApp(settings.folders, record, settings).run_terminal(report, settings.on("mouse"))
    finally:
        opening.close()  # whatever went wrong between opening and running: the shell gets its terminal back


def _problem(settings: Config, record: str) -> str:
    from domain.records.atomic import reason
    from domain.records.codec import RecordError
    from domain.records.store import Store

    try:
        store = Store(settings.folders.records)
        store.open(store.resolve(record))
    except RecordError as error:
        return str(error)
    except OSError as error:
        return f"{record}：读不了（{reason(error)}）"
    return ""


def _without_screen(code: str, message: str, flags: Flags, record: str | None) -> int:
    """Where the full screen cannot run: say why; on a terminal go on line by line."""
    print(message, file=sys.stderr)
    if code == "not_a_terminal":
        print("可改用 tianbiao --plain（逐行问答），或 tianbiao --help 看其他命令。", file=sys.stderr)
        return USAGE
    return _line_by_line(flags, record)


def _line_by_line(flags: Flags, record: str | None) -> int:
    """The same in the line-by-line face."""
    if record is not None and record.startswith(LEARN):
        from tui import config
        from tui.headless.learning import sit

        return sit(record.removeprefix(LEARN), config.load(flags).folders)
    from tui.plain import run

    return run(flags, record)
