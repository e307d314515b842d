"""Words of judged targets."""

from __future__ import annotations

import pytest

from domain.vocabulary import JUDGED, WORDS, words_for


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("档案管理健全性", ("健全",)),
        ("资金使用合规性", ("合规",)),
        ("目标公开性", ("公开",)),
        ("性", ()),
        ("预算资金到位率", ()),
        ("", ()),
    ],
)
def test_words_follow_the_suffix(name: str, words: tuple[str, ...]) -> None:
    assert words_for(name) == words


def test_every_word_is_known() -> None:
    assert {word for words in JUDGED.values() for word in words} == WORDS
