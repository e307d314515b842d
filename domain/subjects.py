"""Code tables of government subjects (功能科目, 部门经济科目): look up by code, by part of the name or by pinyin initials.

The functional table is not complete: an unknown code is accepted with a hint, never refused.
"""

from __future__ import annotations

from collections import Counter
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

    Complete codes stand before their headings, since only they can be filled in. Words before the last one name headings:
    人大 行政运行.
    """
    *above, query = query.split() or [""]
    full = CODE_LENGTH[name]
    ranked = []
    for code, label, keys in _keys(name):
        rank = _rank(query, code, label, keys)
        if rank is not None and all(any(word in one for one in headings(name, code)) for word in above):
            ranked.append((len(code) != full and rank > 0, rank, code, label))
    return [Coded(code, label) for _, _, code, label in sorted(ranked)[:limit]]


def headings(name: str, code: str) -> list[str]:
    """The names of a code's headings (款, 类), the nearest first."""
    known = table(name)
    return [known[code[:length]] for length in (5, 3) if length < len(code) and code[:length] in known]


@cache
def _repeated(name: str) -> frozenset[str]:
    """Names that several complete codes have, such as 行政运行."""
    counts = Counter(label for code, label in table(name).items() if len(code) == CODE_LENGTH[name])
    return frozenset(label for label, count in counts.items() if count > 1)


def told_apart(name: str, subject: Coded) -> str:
    """A subject as it stands in a list: with its heading where others have its name, [31002]办公设备购置（资本性支出）."""
    above = headings(name, subject.code) if subject.name in _repeated(name) else []
    return f"{subject}（{above[0]}）" if above else str(subject)


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
