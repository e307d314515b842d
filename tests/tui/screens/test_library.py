"""The library page: tree, search, sheet, sectors, and putting an entry into the open record."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.changes import Record
from domain.framework import SlotKey, framework
from domain.library import Library, open_library
from domain.library.search import Finder
from domain.marks import SUGGESTED, row_key
from domain.model import Declaration, Indicator
from domain.records.codec import decode
from domain.records.store import Store, read_text
from suggest.types import Offer, Suggestion, TargetOption
from tui import browsing
from tui.browsing import Adding, Shelf
from tui.dialogue import Dialogue
from tui.screens.library import LibraryPage
from tui.screens.pick import PickPage
from tui.screens.taking import TakingPage
from tui.session import Session

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp
    from tests.tui.screens.conftest import Show

HERE = Path(__file__).parent


class Helper:
    """A suggester that knows one noun and one target."""

    def __init__(self) -> None:
        self.learned: list[str] = []
        self.found: tuple[Suggestion, ...] = ()
        self.options: tuple[TargetOption, ...] = ()

    def offer(self, declaration: Declaration, slot: SlotKey, limit: int = 5) -> Offer:
        return Offer(())

    def search(self, declaration: Declaration, slot: SlotKey, query: str, limit: int = 8) -> tuple[Suggestion, ...]:
        return tuple(one._replace(entry_id=query, slot=slot) for one in self.found)

    def targets(self, declaration: Declaration, slot: SlotKey, name: str) -> tuple[TargetOption, ...]:
        return self.options

    def draft(self, declaration: Declaration, text: str) -> tuple[()]:
        return ()

    def chosen(self, declaration: Declaration, suggestion: Suggestion, accepted: bool) -> None:
        self.learned.append(suggestion.name)

    def taken_back(self, declaration: Declaration, slot: SlotKey, name: str) -> None:
        self.learned.remove(name)


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


@pytest.fixture
def helper() -> Helper:
    return Helper()


@pytest.fixture
def dialogue(tmp_path: Path, helper: Helper) -> Dialogue:
    store = Store(tmp_path / "records")
    return Dialogue(Session(store, store.new()), lambda: helper, lambda: None)  # type: ignore[arg-type, return-value]


def rows(dialogue: Dialogue) -> list[Indicator]:
    return list(dialogue.session.declaration.indicators)


# -- looking --


async def test_the_tree_has_every_slot_with_its_count(show: Show, library: Library) -> None:
    async with show(LibraryPage(library), size=(80, 60)) as seen:
        for slot in framework().slots:
            count = sum(entry.slot == slot.key for entry in library.entries)
            assert f"+ {slot.level2}（{count}）" in seen.text
        assert all(slot.level1 in seen.lines for slot in framework().slots)
        assert f"{len(library.entries)} 条" in seen.lines[0]


async def test_a_slot_opens_and_closes(show: Show, library: Library) -> None:
    slot = framework().slots[0]
    names = [entry.name for entry in library.entries if entry.slot == slot.key]
    async with show(LibraryPage(library)) as seen:
        assert slot.meaning[:20] in seen.text
        await seen.press("right", "down")
        assert names[0] in seen.current
        assert f"名称：{names[0]}" in seen.text
        await seen.press("left")
        assert seen.current == f"> + {slot.level2}（{len(names)}）"
        await seen.press("enter")
        assert names[1] in seen.text
        await seen.press("f8")
        assert framework().slots[1].level2 in seen.current
        await seen.press("f7")
        assert slot.level2 in seen.current


@pytest.mark.parametrize("query", ["zjdwl", "资金到位率", "ZJDWL"])
async def test_search_by_words_and_initials(show: Show, library: Library, query: str) -> None:
    async with show(LibraryPage(library)) as seen:
        await seen.type(query)
        expected = Finder(library.entries).find(query)
        await seen.shows(f"找到 {len(expected)} 条")
        assert expected[0].entry.name in seen.current
        await seen.press("escape")
        assert f"{len(library.entries)} 条" in seen.lines[0]


async def test_search_by_a_synonym_shows_the_sheet(show: Show, library: Library) -> None:
    entry = next(entry for entry in library.entries if entry.synonyms and not entry.template)
    async with show(LibraryPage(library)) as seen:
        await seen.type(entry.synonyms[0])
        await seen.shows(f"名称：{entry.name}")
        assert entry.definition[:10] in seen.text


async def test_nothing_found_says_what_to_do(show: Show, library: Library) -> None:
    async with show(LibraryPage(library)) as seen:
        await seen.type("乌有乌有乌有")
        await seen.shows("没有找到")
        await seen.press("enter", "f9", "right", "f8", "f1", "f4")
        assert seen.is_open


async def test_only_rows_in_sight_are_made(show: Show, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    text = LibraryPage._text
    monkeypatch.setattr(LibraryPage, "_text", lambda self, item: (made.append(item), text(self, item))[1])
    page = LibraryPage(library)
    page._shelf.opened.update(slot.place for slot in framework().slots)
    async with show(page) as seen:
        assert len(page._items) > 1000
        made.clear()
        await seen.press("down")
        assert 0 < len(made) <= 3 * seen.app.size.height


async def test_a_sector_narrows_tree_and_search(show: Show, library: Library) -> None:
    wanted = [entry for entry in library.entries if "养老" in entry.sectors]
    async with show(LibraryPage(library)) as seen:
        await seen.press("f3")
        assert isinstance(seen.app.screen, PickPage)
        await seen.type("yl")
        assert "养老" in seen.current
        await seen.press("enter")
        await seen.shows(f"{len(wanted)} 条｜领域：养老")
        await seen.type("满意度")
        shelf = Shelf(library)
        shelf.sector = "养老"
        assert f"找到 {len(shelf.find('满意度'))} 条" in seen.text
        await seen.press("f3", "enter")
        await seen.until(lambda: "领域" not in seen.lines[0])


async def test_study_changes_nothing_and_reads_the_whole_sheet(show: Show, library: Library) -> None:
    async with show(LibraryPage(library)) as seen:
        await seen.type("zjdwl")
        await seen.press("enter")
        await seen.shows("编号：")
        assert "来源：" in seen.text
        await seen.press("f10", "f6", "f10")
        await seen.shows("找到")
        await seen.press("f10")
        assert await seen.ended() is None


async def test_f1_explains_the_slot(show: Show, library: Library) -> None:
    slot = framework().slots[7]
    async with show(LibraryPage(library)) as seen:
        await seen.press(*["f8"] * 7, "right", "down", "f1")
        await seen.shows(slot.bad[:12])
        assert slot.mistake[:12] in seen.text


async def test_the_sheet_stands_beside_on_a_wide_terminal(show: Show, library: Library) -> None:
    async with show(LibraryPage(library), size=(140, 40)) as seen:
        await seen.type("zjdwl")
        assert "预算资金到位率" in seen.lines[1]
        assert "| 名称：预算资金到位率" in seen.lines[1]
        await seen.pilot.resize_terminal(80, 24)
        await seen.until(lambda: "| 名称" not in seen.text)
        assert "名称：预算资金到位率" in seen.text
        assert "预算资金到位率" in seen.current


async def test_foreign_text_is_shown_letter_by_letter(show: Show, library: Library) -> None:
    evil = "错[/b]误[@click=app.quit]\x1b[2J\x9b点"
    entry = library.entries[0]._replace(id="evil", name=evil, definition=evil, synonyms=(evil,), sectors=(evil,))
    async with show(LibraryPage(Library((entry,)))) as seen:
        await seen.press("right", "down", "f4")
        await seen.shows("错[/b]误[@click=app.quit]点")
        assert "\x1b" not in seen.text
        assert "\x9b" not in seen.text


# -- into the record --


async def test_an_entry_with_a_target_goes_straight_in(
    show: Show, library: Library, dialogue: Dialogue, helper: Helper
) -> None:
    entry = library.entries[0]
    async with show(LibraryPage(library, dialogue)) as seen:
        await seen.type(entry.name)
        await seen.press("enter")
        said = await seen.ended()
        assert entry.name in said
    [row] = rows(dialogue)
    assert row == Indicator(*entry.slot, entry.name, entry.target_text)
    assert dialogue.session.origin(row_key(row)) == SUGGESTED
    assert helper.learned == [entry.name]
    path = dialogue.session.path
    assert decode(read_text(path)).record.declaration.indicators == (row,)


async def test_a_template_asks_for_the_noun_then_for_the_target(
    show: Show, library: Library, dialogue: Dialogue
) -> None:
    async with show(LibraryPage(library, dialogue)) as seen:
        await seen.type("line-rental-count")
        await seen.press("f9")
        assert isinstance(seen.app.screen, TakingPage)
        assert "例如" in seen.text
        await seen.press("enter")
        assert "请写出" in seen.keys
        await seen.type("光纤")
        await seen.shows("光纤租用数量")
        await seen.press("enter")
        await seen.shows("目标值：")
        await seen.type("147")
        await seen.press("enter")
        await seen.ended()
    assert [(row.name, row.target) for row in rows(dialogue)] == [("光纤租用数量", "=147条")]


async def test_what_the_project_says_is_offered(
    show: Show, library: Library, dialogue: Dialogue, helper: Helper
) -> None:
    helper.found = (Suggestion("", ("", ""), "热线线路租用数量", "", 1.0, ()),)
    helper.options = (TargetOption("=143条", "原文写明“143条”"),)
    async with show(LibraryPage(library, dialogue)) as seen:
        await seen.type("line-rental-count")
        await seen.press("enter")
        assert "回车填：热线线路" in seen.text
        await seen.press("enter")
        await seen.shows("1. =143条")
        await seen.type("1")
        await seen.press("enter")
        await seen.ended()
    assert [(row.name, row.target) for row in rows(dialogue)] == [("热线线路租用数量", "=143条")]


async def test_one_after_the_other_and_undo(show: Show, library: Library, dialogue: Dialogue) -> None:
    first = library.entries[0]
    async with show(LibraryPage(library, dialogue)) as seen:
        await seen.type(first.name)
        await seen.press("f6")
        await seen.shows("已加入 1 条")
        assert "√" in seen.current
        await seen.press("f6")
        assert "已经在这一格里了" in seen.keys
        assert len(rows(dialogue)) == 1
        await seen.press("escape", "ctrl+z")
        assert rows(dialogue) == []
        assert "已撤销" in seen.keys
        await seen.press("ctrl+z", "f10")
        assert await seen.ended() is None


async def test_cancelling_a_question_adds_nothing(show: Show, library: Library, dialogue: Dialogue) -> None:
    async with show(LibraryPage(library, dialogue)) as seen:
        await seen.type("line-rental-count")
        await seen.press("enter", "f10")
        await seen.shows("找到 1 条")
        assert rows(dialogue) == []
        await seen.press("f10")
        assert await seen.ended() is None


async def test_the_slot_of_the_conversation_is_open(show: Show, library: Library, dialogue: Dialogue) -> None:
    dialogue.goto("产出目标/数量")
    async with show(LibraryPage(library, dialogue)) as seen:
        assert seen.current.startswith("> - 数量")


# -- without a screen --


async def test_gaps_of_a_name_are_shown_in_the_brackets_of_forms(
    show: Show, library: Library, dialogue: Dialogue
) -> None:
    async with show(LibraryPage(library, dialogue), size=(100, 30)) as seen:
        for char in "租用数量":
            await seen.type(char)
        await seen.shows("〔对象〕租用数量")
        assert "{" not in seen.text
        await seen.press("enter")
        await seen.shows("名称里的“对象”是：")
        assert "〔对象〕租用数量" in seen.lines[1]
        assert "{" not in seen.text


def test_entries_in_another_framework(library: Library) -> None:
    shelf = Shelf(library, "national-2021")
    places = {entry.id: shelf.slot_of(entry) for entry in library.entries}
    assert {slot.level1 for slot in places.values() if slot} <= {slot.level1 for slot in shelf.frame.slots}
    homeless = [group for group in shelf.groups() if group.slot is None]
    assert sum(len(group.entries) for group in shelf.groups()) == len(library.entries)
    assert homeless
    assert homeless[0].title == browsing.ELSEWHERE


def test_an_unknown_framework_is_shown_as_the_forms_own(library: Library) -> None:
    assert Shelf(library, "from-the-future").frame == framework()


@pytest.mark.parametrize(
    ("text", "target"),
    [("12", "=12条"), ("12台", "=12台"), (">=3条", ">=3条"), ("2", "=8条"), ("健全", "健全"), ("", "")],
)
def test_targets_as_they_are_typed(library: Library, text: str, target: str) -> None:
    entry = next(entry for entry in library.entries if entry.id == "line-rental-count")
    options = (TargetOption("=7条", ""), TargetOption("=8条", ""))
    assert browsing.target_of(text, entry, options) == target


def test_every_gap_is_asked(library: Library) -> None:
    entry = library.entries[0]._replace(name="{对象}到{区域}的数量")
    adding = Adding(entry, framework().slots[0], entry.name)
    assert (adding.gap, adding.example) == ("对象", "光纤")
    adding = adding.filled("甲")
    assert adding.gap == "区域"
    assert adding.filled("乙").name == "甲到乙的数量"


# -- on a terminal --


def test_by_keys_on_a_terminal(start: Callable[..., PtyApp], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store(tmp_path / "records")
    path = store.add(Record(Declaration().replace(("project", "name"), "光纤租用费")))
    environment = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    app = start(
        argv=[sys.executable, str(HERE / "pages_app.py"), "library", str(store.folder)], env=environment, wait="指标库"
    )
    app.type("zjdwl")
    assert app.shows("名称：预算资金到位率"), app.text
    app.type("\x1b[B", "\x1b[A", "\x1b[20~")
    assert app.exit_code() == 0
    assert "预算资金到位率" in (tmp_path / "result.txt").read_text(encoding="utf-8")
    [row] = decode(read_text(path)).record.declaration.indicators
    assert row.name == "预算资金到位率"
