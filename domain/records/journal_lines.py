"""The lines of a journal (流水的一行): what each kind says, and the history that they amount to.

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
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from domain.changes import Change, Record, apply, inverse
from domain.fields import FieldPath, path_of, path_text
from domain.model import Indicator
from domain.quantity import plain
from domain.records.codec import RecordError, decode, encode, from_plain, to_plain
from domain.records.history import History, Step

Line = Mapping[str, Any]

KEPT_STEPS = 200
"""Steps that can still be undone after a journal was shortened."""


def written(line: Line) -> bytes:
    """A line as it stands in the file."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=str).encode(errors="replace") + b"\n"


def base_line(record: Record) -> Line:
    """The line that a journal begins with."""
    return {"base": encode(record)}


def step_line(step: Step) -> Line:
    """The line of a step."""
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


def _step(line: Line) -> Step:
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


def replay(lines: Iterable[Line]) -> History:
    """The history that journal lines amount to; raises one of `UNUSABLE` for lines that are none."""
    history: History | None = None
    for line in lines:
        history = _take(history, line)
    return history or History()


UNUSABLE = (LookupError, ValueError, TypeError, AssertionError, AttributeError, RecursionError, RecordError)
"""What a line that is no journal line makes `replay` raise."""


def _take(history: History | None, line: Line) -> History:
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


def usable(data: bytes) -> tuple[History | None, bool]:
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


def lines_of(history: History) -> list[Line]:
    """The lines that say a history anew, with its last steps only: nothing is lost but undo beyond them."""
    first = max(0, history.position - KEPT_STEPS)
    base = history.record
    for step in reversed(history.steps[first : history.position]):
        base = apply(base, inverse(step.changes))
    lines: list[Line] = [base_line(base), *(step_line(step) for step in history.steps[first:])]
    lines += [{"undo": 1}] * (len(history.steps) - history.position)
    if history.saved and not history.dirty:
        lines.append({"saved": history.saved})
    elif history.filed is not None:
        lines.append({"filed": encode(history.filed), "saved": history.saved})
    lines += [{"place": history.place}]
    lines += [{"reviewed": history.reviewed}] if history.reviewed is not None else []
    lines += [{"entered": history.entered}] if history.entered is not None else []
    lines += [{"typing": key, "text": text} for key, text in history.typing.items()]
    return lines
