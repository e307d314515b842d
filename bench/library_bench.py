"""What reading the library costs: the derived form against tomllib, at the built-in size, 1,000 and 20,000 entries.

Run: .venv/bin/python bench/library_bench.py [--json]. Each figure is the median of fresh processes, in milliseconds; the
goal is 0.3 × tomllib's time for the same file (docs/library.md).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SIZES = (1_000, 20_000)
RUNS = 7
GOAL = 0.3

_CHILD = """
import sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
path, now = Path({path!r}), time.perf_counter

def by_toml():
    import tomllib
    start = now()
    with path.open("rb") as file:
        tomllib.load(file)
    return now() - start

def by_import():
    start = now()
    import domain.library
    return now() - start

def entries():
    from domain import derived
    from domain.library import load
    rows = derived.load("bench", (path,), lambda: load.rows_of(load.read_library(path)), load.FORMAT)
    return load.entries_of(rows)

def by_derived():
    from domain.library import load
    start = now()
    entries()
    return now() - start

def by_search():
    from domain.library.search import Finder
    finder, times = Finder(entries(), (path,)), []
    finder.find("zjdwl"), finder.find("合格率")
    for query in ("z", "zj", "zjd", "zjdw", "zjdwl", "满意度", "群众满意", "设备 验收", "应急演练", "line-rental"):
        start = now()
        finder.find(query)
        times.append(now() - start)
    return max(times)

print(by_{how}() * 1e3)
"""


def synthesise(folder: Path, size: int) -> Path:
    """A library file of this many entries, made from the built-in ones with numbered ids and names."""
    from domain.library import builtin_library
    from domain.library.format import format_library

    base = builtin_library()
    tables = []
    for number in range(size):
        table = base[number % len(base)]._asdict()
        round_ = number // len(base)
        table |= {"id": f"{table['id']}-{round_}", "name": f"{table['name']}{round_ or ''}"}
        tables.append(table)
    path = folder / f"library-{size}.toml"
    path.write_text(format_library(tables), encoding="utf-8")
    return path


def measure(path: Path, how: str, cache: Path) -> float:
    """Median milliseconds of fresh processes that read the file one way; the first, which builds, does not count."""
    child = _CHILD.format(root=str(ROOT), path=str(path), how=how)
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    times = []
    for _ in range(RUNS + 1):
        done = subprocess.run(
            [sys.executable, "-c", child], capture_output=True, text=True, check=True, env=environment
        )
        times.append(float(done.stdout))
    return statistics.median(times[1:])


def run() -> list[dict[str, float | str | int]]:
    """One row a file: size, entries, milliseconds each way, ratio."""
    from domain.library.load import builtin_path

    rows: list[dict[str, float | str | int]] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        files = [("built-in", builtin_path()), *((f"{size:,}", synthesise(place, size)) for size in SIZES)]
        for name, path in files:
            # A file changed a moment ago is read in full to be sure; age it as an installed one is.
            if path.parent == place:
                os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 60))
            toml, derived = measure(path, "toml", place), measure(path, "derived", place)
            row: dict[str, float | str | int] = {"library": name, "megabytes": round(path.stat().st_size / 1e6, 2)}
            row |= {"tomllib_ms": round(toml, 1), "derived_ms": round(derived, 1), "ratio": round(derived / toml, 3)}
            row["worst_search_ms"] = round(measure(path, "search", place), 2)
            rows.append(row)
        rows.append({"library": "import domain.library", "derived_ms": round(measure(files[0][1], "import", place), 1)})
    return rows


def main() -> int:
    """Print the table; exit code 1 where a ratio misses the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    rows = run()
    if parser.parse_args().json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            print("  ".join(f"{key} {value}" for key, value in row.items()))
    return int(any(float(row.get("ratio", 0)) > GOAL for row in rows))


if __name__ == "__main__":
    raise SystemExit(main())
