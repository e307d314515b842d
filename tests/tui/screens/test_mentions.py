"""Years and document numbers in a text carried from last year: shown up in the editor, gone through by a key, until looked at."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from domain import rolling
from domain.changes import Record
from domain.model import Declaration, Narrative, Project
from domain.records.store import Store
from tui.screens.fill import FillPage
from tui.widgets.answer import Answer

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes import Talk
    from tests.tui.screens.conftest import Seen, Show

KEY = "narrative.overview"
TEXT = "根据威政办发〔2012〕48号建设，2020年租用147条。\n编号20201234不是年份；2020年底验收。"
LAST = Declaration(
    project=Project(
        year=2020, name="线路租用费", start_date=datetime.date(2020, 1, 1), end_date=datetime.date(2020, 12, 31)
    ),
    narrative=Narrative(overview=TEXT),
)


@pytest.fixture
def rolled(store: Store, talk_about: Callable[[Path], Talk]) -> Talk:
    talk = talk_about(store.add(rolling.roll(Record(LAST), 2021)))
    talk.go(KEY)
    return talk


@pytest.fixture
def typed(store: Store, talk_about: Callable[[Path], Talk]) -> Talk:
    talk = talk_about(store.add(Record(LAST)))
    talk.go(KEY)
    return talk


def shown_up(seen: Seen) -> list[str]:
    """What is underlined on the screen, row by row."""
    strips = seen.app.screen._compositor.render_strips()
    runs = ("".join(one.text if one.style and one.style.underline else "\0" for one in strip) for strip in strips)
    return [run for text in runs for run in text.split("\0") if run.strip()]


async def test_years_and_documents_are_shown_up_and_gone_through(show: Show, rolled: Talk) -> None:
    async with show(FillPage(rolled.dialogue)) as seen:
        await seen.until(lambda: shown_up(seen))
        assert shown_up(seen) == ["威政办发〔2012〕48号", "2020", "2020"]
        assert "下一处年份" in seen.keys
        editor = seen.app.screen.query_one(Answer).editor
        assert editor is not None
        selected = []
        for _ in range(4):
            await seen.press("ctrl+n")
            selected.append((editor.selected_text, editor.selection.start))
        assert selected == [("2012", (0, 7)), ("2020", (0, 18)), ("2020", (1, 15)), ("2012", (0, 7))]
        await seen.press("ctrl+n")
        await seen.type("2021")
        assert editor.text == TEXT.replace("2020年租用", "2021年租用")
        await seen.press("f9")
    assert rolled.form.narrative.overview == TEXT.replace("2020年租用", "2021年租用")


async def test_what_was_looked_at_looks_like_any_text(show: Show, rolled: Talk) -> None:
    async with show(FillPage(rolled.dialogue)) as seen:
        await seen.until(lambda: shown_up(seen))
        await seen.press("f9")
        rolled.go(KEY)
        seen.app.screen.refresh_question()
        await seen.shows("2020年租用147条")
        assert shown_up(seen) == []
        assert "下一处年份" not in seen.keys


async def test_in_other_records_nothing_is_shown_up(show: Show, typed: Talk) -> None:
    async with show(FillPage(typed.dialogue)) as seen:
        await seen.shows("2020年租用147条")
        assert shown_up(seen) == []
        await seen.press("ctrl+n")
        editor = seen.app.screen.query_one(Answer).editor
        assert editor is not None
        assert editor.selected_text == ""
