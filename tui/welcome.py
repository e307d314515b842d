"""Welcome (初次使用): the tour is offered once, to a newcomer. Light, as it runs before the first screen."""

from __future__ import annotations

from pathlib import Path

from domain.records.atomic import FILE_MODE, make_folder
from tui.folders import Folders

OFFERED = "tour-offered"
"""The empty file that says that the tour was offered."""


def learn_folder(folders: Folders) -> Path:
    """Where progress lies."""
    return folders.state / "learn"


def first_time(folders: Folders, mark: str) -> bool:
    """Whether something is to be said now because it never was; a folder that cannot be written to keeps it unsaid."""
    path = folders.state / mark
    try:
        make_folder(path.parent)
        path.touch(mode=FILE_MODE, exist_ok=False)
    except OSError:
        return False
    return True


def offer_tour(folders: Folders) -> bool:
    """Whether to offer the tour now: once, to someone who has neither records nor progress."""
    mark = learn_folder(folders) / OFFERED
    if mark.exists() or (mark.parent / "progress.toml").exists():
        return False
    try:
        if any(folders.records.glob("*.toml")):
            return False
        make_folder(mark.parent)
        mark.touch(mode=FILE_MODE)
    except OSError:
        return False
    return True
