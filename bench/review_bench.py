"""What checking a folder costs: `tianbiao check DIR` over 1,000 records of different projects, as people run it.

Run: .venv/bin/python bench/review_bench.py [--records N] [--runs N] [--json]. Each run is a fresh process whose time counts from
start to exit; the goal is 10 seconds for 1,000 records on one core.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from domain.changes import Record  # noqa: E402
from domain.model import Declaration, Indicator  # noqa: E402
from domain.records.codec import decode, encode  # noqa: E402

GOAL = 10.0
"""Seconds for 1,000 records."""
OUTPUTS = (("--json",), (), ("--min-severity", "error"))


def varied(sound: Declaration, rng: random.Random, number: int) -> Declaration:
    """A form like no other of the folder: other names, numbers and sentences, some faults."""
    place = f"第{number}片区"
    narrative = {
        name: f"{place}：{getattr(sound.narrative, name)}另有{rng.randrange(3, 900)}处由{place}自行管护。"
        for name in ("overview", "necessity", "plan", "overall_goal")
    }
    changed = sound.replace(("project", "name"), f"{place}{sound.project.name}")
    for name, text in narrative.items():
        changed = changed.replace(("narrative", name), text)
    rows = list(sound.indicators)
    rng.shuffle(rows)
    faulty = (*rows[: rng.randrange(6, len(rows) + 1)], Indicator("产出目标", "质量", f"{place}完成率", "100%"))
    return changed.replace(("indicators",), faulty)


def fill(folder: Path, count: int) -> None:
    """Put that many records into a folder, the same ones every time."""
    rng = random.Random(20)
    examples = sorted((ROOT / "data" / "examples").glob("*.toml"))
    sound = [decode(path.read_text(encoding="utf-8")).record.declaration for path in examples]
    for number in range(count):
        declaration = varied(sound[number % len(sound)], rng, number)
        (folder / f"{number:04}.toml").write_text(encode(Record(declaration)), encoding="utf-8")


def seconds(folder: Path, options: tuple[str, ...]) -> tuple[float, float]:
    """One run of the command over a folder: time by the clock, and of the processor, which a busy machine does not change."""
    command = [sys.executable, "-m", "tui", "--dir", str(folder), "check", str(folder), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start, used = time.perf_counter(), os.times()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"check ended with {done.returncode}: {done.stderr}")
    now = os.times()
    busy = now.children_user + now.children_system - used.children_user - used.children_system
    return time.perf_counter() - start, busy


def main() -> int:
    """Measure and print; 1 where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, arguments.records)
        found = {}
        for options in OUTPUTS:
            runs = [seconds(folder, options) for _ in range(arguments.runs)]
            found[" ".join(("check", *options))] = tuple(map(statistics.median, zip(*runs, strict=True)))
    goal = GOAL * arguments.records / 1_000
    if arguments.json:
        told = {command: {"clock": clock, "processor": busy} for command, (clock, busy) in found.items()}
        print(json.dumps({"records": arguments.records, "goal": goal, "seconds": told}, ensure_ascii=False))
    else:
        print(f"{arguments.records} records, median of {arguments.runs} runs, goal {goal:g} s by the clock")
        for command, (clock, busy) in found.items():
            print(f"  {command:<28} {clock:6.2f} s, processor {busy:6.2f} s")
    return int(max(clock for clock, _ in found.values()) > goal)


if __name__ == "__main__":
    raise SystemExit(main())
