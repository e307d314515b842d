"""Rates and shares of a text (率): what is rated, over the words between name and number, and by how much things change.

合格率由85%提高到98% → 98% of 合格率; 办结率较上年提升5个百分点 → 5个百分点 of 办结率提升幅度; 产值增长8% → 8% of 产值增长率.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from domain.patterns import HAN, later
from suggest.nounphrase import RATE_ENDINGS
from suggest.numerals import NUMBER

POINTS = "个百分点"
_RATE = later(rf"(?<![\d.])(?P<n>{NUMBER})\s*(?P<u>[%％‰]|{POINTS})")
_WAYS = {
    "提升": "提高|提升|上升|提|升",
    "增长": "增长|增加|扩大|增",
    "下降": "下降|降低|压降|压减|减少|降",
    "缩短": "缩短|压缩",
    "节约": "节约|节省|节支",
}
"""The word that names a change, and the words that tell it."""
_WAY_OF = {word: way for way, words in _WAYS.items() for word in words.split("|")}
_WAY = "|".join(sorted(_WAY_OF, key=len, reverse=True))
_COMPARED = r"(?:[较比]|同比|环比)(?:(?:上一?学?年度?|去年)(?:同期)?|同期|往年|以往|20\d{2}年|实施前|改造前)?"
_TOLD = (
    "达到|达|保持|维持|稳定|控制|实现|完成|突破|超过|力争|争取|确保|至少|不(?:低于|少于|小于|超过|高于|大于|多于)|高于|低于|大于|小于|"
    "平均|总体|逐步|进一步|基本|全部|分别|预计|仅|均|都|要|应|须|需|能|可|将|再|约|为|是|[≥≤><＞＜=＝]"
)
_BETWEEN = later(rf"(?:(?>{_COMPARED}|{_TOLD}|(?P<way>{_WAY}))了?+(?P<to>[到至为在于]?+)|以{HAN}{{1,6}}为单位|\s)++$")
"""The words between a name and its number; no step is taken back, so that no text makes it slow."""
_VERB_FIRST = later(rf"^(?:{'|'.join(word for word in _WAY_OF if len(word) > 1)})")
_FROM = ("由", "从")
_SHARE = "占比"
_TIME = later(r"^(?:上年度?|去年|今年|本年度?|目前|现有|全年)")
_BEFORE_NOW = later(r"目前|现状|现有|原有|上年|去年")
_APART = later(r"[。；;\n]|率|满意度|知晓度|占比|比例")
"""Between two rates of which the second is another matter: 接种率达到90%，差错率降到1%."""
_REACH = 30
"""Characters before a number in which its words are looked for."""


class Rate(NamedTuple):
    """A rate as found at [start, end): its number and unit, what it is of, and the way it moves (提升, 下降), "" where it does not."""

    number: Decimal
    unit: str
    noun: str
    way: str
    start: int
    end: int
    thing: str
    """What changes, where the noun names the change of it."""
    is_change: bool


def rates(plain: str, noun_before: Callable[[int], str]) -> Iterator[Rate]:
    """The rates of a half-width text; one from which another is reached (由85%) is left out. noun_before names what ends at a place."""
    if not any(sign in plain for sign in ("%", "％", "‰", POINTS)):
        return
    last: Rate | None = None
    for match in _RATE.finditer(plain):
        one = _rate(plain, match, noun_before)
        if last is not None and not one.thing and not _APART.search(plain, last.end, one.start):
            one = _named(one, last.thing)
        if last is not None and not _is_left(plain, last, one):
            yield last
        last = one
    if last is not None:
        yield last


def _rate(plain: str, match: re.Match[str], noun_before: Callable[[int], str]) -> Rate:
    start = match.start()
    between = _BETWEEN.search(plain, max(0, start - _REACH), start)
    way = _WAY_OF[between["way"]] if between and between["way"] else ""
    at = between.start() if between else start
    noun = _noun(plain, at - (plain[at - 1 : at] in _FROM), noun_before)
    if not way and (verb := _VERB_FIRST.match(noun)) and not noun.endswith(RATE_ENDINGS):
        way, noun = _WAY_OF[verb[0]], noun[verb.end() :]
    is_change = match["u"] == POINTS or bool(way and not (between and between["to"]))
    unit = "%" if match["u"] == "％" else match["u"]
    one = Rate(Decimal(match["n"].replace(",", "")), unit, "", way, start, match.end(), "", is_change)
    return _named(one, noun)


def _noun(plain: str, at: int, noun_before: Callable[[int], str]) -> str:
    """The noun that ends at a place, without the time it is of; 占比 belongs to what it follows."""
    share = _SHARE if plain.endswith(_SHARE, 0, at) else ""
    noun = _TIME.sub("", noun_before(at - len(share)))
    return noun and noun + share


def _named(one: Rate, thing: str) -> Rate:
    """The rate of this thing, named after the change where the number only tells how far it moves."""
    if not thing or not one.is_change:
        return one._replace(thing=thing, noun=thing)
    ending = "幅度" if one.unit == POINTS or thing.endswith(RATE_ENDINGS) else "率"
    way = "提升" if one.way == "增长" and ending == "幅度" else one.way
    return one._replace(thing=thing, noun=f"{thing}{way}{ending}" if way else "")


def _is_left(plain: str, first: Rate, second: Rate) -> bool:
    """Whether the first rate is where the second one starts from: 由85%提高到98%; 目前为85%，今年达到95%."""
    if first.is_change or second.is_change or second.thing != first.thing or not second.thing:
        return False
    if second.way:
        return True
    reach = max(0, first.start - _REACH)
    sentence = max(plain.rfind(sign, reach, first.start) for sign in "。；;\n") + 1
    return _BEFORE_NOW.search(plain, max(reach, sentence), first.start) is not None
