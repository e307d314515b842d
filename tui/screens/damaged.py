"""A record that cannot be read (损坏): look at the file, mend it in an editor, bring it back from journal or history, put it away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from domain.records import repair, timeline, trash
from domain.records.atomic import reason
from domain.records.codec import RecordError
from domain.text import one_line
from tui import editing
from tui.screens.pick import Choice, PickPage
from tui.screens.text import TextPage
from tui.widgets.look import PLAIN, wrap, wrapped

if TYPE_CHECKING:
    from domain.changes import Record
    from tui.app import FormApp

MOST_STATES = 8
Do = Callable[[], None]


def offer(app: FormApp, path: Path, problem: str) -> None:
    """Ask what to do with a damaged record, and do it."""
    try:
        choices = _choices(app, path)
    except OSError as error:
        app.notice(f"{path.name}：{reason(error)}")
        return

    def chosen(do: Do | None) -> None:
        if do is not None:
            do()

    def found(query: str) -> list[Choice]:
        why = wrap(problem, app.size.width)
        return [*(Choice(row, heading=True) for row in why), *(one for one in choices if query in one.text)]

    app.push_screen(PickPage(f"读不了｜{one_line(path.stem)}", found), chosen)


def _choices(app: FormApp, path: Path) -> list[Choice]:
    found = [Choice("看文件里还剩什么（只看，不改）", partial(_look, app, path))]
    record = repair.in_journal(path)
    if record is not None:
        name = one_line(record.declaration.project.name)
        found.append(
            Choice(f"用流水里最后的样子恢复（{name or '没有名称'}），再打开", partial(_restore, app, path, record))
        )
    sound = [(one, one.record) for one in timeline.entries(path) if one.record is not None]
    found += [
        Choice(f"恢复到 {one.when} 的样子（{one_line(one.state.why)}）", partial(_restore, app, path, past))
        for one, past in sound[:MOST_STATES]
    ]
    found.append(Choice(f"用编辑器（{one_line(_editor(app))}）改这个文件，改前的留一份", partial(_edit, app, path)))
    found.append(Choice("移到回收文件夹", partial(_throw, app, path)))
    return found


def _look(app: FormApp, path: Path) -> None:
    try:
        lines = [f"{number:>4} {line}" for number, line in enumerate(repair.raw_lines(path), 1)]
    except OSError as error:
        app.notice(f"{path.name}：{reason(error)}")
        return
    title = f" {one_line(path.name)}　只看"
    app.push_screen(TextPage(title, lambda width: [row for one in lines for row in wrapped(one, width, PLAIN)]))


def _editor(app: FormApp) -> str:
    return editing.command(app.config.text("editor"))


def _edit(app: FormApp, path: Path) -> None:
    """Mend the file by hand; what it was lies in the trash. It is opened once it can be read, else the choice comes again."""
    failed = ""
    try:
        before = path.read_bytes()
        kept = trash.put_copy(path, before)
        try:
            with app.suspend():
                failed = editing.run(_editor(app), path)
        finally:
            if path.read_bytes() == before:
                kept.unlink()
        app.store.record(path.stem)
    except SuspendNotSupported:
        app.notice("这里离不开整屏界面，请在别的窗口里改这个文件。")
    except (OSError, RecordError) as error:
        offer(app, path, "。".join(filter(None, (failed, reason(error)))))
    else:
        app.desk.open(path.stem)


def _restore(app: FormApp, path: Path, record: Record) -> None:
    try:
        kept = repair.put_back(path, record)
    except OSError as error:
        app.notice(f"没有恢复：{reason(error)}")
        return
    app.notice(f"恢复了，损坏的文件留在 {kept.parent.name}/{one_line(kept.name)}")
    app.desk.open(path.stem)


def _throw(app: FormApp, path: Path) -> None:
    if app.desk.delete(path.stem) is not None:
        app.notice("已移到回收文件夹，没有真的删掉。")
