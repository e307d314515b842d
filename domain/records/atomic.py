"""Writing a file so that a crash leaves either the old bytes or the new ones, and never lets others read it."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700

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
    errno.EIO: "磁盘读写出错",
    errno.ELOOP: "是链接，没有跟过去",
}


def reason(error: OSError) -> str:
    """Why the disk did not play along, in Chinese."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def make_folder(folder: Path) -> None:
    """Make a folder and its missing parents, all private to the user; what exists keeps its mode."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def write_atomic(path: Path, data: bytes, *, exclusive: bool = False) -> None:
    """Write by temporary file, fsync and rename; an existing file keeps its mode, a link stays a link. Raises OSError.

    exclusive refuses to replace a file that exists (FileExistsError), even one made a moment ago by another program.
    """
    if path.is_symlink() and not exclusive:
        path = path.resolve()
    temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _keep_mode(path, descriptor)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        if exclusive:
            _put_new(temporary, path)
        else:
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def _keep_mode(path: Path, descriptor: int) -> None:
    with suppress(OSError):
        os.fchmod(descriptor, path.stat().st_mode & 0o777)


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
