"""Commands about suggestions: for a record, or for many projects given as JSON lines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain.framework import Slot, framework
from domain.model import Declaration
from domain.records.codec import decode
from domain.records.store import Store, read_text
from domain.text import clean, one_line
from suggest.types import Offer, Suggestion
from tui import wiring
from tui.folders import Folders
from tui.headless.common import OK, UNREADABLE, USAGE, complain


def run_suggest(arguments: argparse.Namespace, folders: Folders) -> int:
    """Suggest indicators for a record slot by slot, or for each project of a JSON lines file."""
    if arguments.jsonl:
        return _many(arguments, folders)
    if not arguments.record:
        complain("请写记录名，或用 --jsonl 文件。")
        return USAGE
    path = Store(folders.records).resolve(arguments.record)
    declaration = decode(read_text(path)).record.declaration
    slots = _slots(declaration, arguments.slot)
    if not slots:
        names = "、".join("/".join(slot.key) for slot in framework(declaration.framework).slots)
        complain(f"没有“{arguments.slot}”这一格。可以写：{names}")
        return USAGE
    offers = [(slot, wiring.suggester(folders).offer(declaration, slot.key, arguments.n)) for slot in slots]
    if arguments.json:
        print(json.dumps({"id": path.stem, "slots": _as_json(offers)}, ensure_ascii=False))
    else:
        _say(offers)
    return OK


def _slots(declaration: Declaration, wanted: str | None) -> list[Slot]:
    slots = framework(declaration.framework).slots
    return [slot for slot in slots if not wanted or wanted in ("/".join(slot.key), slot.level2)]


def _as_json(offers: list[tuple[Slot, Offer]]) -> dict[str, list[dict[str, Any]]]:
    return {"/".join(slot.key): [_suggestion(one) for one in offer.suggestions] for slot, offer in offers}


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {
        "id": one.entry_id,
        "name": one.name,
        "target": one.target,
        "score": round(one.score, 4),
        "reasons": list(one.reasons),
    }


def _say(offers: list[tuple[Slot, Offer]]) -> None:
    for slot, offer in offers:
        print(f"{slot.place}{'　' + offer.note if offer.note else ''}")
        for number, one in enumerate(offer.suggestions, 1):
            print(f"  {number}. {one.name}  {one.target}　{'；'.join(one.reasons)}")


def _many(arguments: argparse.Namespace, folders: Folders) -> int:
    """One line of JSON out for each line in; a line that cannot be read is said on stderr and passed over."""
    code, engine = OK, wiring.suggester(folders)
    slots = framework().slots
    for number, line in enumerate(_lines(arguments.jsonl), 1):
        try:
            project = json.loads(line)
            declaration = declaration_of(project)
        except (ValueError, TypeError, ArithmeticError) as error:
            complain(f"第 {number} 行读不了：{one_line(str(error))}")
            code = UNREADABLE
            continue
        offers = [(slot, engine.offer(declaration, slot.key, arguments.n)) for slot in slots]
        print(json.dumps({"id": project.get("id", str(number)), "slots": _as_json(offers)}, ensure_ascii=False))
    return code


def _lines(name: str) -> Iterator[str]:
    text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    return (line for line in text.splitlines() if line.strip())


def declaration_of(project: dict[str, Any]) -> Declaration:
    """A declaration that knows what such a line tells; raises TypeError or ValueError for values of the wrong kind."""
    if not isinstance(project, dict):
        raise TypeError("每行应当是一个 JSON 对象")
    declaration = Declaration()
    texts = {"unit": ("project", "unit"), "project": ("project", "name"), "narrative": ("narrative", "overview")}
    for key, path in texts.items():
        if project.get(key):
            declaration = declaration.replace(path, clean(str(project[key])))
    if isinstance(project.get("year"), int):
        declaration = declaration.replace(("project", "year"), project["year"])
    if project.get("amount_wan") is not None:
        amount = Decimal(str(project["amount_wan"]))
        declaration = declaration.replace(("funding", "total"), amount).replace(("funding", "requested"), amount)
    if isinstance(project.get("procurement"), bool):
        declaration = declaration.replace(("project", "procurement"), project["procurement"])
    return declaration
