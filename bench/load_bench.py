"""Much of everything beside little of it, in one run: records, rows, characters, keys. Ratios hold, seconds drift.

.venv/bin/python bench/load_bench.py [--runs 5] [--keys 20000]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ground import environment, fill_folder, program
from terminal import Terminal

from domain.changes import Record
from domain.model import Declaration, Indicator, Narrative, Project
from domain.records.store import Store

FEW, MANY = 10, 10_000
"""Records in the folder."""
ROWS = (10, 500)
CHARS = (100, 100_000)
F6, F9, DOWN = "\x1b[17~", "\x1b[20~", "\x1b[B"
SENTENCE = "区社会治理服务中心租用热线线路，为一百四十三个村居的网格员提供服务。"

Measure = dict[str, float]


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[Terminal]:
    """The program on a terminal of its own."""
    terminal = Terminal(program(*arguments), environment(folder))
    try:
        yield terminal
    finally:
        terminal.close()


def home(folder: Path) -> Measure:
    """Start until the list stands, a search typed letter by letter, memory."""
    with running(folder) as terminal:
        start = terminal.wait_for("份记录")
        terminal.settle()
        keys = [terminal.press(char) for char in ("水", "源", "\x7f", "\x7f", "x", "m", "\x7f", "\x7f", "9", "号")]
        return {
            "start to the list, ms": start * 1000,
            "search, slowest key, ms": max(key.settled for key in keys) * 1000,
            "memory, MB": terminal.memory()[1],
        }


def table(folder: Path) -> Measure:
    """The indicator table opened, moved through and changed."""
    with running(folder, "fill", "表") as terminal:
        terminal.wait_for("填表｜")
        terminal.settle()
        terminal.press(F6)
        first = terminal.press(DOWN)
        keys = [first, *(terminal.press(DOWN) for _ in range(8))]
        changed = terminal.press("\x7f9\r")
        return {
            "table, a row down, ms": statistics.median(key.settled for key in keys) * 1000,
            "table, a row changed, ms": changed.settled * 1000,
            "memory, MB": terminal.memory()[1],
        }


def narrative(folder: Path) -> Measure:
    """A long text opened and typed into, from the first question on."""
    shutil.rmtree(folder / "records" / ".tianbiao", ignore_errors=True)
    with running(folder, "fill", "表") as terminal:
        terminal.wait_for("填表｜")
        terminal.settle()
        began = time.perf_counter() - terminal.started
        terminal.send("/去项目概况\r")
        opened = terminal.wait_for("分四部分写") - began
        terminal.settle()
        keys = [terminal.press(char) for char in "网格员巡查工作"]
        sent = terminal.press(F9)
        return {
            "long text, opened, ms": opened * 1000,
            "long text, a character, ms": statistics.median(key.settled for key in keys) * 1000,
            "long text, accepted, ms": sent.settled * 1000,
            "memory, MB": terminal.memory()[1],
        }


def endurance(folder: Path, count: int) -> tuple[Measure, Measure]:
    """The first and the last thousand of many key presses: bytes of a key, memory."""
    with running(folder, "fill") as terminal:
        terminal.wait_for("填表｜")
        terminal.settle()
        found: list[Measure] = []
        before, rounds = terminal.bytes, count // 1000
        for _ in range(rounds):
            for number in range(1000):
                terminal.answer(SENTENCE[number % 20] if number % 40 < 20 else "\x7f")
            terminal.settle()
            found.append({"bytes of a key": (terminal.bytes - before) / 1000, "memory, MB": terminal.memory()[1]})
            before = terminal.bytes
        return found[1], found[-1]


def with_rows(folder: Path, count: int) -> None:
    """A record with that many indicators."""
    slots = (("产出目标", "数量"), ("产出目标", "质量"), ("效果目标", "社会效益"))
    rows = tuple(Indicator(*slots[number % 3], f"第{number}项完成数", "=5个") for number in range(count))
    put(folder, Declaration(Project(year=2021, name="表"), indicators=rows))


def with_text(folder: Path, count: int) -> None:
    """A record with a text of that many characters."""
    text = (SENTENCE * (count // len(SENTENCE) + 1))[:count]
    put(folder, Declaration(Project(year=2021, name="表"), narrative=Narrative(overview=text)))


def put(folder: Path, declaration: Declaration) -> None:
    """The record as 表.toml, a name of a person's choice, so that it stays."""
    store = Store(folder / "records")
    store.add(Record(declaration)).rename(folder / "records" / "表.toml")


def compare(title: str, measure: Callable[[Path], Measure], little: Path, much: Path, runs: int) -> None:
    """Print medians of both with their ratio, the two measured in turn."""
    pairs = [(measure(little), measure(much)) for _ in range(runs + 1)][1:]  # the first run fills the caches
    print(title)
    for name in pairs[0][0]:
        one, other = (statistics.median(pair[side][name] for pair in pairs) for side in (0, 1))
        print(f"  {name:28}{one:>10.1f}{other:>10.1f}{other / one:>8.2f}")


def main() -> None:
    """Run everything."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--keys", type=int, default=20_000)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folders = {name: Path(scratch) / name for name in ("few", "many", "short", "rows", "brief", "text", "keys")}
        fill_folder(folders["few"], FEW)
        fill_folder(folders["many"], MANY)
        for name, count in zip(("short", "rows"), ROWS, strict=True):
            with_rows(folders[name], count)
        for name, count in zip(("brief", "text"), CHARS, strict=True):
            with_text(folders[name], count)
        print(f"{'':30}{'little':>10}{'much':>10}{'ratio':>8}")
        compare(f"{FEW} and {MANY} records", home, folders["few"], folders["many"], options.runs)
        compare(f"{ROWS[0]} and {ROWS[1]} rows", table, folders["short"], folders["rows"], options.runs)
        compare(f"{CHARS[0]} and {CHARS[1]} characters", narrative, folders["brief"], folders["text"], options.runs)
        first, last = endurance(folders["keys"], options.keys)
        print(f"the second and the last thousand of {options.keys} keys")
        for name in first:
            print(f"  {name:28}{first[name]:>10.1f}{last[name]:>10.1f}{last[name] / first[name]:>8.2f}")


if __name__ == "__main__":
    main()
