"""Checking record files (检查文件): what the command line says about them, certain fixes with before and after.

The other records of a file's folder are its siblings; a folder is read once however many of its files are checked.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from domain import filling
from domain.answers import shown
from domain.case import Case, Words, case_for, character_pairs
from domain.changes import Change, Record, diff
from domain.fields import path_text
from domain.model import Indicator, spec_at
from domain.reading import Reader
from domain.records import naming, past
from domain.records.atomic import reason
from domain.records.codec import Decoded, RecordError, decode
from domain.records.files import read_text
from domain.records.history import Step
from domain.records.locks import Hold
from domain.records.naming import SUFFIX
from domain.records.recovery import outside
from domain.records.store import HeldError, Store
from domain.records.times import now
from domain.review import IGNORED, Finding, Review, Severity, findings, review
from domain.settings import DEFAULT, Settings
from domain.siblings import NO_SIBLINGS, Siblings

MOST_FIXES = 60
"""Fixes applied to one record at most: more would mean that two of them undo each other."""


@dataclass(frozen=True)
class Surroundings:
    """What every check shares: the reader and the words of `suggest`, the office's settings, the day."""

    reader: Reader | None = None
    words: Words = character_pairs
    settings: Settings = DEFAULT
    today: datetime.date | None = None
    problems: tuple[str, ...] = ()
    """What of the office's settings could not be used, in Chinese."""

    def case(self, record: Record, siblings: Siblings = NO_SIBLINGS, label: str = "") -> Case:
        """A case of one record among its siblings."""
        return case_for(
            record, self.reader, siblings, label=label, settings=self.settings, today=self.today, words=self.words
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """One file checked; problem says in Chinese why it could not be read."""

    path: Path
    record: Record | None = None
    review: Review | None = None
    problem: str = ""
    case: Case | None = None
    oddities: tuple[str, ...] = ()
    """What of the file was not understood, and so not reviewed, in Chinese."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A fix that was made: the rule, what it was about, and what stood there before and after."""

    rule: str
    title: str
    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A record after its certain fixes."""

    record: Record
    applied: tuple[Applied, ...] = ()


# --- reading ---------------------------------------------------------------------------------------------------------


def files(paths: Iterable[Path]) -> list[Path]:
    """The record files meant: files as they are, folders as the records in them, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = Store(path).paths() if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    return list(found)


@dataclass
class _Folders:
    """Records by folder, each folder read once."""

    read: dict[Path, dict[Path, Decoded | str]] = field(default_factory=dict)
    siblings: dict[Path, Siblings] = field(default_factory=dict)

    def records(self, folder: Path) -> dict[Path, Decoded | str]:
        """Every record of a folder by path, or the problem with it."""
        if folder not in self.read:
            self.read[folder] = {path: _decoded(path) for path in Store(folder).others()}
        return self.read[folder]

    def around(self, folder: Path) -> Siblings:
        """The folder's readable records as siblings of one another."""
        if folder not in self.siblings:
            readable = (
                (path.stem, one.record) for path, one in self.records(folder).items() if isinstance(one, Decoded)
            )
            self.siblings[folder] = Siblings(tuple((stem, one.declaration) for stem, one in readable))
        return self.siblings[folder]


def _decoded(path: Path) -> Decoded | str:
    try:
        return decode(read_text(path))
    except RecordError as error:
        return str(error)
    except OSError as error:
        return f"读不了文件：{reason(error)}"


def check(paths: Iterable[Path], surroundings: Surroundings = Surroundings()) -> Iterator[Checked]:
    """Check files and folders in order."""
    folders = _Folders()
    for path in files(paths):
        yield _checked(path, folders, surroundings)


def _checked(path: Path, folders: _Folders, surroundings: Surroundings) -> Checked:
    known = folders.records(path.parent) if path.suffix == SUFFIX else {}
    found = known[path] if path in known else _decoded(path)
    if isinstance(found, str):
        return Checked(path, problem=found)
    case = surroundings.case(found.record, folders.around(path.parent), path.stem)
    oddities = (*found.oddities, *outside(found.record))
    return Checked(path, found.record, review(case, ignored(found.record)), case=case, oddities=oddities)


def judge(path: Path, surroundings: Surroundings) -> Callable[[Record], Review]:
    """Reviews states of the record that the file at `path` holds, among the other records of its folder."""
    folders = _Folders()

    def outcome(record: Record) -> Review:
        return review(surroundings.case(record, folders.around(path.parent), path.stem), ignored(record))

    return outcome


def ignored(record: Record) -> Mapping[str, str]:
    """The findings that the filer ignored, with the reasons."""
    return {key: str(reason) for key, reason in record.marks(IGNORED).items()}


# --- saying ----------------------------------------------------------------------------------------------------------


def as_json(checked: Checked, at_least: Severity = Severity.INFO) -> dict[str, Any]:
    """One file's outcome as the command prints it on a line; findings lighter than `at_least` are left out."""
    if checked.review is None:
        return {"path": str(checked.path), "grade": None, "score": None, "findings": [], "problem": checked.problem}
    return {
        "path": str(checked.path),
        "grade": checked.review.grade.label,
        "score": float(checked.review.total),
        "findings": [finding_json(one) for one in visible(checked.review, at_least)],
    }


def finding_json(one: Finding) -> dict[str, Any]:
    """A finding with the keys of the command's contract."""
    return {
        "rule": one.rule.id,
        "severity": one.severity.value,
        "where": path_text(one.where),
        "message": one.text,
        "basis": one.rule.grounds,
        "fixable": one.fixed is not None,
    }


def visible(outcome: Review, at_least: Severity = Severity.INFO) -> tuple[Finding, ...]:
    """The standing findings of this weight and heavier."""
    return tuple(one for one in outcome.findings if one.severity.order() <= at_least.order())


# --- fixing ----------------------------------------------------------------------------------------------------------


def fix(record: Record, surroundings: Surroundings, siblings: Siblings = NO_SIBLINGS, label: str = "") -> Fixed:
    """The record with every certain fix made, heaviest first, each looked at again after the one before it."""
    reasons = ignored(record)
    applied: list[Applied] = []
    done: set[str] = set()
    for _ in range(MOST_FIXES):
        found = findings(surroundings.case(record, siblings, label))
        chosen = next((one for one in found if one.fixed and one.key not in reasons and one.key not in done), None)
        if chosen is None or chosen.fixed is None:
            break
        applied.extend(_applied(chosen, diff(record, replace(record, declaration=chosen.fixed))))
        done.add(chosen.key)
        record = filling.corrected(record, chosen.fixed)
    return Fixed(record, tuple(applied))


def _applied(one: Finding, changes: Sequence[Change]) -> Iterator[Applied]:
    for change in changes:
        if change.where[0] == "indicators":
            before, after = _rows(change.old), _rows(change.new)
            yield Applied(one.rule.id, one.rule.title, path_text(change.where), before, after)
        else:
            title = f"{one.rule.title}（{spec_at(change.where).label}）"
            yield Applied(one.rule.id, title, path_text(change.where), shown(change.old), shown(change.new))


def _rows(rows: Sequence[Indicator]) -> str:
    return "；".join(f"{row.level2}›{row.name} {row.target}".rstrip() for row in rows)


def fix_file(path: Path, surroundings: Surroundings) -> Fixed:
    """Make the certain fixes in a record file, as one step that can be undone; raises OSError, RecordError.

    HeldError where another program has the record open for filling.
    """
    folders = _Folders()
    store = Store(path.parent)
    opened = store.open(path)
    hold = Hold(store.me)
    try:
        if opened.read_only:
            raise RecordError(opened.read_only)
        fixed = fix(opened.record, surroundings, folders.around(path.parent), path.stem)
        changes = diff(opened.record, fixed.record)
        if changes:
            if (other := hold.take(path)) is not None:
                raise HeldError(f"{other}正在填这份记录，没有改，等对方离开再试")
            past.keep(naming.past_path(path), opened.text, "审核自动改之前")
            store.do(opened, Step("按审核意见修改", changes, opened.history.place, now()))
    finally:
        opened.journal.close()
        hold.release()
    return fixed
