"""The progress file (进度文件): one readable TOML in a folder that the caller names, written whole and atomically.

A file that cannot be read is never lost: it is reported, and moved aside before a new one is written. Parts of it that cannot be
understood are reported and left out, the rest is used.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import tomli_w

from domain.records.atomic import make_folder, reason, write_atomic
from domain.training.memory import INTERVALS, MISSED_INTERVALS, Card, Missed
from domain.training.progress import RECENT, KindRecord, LessonMark, Progress

SCHEMA_VERSION = 1
NAME = "progress.toml"
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A progress read, and in Chinese what was wrong with its file."""

    progress: Progress
    problems: tuple[str, ...] = ()


def seed_of(trainee: str) -> str:
    """The seed of a trainee's own exercises: the name without the signs that ids are divided by."""
    return re.sub(r"[\s:|]+", "-", trainee.strip()) or "1"


def why(error: OSError | UnicodeDecodeError) -> str:
    """Why a file cannot be read, in Chinese."""
    return reason(error) if isinstance(error, OSError) else "不是 UTF-8 文字"


@dataclass
class ProgressFile:
    """The progress file in a folder."""

    folder: Path
    trainee: str = ""
    _unreadable: bool = field(default=False, init=False)

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.folder / NAME

    def load(self) -> Loaded:
        """The progress kept, a new one where there is none; what is wrong with the file is said, never raised."""
        fresh = Progress(self.trainee, seed_of(self.trainee))
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return Loaded(fresh)
        except (OSError, UnicodeDecodeError) as error:
            self._unreadable = True
            return Loaded(fresh, (f"{self.path} 读不了（{why(error)}），从头记起；原来的文件会留着",))
        found = decode(text)
        if found is None:
            self._unreadable = True
            return Loaded(fresh, (f"{self.path} 已损坏或由较新的程序写成，从头记起；原来的文件会留着",))
        return found

    def save(self, progress: Progress) -> None:
        """Write the progress; raises OSError. A file that could not be read is moved aside first."""
        make_folder(self.folder)
        if self._unreadable and self.path.exists():
            self.path.rename(self._aside())
        write_atomic(self.path, encode(progress).encode())
        self._unreadable = False

    def _aside(self) -> Path:
        number = 1
        while (path := self.folder / f"progress-damaged-{number}.toml").exists():
            number += 1
        return path


def encode(progress: Progress) -> str:
    """The progress as TOML text, the same bytes for the same progress."""
    document: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "trainee": progress.trainee,
        "seed": progress.seed,
        "counter": progress.counter,
        "days": progress.days,
    }
    if progress.last_day:
        document["last_day"] = progress.last_day
    document["kind"] = {name: _kind(record) for name, record in sorted(progress.kinds.items())}
    document["lesson"] = {name: _lesson(mark) for name, mark in progress.lessons.items()}
    document["topic"] = {
        name: {"box": card.box, "due": card.due, "seen": card.seen, "points": card.points}
        for name, card in sorted(progress.cards.items())
    }
    document["missed"] = [{"exercise": one.exercise, "due": one.due, "box": one.box} for one in progress.missed]
    return tomli_w.dumps({key: value for key, value in document.items() if value not in ({}, [])})


def _kind(record: KindRecord) -> dict[str, Any]:
    return {
        "answered": record.answered,
        "points": record.points,
        "best": record.best,
        "passed": record.passed,
        "recent": list(record.recent),
    }


def _lesson(mark: LessonMark) -> dict[str, Any]:
    found: dict[str, Any] = {"page": mark.page, "done": mark.done}
    return found | ({"finished": mark.finished} if mark.finished else {})


def decode(text: str) -> Loaded | None:
    """The progress of a file's text, None where it is no TOML, of something else, or was written by a newer program."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    version = document.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or version > SCHEMA_VERSION:
        return None
    if not {"seed", "kind", "lesson", "topic", "missed"} & document.keys():
        return None  # the record of a form has a schema version too
    problems: list[str] = []
    last = document.get("last_day")
    progress = Progress(
        _text(document, "trainee"),
        seed_of(_text(document, "seed")),
        _whole(document, "counter"),
        _whole(document, "days"),
        last if _is_day(last) else None,
        _each(document, "kind", _read_kind, problems),
        _each(document, "lesson", _read_lesson, problems),
        _each(document, "topic", _read_card, problems),
        tuple(_read_missed(document, problems)),
    )
    return Loaded(progress, tuple(problems))


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    return value if isinstance(value, str) else ""


def _whole(table: Mapping[str, Any], key: str, most: int = 10**9) -> int:
    value = table.get(key, 0)
    return min(max(value, 0), most) if isinstance(value, int) and not isinstance(value, bool) else 0


def _number(value: Any, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(value)
    return round(min(max(float(value), 0.0), most), 3)


def _is_day(value: Any) -> bool:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _day(value: Any) -> datetime.date:
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise ValueError(value)
    return value


def _each(
    document: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any]], Value], problems: list[str]
) -> dict[str, Value]:
    """Every entry of a table that can be read."""
    found: dict[str, Value] = {}
    table = document.get(name, {})
    if not isinstance(table, Mapping):
        problems.append(f"{name} 应当是一张表，没有用上")
        return found
    for key, value in table.items():
        try:
            found[key] = read(value)
        except (KeyError, ValueError, TypeError, AttributeError):
            problems.append(f"{name}.{key} 写得不对，没有用上")
    return found


def _read_kind(table: Mapping[str, Any]) -> KindRecord:
    recent = tuple(_number(score, 1) for score in table.get("recent", ()))[-RECENT:]
    return KindRecord(
        _whole(table, "answered"),
        _number(table["points"], 1e9),
        _number(table["best"], 1),
        _whole(table, "passed"),
        recent,
    )


def _read_lesson(table: Mapping[str, Any]) -> LessonMark:
    finished = table.get("finished")
    return LessonMark(_whole(table, "page"), _whole(table, "done"), _day(finished) if finished is not None else None)


def _read_card(table: Mapping[str, Any]) -> Card:
    box = _whole(table, "box", len(INTERVALS) - 1)
    return Card(box, _day(table["due"]), _whole(table, "seen"), _number(table["points"], 1e9))


def _read_missed(document: Mapping[str, Any], problems: list[str]) -> list[Missed]:
    found: list[Missed] = []
    rows = document.get("missed", [])
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        try:
            found.append(Missed(str(row["exercise"]), _day(row["due"]), _whole(row, "box", len(MISSED_INTERVALS) - 1)))
        except (KeyError, ValueError, TypeError, AttributeError):
            problems.append(f"missed 第{number}条写得不对，没有用上")
    return found
