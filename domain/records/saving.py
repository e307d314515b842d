"""Putting an open record on disk (存盘): a line in the journal first, then the TOML file, and never over another one's changes.

Before the file is written a look at its stamp tells whether somebody else wrote it since. If so its changes are taken in, by
field; where both sides changed a field the file is left as it is until that is decided.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from domain.changes import Record, diff
from domain.records import moves, naming
from domain.records.atomic import OvertakenError, make_folder, write_atomic
from domain.records.codec import NewerSchemaError, RecordError, decode, encode
from domain.records.files import fingerprint, is_same, read_text, stamp
from domain.records.history import Step
from domain.records.journal import SHORTEN_AT_WORK, Journal
from domain.records.journal_lines import step_line
from domain.records.locks import Owner
from domain.records.merging import Conflict, merge, value_at
from domain.records.opened import Opened
from domain.records.recovery import known_framework, same
from domain.records.times import now

TRIES = 5
"""Times that a file is written which others write at the same moments."""
EDITED, MERGED, MERGED_AGAIN = "在程序之外改了文件", "合并程序之外的改动", "合并接手前这里写的"


def log(opened: Opened, line: Mapping[str, Any], base: Record | None = None, *, durable: bool = True) -> None:
    """Write a line to the journal, which begins with `base` where there is none yet. Raises OSError."""
    _await_folder(opened)
    journal = opened.journal
    if not journal.begun or not journal.path.exists():
        if opened.filed is None and not journal.begun and journal.path.exists():
            opened.path = naming.free_path(opened.path.parent, opened.record.declaration)
            opened.journal = journal = Journal(naming.journal_path(opened.path))
        journal.start(base if base is not None else opened.record)
    journal.append(line, durable=durable)
    opened.rooted = True
    if journal.size > SHORTEN_AT_WORK:
        journal.rewrite(opened.history)


def _await_folder(opened: Opened) -> None:
    folder = opened.path.parent
    if opened.rooted and not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, "the folder has vanished", str(folder))


def save(opened: Opened, me: Owner) -> None:
    """Write the TOML file if it holds another record, under a name that fits year and project. Raises OSError."""
    _await_folder(opened)
    for more in reversed(range(TRIES)):
        take_in_changes(opened)
        if opened.conflicts or opened.read_only:
            return
        text = encode(opened.record)
        try:
            if opened.filed is None or opened.encoded != text or not opened.path.exists():
                _write(opened, text, me)
            break
        except OvertakenError:
            if not more:
                raise
    history = opened.history
    if history.dirty and opened.journal.begun:
        saved = fingerprint(opened.text)
        log(opened, {"saved": saved}, durable=False)
        history.note_saved(saved)


# --- changes from outside ------------------------------------------------------------------------------------------


def take_in_changes(opened: Opened) -> bool:
    """Look whether somebody else wrote the file, and merge what was changed; whether anything was. Raises OSError."""
    if opened.filed is None:
        return False
    found = stamp(opened.path)
    if found == opened.stamp:
        return False
    if found is None:
        opened.stamp = None
        opened.notes.append(f"{opened.path.name} 被移走或删掉了，已按这里的内容重新写出。")
        return False
    try:
        text = read_text(opened.path)
        theirs = known_framework(decode(text).record) if text != opened.text else opened.filed
    except NewerSchemaError as error:
        opened.stamp = found
        opened.read_only = f"{error}。这里写的没有丢，留在流水里"
        return False
    except RecordError as error:
        _set_aside(opened, f"{opened.path.name} 在程序之外被改坏了（{error}）")
        return False
    changed = not same(theirs, opened.filed)
    if changed:
        from domain.records import past

        for state, why in ((opened.text, "外面改动之前"), (text, "外面改过的")):
            past.keep(naming.past_path(opened.path), state, why)
        take_in(opened, theirs, opened.filed)
    if text != opened.text:
        opened.text, opened.filed, opened.encoded = text, theirs, encode(theirs)
    opened.stamp = found
    return changed


def _set_aside(opened: Opened, why: str) -> None:
    """Move a file that cannot be read out of the way of the next one."""
    from domain.records import trash

    kept = trash.place_for(opened.path)
    opened.path.replace(kept)
    opened.kept, opened.stamp = kept, None
    opened.notes.append(f"{why}，已按这里的内容重新写出。")


def take_in(opened: Opened, theirs: Record, base: Record) -> None:
    """Make what the file's record changed against `base` a step of the history; what both changed becomes a conflict."""
    before = opened.record
    merged = merge(base, before, theirs)
    opened.conflicts = (*merged.conflicts, *_still_open(opened, merged.conflicts, theirs))
    changes = diff(before, merged.record)
    if changes:
        label, how = (EDITED, "这里用改过的") if same(before, base) else (MERGED, "已按栏目合并")
        _tell(opened, merged.record, how)
        step = Step(label, changes, opened.history.place, now())
        opened.history.do(step)
        try:
            log(opened, step_line(step), before)
        except OSError:
            opened.journal.begun = False  # the next line that reaches the disk begins with the state it finds
    opened.history.record = merged.record


def _tell(opened: Opened, after: Record, how: str) -> None:
    from domain.records.timeline import what_changed

    what = what_changed(opened.record, after)
    opened.notes.append(f"{opened.path.name} 在程序之外被改过（{what}），{how}，/撤销 可退回。")


def _still_open(opened: Opened, new: Sequence[Conflict], theirs: Record) -> Iterator[Conflict]:
    """The conflicts from before that are not decided by the file's newest state either."""
    asked = {one.where for one in new}
    for one in opened.conflicts:
        value = value_at(theirs, one.where)
        if one.where not in asked and value != one.mine:
            yield replace(one, theirs=value)


def bring_in(opened: Opened, mine: Record, base: Record) -> None:
    """Merge what was written here, against `base`, into a record that somebody else went on with in the meantime."""
    before = opened.record
    merged = merge(base, mine, before)
    asked = {one.where for one in merged.conflicts}
    opened.conflicts = (*merged.conflicts, *(one for one in opened.conflicts if one.where not in asked))
    changes = diff(before, merged.record)
    if changes:
        step = Step(MERGED_AGAIN, changes, opened.history.place, now())
        opened.history.do(step)
        log(opened, step_line(step), before)


# --- the file ------------------------------------------------------------------------------------------------------


def _write(opened: Opened, text: str, me: Owner) -> None:
    make_folder(opened.path.parent)
    target = _target(opened)
    if opened.filed is not None and opened.text != opened.encoded and opened.stamp is not None:
        from domain.records import trash

        opened.kept = trash.put_copy(opened.path, opened.text.encode())
    if target != opened.path:
        _move(opened, target, text, me)
    elif opened.filed is not None and opened.stamp is not None:
        write_atomic(target, text.encode(), expected=lambda replaced: is_same(stamp(replaced), opened.stamp))
    else:
        write_atomic(target, text.encode(), exclusive=True)
    opened.text, opened.filed, opened.encoded = text, opened.record, text
    opened.stamp, opened.rooted = stamp(target), True


def _move(opened: Opened, target: Path, text: str, me: Owner) -> None:
    opened.journal.close()
    begun = opened.journal.begun
    old = opened.text if opened.filed is not None else None  # else a file of that name is another record's
    moves.move(opened.path, target, old, text, me)
    opened.path, opened.journal = target, Journal(naming.journal_path(target))
    opened.journal.begun = begun


def _target(opened: Opened) -> Path:
    """Where the record belongs: a file that we named follows year and project, a person's name stays."""
    path, declaration = opened.path, opened.record.declaration
    if opened.filed is not None:
        stays = not naming.is_ours(path.stem, opened.filed.declaration)
    else:
        stays = not path.stem.lstrip("0123456789-").startswith(naming.NAMELESS) and not path.exists()
    if stays or (naming.is_ours(path.stem, declaration) and (opened.filed is not None or not path.exists())):
        return path
    return naming.free_path(path.parent, declaration)
