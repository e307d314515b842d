"""A comparison (对比) said in lines for people, and as plain data for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.comparing import Comparison, FieldChange, RowChange, RowKind
from domain.comparing_texts import Mark, Piece
from domain.fields import Kind, path_text
from domain.model import Indicator

EMPTY = "（空）"
_SAID = {Mark.CHANGED: "改", Mark.GONE: "删", Mark.NEW: "加"}


class Look(StrEnum):
    """What a line of the report is, for its looks."""

    HEAD = "head"
    FIELD = "field"
    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"
    NOTE = "note"


_LOOKS = {Mark.GONE: Look.GONE, Mark.NEW: Look.NEW, Mark.CHANGED: Look.CHANGED, Mark.SAME: Look.CHANGED}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the report; a face may colour it, the text says everything. parts is the text divided by looks."""

    look: Look
    text: str
    parts: tuple[tuple[Look, str], ...] = ()


def report(comparison: Comparison, before: str, after: str) -> list[ReportLine]:
    """The comparison as lines; `before` and `after` name the two forms."""
    found = [ReportLine(Look.HEAD, f"- {before}"), ReportLine(Look.HEAD, f"+ {after}")]
    if comparison.equal:
        return [*found, ReportLine(Look.NOTE, "两份表的内容完全一样。")]
    old, new = comparison.frameworks
    if old != new:
        found.append(ReportLine(Look.FIELD, f"指标框架：{old} → {new}"))
    for change in comparison.fields:
        found.extend(_field_lines(change))
    if comparison.rows:
        found.append(ReportLine(Look.HEAD, f"指标　{_counts(comparison.rows)}"))
        found.extend(_row_line(change) for change in comparison.rows)
    same = f"其余相同：{comparison.same_fields} 栏、{comparison.same_rows} 条指标。"
    return [*found, ReportLine(Look.NOTE, same)]


def _field_lines(change: FieldChange) -> Iterator[ReportLine]:
    label, kind = change.field.spec.label, change.field.spec.kind
    if kind is Kind.LONG and not change.pieces:
        yield ReportLine(Look.FIELD, f"{label}：句子都一样，只有空格或分段不同")
        return
    if not change.pieces:
        unit = "万元" if kind is Kind.MONEY else ""
        before, after = (f"{text}{unit}" if text else EMPTY for text in (change.before, change.after))
        delta = f"（{change.delta}）" if change.delta else ""
        yield ReportLine(Look.FIELD, f"{label}：{before} → {after}{delta}")
        return
    counted = Counter(piece.mark for piece in change.pieces)
    counts = "，".join(f"{word} {counted[mark]} 句" for mark, word in _SAID.items() if counted[mark])
    yield ReportLine(Look.FIELD, f"{label}：{counts}（{len(change.before)} → {len(change.after)} 字）")
    yield from (_piece_line(piece) for piece in change.pieces)


def _piece_line(piece: Piece) -> ReportLine:
    look, sign = _LOOKS[piece.mark], f"  {piece.mark.value} "
    runs = tuple((_LOOKS[run.mark], run.text) for run in piece.runs)
    return ReportLine(look, sign + piece.text, ((look, sign), *runs) if runs else ())


def _counts(rows: tuple[RowChange, ...]) -> str:
    counted = [(kind, sum(change.kind is kind for change in rows)) for kind in RowKind]
    return "，".join(f"{kind.value} {count} 条" for kind, count in counted if count)


def _row_line(change: RowChange) -> ReportLine:
    old, new, row = change.before, change.after, change.row
    place = f"{row.level1}›{row.level2}"
    if old is None or new is None:
        look, mark = (Look.NEW, "+") if old is None else (Look.GONE, "-")
        return ReportLine(look, f"  {mark} {place}　{row.name}　{row.target or EMPTY}")
    delta = f"（{change.delta}）" if change.delta else ""
    name = f"{old.name} → {new.name}" if old.name != new.name else new.name
    target = f"{old.target or EMPTY} → {new.target or EMPTY}{delta}" if old.target != new.target else new.target
    place = f"{old.level1}›{old.level2} → {place}" if old.slot != new.slot else place
    return ReportLine(Look.FIELD, f"  {change.kind.value} {place}　{name}　{target}")


def data(comparison: Comparison, before: str, after: str) -> dict[str, Any]:
    """The comparison as plain data with stable keys, values as they stand on the form."""
    return {
        "a": before,
        "b": after,
        "equal": comparison.equal,
        "frameworks": list(comparison.frameworks),
        "fields": [_field_data(change) for change in comparison.fields],
        "indicators": [_row_data(change) for change in comparison.rows],
        "same": {"fields": comparison.same_fields, "indicators": comparison.same_rows},
    }


def _field_data(change: FieldChange) -> dict[str, Any]:
    found: dict[str, Any] = {"path": path_text(change.field.path), "label": change.field.spec.label}
    found |= {"before": change.before, "after": change.after}
    if change.percent is not None:
        found["percent"] = str(change.percent)
    if change.pieces:
        found["sentences"] = [_piece_data(piece) for piece in change.pieces]
    return found


def _piece_data(piece: Piece) -> dict[str, str]:
    found = {"mark": piece.mark.value, "text": piece.text}
    return found | {"before": piece.before, "after": piece.after} if piece.runs else found


def _row_data(change: RowChange) -> dict[str, Any]:
    return {
        "kind": change.kind.name.lower(),
        "before": _indicator(change.before),
        "after": _indicator(change.after),
        "change": change.delta,
    }


def _indicator(row: Indicator | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {"level1": row.level1, "level2": row.level2, "name": row.name, "target": row.target}
