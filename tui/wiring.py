"""Putting the parts together: a dialogue over an opened record, with engine and reader loaded only when first asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from domain import bounded
from domain.model import Declaration
from domain.records.files import readable
from domain.records.store import Opened, Store
from domain.text import one_line
from tui.dialogue import Dialogue
from tui.folders import Folders
from tui.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from domain.checking import Surroundings
    from domain.exchange import Exporter
    from domain.library import Library
    from domain.reading import Reader
    from domain.training import Material
    from suggest.engine import Engine

SETTINGS = "review.toml"
"""The office's review settings in the configuration folder."""


def dialogue_of(folders: Folders, store: Store, opened: Opened) -> Dialogue:
    """A dialogue about an opened record."""
    return Dialogue(Session(store, opened), lambda: suggester(folders), reader, lambda: surroundings(folders))


@cache
def surroundings(folders: Folders) -> Surroundings:
    """What every review shares, with the office's settings (审核设置)."""
    from domain.checking import Surroundings
    from domain.rules import IDS
    from domain.settings import DEFAULT, read_settings
    from tui.config import MOST_BYTES, what_is_wrong

    path, settings = folders.config / SETTINGS, DEFAULT
    problems: tuple[str, ...] = ()
    text = ""
    try:
        text = bounded.read(path, MOST_BYTES).decode("utf-8-sig")
        settings, problems = read_settings(text, IDS)
    except FileNotFoundError:
        pass
    except (OSError, ValueError, RecursionError) as error:
        problems = (f"没有用上审核设置：{what_is_wrong(error, text)}",)
    told = tuple(one_line(f"{path}：{problem}") for problem in problems)
    return Surroundings(reader(), words(), settings, datetime.date.today(), told)


def review_tables(folders: Folders, path: Path) -> tuple[Exporter, ...]:
    """The official review table (审核表) of the record at `path` in every format; the review is made when one is written."""
    from domain.checking import judge
    from domain.exchange import review_sheet

    return review_sheet.exporters(lambda record: judge(path, surroundings(folders))(record))


def library(folders: Folders, files: Sequence[Path] = ()) -> Library:
    """The indicator library with the user's and the office's layers, and those of the files."""
    from domain.library import open_library

    return open_library(folders.data / "library", files)


@cache
def suggester(folders: Folders) -> Engine:
    """The suggestion engine over the built-in, office and user libraries, with what the unit used before."""
    from domain import derived
    from suggest.data import VERSION, arranged, build_data
    from suggest.loading import load_engine
    from suggest.segment import load_segment, words_path

    learned, layered = folders.data / "learned.toml", library(folders)
    if len(layered.sources) == 1:  # the built-in library alone
        return load_engine(learned, history=lambda: earlier(folders))
    sources = (*layered.sources, words_path())
    data = derived.load(
        "suggest-layers", sources, lambda: build_data(arranged(layered.entries), load_segment()), VERSION
    )
    return load_engine(learned, layered.entries, lambda: earlier(folders), data)


MOST_EARLIER = 40
"""Records of the folder that are looked at for what the unit used before, the newest first."""


def earlier(folders: Folders) -> list[Declaration]:
    """The newest records of the folder; damaged ones are passed over."""
    newest = Store(folders.records).newest()[:MOST_EARLIER]
    return [record.declaration for _, record in readable(newest)]


@cache
def reader() -> Reader:
    """The reader of texts."""
    from suggest.reader import TextReader
    from suggest.segment import load_segment

    return TextReader(load_segment())


def words() -> Callable[[str], Sequence[str]]:
    """The word segmentation, for rules that compare contents."""
    from suggest.segment import load_segment

    return load_segment().cut


@cache
def material() -> Material:
    """What lessons and exercises are made from: the built-in library only, so that an exercise is the same for everyone."""
    from domain.training import Material

    return Material(reader(), words(), _form_of_text)


def _form_of_text(text: str) -> Declaration:
    """The form in an answer that is neither a record nor a sheet."""
    from domain.exchange import ImportProblem, read
    from domain.training import ExerciseError

    if not text.strip():
        raise ExerciseError("什么也没有写。")
    try:
        return read(text.encode(), "answer.txt")[0].record.declaration
    except (ImportProblem, IndexError) as error:
        raise ExerciseError(str(error)) from error


PARTS = (
    "suggest.moments",
    "suggest.money",
    "suggest.reader",
    "suggest.context",
    "suggest.candidates",
    "suggest.engine",
    "suggest.loading",
    "domain.review",
    "domain.rules.completeness",
    "domain.rules.relevance",
    "domain.rules.adequacy",
    "domain.rules",
)
"""Modules in an order in which none brings much more than itself."""


def siblings_of(dialogue: Dialogue) -> Iterator[Callable[[], object]]:
    """Reading the folder's other forms in such steps, so that remarks while drafting know a text that stands there too."""
    from tui.reviewing import STEPS

    reading = dialogue.reviewer.read_siblings()
    yield from (partial(next, reading, None) for _ in range(STEPS))


def warm_up(folders: Folders) -> Iterator[Callable[[], object]]:
    """What the indicator step and the review need, in steps small enough to be taken between two key presses."""
    from importlib import import_module

    for name in PARTS:
        yield partial(import_module, name)
    yield lambda: import_module("domain.records.tidy").sweep(folders.records, Store(folders.records).me)
    yield lambda: import_module("suggest.segment").load_segment()
    yield lambda: import_module("domain.library").builtin_library()
    yield lambda: import_module("domain.framework").framework()
    yield lambda: suggester(folders)
    yield reader
    from suggest.warming import steps  # only now, when all that it imports is there

    yield from steps(lambda: suggester(folders))
