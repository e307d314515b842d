"""A slow link on loopback: what it takes by computing, a relay that delays and throttles, and a real sshd behind it."""

from __future__ import annotations

import asyncio
import contextlib
import getpass
import os
import shlex
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from terminal import Key, Terminal
from typed_form import Passage

SEGMENT, HEADER = 1400, 52
"""Bytes of a TCP segment and of its headers."""

SEALED = 36
"""Bytes that ssh adds to a short packet: its length, padding, code of authentication."""


@dataclass(frozen=True)
class Link:
    """What lies between the filer and the program: bits a second, seconds there and back."""

    rate: float
    round_trip: float

    def transit(self, count: float) -> float:
        """Seconds for which so many bytes of a program keep one direction busy; those of a key do not count beside the rest."""
        return 8 * (count + SEALED + HEADER * max(1, -(-count // SEGMENT))) / self.rate

    def answered(self, count: float) -> float:
        """Seconds from a key until so many bytes have come back, where the program takes no time."""
        return self.round_trip + self.transit(0) + self.transit(count)

    def carried(self, key: Key) -> Key:
        """What a key that was pressed without the link would have cost over it."""
        link = self.answered(key.bytes)
        return replace(key, first=key.first + link, settled=key.settled + link)

    def alone(self, passages: Sequence[Passage], local: Sequence[float] = ()) -> list[float]:
        """Seconds from each key to its screen where the program takes no time, or as long as it took without the link."""
        lags, up, down = [], 0.0, 0.0
        for at, one in enumerate(passages):
            up = max(up, one.sent) + self.transit(0)
            answered = up + self.round_trip / 2 + (local[at] if local else 0.0)
            if one.bytes:
                down = max(down, answered) + self.transit(one.bytes)
            lags.append(max(down, answered) + self.round_trip / 2 - one.sent)
        return lags


class Relay:
    """A TCP relay on loopback that delays both directions and lets so many bits a second through."""

    def __init__(self, target: int, link: Link) -> None:
        self._target, self._link = target, link
        self.port, self._ready = 0, threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._ready.wait()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await server.serve_forever()

    async def _accept(self, up: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        down, onward = await asyncio.open_connection("127.0.0.1", self._target, limit=4096)
        for writer in (back, onward):
            writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.gather(self._pass(up, onward), self._pass(down, back))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        queue: asyncio.Queue[tuple[float, bytes] | None] = asyncio.Queue(12)

        async def deliver() -> None:
            while (item := await queue.get()) is not None:
                due, data = item
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                if not writer.is_closing():
                    writer.write(data)
            writer.close()

        delivering, free = asyncio.create_task(deliver()), 0.0
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(SEGMENT):
                now = time.perf_counter()
                free = max(free, now) + (len(data) + HEADER) * 8 / self._link.rate
                await queue.put((free + self._link.round_trip / 2, data))
        await queue.put(None)
        await delivering


@contextlib.contextmanager
def own_sshd(folder: Path) -> Iterator[int]:
    """An sshd for this run, with all its files in this folder; its port."""
    folder.mkdir()
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    shutil.copy(folder / "user.pub", folder / "authorized")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    lines = [f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {folder}/host", f"PidFile {folder}/pid"]
    lines += [f"AuthorizedKeysFile {folder}/authorized", "StrictModes no", "PasswordAuthentication no"]
    lines += ["PermitRootLogin prohibit-password", "PrintMotd no", "PrintLastLog no", "UsePAM no"]
    (folder / "config").write_text("\n".join(lines) + "\n", encoding="ascii")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # Debian's folder for the privilege separation
    with (folder / "log").open("wb") as log:
        daemon = subprocess.Popen([sshd_path(), "-D", "-e", "-f", folder / "config"], stderr=log)
    try:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            daemon_ended(daemon, folder / "log")
        yield port
    finally:
        daemon.terminate()
        daemon.wait(10)


def daemon_ended(daemon: subprocess.Popen[bytes], log: Path) -> None:
    """Wait a moment; raises RuntimeError with its log where sshd has given up."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        daemon.wait(0.05)
        raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))


def sshd_path() -> str:
    """Where sshd lies (it wants to be called by its full name), "" where there is none."""
    return shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or ""


def over_ssh(command: Sequence[str], environment: dict[str, str], folder: Path, port: int) -> Terminal:
    """A program at the other end of ssh."""
    remote = shlex.join(["env", *(f"{name}={value}" for name, value in environment.items()), "LANG=C.UTF-8", *command])
    ssh = ["ssh", "-tt", "-F", "none", "-p", str(port), "-i", str(folder / "user"), "-o", "IdentitiesOnly=yes"]
    ssh += ["-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={folder}/known", "-o", "LogLevel=ERROR"]
    return Terminal([*ssh, f"{getpass.getuser()}@127.0.0.1", remote], environment, quiet=0.7, patience=1.5)
