"""Word segmentation (分词): the Segment protocol, and the only place that knows jieba.

jieba runs with a compiled domain dictionary (data/segment_words.txt), a private tokenizer, no cache file and no log line: nothing
is read from or left in a shared temporary directory, and loading takes milliseconds instead of half a second.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

from domain.data import data_path


class Segment(Protocol):
    """Something that cuts a text into words; joined, the words give the text back."""

    def cut(self, text: str, *, guess: bool = False) -> list[str]:
        """The words of a text in order, punctuation as words of its own; guess: join characters into likely new words."""
        ...

    def classes(self, word: str) -> str:
        """The word's class as in the dictionary (n, v, a, m …); "" for a word that is not in it."""
        ...


class JiebaSegment:
    """jieba over a dictionary given as word → (frequency, class)."""

    def __init__(self, words: Mapping[str, tuple[int, str]]) -> None:
        self._classes = {word: kind for word, (_, kind) in words.items()}
        self._tokenizer = _tokenizer({word: count for word, (count, _) in words.items()})

    def cut(self, text: str, *, guess: bool = False) -> list[str]:
        """The words of a text in order; guess: characters that the dictionary leaves single may make a new word (除颤仪)."""
        words: list[str] = self._tokenizer.lcut(text, HMM=guess)
        return words

    def classes(self, word: str) -> str:
        """The word's class; "" for a word that is not in the dictionary."""
        return self._classes.get(word, "")


@cache
def load_segment() -> JiebaSegment:
    """The segmenter over the domain dictionary, made on first use."""
    rows = data_path("segment_words.txt").read_text(encoding="utf-8").splitlines()
    words = {}
    for row in rows:
        word, count, kind = row.split(" ")
        words[word] = (int(count), kind)
    return JiebaSegment(words)


def _tokenizer(frequency: dict[str, int]) -> Any:
    """A private jieba tokenizer that is ready: every prefix of a word must be a key, with 0 where it is no word itself."""
    tokenizer = _jieba().Tokenizer()
    total = sum(frequency.values())
    for word in list(frequency):
        for end in range(1, len(word)):
            frequency.setdefault(word[:end], 0)
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequency, total, True
    return tokenizer


def _jieba() -> Any:
    """jieba imported without its warnings, its log handler and the slow pkg_resources, which it can do without."""
    blocked = "pkg_resources" not in sys.modules
    if blocked:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if blocked:
            del sys.modules["pkg_resources"]
    jieba.default_logger.handlers.clear()
    jieba.setLogLevel(60)
    return jieba
