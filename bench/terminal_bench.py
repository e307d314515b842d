"""What a person at a terminal feels, beside prompt_toolkit, a bare Textual app and the standard library, in one run.

.venv/bin/python bench/terminal_bench.py [--runs 3] [--records 1000] [--no-hour] [--json FILE]

80x24, 256 colours, every program on its own pty; medians over interleaved runs. Ratios hold, seconds drift with the machine.
prompt_toolkit is no dependency: `.venv/bin/pip install prompt_toolkit` by hand, or its column stays empty.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import budgets
import drives
import ground

PEERS = Path(__file__).resolve().parent / "peers"


def main() -> int:
    """Measure, print the table; 1 where a budget is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--no-hour", action="store_true", help="without the 20,000 keys that stand for an hour's use")
    parser.add_argument("--json", type=Path, help="write every run here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = measure(Path(name), options.runs, options.records, hour=not options.no_hour)
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    sides = {side: medians(runs) for side, runs in found.items() if runs}
    print("\n".join(budgets.table(sides)))
    missed = budgets.missed(sides)
    print(f"\nmissed: {'; '.join(missed)}" if missed else "\nevery budget kept")
    return 1 if missed else 0


def measure(folder: Path, runs: int, records: int, *, hour: bool) -> dict[str, list[drives.Figures]]:
    """Figures of every run by side, the sides taken in turn; the hour is lived through once."""
    stems = ground.fill_folder(folder, records)
    rows = folder / "rows.json"
    peers = {"Textual": "bare_textual.py", "prompt_toolkit": "prompt_toolkit_form.py", "floor": "floor.py"}
    if importlib.util.find_spec("prompt_toolkit") is None:
        print("prompt_toolkit is not installed: its column stays empty (.venv/bin/pip install prompt_toolkit)")
        del peers["prompt_toolkit"]
    found: dict[str, list[drives.Figures]] = {side: [] for side in ("tianbiao", *peers, "print")}
    drives.first_question(folder)
    drives.home(folder)  # both unmeasured: the first start ever makes the derived forms and the list of records
    for turn in range(runs):
        print(f"run {turn + 1} of {runs}", file=sys.stderr)
        ours = drives.first_question(folder) | drives.home(folder) | drives.at_work(folder, stems[-1], rows)
        found["tianbiao"].append(ours | drives.questions(folder) | drives.stalls(folder))
        for side, script in peers.items():
            command = [sys.executable, str(PEERS / script), str(rows)]
            found[side].append(drives.peer(command, ground.environment(folder), json.loads(rows.read_text("utf-8"))))
        found["print"].append(drives.printing(ground.environment(folder)))
    if hour:
        found["tianbiao"][-1] |= drives.hour(folder, stems[-1])
    return found


def medians(runs: Sequence[drives.Figures]) -> drives.Figures:
    """The middle of every figure over the runs that have it; of a worst case, the worst."""
    names = dict.fromkeys(name for run in runs for name in run)
    take = {name: max if name.startswith("worst") else statistics.median for name in names}
    return {name: float(take[name]([run[name] for run in runs if name in run])) for name in names}


if __name__ == "__main__":
    sys.exit(main())
