"""A field's value to the text of a cell and back: exact where the text allows it, noted where something was converted."""

from __future__ import annotations

import datetime
import html
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain import answers, quantity
from domain.answers import coded, shown, split_subjects
from domain.exchange import markup
from domain.exchange.labels import looks_like_label
from domain.exchange.misread import serial_day
from domain.fields import Field, Kind
from domain.model import Declaration
from domain.project import Coded
from domain.text import clean, one_line


@dataclass(frozen=True, slots=True)
class Value:
    """A cell understood: the value (None where it could not be), what to tell people, and texts left over."""

    value: Any
    notes: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def read(one: Field, cell: str, declaration: Declaration, *, yuan: bool = False) -> Value:
    """The field's value that a cell holds; the declaration gives the year for short dates."""
    kind = one.spec.kind
    bare = markup.plain(cell)
    notes = _markup_notes(one, cell, bare)
    if kind is Kind.SUBJECTS:
        return Value(_literal_subjects(cell) if markup.is_literal(cell) else _subjects(bare.text), notes, bare.inside)
    if kind is Kind.CODED:
        return Value(
            _literal_coded(cell) if markup.is_literal(cell) else coded(one_line(bare.text)), notes, bare.inside
        )
    text = clean(bare.text)
    if kind is Kind.LONG:
        return Value(text if markup.is_literal(cell) else trimmed(text), notes, bare.inside)
    if kind in (Kind.TEXT, Kind.PHONE):
        return Value(one_line(text), notes, bare.inside)
    if kind is Kind.CHOICE:
        return Value(one_line(text) if markup.is_literal(cell) else _choice(one, one_line(text)), notes, bare.inside)
    found = _typed(one, one_line(text), declaration, yuan)
    return Value(found.value, (*notes, *found.notes), bare.inside)


def trimmed(text: str) -> str:
    """A narrative without blank lines at its ends and without spaces at the ends of its lines."""
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")


def _markup_notes(one: Field, cell: str, bare: markup.Plain) -> tuple[str, ...]:
    notes = []
    if bare.tags and not markup.is_literal(cell):
        notes.append(f"“{one.spec.label}”里去掉了网页标记 {'、'.join(f'<{tag}>' for tag in bare.tags)}，文字都保留")
    elif bare.tags:
        notes.append(f"“{one.spec.label}”里的 <p> 标记已改成分段")
    if bare.entities:
        notes.append(f"“{one.spec.label}”里的网页符号（如 &amp;）已改成文字")
    if gone := invisible(bare.text):
        notes.append(f"“{one.spec.label}”里去掉了 {gone}")
    return tuple(notes)


def invisible(text: str) -> str:
    """What cleaning would remove from a text, counted by code point; "" where nothing."""
    if clean(text) == text.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " "):
        return ""
    kept = set(clean(text)) | set("\r\n\t\v\f\u0085\u2028\u2029\u00a0")
    gone = [char for char in text if char not in kept]
    if not gone:
        return ""
    codes = "、".join(f"U+{ord(char):04X}" for char in sorted(set(gone))[:5])
    return f"{len(gone)} 个看不见的字符（{codes}）"


def _subjects(text: str) -> tuple[Coded, ...]:
    return tuple(coded(piece) for piece in split_subjects(one_line(text)))


def _literal_subjects(cell: str) -> tuple[Coded, ...]:
    return tuple(_coded_block(block) for block in markup.blocks(cell))


def _literal_coded(cell: str) -> Coded:
    return _coded_block(" ".join(markup.blocks(cell)))


def _coded_block(block: str) -> Coded:
    """[code]name in a literal block, where brackets that belong to the texts are entities; else by the usual reading."""
    match = re.fullmatch(r"\[([^\[\]]*)\](.*)", block, re.DOTALL)
    if match:
        return Coded(one_line(html.unescape(match[1])), one_line(html.unescape(match[2])))
    return Coded("", one_line(html.unescape(block)))


def _choice(one: Field, text: str) -> str:
    """The choice that a text means (经常性 → 经常性项目); the text as it is where it means none."""
    hits = [choice for choice in one.spec.choices if text and (text in choice or choice in text)]
    return hits[0] if len(hits) == 1 and len(text) >= 3 and len(text) <= len(hits[0]) else text


def _typed(one: Field, text: str, declaration: Declaration, yuan: bool) -> Value:
    if one.spec.kind is Kind.YEAR:
        digits = re.fullmatch(r"(-?\d{1,9})\s*(?:年度?)?", quantity.half_width(text).strip())
        return Value(int(digits[1]) if digits else None)
    if one.spec.kind is Kind.MONEY:
        return _money(one, text, yuan)
    if one.spec.kind is Kind.YES_NO:
        text = _ticked(text)
    if one.spec.kind is Kind.DATE:
        if day := serial_day(text):
            return Value(day, (f"“{one.spec.label}”写的是“{text}”，是表格软件里日期的序号，按 {shown(day)} 记下",))
        try:
            return Value(datetime.date.fromisoformat(text))
        except ValueError:
            text = re.sub(r"\s+\d{1,2}:\d{2}(?::\d{2})?$", "", text)
    found = answers.parse(one, text, declaration)
    if not isinstance(found, answers.Understood):
        return Value(None)
    rough = one.spec.kind is Kind.DATE and not _DAY.search(quantity.half_width(text))
    return Value(found.value, (f"“{one.spec.label}”写的是“{text}”，按 {shown(found.value)} 记下",) if rough else ())


_DAY = re.compile(r"\d{8}|\d+\D+\d+\D+\d+|日")


def _ticked(text: str) -> str:
    """是☑ 否□ and □是 √否 reduced to what is ticked."""
    tick = "[☑✓✔√■☒●◉]"
    for word in ("是", "否"):
        if re.search(rf"{tick}\s*{word}|{word}\s*{tick}", text):
            other = "否" if word == "是" else "是"
            if not re.search(rf"{tick}\s*{other}(?!\s*{tick})", text) or re.match(rf"\s*{word}\s*{tick}", text):
                return word
    return text


_AMOUNT = re.compile(r"(-?)(\d[\d,]*(?:\.\d+)?)\s*(万元|万|元)?")


def _money(one: Field, text: str, yuan: bool) -> Value:
    match = _AMOUNT.fullmatch(re.sub(r"[¥￥\s]", "", quantity.half_width(text)))
    if not match or len(match[2]) > 60:
        return Value(None)
    amount = Decimal(match[1] + match[2].replace(",", ""))
    if match[3] == "元" or (yuan and not match[3]):
        wan = Decimal(quantity.plain(amount / quantity.YUAN_PER_WAN))
        return Value(wan, (f"“{one.spec.label}”按元写的 {match[2]}，已换算成 {quantity.plain(wan)} 万元",))
    return Value(Decimal(quantity.plain(amount)))


# --- writing -------------------------------------------------------------------------------------------------------


def written(one: Field, value: Any, *, lines: bool = False) -> str:
    """The value as it stands on the form; guarded by `<p>` where the bare text would not read back the same.

    lines says that cells of the format may hold several lines.
    """
    bare = shown(value)
    if value is None or value == "" or value == ():
        return ""
    if (
        markup.is_bare(bare, lines=lines)
        and not looks_like_label(bare)
        and read(one, bare, Declaration()).value == value
    ):
        return bare
    if isinstance(value, Coded):
        return _guarded(value)
    if isinstance(value, tuple):
        return " ".join(_guarded(item) for item in value)
    return markup.guard(bare)


def _guarded(value: Coded) -> str:
    code, name = (_no_brackets(html.escape(text, quote=False)) for text in (value.code, value.name))
    return f"<p>[{code}]{name}</p>" if code else f"<p>{name}</p>"


def _no_brackets(text: str) -> str:
    return text.replace("[", "&#91;").replace("]", "&#93;")
