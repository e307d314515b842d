"""A form over a real sshd on loopback behind a relay of 64 kbit/s and 200 ms: how long echo, suggestions and questions take.

.venv/bin/python bench/slow_link.py [--rate 64000] [--rtt 0.2] [--pace 8] [FORM]

Two tables. At the keys: single keys, each waited for. A form typed whole: every key of a form at an even pace without ever
looking up, each followed until its character, or the next question, stands on the screen. Beside it what the link alone
takes for the same keys and bytes, given a program that takes no time; the rest is what the program adds.

Needs sshd, ssh and ssh-keygen (Debian: openssh-server), and starts its own sshd with keys of its own on a free port of
127.0.0.1. Where there is none, the times are computed: the local time to the first and the last byte, the round trip, and
the bytes with their headers at the link's rate.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import drives
import ground
from link import Link, Relay, over_ssh, own_sshd, sshd_path
from terminal import Key, Terminal
from typed_form import Passage, check_filed, percentile, read_form, type_form, under_way

from domain.model import Declaration

ECHO, LIST = 1.25, 1.6
"""Round trips that the echo of a key and a changed list may take."""

ADDED, WORST_ADDED = 0.05, 0.2
"""Seconds that the program may add to the link while a form is typed whole: to 95 keys in 100, and to any."""


@dataclass(frozen=True)
class Single:
    """A key that is waited for, the middle one of many or the worst: seconds, bytes, the round trips it may take."""

    seconds: float
    bytes: float
    most: float


def main() -> int:
    """Measure or compute, print; 1 where a budget is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("form", nargs="?", type=Path, help="the form that is typed whole")
    parser.add_argument("--rate", type=float, default=64_000, help="bits a second")
    parser.add_argument("--rtt", type=float, default=0.2, help="seconds there and back")
    parser.add_argument("--pace", type=float, default=8, help="keys a second of the form typed whole")
    options = parser.parse_args()
    link, form = Link(options.rate, options.rtt), read_form(options.form)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stem = ground.fill_folder(folder, 1)[0]
        here = whole_form(Terminal(ground.program("fill"), ground.environment(folder)), folder, form, options.pace)
        if sshd_path() and shutil.which("ssh"):
            with own_sshd(folder / "ssh") as port:
                through = Relay(port, link).port
                at = over_ssh(ground.program("fill", stem), ground.environment(folder), folder / "ssh", through)
                keys = singles(*at_the_keys(at))
                there = over_ssh(ground.program("fill"), ground.environment(folder), folder / "ssh", through)
                typed = whole_form(there, folder, form, options.pace)
            lags = [one.lag for one in typed]
        else:
            print("no sshd here: computed from local times and bytes")
            at = Terminal(ground.program("fill", stem), ground.environment(folder))
            keys = singles(*([link.carried(key) for key in some] for some in at_the_keys(at)))
            typed = here
            lags = link.alone(here, [one.lag for one in here])
    missed = print_keys(link, keys)
    count = sum(one.bytes for one in typed)
    print(f"\n{form.project.name}: {len(lags)} keys at {options.pace:g} a second, {count} bytes\n")
    return int(print_form(here, typed, link.alone(typed), lags) or missed)


def print_keys(link: Link, figures: dict[str, Single]) -> bool:
    """The table of single keys; whether one missed its budget."""
    print(
        f"| {link.rate / 1000:g} kbit/s, {link.round_trip * 1000:.0f} ms | bytes | ms | round trips | link alone | budget |"
    )
    print("|---|---|---|---|---|---|")
    missed = False
    for what, one in figures.items():
        times, alone = one.seconds / link.round_trip, link.answered(one.bytes) / link.round_trip
        missed |= times > one.most
        over = " **over**" if times > one.most else ""
        print(f"| {what} | {one.bytes:.0f} | {one.seconds * 1000:.0f} | {times:.2f}{over} | {alone:.2f} | {one.most} |")
    return missed


def print_form(
    here: Sequence[Passage], there: Sequence[Passage], alone: Sequence[float], lags: Sequence[float]
) -> bool:
    """The table of a form typed whole, without the link and over it; whether the program added more than it may."""
    added = [lag - least for lag, least in zip(lags, alone, strict=True)]
    at_home = [one.lag for one in here]
    rows = {
        "no link": (at_home, None, None, under_way(here, at_home)),
        "the link alone": (alone, None, None, under_way(there, alone)),
        "over the link": (lags, None, None, under_way(there, lags)),
        "added by the program": (added, ADDED, WORST_ADDED, ""),
    }
    print("| from a key to its screen | median ms | 95 of 100 | worst | keys under way |\n|---|---|---|---|---|")
    missed = False
    for what, (values, usual, worst, most) in rows.items():
        cells = [f"{statistics.median(values) * 1000:.0f}"]
        for value, limit in ((percentile(values, 0.95), usual), (max(values), worst)):
            over = limit is not None and value > limit
            missed |= over
            cells.append(f"{value * 1000:.0f}{f' of {limit * 1000:.0f}' if limit else ''}{' **over**' if over else ''}")
        print(f"| {what} | {' | '.join(cells)} | {most} |")
    return missed


def whole_form(terminal: Terminal, folder: Path, form: Declaration, pace: float) -> list[Passage]:
    """A form typed whole at a program that has just been started; raises ValueError where it filed anything else."""
    terminal.wait_for(drives.FIRST_QUESTION, 60)
    terminal.settle()
    terminal.idle(4.0)
    typed = type_form(terminal, form, pace)
    terminal.close()
    check_filed(folder, form)
    return typed


def singles(fields: Sequence[Key], lists: Sequence[Key]) -> dict[str, Single]:
    """The echo, and a changed list."""
    middle, worst = statistics.median, max((*fields, *lists), key=lambda key: key.first)
    return {
        "a key's echo": Single(middle(key.first for key in fields), middle(key.bytes for key in fields), ECHO),
        "a key's echo, worst of all": Single(worst.first, worst.bytes, LIST),
        "a changed list": Single(middle(key.settled for key in lists), middle(key.bytes for key in lists), LIST),
    }


def at_the_keys(terminal: Terminal) -> tuple[list[Key], list[Key]]:
    """In a record that is being opened: keys into a plain field, and keys that change the suggestions."""
    terminal.wait_for("F10", 60)
    terminal.settle()
    terminal.idle(4.0)
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
    terminal.close()
    return fields, lists


if __name__ == "__main__":
    sys.exit(main())
