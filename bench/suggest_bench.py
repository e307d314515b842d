"""The suggestion engine beside what one would take off the shelf: speed, time to the first answer, quality; one table.

Run: python bench/suggest_bench.py [--sizes 1000,20000] [--runs 5] [--json]. Peers that are not installed are passed over:
pip install rank-bm25 bm25s rapidfuzz (SQLite's FTS5 comes with Python). Every figure comes from fresh processes with the
index built beforehand; the library is the built-in one, cut or multiplied to the size asked for.

first  import, load and the five best of one slot for one project, ms, the interpreter's own start left out
typed  one search-as-you-type query within a slot, p50 and p99, ms (words, fragments, beginnings cut from names)
MB     memory above an empty interpreter after the queries
name@5 share of published rows whose name is among the five best of their slot (bench.eval explains it), if the data is there
"""

from __future__ import annotations

import abc
import argparse
import dataclasses
import importlib.util
import json
import marshal
import pickle
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SEED = 20200101
QUERIES = 400
PLACES = "东区 西区 南区 北区 镇东 镇西 新城 老城 沿河 山前 高新 城关 开发区 港区 湖区 林场".split()
STORY = "购置村卫生室除颤仪36台、心电图机12台，政府采购公开招标，10月底前完成安装调试，服务群众2万人。"
TITLE = "村级卫生室医疗设备购置项目"
SLOT = ("产出目标", "数量")


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
            dataclasses.replace(
                entry, id=f"{entry.id}-{number}", name=name, keywords=(*entry.keywords, f"{place}{number % 97}")
            )
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


def text_of(entry: Any) -> str:
    """What peers index of an entry."""
    return " ".join((entry.name.split("}")[-1], *entry.synonyms, *entry.keywords))


class Ours:
    """tianbiao's engine."""

    name = "tianbiao"

    def build(self, entries: tuple[Any, ...], folder: Path) -> None:
        from domain.library.load import rows_of
        from suggest.data import build_data
        from suggest.segment import load_segment

        prepared: Any = (rows_of(entries), build_data(entries, load_segment()))
        (folder / "data").write_bytes(marshal.dumps(prepared))

    def load(self, folder: Path) -> None:
        from domain.library.load import entries_of
        from suggest.engine import Engine

        rows, data = marshal.loads((folder / "data").read_bytes())
        self.engine = Engine.load(entries=entries_of(rows), data=data)

    def declaration(self, title: str, story: str) -> Any:
        from suggest.command import declaration_of

        return declaration_of({"project": title, "narrative": story})

    def best(self, title: str, story: str, slot: tuple[str, str]) -> list[str]:
        return [one.name for one in self.engine.offer(self.declaration(title, story), slot).suggestions]

    def typed(self, slot: tuple[str, str], text: str) -> list[str]:
        if not hasattr(self, "open"):
            self.open = self.declaration(TITLE, STORY)
        return [one.name for one in self.engine.search(self.open, slot, text)]


class Peer(abc.ABC):
    """Something that ranks texts; slots are filtered afterwards. Subclasses say how texts are indexed and searched."""

    name = ""

    def build(self, entries: tuple[Any, ...], folder: Path) -> None:
        rows = [("/".join(entry.slot), entry.name.split("}")[-1], text_of(entry)) for entry in entries]
        (folder / "rows").write_bytes(marshal.dumps(rows))
        self.index([row[2] for row in rows], folder)

    def load(self, folder: Path) -> None:
        self.rows: list[tuple[str, str, str]] = marshal.loads((folder / "rows").read_bytes())
        self.open_index(folder)

    def index(self, texts: list[str], folder: Path) -> None: ...  # noqa: B027  nothing to do for some
    def open_index(self, folder: Path) -> None: ...  # noqa: B027  nothing to do for some
    @abc.abstractmethod
    def ranked(self, text: str) -> Iterable[int]: ...

    def best(self, title: str, story: str, slot: tuple[str, str]) -> list[str]:
        return self._of(slot, f"{title} {story}", 5)

    def typed(self, slot: tuple[str, str], text: str) -> list[str]:
        return self._of(slot, text, 8)

    def _of(self, slot: tuple[str, str], text: str, limit: int) -> list[str]:
        place, found = "/".join(slot), []
        for number in self.ranked(text):
            if self.rows[number][0] == place:
                found.append(self.rows[number][1])
                if len(found) == limit:
                    break
        return found


class RankBM25(Peer):
    name = "jieba + rank-bm25"

    def cut(self, text: str) -> list[str]:
        import jieba

        jieba.setLogLevel(60)
        return [word for word in jieba.cut_for_search(text) if word.strip()]

    def index(self, texts: list[str], folder: Path) -> None:
        okapi = import_module("rank_bm25").BM25Okapi
        (folder / "index").write_bytes(pickle.dumps(okapi([self.cut(text) for text in texts])))

    def open_index(self, folder: Path) -> None:
        import jieba

        import_module("rank_bm25")
        jieba.setLogLevel(60)
        jieba.initialize()
        self.bm25 = pickle.loads((folder / "index").read_bytes())

    def ranked(self, text: str) -> Iterable[int]:
        scores = self.bm25.get_scores(self.cut(text))
        return [int(number) for number in scores.argsort()[::-1] if scores[number] > 0]


class BM25S(RankBM25):
    name = "jieba + bm25s"

    def index(self, texts: list[str], folder: Path) -> None:
        model = import_module("bm25s").BM25()
        model.index([self.cut(text) for text in texts], show_progress=False)
        model.save(str(folder / "index"))

    def open_index(self, folder: Path) -> None:
        import jieba

        jieba.setLogLevel(60)
        jieba.initialize()
        self.model = import_module("bm25s").BM25.load(str(folder / "index"))

    def ranked(self, text: str) -> Iterable[int]:
        words = self.cut(text)
        if not words:
            return []
        found, scores = self.model.retrieve([words], k=min(len(self.rows), 400), show_progress=False)
        return [int(number) for number, value in zip(found[0], scores[0], strict=True) if value > 0]


class FTS5(Peer):
    name = "SQLite FTS5 trigram"

    def index(self, texts: list[str], folder: Path) -> None:
        import sqlite3

        database = sqlite3.connect(folder / "index")
        database.execute("create virtual table t using fts5(x, tokenize='trigram')")
        database.executemany("insert into t(rowid, x) values (?, ?)", enumerate(texts))
        database.commit()
        database.close()

    def open_index(self, folder: Path) -> None:
        import sqlite3

        self.database = sqlite3.connect(folder / "index")

    def ranked(self, text: str) -> Iterable[int]:
        if len(text) < 3:
            return [
                row[0] for row in self.database.execute("select rowid from t where x like ? limit 400", (f"%{text}%",))
            ]
        grams = {text[at : at + 3] for at in range(len(text) - 2)}
        match = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams) if gram.strip())
        sql = "select rowid from t where t match ? order by rank limit 400"
        return [row[0] for row in self.database.execute(sql, (match,))]


class FTS5Jieba(FTS5, RankBM25):
    name = "SQLite FTS5, jieba words"

    def index(self, texts: list[str], folder: Path) -> None:
        import sqlite3

        database = sqlite3.connect(folder / "index")
        database.execute("create virtual table t using fts5(x, tokenize='unicode61')")
        database.executemany(
            "insert into t(rowid, x) values (?, ?)", enumerate(" ".join(self.cut(text)) for text in texts)
        )
        database.commit()
        database.close()

    def open_index(self, folder: Path) -> None:
        import jieba

        jieba.setLogLevel(60)
        jieba.initialize()
        super().open_index(folder)

    def ranked(self, text: str) -> Iterable[int]:
        match = " OR ".join('"' + word.replace('"', '""') + '"' for word in dict.fromkeys(self.cut(text)))
        sql = "select rowid from t where t match ? order by rank limit 400"
        return [row[0] for row in self.database.execute(sql, (match,))] if match else []


class Fuzz(Peer):
    name = "rapidfuzz"

    def open_index(self, folder: Path) -> None:
        self.process = import_module("rapidfuzz.process")
        self.scorer = import_module("rapidfuzz.fuzz").partial_ratio
        self.texts = [row[2] for row in self.rows]

    def ranked(self, text: str) -> Iterable[int]:
        return [number for _, _, number in self.process.extract(text, self.texts, scorer=self.scorer, limit=400)]


SIDES: tuple[type[Ours] | type[Peer], ...] = (Ours, RankBM25, BM25S, FTS5, FTS5Jieba, Fuzz)


def child(side: str, folder: Path, forms: Path | None) -> dict[str, float]:
    """Measure one side in this process: first answer, typed queries, memory, quality."""
    asked = marshal.loads((folder / "queries").read_bytes())
    one = next(kind for kind in SIDES if kind.name == side)()
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
        found["name@5"] = quality(one, forms)
    return found


def resident() -> float:
    """Memory of this process in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def quality(one: Ours | Peer, forms: Path) -> float:
    """Share of published rows whose name is among the five best of their slot."""
    spec = importlib.util.spec_from_file_location("score", forms / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lines = (forms / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    hits = rows = 0
    for form in (json.loads(line) for line in lines):
        if not form["project"] and not form["narrative"]:
            continue
        for row in form["rows"]:
            level1, level2 = row["slot"].split("/")
            best = one.best(form["project"], form["narrative"], (level1, level2))
            hits += any(module.dice(name, row["name"]) >= 0.5 for name in best)
            rows += 1
    return hits / rows


def measure(size: int, runs: int, forms: Path | None) -> list[dict[str, Any]]:
    """One row a side for a library of this size, the middle of several processes."""
    entries, results = library(size), []
    for kind in SIDES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "queries").write_bytes(marshal.dumps(queries(entries)))
            try:
                kind().build(entries, folder)
            except ImportError as error:
                print(f"{kind.name}: not measured, {error}", file=sys.stderr)
                continue
            found = [_spawn(kind.name, folder, forms if turn == 0 else None) for turn in range(runs)]
            row = {key: statistics.median(one[key] for one in found if key in one) for key in found[0]}
            results.append({"side": kind.name, "entries": size, **row})
    return results


def _spawn(side: str, folder: Path, forms: Path | None) -> dict[str, float]:
    command = [
        sys.executable,
        __file__,
        "--child",
        side,
        "--folder",
        str(folder),
        *(["--forms", str(forms)] if forms else []),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


_COLUMNS = (("first", 0), ("p50", 2), ("p99", 2), ("mb", 0))


def table(results: Sequence[dict[str, Any]]) -> str:
    """The results as a Markdown table."""
    lines = ["| engine | entries | first ms | typed p50 ms | typed p99 ms | MB | name@5 |", "|---" * 7 + "|"]
    for row in results:
        name = f"{row['name@5']:.3f}" if "name@5" in row else "–"
        cells = (row["side"], row["entries"], *(f"{row[key]:.{places}f}" for key, places in _COLUMNS), name)
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
    options = parser.parse_args()
    if options.child:
        print(json.dumps(child(options.child, options.folder, options.forms)))
        return 0
    shared = ROOT.parent / "shared" / "eval"
    forms = options.forms or (shared if (shared / "dev.jsonl").exists() else None)
    results = [row for size in map(int, options.sizes.split(",")) for row in measure(size, options.runs, forms)]
    print(json.dumps(results, ensure_ascii=False, indent=1) if options.json else table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
