"""Untrusted text for widgets: nothing in it is markup, nothing in it reaches the terminal as a control."""

from __future__ import annotations

from textual.content import Content

from domain.text import clean


def safe(text: str) -> Content:
    """Content that shows `text` letter by letter; use it wherever a widget would take a bare string for markup."""
    return Content(clean(text))
