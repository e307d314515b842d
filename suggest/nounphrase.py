"""Noun phrases around a place in a text (名词短语): what is counted before or after a number, and what is done with it."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.patterns import HAN, is_han, later
from suggest.lexicon import lexicon
from suggest.numerals import CHINESE, MEASURE, NUMBER
from suggest.segment import Segment

_CLAUSE_END = later(
    rf"[一二三四五六七八九]是|[,，。;；:：!！?？\n\r\t、（）()“”\"《》<>%]|\d+(?:\.\d+)?\s*(?:[万亿]?(?:{MEASURE})|万|元)?"
)
_NOUN_CLASSES = ("n", "vn", "j", "l", "i", "b", "an", "s", "f")
_PLACES = frozenset("对向在到给从于")
_DEPENDENT = frozenset(("对象", "时间", "人员", "单位", "户数", "项目"))
"""Nouns that say nothing without the word before them."""
_TOWARDS = frozenset(("为", "对", "给", "向", "在", "将", "把"))
"""Alone before a number they begin something new: …提供唐氏筛查，为2500名新生儿…."""
_EMPLOYERS = ("公司", "单位", "中心", "机构", "部门", "企业", "学校", "政府", "局")
"""Those who do what is said of people after them: 物业公司派驻人员."""
_COUNTED_BEFORE = later(rf"(?:{NUMBER}|{CHINESE})\s*(?:{MEASURE})$")
"""A count right before another one: 350人 of 示范培训2期350人."""
_OF_SOME_SIZE = frozenset(("亿元", "万元", "千万元", "以上", "重点", "重大"))
"""Words between what is done and 项目: 签约亿元以上项目."""
_LEADING_COUNT = later(rf"^{CHINESE}(?:{MEASURE})")
RATE_ENDINGS = ("率", "度", "占比", "比例", "比重")
"""Ends of the names of what is itself given in per cent."""
_IN_TIME = ("及时", "按时", "按期")
"""Words before a verb that belong to the name of a rate: 及时到场率."""
_WHO = ("人员", "对象", "人口", "学员", "学生", "群众", "户", "家庭", "职工", "青年", "妇女", "老人")
"""People whom a verb before them tells apart."""
_NEGATIONS = frozenset("不未非无")
_JOINING = frozenset(("和", "及", "与", "以及"))
_PEOPLE = ("人", "名", "位", "户", "人次", "户次")
_WITHIN_PLACES = ("中心", "站", "室", "所", "点", "馆", "院", "园", "场", "库", "网点", "基地", "工程", "项目", "学校")
"""What a word of place only tells more about: 5个社区服务中心 are no five communities."""
_CARRIED_OUT = "(?:进行|开展|实施|予以|加以|提供)"
_DONE_TO_IT = later(rf"等?{HAN}{{0,4}}?{_CARRIED_OUT}(?P<work>{HAN}{{2,10}})(?=[，,。；;、\n]|$)")
_TO_THEM = later(r"(?:对|为|给|向)[^，,。；;：:\n]{0,14}$")
"""What is done with things counted before it: 对42座水库开展日常维修养护."""
_DONE_BEFORE = rf"对(?P<thing>{HAN}{{2,14}}?)(?:统一|集中|全面)?{_CARRIED_OUT}(?P<work>{HAN}{{0,6}}?%s)[，,；;]"
"""Where a bare verb's object was named earlier: 对病死猪进行无害化处理，预计处理1200头."""
MAX_WORDS = 5
MAX_CHARS = 12


class Near(NamedTuple):
    """The noun at a place and the verb that governs it, "" where there is none."""

    noun: str = ""
    verb: str = ""
    governed: bool = False
    """Whether a noun or a verb stands right before the number: 仓库一座, 新建五所学校, but not 六部闭环法."""
    placed: bool = False
    """Whether a preposition of place stands before the noun: 对城区3200盏路灯 is about 路灯."""


def is_place(noun: str) -> bool:
    """Whether a noun is a place of the country's order, a village or a street: those a project covers."""
    return noun == "村" or noun.endswith(lexicon().endings["区域"])


def _only_place(words: list[str]) -> str:
    """The phrase, cut behind a leading place that more words only follow: 18个行政村生活垃圾收集."""
    phrase = "".join(words)
    return words[0] if words and is_place(words[0]) and not phrase.endswith(_WITHIN_PLACES) else phrase


class NounPhrases:
    """Finds noun phrases with the word classes of a segmenter's dictionary."""

    def __init__(self, segment: Segment) -> None:
        self._segment, self._words = segment, lexicon()
        self._people = (*self._words.served, *self._words.endings["人员"])

    def around(self, text: str, start: int, end: int) -> Near:
        """What the count at [start, end) counts: the noun right before it (终端468部), else the noun after it (143个村居).

        People are what follows a place (3个村4100名群众), and places what follows the last of their names (河口、石桥3个乡镇).
        """
        leading, following = self.before(text, start), self.after(text, end)
        governed = bool(leading.noun or leading.verb)
        if following.noun and is_place(following.noun):
            return following._replace(governed=True)
        if leading.noun and is_place(leading.noun) and text[:end].endswith(_PEOPLE):
            return Near(following.noun if following.noun.endswith(self._people) else "", governed=True)
        if leading.noun and not leading.placed:
            return leading._replace(governed=True)
        if leading.noun and not following.noun:
            return leading._replace(governed=True)
        verb = leading.verb or (
            self._done_to_it(text, start, end, following.noun) if following.noun else following.verb
        )
        return Near(following.noun, verb, governed, leading.placed or self._placed(text, start))

    def after(self, text: str, end: int) -> Near:
        """The noun phrase that begins right after a place, 的 passed over."""
        clause = _CLAUSE_END.split(text[end : end + 30], maxsplit=1)[0]
        words = self._segment.cut(clause, guess=True)
        if words and words[0] == "的":
            words = words[1:]
        taken, words = self._who(words)
        if words and not taken and words[0] in self._words.actions:
            return Near("", words[0])
        for word in words:
            joined = bool(taken) and (word in self._words.one_char or word in self._words.modifiers)
            if len(taken) == MAX_WORDS or not (joined or self._is_noun(word)):
                break
            if taken and self._is_verb(word) and not joined:
                break
            taken.append(word)
        return Near(_only_place(taken))

    def _who(self, words: list[str]) -> tuple[list[str], list[str]]:
        """People named by what they do, at the beginning of the words, and the rest: 低保对象, 流浪乞讨人员."""
        at = next((at for at, word in enumerate(words[:3]) if not self._is_verb(word)), 0)
        return (words[: at + 1], words[at + 1 :]) if at and words[at] in _WHO else ([], words)

    def before(self, text: str, start: int, *, whole: bool = False) -> Near:
        """The noun phrase that ends right before a place, words such as 共 and 不少于 passed over.

        whole: verbs inside are part of it too, as in the name of a rate (不合格食品核查处置率).
        """
        head = _COUNTED_BEFORE.sub("", text[max(0, start - 40) : start].rstrip(" (（:："))
        words = self._leading_words(head)
        if words and words[-1] == "项目":
            words = [*(word for word in words[:-1] if word not in _OF_SOME_SIZE), "项目"]
        taken: list[str] = []
        while (
            words and len(taken) < MAX_WORDS and sum(map(len, taken)) < MAX_CHARS and self._goes_on(words, taken, whole)
        ):
            taken.insert(0, words.pop())
        if taken and words and words[-1] in _NEGATIONS:
            taken.insert(0, words.pop())
        while whole and words and taken and self._is_cut(taken[0]) and is_han(words[-1]):
            taken.insert(0, words.pop())
        if len(taken) == 1 and taken[0] in self._words.actions:
            return self._done_before(text, start, taken[0])
        if taken and all(word in self._words.actions for word in taken):
            named = self._done_before(text, start, "".join(taken))
            if named.noun:
                return named
        if taken and words and words[-1] in _JOINING:
            words = self._over_joined(words[:-1])
        if len(words) > 1 and self._is_attribute(words[-1]) and words[-2] in self._words.actions:
            words.pop()
        verb = (
            words[-1] if words and self._is_verb(words[-1]) and (words[-1] in self._words.actions or not taken) else ""
        )
        return Near(_LEADING_COUNT.sub("", "".join(taken)), verb, placed=bool(words) and words[-1] in _PLACES)

    def is_work(self, phrase: str) -> bool:
        """Whether a phrase only names what is done, no thing: 修缮加固."""
        return all(word in self._words.actions for word in self._segment.cut(phrase))

    def _done_to_it(self, text: str, start: int, end: int, noun: str) -> str:
        """The work that a clause goes on to do with the things counted at [start, end), "" where it names none."""
        if not _TO_THEM.search(text, max(0, start - 16), start):
            return ""
        match = _DONE_TO_IT.match(text, text.index(noun, end) + len(noun))
        return self._work(match["work"]) if match else ""

    def _done_before(self, text: str, start: int, verb: str) -> Near:
        """A bare verb right before a place with the object that its sentence named earlier, if any."""
        sentence = text[max(text.rfind(sign, 0, start) for sign in "。\n") + 1 : start]
        match = re.search(_DONE_BEFORE % re.escape(verb), sentence)
        if match is None:
            return Near("", verb)
        return Near(self.before(sentence, match.end("thing")).noun, self._work(match["work"]) or verb)

    def _work(self, phrase: str) -> str:
        """The work at the end of a phrase, what tells how it is done left out: 维修养护 of 日常维修养护."""
        taken: list[str] = []
        for word in reversed(self._segment.cut(phrase)):
            if not (word in self._words.actions or (taken and len(word) > 1 and word.endswith("化"))):
                break
            taken.insert(0, word)
        return "".join(taken)

    def _over_joined(self, words: list[str]) -> list[str]:
        """The words before the first of two joined nouns: 慰问 of 慰问困难党员和老党员."""
        at = len(words)
        while at and self._is_noun(words[at - 1]) and words[at - 1] not in self._words.actions:
            at -= 1
        return words[:at] if at < len(words) else []

    def _placed(self, text: str, start: int) -> bool:
        return text[:start].rstrip(" ").endswith(tuple(_PLACES)) or bool(
            re.search(r"(?:覆盖|涉及|全[区县市镇])$", text[:start])
        )

    def _leading_words(self, head: str) -> list[str]:
        """The words of the last clause with anything in it but fillers; the clause before is looked at where it has none."""
        pieces = _CLAUSE_END.split(head)
        if not pieces[-1].strip():
            return []
        if pieces[-1].strip() in _TOWARDS:
            return []
        for piece in [piece for piece in pieces if piece.strip()][-1:-3:-1]:
            words = [word for word in self._segment.cut(piece, guess=True) if word.strip()]
            while words and words[-1] in self._words.fillers:
                words.pop()
            if words:
                return words
        return []

    def _goes_on(self, words: list[str], taken: list[str], whole: bool) -> bool:
        """Whether the last of `words` still belongs to the phrase of which `taken` is the end."""
        word = words[-1]
        if not taken and word in _DEPENDENT and len(words) > 1 and self._names_work(words[-2]):
            return True
        if whole and (word in _IN_TIME if taken else word.endswith(RATE_ENDINGS)):
            return True
        if word in self._words.not_nouns or not word.isalpha():
            return False
        if taken and len(taken[0]) == 1 and taken[0] in self._words.one_char:
            return True
        if not taken:
            governed = len(words) > 1 and self._is_verb(words[-2]) and word not in self._words.actions
            return self._is_noun(word) or (governed and len(word) > 1)
        if whole:
            return len(word) > 1
        if len(taken) == 2 and taken[1] in _DEPENDENT and self._is_verb(taken[0]) and word.endswith(_EMPLOYERS):
            return False
        if word in self._words.actions or self._is_verb(word):
            if len(taken) == 1 and taken[0] in _DEPENDENT:
                return True
            if word not in self._words.modifiers or len(words) < 2:
                return False
            return self._is_verb(words[-2]) or (word not in self._words.actions and self._is_noun(words[-2]))
        return self._is_noun(word)

    def _is_cut(self, word: str) -> bool:
        """Whether a word is only the rest of one that the dictionary lacks: 到|报率."""
        return len(word) == 1 or (len(word) == 2 and word.endswith("率") and not self._segment.classes(word))

    def _is_attribute(self, word: str) -> bool:
        """Whether a word between what is done and its object only describes that: 推广新技术, 除治枯死松树."""
        return word == "新" or (
            len(word) > 1 and word not in self._words.actions and self._segment.classes(word) in ("a", "v", "b")
        )

    def _names_work(self, word: str) -> bool:
        return word not in self._words.plain and (word in self._words.actions or self._is_noun(word))

    def _is_noun(self, word: str) -> bool:
        if word in self._words.not_nouns or not word.isalnum() or word.isdigit():
            return False
        kind = self._segment.classes(word)
        if word in self._words.one_char:
            return True
        if not kind:
            return len(word) >= 2
        return kind.startswith(_NOUN_CLASSES) or (word in self._words.actions and len(word) > 1)

    def _is_verb(self, word: str) -> bool:
        if word in self._words.not_nouns or len(word) < 2:
            return False
        return word in self._words.actions or self._segment.classes(word) in ("v", "vd", "vi")
