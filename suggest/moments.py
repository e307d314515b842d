"""Time and documents in a text: dates, periods, frequencies and limits; 《titles》 and 文号 such as 鲁政发〔2019〕3号."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from domain.patterns import HAN, later
from suggest.numerals import CHINESE
from suggest.stretches import Stretches

_YEAR = r"(?:19|20)\d{2}"
_BEFORE = r"(?:之前|以前|前|底前|底|末前|末|初)?"
DATE = later(
    rf"(?P<y>{_YEAR})\s*(?:年|[-./])\s*(?P<m>1[0-2]|0?[1-9])\s*(?:月(?:份)?|[-./](?=\d{{1,2}})|(?![\d元万%]))\s*"
    rf"(?P<d>(?:3[01]|[12]\d|0?[1-9])(?!\d)(?=日|号|$|[^\d个.年月%]))?\s*[日号]?{_BEFORE}"
    rf"|(?P<m2>1[0-2]|0?[1-9])\s*月\s*(?:(?P<d2>3[01]|[12]\d|0?[1-9])\s*[日号])?{_BEFORE}(?!\d)"
    rf"|(?:十[一二]?|[一二三四五六七八九])月(?:底前|底|末前|末|初|前)"
    rf"|(?P<y3>{_YEAR})年(?:底前|底|末前|末|内)"
)
PERIOD = later(
    r"每(?:半年|季度|个季度|个月|个工作日|工作日|学期|小时|年|季|月|旬|周|天|日)(?:末|初|底)?(?:\d{1,2}[日号]前)?|"
    r"按(?:年|季度|季|月|周|日|学期)(?=[^份度的]|$)|逐月|逐日|每年(?:底|初)?|"
    r"(?:上半年|下半年|年底前|年底|年末前|年末|年内|当年|全年|全年度|第?[一二三四1-4]季度(?:末|底)?前?|季度末|月末|月底前|月底)|"
    rf"(?:\d+|{CHINESE})\s*(?:个)?(?:工作日|自然日|小时|分钟|天|日|月|年)(?:之内|以内|内)|"
    r"(?:为期|服务期|服务周期|工期|周期|期限|合同期)[^\d,，。；]{0,4}\d+\s*(?:个月|年|天|日)"
)
_TIMELY = later(r"\d|[年季月周日期内逐]")
"""Without any of these a text holds neither date nor period."""
_NUMBER = r"[〔\[(【（]\s*(?P<year>\d{4})\s*[〕\])】）]\s*(?:第)?\s*\d+\s*[号次]"
_ISSUER = rf"{HAN}{{0,12}}?"
_NUMBER_TOO = _NUMBER.replace("<year>", "<year2>")
TITLE = later(
    rf"《(?P<title>[^《》]{{2,80}})》(?:\s*[（(]\s*(?P<no>{_ISSUER}{_NUMBER})\s*[)）]|\s*(?P<no2>{_ISSUER}{_NUMBER_TOO}))?"
)
NUMBER_ONLY = later(rf"(?P<no>{HAN}{{1,12}}{_NUMBER})")
MINUTES = later(rf"(?:{HAN}{{0,8}})?(?P<year>\d{{4}})年(?:第)?\s*\d+\s*次{HAN}{{0,6}}(?:会议)?纪要")


def moments(text: str) -> Iterator[tuple[int, int, datetime.date | None]]:
    """(start, end, day) of every date, period and limit in a half-width text, in order, none within another."""
    taken = [
        (match.start(), match.start() + len(match[0].rstrip()), _day(match))
        for match in (DATE.finditer(text) if _TIMELY.search(text) else ())
        if not _is_part_of_a_number(text, match)
    ]
    dates = Stretches((start, end) for start, end, _ in taken)
    taken += [
        (match.start(), match.end(), None)
        for match in (PERIOD.finditer(text) if _TIMELY.search(text) else ())
        if not dates.meet(match.start(), match.end())
    ]
    yield from sorted(taken, key=lambda item: item[0])


def _is_part_of_a_number(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 1) : match.start()]
    return before.isdigit() or before == "." or (before == "第" and bool(match["m2"]))


def _day(match: re.Match[str]) -> datetime.date | None:
    if match["y"] and match["m"] and match["d"]:
        try:
            return datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            return None
    return None


def documents(text: str) -> Iterator[tuple[int, int, str, int | None]]:
    """(start, end, title, year) of every document cited, in order; a bare 文号 is its own title."""
    found: list[tuple[int, int, str, int | None]] = []
    for match in TITLE.finditer(text) if "《" in text else ():
        year = match["year"] or match["year2"]
        inner = re.search(_YEAR, match["title"])
        told = year or (inner[0] if inner else "")
        found.append((match.start(), match.end(), match["title"], int(told) if told else None))
    for pattern, signs in ((NUMBER_ONLY, ("号", "次")), (MINUTES, ("纪要",))):
        for match in pattern.finditer(text) if any(sign in text for sign in signs) else ():
            if not any(start < match.end() and match.start() < end for start, end, _, _ in found):
                title = re.sub(r"^(?:根据|依据|按照|按|和|及|与|见)", "", match[0])
                found.append((match.end() - len(title), match.end(), title, int(match["year"])))
    yield from sorted(found, key=lambda item: item[0])
