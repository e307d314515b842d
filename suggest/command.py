"""The headless `suggest` command: suggestions for a record or for JSON lines, as plain values and as text for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.framework import Framework, SlotKey, framework
from domain.model import Declaration
from domain.text import clean, one_line
from suggest.types import Suggester, Suggestion


class SuggestError(ValueError):
    """What is wrong with the arguments or a line of input, in Chinese."""


def run(
    suggester: Suggester, declaration: Declaration, slot: SlotKey | None = None, n: int = 5, identity: str = ""
) -> dict[str, Any]:
    """Suggestions for one slot or for all: {"id", "slots": {"产出目标/数量": [{"id", "name", "target", "score", "reasons"}]}}.

    Every slot asked for is there, with an empty list where nothing fits; `notes` holds a word on slots usually left empty.
    """
    frame = framework(declaration.framework)
    wanted = [one.key for one in frame.slots] if slot is None else [slot]
    offers = {"/".join(key): suggester.offer(declaration, key, n) for key in wanted}
    return {
        "id": identity,
        "slots": {place: [_row(one) for one in offer.suggestions] for place, offer in offers.items()},
        "notes": {place: offer.note for place, offer in offers.items() if offer.note},
    }


def _row(one: Suggestion) -> dict[str, Any]:
    return {
        "id": one.entry_id,
        "name": one.name,
        "target": one.target,
        "score": one.score,
        "reasons": list(one.reasons),
    }


def run_lines(suggester: Suggester, lines: Iterable[str], n: int = 10, *, first: int = 1) -> Iterator[str]:
    """One JSON line of suggestions for each JSON line that describes a project; blank lines are passed over.

    first is the number of the first of these lines. Raises SuggestError, with the number of the line, for a line that cannot
    be understood.
    """
    for number, line in enumerate(lines, first):
        if line.strip():
            try:
                record = json.loads(line)
                declaration = declaration_of(record)
            except json.JSONDecodeError as error:
                raise SuggestError(f"第{number}行从第{error.colno}个字符起不是 JSON") from error
            except SuggestError as error:
                raise SuggestError(f"第{number}行：{error}") from error
            except (ValueError, RecursionError) as error:
                raise SuggestError(f"第{number}行读不了：数字太长，或者一层套一层太深") from error
            answer = run(suggester, declaration, None, n, str(record.get("id", "")))
            yield json.dumps({"id": answer["id"], "slots": answer["slots"]}, ensure_ascii=False)


def declaration_of(record: Any) -> Declaration:
    """The declaration that a line describes: unit, project, narrative, amount_wan, year, procurement; other keys are passed over.

    Raises SuggestError where the line is no object or a value is of the wrong kind.
    """
    if not isinstance(record, Mapping):
        raise SuggestError('每行应当是一个 JSON 对象，如 {"id": "1", "project": "路灯维修"}')
    declaration = Declaration()
    for key, path in (("unit", ("project", "unit")), ("project", ("project", "name"))):
        declaration = declaration.replace(path, one_line(_text(record, key)))
    declaration = declaration.replace(("narrative", "overview"), clean(_text(record, "narrative")))
    year = record.get("year")
    if isinstance(year, int) and not isinstance(year, bool):
        declaration = declaration.replace(("project", "year"), year)
    if isinstance(record.get("procurement"), bool):
        declaration = declaration.replace(("project", "procurement"), record["procurement"])
    amount = record.get("amount_wan")
    if amount is not None:
        declaration = declaration.replace(("funding", "total"), _amount(amount))
    return declaration


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise SuggestError(f"“{key}”应当是文字，不是 {value!r}")
    return value


def _amount(value: Any) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise SuggestError(f"“amount_wan”应当是以万元计的数，不是 {value!r}") from error
    if not amount.is_finite() or amount < 0:
        raise SuggestError(f"“amount_wan”应当是不小于零的数，不是 {value!r}")
    return amount


def slot_of(text: str, frame: Framework) -> SlotKey:
    """The slot that 产出目标/数量, 产出目标›数量 or 数量 names; raises SuggestError with the names there are."""
    wanted = text.replace("›", "/").replace("／", "/").strip()
    for slot in frame.slots:
        if wanted in ("/".join(slot.key), slot.level2):
            return slot.key
    known = "、".join("/".join(slot.key) for slot in frame.slots)
    raise SuggestError(f"没有叫“{one_line(text)}”的格子。可用的有：{known}")


def as_text(answer: Mapping[str, Any]) -> str:
    """An answer of `run` as lines for people: the slot, then numbered suggestions with their reasons."""
    lines: list[str] = []
    notes: Mapping[str, str] = answer.get("notes", {})
    for place, rows in answer["slots"].items():
        if not rows and place not in notes:
            continue
        lines.append(place.replace("/", "›") + (f"　{notes[place]}" if place in notes else ""))
        for number, row in enumerate(rows, 1):
            lines.append(f"  {number}. {row['name']}  {row['target'] or '（目标值待填）'}")
            lines.append(f"     {'；'.join(row['reasons'])}")
    return "\n".join(lines) or "没有合适的建议，请把项目名称和概况写具体一些。"
