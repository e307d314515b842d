"""A form as plain JSON data (表单的 JSON 形式): the keys of the TOML record, dates in ISO form, amounts as decimal text."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from domain.model import Declaration
from domain.quantity import plain
from domain.records.codec import to_document


def json_form(declaration: Declaration) -> dict[str, Any]:
    """The form as JSON data; `codec.from_document` reads it back."""
    document: dict[str, Any] = json_value(to_document(declaration))
    return document


def json_value(value: Any) -> Any:
    """A value of a record's document as JSON data; what JSON has no form for becomes text."""
    if isinstance(value, dict):
        return {key: json_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_value(item) for item in value]
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, int, float)) else str(value)
