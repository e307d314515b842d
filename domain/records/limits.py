"""Limits of what is read and of what is kept.

How large and how deeply nested a TOML text may be before it is parsed: the parser is slow on one, recursive on the other.
How long and how much lies in the trash. Past states have theirs in `domain.records.past`, a journal in `domain.records.journal`.
"""

from __future__ import annotations

import re

MAX_CHARS = 2_000_000
"""Longer texts are refused unread: a full form is under 20,000 characters, a narrative of 100,000 is possible."""
MAX_LINES = 100_000
"""A table of 5,000 rows has 30,000 lines."""
MAX_DEPTH = 40
"""Brackets open at once, and parts of one dotted key; a record needs three."""

TRASH_ALWAYS = 50
"""The newest things in a folder's trash stay whatever their age and size: clocks jump."""
TRASH_DAYS, TRASH_COPY_DAYS = 365, 90
"""Days that a deleted record lies there, and a copy (留底) of a file that was replaced."""
TRASH_BYTES = 200_000_000
"""All of it together; the oldest go first."""

_TOKENS = (
    r'"""(?:\\.|[^\\"]|"(?!""))*+(?:""")?'  # texts of several lines; one that does not end takes all the rest
    r"|'''(?:[^']|'(?!''))*+(?:''')?"
    r'|"(?:\\.|[^"\\\n])*+"?|\'[^\'\n]*+\'?|#[^\n]*+'  # texts and comments of one line
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<dot>\.)|(?P<end>[\n=,])"
)
"""What counts for nesting, and what does not; no part ever looks at a character twice."""


def excess(text: str) -> str:
    """What is too much about a text, in Chinese; "" where it may be parsed."""
    if len(text) > MAX_CHARS:
        return f"文件过大（超过 {MAX_CHARS // 10000} 万字），不像一份记录"
    if text.count("\n") > MAX_LINES:
        return f"文件过长（超过 {MAX_LINES // 10000} 万行），不像一份记录"
    return "" if _is_flat(text) else _nesting(text)


def _is_flat(text: str) -> bool:
    """Whether there are too few brackets and dots for any deep nesting: so it is with nearly every record."""
    rows = text.count("\n[[indicators]]\n")  # these close again on their line
    if text.count("[") + text.count("{") - 2 * rows > MAX_DEPTH - 2:
        return False
    return all(line.count(".") <= MAX_DEPTH for line in text.split("\n"))


def _nesting(text: str) -> str:
    depth = dots = 0
    for token in re.finditer(_TOKENS, text, re.DOTALL):
        kind = token.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth, dots = max(0, depth - 1), 0
        elif kind == "dot":
            dots += 1
        elif kind == "end":
            dots = 0
        if depth > MAX_DEPTH or dots > MAX_DEPTH:
            return f"TOML 嵌套过深（超过 {MAX_DEPTH} 层），不像一份记录"
    return ""
