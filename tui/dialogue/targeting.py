"""What is typed for a target (目标值的简写): the default, an option by its number, a number or a date without the rest of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from domain import quantity
from domain.model import Indicator
from suggest.types import TargetOption

_WHOLE = re.compile(r"([><]=?|=)\d+(?:\.\d+)?(\D+)")
_SHORT = re.compile(r"([><]=?|=)?(\d+(?:\.\d+)?)")
_DAY = re.compile(r"(?:(\d{4})[-/])?(0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])")


class Shape(NamedTuple):
    """How targets of an indicator are written: operator and unit of a number, "" where none is known; whether it is a deadline."""

    operator: str = ""
    unit: str = ""
    dated: bool = False

    @property
    def hint(self) -> str:
        """What may be left out, for the question; "" for nothing."""
        number = f"只写数，就记作 {self.operator}…{self.unit}。" if self.unit else ""
        return number + ("只写 9-15，就记作 9月15日前。" if self.dated else "")

    def whole(self, text: str) -> str:
        """A target with what was left out of it: 12 or =12 → =12台, 9-15 → 9月15日前; anything else as it is."""
        line = quantity.half_width(text).strip()
        if self.unit and (short := _SHORT.fullmatch(line)):
            return f"{short[1] or self.operator}{short[2]}{self.unit}"
        if self.dated and (day := _DAY.fullmatch(line)):
            return f"{f'{day[1]}年' if day[1] else ''}{int(day[2])}月{int(day[3])}日前"
        return text


def shape_of(texts: Iterable[str]) -> Shape:
    """How these targets are written: a number as in the first that has operator and unit."""
    known = list(texts)
    match = next((match for text in known if (match := _WHOLE.fullmatch(text))), None)
    dated = any(text.endswith(("日前", "底前")) for text in known)
    return Shape(match[1], match[2], dated) if match else Shape(dated=dated)


def shape_for(row: Indicator, options: Sequence[TargetOption], rows: Iterable[Indicator]) -> Shape:
    """How the target of a row is written: as its options are, else as that of the last row of its slot whose name ends alike."""
    shape = shape_of(option.text for option in options)
    if shape.unit:
        return shape
    alike = [one.target for one in rows if one.target and one.name[-2:] == row.name[-2:] and one.slot == row.slot]
    return shape_of(alike[-1:])._replace(dated=shape.dated)


def default_of(row: Indicator, options: Sequence[TargetOption]) -> TargetOption | None:
    """The target that a bare Enter takes for a row that has none."""
    return options[0] if options and not row.target and not options[0].weak else None


def meant(row: Indicator, options: Sequence[TargetOption], shape: Shape, text: str) -> str:
    """The target that an answer stands for."""
    line = quantity.half_width(text).strip()
    if not line:
        default = default_of(row, options)
        return default.text if default else text
    if line.isdecimal() and len(line) < 3 and 1 <= int(line) <= len(options):
        return options[int(line) - 1].text
    return shape.whole(text)
