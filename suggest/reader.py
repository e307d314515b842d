"""Reading a text (文本读数): implements domain.reading.Reader with word segmentation for the nouns around a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from domain.fields import FieldPath
from domain.patterns import HAN, later
from domain.reading import Amount, Document, Moment, Quantity, Reading, Span, Sum, UnitPrice
from suggest import moments, money
from suggest.nounphrase import NounPhrases, is_place
from suggest.numerals import CHINESE, MEASURE, NUMBER, arabic, chinese, half
from suggest.rates import rates
from suggest.segment import Segment, load_segment
from suggest.stretches import Stretches

_ABOUT = r"(?:余|多|来|几)?"
COUNT = later(
    rf"(?<![第〔\[#])(?:(?<![\d.A-Za-z])(?P<n>{NUMBER})\s*(?P<x>百万|千万|十万|万|亿|千(?![米克瓦])|百)?{_ABOUT}|(?P<h>{CHINESE}){_ABOUT})\s*"
    rf"(?P<u>{MEASURE})(?P<more>\s*\((?:{MEASURE})\))?(?![%/A-Za-z])"
)
_YEARISH = later(r"(?:19|20)\d{2}")
_PERIOD_AFTER = later(r"(?:月|季度|学期|工作日|自然日|年度|年(?!轻|迈))")
_EACH = later(rf"每(?:{MEASURE})\s*(?:为|约|达)?$")
_EACH_BODY = later(r"每(?!个?(?:半?[年月日天周季旬]|星期|学[年期]|次|期|批|届))[^，。；、,;:：()\n\d每]{1,14}$")
"""Before a number that each of several has: 19个村每村配督导员1名 are 19 of them."""
_EACH_TIME = later(r"每个?(?:半年|[月日天周季旬]|星期|学期)[^，。；、,;:：()\n\d每]{0,14}$")
_ROUND_UNITS = ("次", "场", "场次", "期", "批", "批次", "班", "轮", "遍", "户次", "家次", "人次")
"""What is done again and again: so often each month, not in all."""
_TIME_UNITS = ("天", "小时", "分钟")


_PRICE_WORDS = ("单价", "价格", "标准", "成本", "费用", "均价")
_PEOPLE = ("人", "名", "位")
_PRICE_NAME = later(r"(?:标准|单价|价格|费用|成本)(?:均?[为按是:：])?$")
"""The word before a price that says that it is one: 农村低保标准每人每月520元."""
_WALL = later(r"[\d.,*+]{60,}|[零\u3007一二两三四五六七八九十百千万亿]{30,}|\s{30,}")
"""Digits or blanks without end are no quantity, and every pattern would search them anew from each place."""

_Spanner = Callable[[int, int], Span]
"""Makes a span from two positions."""


class TextReader:
    """A Reader over a segmenter, the domain dictionary's where none is given."""

    def __init__(self, segment: Segment | None = None) -> None:
        self._phrases = NounPhrases(segment or load_segment())

    def read(self, text: str, where: FieldPath = ()) -> Reading:
        """Read one text."""
        plain = _WALL.sub(lambda run: "\n".ljust(len(run[0]), "\u25a1"), half(text))

        def span(start: int, end: int) -> Span:
            return Span(where, start, end, text[start:end])

        sums = list(money.sums(plain))
        prices = [money.with_period(one, sums) for one in money.prices(plain)]
        priced = Stretches((one.start, one.end) for one in prices)
        times = [one for one in moments.moments(plain) if not priced.meet(one[0], one[1])]
        papers = list(moments.documents(plain))
        places = [(one.start, one.end) for one in sums] + [(one.start, one.end) for one in prices]
        closed = Stretches(places)
        amounts = [one for one in money.amounts(plain) if not closed.meet(one.start, one.end)]
        places += [(one[0], one[1]) for one in papers] + [(one[0], one[1]) for one in times]
        places += [(one.start, one.end) for one in amounts]
        counted = [*self._counts(plain, Stretches(places), span), *self._in_sums(plain, sums, span)]
        by_end = sorted(counted, key=lambda one: one.span.end)
        return Reading(
            quantities=tuple(sorted(counted, key=lambda one: one.span.start)),
            amounts=tuple(Amount(one.yuan, span(one.start, one.end)) for one in amounts),
            prices=tuple(
                UnitPrice(one.yuan, one.per, self._priced(plain, one, by_end), span(one.start, one.end))
                for one in prices
            ),
            sums=tuple(Sum(one.factors, one.computed, one.stated, span(one.start, one.end)) for one in sums),
            moments=tuple(Moment(day, span(start, end)) for start, end, day in times),
            documents=tuple(Document(title, year, span(start, end)) for start, end, title, year in papers),
            rates=tuple(self._rates(plain, span)),
        )

    def _priced(self, plain: str, price: money.FoundPrice, by_end: list[Quantity]) -> str:
        """What a price is for: the noun before it, or what the sentence counted last (购置计算机20台，单价5000元).

        A price for each person is for the people counted last: 保洁员96名，对18个村保洁，每人每月600元.
        """
        start = price.start
        named = _PRICE_NAME.search(plain, max(0, start - 8), start)
        noun = self._phrases.before(plain, named.start() if named else start).noun
        if noun and noun not in _PRICE_WORDS:
            return noun
        sentence = max(plain.rfind(sign, 0, start) for sign in "。；;\n")
        before = by_end[: bisect_right(by_end, start, key=lambda one: one.span.end)]
        told = [one for one in before if one.span.end > sentence]
        if price.per.startswith("人"):
            told = [one for one in told if one.unit in _PEOPLE] or [one for one in told if not is_place(one.noun)]
        return told[-1].noun if told else noun

    def _counts(self, plain: str, taken: Stretches, span: _Spanner) -> Iterator[Quantity]:
        whole: Quantity | None = None
        for match in COUNT.finditer(plain):
            number = arabic(match["n"], match["x"] or "") if match["n"] else chinese(match["h"])
            if number is None or not number or taken.meet(match.start(), match.end()):
                continue
            if not _is_count(plain, match):
                continue
            near = self._phrases.around(plain, match.start(), match.end())
            if match["h"] and number < 10 and not near.governed:
                continue
            one = Quantity(number, _unit(match["u"]), near.noun, span(match.start(), match.end()), near.verb)
            if whole is not None and _is_part(plain, whole, one) and self._phrases.is_work(one.noun):
                one = one._replace(noun=whole.noun, verb=one.noun + one.verb)
            elif one.noun:
                whole = one
            yield one

    def _in_sums(self, plain: str, sums: Iterable[money.FoundSum], span: _Spanner) -> Iterator[Quantity]:
        """The counts that stand as factors of a sum: 43部 in 40元/部×43部×12个月."""
        for one in sums:
            for match in COUNT.finditer(plain, one.start, one.end):
                if (
                    match["n"]
                    and not plain.startswith(("个月", "月", "年"), match.end() - 1)
                    and match["u"] not in _TIME_UNITS
                ):
                    near = self._phrases.before(plain, one.start)
                    number = arabic(match["n"], match["x"] or "")
                    yield Quantity(number, _unit(match["u"]), near.noun, span(match.start(), match.end()), near.verb)

    def _rates(self, plain: str, span: _Spanner) -> Iterator[Quantity]:
        for one in rates(plain, lambda at: self._phrases.before(plain, at, whole=True).noun):
            yield Quantity(one.number, one.unit, one.noun, span(one.start, one.end), one.way)


def _unit(word: str) -> str:
    return {
        "㎡": "平方米",
        "平米": "平方米",
        "m²": "平方米",
        "m³": "立方米",
        "km": "公里",
        "km²": "平方公里",
        "里": "里",
    }.get(word, word)


def _is_count(plain: str, match: re.Match[str]) -> bool:
    """Whether the number counts something: no ordinal, year, list number, period, part of a name or share per something."""
    before, after = plain[max(0, match.start() - 6) : match.start()], plain[match.end() : match.end() + 6]
    unit = match["u"]
    if unit == "个" and _PERIOD_AFTER.match(after):
        return False
    if re.search(r"(?:第|每|前|近|另|同|这|那|某|各|[0-9]年|号)\s*$", before) and not (
        match["n"] and before.endswith(("前", "近", "年", "各", "号"))
    ):
        return False
    if _EACH.search(before) or _CHANGED.search(plain, max(0, match.start() - 16), match.start()):
        return False
    wide = max(0, match.start() - 16)
    if _EACH_BODY.search(plain, wide, match.start()):
        return False
    if unit in _ROUND_UNITS and _EACH_TIME.search(plain, wide, match.start()):
        return False
    if before.endswith("(") and after.startswith(")") and unit in _ROUNDS:
        return False
    if unit in ("天", "小时", "分钟") and re.match(r"\s*(?:内|之内|以内)", after):
        return False
    if unit in ("次", "届") and re.match(rf"{HAN}{{0,6}}(?:会议|纪要|全会|代表大会|党代会)", after):
        return False
    if unit == "期" and re.match(r"(?:工程|建设|项目)", after):
        return False
    if match["h"]:
        return not _is_word(plain, match, before, after)
    if match["n"] and _YEARISH.fullmatch(match["n"]) and unit in ("次", "届"):
        return not re.search(r"(?:会议|纪要|文件)", after)
    return True


def _is_part(plain: str, whole: Quantity, one: Quantity) -> bool:
    """Whether a count is one of the parts of another: 改造危房165户，其中修缮加固105户、拆除重建60户."""
    between = plain[whole.span.end : one.span.start]
    return one.unit == whole.unit and bool(one.verb or one.noun) and "其中" in between and "。" not in between


_CHANGED = later(rf"(?:提高|提升|增加到|下降|降低|缩短|减少|由|从|(?:由|从)[\d.]+{HAN}{{1,6}}[至到为])$")
"""Before a number that says how much something changes: 路基由4.5米拓宽至6.5米, 亩产提高50公斤."""
_ROUNDS = ("期", "批", "次", "版", "标")
"""Measures of the project's own rounds: 监控租赁（三期）."""
_NOBODY = later(r"(?:不让|不落|不漏|不少|不丢|无|没有)[下掉]?$")
_BARE_HAN = frozenset(
    "位 家 条 套 面 部 对 里 口 天 次 起 种 类 点 支 门 本 句 路 级 把 张 片 卷 道 单 字 付 具 班 节 人 块 队 组 场 期 批 号 "
    "项 孔 扇 眼 村 乡 镇 县".split()
)
"""Measures that with one numeral and 化, 性, 式 or 制 behind make a word: 一体化, 三级制."""
_VAGUE_ONE = frozenset("个 种 类 批 次 项 面 起 天 家 级 路 片 块 位 部 本 道".split())
"""Measures with which 一 seldom counts: 一批, 一部分, 一次."""


def _is_word(plain: str, match: re.Match[str], before: str, after: str) -> bool:
    """Whether a Chinese numeral with its measure belongs to a fixed phrase: 一批, 一体化, 三级平台, 二期工程, 一次集中上报."""
    numeral, unit = match["h"], match["u"]
    if numeral == "一" and (
        _NOBODY.search(before) or plain.count(match[0], max(0, match.start() - 8), match.end() + 8) > 1
    ):
        return True
    if plain[match.start() - 1 : match.start()] in ("十", "百", "千", "万", "第", "·"):
        return True
    if numeral == "一" and unit in _VAGUE_ONE:
        return True
    if unit in ("级", "届", "字", "类", "维"):
        return True
    return unit in _BARE_HAN and len(numeral) == 1 and bool(re.match(r"(?:化|性|式|制)", after))


@cache
def load_reader() -> TextReader:
    """The reader over the domain dictionary, made on first use."""
    return TextReader(load_segment())
