"""The same answers through the dialogue, line by line, and by keys on a real terminal give the same record."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain import answers
from domain.changes import Record
from domain.exchange import read
from domain.fields import Kind
from domain.framework import framework
from domain.model import Declaration, fields, is_empty
from domain.records.codec import decode
from domain.records.store import Store, read_text
from tests.paths import PUBLISHED, WATER_SUPPLY
from tui import wiring
from tui.dialogue import Mode
from tui.folders import Folders
from tui.plain.console import Console
from tui.plain.talk import Talk

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

GIVEN = PUBLISHED / "2020-hotline-lines.txt"
FORMS = [
    WATER_SUPPLY,
    pytest.param(GIVEN, marks=pytest.mark.skipif(not GIVEN.exists(), reason="the published forms are not here")),
]


def imported(path: Path) -> Declaration:
    [form] = read(path.read_bytes(), path.name)
    return form.record.declaration


def script(declaration: Declaration) -> Iterator[tuple[str, Mode, str]]:
    """Question title, its mode, and what a filer types to get this declaration from nothing; "" leaves a field or slot."""
    for one in fields():
        value = declaration.get(one.path)
        mode = Mode.LONG if one.spec.kind is Kind.LONG else Mode.LINE
        yield one.spec.label, mode, "" if is_empty(value) else answers.shown(value)
    for slot in framework(declaration.framework).slots:
        for _, row in declaration.rows(slot.key):
            yield slot.place, Mode.SLOT, row.name
            yield f"{slot.place}　{row.name}", Mode.TARGET, row.target
        yield slot.place, Mode.SLOT, ""


def saved(folders: Folders) -> Record:
    [path] = Store(folders.records).paths()
    return decode(read_text(path)).record


@pytest.mark.parametrize("form", FORMS)
def test_through_the_dialogue(form: Path, folders: Folders) -> None:
    wanted = imported(form)
    store = Store(folders.records)
    dialogue = wiring.dialogue_of(folders, store, store.new())
    for _, mode, text in script(wanted):
        assert dialogue.question().mode is mode, dialogue.question()
        reply = dialogue.answer(text, literal=mode is Mode.LONG)
        assert not reply.refused, reply
    assert dialogue.question().mode is Mode.DONE
    assert saved(folders).declaration == wanted


@pytest.mark.parametrize("form", FORMS)
def test_line_by_line(form: Path, folders: Folders) -> None:
    wanted = imported(form)
    typed = "".join(f"{text}\n.\n" if mode is Mode.LONG and text else f"{text}\n" for _, mode, text in script(wanted))
    store, out = Store(folders.records), io.StringIO()
    dialogue = wiring.dialogue_of(folders, store, store.new())
    assert Talk(dialogue, Console(io.StringIO(typed), out), print).run() == 0
    assert saved(folders).declaration == wanted
    assert "\x1b" not in out.getvalue()


class Keys:
    """A filer at the keys who looks before typing on: each question is waited for."""

    def __init__(self, app: PtyApp) -> None:
        self._app = app

    def settled(self, title: str, mode: Mode) -> bool:
        """Whether this question stands on the screen with an empty input."""
        rows = self._app.lines
        return any(row.startswith(title) for row in rows) and (
            mode is Mode.LONG or any(row == ">" or row.startswith(">  回车填") for row in rows)
        )

    def answer(self, title: str, mode: Mode, text: str) -> None:
        assert self._app.until(lambda: self.settled(title, mode)), f"{title}\n{self._app.text}"
        for number, row in enumerate(text.split("\n")):
            self._app.type(*(["\r"] if number else []), row)
        self._app.type("\x1b[20~" if mode is Mode.LONG else "\r")


@pytest.mark.parametrize("form", FORMS)
def test_by_keys_on_a_terminal(form: Path, start: Callable[..., PtyApp], tmp_path: Path) -> None:
    wanted = imported(form)
    environment = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    folders = Folders(*(tmp_path / "data" / "tianbiao" / name for name in ("records", "", "", "", "")))
    app = start(argv=[sys.executable, "-m", "tui"], env=environment, wait="新填一张表")
    app.type("\r")
    keys = Keys(app)
    for title, mode, text in script(wanted):
        keys.answer(title, mode, text)
    assert app.shows("都问过一遍了"), app.text
    app.type("\x1b[21~", "y", "\x1b[21~", "y")
    assert app.exit_code() == 0
    assert saved(folders).declaration == wanted
