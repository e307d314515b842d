"""Forms on their way in (导入): what was understood of a file, put right by a person, and only then saved. Free of Textual.

Every change gives a new value, so that it can be taken back; nothing of the file is lost on the way but what was dropped on
purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import answers
from domain.changes import Record
from domain.exchange.oddities import Oddity, OddityKind
from domain.exchange.types import UNPLACED
from domain.fields import Field, FieldPath, Kind, path_text
from domain.filling import with_rows
from domain.framework import Slot
from domain.marks import IMPORTED, ORIGINS, TYPED, row_key
from domain.model import Declaration, Indicator, fields, is_empty, spec_at
from domain.quantity import parse_target
from domain.records import naming
from domain.records.atomic import reason
from domain.records.codec import RecordError
from domain.text import one_line
from tui.dialogue.slots import NAME_LIMIT, split_row
from tui.record_keys import row_place

if TYPE_CHECKING:
    from domain.exchange import Imported
    from domain.records.store import Store

_DOUBLED = re.compile(r"([：:；;，,、])\s*[；;，,、]+")
"""Signs that stood on both sides of words that were taken out."""
_FOLLOWING = (OddityKind.MISPLACED, OddityKind.MISSING)
"""Kinds of oddities that follow from what the forms hold, so that they are worked out anew after every change."""


@dataclass(frozen=True, slots=True)
class Loose:
    """A text that found no place; dropped ones are left behind when the form is saved."""

    text: str
    dropped: bool = False

    def without(self, words: str, one: Field | Slot) -> tuple[Loose, ...]:
        """What is left once some words of it stand in a place: the rest, or the whole as dropped where they were rewritten."""
        whole, taken = one_line(self.text), one_line(words)
        if taken in (whole, one_line(self.words_for(one))):
            return ()
        if taken not in whole:
            return (replace(self, dropped=True),)
        rest = _DOUBLED.sub(r"\1", whole.replace(taken, "", 1)).strip("；;，,、 ")
        tail = rest.partition("：")[2] if "：" in rest else rest
        return (Loose(rest),) if re.search(r"\w", tail) else ()

    def words_for(self, one: Field | Slot) -> str:
        """The text without the label that stood before it in the file, where it is to become a single value."""
        head, colon, rest = self.text.partition("：")
        if isinstance(one, Field) and one.spec.kind is Kind.LONG and head not in (one.spec.label, *one.spec.aliases):
            return self.text
        return rest if colon and rest.strip() and "\n" not in head and len(head) <= 20 else self.text


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the file: as it was read and put right, whether it is wanted, and where it was saved."""

    record: Record
    oddities: tuple[Oddity, ...] = ()
    loose: tuple[Loose, ...] = ()
    wanted: bool = True
    saved: Path | None = None

    @property
    def declaration(self) -> Declaration:
        """The declaration as it will be saved."""
        return self.record.declaration

    @property
    def left(self) -> tuple[Loose, ...]:
        """The texts that stay with the record, without a place on the form."""
        return tuple(one for one in self.loose if not one.dropped)

    def about(self, one: Field) -> list[Oddity]:
        """What was odd about a field."""
        return [oddity for oddity in self.oddities if oddity.field == one.path]

    def about_row(self, row: Indicator) -> list[Oddity]:
        """What was odd about an indicator."""
        return [oddity for oddity in self.oddities if (oddity.slot, oddity.raw) == (row.slot, row.name)]

    @property
    def others(self) -> list[Oddity]:
        """What was odd about the form as a whole."""
        return [oddity for oddity in self.oddities if oddity.field is None and oddity.slot is None]

    @property
    def homes(self) -> dict[FieldPath, FieldPath]:
        """Where misplaced texts look meant for, so that each has its own place and nothing else stands there."""
        moves = {one.field: one.meant for one in reversed(self.oddities) if one.field and one.meant}
        while crowded := [
            path
            for path, meant in moves.items()
            if list(moves.values()).count(meant) > 1
            or (meant not in moves and not is_empty(self.declaration.get(meant)))
        ]:
            del moves[crowded[-1]]
        return moves

    def to_save(self) -> Record:
        """The record, with what is left unplaced beside it."""
        table = self.record.extra.get(UNPLACED, {})
        kept: dict[str, Any] = {key: value for key, value in dict(table).items() if key != "text"}
        if self.left:
            kept["text"] = [one.text for one in self.left]
        extra = {key: value for key, value in self.record.extra.items() if key != UNPLACED}
        return replace(self.record, extra={**extra, UNPLACED: kept} if kept else extra)


def forms_of(imported: Sequence[Imported]) -> tuple[Form, ...]:
    """What was read, everything wanted and nothing dropped."""
    return tuple(Form(one.record, one.oddities, tuple(Loose(text) for text in one.unplaced)) for one in imported)


def looked_over(forms: Sequence[Form]) -> tuple[Form, ...]:
    """The forms with what follows from their contents worked out anew: what is missing, what looks misplaced."""
    from domain.exchange.draft import missing
    from domain.exchange.misplaced import doubts

    found = []
    for form, misplaced in zip(forms, doubts([form.declaration for form in forms]), strict=True):
        begun = any(not is_empty(form.declaration.get(one.path)) for one in fields())
        empty = [one for one in [missing(form.declaration)] if one and begun]
        kept = [one for one in form.oddities if one.kind not in _FOLLOWING]
        found.append(replace(form, oddities=(*kept, *empty, *misplaced)))
    return tuple(found)


# --- putting right -------------------------------------------------------------------------------------------------


def set_field(form: Form, one: Field, text: str, origin: str = TYPED) -> tuple[Form, str]:
    """The field answered with a text, and a note; the form as it was and why not, where the text is not understood."""
    if not text.strip():
        return _with(form, one.path, Declaration().get(one.path), origin), ""
    found = answers.parse(one, text, form.declaration)
    if isinstance(found, answers.Refused):
        known = f"可选：{'、'.join(found.candidates[:5])}" if found.candidates else ""
        return form, f"{found.message}{known}"
    raw = {f"{one.spec.label}：{odd.raw}" for odd in form.about(one) if odd.kind is OddityKind.NOT_UNDERSTOOD}
    settled = (replace(loose, dropped=True) if loose.text in raw else loose for loose in form.loose)
    form = replace(form, loose=tuple(settled))
    for path, value in {one.path: found.value, **found.also}.items():
        form = _with(form, path, value, origin)
    return form, found.note


def to_edit(form: Form, one: Field) -> str:
    """What to begin with when a field is corrected: its value, or what stood there and was not understood."""
    not_understood = [odd.raw for odd in form.about(one) if odd.kind is OddityKind.NOT_UNDERSTOOD]
    return answers.shown(form.declaration.get(one.path)) or next(iter(not_understood), "")


def _with(form: Form, path: FieldPath, value: Any, origin: str = IMPORTED) -> Form:
    """The form with a field changed by a person; what was odd about it is settled by that."""
    record = replace(form.record, declaration=form.declaration.replace(path, value))
    one = Field(path, spec_at(path))
    record = record.marked(ORIGINS, path_text(path), None if is_empty(value) else origin)
    return replace(form, record=record, oddities=_without(form, form.about(one)))


def _without(form: Form, settled: Sequence[Oddity]) -> tuple[Oddity, ...]:
    return tuple(oddity for oddity in form.oddities if oddity not in settled)


def loosen(form: Form, one: Field) -> Form:
    """What a field holds taken out of it, to be put elsewhere."""
    text = answers.shown(form.declaration.get(one.path))
    changed = _with(form, one.path, Declaration().get(one.path))
    return replace(changed, loose=(*form.loose, Loose(f"{one.spec.label}：{text}"))) if text else form


def place_in_field(form: Form, number: int, one: Field, text: str) -> tuple[Form, str]:
    """A loose text put into a field: behind a long text; what another field held before becomes loose in its turn."""
    if not text.strip():
        return form, "没有内容，没有放进去。"
    old, left = form.declaration.get(one.path), form.loose[number].without(text, one)
    if one.spec.kind is Kind.LONG and not is_empty(old):
        text = f"{old}\n{text}"
    changed, note = set_field(form, one, text, IMPORTED)
    if changed is form:
        return form, note
    rest = (*form.loose[:number], *left, *form.loose[number + 1 :])
    if one.spec.kind is not Kind.LONG and not is_empty(old) and changed.declaration.get(one.path) != old:
        rest = (*rest, Loose(f"{one.spec.label}：{answers.shown(old)}"))
    return replace(changed, loose=rest), note


def place_in_slot(form: Form, number: int, slot: Slot, text: str) -> tuple[Form, str]:
    """A loose text made an indicator of a slot; the form as it was and why not, where it cannot be one."""
    row = Indicator(slot.level1, slot.level2, *split_row(one_line(text)))
    if problem := _row_problem(row):
        return form, f"{problem}请写成：名称 目标值"
    rest = (*form.loose[:number], *form.loose[number].without(text, slot), *form.loose[number + 1 :])
    return replace(_with_row(form, row), loose=rest), ""


def _row_problem(row: Indicator) -> str:
    if row.name and len(row.name) <= NAME_LIMIT:
        return ""
    return f"指标名称要有 1 到 {NAME_LIMIT} 个字，现在 {len(row.name)} 个字。"


def _with_row(form: Form, row: Indicator, origin: str = IMPORTED) -> Form:
    """The form with one more indicator, behind the others of its slot."""
    rows, at = form.declaration.indicators, row_place(form.declaration, row)
    record = with_rows(form.record, [*rows[:at], row, *rows[at:]], [*range(at), None, *range(at, len(rows))])
    return replace(form, record=record.marked(ORIGINS, row_key(row), origin))


def _without_row(form: Form, at: int) -> Form:
    """The form without one indicator; what was odd about it goes with it."""
    rows = form.declaration.indicators
    left = [one for one in range(len(rows)) if one != at]
    record = with_rows(form.record, [rows[one] for one in left], left)
    return replace(
        form, record=record.marked(ORIGINS, row_key(rows[at]), None), oddities=_without(form, form.about_row(rows[at]))
    )


def change_row(form: Form, at: int, name: str, target: str) -> tuple[Form, str]:
    """An indicator with another name or target; the form as it was and why not, where it cannot be one."""
    before = form.declaration.indicators[at]
    row = replace(before, name=one_line(name), target=parse_target(one_line(target)).text)
    if problem := _row_problem(row):
        return form, problem
    if row == before:
        return form, ""
    rows = list(form.declaration.indicators)
    rows[at] = row
    record = with_rows(form.record, rows, range(len(rows)))
    record = record.marked(ORIGINS, row_key(before), None).marked(ORIGINS, row_key(row), TYPED)
    return replace(form, record=record, oddities=_without(form, form.about_row(before))), ""


def move_row(form: Form, at: int, slot: Slot) -> Form:
    """An indicator put into another slot."""
    row = form.declaration.indicators[at]
    if row.slot == slot.key:
        return form
    moved, rows = replace(row, level1=slot.level1, level2=slot.level2), form.declaration.indicators
    left = [one for one in range(len(rows)) if one != at]
    to = row_place(replace(form.declaration, indicators=tuple(rows[one] for one in left)), moved)
    whence = [*left[:to], at, *left[to:]]
    record = with_rows(form.record, [moved if one == at else rows[one] for one in whence], whence)
    record = record.marked(ORIGINS, row_key(row), None).marked(ORIGINS, row_key(moved), IMPORTED)
    return replace(form, record=record, oddities=_without(form, form.about_row(row)))


def drop_row(form: Form, at: int) -> Form:
    """An indicator left out on purpose; its text stays among the loose ones, marked as dropped."""
    row = form.declaration.indicators[at]
    text = f"{row.level1}›{row.level2}：{row.name} {row.target}".rstrip()
    return replace(_without_row(form, at), loose=(*form.loose, Loose(text, dropped=True)))


def drop(form: Form, number: int) -> Form:
    """A loose text dropped on purpose, or taken back."""
    one = form.loose[number]
    changed = replace(one, dropped=not one.dropped)
    return replace(form, loose=(*form.loose[:number], changed, *form.loose[number + 1 :]))


def exchange(form: Form, one: Field, other: Field) -> Form:
    """The texts of two fields in each other's place."""
    first, second = form.declaration.get(one.path), form.declaration.get(other.path)
    return _with(_with(form, one.path, second), other.path, first)


def bring_home(form: Form) -> Form:
    """Every misplaced text where it looks meant for."""
    homes = form.homes
    texts = {meant: form.declaration.get(path) for path, meant in homes.items()}
    for path in homes:
        form = _with(form, path, texts.pop(path, Declaration().get(path)))
    for path, text in texts.items():
        form = _with(form, path, text)
    return form


def long_fields() -> Iterator[Field]:
    """The fields that hold paragraphs: those whose texts get into each other's place."""
    return (one for one in fields() if one.spec.kind is Kind.LONG)


def named_again(forms: Sequence[Form], store: Store) -> int:
    """How many of the wanted forms bear the year and name of a record that the folder already has."""
    wanted = (form.declaration for form in forms if form.wanted and form.saved is None)
    return sum(naming.is_taken(store.folder / f"{naming.stem_for(one)}{naming.SUFFIX}") for one in wanted)


def save(forms: tuple[Form, ...], store: Store) -> tuple[tuple[Form, ...], str]:
    """The wanted forms made records, each with its path; and why the first that could not be saved was not."""
    done = list(forms)
    for number, form in enumerate(forms):
        if form.wanted and form.saved is None:
            try:
                done[number] = replace(form, saved=store.add(form.to_save()))
            except (RecordError, OSError) as error:
                return tuple(done), f"第 {number + 1} 张没有存上：{reason(error)}。改好后再存。"
    return tuple(done), ""
