"""Completion for shells (补全), made from the parser: commands, options, fixed values, records, files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

RECORD, FILE, FOLDER = "记录", "文件", "文件夹"
"""Metavars that say what a value is."""

_RECORDS = "tianbiao list 2>/dev/null | cut -f1"
_RECORD_NAMES = frozenset((RECORD, "旧", "新"))


@dataclass(frozen=True, slots=True)
class Option:
    """An option: its spellings, what it does, whether a value follows and which."""

    flags: tuple[str, ...]
    help: str
    value: str
    """The metavar of the value, "" where none follows."""
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A command: the words that lead to it, its options, its own commands, what its arguments are."""

    path: tuple[str, ...]
    options: tuple[Option, ...]
    commands: tuple[tuple[str, str], ...]
    takes: str
    words: tuple[str, ...]


def levels(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[Level]:
    """The program's command, then each under it."""
    options: list[Option] = []
    commands: list[tuple[str, str]] = []
    takes, words = "", tuple[str, ...]()
    below: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        if isinstance(action, argparse._SubParsersAction):
            below = dict(action.choices)
            commands = [(one.dest, one.help or "") for one in action._choices_actions]
        elif action.option_strings:
            value = "" if action.nargs == 0 else metavar or action.dest
            chosen = tuple(map(str, action.choices or ()))
            options.append(Option(tuple(action.option_strings), action.help or "", value, chosen))
        else:
            takes, words = takes or metavar, words or tuple(map(str, action.choices or ()))
    yield Level(path, tuple(options), tuple(commands), takes, words)
    for name, one in below.items():
        yield from levels(one, (*path, name))


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script for bash, zsh or fish."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](list(levels(parser)))


# -- bash --


def _bash(everything: list[Level]) -> str:
    names = " ".join("/".join(level.path) for level in everything if level.path)
    rows = [
        '# tianbiao 的 bash 补全：eval "$(tianbiao completion bash)"',
        "_tianbiao() {",
        '    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" at="" word i',
        "    local IFS=$' \\t\\n' known=\" " + names + ' "',
        "    for ((i = 1; i < COMP_CWORD; i++)); do",
        '        word="${at:+$at/}${COMP_WORDS[i]}"',
        '        [[ $known == *" $word "* ]] && at="$word"',
        "    done",
        '    case "$at:$prev" in',
    ]
    for level in everything:
        for one in level.options:
            if one.value:
                pattern = "|".join(f"{'/'.join(level.path)}:{flag}" for flag in one.flags)
                rows.append(f"        {pattern}) {_bash_value(one.value, one.words)}; return ;;")
    rows += ["    esac", '    case "$at" in']
    for level in everything:
        flags = " ".join(flag for one in level.options for flag in one.flags)
        words = " ".join(name for name, _ in level.commands)
        rows.append(f'        "{"/".join(level.path)}")')
        rows.append(f'            if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "{flags}" -- "$cur"))')
        if words:
            rows.append(f'            else COMPREPLY=($(compgen -W "{words}" -- "$cur")); fi ;;')
        else:
            rows.append(f"            else {_bash_value(level.takes, level.words)}; fi ;;")
    rows += [
        "    esac",
        "}",
        "_tianbiao_records() {",
        "    local IFS=$'\\n' name",
        "    COMPREPLY=()",
        f"    for name in $({_RECORDS}); do",
        '        [[ $name == "$cur"* ]] && COMPREPLY+=("$(printf %q "$name")")',
        "    done",
        "}",
        "complete -F _tianbiao tianbiao",
    ]
    return "\n".join(rows) + "\n"


def _bash_value(value: str, words: tuple[str, ...]) -> str:
    if words:
        return f'COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$cur"))'
    if value in _RECORD_NAMES:
        return "_tianbiao_records"
    if value in (FILE, FOLDER):
        kind = "-d" if value == FOLDER else "-f"
        return f"local IFS=$'\\n'; compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen {kind} -- \"$cur\"))"
    return "COMPREPLY=()"


# -- zsh --


def _zsh(everything: list[Level]) -> str:
    rows = [
        "#compdef tianbiao",
        "_tianbiao_records() {",
        "    local -a names",
        f'    names=("${{(@f)$({_RECORDS})}}")',
        "    compadd -a names",
        "}",
    ]
    for level in everything:
        rows += [f"{_zsh_name(level.path)}() {{", "    local curcontext=$curcontext state line", "    _arguments -C \\"]
        rows += [f"        {_quoted(_zsh_option(flag, one))} \\" for one in level.options for flag in one.flags]
        if not level.commands:
            rows += [f"        '*:{level.takes or '参数'}:{_zsh_value(level.takes, level.words)}'", "}"]
            continue
        rows += [
            "        '1:命令:->command' '*::参数:->rest'",
            '    case "$state" in',
            "    command)",
            "        local -a known",
        ]
        rows += ["        known=("]
        rows += [f"            {_quoted(name + ':' + _plain(about))}" for name, about in level.commands]
        rows += ["        )", "        _describe 命令 known ;;", "    rest)", '        case "$line[1]" in']
        rows += [f"        {name}) {_zsh_name((*level.path, name))} ;;" for name, _ in level.commands]
        rows += ["        esac ;;", "    esac", "}"]
    return "\n".join(
        [*rows, 'if [[ "$funcstack[1]" == _tianbiao ]]; then _tianbiao "$@"; else compdef _tianbiao tianbiao; fi', ""]
    )


def _zsh_name(path: tuple[str, ...]) -> str:
    return "_".join(("_tianbiao", *path))


def _zsh_option(flag: str, one: Option) -> str:
    text = f"{flag}[{_plain(one.help)}]"
    return f"{text}:{_plain(one.value)}:{_zsh_value(one.value, one.words)}" if one.value else text


def _zsh_value(value: str, words: tuple[str, ...]) -> str:
    if words:
        return f"({' '.join(words)})"
    return "_tianbiao_records" if value in _RECORD_NAMES else {FILE: "_files", FOLDER: "_files -/"}.get(value, " ")


# -- fish --


def _fish(everything: list[Level]) -> str:
    rows = ["# tianbiao 的 fish 补全", "complete -c tianbiao -f"]
    for level in everything:
        others = [name for name, _ in level.commands]
        when = " and ".join(f"__fish_seen_subcommand_from {name}" for name in level.path)
        none = f"not __fish_seen_subcommand_from {' '.join(others)}" if others else ""
        condition = "; and ".join(filter(None, [when.replace(" and ", "; and "), none]))
        start = f"complete -c tianbiao{f' -n {_quoted(condition)}' if condition else ''}"
        rows += [f"{start} -a {_quoted(name)} -d {_quoted(_plain(about))}" for name, about in level.commands]
        for one in level.options:
            spelled = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in one.flags)
            value = f" -x{_fish_value(one.value, one.words)}" if one.value else ""
            rows.append(f"{start} {spelled}{value} -d {_quoted(_plain(one.help))}")
        if not others and (argument := _fish_value(level.takes, level.words)):
            rows.append(f"{start}{argument}")
    return "\n".join(rows) + "\n"


def _fish_value(value: str, words: tuple[str, ...]) -> str:
    if words:
        return f" -a {_quoted(' '.join(words))}"
    if value in _RECORD_NAMES:
        return f" -a {_quoted(f'({_RECORDS})')}"
    return {FILE: " -F", FOLDER: " -a '(__fish_complete_directories)'"}.get(value, "")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _plain(text: str) -> str:
    """A help text without what shells would read as something else."""
    return "".join(" " if char in "[]:'\"\\`$\n" else char for char in text)
