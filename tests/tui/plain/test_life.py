"""While the line-by-line face waits for a line, programs on other machines see that it lives."""

from __future__ import annotations

import io
import os
import threading

import pytest

from domain.records import locks, naming
from domain.records.store import Store
from tests.fakes import FakeReader, FakeSuggester
from tui.dialogue import Dialogue
from tui.plain import talk
from tui.plain.console import Console, Ended
from tui.plain.life import signs_of_life
from tui.session import Session


def test_signs_come_until_it_ends() -> None:
    signs: list[int] = []
    enough = threading.Event()

    def sign() -> None:
        signs.append(threading.get_ident())
        if len(signs) > 2:
            enough.set()

    with signs_of_life(sign, 0.001):
        assert enough.wait(10)
    count = len(signs)
    assert threading.get_ident() not in signs
    assert not any(thread.name == "signs of life" for thread in threading.enumerate())
    assert len(signs) == count


def test_a_filer_who_thinks_for_long_keeps_the_record(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "SIGN", -1.0)
    monkeypatch.setattr(talk, "signs_of_life", lambda sign: signs_of_life(sign, 0.001))
    session = Session(store, store.new())
    session.edit(("project", "name"), "热线")
    lock = naming.lock_path(session.path)
    seen: list[bool] = []

    class Slow(Console):
        """Somebody who is away from the keyboard for longer than a silent program is thought to live."""

        def read(self, prompt: str = "") -> str:
            os.utime(lock, (1, 1))
            seen.append(_until(lambda: lock.stat().st_mtime > 1))
            raise Ended

    dialogue = Dialogue(session, FakeSuggester, FakeReader)
    assert talk.Talk(dialogue, Slow(io.StringIO(), io.StringIO()), lambda view, topic: None).run() == 0
    assert seen == [True]
    assert not lock.exists()


def _until(condition: object, patience: float = 10.0) -> bool:
    assert callable(condition)
    pause = threading.Event()
    for _ in range(int(patience * 100)):
        if condition():
            return True
        pause.wait(0.01)
    return False
