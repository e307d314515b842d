"""A record file, read with care, and how one knows that somebody else has written to it since."""

from __future__ import annotations

import codecs
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from domain import bounded
from domain.changes import Record
from domain.records import naming
from domain.records.atomic import reason
from domain.records.codec import RecordError, decode
from domain.records.limits import MAX_CHARS
from domain.text import one_line

Stamp = tuple[int, int, int, int]
"""Inode, size, and the times of the last change in nanoseconds: another one means that the file has to be read again."""


def stamp(path: Path) -> Stamp | None:
    """The stamp of a file, None where there is none. Raises OSError for a folder that cannot be looked into."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return (state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)


def is_same(one: Stamp | None, other: Stamp | None) -> bool:
    """Whether both are stamps of one file with nothing written between; another name alone changes the last time."""
    return one is not None and other is not None and one[:3] == other[:3]


class ClosedFolderError(RecordError):
    """A folder of records that this user may not look into."""


def look_into(folder: Path, *, listing: bool = True) -> None:
    """See that a folder can be entered and, with listing, that it tells what is in it. One that is not there yet is well.

    Raises ClosedFolderError.
    """
    try:
        if listing:
            os.scandir(folder).close()
        (folder / naming.HIDDEN).lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise ClosedFolderError(
            f"记录文件夹 {one_line(str(folder))} 打不开（{reason(error)}）。请改好权限或核对路径，也可以用 --dir 换一个文件夹。"
        ) from error


def names_in(folder: Path) -> list[str]:
    """The names of what lies in a folder, nothing for one that is not there. Raises OSError."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except (FileNotFoundError, NotADirectoryError):
        return []


def fingerprint(text: str) -> str:
    """The hash by which the journal knows the bytes of the TOML file."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def changed(path: Path) -> float:
    """When a file was last changed, 0 for one that is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def read_bytes(path: Path) -> bytes:
    """A file's bytes, no more than a record can have; never waits for a pipe. Raises RecordError, OSError."""
    try:
        return bounded.read(path, MAX_CHARS * 3)
    except bounded.NotAFileError as error:
        raise RecordError("不是普通文件，没有读；请把它移出记录文件夹") from error
    except bounded.TooLargeError as error:
        raise RecordError("文件过大，不像一份记录；请核对是不是选错了文件") from error


def read_text(path: Path) -> str:
    """A record file's text; raises RecordError for one that is no UTF-8 text or too large, OSError."""
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise RecordError(
            f"文件不是 UTF-8 文字（第 {row} 行读不了{_looks_like(data)}）；请用编辑器另存成 UTF-8"
        ) from error


def _looks_like(data: bytes) -> str:
    """The encoding that an editor may have saved a text in."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "，像是 UTF-16 编码"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，像是 GBK 编码"


def read_record(path: Path) -> Record:
    """The record in a file, without its history; raises RecordError, OSError."""
    return decode(read_text(path)).record


def readable(paths: Iterable[Path]) -> Iterator[tuple[Path, Record]]:
    """The records in files, for what is gathered beside the work: those that cannot be read are passed over."""
    for path in paths:
        try:
            yield path, read_record(path)
        except (OSError, RecordError):
            continue


def holds(path: Path, text: str) -> bool:
    """Whether a file has exactly this text."""
    try:
        return path.is_file() and read_text(path) == text
    except (OSError, RecordError):
        return False
