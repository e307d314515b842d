"""A form over a real sshd on loopback behind a relay of 64 kbit/s and 200 ms: how long echo, suggestions and questions take.

.venv/bin/python bench/slow_link.py [--rate 64000] [--rtt 0.2] [--pace 8]

Needs sshd, ssh and ssh-keygen (Debian: openssh-server), and starts its own sshd with keys of its own on a free port of
127.0.0.1. Where there is none, the times are computed: the local time to the first and the last byte, the round trip, and
the bytes with their headers at the link's rate.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import getpass
import os
import shlex
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import drives
import ground
from terminal import Key, Terminal

SEGMENT, HEADER = 1400, 52
"""Bytes of a TCP segment and of its headers."""

ECHO, LIST, TYPED = 1.25, 1.6, 1.6
"""Round trips that the echo of a key, a changed list, and the last question of a form typed on may take."""


@dataclass(frozen=True)
class Link:
    """What lies between the filer and the program: bits a second, seconds there and back."""

    rate: float
    round_trip: float

    def computed(self, seconds: float, count: int) -> float:
        """When bytes that a program sends after so many seconds have come over the link."""
        segments = max(1, -(-count // SEGMENT))
        return seconds + self.round_trip + 8 * (count + HEADER * segments) / self.rate


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


def main() -> int:
    """Measure or compute, print; 1 where a budget is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rate", type=float, default=64_000, help="bits a second")
    parser.add_argument("--rtt", type=float, default=0.2, help="seconds there and back")
    parser.add_argument("--pace", type=float, default=8, help="keys a second of a form typed whole")
    options = parser.parse_args()
    link = Link(options.rate, options.rtt)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stem = ground.fill_folder(folder, 1)[0]
        if sshd_path() and shutil.which("ssh"):
            with own_sshd(folder / "ssh") as port:
                figures = measured(folder, stem, Relay(port, link).port, options.pace)
        else:
            print("no sshd here: computed from local times and bytes")
            figures = computed(folder, stem, link)
    print(
        f"| {link.rate / 1000:g} kbit/s, {link.round_trip * 1000:.0f} ms | ms | round trips | budget |\n|---|---|---|---|"
    )
    missed = False
    for what, (seconds, most) in figures.items():
        times = seconds / link.round_trip
        missed |= times > most
        print(f"| {what} | {seconds * 1000:.0f} | {times:.2f}{' **over**' if times > most else ''} | {most} |")
    return int(missed)


def measured(folder: Path, stem: str, port: int, pace: float) -> dict[str, tuple[float, float]]:
    """Over the link: seconds and budget of the echo, of a changed list, and of the end of a form typed on."""
    start = [*ground.program("fill"), stem]
    terminal = over_ssh(start, ground.environment(folder), folder / "ssh", port)
    terminal.wait_for("F10", 60)
    terminal.settle()
    terminal.idle(4.0)
    fields, lists = at_the_keys(terminal)
    terminal.close()
    terminal = over_ssh(ground.program("fill"), ground.environment(folder), folder / "ssh", port)
    terminal.wait_for(drives.FIRST_QUESTION, 60)
    terminal.settle()
    here = Terminal(ground.program("fill"), ground.environment(folder))
    here.wait_for(drives.FIRST_QUESTION)
    typed_on(here, pace)
    here.settle()
    lag = typed_on(terminal, pace, last_question(here))
    here.close()
    terminal.close()
    return {
        "a key's echo": (statistics.median(key.first for key in fields), ECHO),
        "a key's echo, worst of all": (max(key.first for key in (*fields, *lists)), LIST),
        "a changed list": (statistics.median(key.settled for key in lists), LIST),
        "a form typed on: its last question behind the last key": (lag, TYPED),
    }


def computed(folder: Path, stem: str, link: Link) -> dict[str, tuple[float, float]]:
    """The same from local times and bytes."""
    terminal = Terminal(ground.program("fill", stem), ground.environment(folder))
    terminal.wait_for("F10")
    terminal.settle()
    terminal.idle(4.0)
    fields, lists = at_the_keys(terminal)
    terminal.close()
    return {
        "a key's echo": (statistics.median(link.computed(key.first, key.bytes) for key in fields), ECHO),
        "a changed list": (statistics.median(link.computed(key.settled, key.bytes) for key in lists), LIST),
    }


def at_the_keys(terminal: Terminal) -> tuple[list[Key], list[Key]]:
    """Keys into a plain field, and keys that change the suggestions."""
    drives.go(terminal, "预算单位")
    fields = [terminal.press(char) for char in ground.LINE[:10]]
    drives.go(terminal, "数量")
    lists = []
    for word in ground.WORDS[:4]:
        for char in word:
            before = drives.offered(terminal)
            key = terminal.press(char)
            if drives.offered(terminal) != before:
                lists.append(key)
        terminal.press(drives.ERASE)
    return fields, lists


def typed_on(terminal: Terminal, pace: float, last: str = "") -> float:
    """Type the first answers of a form without ever looking; seconds from the last key until the last question shows."""
    for answer in (*ground.ANSWERS, "", "", ""):
        for char in f"{answer}\r":
            terminal.send(char)
            terminal.idle(1 / pace)
    sent = time.perf_counter() - 1 / pace
    if last and last_question(terminal) == last:
        return 1 / pace  # it was there before the pause behind the last key was over
    if last:
        terminal.wait_until(lambda: last_question(terminal) == last, what=last)
    return time.perf_counter() - sent


def last_question(terminal: Terminal) -> str:
    """The two rows above the input."""
    return "\n".join(terminal.screen.display[-4:-2])


if __name__ == "__main__":
    sys.exit(main())
