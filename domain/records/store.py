"""The folder of records (记录文件夹): open with recovery, save, rename with the project, delete to the trash.

The TOML file is the record; the journal beside it remembers how it came about. Where the two disagree, what a person edited
by hand is merged as one more step, and answers that had not reached the file before a crash are given back.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from domain.changes import Record
from domain.records import files, locks, moves, naming, saving
from domain.records.atomic import make_folder, write_atomic
from domain.records.codec import RecordError, decode, encode
from domain.records.files import (
    ClosedFolderError,
    changed,
    fingerprint,
    look_into,
    names_in,
    read_record,
    read_text,
    readable,
)
from domain.records.history import History, Step
from domain.records.journal import Journal, has_base
from domain.records.journal_lines import step_line
from domain.records.locks import Owner, owner_of
from domain.records.migrations import SCHEMA_VERSION
from domain.records.opened import Opened
from domain.records.recovery import known_framework, outside, same, steps_ahead, with_additions
from domain.text import one_line

__all__ = ["Opened", "Store", "UnknownRecordError", "read_text"]


class UnknownRecordError(RecordError):
    """No record of that name or path."""


class HeldError(RecordError):
    """Another program has the record open for filling."""


class Store:
    """Records in one folder. Methods raise OSError where the disk does not play along, RecordError for bad files."""

    def __init__(self, folder: Path, me: Owner | None = None) -> None:
        self.folder = folder
        self._me = me

    @cached_property
    def me(self) -> Owner:
        """The program that works on this folder."""
        return self._me or owner_of(os.getpid())

    # -- finding --

    def paths(self) -> list[Path]:
        """The record files, by name; a renaming that was cut in two is finished first. Raises ClosedFolderError."""
        look_into(self.folder)
        moves.finish(self.folder, self.me)
        return sorted(path for path in self.folder.glob(f"*{naming.SUFFIX}") if not path.name.startswith("."))

    def others(self) -> list[Path]:
        """The same for what is gathered beside the work: none where the folder cannot be looked into."""
        try:
            return self.paths()
        except ClosedFolderError:
            return []

    def drafts(self) -> list[Path]:
        """Paths of records of which only a journal exists: answers given, the file never written.

        Raises ClosedFolderError.
        """
        hidden = self.folder / naming.HIDDEN
        for folder in (self.folder, hidden):
            look_into(folder)
        moves.finish(self.folder, self.me)
        names = names_in(hidden)
        stems = sorted(name.removesuffix(naming.JOURNAL) for name in names if name.endswith(naming.JOURNAL))
        there = set(names_in(self.folder)) if stems else set()
        alone = (stem for stem in stems if f"{stem}{naming.SUFFIX}" not in there and stem not in there)
        return [
            self.folder / f"{stem}{naming.SUFFIX}" for stem in alone if has_base(hidden / f"{stem}{naming.JOURNAL}")
        ]

    def resolve(self, reference: str) -> Path:
        """The file that RECORD on the command line means: a path, or a file stem in the folder. Raises RecordError."""
        written = Path(reference)
        if written.suffix == naming.SUFFIX and written.is_file():
            return written
        look_into(self.folder, listing=False)
        stem = reference.removesuffix(naming.SUFFIX)
        inside = self.folder / f"{stem}{naming.SUFFIX}"
        for path in (written, inside):
            if path.suffix == naming.SUFFIX and (path.is_file() or path in self.drafts()):
                return path
        if written.is_file():
            return written
        if os.path.lexists(inside):
            return inside
        raise UnknownRecordError(f"没有找到记录“{reference}”。用 tianbiao list 看看有哪些，或写出文件的路径。")

    def latest(self, besides: Path | None = None) -> Record | None:
        """The record changed last, from which recurring answers are taken; damaged files are passed over."""
        newest = (path for path in self.newest() if path != besides)
        return next((record for _, record in readable(newest)), None)

    def newest(self) -> list[Path]:
        """The record files, those changed last first; none where the folder cannot be looked into."""
        return sorted(self.others(), key=changed, reverse=True)

    def record(self, reference: str) -> Record:
        """The record that a reference means, as its file holds it; raises RecordError, OSError."""
        return read_record(self.resolve(reference))

    # -- opening --

    def new(self, record: Record | None = None) -> Opened:
        """A record that is not on disk yet; the first step or save puts it there. Raises ClosedFolderError."""
        look_into(self.folder, listing=False)
        record = record or Record()
        path = naming.free_path(self.folder, record.declaration)
        return Opened(path, Journal(naming.journal_path(path)), History(record))

    def asked(self, reference: str) -> Opened:
        """The record that RECORD on the command line means, opened, "" being a new one; an error names the file. Raises RecordError."""
        if not reference:
            return self.new()
        path = self.resolve(reference)
        try:
            return self.open(path)
        except RecordError as error:
            raise RecordError(f"{one_line(path.name)}：{error}") from error

    def open(self, path: Path) -> Opened:
        """Open a record with its history, giving back answers that had not reached the file; raises RecordError."""
        moves.finish(path.parent, self.me)
        journal = Journal(naming.journal_path(path))
        history = _journal_history(journal)
        if not path.exists():
            if history is None:
                raise UnknownRecordError(f"没有找到记录文件 {path.name}")
            history.record = known_framework(history.record)
            return Opened(path, journal, history, recovered=history.position, rooted=True)
        opened = _read(path, journal)
        filed = opened.record
        if history is None or opened.read_only:
            return opened
        opened.history = history
        history.record = with_additions(known_framework(history.record), filed)
        if same(history.record, filed):
            history.record = filed
            return opened
        ahead = steps_ahead(history, filed, fingerprint(opened.text) == history.saved) if history.dirty else 0
        if ahead:
            opened.recovered = ahead
        else:
            base = history.filed if history.dirty and history.filed is not None else history.record
            saving.take_in(opened, filed, with_additions(known_framework(base), filed))
        return opened

    # -- changing --

    def do(self, opened: Opened, step: Step) -> None:
        """Make a step in memory, then on disk: journal first, then the TOML file. The step stands even if OSError is raised."""
        before = opened.record
        opened.history.do(step)
        saving.log(opened, step_line(step), before)
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
                saving.log(opened, {line: 1}, before)
            else:
                opened.journal.rewrite(opened.history)
            self.save(opened)
        return step

    def typing(self, opened: Opened, where: str, text: str) -> None:
        """Keep the text of the field in progress, so that a crash does not lose it (a power cut may)."""
        opened.history.note_typing(where, text)
        saving.log(opened, {"typing": where, "text": text}, durable=False)

    def place(self, opened: Opened, where: str) -> None:
        """Remember where the filer is."""
        opened.history.place = where
        if opened.journal.begun:
            saving.log(opened, {"place": where}, durable=False)

    def reviewed(self, opened: Opened, findings: Mapping[str, Any]) -> None:
        """Remember the findings of a review, to tell the next one what has changed."""
        opened.history.reviewed = findings
        if opened.journal.begun:
            saving.log(opened, {"reviewed": findings}, durable=False)

    def entered(self, opened: Opened, ticks: Mapping[str, str]) -> None:
        """Remember what has been entered into the formal system; no step of the record, so nothing to undo."""
        opened.history.entered = ticks
        saving.log(opened, {"entered": ticks}, durable=False)

    def save(self, opened: Opened) -> None:
        """Write the TOML file if it holds another record, under a name that fits year and project."""
        saving.save(opened, self.me)

    def add(self, record: Record) -> Path:
        """Put a finished record into the folder as a new file; returns its path. Raises ClosedFolderError."""
        look_into(self.folder, listing=False)
        make_folder(self.folder)
        data = encode(record).encode()
        while True:
            path = naming.free_path(self.folder, record.declaration)
            try:
                write_atomic(path, data, exclusive=True)
            except FileExistsError:
                if not naming.is_taken(path):  # no program of ours took the name in the last moment
                    raise
            else:
                return path

    def delete(self, path: Path) -> Path:
        """Move a record, its journal and its past to the trash; returns where the file lies now.

        Raises HeldError where another program has the record open for filling.
        """
        from domain.records import trash

        if (other := locks.holder(path, self.me)) is not None:
            raise HeldError(f"{other}正在填这份记录，等对方离开再试")
        return trash.throw(path)


def _read(path: Path, journal: Journal) -> Opened:
    """The record in a file, without its history."""
    stamp = files.stamp(path)  # before the text: a write in between is then noticed
    text = read_text(path)
    decoded = decode(text, newer=True)
    filed, oddities = known_framework(decoded.record), (*decoded.oddities, *outside(decoded.record))
    if filed is not decoded.record:
        oddities = (*oddities, f"framework：没有“{decoded.record.declaration.framework}”这个指标框架")
    opened = Opened(path, journal, History(filed), text, filed, encode(filed), stamp, oddities, version=decoded.version)
    opened.rooted = True
    if decoded.version > SCHEMA_VERSION:
        opened.read_only = f"是较新版本的程序写的（格式 {decoded.version}），升级后才能改"
    else:
        opened.read_only = why_closed(path)
    return opened


def why_closed(path: Path) -> str:
    """Why this user may not write a record file, in Chinese; "" where it may be tried."""
    try:
        state = path.stat()
    except OSError:
        return ""
    if os.access(path, os.W_OK):
        return ""
    if state.st_uid != os.geteuid():
        return f"文件是 {_name_of(state.st_uid)} 的，没有写的权限"
    return "" if state.st_mode & stat.S_IWUSR else "文件设成了只读；要改请先 chmod u+w"


def _name_of(user: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"用户 {user}"


def _journal_history(journal: Journal) -> History | None:
    try:
        return journal.read()
    except OSError:
        return None
