"""A form as plain JSON data (表单的 JSON 形式), so that an exercise carries all it needs: dates and money as text."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from domain.model import Declaration
from domain.quantity import plain
from domain.records.codec import to_document


def json_form(declaration: Declaration) -> dict[str, Any]:
    """The record's document with dates as ISO text and money as decimal text; `codec.from_document` reads it back."""
    document: dict[str, Any] = _plain(to_document(declaration))
    return document


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, datetime.date) else value
