"""A record file that cannot be read (损坏): what is left of it, and bringing a sound state back. The damaged file is kept."""

from __future__ import annotations

from pathlib import Path

from domain.changes import Record
from domain.records import naming, trash
from domain.records.atomic import write_atomic
from domain.records.codec import RecordError, decode, encode
from domain.records.files import read_text
from domain.records.journal import Journal
from domain.text import clean

LOOKED_AT = 200_000
"""Bytes of a damaged file that are shown."""


def problem(path: Path) -> str:
    """Why a record file cannot be read, in Chinese; "" where it can. Raises OSError."""
    try:
        decode(read_text(path), newer=True)
    except RecordError as error:
        return str(error)
    return ""


def raw_lines(path: Path) -> list[str]:
    """What can be made out of a damaged file, cleaned: as UTF-8, else as GBK, unreadable bytes as �. Raises OSError."""
    with path.open("rb") as file:
        data = file.read(LOOKED_AT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut_at_the_end = error.start >= len(data) - 3
        text = data.decode("utf-8-sig", "replace") if cut_at_the_end else _as_gbk(data)
    return clean(text).split("\n")


def _as_gbk(data: bytes) -> str:
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def in_journal(path: Path) -> Record | None:
    """The record that the journal of a damaged file amounts to, None where there is none. Raises OSError."""
    history = Journal(naming.journal_path(path)).read()
    return history.record if history is not None else None


def put_back(path: Path, record: Record) -> Path:
    """Let a sound record take the damaged file's place; returns where the damaged one lies now. Raises OSError.

    Its journal stays: with a record of its own it can be undone, another state becomes one more step of it.
    """
    kept = trash.place_for(path)
    path.replace(kept)
    try:
        write_atomic(path, encode(record).encode(), exclusive=True)
    except OSError:
        kept.replace(path)
        raise
    return kept
