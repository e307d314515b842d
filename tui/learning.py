"""Learning (学习) as every face uses it: where progress lies, a sitting that keeps it. Free of any face."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass, field
from typing import Any

from domain.records.atomic import reason
from domain.training import ExerciseError, Material, Progress, ProgressFile, Reply, Trainer, ask
from domain.training.kinds import KINDS
from domain.training.practice import kind_of
from domain.training.trainer import COMMANDS, SITTING
from tui import wiring
from tui.folders import Folders
from tui.welcome import learn_folder

FEW = {"form": 1, "reviewer": 3, "defects": 5, "goal": 5}
"""Exercises of one practice for kinds that take long."""
DRAFTED = ("form", "reviewer")
"""Kinds that take long enough to be left in the middle and gone on with."""
PRACTICE = ("练习", "practice")


@dataclass
class Notebook:
    """The trainee's progress and its file; a file that cannot be written is said, and learning goes on."""

    file: ProgressFile
    progress: Progress
    problems: tuple[str, ...] = ()
    trouble: str = field(default="", init=False)

    def keep(self, progress: Progress) -> None:
        """Remember the progress and write it."""
        self.progress = progress
        try:
            self.file.save(progress)
            self.trouble = ""
        except OSError as error:
            self.trouble = f"学习进度没存上：{reason(error)}"


def open_notebook(folders: Folders) -> Notebook:
    """The trainee's progress, a new one where there is none."""
    file = ProgressFile(learn_folder(folders), os.environ.get("LOGNAME") or os.environ.get("USER") or "")
    loaded = file.load()
    return Notebook(file, loaded.progress, loaded.problems)


def trainer(material: Material, notebook: Notebook, columns: int) -> Trainer:
    """A trainer that writes into the notebook."""
    return Trainer(material, notebook.progress, datetime.date.today(), notebook.keep, columns=columns)


def begin(made: Trainer, wanted: str, folders: Folders) -> Trainer:
    """Begin what was asked for: "" or 练习 a practice, else an exercise id, a kind of exercise, a lesson. Raises ExerciseError.

    A kind that takes long goes on with the exercise that was begun.
    """
    if wanted in ("", *PRACTICE):
        return made.practice()
    if wanted.count(":") > 1:
        return made.exercises([wanted])
    if any(wanted in (kind.id, kind.title) for kind in KINDS):
        kind = kind_of(wanted).id
        return made.practice(kind, FEW.get(kind, SITTING), begun(folders, kind) if kind in DRAFTED else ())
    return made.lesson(wanted)


def begun(folders: Folders, kind: str) -> list[str]:
    """The exercise of a kind that was left in the middle, if there is one that can still be asked."""
    from tui import practice_form

    found = []
    for identity in practice_form.begun(folders, kind)[:1]:
        try:
            ask(wiring.material(), identity)
        except ExerciseError:
            continue
        found.append(identity)
    return found


def answered(made: Trainer, given: Any) -> Reply:
    """Give an answer; a slash word that is no command is said instead of graded, a fault of the material too."""
    text = given.strip() if isinstance(given, str) else ""
    if text[:1] in ("/", "／") and "\n" not in text:
        word = text[1:].strip().lower()
        if not any(word in words for words in COMMANDS.values()):
            known = "、".join(f"/{words[0]}" for words in COMMANDS.values())
            return Reply((f"没有“{text}”这个命令。可以写：{known}。",), again=True)
    try:
        return made.answer(given)
    except ExerciseError as error:
        return Reply((str(error),), again=True)
