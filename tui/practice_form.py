"""Long exercises that were begun (练习草稿): the text so far and the practice form, in the state folder, never among the records."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

from domain.changes import Record
from domain.model import Declaration
from domain.records.atomic import make_folder, write_atomic
from domain.records.codec import RecordError
from domain.records.store import Store
from domain.text import clean, one_line
from domain.training.forms import read_sheet, sheet_of
from tui import wiring
from tui.dialogue import Dialogue
from tui.folders import Folders
from tui.welcome import learn_folder

_NAME = "draft.txt"


def _drafts(folders: Folders) -> Path:
    return learn_folder(folders) / "drafts"


def begun(folders: Folders, kind: str) -> list[str]:
    """The exercises of a kind that were begun and not handed in, the latest first."""
    try:
        files = sorted(_drafts(folders).glob(f"*/{_NAME}"), key=lambda path: path.stat().st_mtime, reverse=True)
        first = [path.read_text(encoding="utf-8", errors="replace").partition("\n")[0] for path in files]
    except OSError:
        return []
    return [identity for identity in map(one_line, first) if identity.startswith(f"{kind}:")]


class Draft:
    """What has been written for one exercise and not handed in."""

    def __init__(self, folders: Folders, exercise: str) -> None:
        self._folders, self._exercise = folders, exercise
        self._place = _drafts(folders) / hashlib.sha256(exercise.encode()).hexdigest()[:16]

    def keep(self, text: str) -> None:
        """Remember the text and that the exercise was begun; raises OSError."""
        make_folder(self._place)
        write_atomic(self._place / _NAME, f"{self._exercise}\n{text}".encode())

    def drop(self) -> None:
        """The exercise is done with."""
        shutil.rmtree(self._place, ignore_errors=True)

    def text(self, otherwise: str) -> str:
        """What was written: the practice form where the filling screen was cut off, else the text kept, else `otherwise`."""
        try:
            kept = (self._place / _NAME).read_text(encoding="utf-8", errors="replace").partition("\n")[2]
        except OSError:
            return otherwise
        sheet = clean(kept) if kept.strip() else otherwise
        return self._cut_off(sheet)

    def _cut_off(self, sheet: str) -> str:
        store = Store(self._place / "records")
        try:
            paths = sorted(store.folder.glob("*.toml"))
            return sheet_with(store.open(paths[0]).record.declaration, sheet) if paths else sheet
        except (OSError, RecordError):
            return sheet

    def dialogue(self, sheet: str) -> Dialogue:
        """A dialogue about the form of a sheet; raises ExerciseError for a sheet that cannot be read, OSError for the disk."""
        declaration = read_sheet(sheet)
        self.keep(sheet)
        self._forget_form()
        own = replace(self._folders, records=self._place / "records", data=self._place / "data")
        store = Store(own.records)
        return wiring.dialogue_of(own, store, store.open(store.add(Record(declaration))))

    def take_back(self, dialogue: Dialogue, before: str) -> str:
        """The sheet of the form as filled, kept as the draft; raises OSError."""
        text = sheet_with(dialogue.session.declaration, before)
        self.keep(text)
        self._forget_form()
        return text

    def _forget_form(self) -> None:
        for name in ("records", "data"):
            shutil.rmtree(self._place / name, ignore_errors=True)


def sheet_with(declaration: Declaration, before: str) -> str:
    """The sheet of a form, with the empty slots of the sheet before it kept to be written into."""
    text = sheet_of(declaration)
    filled = {line.split("|")[0] for line in text.split("\n") if "|" in line}
    empty = [line for line in before.split("\n") if line.rstrip().endswith("||") and line.split("|")[0] not in filled]
    return "\n".join([text, *empty])
