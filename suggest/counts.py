"""Counts of a text (数量) and which of them an indicator asks for: the measure words must agree, and what is counted."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache

from domain.patterns import later
from domain.quantity import plain
from domain.reading import Quantity
from suggest.lexicon import lexicon
from suggest.likeness import bigrams, subject, suffix

_GROUPS = (
    frozenset(("人", "名", "位")),
    frozenset(("户",)),
    frozenset(("人次",)),
    frozenset(("个", "处", "座", "所", "家", "条", "项", "宗")),
    frozenset(("台", "套", "部", "辆", "件", "个", "条", "艘", "架", "张", "块", "根", "盏", "具", "支", "把", "只")),
    frozenset(("平方米", "亩", "公顷", "平方公里", "万平方米")),
    frozenset(("米", "公里", "千米", "延米")),
    frozenset(("次", "场", "期", "批", "场次", "批次", "班", "班次")),
    frozenset(("天",)),
    frozenset(("株", "棵")),
    frozenset(("头", "只", "匹", "羽", "尾")),
    frozenset(("份", "册", "本", "篇", "期", "项", "个", "部")),
)
"""Measure words that may stand for one another when a number of the text fills a target."""
_PERSONS = ("人", "名", "位", "人次", "户")
_PLACES = ("处", "座", "所", "栋", "幢", "间")
"""Measures of places and buildings: no 设备 is counted by them."""
_LARGE = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_WRITTEN_LARGE = later(r"[\d,.]+\s*([万亿])")


def as_told(one: Quantity) -> str:
    """A count as the text writes it: 3万亩 and not 30000亩."""
    large = _WRITTEN_LARGE.match(one.span.text)
    if large is None:
        return f"{plain(one.number)}{one.unit}"
    return f"{plain(one.number / _LARGE[large[1]])}{large[1]}{one.unit}"


def best_count(quantities: Iterable[Quantity], name: str, unit: str, noun: str = "") -> Quantity | None:
    """The count of the text that an indicator name asks for, None where none fits for sure."""
    ranked = []
    bare = name.removesuffix(suffix(name))
    asked = bigrams(bare) if len(bare) > 1 else frozenset()
    fitting = [one for one in quantities if compatible(one.unit, unit) and is_of(one, name)]
    for one in fitting:
        shared = len(bigrams(one.noun + one.verb) & asked) if one.noun or one.verb else 0
        if noun and one.noun and (noun in one.noun or one.noun in noun):
            shared += 2
        paid = "发放" in name and one.unit in _PERSONS
        if shared or (len(fitting) == 1 and (paid or not one.noun)):
            ranked.append((shared, one.unit == unit, -one.span.start, one))
    return max(ranked, key=lambda item: item[:3])[3] if ranked else None


def is_of(one: Quantity, name: str) -> bool:
    """Whether a count may be of what an indicator names: 143个村居 is none of 光纤数, 除颤仪36台 is one of 设备数量.

    The nouns share a word or their head; people go by many names, things of a general name by their own, places do not.
    """
    what = _counted(name)
    if not one.noun or not what or one.unit in _PERSONS or one.noun[-1] in what or bigrams(one.noun) & bigrams(what):
        return True
    is_place = one.unit in _PLACES or one.noun.endswith(lexicon().endings["区域"])
    return not is_place and any(word in what for word in lexicon().things)


@lru_cache(maxsize=4096)
def _counted(name: str) -> str:
    """The noun that a name counts, without what is done with it and vague words: 光纤租用数量 → 光纤; "" where it has none."""
    noun = subject(name)
    for word in _general():
        noun = noun.replace(word, "")
    return noun


@cache
def _general() -> tuple[str, ...]:
    return tuple(sorted(lexicon().actions | lexicon().vague, key=lambda word: (-len(word), word)))


def compatible(one: str, other: str) -> bool:
    """Whether two measure words may stand for one another."""
    return one == other or any(one in group and other in group for group in _GROUPS)
