"""The table of actions, and what is made from it: key bars, key cards, bindings."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

import tui.screens
from tui import keymap
from tui.actions import PAGE, SCREENS
from tui.app import FormApp
from tui.dialogue.commands import COMMANDS
from tui.screens.base import Page
from tui.screens.views import help_page
from tui.terminal.widths import text_width

BARS = [(screen, which) for screen in SCREENS for which in SCREENS[screen].bars]


@pytest.fixture(autouse=True)
def _usual() -> Iterator[None]:
    yield
    keymap.choose({})


@pytest.mark.parametrize(("screen", "which"), BARS)
def test_every_key_bar_fits_80_columns(screen: str, which: str) -> None:
    assert 10 < text_width(keymap.bar(screen, which)) <= 80


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_of_a_screen_does_two_things(screen: str) -> None:
    keys = [key for identity, action in keymap.actions(screen) for key in keymap.keys_of(identity, action)]
    assert len(keys) == len(set(keys))


def _pages(base: type[Page]) -> Iterator[type[Page]]:
    """Every page, those first from which others are derived."""
    for page in base.__subclasses__():
        yield page
        yield from _pages(page)


def test_every_screen_has_its_entry_and_does_what_its_keys_say() -> None:
    for module in iter_modules(tui.screens.__path__, "tui.screens."):
        import_module(module.name)
    pages = {page.SCREEN: page for page in _pages(Page) if page.__module__.startswith("tui.")}
    assert set(SCREENS) == {*pages, "app", "page", "edit"}
    for screen, page in {**pages, "app": FormApp}.items():
        for action in SCREENS[screen].actions:
            name = action.act.partition("(")[0]
            assert not name or callable(getattr(page, f"action_{name}", None)), f"{screen}.{action.name}"
        assert any("f1" in action.keys.split(",") for action in SCREENS[screen].actions) or screen == "app"


def test_a_changed_key_shows_wherever_it_is_named() -> None:
    keymap.choose({"fill.check": "ctrl+r", "page.leave": "f12"})
    assert "^R检查" in keymap.bar("fill")
    assert "F5" not in keymap.bar("fill")
    assert "F12返回" in keymap.bar("review")
    assert ("Ctrl+R", "像审核人那样查一遍") in list(keymap.card("fill"))
    assert keymap.shown("fill.check") == "Ctrl+R"


def test_several_keys_are_named_together() -> None:
    assert ("F7 Shift+Tab", "回到上一项") in list(keymap.card("fill"))
    assert ("↑↓ PgUp PgDn", "选一行；一次一屏") in list(keymap.card("home"))


def test_a_template_takes_other_words_and_bare_keys() -> None:
    assert keymap.bar("taking") == "Enter 或 F9 确认　F10 取消"
    assert "F7 F8换格" in keymap.bar("library")


def test_the_key_card_is_one_page() -> None:
    texts = ["".join(text for text, _ in row) for row in help_page().rows(80)]
    card = texts[: texts.index("")]
    assert len(card) <= 22
    assert all(text_width(text) <= 80 for text in card)
    assert {"【主屏】", "【填表】", f"【{SCREENS[PAGE].title}】"} <= set(card)


def test_every_command_names_an_action_that_is_there() -> None:
    assert all(keymap.find(command.action) for command in COMMANDS if command.action)
    with pytest.raises(KeyError):
        keymap.find("fill.nothing")
