"""The folder of records (记录文件夹): open with recovery, save, rename with the project, delete to the trash.

The TOML file is the record; the journal beside it remembers how it came about. Where the two disagree, a file that a person
edited by hand wins and becomes one more step, and answers that had not reached the file before a crash are given back.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.changes import Record, diff
from domain.records import naming
from domain.records.atomic import make_folder, sync_folder, write_atomic
from domain.records.codec import MAX_CHARS, RecordError, decode, encode
from domain.records.journal import SHORTEN_AT_WORK, History, Journal, Step, has_base, now, step_line
from domain.records.recovery import known_framework, same, steps_ahead, with_additions


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
    filed: Record | None = None
    """The record that the file holds; None for a record not yet written."""
    encoded: str = ""
    """That record as we would write it; it differs from `text` where a person wrote the file."""
    oddities: tuple[str, ...] = ()
    recovered: int = 0
    """Steps given back that had not reached the TOML file."""
    kept: Path | None = None
    """Where a file that was not as we write it (comments, an edit made meanwhile) was copied before it was replaced."""

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
        journals = sorted(hidden.glob(f"*{naming.JOURNAL}")) if hidden.is_dir() else []
        candidates = (self.folder / f"{journal.stem}{naming.SUFFIX}" for journal in journals if has_base(journal))
        return [path for path in candidates if not path.exists() and not path.with_suffix("").exists()]

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
        for path in sorted(paths, key=changed, reverse=True):
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
            history.record = known_framework(history.record)
            return Opened(path, journal, history, recovered=history.position)
        text = read_text(path)
        decoded = decode(text)
        filed, oddities = known_framework(decoded.record), decoded.oddities
        if filed is not decoded.record:
            oddities = (*oddities, f"framework：没有“{decoded.record.declaration.framework}”这个指标框架")
        if history is None:
            return Opened(path, journal, History(filed), text, filed, encode(filed), oddities)
        opened = Opened(path, journal, history, text, filed, encode(filed), oddities)
        history.record = with_additions(known_framework(history.record), filed)
        if same(history.record, filed):
            history.record = filed
            return opened
        opened.recovered = steps_ahead(history, filed, fingerprint(text) == history.saved) if history.dirty else 0
        if not opened.recovered:
            self._take_over_edit(opened, filed)
        return opened

    def _take_over_edit(self, opened: Opened, edited: Record) -> None:
        """Make what a person changed in the file by hand a step of the history, so that it can be undone."""
        before = opened.record
        step = Step("在程序之外改了文件", diff(before, edited), opened.history.place, now())
        opened.history.do(step)
        opened.history.record = edited
        try:
            self._log(opened, step_line(step), before)
        except OSError:
            opened.journal.begun = False  # the next line that reaches the disk begins with the state it finds

    # -- changing --

    def do(self, opened: Opened, step: Step) -> None:
        """Make a step in memory, then on disk: journal first, then the TOML file. The step stands even if OSError is raised."""
        before = opened.record
        opened.history.do(step)
        self._log(opened, step_line(step), before)
        self.save(opened)

    def undo(self, opened: Opened) -> Step | None:
        """Take back the last step, in memory and on disk."""
        before = opened.record
        return self._move(opened, opened.history.undo(), "undo", before)

    def redo(self, opened: Opened) -> Step | None:
        """Make the step undone last again, in memory and on disk."""
        before = opened.record
        return self._move(opened, opened.history.redo(), "redo", before)

    def _move(self, opened: Opened, step: Step | None, line: str, before: Record) -> Step | None:
        if step is not None:
            if opened.journal.begun:
                self._log(opened, {line: 1}, before)
            else:
                opened.journal.rewrite(opened.history)
            self.save(opened)
        return step

    def typing(self, opened: Opened, where: str, text: str) -> None:
        """Keep the text of the field in progress, so that a crash does not lose it (a power cut may)."""
        opened.history.note_typing(where, text)
        self._log(opened, {"typing": where, "text": text}, durable=False)

    def place(self, opened: Opened, where: str) -> None:
        """Remember where the filer is."""
        opened.history.place = where
        if opened.journal.begun:
            self._log(opened, {"place": where}, durable=False)

    def save(self, opened: Opened) -> None:
        """Write the TOML file if it holds another record, under a name that fits year and project."""
        text = encode(opened.record)
        if opened.filed is None or opened.encoded != text or not opened.path.exists():
            self._write(opened, text)
        if opened.history.dirty and opened.journal.begun:
            saved = fingerprint(opened.text)
            self._log(opened, {"saved": saved}, durable=False)
            opened.history.saved, opened.history.dirty = saved, False

    def _write(self, opened: Opened, text: str) -> None:
        make_folder(opened.path.parent)
        target = self._target(opened, text)
        self._keep_foreign(opened)
        if target == opened.path and opened.filed is not None and opened.path.exists():
            write_atomic(target, text.encode())
        elif not _holds(target, text):
            if opened.journal.begun and target != opened.path:
                self._log(opened, {"moving": target.name}, durable=False)
            write_atomic(target, text.encode(), exclusive=True)
        if target != opened.path:
            self._move_files(opened, target)
        opened.text, opened.filed, opened.encoded = text, opened.record, text

    def _target(self, opened: Opened, text: str) -> Path:
        """Where the record belongs: a file that we named follows year and project, a person's name stays."""
        path, declaration = opened.path, opened.record.declaration
        if opened.filed is not None:
            stays = not naming.is_ours(path.stem, opened.filed.declaration)
        else:
            stays = not path.stem.lstrip("0123456789-").startswith(naming.UNNAMED) and not path.exists()
        if stays or (naming.is_ours(path.stem, declaration) and (opened.filed is not None or not path.exists())):
            return path
        begun = path.with_name(opened.history.moving or path.name)
        if opened.history.moving and _holds(begun, text) and not naming.journal_path(begun).exists():
            return begun
        return naming.free_path(path.parent, declaration)

    @staticmethod
    def _keep_foreign(opened: Opened) -> None:
        """Copy a file whose bytes are not as we write them (comments, an edit made meanwhile) to the trash."""
        if opened.filed is None:
            return
        try:
            data = opened.path.read_bytes()
        except FileNotFoundError:
            return
        if data and data != opened.encoded.encode():
            kept = _free_in_trash(opened.path)
            write_atomic(kept, data, exclusive=True)
            opened.kept = kept

    @staticmethod
    def _move_files(opened: Opened, target: Path) -> None:
        """Let journal and old file follow to the new name; where the journal cannot, the new file goes. Raises OSError."""
        opened.journal.close()
        source, journal = opened.path, Journal(naming.journal_path(target))
        if opened.journal.path.exists():
            try:
                opened.journal.path.replace(journal.path)
            except OSError:
                with suppress(OSError):
                    target.unlink()
                raise
            journal.begun = opened.journal.begun
        if opened.filed is not None:  # else a file of that name is another record's
            with suppress(OSError):
                source.unlink()
        opened.path, opened.journal = target, journal
        sync_folder(target.parent)

    def _log(
        self, opened: Opened, line: Mapping[str, Any], base: Record | None = None, *, durable: bool = True
    ) -> None:
        if not opened.journal.begun or not opened.journal.path.exists():
            if opened.filed is None and not opened.journal.begun and opened.journal.path.exists():
                opened.path = naming.free_path(opened.path.parent, opened.record.declaration)
                opened.journal = Journal(naming.journal_path(opened.path))
            opened.journal.start(base if base is not None else opened.record)
        opened.journal.append(line, durable=durable)
        if opened.journal.size > SHORTEN_AT_WORK:
            opened.journal.rewrite(opened.history)

    def add(self, record: Record) -> Path:
        """Put a finished record into the folder as a new file; returns its path."""
        make_folder(self.folder)
        path = naming.free_path(self.folder, record.declaration)
        write_atomic(path, encode(record).encode(), exclusive=True)
        return path

    def delete(self, path: Path) -> Path:
        """Move a record and its journal to the trash; returns where the file lies now."""
        target = _free_in_trash(path)
        journal = naming.journal_path(path)
        if journal.exists():
            journal.replace(target.with_suffix(naming.JOURNAL))
        if path.exists():
            path.replace(target)
        sync_folder(path.parent)
        return target


def _free_in_trash(path: Path) -> Path:
    """A name in the trash for a copy of this file; makes the folder."""
    trash = naming.trash_folder(path.parent)
    make_folder(trash)
    stamp = now().replace(":", "").replace("+", "-")
    target, number = trash / f"{path.stem}.{stamp}{naming.SUFFIX}", 1
    while target.exists() or target.with_suffix(naming.JOURNAL).exists():
        number += 1
        target = trash / f"{path.stem}.{stamp}-{number}{naming.SUFFIX}"
    return target


def changed(path: Path) -> float:
    """When a file was last changed, 0 for one that is gone."""
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


def _holds(path: Path, text: str) -> bool:
    try:
        return path.is_file() and read_text(path) == text
    except (OSError, RecordError):
        return False
