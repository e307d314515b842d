"""One append-only journal per record (流水): undo stack, crash draft and resume point in one file of JSON lines.

A line is one of
  {"base": TOML text}                                  the state that the steps start from
  {"step": label, "at": time, "place": path, "do": [[path, old, new], …]}
  {"undo": 1} / {"redo": 1}
  {"typing": key, "text": …}                           text of a field in progress, until the field is answered; "" ends it
  {"place": path}                                      where the filer is
  {"reviewed": {key: …}}                               the findings of the last review
  {"entered": {key: hash}}                             what has been entered into the formal system (domain.entering)
  {"saved": hash}                                      the TOML file with these bytes was written
  {"filed": TOML text, "saved": hash}                  what the file held, where more was done since
A last line that was cut short is passed over; everything before it counts. A journal that is damaged further up is set
aside as `.damaged`, and what stood before the damage begins a new one.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.changes import Change, Record, apply, inverse
from domain.fields import FieldPath, path_of, path_text
from domain.model import Indicator
from domain.quantity import plain
from domain.records.atomic import make_folder, open_file, write_atomic
from domain.records.codec import RecordError, decode, encode, from_plain, to_plain

KEPT_STEPS = 200
"""Steps that can still be undone after a journal was shortened."""
SHORTEN_ABOVE = 1_000_000
"""Bytes above which a journal is shortened when it is opened."""
SHORTEN_AT_WORK = 8_000_000
"""Bytes above which it is shortened at once: text in progress is written again and again."""
MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the filer did, reversible; label says it in Chinese, place is where the dialogue stood before it."""

    label: str
    changes: tuple[Change, ...]
    place: str = ""
    at: str = ""


@dataclass
class History:
    """The state that a journal amounts to: the current record, what can be undone and redone, and where to go on."""

    record: Record = field(default_factory=Record)
    steps: list[Step] = field(default_factory=list)
    position: int = 0
    place: str = ""
    typing: dict[str, str] = field(default_factory=dict)
    """Text typed but not yet accepted, by field key."""
    reviewed: Mapping[str, Any] | None = None
    """The findings of the last review as plain data; None where there was none."""
    entered: Mapping[str, str] | None = None
    """What has been entered into the formal system; None where nobody has begun with that."""
    saved: str = ""
    dirty: bool = False
    """Whether anything happened after the TOML file was last written."""
    filed: Record | None = None
    """The record that was then written, from which a person's edit of the file began."""

    def do(self, step: Step) -> None:
        """Make a step; what had been undone can no longer be redone."""
        self.record = apply(self.record, step.changes)
        del self.steps[self.position :]
        self.steps.append(step)
        self.position += 1
        self.dirty = True
        for change in step.changes:
            self.typing.pop(path_text(change.where), None)

    def undo(self) -> Step | None:
        """Take the last step back and return it; None at the beginning."""
        if not self.position:
            return None
        self.position -= 1
        step = self.steps[self.position]
        self.record = apply(self.record, inverse(step.changes))
        self.dirty = True
        return step

    def redo(self) -> Step | None:
        """Make the step again that was undone last; None where there is none."""
        if self.position == len(self.steps):
            return None
        step = self.steps[self.position]
        self.record = apply(self.record, step.changes)
        self.position += 1
        self.dirty = True
        return step

    def note_saved(self, mark: str) -> None:
        """The record as it is now was written to the TOML file, whose bytes have this fingerprint."""
        self.saved, self.filed, self.dirty = mark, self.record, False

    def note_typing(self, key: str, text: str) -> None:
        """Remember text in progress; "" forgets it."""
        if text:
            self.typing[key] = text
        else:
            self.typing.pop(key, None)


# --- lines ---------------------------------------------------------------------------------------------------------


def step_line(step: Step) -> dict[str, Any]:
    """The journal line of a step."""
    changes = [[_where(c.where), _to_json(c.old), _to_json(c.new)] for c in step.changes]
    return {"step": step.label, "at": step.at, "place": step.place, "do": changes}


def _where(path: FieldPath) -> str | list[str | int]:
    """The path as text, or as it is where its text would be read as another one."""
    return list(path) if path[0] == "meta" and "." in str(path[1]) else path_text(path)


def _to_json(value: Any) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], Indicator):
        return [[row.level1, row.level2, row.name, row.target] for row in value]
    value = to_plain(value)
    if isinstance(value, Decimal):
        return plain(value)
    return value if value is None or isinstance(value, (bool, int, str, list, dict, float)) else str(value)


def _step(line: Mapping[str, Any]) -> Step:
    changes = []
    for where, old, new in line["do"]:
        if isinstance(where, list):
            path: FieldPath = tuple(where)
        else:
            path = meta_path(where) if where.startswith("meta.") else path_of(where)
        changes.append(Change(path, _from_json(path, old), _from_json(path, new)))
    return Step(line["step"], tuple(changes), line.get("place", ""), line.get("at", ""))


def meta_path(text: str) -> FieldPath:
    """ "meta.origins.project.name" → ("meta", "origins", "project.name")."""
    _, table, key = text.split(".", 2)
    return ("meta", table, key)


def _from_json(path: FieldPath, value: Any) -> Any:
    if path[0] == "framework":
        return str(value)
    if path[0] == "indicators":
        return tuple(Indicator(*row) for row in value)
    return value if path[0] == "meta" else from_plain(path, value)


def replay(lines: Iterable[Mapping[str, Any]]) -> History:
    """The history that journal lines amount to; raises one of `UNUSABLE` for lines that are none."""
    history: History | None = None
    for line in lines:
        history = _take(history, line)
    return history or History()


UNUSABLE = (LookupError, ValueError, TypeError, AssertionError, AttributeError, RecursionError, RecordError)
"""What a line that is no journal line makes `replay` raise."""


def _take(history: History | None, line: Mapping[str, Any]) -> History:
    if "base" in line:
        return History(decode(line["base"]).record)
    if history is None:
        raise ValueError("a journal begins with a base")
    if "step" in line:
        history.do(_step(line))
    elif "undo" in line:
        history.undo()
    elif "redo" in line:
        history.redo()
    elif "typing" in line:
        history.note_typing(str(line["typing"]), str(line["text"]))
    elif "place" in line:
        history.place = str(line["place"])
    elif "reviewed" in line:
        history.reviewed = dict(line["reviewed"])
    elif "entered" in line:
        history.entered = {str(key): str(mark) for key, mark in line["entered"].items()}
    elif "filed" in line:
        history.filed, history.saved = decode(line["filed"]).record, str(line["saved"])
    elif "saved" in line:
        history.note_saved(str(line["saved"]))
    return history


# --- file ----------------------------------------------------------------------------------------------------------


class Journal:
    """The journal file of one record; it is made when the first line is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.begun = False
        """Whether the file holds a base, so that steps may follow."""
        self.size = 0
        """Bytes in the file, known once a line was written."""
        self._descriptor: int | None = None

    def read(self) -> History | None:
        """The history on disk; None where there is no journal or nothing in it can be used. Raises OSError."""
        try:
            size = self.path.stat().st_size
            data = self.path.read_bytes() if size <= MAX_BYTES else b""
        except FileNotFoundError:
            return None
        history, sound = _usable(data)
        self.begun = sound and history is not None
        if history is not None and (not sound or size > SHORTEN_ABOVE):
            with suppress(OSError):
                if not sound:
                    self._set_aside()
                self.rewrite(history)
        return history

    def _set_aside(self) -> None:
        with suppress(FileNotFoundError):
            self.path.replace(self.path.with_suffix(".damaged"))

    def append(self, line: Mapping[str, Any], *, durable: bool = True) -> None:
        """Write one line to disk; durable waits until it is there. Raises OSError, and can then be tried again."""
        data = json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=str).encode(errors="replace") + b"\n"
        try:
            descriptor = self._open()
            if os.write(descriptor, data) != len(data):
                raise OSError(errno.ENOSPC, "line written in part")
            self.size += len(data)
            if durable:
                os.fsync(descriptor)
        except OSError:
            self.close()
            raise

    def _open(self) -> int:
        if self._descriptor is None:
            make_folder(self.path.parent)
            self._descriptor = open_file(self.path, os.O_RDWR | os.O_APPEND)
            self._mend_cut_line(self._descriptor)
            self.size = os.fstat(self._descriptor).st_size
        return self._descriptor

    @staticmethod
    def _mend_cut_line(descriptor: int) -> None:
        """Cut off a last line that a crash or a full disk left without its end, so that the next one stands alone."""
        size = os.fstat(descriptor).st_size
        tail = os.pread(descriptor, min(size, 1 << 20), max(0, size - (1 << 20)))
        if tail and not tail.endswith(b"\n"):
            os.ftruncate(descriptor, size - len(tail) + tail.rfind(b"\n") + 1)

    def start(self, record: Record) -> None:
        """Begin with a base state; what lies there and cannot be used is set aside. Raises OSError."""
        self.close()
        self._set_aside()
        try:
            self.append({"base": encode(record)})
        except OSError:
            with suppress(OSError):
                self.path.unlink()
            raise
        self.begun = True

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the next append opens it again."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)

    def discard(self) -> None:
        """Take the file away, where there is one and the disk lets it go."""
        self.close()
        self.begun = False
        with suppress(OSError):
            self.path.unlink()

    def rewrite(self, history: History) -> None:
        """Write the whole file anew with the last steps only; nothing is lost but undo beyond them. Raises OSError."""
        keep = history.steps[max(0, history.position - KEPT_STEPS) :]
        base = history.record
        for step in reversed(history.steps[max(0, history.position - KEPT_STEPS) : history.position]):
            base = apply(base, inverse(step.changes))
        lines: list[dict[str, Any]] = [{"base": encode(base)}, *(step_line(step) for step in keep)]
        lines += [{"undo": 1}] * (len(history.steps) - history.position)
        if history.saved and not history.dirty:
            lines.append({"saved": history.saved})
        elif history.filed is not None:
            lines.append({"filed": encode(history.filed), "saved": history.saved})
        lines += [{"place": history.place}]
        lines += [{"reviewed": history.reviewed}] if history.reviewed is not None else []
        lines += [{"entered": history.entered}] if history.entered is not None else []
        lines += [{"typing": key, "text": text} for key, text in history.typing.items()]
        text = "".join(
            json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=str) + "\n" for line in lines
        )
        self.close()
        make_folder(self.path.parent)
        data = text.encode(errors="replace")
        write_atomic(self.path, data)
        self.begun, self.size = True, len(data)


def _usable(data: bytes) -> tuple[History | None, bool]:
    """What whole lines amount to up to the first that is none, and whether that was all of them."""
    history: History | None = None
    *lines, _unfinished = data.split(b"\n")
    for raw in lines:
        try:
            line = json.loads(raw)
            if not isinstance(line, dict):
                raise TypeError(line)
            history = _take(history, line)
        except UNUSABLE:
            return history, False
    return history, True


def has_base(path: Path) -> bool:
    """Whether a journal got as far as a whole first line, without reading it all."""
    try:
        with path.open("rb") as file:
            return file.readline(MAX_BYTES).endswith(b"\n")
    except OSError:
        return False
