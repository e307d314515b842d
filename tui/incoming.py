"""Forms on their way in (导入): what was understood of a file, put right by a person, and only then saved. Free of Textual.

Every change gives a new value, so that it can be taken back; nothing of the file is lost on the way but what was dropped on
purpose.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import answers
from domain.changes import Record
from domain.exchange.types import UNPLACED, ImportProblem
from domain.fields import Field, FieldPath, Kind, path_text
from domain.framework import Slot
from domain.marks import IMPORTED, ORIGINS, TYPED, row_mark
from domain.model import FRAMEWORK, Declaration, Indicator, fields, is_empty, spec_at
from domain.records.atomic import reason
from domain.text import one_line
from tui import browsing
from tui.dialogue.places import TABLE, places
from tui.dialogue.slots import NAME_LIMIT, split_row

if TYPE_CHECKING:
    from domain.exchange import Imported
    from domain.records.store import Store

MAX_FILE = 30_000_000
"""Bytes; larger files are refused unread. The formats have closer limits of their own."""

_NAMED = re.compile(r"“([^”]+)”")
_ASKING = re.compile(r"请|可能|未归位|没有内容")
"""What an oddity says that a person should look at; the others only tell what was converted."""


@dataclass(frozen=True, slots=True)
class Loose:
    """A text that found no place; dropped ones are left behind when the form is saved."""

    text: str
    dropped: bool = False

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
    oddities: tuple[str, ...] = ()
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

    def about(self, one: Field) -> list[str]:
        """The oddities that name a field first."""
        return [text for text in self.oddities if (match := _NAMED.search(text)) and match[1] == one.spec.label]

    @property
    def others(self) -> list[str]:
        """The oddities about the form as a whole, or its table."""
        labels = {one.spec.label for one in fields()}
        return [text for text in self.oddities if not (match := _NAMED.search(text)) or match[1] not in labels]

    def to_save(self) -> Record:
        """The record, with what is left unplaced beside it."""
        table = self.record.extra.get(UNPLACED, {})
        kept: dict[str, Any] = {key: value for key, value in dict(table).items() if key != "text"}
        if self.left:
            kept["text"] = [one.text for one in self.left]
        extra = {key: value for key, value in self.record.extra.items() if key != UNPLACED}
        return replace(self.record, extra={**extra, UNPLACED: kept} if kept else extra)


def is_doubt(oddity: str) -> bool:
    """Whether a person should look at this; else it only tells what was converted."""
    return _ASKING.search(oddity) is not None


def forms_of(imported: Sequence[Imported]) -> tuple[Form, ...]:
    """What was read, everything wanted and nothing dropped."""
    return tuple(Form(one.record, one.oddities, tuple(Loose(text) for text in one.unplaced)) for one in imported)


# --- reading -------------------------------------------------------------------------------------------------------


def read_file(path: Path) -> bytes:
    """The bytes of a file; raises ImportProblem for one that cannot be a form, and says what to do."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                raise ImportProblem("这不是普通文件。请选表格所在的文件，或按 F6 粘贴文字。")
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise ImportProblem(f"读不了：{reason(error)}。请核对路径，或换一个文件。") from error
    if len(data) > MAX_FILE:
        raise ImportProblem(f"文件超过 {MAX_FILE // 1_000_000} MB 的上限，不像填报表。请只留下表格部分再导入。")
    return data


# --- putting right -------------------------------------------------------------------------------------------------


def set_field(form: Form, one: Field, text: str, origin: str = TYPED) -> tuple[Form, str]:
    """The field answered with a text, and a note; the form as it was and why not, where the text is not understood."""
    if not text.strip():
        return _with(form, one.path, Declaration().get(one.path), origin), ""
    found = answers.parse(one, text, form.declaration)
    if isinstance(found, answers.Refused):
        known = f"可选：{'、'.join(found.candidates[:5])}" if found.candidates else ""
        return form, f"{found.message}{known}"
    for path, value in {one.path: found.value, **found.also}.items():
        form = _with(form, path, value, origin)
    return form, found.note


def _with(form: Form, path: FieldPath, value: Any, origin: str = IMPORTED) -> Form:
    """The form with a field changed by a person; what was odd about it is settled by that."""
    record = replace(form.record, declaration=form.declaration.replace(path, value))
    about = form.about(Field(path, spec_at(path)))
    oddities = tuple(text for text in form.oddities if text not in about)
    record = record.marked(ORIGINS, path_text(path), None if is_empty(value) else origin)
    return replace(form, record=record, oddities=oddities)


def place_in_field(form: Form, number: int, one: Field, text: str) -> tuple[Form, str]:
    """A loose text put into a field: behind a long text; what another field held before becomes loose in its turn."""
    old = form.declaration.get(one.path)
    if one.spec.kind is Kind.LONG and not is_empty(old):
        text = f"{old}\n{text}"
    changed, note = set_field(form, one, text, IMPORTED)
    if changed is form:
        return form, note
    rest = form.loose[:number] + form.loose[number + 1 :]
    if one.spec.kind is not Kind.LONG and not is_empty(old) and changed.declaration.get(one.path) != old:
        rest = (*rest, Loose(f"{one.spec.label}：{answers.shown(old)}"))
    return replace(changed, loose=rest), note


def place_in_slot(form: Form, number: int, slot: Slot, text: str) -> tuple[Form, str]:
    """A loose text made an indicator of a slot; the form as it was and why not, where it cannot be one."""
    name, target = split_row(one_line(text))
    if not name or len(name) > NAME_LIMIT:
        return form, f"指标名称要有 1 到 {NAME_LIMIT} 个字，现在 {len(name)} 个字。请写成：名称 目标值"
    row = Indicator(slot.level1, slot.level2, name, target)
    order = {one.key: at for at, one in enumerate(browsing.known_framework(form.declaration.framework).slots)}
    rows = list(form.declaration.indicators)
    after = [at for at, other in enumerate(rows, 1) if order.get(other.slot, 0) <= order.get(slot.key, len(order))]
    rows.insert(max(after, default=0), row)
    record = replace(form.record, declaration=replace(form.declaration, indicators=tuple(rows)))
    rest = form.loose[:number] + form.loose[number + 1 :]
    return replace(form, record=record.marked(ORIGINS, row_mark(row), IMPORTED), loose=rest), ""


def drop(form: Form, number: int) -> Form:
    """A loose text dropped on purpose, or taken back."""
    one = form.loose[number]
    changed = replace(one, dropped=not one.dropped)
    return replace(form, loose=(*form.loose[:number], changed, *form.loose[number + 1 :]))


def exchange(form: Form, one: Field, other: Field) -> Form:
    """The texts of two fields in each other's place; what looks misplaced is worked out anew."""
    from domain.exchange.misplaced import hints

    first, second = form.declaration.get(one.path), form.declaration.get(other.path)
    form = _with(_with(form, one.path, second), other.path, first)
    new = [text for text in hints(form.declaration) if text not in form.oddities]
    return replace(form, oddities=(*form.oddities, *new))


def long_fields() -> Iterator[Field]:
    """The fields that hold paragraphs: those whose texts get into each other's place."""
    return (one for one in fields() if one.spec.kind is Kind.LONG)


def save(forms: tuple[Form, ...], store: Store) -> tuple[tuple[Form, ...], str]:
    """The wanted forms made records, each with its path; and why the first that could not be saved was not."""
    done = list(forms)
    for number, form in enumerate(forms):
        if form.wanted and form.saved is None:
            try:
                done[number] = replace(form, saved=store.add(form.to_save()))
            except OSError as error:
                return tuple(done), f"第 {number + 1} 张没有存上：{reason(error)}。改好后再按 F9。"
    return tuple(done), ""


# --- looking -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the preview: a form's head, or something of it; `heading` rows only divide."""

    form: int
    heading: str = ""
    field: Field | None = None
    row: int | None = None
    loose: int | None = None
    oddity: str = ""

    @property
    def is_head(self) -> bool:
        """Whether this row stands for the form as a whole."""
        return not (self.heading or self.field or self.oddity) and self.row is None and self.loose is None


def items(number: int, form: Form, *, brief: bool = False) -> list[Item]:
    """The rows of a form; brief gives only what a person should look at."""
    found = [Item(number)]
    loose = [Item(number, loose=at) for at, _ in enumerate(form.loose)]
    odd = [Item(number, oddity=text) for text in form.others if is_doubt(text) or not brief]
    found += _under(number, "未归位的文字", loose) + _under(number, "读的时候", odd)
    section = ""
    for place in places(FRAMEWORK):
        one = place.field
        if one is None or (brief and not _notable(form, one)):
            continue
        if place.section != section:
            section = place.section
            found.append(Item(number, heading=section))
        found.append(Item(number, field=one))
    rows = [] if brief else [Item(number, row=at) for at, _ in enumerate(form.declaration.indicators)]
    return found + _under(number, TABLE, rows)


def _under(number: int, heading: str, rows: list[Item]) -> list[Item]:
    return [Item(number, heading=heading), *rows] if rows else []


def _notable(form: Form, one: Field) -> bool:
    missing = one.spec.required and is_empty(form.declaration.get(one.path))
    return missing or any(is_doubt(text) for text in form.about(one))


def state(form: Form, one: Field) -> str:
    """How a field stands, in one sign: ！ to be looked at, * missing, - empty, · converted, √ as it was."""
    about = form.about(one)
    if any(is_doubt(text) for text in about):
        return "！"
    if is_empty(form.declaration.get(one.path)):
        return "*" if one.spec.required else "-"
    return "·" if about else "√"
