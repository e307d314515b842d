"""相关性 (relevance) of numbers: what the text counts, the table counts, and the year's goal must have a number at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from random import Random

from domain.case import Case, Row
from domain.model import Declaration
from domain.quantity import plain
from domain.reading import Quantity
from domain.review import Hit, Point, Rule, Severity, Trust, at_field, at_row
from domain.rules import making
from domain.rules.phrases import is_blank, is_quantified
from domain.rules.relevance_names import names_money
from domain.rules.relevance_texts import LOOSE_GOAL, tasks, untied

# --- R41: the text's counts in the table -----------------------------------------------------------------------------

_NO_COUNT = re.compile(r"年|月|日|天|周|小时|分钟|秒|届|级|维|岁|学时|课时|度|层|厘米|毫米|[A-Za-z]")
"""Units that measure time, rank or the make of a thing, not how many of it there are."""
_PLACE = re.compile(r"乡镇|街道|县区|区县|县市")
"""Where the work is done, which no indicator has to count."""
_GENERIC_UNITS = frozenset("个 人 名 位 户 家 处 次 项 件 份 人次 种 类 批".split())
"""Units that count anything, so that two numbers with one of them need not speak of the same thing."""


def counted(row: Row) -> tuple[Decimal, str]:
    """A target's number and unit, 万 worked out: >=2万人次 → 20000, 人次."""
    value, unit = row.target.number or Decimal(0), row.target.unit
    if unit.startswith("万") and not unit.startswith("万元"):
        return value * 10000, unit[1:]
    return value, re.split(r"[/（(]", unit)[0]


def counts(rows: Iterable[Row]) -> list[Row]:
    """The rows whose targets count something."""
    return [row for row in rows if row.target.is_number and not row.target.is_rate]


def countable(one: Quantity) -> bool:
    """Whether a quantity says how many of something there are, and not how long, how high or of which make."""
    return not _NO_COUNT.search(one.unit)


def quantities(case: Case) -> list[Quantity]:
    """What the scope counts: more than one of something, each number once."""
    seen: dict[tuple[Decimal, str], Quantity] = {}
    for one in case.read(case.scope).quantities:
        if one.number > 1 and countable(one):
            seen.setdefault((one.number, one.unit), one)
    return list(seen.values())


_SHOWN_BEFORE = 16
"""Characters before a count that a message shows, so that it does not begin within a word."""


def in_words(text: str, one: Quantity, *, before: int = 8) -> str:
    """The count with the words beside it, as the text has it: 143个村居, 管理终端468部."""
    if one.noun and text.startswith(one.noun, one.span.end):
        return f"{one.span.text}{one.noun}"
    words = re.split(r"[，。；：、\s]", text[max(0, one.span.start - before) : one.span.start])[-1]
    return f"{words}{one.span.text}"


def explained(quantity: Quantity, others: list[Quantity], rows: list[Row]) -> bool:
    """Whether a sum explains the difference: 193人 in the table for 43名 and 150名 in the text, or the other way round."""
    values = [counted(row) for row in rows]
    same = [value for value, unit in values if unit == quantity.unit]
    if len(same) > 1 and sum(same) == quantity.number:
        return True
    parts = [one.number for one in others if one.unit == quantity.unit]
    if len(parts) > 1 and any(sum(one for one in parts if one != value) == value for value, _ in values):
        return True
    known = {value for value, _ in values}
    return any(quantity.number * one.number in known for one in others if one is not quantity)


def _may_be_sum(row: Row, found: list[Quantity]) -> bool:
    """Whether the target may well be a sum of some of the text's counts, though we do not know of which."""
    value, unit = counted(row)
    parts = [one.number for one in found if one.unit == unit]
    return len(parts) > 1 and max(parts) < value <= sum(parts)


def rival(case: Case, quantity: Quantity, rows: list[Row], said: set[Decimal]) -> Row | None:
    """An indicator that counts the same kind of thing by a number that the text does not have.

    The same unit is not enough, a room and a lawn both have 平方米: the names must share a word, or the indicator be named
    after money (通资费数量=43部), so that only the unit says what it counts.
    """
    said_of = case.content(f"{quantity.noun}{in_words(case.scope, quantity)}")
    for row in rows:
        value, unit = counted(row)
        if unit != quantity.unit or value in said or value <= 1:
            continue
        if said_of & case.content(row.name) or (unit not in _GENERIC_UNITS and names_money(row.name)):
            return row
    return None


def _text_counts(case: Case) -> Iterator[Hit]:
    rows, found = counts(case.by_role("output.quantity")), quantities(case)
    if not rows or not found:
        return
    known = {counted(row)[0] for row in counts(case.by_role("output.", "effect."))}
    said = {one.number for one in found}
    missing = [one for one in found if one.number not in known and not explained(one, found, rows)]
    if not missing:
        return
    matched = len(missing) < len(found)
    if matched:
        missing = [
            one for one in missing if not _PLACE.search(in_words(case.scope, one)) or rival(case, one, rows, said)
        ]
        if not missing:
            return
    rivals = list(dict.fromkeys(row for one in missing if (row := rival(case, one, rows, said))))
    conflict = bool(rivals) and not all(_may_be_sum(row, found) for row in rivals)
    weights = {(False, True): Severity.ERROR, (False, False): Severity.WARNING, (True, True): Severity.WARNING}
    shown = "、".join(f"“{in_words(case.scope, one, before=_SHOWN_BEFORE)}”" for one in missing[:3])
    table = "、".join(row.shown for row in (rivals or rows)[:3])
    yield at_field(
        "narrative",
        "overview",
        f"概况的内容、范围里写{shown}，数量指标里没有这个数，写的是{table}。",
        severity=weights.get((matched, conflict), Severity.INFO),
        also=tuple(row.where("target") for row in (rivals or rows)[:3]),
    )


def _other_count(case: Case, rng: Random) -> Declaration | None:
    """One number of the scope changed to a number that nothing else has."""
    for one in quantities(case):
        row = next(
            (row for row in counts(case.by_role("output.quantity")) if counted(row) == (one.number, one.unit)), None
        )
        if row and one.unit not in _GENERIC_UNITS:
            text, odd = case.declaration.narrative.overview, plain(one.number * 3 + 11)
            changed = re.sub(rf"(?<![\d.]){re.escape(plain(one.number))}(?![\d.])", odd, text)
            return making.narrative(case.declaration, overview=changed) if changed != text else None
    return None


# --- R42: the table's counts in the text -----------------------------------------------------------------------------

_NUMBER = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(万|千|百)?(?![\d.]|[、．])")
_TIMES = {"万": 10000, "千": 1000, "百": 100}
_RHYTHM = {
    12: re.compile(r"每月|按月|逐月|月度|各月"),
    4: re.compile(r"季度|每季|按季"),
    2: re.compile(r"半年"),
    24: re.compile(r"每半月|每月两次|24小时"),
    52: re.compile(r"每周|按周"),
    365: re.compile(r"每天|每日|全年|全天"),
    360: re.compile(r"每天|每日|全年"),
    250: re.compile(r"工作日"),
}
"""Counts that a rhythm in the text amounts to: 12 visits where the text says every month."""


def said_numbers(case: Case) -> set[Decimal]:
    """Every number of the texts and of the project's name, 0.32万 as 3200 too."""
    text = case.declaration.project.name + "\n" + case.text()
    found = set()
    for digits, times in _NUMBER.findall(text):
        value = Decimal(digits.replace(",", ""))
        found |= {value, value * _TIMES.get(times, 1)}
    for name in case.texts:
        found |= {one.number for one in case.reading(name).quantities}
    return found


def said_in_text(case: Case, row: Row, numbers: set[Decimal]) -> bool:
    """Whether the texts account for a target: by the number itself, a rhythm, a sum or a product."""
    value, unit = counted(row)
    if value <= 1 or {value, row.target.number} & numbers:
        return True
    rhythm = _RHYTHM.get(int(value)) if value == int(value) else None
    if rhythm and rhythm.search(case.text()):
        return True
    counts = [one for name in case.texts for one in case.reading(name).quantities][:20]
    same = {(one.number, one.span.text) for one in counts if one.unit == unit}
    if len(same) > 1 and sum(one for one, _ in same) == value:
        return True
    if any(value == one.number + other.number for one, other in combinations(counts, 2)):
        return True
    return any(1 < one < value and value % one == 0 and value / one in numbers for one in numbers)


def _table_counts(case: Case) -> Iterator[Hit]:
    if not case.texts["overview"]:
        return
    numbers = said_numbers(case)
    for row in counts(case.by_role("output.quantity")):
        if not said_in_text(case, row, numbers):
            shown = plain(row.target.number or Decimal(0))
            yield at_row(row, f"{row.shown}的“{shown}”在概况、计划、目标和测算里都找不到出处。", "target")


def _other_target(case: Case, rng: Random) -> Declaration | None:
    chosen = making.pick(rng, [row for row in counts(case.by_role("output.quantity")) if row.target.unit])
    if chosen is None:
        return None
    odd = plain((chosen.target.number or Decimal(1)) * 7 + 13)
    return making.row(case.declaration, chosen.index, target=f"={odd}{chosen.target.unit}")


# --- R44: a number in the year's goal --------------------------------------------------------------------------------

_FIGURE = re.compile(
    r"\d(?:\.\d+)?\s*(?:[%％‰]|[部条个台套人次户家处辆件份项场名座亩吨米公平万元天小分期批只头株盏路])"
)
_LIMIT = re.compile(r"小时|工作日|天内|日内|分钟")
_IN_WORDS = re.compile(
    r"百分之[一二三四五六七八九十]|(?<!第)[二两三四五六七八九十百](?:个(?!月|维护|确立|层面|方面)|次(?!性)|[场座条部台套户家处辆名件份栋亩期批所])"
    r"|一(?:次(?!性)|[场座台套栋所期批])|每[年月周日天季]度?[^，。；]{0,6}次"
)
"""Figures that are written in words: 三个街道, 每月巡查一次."""
_DEADLINE = re.compile(
    r"(?:\d{1,2}月(?:\d{1,2}日)?|年|季度|月)(?:底|末|中旬|下旬)?(?:之?前|以?内)[^，。；]{0,12}(?:完成|建成|到位|验收|投[入用]|发放|拨付|支付)"
)
"""A time by which something is done can be checked like a number: 10月底前完成改造."""


def has_figure(case: Case, text: str) -> bool:
    """Whether a text says how many, how much or how fast; years, document and telephone numbers are none of these."""
    reading = case.read(text)
    if reading.rates or reading.quantities or reading.amounts or reading.prices or reading.sums:
        return True
    if any(_LIMIT.search(one.span.text) for one in reading.moments):
        return True
    if _IN_WORDS.search(text) or _DEADLINE.search(text):
        return True
    return case.reader is None and _FIGURE.search(text) is not None


def _annual_number(case: Case) -> Iterator[Hit]:
    text = case.texts["annual_goal"]
    if not text or is_blank(text) or has_figure(case, text):
        return
    numeric = [row for row in case.by_role("output.", "effect.", "impact.") if is_quantified(row.target)]
    loose = untied(case, tasks(text), numeric, by_name=True)
    if not loose and numeric:
        return
    shown = "、".join(f"“{one}”" for one in loose[:2])
    tail = f"，其中{shown}也没有带数的指标对应" if shown else ""
    yield at_field("narrative", "annual_goal", f"年度绩效目标里一个数也没有{tail}。", cause=LOOSE_GOAL)


def _wordy_goal(case: Case, rng: Random) -> Declaration:
    return making.narrative(case.declaration, annual_goal="围绕年度部署，扎实做好舆情引导和宣讲阐释，营造良好氛围。")


RULES = (
    Rule(
        "R41",
        Point.SOUND,
        Severity.ERROR,
        "概况里的数量在数量指标里找得到",
        "申报检查工具的语义检查：正文数量与指标一致",
        Trust.PUBLISHED,
        "明年自评时正文一个数、指标一个数，要重新解释口径，可能按未完成扣分。",
        "改成同一个数；两个数都对的，写清怎么拆（如147条＝143个村居＋4条专线）。",
        "范围写“终端468部”，数量指标是“=43部”“=150部”",
        "范围写“43名网格长、150名信息员”，数量指标是“=43部”“=150人”",
        _text_counts,
        _other_count,
    ),
    Rule(
        "R42",
        Point.SOUND,
        Severity.WARNING,
        "数量指标的数在正文或测算里有出处",
        "正文、指标、资金三条数据链互相印证",
        Trust.PROPOSED,
        "没有出处的数，明年说不清是怎么定的，完成了也难认。",
        "在项目范围或测算里写出这个数。",
        "租用光纤数=147条，正文里没有147",
        "范围里写明“租用线路147条，其中村居143条、专线4条”",
        _table_counts,
        _other_target,
    ),
    Rule(
        "R44",
        Point.SOUND,
        Severity.ERROR,
        "年度绩效目标里有数字",
        "财预〔2015〕88号：目标应当细化量化",
        Trust.REFERENCE,
        "没有数的目标没法考核，明年自评写不出“完成了多少”。",
        "把主要的数量、时限和满意度写进来，每句话对应一条指标。",
        "围绕全区部署开展信息化管理工作。",
        "2020年租用线路147条，可用率不低于99.5%，群众满意度90%以上。",
        _annual_number,
        _wordy_goal,
    ),
)
