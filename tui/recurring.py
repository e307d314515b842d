"""What recurs from record to record (沿用): the unit's last record gives the answers that a new one begins with."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from domain.changes import Record
from domain.fields import FieldPath
from domain.model import Declaration, is_empty, spec_at


class Recurring:
    """The unit's last record, read when it is first needed."""

    def __init__(self, latest: Callable[[], Record | None]) -> None:
        self._latest = latest
        self._record: Record | None = None
        self._is_read = False

    def default(self, path: FieldPath, here: Declaration) -> Any:
        """What a recurring field held on the last record, dates moved to this record's year; None if nothing."""
        if not spec_at(path).recurring or (last := self._last()) is None:
            return None
        value = last.declaration.get(path)
        if isinstance(value, datetime.date):
            return _moved(value, last.declaration, here)
        return None if is_empty(value) else value

    def _last(self) -> Record | None:
        if not self._is_read:
            self._record, self._is_read = self._latest(), True
        return self._record


def _moved(day: datetime.date, there: Declaration, here: Declaration) -> datetime.date | None:
    if there.project.year is None or here.project.year is None:
        return day
    for number in (day.day, 28):  # 29 February in a year without one
        with suppress(ValueError, OverflowError):
            return day.replace(year=day.year + here.project.year - there.project.year, day=number)
    return None
