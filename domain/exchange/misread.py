"""What people, recognition (OCR) and spreadsheets do to a row of the table.

— for nothing, O for 0, >一 for ≥, a date as its serial number, the unit in brackets behind the name.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from domain.exchange.oddities import OddityKind
from domain.quantity import parse_target

_NOTHING = re.compile(r"[-—–―/／\\…]+|\.{3,}")
_NO_ROW = re.compile(rf"无|{_NOTHING.pattern}")
"""Signs for nothing: — stands for a target too, 无 only for a whole row, as it may be the target of a name."""
_ZEROS = re.compile(r"(?<=\d)[Oo]+(?![A-Za-z])|(?<![A-Za-z])[Oo](?=\.\d)")
_ONE = re.compile(r"(?<![A-Za-z])[lI](?=\d)")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_SIGN = re.compile(r"^\s*([<>＜＞])\s*[一—]\s*(?=\d)")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_FIRST_DAY, _FIRST, _LAST = datetime.date(1899, 12, 30), 36526, 54788
"""The day that a spreadsheet counts from, and the serial numbers of the years 2000 to 2049."""
_DATED = re.compile(r"(?:时间|日期|时限|期限|时点)$")
_BRACKETED = re.compile(r"(.*\S)\s*[（(]\s*([^（）()\s]{1,5})\s*[）)]")
_UNIT = re.compile(
    r"[%％‰]|(?:[万千百]?(?:元|人次|人|户次|户|平方米|米|公里|吨|亩|公顷|株|册|件))|名|位|个|项|部|台|套|条|次|场次?|期|批|起|处|所|座|家|"
    r"辆|份|间|张|盏|棵|只|头|篇|课时|学时|小时|分钟|工作日|天|月|年|㎡|km|m2"
)


@dataclass(frozen=True, slots=True)
class Mended:
    """A row's name and target as meant, and what was put right: the kind of oddity with its sentence, in the order of doing."""

    name: str
    target: str
    said: tuple[tuple[OddityKind, str], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written but a sign for nothing."""
        return bool(self.said) and not (self.name or self.target)


def serial_day(text: str) -> datetime.date | None:
    """The day that a spreadsheet's serial number stands for, where it is one of the years 2000 to 2049."""
    if not _SERIAL.fullmatch(text.strip()):
        return None
    number = int(text.strip()[:5])
    return _FIRST_DAY + datetime.timedelta(days=number) if _FIRST <= number <= _LAST else None


def mended(name: str, target: str, *, unit_apart: bool = False) -> Mended:
    """The row as it was meant; what is put right on a guess is said as uncertain. unit_apart: units have a column of their own."""
    said: list[tuple[OddityKind, str]] = []
    written = [cell for cell in (name, target) if cell]
    if written and all(map(_NO_ROW.fullmatch, written)):
        return Mended("", "", ((OddityKind.CONVERTED, f"“{written[0]}”表示没有指标，当作空行"),))
    if name and _NOTHING.fullmatch(target):
        return Mended(name, "", ((OddityKind.CONVERTED, f"“{name}”的目标值写的是“{target}”，当作没有填"),))
    read = _ONE.sub("1", _ZEROS.sub(lambda found: "0" * len(found[0]), target))
    read = _SIGN.sub(r"\1=", _THOUSANDS.sub(",", read))
    if read != target:
        said.append((OddityKind.UNCERTAIN, f"“{target}”像是认错了字，按“{read}”记下，请核对"))
    if _DATED.search(name) and (day := serial_day(read)):
        dated = f"{day.year}年{day.month}月{day.day}日"
        said.append((OddityKind.UNCERTAIN, f"“{read}”像是表格软件里日期的序号，按“{dated}”记下，请核对"))
        return Mended(name, dated, tuple(said))
    found = _BRACKETED.fullmatch(name)
    bare = parse_target(read)
    if (
        not unit_apart
        and found
        and _UNIT.fullmatch(found[2])
        and bare.is_number
        and not bare.unit
        and read[-1:].isdigit()
    ):
        said.append((OddityKind.CONVERTED, f"“{name}”括号里的单位已移到目标值后面"))
        return Mended(found[1], f"{read}{found[2]}", tuple(said))
    return Mended(name, read, tuple(said))
