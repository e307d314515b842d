"""Derived forms (编译件): plain data made from source files once and read back fast, always safe to delete.

A derived file is believed only while its sources have not changed, its checksum is right, and nobody else could have written
it: it belongs to the user (or root), and neither it nor its folder may be written by others. Everything else is rebuilt.
The files are read with marshal, so that trust matters: who can write one can crash the program.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import stat
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from domain.data import data_path
from domain.records.atomic import make_folder

T = TypeVar("T")

LAYOUT = 1
"""Version of the file's own layout, beside the version of the content that callers give."""
SUFFIX = ".derived"
_MAGIC = b"tianbiao-derived"
_MARSHAL, _NO_REFERENCES = 4, 2
"""Marshal format that every supported Python reads: one wheel serves them all; and the one in which equal values look alike."""
_RACY_NS = 2_000_000_000
"""A source changed less than this before it was stamped may change again without a new time (coarse file systems)."""
_MAX_HEADER = 64 * 1024


class Stamp(NamedTuple):
    """What tells one state of a source file from another: size and time first, the digest of its content for certain."""

    size: int
    mtime_ns: int
    digest: str

    @property
    def line(self) -> str:
        """The stamp as a header line."""
        return f"{self.size} {self.mtime_ns} {self.digest}"


class _Stored(NamedTuple):
    created_ns: int
    stamps: tuple[Stamp, ...]
    checksum: int
    payload: memoryview


class NotMadeError(Exception):
    """A derived form would have to be made, where that takes too long."""


_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)


@contextlib.contextmanager
def only_reading() -> Iterator[None]:
    """Within this, `load` makes nothing: it raises NotMadeError."""
    token = _only_reading.set(True)
    try:
        yield
    finally:
        _only_reading.reset(token)


def load(name: str, sources: Sequence[Path], build: Callable[[], T], version: int) -> T:
    """The value that `build` makes from the sources, read back from its derived form where one may be believed.

    `name` says which derived form (letters, digits, hyphens), `version` is the caller's and must change when `build` does.
    The value is plain data as marshal keeps it: None, bool, int, float, str, bytes, tuple, list, dict, set, frozenset.
    Raises OSError where a source cannot be read, and whatever `build` raises; a derived file that is missing, broken,
    stale, not ours, or cannot be written costs time and nothing else, except within `only_reading`.
    """
    cached = cache_path(name, sources)
    for path in (cached, shipped_path(name)):
        stored = _read(path, name, version)
        if stored is None or not (quick := _unchanged(stored, sources)):
            continue
        try:
            value: T = marshal.loads(stored.payload)
        except (EOFError, ValueError, TypeError):
            continue
        if not quick.by_time:
            _keep(cached, name, version, quick.stamps, bytes(stored.payload))
        return value
    if _only_reading.get():
        raise NotMadeError(name)
    stamps = tuple(_stamp(source) for source in sources)
    made = build()
    _keep(cached, name, version, stamps, _dumps(made))
    return made


def shipped_path(name: str) -> Path:
    """Where the derived form that comes with the program lies; made when the wheel is built, absent in a checkout."""
    return data_path("derived", name + SUFFIX)


def cache_path(name: str, sources: Sequence[Path]) -> Path:
    """Where this user's derived form of these sources lies."""
    places = "\n".join(str(source.absolute()) for source in sources)
    return cache_folder() / f"{name}-{zlib.crc32(os.fsencode(places)):08x}{SUFFIX}"


def cache_folder() -> Path:
    """This user's folder of derived forms: XDG_CACHE_HOME where it is set, .cache of a checkout, else ~/.cache."""
    wanted = os.environ.get("XDG_CACHE_HOME", "")
    if wanted.startswith("/"):
        return Path(wanted) / "tianbiao" / "derived"
    root = data_path().parent
    if (root / "pyproject.toml").is_file() and os.access(root, os.W_OK):
        return root / ".cache" / "derived"
    return Path("~/.cache/tianbiao/derived").expanduser()


def ship(folder: Path, name: str, sources: Sequence[Path], build: Callable[[], object], version: int) -> Path:
    """Write the derived form for a wheel into a folder and return its path; raises OSError.

    It carries no times, so that the same sources give the same bytes; installing changes the times anyway.
    """
    path = folder / (name + SUFFIX)
    stamps = tuple(Stamp(stamp.size, 0, stamp.digest) for stamp in map(_stamp, sources))
    _write(path, _encode(name, version, stamps, _dumps(build()), created_ns=0))
    return path


def _dumps(value: Any) -> bytes:
    return marshal.dumps(_shared(value, {}), _MARSHAL)


def _shared(value: Any, known: dict[bytes, Any]) -> Any:
    """The value with equal texts, numbers and tuples of them made one: marshal writes it once, and once read it is one object."""
    if isinstance(value, dict):
        return {_shared(key, known): _shared(one, known) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        value = type(value)(_shared(one, known) for one in value)
        try:
            hash(value)
        except TypeError:  # it holds what may change, one here and not the other
            return value
    return known.setdefault(marshal.dumps(value, _NO_REFERENCES), value)


# --- is it still true? ---------------------------------------------------------------------------------------------


class _Match(NamedTuple):
    stamps: tuple[Stamp, ...]
    by_time: bool


def _unchanged(stored: _Stored, sources: Sequence[Path]) -> _Match | None:
    """Whether the sources are what they were: by size and time where these can be relied on, else by content."""
    if len(stored.stamps) != len(sources):
        return None
    found: list[Stamp] = []
    by_time = True
    for source, stamp in zip(sources, stored.stamps, strict=True):
        info = source.stat()
        if info.st_size != stamp.size:
            return None
        if info.st_mtime_ns != stamp.mtime_ns or stamp.mtime_ns > stored.created_ns - _RACY_NS:
            by_time = False
            if _digest(source) != stamp.digest:
                return None
        found.append(Stamp(info.st_size, info.st_mtime_ns, stamp.digest))
    return _Match(tuple(found), by_time)


def _stamp(source: Path) -> Stamp:
    info = source.stat()
    return Stamp(info.st_size, info.st_mtime_ns, _digest(source))


def _digest(source: Path) -> str:
    # Imported here: hashing is not needed while times tell that nothing changed.
    import hashlib

    return hashlib.sha256(source.read_bytes()).hexdigest()


# --- the file ------------------------------------------------------------------------------------------------------


def _encode(name: str, version: int, stamps: tuple[Stamp, ...], payload: bytes, created_ns: int) -> bytes:
    lines = [
        f"{name} {version}",
        str(created_ns),
        *(stamp.line for stamp in stamps),
        f"payload {zlib.crc32(payload)}",
    ]
    header = "".join(f"{line}\n" for line in lines).encode()
    return b"%s %d %d\n%s%s" % (_MAGIC, LAYOUT, len(header), header, payload)


def _read(path: Path, name: str, version: int) -> _Stored | None:
    """A derived file that is ours, whole, and of this name and version; None for anything else."""
    data = _read_trusted(path)
    if data is None:
        return None
    try:
        stored = _decode(data, name, version)
    except (ValueError, IndexError):
        return None
    return stored if stored and zlib.crc32(stored.payload) == stored.checksum else None


def _decode(data: bytes, name: str, version: int) -> _Stored | None:
    end = data.index(b"\n", 0, 80)
    magic, layout, size = data[:end].split(b" ")
    if magic != _MAGIC or int(layout) != LAYOUT or int(size) > _MAX_HEADER:
        return None
    start = end + 1 + int(size)
    lines = data[end + 1 : start].decode("ascii").split("\n")
    if lines[0] != f"{name} {version}":
        return None
    stamps = tuple(Stamp(int(length), int(mtime), digest) for length, mtime, digest in map(str.split, lines[2:-2]))
    label, checksum = lines[-2].split(" ")
    if label != "payload":
        return None
    return _Stored(int(lines[1]), stamps, int(checksum), memoryview(data)[start:])


def _read_trusted(path: Path) -> bytes | None:
    """The bytes of a regular file that only this user (or root) can have written, in a folder of which the same is true."""
    try:
        folder = path.parent.stat()
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        info = os.fstat(descriptor)
        if not (stat.S_ISREG(info.st_mode) and _only_ours(info) and _only_ours(folder)):
            return None
        return file.read()


def _only_ours(info: os.stat_result) -> bool:
    return info.st_uid in (os.getuid(), 0) and not info.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _keep(path: Path, name: str, version: int, stamps: tuple[Stamp, ...], payload: bytes) -> None:
    # A cache that cannot be kept (read-only home, full disk) costs time, not correctness.
    with contextlib.suppress(OSError):
        _make_folder(path.parent)
        if _only_ours(path.parent.stat()):
            _write(path, _encode(name, version, stamps, payload, time.time_ns()))


def _make_folder(folder: Path) -> None:
    """Make the folder private, and keep a checkout's one out of version control."""
    if folder.is_dir():
        return
    make_folder(folder)
    if folder.parent.name == ".cache":
        (folder / ".gitignore").write_text("*\n", encoding="ascii")


def _write(path: Path, data: bytes) -> None:
    """Write so that readers see the old file or the new one, never a part."""
    with _temporary(path) as (descriptor, temporary):
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        temporary.replace(path)


@contextlib.contextmanager
def _temporary(path: Path) -> Iterator[tuple[int, Path]]:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{time.time_ns():x}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor, temporary
    finally:
        temporary.unlink(missing_ok=True)
