"""Which keys actions have in this run (键位): the usual ones of `tui.actions`, or those of the configuration.

Everything that names a key asks here, so that a key that was changed shows everywhere. Nothing of Textual is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from tui.action import Action
from tui.actions import EDITING, PAGE, PROGRAM, SCREENS

_chosen: dict[str, str] = {}
"""Keys by the id of the action, where they are not the usual ones."""

_NAMES = {
    "enter": "Enter",
    "space": "空格",
    "escape": "Esc",
    "tab": "Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "backspace": "退格",
    "delete": "Del",
    "insert": "Ins",
}


def choose(keys: Mapping[str, str]) -> None:
    """Use these keys (by the id of the action, several separated by commas) instead of the usual ones, from now on."""
    _chosen.clear()
    _chosen.update(keys)
    bar.cache_clear()


def chosen() -> Mapping[str, str]:
    """The keys that are not the usual ones, by the id of the action; what Textual calls a keymap."""
    return _chosen


def actions(screen: str) -> Iterator[tuple[str, Action]]:
    """Every action that works on a screen, with its id: the screen's own, every screen's, the whole program's."""
    for name in (screen, PAGE, PROGRAM) if screen not in (PAGE, PROGRAM, EDITING) else (screen,):
        for action in SCREENS[name].actions:
            yield f"{name}.{action.name}", action


def keys_of(identity: str, action: Action) -> tuple[str, ...]:
    """The keys of an action, in Textual's words."""
    return tuple(_chosen.get(identity, action.keys).split(","))


def find(identity: str) -> Action:
    """The action of an id; KeyError where there is none."""
    screen, _, name = identity.partition(".")
    for action in SCREENS[screen].actions:
        if action.name == name:
            return action
    raise KeyError(identity)


def shown(identity: str) -> str:
    """The first key of an action, as texts name it: F9, Ctrl+Z, PgUp."""
    return key_name(keys_of(identity, find(identity))[0])


def told(screen: str, text: str) -> str:
    """A text in which {name} stands for the key of an action of the screen."""
    return text.format_map({action.name: shown(identity) for identity, action in reversed(list(actions(screen)))})


def key_name(key: str) -> str:
    """A key as texts name it."""
    *modifiers, last = key.split("+")
    name = _NAMES.get(last, last.upper() if len(last) == 1 or last[0] == "f" else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), name])


class _Shown:
    """An action in the template of a key bar."""

    def __init__(self, key: str, label: str) -> None:
        self.key, self.label = key, label

    def __format__(self, label: str) -> str:
        return self.key + (label or self.label)


@cache
def bar(screen: str, which: str = "") -> str:
    """What the key bar of a screen says."""
    fields: dict[str, _Shown] = {}
    for identity, action in actions(screen):
        first, *others = keys_of(identity, action)
        key = "↑↓" if first == "up" and "down" in others else key_name(first).replace("Ctrl+", "^")
        fields.setdefault(action.name, _Shown(key, action.label))
    return SCREENS[screen].bars[which].format_map(fields)


def card(screen: str) -> Iterator[tuple[str, str]]:
    """The key card of a screen: keys, and what they do; what every screen has stands on a card of its own (PAGE)."""
    for name in (PAGE, PROGRAM) if screen == PAGE else (screen,):
        for action in SCREENS[name].actions:
            keys = keys_of(f"{name}.{action.name}", action)
            yield " ".join(map(key_name, keys)).replace("↑ ↓", "↑↓").replace("← →", "←→"), action.about
