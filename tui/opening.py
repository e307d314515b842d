"""Opening the full screen: what must happen, in order, before and after Textual is imported."""

from __future__ import annotations

import sys

from tui.terminal import environment, prepaint

USAGE, UNREADABLE = 2, 3


def open_screen(directory: str | None, record: str | None) -> int:
    """Run the full screen at home (record None), at a new record ("") or at a record; returns the exit code."""
    environment.prepare()
    verdict = environment.suitability()
    if not verdict.ok:
        return _without_screen(verdict.code, verdict.message, directory, record)
    opening = prepaint.begin("填表")
    try:
        from tui.app import FormApp
        from tui.folders import folders
    except BaseException:
        opening.close()
        raise
    report = opening.finish()
    if not report.readable:
        return _without_screen("not_utf8", environment.MESSAGES["not_utf8"], directory, record)
    places = folders(directory)
    if record and (problem := _problem(directory, record)):
        opening.close()
        print(problem, file=sys.stderr)
        return UNREADABLE
    return FormApp(places, record).run_terminal(report)


def _problem(directory: str | None, record: str) -> str:
    from domain.records.codec import RecordError
    from domain.records.store import Store
    from tui.folders import folders

    try:
        store = Store(folders(directory).records)
        store.open(store.resolve(record))
    except RecordError as error:
        return str(error)
    except OSError as error:
        return f"{record}：读不了（{error.strerror or error}）"
    return ""


def _without_screen(code: str, message: str, directory: str | None, record: str | None) -> int:
    """Where the full screen cannot run: say why; on a terminal go on line by line."""
    print(message, file=sys.stderr)
    if code == "not_a_terminal" or record is None:
        print("可改用 tianbiao fill --plain（逐行问答），或 tianbiao --help 看其他命令。", file=sys.stderr)
        return USAGE
    from tui.cli import main

    where = ["--dir", directory] if directory else []
    return main([*where, "fill", "--plain", *([record] if record else [])])
