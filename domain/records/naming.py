"""File names of records (文件命名): year and project in Chinese, `2020-热线线路租用费.toml`, never one that exists."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from domain.model import Declaration
from domain.text import one_line

SUFFIX = ".toml"
JOURNAL, PAST, LOCK, MOVE = ".journal", ".past", ".lock", ".move"
UNNAMED = "未命名"
NAMELESS = (UNNAMED, "unnamed")
"""What a record without a name is called; the second where file names cannot hold Chinese."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s.`$\'!;&()\[\]{}~#%]+')
_MAX_BYTES = 150
"""Most file systems allow 255 bytes in a name; the journal's and the temporary file's suffixes need their share."""


def stem_for(declaration: Declaration) -> str:
    """The file stem that year and project name call for; safe in a shell and on every common file system."""
    wanted = (declaration.project.name, *NAMELESS)
    name = next(filter(None, (_FORBIDDEN.sub("-", _held(one_line(one))).strip("-_") for one in wanted)))
    year = declaration.project.year
    dated = year is not None and 0 < year < 10000
    if dated:
        name = _without(str(year), name)
    while len(name.encode()) > _MAX_BYTES:
        name = name[:-1].rstrip("-_")
    return f"{year}-{name}" if dated else name


def _without(year: str, name: str) -> str:
    """The name without the year at its beginning or end, which the stem begins with already; a span of years stays."""
    before = rf"{year}(?:年度?)?-+(?!\d)|{year}年度?(?![-至到、和及—～])"
    after = rf"(?<!\d)-+{year}(?:年度?)?|（{year}(?:年度?)?）|(?<![\d至到、和及—～-]){year}年度?"
    return re.sub(f"^(?:{before})|(?:{after})$", "", name).strip("-_") or name


def _held(text: str) -> str:
    """The text with ? for what file names cannot hold here: rare characters in a GB2312 locale, Chinese in a Western one."""
    encoding = sys.getfilesystemencoding()
    return text if encoding == "utf-8" else text.encode(encoding, "replace").decode(encoding)


def is_ours(stem: str, declaration: Declaration) -> bool:
    """Whether the stem is one that we gave for this declaration (with or without a number), not a person's choice."""
    return re.fullmatch(re.escape(stem_for(declaration)) + r"(?:-\d+)?", stem) is not None


def free_path(folder: Path, declaration: Declaration) -> Path:
    """A path in the folder that no record has yet: the stem, else the stem with -2, -3 …"""
    stem = stem_for(declaration)
    path, number = folder / f"{stem}{SUFFIX}", 1
    while is_taken(path):
        number += 1
        path = folder / f"{stem}-{number}{SUFFIX}"
    return path


def is_taken(path: Path) -> bool:
    """Whether a record of this path exists, if only as a journal."""
    return path.exists() or path.is_symlink() or journal_path(path).exists()


HIDDEN = ".tianbiao"
"""The folder beside the records that holds what belongs to them: journals, locks, past states, the trash."""


def journal_path(record: Path) -> Path:
    """Where the journal of a record lies."""
    return _beside(record, JOURNAL)


def lock_path(record: Path) -> Path:
    """Where it stands who has the record open."""
    return _beside(record, LOCK)


def past_path(record: Path) -> Path:
    """Where the record's past states lie."""
    return _beside(record, PAST)


def _beside(record: Path, suffix: str) -> Path:
    """A file of the record in the hidden folder; a record of another suffix keeps it in the name, so that none is shared."""
    name = record.stem if record.suffix == SUFFIX else record.name
    return record.parent / HIDDEN / f"{name}{suffix}"


def trash_folder(folder: Path) -> Path:
    """Where deleted records of a folder go."""
    return folder / HIDDEN / "trash"


def left_folder(folder: Path) -> Path:
    """Where programs keep what they still have of a record of a folder that was taken over."""
    return folder / HIDDEN / "left"


def meant(stems: Sequence[str], words: str) -> str | None:
    """The record that a few words of its file name mean; None where there is none or more than one."""
    hits = [stem for stem in stems if words and words in stem]
    return words if words in hits else hits[0] if len(hits) == 1 else None
