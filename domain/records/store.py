"""The folder of records (记录文件夹): open with recovery, save, rename with the project, delete to the trash.

The TOML file is the record; the journal beside it remembers how it came about. Where the two disagree, a file that a person
edited by hand wins and becomes one more step, and answers that had not reached the file before a crash are given back.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.changes import Record, diff
from domain.records import naming
from domain.records.atomic import make_folder, sync_folder, write_atomic
from domain.records.codec import MAX_CHARS, RecordError, decode, encode
from domain.records.journal import History, Journal, Step, now, step_line


class UnknownRecordError(RecordError):
    """No record of that name or path."""


@dataclass
class Opened:
    """A record that is open: its file, its journal, its history, and what was odd on opening."""

    path: Path
    journal: Journal
    history: History
    text: str = ""
    """The TOML file's text as last read or written; "" for a record not yet written."""
    oddities: tuple[str, ...] = ()
    recovered: int = 0
    """Steps given back that had not reached the TOML file."""

    @property
    def record(self) -> Record:
        """The current state."""
        return self.history.record


def fingerprint(text: str) -> str:
    """The hash by which the journal knows the bytes of the TOML file."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Store:
    """Records in one folder. Methods raise OSError where the disk does not play along, RecordError for bad files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # -- finding --

    def paths(self) -> list[Path]:
        """The record files, by name."""
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.glob(f"*{naming.SUFFIX}") if not path.name.startswith("."))

    def drafts(self) -> list[Path]:
        """Paths of records of which only a journal exists: answers given, the file never written."""
        hidden = self.folder / naming.HIDDEN
        journals = sorted(hidden.glob("*.journal")) if hidden.is_dir() else []
        candidates = (self.folder / f"{journal.stem}{naming.SUFFIX}" for journal in journals)
        return [path for path in candidates if not path.exists()]

    def resolve(self, reference: str) -> Path:
        """The file that RECORD on the command line means: a path, or a file stem in the folder."""
        written = Path(reference)
        stem = reference.removesuffix(naming.SUFFIX)
        inside = self.folder / f"{stem}{naming.SUFFIX}"
        for path in (written, inside):
            if path.suffix == naming.SUFFIX and (path.is_file() or path in self.drafts()):
                return path
        if written.is_file():
            return written
        raise UnknownRecordError(f"没有找到记录“{reference}”。用 tianbiao list 看看有哪些，或写出文件的路径。")

    def latest(self, besides: Path | None = None) -> Record | None:
        """The record changed last, from which recurring answers are taken; damaged files are passed over."""
        paths = [path for path in self.paths() if path != besides]
        for path in sorted(paths, key=_changed, reverse=True):
            try:
                return decode(read_text(path)).record
            except (OSError, RecordError):
                continue
        return None

    # -- opening --

    def new(self, record: Record | None = None) -> Opened:
        """A record that is not on disk yet; the first step or save puts it there."""
        record = record or Record()
        path = naming.free_path(self.folder, record.declaration)
        return Opened(path, Journal(naming.journal_path(path)), History(record))

    def open(self, path: Path) -> Opened:
        """Open a record with its history, giving back answers that had not reached the file; raises RecordError."""
        journal = Journal(naming.journal_path(path))
        history = _journal_history(journal)
        if not path.exists():
            if history is None:
                raise UnknownRecordError(f"没有找到记录文件 {path.name}")
            return Opened(path, journal, history, recovered=history.position)
        text = read_text(path)
        decoded = decode(text)
        if history is None:
            return Opened(path, journal, History(decoded.record), text, decoded.oddities)
        opened = Opened(path, journal, history, text, decoded.oddities)
        if fingerprint(text) == history.saved:
            opened.recovered = _unsaved(history) if history.dirty else 0
        elif encode(history.record) != text:
            self.take_over_edit(opened, decoded.record)
        return opened

    def take_over_edit(self, opened: Opened, edited: Record) -> None:
        """Make what a person changed in the file by hand a step of the history, so that it can be undone."""
        changes = diff(opened.record, edited)
        opened.history.record = Record(opened.record.declaration, opened.record.meta, edited.extra)
        if changes:
            step = Step("在程序之外改了文件", changes, opened.history.place, now())
            opened.history.do(step)
            self._log(opened, step_line(step))

    # -- changing --

    def do(self, opened: Opened, step: Step) -> None:
        """Make a step in memory, then on disk: journal first, then the TOML file. The step stands even if OSError is raised."""
        before = opened.record
        opened.history.do(step)
        self._log(opened, step_line(step), before)
        self.save(opened)

    def undo(self, opened: Opened) -> Step | None:
        """Take back the last step, in memory and on disk."""
        return self._move(opened, opened.history.undo(), "undo")

    def redo(self, opened: Opened) -> Step | None:
        """Make the step undone last again, in memory and on disk."""
        return self._move(opened, opened.history.redo(), "redo")

    def _move(self, opened: Opened, step: Step | None, line: str) -> Step | None:
        if step is not None:
            self._log(opened, {line: 1})
            self.save(opened)
        return step

    def typing(self, opened: Opened, where: str, text: str) -> None:
        """Keep the text of the field in progress, so that a crash does not lose it."""
        opened.history.note_typing(where, text)
        self._log(opened, {"typing": where, "text": text})

    def place(self, opened: Opened, where: str) -> None:
        """Remember where the filer is."""
        opened.history.place = where
        if opened.journal.path.exists():
            opened.journal.append({"place": where}, durable=False)

    def save(self, opened: Opened) -> None:
        """Write the TOML file if its bytes change, under a name that fits year and project."""
        text = encode(opened.record)
        if text != opened.text or not opened.path.exists():
            make_folder(self.folder)
            self._write(opened, text)
        if opened.history.dirty and opened.journal.path.exists():
            opened.journal.append({"saved": fingerprint(text)}, durable=False)
            opened.history.saved, opened.history.dirty = fingerprint(text), False

    def _write(self, opened: Opened, text: str) -> None:
        target = self._target(opened)
        fresh = target != opened.path or not opened.text
        write_atomic(target, text.encode(), exclusive=fresh)
        if target != opened.path:
            self._move_files(opened, target)
        opened.text = text

    def _target(self, opened: Opened) -> Path:
        """Where the record belongs: a file that we named follows year and project, a person's name stays."""
        if opened.text:
            before = decode(opened.text).record.declaration
            if not naming.is_ours(opened.path.stem, before):
                return opened.path
        elif not opened.path.stem.lstrip("0123456789-").startswith(naming.UNNAMED) and not opened.path.exists():
            return opened.path
        if naming.is_ours(opened.path.stem, opened.record.declaration):
            return opened.path
        return naming.free_path(opened.path.parent, opened.record.declaration)

    def _move_files(self, opened: Opened, target: Path) -> None:
        opened.journal.close()
        old_journal, new_journal = opened.journal.path, naming.journal_path(target)
        if old_journal.exists():
            old_journal.replace(new_journal)
        opened.path.unlink(missing_ok=True)
        sync_folder(target.parent)
        opened.path, opened.journal = target, Journal(new_journal)

    def _log(self, opened: Opened, line: Mapping[str, Any], base: Record | None = None) -> None:
        if not opened.journal.path.exists():
            opened.journal.close()
            opened.journal.start(base if base is not None else opened.record)
        opened.journal.append(line)

    def add(self, record: Record) -> Path:
        """Put a finished record into the folder as a new file; returns its path."""
        make_folder(self.folder)
        path = naming.free_path(self.folder, record.declaration)
        write_atomic(path, encode(record).encode(), exclusive=True)
        return path

    def delete(self, path: Path) -> Path:
        """Move a record and its journal to the trash; returns where the file lies now."""
        trash = naming.trash_folder(path.parent)
        make_folder(trash)
        stamp = now().replace(":", "").replace("+", "-")
        target = trash / f"{path.stem}.{stamp}{naming.SUFFIX}"
        journal = naming.journal_path(path)
        if journal.exists():
            journal.replace(target.with_suffix(".journal"))
        if path.exists():
            path.replace(target)
        sync_folder(path.parent)
        return target


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def read_text(path: Path) -> str:
    """A record file's text; raises RecordError for one that is no UTF-8 text or too large, OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(MAX_CHARS * 3 + 1)
    if len(data) > MAX_CHARS * 3:
        raise RecordError("文件过大，不像一份记录")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordError(f"文件不是 UTF-8 文字（第 {error.start + 1} 个字节读不了）") from error


def _journal_history(journal: Journal) -> History | None:
    try:
        return journal.read()
    except OSError:
        return None


def _unsaved(history: History) -> int:
    return max(1, history.position) if history.position else 0
