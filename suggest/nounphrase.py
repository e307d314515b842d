"""Noun phrases around a place in a text (名词短语): what is counted before or after a number, and what is done with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from suggest.numerals import ACTIONS
from suggest.segment import Segment

_CLAUSE_END = re.compile(r"[,，。;；:：!！?？\n\r\t、（）()“”\"《》<>]")
_FILLERS = frozenset("共 共计 总计 合计 约 大约 近 达 达到 为 是 有 计 不少于 不低于 不超过 至少 超过 超 其中 每年 全年 年 等 各 分别 累计 预计 计划 左右 数量 "
                     "人数 总数 数 规模 总 面积 长度 总长 全长 长 占地 能 可 将 完成 需 需要 拟 已 了 不 低于 高于 少于 多于 以上 在 保持 控制".split())
_NOT_NOUN = frozenset("的 和 与 及 或 以及 并 对 向 到 在 由 从 把 给 为 按 按照 用 以 让 使 将 于 等 其 我 我们 各 该 本 每 全 项目 工作 情况 内容 范围 目标 "
                      "标准 方面 第一 通过 包括 包含 主要 其中 一 是 有 共 进行 确保 保证 要求 面向 针对 按月 按季 按年 按期 按时 以上 以下 以内 左右 之间 符合 符合条件 续费 缴费 新 人均 户均 单价 同时 年内 当年 定期 及时 左右 内".split())
_NOUN_CLASSES = ("n", "vn", "j", "l", "i", "b", "an", "s", "nz", "f")
_ONE_CHAR = frozenset("车机站所楼路桥渠塘库房屋店厂场馆室园林树苗牛羊猪鸡鸭鹅鱼井泵灯牌柜箱池坝闸管网线杆板墙门窗棚田地户村镇人员品物料药书册证卡表图片器具衣被床桌椅船塔亭碑蜂蚕茶果瓜菜粮种")
"""Single characters that end a noun the dictionary lacks: 雾炮+车."""
MAX_WORDS = 4
MAX_CHARS = 12


@dataclass(frozen=True, slots=True)
class Near:
    """The noun at a place and the verb that governs it, "" where there is none; after_noun: the noun stands before."""

    noun: str = ""
    verb: str = ""
    after_noun: bool = False


class NounPhrases:
    """Finds noun phrases with the word classes of a segmenter's dictionary."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def around(self, text: str, start: int, end: int) -> Near:
        """What the count at [start, end) counts: the noun after it (143个村居), else the noun before it (终端468部)."""
        following = self.after(text, end)
        leading = self.before(text, start)
        if following.noun:
            return Near(following.noun, leading.verb if not leading.noun or leading.verb else "")
        return Near(leading.noun, leading.verb or following.verb, after_noun=bool(leading.noun))

    def after(self, text: str, end: int) -> Near:
        """The noun phrase that begins right after a place, 的 passed over."""
        clause = _CLAUSE_END.split(text[end : end + 30], maxsplit=1)[0]
        words = self._segment.cut(clause)
        if words and words[0] == "的":
            words = words[1:]
        taken: list[str] = []
        for word in words:
            if not self._is_noun(word) or (taken and word in ACTIONS) or len(taken) == MAX_WORDS:
                break
            taken.append(word)
        verb = words[0] if words and words[0] in ACTIONS else ""
        if taken and taken[0] in ACTIONS:
            return Near("", taken[0])
        return Near("".join(taken), verb)

    def before(self, text: str, start: int) -> Near:
        """The noun phrase that ends right before a place, words such as 共 and 不少于 passed over."""
        head = text[max(0, start - 40) : start].rstrip(" (（:：")
        clauses = [piece for piece in _CLAUSE_END.split(head) if piece]
        words: list[str] = []
        for piece in reversed(clauses[-2:]):
            words = self._segment.cut(piece)
            while words and words[-1] in _FILLERS:
                words.pop()
            if words:
                break
        taken: list[str] = []
        verb = ""
        if words and words[-1] in ACTIONS and len(words) > 1 and self._is_noun(words[-2]) and words[-2] not in ACTIONS:
            verb = words.pop()
        while words and len(taken) < MAX_WORDS and sum(map(len, taken)) < MAX_CHARS:
            word = words[-1]
            if not self._is_noun(word) or (word in ACTIONS and self._ends_phrase(words, taken)):
                break
            taken.insert(0, words.pop())
        if taken and len(words) == 1 and len(words[0]) == 1 and "一" <= words[0] <= "龥" and words[0] not in _NOT_NOUN | _FILLERS:
            taken.insert(0, words.pop())
        if not verb and words and (words[-1] in ACTIONS or (not taken and self._is_verb(words[-1]))):
            verb = words[-1]
        return Near("".join(taken), verb, after_noun=bool(taken))

    def _ends_phrase(self, words: list[str], taken: list[str]) -> bool:
        """Whether an action word governs what follows rather than being part of a compound (污水处理设施)."""
        return len(words) == 1 or not taken or not self._is_noun(words[-2]) or words[-2] in ACTIONS

    def _is_noun(self, word: str) -> bool:
        if word in _NOT_NOUN or not re.fullmatch(r"[一-鿿A-Za-z0-9]+", word) or word.isdigit():
            return False
        kind = self._segment.classes(word)
        if word in _ONE_CHAR:
            return True
        if not kind:
            return len(word) >= 2
        return kind.startswith(_NOUN_CLASSES) or (word in ACTIONS and len(word) > 1)

    def _is_verb(self, word: str) -> bool:
        return len(word) >= 2 and self._segment.classes(word).startswith("v") and word not in _NOT_NOUN
