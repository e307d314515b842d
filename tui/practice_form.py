"""A practice form (练习表) in the filling screen: a record in a folder of its own, never among the real ones."""

from __future__ import annotations

import shutil
from dataclasses import replace

from domain.changes import Record
from domain.records.store import Store
from domain.training.forms import read_sheet, sheet_of
from tui import wiring
from tui.dialogue import Dialogue
from tui.folders import Folders
from tui.welcome import learn_folder


def practice_dialogue(folders: Folders, sheet: str) -> Dialogue:
    """A dialogue about the form of a sheet; raises ExerciseError for a sheet that cannot be read, OSError for the disk."""
    declaration = read_sheet(sheet)
    place = learn_folder(folders) / "form"
    shutil.rmtree(place, ignore_errors=True)
    own = replace(folders, records=place / "records", data=place / "data")
    store = Store(own.records)
    return wiring.dialogue_of(own, store, store.open(store.add(Record(declaration))))


def sheet_after(dialogue: Dialogue, before: str) -> str:
    """The sheet of the form as filled, with the empty slots of the sheet before it kept to be written into."""
    text = sheet_of(dialogue.session.declaration)
    filled = {line.split("|")[0] for line in text.split("\n") if "|" in line}
    empty = [line for line in before.split("\n") if line.rstrip().endswith("||") and line.split("|")[0] not in filled]
    return "\n".join([text, *empty])
