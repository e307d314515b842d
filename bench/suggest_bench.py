"""The suggestion engine beside what one would take off the shelf: speed, time to the first answer, quality; one table.

Run: python bench/suggest_bench.py [--sizes 1000,20000] [--runs 5] [--json]. Peers that are not installed are passed over:
pip install rank-bm25 bm25s rapidfuzz (SQLite's FTS5 comes with Python). Every figure comes from fresh processes; the library is
the built-in one, cut or multiplied to the size asked for. Each side keeps what it built from the library's entries, in whatever
form it likes, and loads that.

build  from the library's entries to what is kept on disk, s: once, after the library changed
first  import, load and the five best of one slot for one project, ms, the interpreter's own start left out; the peers rank
       the words of name and narrative, tianbiao also reads them (sector, kind, numbers, targets, reasons)
typed  one search-as-you-type query within a slot, p50 and p99, ms (words, fragments, beginnings cut from names)
MB     memory above an empty interpreter after the queries
name@5, kind@5  share of published rows whose name, or kind of measure, is among the five best of their slot (bench/eval.py
       explains them), where the data is there
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import marshal
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from suggest_sides import SIDES, SLOT, STORY, TITLE, Ours, Peer  # noqa: E402  the path is set above

SEED = 20200101
QUERIES = 400
PLACES = "东区 西区 南区 北区 镇东 镇西 新城 老城 沿河 山前 高新 城关 开发区 港区 湖区 林场".split()


def library(size: int) -> tuple[Any, ...]:
    """Entries of a library of this size: the built-in one, cut short, or multiplied under names of made-up places."""
    from domain.library import builtin_library
    from suggest.data import arranged

    entries = list(builtin_library())
    if size <= len(entries):
        return arranged(random.Random(SEED).sample(entries, size))
    made = []
    for number in range(size - len(entries)):
        entry, place = entries[number % len(entries)], PLACES[number // len(entries) % len(PLACES)]
        name = f"{place}{entry.name}" if not entry.template else entry.name.replace("}", f"}}{place}")
        made.append(
            entry._replace(id=f"{entry.id}-{number}", name=name, keywords=(*entry.keywords, f"{place}{number % 97}"))
        )
    return arranged([*entries, *made])


def queries(entries: Sequence[Any]) -> list[tuple[tuple[str, str], str]]:
    """(slot, typed text): beginnings, inner pieces and two pieces of names and synonyms, two to eight characters."""
    rng = random.Random(SEED)
    found: list[tuple[tuple[str, str], str]] = []
    while len(found) < QUERIES:
        entry = rng.choice(entries)
        text = rng.choice((entry.name.split("}")[-1], *entry.synonyms))
        length = rng.randint(1, 8)
        start = 0 if len(found) % 2 else rng.randrange(max(1, len(text) - length + 1))
        piece = text[start : start + length]
        if piece:
            found.append((entry.slot, piece))
    return found


def child(side: str, folder: Path, forms: Path | None) -> dict[str, float]:
    """Measure one side in this process: first answer, typed queries, memory, quality."""
    asked = marshal.loads((folder / "queries").read_bytes())
    one = _side(side)
    base = resident()
    start = time.perf_counter()
    one.load(folder)
    one.best(TITLE, STORY, SLOT)
    first = (time.perf_counter() - start) * 1000
    times = []
    for slot, text in asked:
        began = time.perf_counter()
        one.typed(tuple(slot), text)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    found = {"first": first, "p50": statistics.median(times), "p99": times[int(len(times) * 0.99)]}
    found["mb"] = resident() - base
    if forms is not None:
        found |= quality(one, forms)
    return found


def built(side: str, folder: Path, size: int) -> dict[str, float]:
    """Build what one side keeps, in this process; how long it took in s."""
    entries = library(size)
    start = time.perf_counter()
    _side(side).build(entries, folder)
    return {"build": time.perf_counter() - start}


def _side(name: str) -> Ours | Peer:
    return next(kind for kind in SIDES if kind.name == name)()


def resident() -> float:
    """Memory of this process in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def quality(one: Ours | Peer, forms: Path) -> dict[str, float]:
    """Shares of published rows whose name, and whose kind of measure, is among the five best of their slot."""
    spec = importlib.util.spec_from_file_location("score", forms / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lines = (forms / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    named = kinded = rows = 0
    for form in (json.loads(line) for line in lines):
        if not form["project"] and not form["narrative"]:
            continue
        for row in form["rows"]:
            level1, level2 = row["slot"].split("/")
            best = one.best(form["project"], form["narrative"], (level1, level2))
            name = any(module.dice(other, row["name"]) >= 0.5 for other in best)
            kind = module.kind(row["name"])
            named += name
            kinded += name or any(kind and module.kind(other) == kind for other in best)
            rows += 1
    return {"name@5": named / rows, "kind@5": kinded / rows}


def measure(size: int, runs: int, forms: Path | None) -> list[dict[str, Any]]:
    """One row a side for a library of this size, the middle of several processes."""
    asked, results = marshal.dumps(queries(library(size))), []
    for kind in SIDES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "queries").write_bytes(asked)
            if kind.needs and importlib.util.find_spec(kind.needs) is None:
                print(f"{kind.name}: not measured, {kind.needs} is not installed", file=sys.stderr)
                continue
            build = _spawn(kind.name, folder, "--build", str(size))
            quality_too = ["--forms", str(forms)] if forms else []
            found = [_spawn(kind.name, folder, *(quality_too if turn == 0 else [])) for turn in range(runs)]
            row = {key: statistics.median(one[key] for one in found if key in one) for key in found[0]}
            results.append({"side": kind.name, "entries": size, **build, **row})
    return results


def _spawn(side: str, folder: Path, *more: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", side, "--folder", str(folder), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


_COLUMNS = (("build", 2), ("first", 0), ("p50", 2), ("p99", 2), ("mb", 0))


def table(results: Sequence[dict[str, Any]]) -> str:
    """The results as a Markdown table."""
    lines = [
        "| engine | entries | build s | first ms | typed p50 ms | typed p99 ms | MB | name@5 | kind@5 |",
        "|---" * 9 + "|",
    ]
    for row in results:
        shares = [f"{row[key]:.3f}" if key in row else "–" for key in ("name@5", "kind@5")]
        cells = (row["side"], row["entries"], *(f"{row[key]:.{places}f}" for key, places in _COLUMNS), *shares)
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", default="1000,20000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--forms", type=Path, default=None)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--build", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        side, folder = options.child, options.folder
        print(json.dumps(built(side, folder, options.build) if options.build else child(side, folder, options.forms)))
        return 0
    shared = ROOT.parent / "shared" / "eval"
    forms = options.forms or (shared if (shared / "dev.jsonl").exists() else None)
    results = [row for size in map(int, options.sizes.split(",")) for row in measure(size, options.runs, forms)]
    print(json.dumps(results, ensure_ascii=False, indent=1) if options.json else table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
