"""Commands about suggestions: for a record, or for many projects given as JSON lines."""

from __future__ import annotations

import argparse
import json

from domain.framework import framework
from domain.records.recovery import known_framework
from domain.records.store import Store
from suggest.command import SuggestError, as_text, run, run_lines, slot_of
from tui import OK, UNREADABLE, USAGE, covering, wiring
from tui.folders import Folders
from tui.headless.common import complain, decoded, lines_of


def run_suggest(arguments: argparse.Namespace, folders: Folders) -> int:
    """Suggest indicators for a record slot by slot, or for each project of a JSON lines file."""
    if arguments.jsonl:
        return _many(arguments, folders)
    if not arguments.record:
        complain("请写记录名，或用 --jsonl 文件。")
        return USAGE
    path = Store(folders.records).resolve(arguments.record)
    declaration = known_framework(decoded(path).record).declaration
    engine = wiring.suggester(folders)
    if engine.trouble:
        complain(engine.trouble)
    if arguments.coverage:
        coverage = engine.coverage(declaration)
        print(covering.as_json(coverage) if arguments.json else covering.as_text(coverage))
        return OK
    try:
        slot = slot_of(arguments.slot, framework(declaration.framework)) if arguments.slot else None
    except SuggestError as error:
        complain(str(error))
        return USAGE
    answer = run(engine, declaration, slot, arguments.n, path.stem)
    print(json.dumps(answer, ensure_ascii=False) if arguments.json else as_text(answer))
    return OK


def _many(arguments: argparse.Namespace, folders: Folders) -> int:
    """One line of JSON out for each line in; a line that cannot be read is said on stderr and passed over."""
    code, engine = OK, wiring.suggester(folders)
    for number, line in enumerate(lines_of(arguments.jsonl), 1):
        try:
            for answer in run_lines(engine, [line], arguments.n, first=number):
                print(answer, flush=True)
        except SuggestError as error:
            complain(f"{error}。这一行没有用上。")
            code = UNREADABLE
    return code
