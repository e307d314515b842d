"""What a command line may hold at each word, read off the parser: commands, options, values, records, files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tui.arguments import LEARN_ACTIONS
from tui.helptext import commands_of


class Files(Enum):
    """Which files complete a value."""

    NONE = auto()
    ANY = auto()
    FOLDERS = auto()


@dataclass(frozen=True, slots=True)
class Value:
    """What may stand as a value: fixed words, else what a command prints one a line, else files."""

    name: str
    words: tuple[str, ...] = ()
    listed: str = ""
    files: Files = Files.NONE


_RECORDS = ("tianbiao list 2>/dev/null | cut -f1", Files.ANY)
_FOUND: Mapping[str, tuple[str, Files]] = {
    "记录": _RECORDS,
    "旧": _RECORDS,
    "新": _RECORDS,
    "名字": ("tianbiao trash 2>/dev/null | cut -f1", Files.NONE),
    "格式": ("tianbiao export --to list 2>/dev/null | cut -f1", Files.NONE),
    "文件": ("", Files.ANY),
    "文件夹": ("", Files.FOLDERS),
}
"""By metavar, the command that lists what the value may be, and which files it may be where nothing listed begins so."""

Words = Mapping[str, tuple[str, ...]]


def _known_words() -> Words:
    """By metavar, values that are the same for everyone and quickly found: many have the script made whenever a shell starts."""
    from domain.framework import framework
    from domain.library.entry import SECTORS

    slots = framework().slots
    return {
        "一级/二级": tuple("/".join(slot.key) for slot in slots),
        "二级指标": tuple(dict.fromkeys(slot.level2 for slot in slots)),
        "领域": tuple(SECTORS),
        "课或动作": LEARN_ACTIONS,
    }


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its spellings, what it does, what follows it (None for a switch)."""

    flags: tuple[str, ...]
    help: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Level:
    """A command: the words that lead to it, its options, its own commands, what its arguments are."""

    path: tuple[str, ...]
    options: tuple[Option, ...]
    commands: tuple[tuple[str, str], ...]
    takes: Value

    @property
    def name(self) -> str:
        """The words that lead to it as the scripts join them: library/search."""
        return "/".join(self.path)


def levels(parser: argparse.ArgumentParser) -> list[Level]:
    """The program's command, then each under it."""
    commands = tuple(name for name, _, _ in commands_of(parser))
    return list(_levels(parser, (), {**_known_words(), "命令": commands}))


def _levels(parser: argparse.ArgumentParser, path: tuple[str, ...], words: Words) -> Iterator[Level]:
    options: list[Option] = []
    takes: Value | None = None
    for action in parser._actions:
        if action.option_strings:
            value = None if action.nargs == 0 else _value(action, words)
            options.append(Option(tuple(action.option_strings), action.help or "", value))
        elif not isinstance(action, argparse._SubParsersAction):
            takes = takes or _value(action, words)
    below = list(commands_of(parser))
    commands = tuple((name, about) for name, _, about in below)
    yield Level(path, tuple(options), commands, takes or Value("参数"))
    for name, one, _ in below:
        yield from _levels(one, (*path, name), words)


def _value(action: argparse.Action, words: Words) -> Value:
    name = action.metavar if isinstance(action.metavar, str) else action.dest
    if action.choices:
        return Value(name, tuple(map(str, action.choices)))
    listed, files = _FOUND.get(name, ("", Files.NONE))
    return Value(name, words.get(name, ()), listed, files)


def valued(everything: Sequence[Level]) -> Iterator[str]:
    """Every option that a value follows, after the command it belongs to: check:--table."""
    return (f"{level.name}:{flag}" for level in everything for one in level.options if one.value for flag in one.flags)


def quoted(text: str) -> str:
    """A word of a script in single quotes."""
    return "'" + text.replace("'", "'\\''") + "'"


def plain(text: str) -> str:
    """A help text without what shells would read as something else."""
    return "".join(" " if char in "[]:'\"\\`$\n" else char for char in text)
