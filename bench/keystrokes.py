"""Keys to file a form with the assistant against typing everything: 3 keys a Chinese character, 1 for anything else.

.venv/bin/python bench/keystrokes.py [FORM …] [--way WAY …] [--details]

A filer at the real dialogue who wants exactly the given form: takes a suggestion by its number where it is the one, types pinyin
initials (usual readings), first characters, or characters and then initials until the name is among the five in sight where that
is shorter than writing it, lets the default stand where it is right, and types the rest. Four ways: the indicator table of a form
whose fields are filled; the same by a filer who also takes a suggestion that says the same in other words (half of the characters
agree); a whole form; the same form next year, rolled over from this one. Each ends with the record compared to the form, so a
short cut that files something else fails.
Without a form: those of ../shared/forms where it exists, else the samples of the tests.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from filer import Filer, coded, cost, same  # noqa: E402

from domain import rolling  # noqa: E402
from domain.changes import Record  # noqa: E402
from domain.exchange import read  # noqa: E402
from domain.funding import Funding  # noqa: E402
from domain.model import Declaration, fields  # noqa: E402
from domain.records.store import Store  # noqa: E402
from tui import wiring  # noqa: E402
from tui.dialogue.places import field_places, pending  # noqa: E402
from tui.folders import Folders  # noqa: E402

AIMS = {"table": 0.70, "next year": 0.60}
"""Share of the keys to be saved."""


def everything(form: Declaration, *, table_only: bool = False) -> int:
    """Keys to type a form: each answer and each row with its Enter, each empty place with one."""
    from domain.framework import framework

    keys = 0
    for slot in framework(form.framework).slots:
        keys += 1 + sum(cost(f"{row.name} {row.target}".strip()) + 1 for _, row in form.rows(slot.key))
    if not table_only:
        keys += sum(cost(coded(form.get(one.path))) + 1 for one in fields())
    return keys


# -- the three ways --


def started(folders: Folders, record: Record, wanted: Declaration) -> Filer:
    """A filer before this record."""
    store = Store(folders.records)
    return Filer(wiring.dialogue_of(folders, store, store.open(store.add(record))), wanted)


def table(folders: Folders, form: Declaration) -> tuple[Filer, int]:
    """The indicator table of a form whose fields are filled; those that the form leaves empty cost either way an Enter."""
    filer = started(folders, Record(replace(form, indicators=())), form)
    left = sum(pending(one, filer.dialogue.session) for one in field_places())
    return filer, everything(form, table_only=True) + left


def table_proposed(folders: Folders, form: Declaration) -> tuple[Filer, int]:
    """The same, proposed as a whole first."""
    filer, typed = table(folders, form)
    filer.drafting = True
    return filer, typed


def proposed_alike(folders: Folders, form: Declaration) -> tuple[Filer, int]:
    """Proposed as a whole, other words allowed."""
    filer, typed = table_proposed(folders, form)
    filer.alike = True
    return filer, typed


def table_alike(folders: Folders, form: Declaration) -> tuple[Filer, int]:
    """The same, other words allowed."""
    filer, typed = table(folders, form)
    filer.alike = True
    return filer, typed


def whole(folders: Folders, form: Declaration) -> tuple[Filer, int]:
    """A form from nothing."""
    store = Store(folders.records)
    return Filer(wiring.dialogue_of(folders, store, store.new()), form), everything(form)


def next_year(folders: Folders, form: Declaration) -> tuple[Filer, int]:
    """The same project next year: dates moved, this year's money as last year's, targets as they were.

    What was to be done once (一次性项目) goes on every year, or there would be no next year.
    """
    record = Record(form)
    rolled = rolling.roll(record, rolling.year_for(record))
    asked = form.funding.requested
    money = Funding(form.funding.total, asked, previous_budget=asked, previous_executed=asked)
    nature = form.project.nature.replace("一次性", "经常性")
    project = replace(rolled.declaration.project, nature=nature)
    wanted = replace(rolled.declaration, project=project, funding=money, indicators=form.indicators)
    return started(folders, rolled, wanted), everything(wanted)


WAYS = {
    "table": table,
    "table proposed first": table_proposed,
    "table, other words": table_alike,
    "table proposed first, other words": proposed_alike,
    "whole form": whole,
    "next year": next_year,
}


def forms(paths: list[Path]) -> Iterator[Declaration]:
    """The forms of these files."""
    for path in paths:
        for found in read(path.read_bytes(), path.name):
            yield found.record.declaration


def differences(filer: Filer) -> list[str]:
    """Where the filed record is not the wanted form."""
    filed = filer.dialogue.session.declaration
    found = [one.spec.label for one in fields() if filed.get(one.path) != filer.wanted.get(one.path)]
    rows = [*filed.indicators]
    for slot in dict.fromkeys(row.slot for row in (*filed.indicators, *filer.wanted.indicators)):
        for wanted, there in filer.paired(slot):
            if there is not None:
                rows.remove(there)
            if there is None or not same(there.target, wanted.target):
                found.append(f"{wanted.name} {wanted.target}")
    return [*found, *(row.name for row in rows)]


def usual() -> list[Path]:
    """The published forms where they lie beside the project, else our own samples."""
    published = ROOT.parent / "shared" / "forms"
    if published.is_dir():
        return [path for path in sorted(published.glob("*.txt")) if not path.name.startswith("three")]
    return sorted((ROOT / "tests" / "samples").glob("*.txt"))


def main() -> int:
    """Print keys and what is saved; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("forms", nargs="*", type=Path)
    parser.add_argument("--details", action="store_true", help="every answer with its keys")
    parser.add_argument("--way", action="append", choices=WAYS, help="this way only; may be given more than once")
    options = parser.parse_args()
    print("| form | way | typing everything | with the assistant | saved | aim |\n|---|---|---|---|---|---|")
    ways = {name: WAYS[name] for name in options.way or WAYS}
    short, total = False, dict.fromkeys(ways, (0, 0))
    for form in forms(options.forms or usual()):
        for name, way in ways.items():
            with tempfile.TemporaryDirectory() as folder:
                kept = Folders(Path(folder) / "records", *(Path(folder) / part for part in "dcsk"))
                filer, typed = way(kept, form)
                filer.fill()
                if problem := differences(filer):
                    raise SystemExit(f"{name}: {problem}")
            total[name] = (total[name][0] + typed, total[name][1] + filer.keys)
            short |= told(form.project.name[:16], name, typed, filer.keys)
            if options.details:
                print("\n".join(filer.said))
    for name, (typed, keys) in total.items():
        told("together", name, typed, keys)
    return int(short)


def told(form: str, way: str, typed: int, keys: int) -> bool:
    """Print a row; whether its aim is missed."""
    saved, aim = 1 - keys / typed, AIMS.get(way)
    print(f"| {form} | {way} | {typed} | {keys} | {saved:.0%} | {'' if aim is None else f'{aim:.0%}'} |")
    return aim is not None and saved < aim


if __name__ == "__main__":
    sys.exit(main())
