"""Themes, seen in the bytes that a terminal gets: colours fit the ground, and nothing is said by colour alone."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.model import Declaration
from domain.records.store import Store
from tests.tui.conftest import PtyApp
from tui.terminal.inks import INKS, inked

COLOUR = re.compile(r"3[0-79]|4[0-79]|9[0-7]|10[0-7]")


def colours(raw: bytes) -> set[str]:
    """The colour codes of every SGR sequence, the default colours left out."""
    codes = [code for found in re.findall(rb"\x1b\[([0-9;]*)m", raw) for code in found.decode().split(";")]
    return {code for code in codes if COLOUR.fullmatch(code)} - {"39", "49"}


@pytest.fixture
def fill(start: Callable[..., PtyApp], tmp_path: Path) -> Callable[..., PtyApp]:
    """A record with a message, help and an error on the screen."""

    def begin(*flags: str, **env: str | None) -> PtyApp:
        xdg = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE")}
        argv = [sys.executable, "-m", "tui", *flags, "--dir", str(tmp_path / "records"), "fill"]
        app = start(argv=argv, env={**xdg, "TIANBIAO_THEME": None, **env})
        assert app.shows("新填一张表")
        app.type("20201234\r")
        assert app.until(lambda: "！" in app.text), app.text
        return app

    return begin


@pytest.mark.parametrize(
    ("env", "flags"),
    [
        ({"NO_COLOR": "1"}, ()),
        ({"NO_COLOR": "1", "TERM": "xterm"}, ()),
        ({"TERM": "vt100"}, ()),
        ({"TERM": "xterm-mono"}, ()),
        ({}, ("--theme", "mono")),
        ({"TIANBIAO_THEME": "mono"}, ()),
    ],
)
def test_without_colours_not_one_colour_is_sent(
    fill: Callable[..., PtyApp], env: dict[str, str], flags: tuple[str]
) -> None:
    app = fill(*flags, **env)
    assert colours(app.raw) == set()
    assert b"\x1b[7m" in app.raw
    assert "！" in app.text


@pytest.mark.parametrize(("theme", "wanted"), [("dark", {"31"}), ("light", {"31"}), ("contrast", {"91"})])
def test_the_colours_of_a_theme_are_among_the_sixteen(
    fill: Callable[..., PtyApp], theme: str, wanted: set[str]
) -> None:
    found = colours(fill("--theme", theme, TERM="xterm").raw)
    allowed = {INKS[theme].get(code, code).split(";")[-1] for code in ("31", "32", "36", "90")}
    assert wanted <= found <= allowed


def test_a_flag_goes_before_no_color(fill: Callable[..., PtyApp]) -> None:
    assert "31" in colours(fill("--theme", "dark", NO_COLOR="1").raw)


def test_the_current_row_is_marked_by_a_character_too(start: Callable[..., PtyApp], tmp_path: Path) -> None:
    store = Store(tmp_path / "records")
    from domain.changes import Record

    store.add(Record(Declaration().replace(("project", "name"), "热线")))
    argv = [sys.executable, "-m", "tui", "--dir", str(store.folder)]
    app = start(argv=argv, env={"NO_COLOR": "1", "XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)})
    assert app.until(lambda: any(line.startswith("> ") and "热线" in line for line in app.lines))
    assert colours(app.raw) == set()


def test_inks_keep_attributes_and_grounds() -> None:
    assert inked("1;31", "dark") == "1;31"
    assert inked("36;44", "light") == "34;44"
    assert inked("1;31", "mono") == "1;1;4"
    assert inked("32", "mono") == ""
    assert inked("38;5;208", "mono") == ""
    assert inked("33;44", "mono") == "7"
    assert inked("", "contrast") == ""


def test_no_bell_and_no_blinking(fill: Callable[..., PtyApp]) -> None:
    app = fill()
    assert b"\x07" not in re.sub(rb"\x1b\].*?\x07", b"", app.raw)
    assert not re.search(rb"\x1b\[(?:[0-9;]*;)?[56]m", app.raw)
    assert b"\x1b[?12h" not in app.raw
