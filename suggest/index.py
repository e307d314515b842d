"""An inverted index (倒排索引) with BM25 weights: pure functions over term lists, nothing of indicators or forms in it.

`build` turns documents into plain dicts and bytes, which can be marshalled; `score` and `Postings` only read them.
"""

from __future__ import annotations

from array import array
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
    """A built index: number of documents; per term the documents in ascending order and the weight of each, packed."""

    count: int
    terms: dict[str, tuple[bytes, bytes]]


Postings = dict[str, bytes]
"""For each key the documents that have it, in ascending order, packed."""

_NUMBERS, _WEIGHTS = "I", "f"
"""array type codes: packed lists load from a file at once and are opened only when a query needs them."""


def numbers(packed: bytes) -> array[int]:
    """The documents in a packed list."""
    return array(_NUMBERS, packed)


def _packed(values: Iterable[int]) -> bytes:
    return array(_NUMBERS, values).tobytes()


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
    packed: dict[str, tuple[bytes, bytes]] = {}
    for term, (docs, impacts) in inverted.items():
        rarity = idf(total, len(docs))
        packed[term] = (_packed(docs), array(_WEIGHTS, (impact * rarity for impact in impacts)).tobytes())
    return {"count": total, "terms": packed}


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
        for doc, impact in zip(numbers(found[0]), array(_WEIGHTS, found[1]), strict=True):
            scores[doc] = scores.get(doc, 0.0) + weight * impact
    return scores


def postings(keys: Iterable[Iterable[str]]) -> Postings:
    """Plain postings: for each key the documents that have it, in ascending order."""
    inverted: dict[str, list[int]] = {}
    for number, row in enumerate(keys):
        for key in dict.fromkeys(row):
            inverted.setdefault(key, []).append(number)
    return {key: _packed(row) for key, row in inverted.items()}


def common(inverted: Mapping[str, bytes], keys: Iterable[str], start: int, end: int) -> list[int]:
    """Documents in [start, end) that have all the keys, found from the rarest key on."""
    rows: list[tuple[int, array[int], int, int]] = []
    for key in dict.fromkeys(keys):
        packed = inverted.get(key)
        if packed is None:
            return []
        row = numbers(packed)
        low, high = bisect_left(row, start), bisect_left(row, end)
        if low == high:
            return []
        rows.append((high - low, row, low, high))
    if not rows:
        return []
    rows.sort(key=lambda item: item[0])
    _, row, low, high = rows[0]
    kept = list(row[low:high])
    for _, other, _, _ in rows[1:]:
        kept = [doc for doc in kept if _has(other, doc)]
    return kept


def _has(row: array[int], doc: int) -> bool:
    at = bisect_left(row, doc)
    return at < len(row) and row[at] == doc
