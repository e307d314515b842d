"""Everything that takes text or bytes from outside, each as a function of bytes that raises only where the program is wrong."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from domain import answers, quantity
from domain.changes import Record
from domain.exchange import ImportProblem, read
from domain.exchange.importers import IMPORTERS
from domain.fields import Field
from domain.library import open_library
from domain.model import Declaration, fields
from domain.records.codec import RecordError, decode, encode
from domain.records.journal import Journal
from domain.records.journal_lines import UNUSABLE, replay
from domain.rules import IDS
from domain.settings import read_settings
from domain.text import clean, one_line
from domain.training import progress_file
from suggest.command import SuggestError, declaration_of
from suggest.learned import Learned
from suggest.reader import TextReader, load_reader
from tests.stress.hostile import MOST_MARKS
from tui.arguments import parser
from tui.dialogue import commands
from tui.terminal.parser import SafeParser

Target = Callable[[bytes], Any]

FORM = Declaration().replace(("project", "year"), 2021).replace(("project", "name"), "热线线路租用费")
reader: Callable[[], TextReader] = cache(load_reader)
arguments: Callable[[], argparse.ArgumentParser] = cache(parser)


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _answer(one: Field) -> Target:
    def parse(data: bytes) -> None:
        text = text_of(data)
        said = answers.parse(one, text, FORM)
        if isinstance(said, answers.Understood) and clean(text).strip():  # blanks are no answer
            value = FORM.replace(one.path, said.value)
            assert decode(encode(Record(value))).record.declaration.get(one.path) == said.value
        elif isinstance(said, answers.Refused):
            assert said.message

    return parse


def _quantities(data: bytes) -> None:
    text = text_of(data)
    quantity.parse_money(text)
    quantity.parse_date(text, 2021)
    quantity.parse_target(text)
    quantity.looks_like_target(text)


def _record(data: bytes) -> None:
    with contextlib.suppress(RecordError):
        record = decode(data.decode("utf-8", "replace")).record
        again = decode(encode(record)).record
        assert again.declaration == record.declaration


def _import(suffix: str) -> Target:
    def take(data: bytes) -> None:
        with contextlib.suppress(ImportProblem):
            for form in read(data, f"表{suffix}"):
                assert decode(encode(form.record)).record.declaration == form.record.declaration

    return take


def _in_file(name: str, use: Callable[[Path], Any]) -> Target:
    def take(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            use(path)

    return take


def _journal(data: bytes) -> None:
    with contextlib.suppress(*UNUSABLE):
        replay([json.loads(line) for line in data.split(b"\n")])


def _settings(data: bytes) -> None:
    with contextlib.suppress(tomllib.TOMLDecodeError, RecursionError):
        read_settings(data.decode("utf-8", "replace"), IDS)


def _project(data: bytes) -> None:
    with contextlib.suppress(SuggestError, ValueError, RecursionError):
        declaration_of(json.loads(data))


def _arguments(data: bytes) -> None:
    quiet = io.StringIO()
    with contextlib.suppress(SystemExit), contextlib.redirect_stderr(quiet), contextlib.redirect_stdout(quiet):
        arguments().parse_args([piece.replace("\0", "") for piece in text_of(data).split(" ")])


def _command(data: bytes) -> None:
    split = commands.split(text_of(data))
    if split:
        commands.find(split[0])
        commands.close_to(split[0])


def _terminal(data: bytes) -> None:
    terminal = SafeParser()
    for event in [*terminal.feed(data.decode("utf-8", "replace")), *terminal.feed("")]:
        pasted = getattr(event, "text", "")
        assert "\t".join(clean(piece) for piece in pasted.split("\t")) == pasted


def _clean(data: bytes) -> None:
    text = clean(text_of(data))
    assert clean(text) == text
    assert "\n" not in one_line(text)
    assert "\u0301" * (MOST_MARKS + 1) not in text


def _progress(data: bytes) -> None:
    found = progress_file.decode(data.decode("utf-8", "replace"))
    if found is not None:
        again = progress_file.decode(progress_file.encode(found.progress))
        assert again is not None
        assert again.progress == found.progress


TARGETS: Mapping[str, Target] = {
    "clean": _clean,
    "quantities": _quantities,
    "reader": lambda data: reader().read(text_of(data), ("narrative", "overview")),
    "record": _record,
    "journal": _journal,
    "journal file": _in_file("记录.journal", lambda path: Journal(path).read()),
    "settings": _settings,
    "library": _in_file("层.toml", lambda path: open_library(path.parent)),
    "progress": _progress,
    "learned": _in_file("learned.toml", Learned),
    "project as JSON": _project,
    "arguments": _arguments,
    "command": _command,
    "terminal": _terminal,
    **{f"import {one.id}": _import(one.suffixes[0]) for one in IMPORTERS},
    **{f"answer {one.spec.kind.value}": _answer(one) for one in fields()},
}
"""Target by name; of the answers one field of each kind."""
