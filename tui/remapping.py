"""Other keys for actions (换键): which are taken as they are asked for, and why the others are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from domain.text import one_line
from tui.action import Action
from tui.actions import EDITING, PAGE, PROGRAM, SCREENS
from tui.keymap import actions, find, key_name

SAME_BYTE = {"ctrl+h": "退格", "ctrl+i": "Tab", "ctrl+m": "Enter", "ctrl+j": "换行", "ctrl+left_square_bracket": "Esc"}
"""Keys that terminals cannot tell from others."""

SWALLOWED = {
    "ctrl+a": "screen 的前缀键",
    "ctrl+b": "tmux 的前缀键",
    "ctrl+d": "表示输入结束",
    "ctrl+v": "终端用它粘贴",
    "ctrl+space": "输入法用它",
    "f11": "多数终端用它切换全屏",
}
"""Keys that many terminals keep for themselves."""

_KEY = re.compile(r"f(?:[1-9]|1[0-9]|2[0-4])|ctrl\+[a-z]|shift\+tab|tab|insert")
_SPELLINGS = (("control+", "ctrl+"), ("^", "ctrl+"), ("ctrl-", "ctrl+"), ("c-", "ctrl+"), ("shift-", "shift+"))


def remapped(wanted: Mapping[str, Any]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The keys to use by the id of the action, and what is refused, as the name in the file and why."""
    taken: dict[str, str] = {}
    refused: list[tuple[str, str]] = []
    for name, value in _flat(wanted):
        keys = [value] if isinstance(value, str) else value
        if problem := _unknown(name) or _not_keys(keys):
            refused.append((name, problem))
            continue
        spelled = [spell(key) for key in keys]
        if problem := next(filter(None, map(_unfit, spelled)), ""):
            refused.append((name, problem))
        else:
            taken[name] = ",".join(dict.fromkeys(spelled))
    while clash := _clash(taken):
        name, problem = clash
        del taken[name]
        refused.append((name, problem))
    return taken, refused


def _flat(wanted: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    """Names may be written "home.roll" = … or home.roll = …, which is a table to TOML."""
    for name, value in wanted.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def spell(key: str) -> str:
    """A key as Textual calls it, from the ways in which people write it."""
    key = key.strip().lower()
    for written, meant in _SPELLINGS:
        if key.startswith(written):
            key = meant + key.removeprefix(written)
    return key.replace("ctrl+[", "ctrl+left_square_bracket")


def _unknown(name: str) -> str:
    try:
        action = find(name)
    except KeyError:
        return f"没有叫“{one_line(name)[:40]}”的动作。有哪些，看 tianbiao keys --list。"
    return f"{name} 的键不能换，请给别的动作换键。" if action.fixed else ""


def _not_keys(keys: Any) -> str:
    if isinstance(keys, list) and keys and all(isinstance(key, str) for key in keys):
        return ""
    return '要写成 "f5" 或 ["f5", "ctrl+r"]，至少一个键。'


def _unfit(key: str) -> str:
    """Why a key cannot be used, "" where it can."""
    if key in SAME_BYTE:
        return f"{key_name(key)} 在终端里和{SAME_BYTE[key]}是同一个字节，分不开，请换一个键。"
    if key in SWALLOWED:
        return f"{key_name(key)} 到不了程序（{SWALLOWED[key]}），请换一个键。"
    if not _KEY.fullmatch(key):
        return f"“{one_line(key)[:20]}”不能用：可以用 F1 到 F24、Ctrl 加一个字母、Tab、Shift+Tab、Insert。"
    return ""


def _clash(taken: Mapping[str, str]) -> tuple[str, str] | None:
    """A changed key that another action of the same screen has too."""
    for screen in SCREENS:
        seen: dict[str, tuple[str, Action]] = {}
        for identity, action in _on(screen):
            for key in taken.get(identity, action.keys).split(","):
                other = seen.setdefault(key, (identity, action))
                if other[0] == identity:
                    continue
                name = identity if identity in taken else other[0]
                if name in taken:
                    rival = other[1] if name == identity else action
                    return (
                        name,
                        f"{key_name(key)} 在“{SCREENS[screen].title}”已是“{rival.label}”，请换一个键，或把那个也换掉。",
                    )
    return None


def _on(screen: str) -> Iterable[tuple[str, Action]]:
    """What works on a screen, the keys that edit text included."""
    yield from actions(screen)
    if screen not in (PAGE, PROGRAM, EDITING):
        yield from actions(EDITING)
