"""Word segmentation (分词): the Segment protocol, and the only place that knows jieba.

jieba runs with a compiled domain dictionary (data/segment_words.txt), a private tokenizer, no cache file and no log line: nothing
is read from or left in a shared temporary directory, and loading takes milliseconds instead of half a second.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, TypedDict

from domain import derived
from domain.data import data_path

NAME, FORMAT = "segment-words", 1
"""Name of the dictionary's derived form and version of its shape."""


class Segment(Protocol):
    """Something that cuts a text into words; joined, the words give the text back."""

    def cut(self, text: str, *, guess: bool = False) -> list[str]:
        """The words of a text in order, punctuation as words of its own; guess: join characters into likely new words."""
        ...

    def classes(self, word: str) -> str:
        """The word's class as in the dictionary (n, v, a, m …); "" for a word that is not in it."""
        ...


class JiebaSegment:
    """jieba over prepared words: see `prepared`."""

    def __init__(self, words: Words) -> None:
        self._classes = words["classes"]
        self._tokenizer = _jieba().Tokenizer()
        self._tokenizer.FREQ, self._tokenizer.total = words["frequency"], words["total"]
        self._tokenizer.initialized = True

    def cut(self, text: str, *, guess: bool = False) -> list[str]:
        """The words of a text in order; guess: characters that the dictionary leaves single may make a new word (除颤仪)."""
        words: list[str] = self._tokenizer.lcut(text, HMM=guess)
        return words

    def classes(self, word: str) -> str:
        """The word's class; "" for a word that is not in the dictionary."""
        return self._classes.get(word, "")


class Words(TypedDict):
    """A dictionary as jieba wants it: every prefix of a word is a key too, with 0 where it is no word itself."""

    frequency: dict[str, int]
    classes: dict[str, str]
    total: int


def prepared(words: Mapping[str, tuple[int, str]]) -> Words:
    """The words given as word → (frequency, class), made ready."""
    frequency = {word: count for word, (count, _) in words.items()}
    for word in words:
        for end in range(1, len(word)):
            frequency.setdefault(word[:end], 0)
    return {
        "frequency": frequency,
        "classes": {word: kind for word, (_, kind) in words.items()},
        "total": sum(count for count, _ in words.values()),
    }


@cache
def load_segment() -> JiebaSegment:
    """The segmenter over the domain dictionary, made on first use."""
    return JiebaSegment(derived.load(NAME, (words_path(),), read_words, FORMAT))


def words_path() -> Path:
    """The file of the domain dictionary."""
    return data_path("segment_words.txt")


def read_words() -> Words:
    """The domain dictionary parsed from its file; raises OSError, ValueError."""
    words = {}
    for row in words_path().read_text(encoding="utf-8").splitlines():
        word, count, kind = row.split(" ")
        words[word] = (int(count), kind)
    return prepared(words)


def _jieba() -> Any:
    """jieba imported without its warnings, its log handler and the slow pkg_resources, which it can do without.

    Its tables for guessing new words wait until a word is guessed: most names and texts are in the dictionary.
    """
    stand_ins = {"pkg_resources": None, _GUESSING: _Guessing(_GUESSING)}
    held = {name: module for name, module in stand_ins.items() if name not in sys.modules}
    sys.modules.update(held)  # type: ignore[arg-type]  # None makes an import fail
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
    finally:
        for name in held:
            del sys.modules[name]
    jieba.default_logger.handlers.clear()
    jieba.setLogLevel(60)
    return jieba


_GUESSING = "jieba.finalseg"


class _Guessing(ModuleType):
    """Stands in for jieba's guesser, which loads its tables when imported."""

    def cut(self, text: str) -> Any:
        """The characters of a text joined into likely words."""
        return import_module(_GUESSING).cut(text)
