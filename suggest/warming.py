"""Warming up (预热): what the first form asked would otherwise wait for, patterns and jieba's tables, in steps of a few ms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from domain.model import Declaration
from suggest.reader import load_reader
from suggest.segment import load_segment

if TYPE_CHECKING:
    from suggest.engine import Engine

NAME = "公园座椅更新项目"
SENTENCES = (
    "更换座椅120把。",
    "每把800元。",
    "单价800元/把，800元/把×120把＝96000元。",
    "依据《公园管理办法》（市政发〔2020〕3号），2021年9月底前完成安装，",
    "验收合格率100%，市民满意度不低于90%，使游园条件得到改善。",
)
"""A project made up so that each sentence needs patterns of its own."""

UNKNOWN = "雾凇䶮"
"""No word of the dictionary, so that jieba has to guess."""


def steps(engine: Callable[[], Engine]) -> Iterator[Callable[[], object]]:
    """Reading with guessed words, each sentence, then the picture of a project, first by name alone, then with more and more text.

    engine: gives the engine, asked only by the steps that need it.
    """
    yield lambda: load_segment().cut(UNKNOWN, guess=True)
    for sentence in SENTENCES:
        yield partial(load_reader().read, sentence)
    declaration = Declaration().replace(("project", "name"), NAME)
    for told in range(len(SENTENCES) + 1):
        yield partial(_picture, engine, declaration.replace(("narrative", "overview"), "".join(SENTENCES[:told])))


def _picture(engine: Callable[[], Engine], declaration: Declaration) -> None:
    engine().picture(declaration)
