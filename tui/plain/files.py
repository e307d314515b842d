"""Files in and out, line by line: import, export, compare; and the way into learning."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from domain.changes import Record
from domain.records.atomic import make_folder, reason
from domain.records.codec import RecordError
from domain.records.naming import meant
from domain.records.store import Store
from domain.text import one_line
from tui import pathing
from tui.folders import Folders, expanded
from tui.plain.console import Console

if TYPE_CHECKING:
    from domain.exchange import Imported
    from tui.outgoing import Outgoing
    from tui.pasted import Pasted


def import_forms(console: Console, store: Store, state: Path) -> list[Path]:
    """Turn a file or pasted text into records, shown before anything is saved; returns their paths.

    What was pasted lies among the state files until every form of it was decided on.
    """
    from domain.exchange import ImportProblem, read
    from tui.outer_files import read_file
    from tui.pasted import Pasted

    kept = Pasted(state)
    path = console.ask("要导入的文件在哪里？写路径；写“粘贴”就贴文字；回车返回。")
    if not path:
        return []
    try:
        if path == "粘贴":
            forms = read(_pasted(console, kept).encode(), "")
        else:
            file = expanded(path)
            forms = read(read_file(file), file.name)
    except ImportProblem as problem:
        console.say(f"{one_line(path)}：{problem}")
        return []
    made = [_take(console, store, form, number, len(forms)) for number, form in enumerate(forms, 1)]
    if path == "粘贴":
        kept.drop()
    return [one for one in made if one is not None]


def _pasted(console: Console, kept: Pasted) -> str:
    """The text pasted now, or the one that was pasted before and became no record; on disk before it is understood."""
    if kept.waits() and console.confirm("上次粘贴的还没保存成记录，接着看？"):
        text = kept.take_up()
    else:
        text = console.paste("把表格的文字贴进来，")
    if problem := kept.keep(text):
        console.say(f"粘贴的文字没能先存一份：{problem}。存成记录前请不要关掉程序。")
    return text


def _take(console: Console, store: Store, form: Imported, number: int, of: int) -> Path | None:
    """Show what was understood of one form and ask whether to save it."""
    declaration = form.record.declaration
    name = declaration.project.name or "没有名称"
    console.say(
        f"认出第 {number}/{of} 张：{declaration.project.year or ''} {name}，指标 {len(declaration.indicators)} 条。"
    )
    for oddity in form.oddities:
        console.line(f"要留意：{oddity}")
    for text in form.unplaced:
        console.line(f"没有归处，随记录留着：{one_line(text)[:100]}")
    if not console.confirm("存成记录吗？"):
        return None
    path = store.add(form.record)
    console.say(f"存好了：{path}。打开它可以接着改。")
    return path


def export(console: Console, leaving: Outgoing) -> None:
    """Write a record in another format; a missing folder is asked about, and so is a file that is there already."""
    from domain.exchange import ExportProblem
    from tui.outgoing import failure, in_a_line, told_losses

    at = console.choose("导出成哪种格式？", [in_a_line(one) for one in leaving.targets])
    if at is None:
        return
    target = leaving.targets[at]
    for lost in told_losses(leaving, target):
        console.line(lost)
    path = leaving.path(target, console.ask(f"写到哪里？回车写到 {leaving.path(target)}。"))
    if os.path.exists(path) and not console.confirm(f"已有 {path}，覆盖吗？"):  # noqa: PTH110  Path's raises
        return
    if not pathing.is_folder(path.parent) and not console.confirm(f"没有文件夹 {path.parent}，建一个？"):
        return
    try:
        make_folder(path.parent)
        leaving.write(target, path, replacing=True)
    except (OSError, ExportProblem) as error:
        console.say(failure(path, error))
    else:
        console.say(f"写好了：{path}")


def compare(console: Console, store: Store, stem: str, record: Record, named: str = "") -> None:
    """The differences to another record of the folder, in the form's own terms; asks which, unless one was named."""
    from domain import comparing, comparing_report

    others = [path.stem for path in store.others() if path.stem != stem]
    if not others:
        console.say("文件夹里没有别的记录可比，请先导入或新填一份。")
        return
    known = meant(others, named)
    at = others.index(known) if known is not None else console.choose(f"{stem} 和哪一份比？", others)
    if at is None:
        return
    try:
        other = store.record(others[at])
    except (OSError, RecordError) as error:
        console.say(f"打不开 {one_line(others[at])}：{reason(error)}")
        return
    sides = [(others[at], other.declaration), (stem, record.declaration)]
    sides.sort(key=lambda side: side[1].project.year or 0)
    (left, before), (right, after) = sides
    for line in comparing_report.report(comparing.compare(before, after), left, right):
        console.line(line.text)


def learn(console: Console, folders: Folders) -> None:
    """Lessons and practice, by number or name."""
    from domain.training import ExerciseError
    from tui.plain.lessons import sit

    what = console.ask("学哪一课？写 1 到 10、导览、练习，回车返回。")
    if not what:
        return
    try:
        sit(what, folders)
    except ExerciseError as error:
        console.say(str(error))
