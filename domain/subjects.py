"""Code tables of government subjects (功能科目, 部门经济科目): look up by code, by part of the name or by pinyin initials.

The functional table is not complete: an unknown code is accepted with a hint, never refused.
"""

from __future__ import annotations

from functools import cache

from domain import pinyin
from domain.data import data_path
from domain.project import Coded

FUNCTIONAL = "functional"
ECONOMIC = "economic"
CODE_LENGTH = {FUNCTIONAL: 7, ECONOMIC: 5}
"""Digits of a complete code: 类3+款2+项2 and 类3+款2."""


@cache
def table(name: str) -> dict[str, str]:
    """The code table by code; name is FUNCTIONAL or ECONOMIC."""
    rows = data_path(f"{name}_subjects.tsv").read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t", 1) for row in rows if row and not row.startswith("#"))


@cache
def _keys(name: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple((code, label, pinyin.keys(label)) for code, label in table(name).items())


def find(name: str, query: str, limit: int = 9) -> list[Coded]:
    """Subjects that a query means, best first: exact code or name, code prefix, initials, part of the name.

    Complete codes stand before their headings, since only they can be filled in.
    """
    query = query.strip()
    full = CODE_LENGTH[name]
    ranked = []
    for code, label, keys in _keys(name):
        rank = _rank(query, code, label, keys)
        if rank is not None:
            ranked.append((len(code) != full and rank > 0, rank, code, label))
    return [Coded(code, label) for _, _, code, label in sorted(ranked)[:limit]]


def _rank(query: str, code: str, label: str, keys: tuple[str, ...]) -> int | None:
    if query in (code, label):
        return 0
    if query.isdigit():
        return 2 if code.startswith(query) else None
    if pinyin.is_initials(query):
        start = pinyin.matches(query, keys)
        if start is None:
            return None
        return 1 if start == 0 and len(keys) == len(query) else 2 if start == 0 else 4
    start = label.find(query)
    return None if start < 0 else 2 if start == 0 else 3
