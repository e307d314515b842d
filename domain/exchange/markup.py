"""Cells as text with `<p>` blocks: tags read into paragraphs, and values guarded so that they read back the same.

The published pages write paragraphs as `<p>…</p>` in plain text. Our own text export does the same where a value has several
paragraphs or would be misread bare; a cell made of `<p>` blocks only is literal (原样): it is never taken for a label.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_NAMES = (
    "p|br|div|span|strong|b|em|i|u|s|font|a|img|li|ul|ol|h[1-6]|sub|sup|o:p|table|tbody|thead|tr|td|th|pre|center|section|"
    "article|label|small|big|blockquote|hr|st1:[a-z]+|nobr|code|del|ins|mark"
)
_TAG = re.compile(rf"<(/?)({_NAMES})((?:\s[^<>]*)?)/?>", re.IGNORECASE)
_BREAKS = frozenset("p div li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote section article hr pre".split())
_LITERAL = re.compile(r"\s*(?:<p>[^<>]*</p>\s*)+")
_BLOCK = re.compile(r"<p>([^<>]*)</p>")
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|quot|ldquo|rdquo|middot|hellip|mdash|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_LINK = re.compile(r"""(?:href|src|alt|title)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plain:
    """A cell without its tags: paragraphs divided by LF, the tags met, and texts that stood inside tags (links)."""

    text: str
    tags: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    entities: bool = False


def is_literal(cell: str) -> bool:
    """Whether the cell is `<p>` blocks only, to be taken exactly as written."""
    return _LITERAL.fullmatch(cell) is not None


def blocks(cell: str) -> list[str]:
    """The contents of a literal cell's blocks, entities still in place."""
    return _BLOCK.findall(cell)


def plain(cell: str) -> Plain:
    """The cell's text with tags turned into paragraphs and entities resolved."""
    if is_literal(cell):
        return Plain("\n".join(html.unescape(block) for block in blocks(cell)), ("p",))
    tags = tuple(dict.fromkeys(match[2].lower() for match in _TAG.finditer(cell)))
    if not tags:
        if not _ENTITY.search(cell):
            return Plain(cell)
        return Plain(html.unescape(cell), entities=True)
    inside = [next(filter(None, link.groups()), "") for tag in _TAG.finditer(cell) for link in _LINK.finditer(tag[3])]
    text = re.sub(r"<br\s*/?>\s*(?=</p>)", "", cell, flags=re.IGNORECASE)
    text = _TAG.sub(lambda tag: "\0" if tag[2].lower() in _BREAKS else "\n" if tag[2].lower() == "br" else "", text)
    paragraphs = [piece.strip(" \t\n") for piece in text.split("\0")]
    joined = "\n".join(html.unescape(piece) for piece in paragraphs if piece)
    return Plain(joined, tags, tuple(filter(None, inside)))


def guard(text: str) -> str:
    """The text as a literal cell: one `<p>` block a paragraph, `&`, `<`, `>` as entities."""
    return " ".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n"))


def is_bare(text: str, *, lines: bool = False) -> bool:
    """Whether a text can stand in a cell as it is: no edge spaces, no tag or entity, one line unless `lines`."""
    if not text.strip() or text != text.strip(" ") or "\t" in text or ("\n" in text and not lines):
        return False
    return plain(text) == Plain(text)
