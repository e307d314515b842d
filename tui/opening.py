"""Opening the full screen: what must happen, in order, before and after Textual is imported."""

from __future__ import annotations

import os
import sys

from tui import UNREADABLE, USAGE
from tui.terminal import environment, prepaint

TYPE_CHECKING = False  # on the way to the first paint: `typing` alone would cost 5 ms
if TYPE_CHECKING:
    from domain.records.store import Opened
    from tui.config import Config, Flags


class Wanted:
    """What to open: home where nothing is said, else one thing alone.

    A record ("" for a new one), a lesson ("" for the list of them), or the key test.
    """

    def __init__(self, record: str | None = None, *, lesson: str | None = None, key_test: bool = False) -> None:
        self.record, self.lesson, self.key_test = record, lesson, key_test


def open_screen(flags: Flags, wanted: Wanted) -> int:
    """Run the full screen; returns the exit code."""
    if flags.get("plain"):
        return _line_by_line(flags, wanted)
    environment.prepare()
    verdict = environment.suitability()
    if not verdict.ok:
        return _without_screen(verdict.code, verdict.message, flags, wanted)
    opening = prepaint.begin("填表")
    try:
        from tui import config, keymap

        settings = config.load(flags)
        if settings.on("plain"):
            opening.close()
            return _line_by_line(flags, wanted)
        keymap.choose(settings.keys)
        os.environ.pop("NO_COLOR", None)  # the theme has seen it; Textual would make greys of it
        from tui.app import FormApp
    except BaseException:
        opening.close()
        raise
    try:
        report = opening.finish()
        if not report.readable:
            return _without_screen("not_utf8", environment.MESSAGES["not_utf8"], flags, wanted)
        opened, problem = _opened(settings, wanted)
        if problem:
            opening.close()
            print(problem, file=sys.stderr)
            return UNREADABLE
        return FormApp(settings.folders, wanted, settings, opened).run_terminal(report, settings.on("mouse"))
    finally:
        opening.close()  # whatever went wrong between opening and running: the shell gets its terminal back


def _opened(settings: Config, wanted: Wanted) -> tuple[Opened | None, str]:
    """The record that is asked for, opened, and why it or the folder cannot be; "" where all is well."""
    from domain.records.atomic import reason
    from domain.records.codec import RecordError
    from domain.records.files import look_into
    from domain.records.store import Store

    store, record = Store(settings.folders.records), wanted.record
    try:
        if record is not None:
            return store.asked(record), ""
        if wanted.lesson is None and not wanted.key_test:
            look_into(store.folder)
    except RecordError as error:
        return None, str(error)
    except OSError as error:
        return None, f"{record}：读不了（{reason(error)}）"
    return None, ""


def _without_screen(code: str, message: str, flags: Flags, wanted: Wanted) -> int:
    """Where the full screen cannot run: say why; on a terminal go on line by line."""
    print(message, file=sys.stderr)
    if code == "not_a_terminal":
        print("可改用 tianbiao --plain（逐行问答），或 tianbiao --help 看其他命令。", file=sys.stderr)
        return USAGE
    return _line_by_line(flags, wanted)


def _line_by_line(flags: Flags, wanted: Wanted) -> int:
    """The same in the line-by-line face, which reads no single keys."""
    if wanted.key_test:
        print("按键测试要在整屏界面里做；有哪些键，看 tianbiao keys --list。", file=sys.stderr)
        return USAGE
    if wanted.lesson is not None:
        from tui import config
        from tui.plain.lessons import sit

        return sit(wanted.lesson, config.load(flags).folders)
    from tui.plain import run

    return run(flags, wanted.record)
