"""Who has a record open for filling (占用): one small file in the hidden folder, made with the record's opening, gone with its end.

A lock holds nobody off a file by force; programs of ours look at it before every write. It is stale, and stops no one, when
its process has ended (same machine: process id and start time; another machine: no sign of life for `SILENCE`).
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from domain.records import naming
from domain.records.atomic import make_folder, write_atomic
from domain.records.times import now
from domain.text import one_line

SILENCE = 3600.0
"""Seconds without a sign of life after which a program on another machine is taken for ended."""
SIGN = 120.0
"""Seconds between two signs of life, given with writes that happen anyway."""
MAX_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Owner:
    """A running program: where, which process, whose, since when it has the record, and which version it is."""

    host: str
    pid: int
    started: str
    """When the process was started, in the system's own count; "" where the system does not tell."""
    user: str
    since: str = ""
    version: str = ""

    def is_same(self, other: Owner) -> bool:
        """Whether both are the same process."""
        return (self.host, self.pid, self.started) == (other.host, other.pid, other.started)

    def __str__(self) -> str:
        at = self.since[5:16].replace("T", " ")
        return f"{self.user}（{self.host}，进程 {self.pid}{f'，{at} 起' if at else ''}）"


def owner_of(pid: int, version: str = "") -> Owner:
    """A process of this machine."""
    return Owner(_host(), pid, _started(pid), _user(), version=version)


@cache
def _host() -> str:
    return one_line(os.uname().nodename)[:80] or "localhost"


@cache
def _user() -> str:
    import pwd

    with suppress(KeyError):
        return pwd.getpwuid(os.getuid()).pw_name
    return str(os.getuid())


def _started(pid: int) -> str:
    """Boot and clock ticks: the same process id after a restart of process or machine has another one."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")[:8]
        return f"{boot}-{fields[19]}"
    except (OSError, IndexError):
        return ""


def is_alive(owner: Owner, sign_of_life: float) -> bool:
    """Whether a program still runs, as far as can be known; sign_of_life is when its lock was last touched."""
    if owner.host != _host():
        return time.time() - sign_of_life < SILENCE
    try:
        os.kill(owner.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        pass
    return not owner.started or owner.started == _started(owner.pid)


# --- lock files ----------------------------------------------------------------------------------------------------


def owner_from(row: Any) -> Owner | None:
    """The program that a note on disk names; None where it names none."""
    if not isinstance(row, dict) or not isinstance(row.get("pid"), int) or not 0 < row["pid"] < 1 << 31:
        return None
    texts = {key: one_line(str(row.get(key, "")))[:80] for key in ("host", "started", "user", "since", "version")}
    return Owner(pid=row["pid"], **texts)


def read(path: Path) -> Owner | None:
    """Whom a lock file names; None where there is none or nothing in it can be used."""
    try:
        with path.open("rb") as file:
            return owner_from(json.loads(file.read(MAX_BYTES)))
    except (OSError, ValueError, RecursionError):
        return None


def holder(record: Path, me: Owner) -> Owner | None:
    """The other running program that has this record open for filling, None where there is none."""
    path = naming.lock_path(record)
    found = read(path)
    if found is None or found.is_same(me):
        return None
    try:
        touched = path.stat().st_mtime
    except OSError:
        return None
    return found if is_alive(found, touched) else None


class Hold:
    """This program's hold on one record; it follows the record when that is renamed."""

    def __init__(self, me: Owner) -> None:
        self.me = me
        self.path: Path | None = None
        """The lock file, None while nothing is held."""
        self._signed = 0.0

    def take(self, record: Path, *, by_force: bool = False) -> Owner | None:
        """Take hold of a record; returns who has it instead, where somebody has. Raises OSError."""
        path = naming.lock_path(record)
        if path == self.path and not by_force and self.is_ours():
            return None
        if not by_force and (other := holder(record, self.me)) is not None:
            return other
        mine = replace(self.me, since=now())
        data = json.dumps(asdict(mine), ensure_ascii=False).encode()
        make_folder(path.parent)
        if by_force or path.exists():
            write_atomic(path, data, durable=False)
        else:
            try:
                write_atomic(path, data, exclusive=True, durable=False)
            except FileExistsError:
                return holder(record, self.me)
        self.release(besides=path)
        self.path, self._signed = path, time.monotonic()
        return None

    def is_ours(self) -> bool:
        """Whether the lock is still ours; where it has vanished nobody else has it."""
        if self.path is None:
            return False
        found = read(self.path)
        return found is None or found.is_same(self.me)

    def taken_by(self) -> Owner | None:
        """Who has taken the record from us."""
        found = read(self.path) if self.path is not None else None
        return None if found is None or found.is_same(self.me) else found

    def sign(self) -> None:
        """Give a sign of life, now and then; from any thread."""
        path = self.path
        if path is not None and time.monotonic() - self._signed > SIGN:
            self._signed = time.monotonic()
            with suppress(OSError):
                os.utime(path)

    def release(self, besides: Path | None = None) -> None:
        """Let go, unless somebody else has it by now."""
        path, self.path = self.path, None
        if path is not None and path != besides and self._names_me(path):
            with suppress(OSError):
                path.unlink()

    def _names_me(self, path: Path) -> bool:
        found = read(path)
        return found is not None and found.is_same(self.me)


def sweep(lock: Path, me: Owner) -> bool:
    """Take a lock file away whose program has ended; whether that was done."""
    found: Any = read(lock)
    with suppress(OSError):
        if found is None or (not found.is_same(me) and not is_alive(found, lock.stat().st_mtime)):
            lock.unlink()
            return True
    return False
