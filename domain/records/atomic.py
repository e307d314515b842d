"""Writing a file so that a crash leaves either the old bytes or the new ones, and never lets others read it.

In a folder that a group shares (设组位, set-group-id and group-writable) the group may read and write what we make.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from domain.records import exchanging

FILE_MODE = 0o600
FOLDER_MODE = 0o700
SHARED_FILE_MODE = 0o660
SHARED_FOLDER_MODE = stat.S_ISGID | 0o770
TEMPORARY = ".tmp"

_NO_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK})
"""What file systems without hard links (U盘, some network folders) answer."""

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EROFS: "文件系统只读",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EEXIST: "已有同名文件",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENXIO: "那一头没有程序在读",
    errno.EPIPE: "那一头没有程序在读",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "别的程序正在写它",
    errno.ELOOP: "是链接，没有跟过去",
}


def reason(error: Exception) -> str:
    """Why a file could not be read or written, in Chinese; errors of our own say it themselves."""
    if not isinstance(error, OSError):
        return str(error)
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents, private to the user or shared as the parent is; what exists keeps its mode."""
    if not folder.is_dir():
        make_folder(folder.parent)
        shared = is_shared(folder.parent)
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        if shared:
            folder.chmod(SHARED_FOLDER_MODE)


def is_shared(folder: Path) -> bool:
    """Whether a folder was set up for a group to work in: the group may write, and what is made there is the group's."""
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return bool(mode & stat.S_ISGID and mode & stat.S_IWGRP)


def file_mode(path: Path) -> int:
    """The mode that a new file of this path gets; the folder decides, whatever the umask says."""
    return SHARED_FILE_MODE if is_shared(path.parent) else FILE_MODE


def open_file(path: Path, flags: int) -> int:
    """Open a file, never through a link; a new one gets the mode that its folder asks for. Raises OSError."""
    mode = file_mode(path)
    descriptor = os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    if mode == SHARED_FILE_MODE:
        with suppress(OSError):  # another user's
            os.fchmod(descriptor, mode)
    return descriptor


def temporary_path(path: Path) -> Path:
    """Where the bytes stand before they have the file's name; the process id tells whose they were."""
    return path.with_name(f".{path.name[:40]}.{os.getpid()}{TEMPORARY}")


class OvertakenError(OSError):
    """Somebody else wrote the file in the last moment; it is as they left it."""


def write_atomic(
    path: Path,
    data: bytes,
    *,
    exclusive: bool = False,
    durable: bool = True,
    expected: Callable[[Path], bool] | None = None,
) -> None:
    """Write by temporary file, fsync and rename; an existing file keeps its mode, a link stays a link.

    What is no file (/dev/null, /dev/stdout, a named pipe) is written into, never replaced. Raises OSError that names this path.
    exclusive refuses to replace a file that exists (FileExistsError), even one made a moment ago by another program.
    durable waits until the bytes are on the disk; without it a power cut may leave the file empty.
    expected says of the file that is replaced whether it is the one that may be (OvertakenError).
    """
    if not exclusive and _takes_bytes(path):
        with _called(path):
            _pour(path, data)
        return
    if path.is_symlink() and not exclusive:
        path = path.resolve()
    with _called(path):
        _write(temporary_path(path), path, data, durable, _put_new if exclusive else partial(_put, expected=expected))
    if durable:
        sync_folder(path.parent)


def _takes_bytes(path: Path) -> bool:
    """Whether a path is a device or a pipe, which a file may not take the place of."""
    try:
        kind = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(kind) or stat.S_ISDIR(kind))


def _pour(path: Path, data: bytes) -> None:
    """Write into a device or a pipe; one that nobody reads is an error, no endless wait."""
    descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    os.set_blocking(descriptor, True)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


@contextmanager
def _called(path: Path) -> Iterator[None]:
    """Let an error name the file that was asked for, not the temporary one."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _write(temporary: Path, path: Path, data: bytes, durable: bool, put: Callable[[Path, Path], None]) -> None:
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _keep_mode(path, descriptor)
            file.write(data)
            file.flush()
            if durable:
                os.fsync(descriptor)
        put(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _keep_mode(path: Path, descriptor: int) -> None:
    """Give the new file the old one's mode; else the one that its folder asks for. File systems without modes are let be."""
    try:
        mode = path.stat().st_mode & 0o777
    except OSError:
        mode = file_mode(path)
    with suppress(OSError):
        os.fchmod(descriptor, mode)


def _put(temporary: Path, path: Path, expected: Callable[[Path], bool] | None) -> None:
    """Give the finished file its name; the file that had it goes, unless it is not the one that was expected."""
    if expected is None:
        temporary.replace(path)
        return
    try:
        exchanging.exchange(temporary, path)
    except OSError as error:
        if error.errno not in exchanging.IMPOSSIBLE and error.errno != errno.ENOENT:
            raise
        if not expected(path):
            raise OvertakenError(errno.EBUSY, os.strerror(errno.EBUSY)) from error
        temporary.replace(path)
        return
    if not expected(temporary):
        exchanging.exchange(temporary, path)
        raise OvertakenError(errno.EBUSY, os.strerror(errno.EBUSY))


def _put_new(temporary: Path, path: Path) -> None:
    """Give the finished file its name unless something has it already."""
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE))
        try:
            temporary.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in the folder durable; file systems that cannot are let be."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
