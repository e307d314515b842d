"""Putting the parts together: a dialogue over an opened record, with engine and reader loaded only when first asked."""

from __future__ import annotations

from functools import cache

from domain.reading import Reader
from domain.records.store import Opened, Store
from suggest.types import Suggester
from tui.dialogue import Dialogue
from tui.folders import Folders
from tui.session import Session


def store_of(folders: Folders) -> Store:
    """The store of the records folder."""
    return Store(folders.records)


def dialogue_of(folders: Folders, store: Store, opened: Opened) -> Dialogue:
    """A dialogue about an opened record."""
    return Dialogue(Session(store, opened), lambda: suggester(folders), reader)


@cache
def suggester(folders: Folders) -> Suggester:
    """The suggestion engine over the built-in, office and user libraries."""
    from suggest.engine import Engine

    return Engine.load(learned=folders.data / "learned.toml")


@cache
def reader() -> Reader:
    """The reader of texts."""
    from suggest.reader import TextReader

    return TextReader()
