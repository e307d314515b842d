"""Commands about the past: a record's former states, and what lies in the trash."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from domain.changes import Record
from domain.records import limits, naming, repair, timeline, trash
from domain.records.codec import RecordError
from domain.records.store import Store
from domain.records.timeline import Entry
from domain.records.times import brief
from domain.text import one_line
from tui import OK, UNREADABLE, USAGE
from tui.folders import Folders
from tui.headless.common import complain, decoded
from tui.session import Session

KEPT = (
    f"删除的记录留 {limits.TRASH_DAYS} 天，留底（被替换的文件）留 {limits.TRASH_COPY_DAYS} 天，"
    f"最新的 {limits.TRASH_ALWAYS} 份总留着；合计超过 {limits.TRASH_BYTES // 1_000_000} MB 时先清最旧的。"
)
"""How long things lie in the trash."""


def run_history(arguments: argparse.Namespace, folders: Folders) -> int:
    """List a record's past states, show one, compare one with the record as it is, or bring one back."""
    store = Store(folders.records)
    path = store.resolve(arguments.record)
    asked: tuple[tuple[int | None, Callable[[Store, Path, Entry], int]], ...] = (
        (arguments.show, _show),
        (arguments.diff, _diff),
        (arguments.restore, _restore),
    )
    chosen = [(number, act) for number, act in asked if number is not None]
    if len(chosen) > 1:
        complain("--show、--diff、--restore 一次只写一个。")
        return USAGE
    for number, act in chosen:
        return act(store, path, timeline.entry(path, number))
    return _list(path, as_lines=arguments.json)


def _list(path: Path, *, as_lines: bool) -> int:
    found = timeline.entries(path)
    for one in found:
        state = one.state
        if as_lines:
            row = {"number": state.number, "at": state.at, "why": state.why, "changed": one.what}
            print(json.dumps(row | {"sound": one.record is not None}, ensure_ascii=False))
        else:
            print(f"{state.number}\t{one.when}\t{one_line(state.why)}\t{one.what}")
    if not found:
        complain("还没有留下历史：动手改过、离开过之后才有。")
    return OK


def _show(store: Store, path: Path, entry: Entry) -> int:
    from tui.headless.records import form_text

    print(form_text(_sound(entry)))
    return OK


def _diff(store: Store, path: Path, entry: Entry) -> int:
    from domain import comparing, comparing_report

    now = decoded(path, newer=True).record if path.exists() else store.open(path).record
    found = comparing.compare(_sound(entry).declaration, now.declaration)
    for line in comparing_report.report(found, f"第 {entry.state.number} 号，{entry.when}", f"{path.stem}，现在"):
        print(line.text)
    return OK


def _restore(store: Store, path: Path, entry: Entry) -> int:
    record = _sound(entry)
    if path.exists() and (problem := repair.problem(path)):
        kept = repair.put_back(path, record)
        complain(f"原文件损坏（{problem}），留在 {kept}。")
    else:
        session = Session(store, store.open(path))
        session.restore(entry)
        refused, trouble = session.read_only, session.trouble
        session.close()
        if refused or trouble:
            complain(f"{path.stem}：没有恢复。{refused or trouble}")
            return UNREADABLE
    print(path)
    complain(f"已恢复到 {entry.when} 的样子，打开后 /撤销 可退回。")
    return OK


def _sound(entry: Entry) -> Record:
    if entry.record is None:
        raise RecordError(f"第 {entry.state.number} 号读不了，换一个试试。")
    return entry.record


def run_trash(arguments: argparse.Namespace, folders: Folders) -> int:
    """List what lies in the trash, or bring something back."""
    found = trash.thrown(folders.records)
    if arguments.restore is None:
        for one in found:
            if arguments.json:
                row = {"name": one.name, "path": str(one.path), "record": one.stem, "at": one.moment}
                print(json.dumps(row | {"kind": "copy" if one.is_copy else "deleted"}, ensure_ascii=False))
            else:
                print(f"{one_line(one.name)}\t{brief(one.moment)}\t{'留底' if one.is_copy else '删除的'}")
        complain(KEPT if found else "回收文件夹是空的。")
        return OK
    wanted = arguments.restore.removesuffix(naming.SUFFIX)
    chosen = next((one for one in found if wanted in (one.name, one.stem)), None)
    if chosen is None:
        raise RecordError(f"回收文件夹里没有“{one_line(arguments.restore)}”，用 tianbiao trash 看有哪些。")
    print(trash.put_back(chosen))
    return OK
