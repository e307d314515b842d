"""Words of the language (词表) that reading and naming go by, from data/suggest_words.toml; read on first use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from suggest.tables import WORDS_FILE, table


class Lexicon(NamedTuple):
    """The word lists; the data file explains each."""

    actions: frozenset[str]
    works: Mapping[str, str]
    """Each work with the first of those that are much the same."""
    leading: frozenset[str]
    plain: frozenset[str]
    fillers: frozenset[str]
    not_nouns: frozenset[str]
    one_char: frozenset[str]
    abstract: frozenset[str]
    vague: frozenset[str]
    things: frozenset[str]
    modifiers: frozenset[str]
    verbs_only: frozenset[str]
    leaning: frozenset[str]
    where: frozenset[str]
    stop: frozenset[str]
    tails: tuple[str, ...]
    heads: tuple[str, ...]
    served: tuple[str, ...]
    qualities: tuple[str, ...]
    aliases: Mapping[str, str]
    endings: Mapping[str, tuple[str, ...]]
    purposes: Mapping[str, str]
    subjects: Mapping[str, str]


_SETS = (
    "actions",
    "leading",
    "plain",
    "fillers",
    "not_nouns",
    "one_char",
    "abstract",
    "vague",
    "things",
    "modifiers",
    "verbs_only",
    "leaning",
    "where",
    "stop",
)
_ROWS = ("tails", "heads", "served", "qualities")


def lexicon_of(document: Mapping[str, Any]) -> Lexicon:
    """The lexicon in a parsed document; raises KeyError where a list is missing."""
    values: dict[str, Any] = {name: frozenset(document[name].split()) for name in _SETS}
    values |= {name: tuple(document[name].split()) for name in _ROWS}
    endings = {gap: tuple(words.split()) for gap, words in document["endings"].items()}
    rows = [row.split() for row in document["works"].strip().splitlines()]
    return Lexicon(
        **values,
        works={work: row[0] for row in rows for work in row},
        aliases=document["aliases"],
        endings=endings,
        purposes=document["purposes"],
        subjects=document["subjects"],
    )


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the program."""
    return lexicon_of(table(WORDS_FILE))
