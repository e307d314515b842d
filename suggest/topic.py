"""What a project is about (项目主题): the nouns of its name and texts, sorted by the template gap that each can fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from domain.patterns import is_han, later
from suggest.lexicon import lexicon
from suggest.segment import Segment

_BRACKETS = later(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
_YEARS = later(
    r"(?:19|20)?\d{2}(?:[-—~至]\d{2,4})?年度?|(?:19|20)\d{2}(?!\d)|第[一二三四五六七八九十\d]+[批期届次](?!全国)"
)
_QUOTES = later(r"[“”\"'《》<>]")
_DIVIDE = later(r"[、，,；;/＋+\s]|以及|(?<![普涉波危])及(?!时)|(?<!共)和(?![谐平解])|(?<![参])与(?![会])")

_SHORT = 6
"""A longer noun is also offered in this length, for names that have more to say."""
_LIMITS = {
    "系统": 8,
    "工程": 8,
    "服务": 8,
    "补助": 8,
    "活动": 8,
    "成果": 8,
    "对象": 6,
    "人员": 6,
    "服务对象": 6,
    "区域": 6,
}
"""Longest noun, in characters, that a gap takes."""


_LEAST = 4
"""What must be left of a shortened noun that drops its first word as well."""
OVER = 1
"""How much longer a noun may be than its limit, so that it is not cut beside a single character: 空气|能|热水."""


def bare_name(name: str) -> str:
    """A project's name without brackets, years and quotation marks."""
    return _QUOTES.sub("", _YEARS.sub("", _BRACKETS.sub("", name))).strip()


def parts_of(name: str) -> list[str]:
    """The things a project's name joins, words of money and level taken off: 2020年路灯维修、绿化经费 → 路灯维修, 绿化."""
    return [part for part in (_trim(piece) for piece in _DIVIDE.split(bare_name(name))) if len(part) >= 2]


def _trim(text: str) -> str:
    changed = True
    while changed:
        changed = False
        for tail in lexicon().tails:
            if text.endswith(tail) and len(text) - len(tail) >= 2:
                text, changed = text.removesuffix(tail), True
        for head in lexicon().heads:
            if text.startswith(head) and len(text) - len(head) >= 2:
                text, changed = text.removeprefix(head), True
    if text.endswith("费") and len(text) >= 4 and text[-2] not in "话资水电路学药":
        text = text[:-1]
    return text


_NO_THINGS = ("费", "资金", "经费", "补助", "补贴", "津贴", "金", "款", "成本", "费用", "利息")
"""Endings of money: never a thing bought, rented or kept up."""


_NOT_BOUGHT = ("化", "级", "环节", "人员", "机制", "能力", "馆", "院", "中心")
"""Endings of qualities, levels and the like: never a thing either."""


class Topics:
    """Reads fillers for template gaps out of names and texts."""

    def __init__(self, segment: Segment) -> None:
        self._segment, self._words = segment, lexicon()

    def from_name(self, name: str) -> dict[str, list[str]]:
        """Fillers by gap from the project's name, the name's own head first."""
        found: dict[str, list[str]] = {}
        for part in parts_of(name):
            words = self._last_run(part)
            for gap, phrase in self._name_phrases(words):
                if phrase not in found.setdefault(gap, []):
                    found[gap].append(phrase)
        return found

    def _name_phrases(self, words: list[str]) -> Iterator[tuple[str, str]]:
        for end in range(len(words), 0, -1):
            for gap, endings in self._words.endings.items():
                if words[end - 1].endswith(endings):
                    phrase = _tail(words[:end], _LIMITS[gap], whole=True)
                    if len(phrase) >= 2 and (end == len(words) or gap not in ("工程", "服务", "活动", "补助")):
                        yield gap, phrase
                        short = _tail(words[:end], _SHORT, whole=True) if len(phrase) > _SHORT else ""
                        if short and short not in self._words.vague | self._words.actions:
                            yield gap, short
        yield from ((gap, phrase) for gap, phrase in self._objects(words))
        for word in self._words.served:
            if word in "".join(words):
                yield "服务对象", word

    def _last_run(self, part: str) -> list[str]:
        """The words of a part of the name, from behind a number or mark on: 网格平台10M光纤租用 → 光纤 租用, if much is left."""
        runs: list[list[str]] = [[]]
        for word in self._segment.cut(part, guess=True):
            if is_han(word):
                runs[-1].append(word)
            elif runs[-1]:
                runs.append([])
        filled = [run for run in runs if run]
        return filled[-1] if filled else []

    def _objects(self, words: list[str]) -> Iterator[tuple[str, str]]:
        """What the name's action is done to: 路灯 of 路灯维修养护; nothing where only actions are named."""
        end = len(words)
        while end and self._is_no_thing(words[end - 1]):
            end -= 1
        if end:
            words = [*words[: end - 1], self._without_action(words[end - 1])]
        phrase = _head(words[:end])
        kind = self._segment.classes(words[end - 1]) if end else "v"
        if phrase.endswith(_NO_THINGS + self._words.endings["人员"]):
            return
        if phrase.endswith(_NOT_BOUGHT + self._words.served) or phrase in self._words.where:
            return
        if len(phrase) >= 2 and phrase not in self._words.vague and kind not in ("v", "d", "a", "m", "vd", "ad"):
            yield "对象", phrase

    def _without_action(self, word: str) -> str:
        """A compound without the action at its end: 危房改造 → 危房."""
        action = next((tail for tail in (word[-2:], word[-3:]) if tail in self._words.actions), "")
        return word.removesuffix(action) if len(word) - len(action) >= 2 else word

    def _is_no_thing(self, word: str) -> bool:
        known = self._words
        return word in known.actions or word in known.abstract or word.endswith(known.qualities)

    def from_text(self, texts: Iterable[tuple[str, float]]) -> dict[str, dict[str, float]]:
        """Fillers by gap from running texts with their weights: how often, and in which field, each phrase stands."""
        found: dict[str, dict[str, float]] = {}
        for text, weight in texts:
            for words in self._runs(text):
                phrase_words = words[-4:]
                for gap, endings in self._words.endings.items():
                    if phrase_words[-1].endswith(endings):
                        phrase = _tail(phrase_words, _LIMITS[gap])
                        if len(phrase) >= 2 and phrase not in self._words.vague:
                            row = found.setdefault(gap, {})
                            row[phrase] = row.get(phrase, 0.0) + weight
            for word in self._words.served:
                count = text.count(word)
                if count:
                    row = found.setdefault("服务对象", {})
                    row[word] = row.get(word, 0.0) + weight * count
        return found

    def _runs(self, text: str) -> Iterator[list[str]]:
        """Maximal runs of nouns in a text."""
        run: list[str] = []
        for word in self._segment.cut(text):
            kind = self._segment.classes(word)
            if run and word in self._words.verbs_only:
                run = []
                continue
            nominal = (
                kind.startswith(("n", "vn", "b", "j", "l"))
                or (not kind and len(word) > 1)
                or (run and word in self._words.actions)
            )
            if nominal and is_han(word) and kind not in ("nr",) and word not in self._words.not_nouns:
                run.append(word)
                continue
            if run:
                yield run
            run = []
        if run:
            yield run


def _tail(words: list[str], limit: int, *, whole: bool = False) -> str:
    """The last words that together fit the limit, short forms used; never cut inside a word that the dictionary lacks.

    whole: the words begin where a name begins, so that even a single character there is no broken word.
    """
    phrase = _short("".join(words))
    if len(phrase) <= limit:
        return phrase if whole or len(words[0]) > 1 or len(words) == 1 else ""
    text, at = "", len(words)
    while at and len(text) + len(words[at - 1]) <= limit:
        at -= 1
        text = words[at] + text
    if at and len(words[at]) == 1 and len(text) + len(words[at - 1]) <= limit + OVER:
        at -= 1
        text = words[at] + text
    while at < len(words) and (
        words[at] in lexicon().leaning or len(words[at]) == 1 or (at and len(words[at - 1]) == 1)
    ):
        text = text.removeprefix(words[at])
        at += 1
    while at < len(words) - 1 and _begins_badly(words[at]) and len(text) - len(words[at]) >= _LEAST:
        text = text.removeprefix(words[at])
        at += 1
    return _short(text)


def _begins_badly(word: str) -> bool:
    """Whether a shortened noun had better not begin with a word, the end of something left out: 农网|改造青苗补偿."""
    known = lexicon()
    return word in known.actions or word in known.abstract or word in known.vague


def _head(words: list[str]) -> str:
    """The last noun with a short noun before it: 医疗 设备 → 医疗设备, 果园 路 → 果园路."""
    limit, at, text = _LIMITS["对象"], len(words), ""
    while at and len(text) < 2:
        at -= 1
        text = words[at] + text
    if (
        at
        and len(text) <= 3
        and len(words[at - 1]) <= 3
        and words[at - 1] not in lexicon().actions
        and len(words[at - 1]) + len(text) <= limit
    ):
        at -= 1
        text = words[at] + text
    while at and (len(words[at - 1]) == 1 or len(words[at]) == 1) and len(text) < limit:
        at -= 1
        text = words[at] + text
    return text if len(text) <= limit + OVER else ""


def _short(text: str) -> str:
    for long, short in lexicon().aliases.items():
        text = text.replace(long, short)
    return text


def merge(
    named: Mapping[str, list[str]], told: Mapping[str, Mapping[str, float]], limit: int = 6
) -> dict[str, tuple[str, ...]]:
    """Fillers by gap, best first: those of the name, then those of the texts by weight."""
    merged: dict[str, tuple[str, ...]] = {}
    for gap in {*named, *told}:
        ranked = sorted(told.get(gap, {}).items(), key=lambda item: (-item[1], item[0]))
        row = dict.fromkeys([*named.get(gap, []), *(phrase for phrase, _ in ranked)])
        merged[gap] = tuple(row)[:limit]
    return merged


@cache
def has_ending(gap: str, word: str) -> bool:
    """Whether a word can by its ending fill a gap."""
    return word.endswith(lexicon().endings.get(gap, ()))
