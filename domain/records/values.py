"""A field's value out of TOML or JSON data (读值), None for what is none; what a person plainly means is taken as meant. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from domain.fields import Kind
from domain.project import Coded
from domain.quantity import plain
from domain.text import clean, one_line

MAX_DIGITS = 20
"""Digits of a number that is taken for a text written without quotes."""


def _text_of(raw: Any) -> str | None:
    """A text, or what a person wrote without the quotes that it needs: phone = 5970000."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw) if abs(raw) < 10**MAX_DIGITS else None
    if isinstance(raw, Decimal):
        return plain(raw) if raw.is_finite() and abs(raw.adjusted()) < MAX_DIGITS else None
    if isinstance(raw, datetime.date) and not isinstance(raw, datetime.datetime):
        return raw.isoformat()
    return raw if isinstance(raw, str) else None


def _read_text(raw: Any) -> str | None:
    text = _text_of(raw)
    return None if text is None else clean(text)


def read_line(raw: Any) -> str | None:
    """A text of one line."""
    text = _text_of(raw)
    return None if text is None else one_line(text)


def _read_bool(raw: Any) -> bool | None:
    return raw if isinstance(raw, bool) else None


def _read_int(raw: Any) -> int | None:
    if isinstance(raw, str) and re.fullmatch("[0-9]{4}", raw):
        return int(raw)
    return raw if isinstance(raw, int) and not isinstance(raw, bool) else None


def _read_date(raw: Any) -> datetime.date | None:
    if isinstance(raw, str):
        try:
            return datetime.date.fromisoformat(raw)
        except ValueError:
            return None
    if isinstance(raw, datetime.datetime):
        return raw.date() if raw.time() == datetime.time() else None
    return raw if isinstance(raw, datetime.date) else None


def _read_money(raw: Any) -> Decimal | None:
    if isinstance(raw, str) and re.fullmatch(r"-?[0-9]{1,16}(\.[0-9]{1,20})?", raw):
        raw = Decimal(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = Decimal(raw)
    if not isinstance(raw, Decimal) or not raw.is_finite() or abs(raw.adjusted()) > 15:
        return None
    text = plain(raw)
    if len(text.partition(".")[2]) > 20:
        return None
    return raw if text == str(raw) and raw else Decimal(text if raw else 0)


def _read_coded(raw: Any) -> Coded | None:
    if not isinstance(raw, Mapping) or set(raw) - {"code", "name"}:
        return None
    code, name = raw.get("code", ""), raw.get("name", "")
    return Coded(one_line(code), one_line(name)) if isinstance(code, str) and isinstance(name, str) else None


def _read_subjects(raw: Any) -> tuple[Coded, ...] | None:
    if not isinstance(raw, list):
        return None
    found = [_read_coded(item) for item in raw]
    return tuple(item for item in found if item is not None) if None not in found else None


READERS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.YEAR: _read_int,
    Kind.TEXT: read_line,
    Kind.LONG: _read_text,
    Kind.CHOICE: read_line,
    Kind.CODED: _read_coded,
    Kind.SUBJECTS: _read_subjects,
    Kind.YES_NO: _read_bool,
    Kind.DATE: _read_date,
    Kind.MONEY: _read_money,
    Kind.PHONE: read_line,
}
EXPECTED: Mapping[Kind, str] = {
    Kind.YEAR: "四位整数年份",
    Kind.TEXT: "文字",
    Kind.LONG: "文字",
    Kind.CHOICE: "文字",
    Kind.CODED: '{ code = "…", name = "…" }',
    Kind.SUBJECTS: '{ code = "…", name = "…" } 的列表',
    Kind.YES_NO: "true 或 false",
    Kind.DATE: "日期，如 2020-01-01",
    Kind.MONEY: "数字（万元）",
    Kind.PHONE: "文字",
}
