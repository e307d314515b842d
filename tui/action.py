"""An action that keys set off, and the screen it belongs to; `tui.actions` is the table of them all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Action(NamedTuple):
    """Something that keys do on a screen."""

    name: str
    keys: str
    """The usual keys, separated by commas; bars show the first."""
    act: str
    """What the screen runs, in Textual's words; "" where the screen reads the key itself."""
    label: str
    """A word for the key bar."""
    about: str
    """A line for the key card."""
    fixed: bool = False
    """Whether the keys cannot be changed."""


class Screen(NamedTuple):
    """A screen with its actions and key bars.

    In a bar {name} stands for an action's key and label, {name:word} for its key and another word, {name.key} for its key.
    """

    title: str
    actions: tuple[Action, ...]
    bars: Mapping[str, str] = MappingProxyType({})


def fixed(name: str, keys: str, label: str, about: str, act: str = "") -> Action:
    """An action whose keys cannot be changed."""
    return Action(name, keys, act, label, about, fixed=True)


# what several screens have
MOVE = fixed("move", "up,down,pageup,pagedown", "选", "选一行；一次一屏")
SCROLL = fixed("scroll", "up,down,pageup,pagedown,home,end,space", "滚动", "滚动，Home End 到首尾")
ESCAPE = fixed("escape", "escape", "返回", "和返回一样", "leave_page")
HELP = Action("help", "f1", "help", "帮助", "这一屏的按键")
CHECK = Action("check", "f5", "check_record", "检查", "检查打开着的这份表，看完回到这里")
UNDO = Action("undo", "ctrl+z", "undo", "撤销", "撤销正在写的字")
