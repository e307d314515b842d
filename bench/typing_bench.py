"""Start, keys, memory and idle bytes of the first question, beside a bare Textual app in the same run (ratios hold, seconds drift).

.venv/bin/python bench/typing_bench.py [--runs 5]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from terminal import Terminal

ROOT = Path(__file__).resolve().parent.parent
TEXT = "区社会治理服务中心热线线路租用"


def main() -> None:
    """Run both programs in turn and print medians with their ratio."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=5)
    runs = arguments.parse_args().runs
    ours: list[dict[str, float]] = []
    bare: list[dict[str, float]] = []
    for _ in range(runs):
        bare.append(measure([sys.executable, str(ROOT / "bench" / "bare_app.py")], "READY"))
        with tempfile.TemporaryDirectory() as folder:
            ours.append(measure([sys.executable, "-m", "tui", "--dir", folder, "fill"], "属于哪一年", folder))
    print(f"{'':28}{'填表':>12}{'bare Textual':>16}{'ratio':>8}")
    for name in ours[0]:
        one, other = statistics.median(r[name] for r in ours), statistics.median(r[name] for r in bare)
        ratio = f"{one / other:.2f}" if other else "-"
        print(f"{name:28}{one:>12.1f}{other:>16.1f}{ratio:>8}")


def measure(command: list[str], ready: str, folder: str = "/nonexistent") -> dict[str, float]:
    """One run: start to the first question, then a line of Chinese, one key at a time."""
    environment = {
        "TERM": "xterm-256color",
        "PYTHONPATH": str(ROOT),
        "XDG_STATE_HOME": folder,
        "XDG_CACHE_HOME": folder,
    }
    terminal = Terminal(command, environment)
    first = terminal.wait_for(ready)
    terminal.settle()
    started = terminal.bytes
    keys = [terminal.press(char) for char in TEXT]
    result = {
        "start to question, ms": first * 1000,
        "first screen, bytes": float(started),
        "a character, bytes": statistics.median(key.bytes for key in keys),
        "a character, ms to settled": statistics.median(key.settled for key in keys) * 1000,
        "idle 3 s, bytes": float(terminal.idle(3.0)),
    }
    result["peak memory, MB"] = terminal.close()
    return result


if __name__ == "__main__":
    main()
