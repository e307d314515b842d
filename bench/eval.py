"""Score the suggestion engine on published forms: `make eval`, or `python -m bench.eval [--data DIR] [--details]`.

The forms and the measures lie outside the repository (../shared/eval: dev.jsonl, score.py). Beside the engine stand the
fixed list of score.py, which reads nothing, and plain BM25 over the names and keywords of the same library.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from domain.framework import framework
from domain.library import Entry, builtin_library
from domain.library.entry import without_gaps
from suggest.command import declaration_of, run
from suggest.data import arranged
from suggest.engine import Engine
from suggest.index import build, score
from suggest.segment import Segment, load_segment

Form = Mapping[str, Any]
Answers = dict[str, dict[str, Any]]
DATA = Path(__file__).resolve().parents[2] / "shared" / "eval"
DEPTH = 10
"""Suggestions per slot, as the measures ask for."""


def measures(folder: Path) -> Any:
    """The module score.py of the data folder."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def engine_answers(forms: Iterable[Form]) -> tuple[Answers, list[float]]:
    """What the engine offers for each form, and the milliseconds all slots of each took."""
    engine, answers, times = Engine.load(), {}, []
    for form in forms:
        start = time.perf_counter()
        answers[form["id"]] = run(engine, declaration_of(form), None, DEPTH, form["id"])
        times.append((time.perf_counter() - start) * 1000)
    return answers, times


def bm25_answers(forms: Iterable[Form]) -> Answers:
    """Plain BM25 over names, synonyms and keywords of the library, the five best of each slot; templates without their gap."""
    entries, segment = arranged(builtin_library()), load_segment()
    index = build([[(_words(entry, segment), 1.0)] for entry in entries])
    places = ["/".join(slot.key) for slot in framework().slots]
    answers: Answers = {}
    for form in forms:
        words = segment.cut(f"{form['project']} {form.get('narrative', '')}")
        found = score(index, {word: 1.0 for word in words if len(word) > 1})
        slots: dict[str, list[dict[str, Any]]] = {place: [] for place in places}
        for doc in sorted(found, key=lambda doc: -found[doc]):
            entry, row = entries[doc], slots["/".join(entries[doc].slot)]
            if len(row) < 5:
                row.append({"name": without_gaps(entry.name), "target": entry.target_text})
        answers[form["id"]] = {"id": form["id"], "slots": slots}
    return answers


def _words(entry: Entry, segment: Segment) -> list[str]:
    texts = (without_gaps(entry.name), *entry.synonyms, *entry.keywords)
    return [word for text in texts for word in segment.cut(text) if len(word) > 1]


def fixed_answers(forms: Iterable[Form], module: Any) -> Answers:
    """The fixed list of score.py for every form."""
    fixed = {place: [{"name": name, "target": target} for name, target in rows] for place, rows in module.FIXED.items()}
    return {form["id"]: {"id": form["id"], "slots": fixed} for form in forms}


def share(result: Mapping[str, Any], measure: str) -> float:
    """A measure as a share of the rows."""
    tally = result["tally"]
    return float(tally.get(measure, 0.0)) / max(float(tally.get("rows", 0.0)), 1.0)


def report(forms: Sequence[Form], sides: Mapping[str, Answers], module: Any) -> list[str]:
    """The table of measures, one line a side, then name@5 and kind@5 of the engine by slot and by sector."""
    results = {side: module.evaluate(forms, answers) for side, answers in sides.items()}
    rows = int(results["engine"]["tally"]["rows"])
    lines = [
        f"{len(forms)} forms, {rows} rows",
        "| | name@1 | name@5 | name@10 | kind@5 | target@5 | number | empty |",
        "|---" * 8 + "|",
    ]
    for side, result in results.items():
        shares = [f"{share(result, measure):.3f}" for measure in ("name@1", "name@5", "name@10", "kind@5", "target@5")]
        tally = result["tally"]
        number = f"{tally.get('number', 0):.0f}/{tally.get('in text', 0):.0f}"
        lines.append(f"| {side} | {' | '.join(shares)} | {number} | {result['empty']:.2f} |")
    lines += [
        "",
        "| slot | rows | " + " | ".join(f"{side} name@5" for side in sides) + " |",
        "|---" * (2 + len(sides)) + "|",
    ]
    for slot in sorted(results["engine"]["per_slot"]):
        counts = [f"{results[side]['per_slot'][slot][0] / results[side]['per_slot'][slot][1]:.2f}" for side in sides]
        lines.append(f"| {slot} | {results['engine']['per_slot'][slot][1]} | {' | '.join(counts)} |")
    lines += ["", "| sector | forms | rows | name@5 | kind@5 | target@5 |", "|---" * 6 + "|"]
    groups: defaultdict[str, list[Form]] = defaultdict(list)
    for form in forms:
        groups[str(form.get("sector", ""))].append(form)
    for sector, group in sorted(groups.items()):
        result = module.evaluate(group, sides["engine"])
        shares = [f"{share(result, measure):.2f}" for measure in ("name@5", "kind@5", "target@5")]
        lines.append(f"| {sector} | {len(group)} | {int(result['tally']['rows'])} | {' | '.join(shares)} |")
    return lines


LESS = {"name and unit": ("narrative",), "name alone": ("narrative", "unit")}
"""What a filer has not told yet, by what is told: many begin with the name alone."""


def told_less(forms: Sequence[Form], module: Any) -> list[str]:
    """The engine's measures where less of each form is told."""
    lines = ["", "| told | name@5 | kind@5 | target@5 | empty |", "|---" * 5 + "|"]
    for told, missing in LESS.items():
        fewer = [{**form, **dict.fromkeys(missing, "")} | {"amount_wan": None} for form in forms]
        result = module.evaluate(fewer, engine_answers(fewer)[0])
        shares = [f"{share(result, measure):.3f}" for measure in ("name@5", "kind@5", "target@5")]
        lines.append(f"| {told} | {' | '.join(shares)} | {result['empty']:.2f} |")
    return lines


def details(forms: Iterable[Form], answers: Answers, module: Any) -> Iterable[str]:
    """Each published row beside the first five suggestions of its slot, marked where name or kind agree."""
    for form in forms:
        yield f"== {form['project']}"
        for row in form["rows"]:
            first = answers[form["id"]]["slots"].get(row["slot"], [])[:5]
            named = any(module.dice(one["name"], row["name"]) >= 0.5 for one in first)
            kind = module.kind(row["name"])
            kinded = named or any(kind and module.kind(one["name"]) == kind for one in first)
            mark = "N" if named else "K" if kinded else "-"
            shown = "、".join(f"{one['name']} {one['target']}".strip() for one in first)
            yield f"  {mark} {row['slot']}  {row['name']} {row['target'] or ''}  ⟵  {shown}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; 0 also where the data is not there, since a checkout alone does not have it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA, help="folder with dev.jsonl and score.py")
    parser.add_argument("--forms", default="dev.jsonl", help="file of forms in that folder")
    parser.add_argument("--details", action="store_true", help="every published row beside what was offered")
    options = parser.parse_args(arguments)
    if not (options.data / options.forms).exists():
        print(f"{options.data / options.forms} is not here: nothing to score.")
        return 0
    module = measures(options.data)
    lines = (options.data / options.forms).read_text(encoding="utf-8").splitlines()
    forms = [
        form for form in (json.loads(line) for line in lines if line.strip()) if form["project"] or form["narrative"]
    ]
    answers, times = engine_answers(forms)
    sides = {"engine": answers, "plain BM25": bm25_answers(forms), "fixed list": fixed_answers(forms, module)}
    print("\n".join(report(forms, sides, module)))
    print("\n".join(told_less([form for form in forms if form["project"]], module)))
    print(f"\nall slots of a form: median {sorted(times)[len(times) // 2]:.1f} ms, worst {max(times):.1f} ms")
    if options.details:
        print("\n".join(details(forms, answers, module)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
