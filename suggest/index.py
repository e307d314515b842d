"""An inverted index (倒排索引) with BM25 weights: pure functions over term lists, nothing of indicators or forms in it.

`build` turns documents into plain dicts and lists, which can be marshalled; `score` and `Postings` only read them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import TypedDict

Field = tuple[Sequence[str], float]
"""Terms of one field of a document and the field's weight."""

K1 = 1.2
"""Saturation: how soon a repeated term stops counting."""
B = 0.3
"""How much long documents are held back; entries are short and of like length."""


class IndexData(TypedDict):
    """A built index: number of documents; per term the documents in ascending order and the weight of each."""

    count: int
    terms: dict[str, tuple[list[int], list[float]]]


def build(documents: Sequence[Sequence[Field]]) -> IndexData:
    """Index documents, each a list of (terms, weight) fields; a term's weight grows with rarity and with its field."""
    frequency: list[dict[str, float]] = []
    lengths: list[float] = []
    for fields in documents:
        weights: dict[str, float] = {}
        for terms, weight in fields:
            for term in terms:
                weights[term] = weights.get(term, 0.0) + weight
        frequency.append(weights)
        lengths.append(sum(weights.values()))
    average = sum(lengths) / len(lengths) if lengths else 1.0
    inverted: dict[str, tuple[list[int], list[float]]] = {}
    for number, weights in enumerate(frequency):
        norm = K1 * (1 - B + B * (lengths[number] / average if average else 1.0))
        for term, tf in weights.items():
            docs, impacts = inverted.setdefault(term, ([], []))
            docs.append(number)
            impacts.append(tf * (K1 + 1) / (tf + norm))
    total = len(documents)
    for docs, impacts in inverted.values():
        rarity = idf(total, len(docs))
        impacts[:] = [round(impact * rarity, 4) for impact in impacts]
    return {"count": total, "terms": inverted}


def idf(total: int, holding: int) -> float:
    """How telling a term is that `holding` of `total` documents have; never negative."""
    return log(1 + (total - holding + 0.5) / (holding + 0.5))


def score(index: IndexData, query: Mapping[str, float]) -> dict[int, float]:
    """Score of every document that has at least one of the weighted query terms."""
    scores: dict[int, float] = {}
    terms = index["terms"]
    for term, weight in query.items():
        found = terms.get(term)
        if found is None:
            continue
        for doc, impact in zip(*found, strict=True):
            scores[doc] = scores.get(doc, 0.0) + weight * impact
    return scores


def matching(index: IndexData, query: Mapping[str, float], doc: int) -> list[str]:
    """The query terms that a document has, those that counted most first."""
    found = []
    for term, weight in query.items():
        row = index["terms"].get(term)
        if row is None:
            continue
        at = bisect_left(row[0], doc)
        if at < len(row[0]) and row[0][at] == doc:
            found.append((weight * row[1][at], term))
    return [term for _, term in sorted(found, key=lambda item: (-item[0], item[1]))]


def postings(keys: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """Plain postings: for each key the documents that have it, in ascending order."""
    inverted: dict[str, list[int]] = {}
    for number, row in enumerate(keys):
        for key in dict.fromkeys(row):
            inverted.setdefault(key, []).append(number)
    return inverted


def common(inverted: Mapping[str, list[int]], keys: Iterable[str], start: int, end: int) -> list[int]:
    """Documents in [start, end) that have all the keys, found from the rarest key on."""
    rows = []
    for key in dict.fromkeys(keys):
        row = inverted.get(key)
        if row is None:
            return []
        low, high = bisect_left(row, start), bisect_left(row, end)
        if low == high:
            return []
        rows.append((high - low, row, low, high))
    if not rows:
        return []
    rows.sort(key=lambda item: item[0])
    _, row, low, high = rows[0]
    kept = row[low:high]
    for _, other, _, _ in rows[1:]:
        kept = [doc for doc in kept if _has(other, doc)]
    return kept


def _has(row: list[int], doc: int) -> bool:
    at = bisect_left(row, doc)
    return at < len(row) and row[at] == doc
