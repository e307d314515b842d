"""Completion for shells (补全), made from the parser: commands, options, values, records, files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto


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
    return list(_levels(parser, (), _known_words()))


def _levels(parser: argparse.ArgumentParser, path: tuple[str, ...], words: Words) -> Iterator[Level]:
    options: list[Option] = []
    commands: list[tuple[str, str]] = []
    takes: Value | None = None
    below: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            below = dict(action.choices)
            commands = [(one.dest, one.help or "") for one in action._choices_actions]
        elif action.option_strings:
            value = None if action.nargs == 0 else _value(action, words)
            options.append(Option(tuple(action.option_strings), action.help or "", value))
        else:
            takes = takes or _value(action, words)
    yield Level(path, tuple(options), tuple(commands), takes or Value("参数"))
    for name, one in below.items():
        yield from _levels(one, (*path, name), words)


def _value(action: argparse.Action, words: Words) -> Value:
    name = action.metavar if isinstance(action.metavar, str) else action.dest
    if action.choices:
        return Value(name, tuple(map(str, action.choices)))
    listed, files = _FOUND.get(name, ("", Files.NONE))
    return Value(name, words.get(name, ()), listed, files)


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script for bash, zsh or fish."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](levels(parser))


def _valued(everything: list[Level]) -> Iterator[str]:
    """Every option that a value follows, after the command it belongs to: check:--table."""
    return (f"{level.name}:{flag}" for level in everything for one in level.options if one.value for flag in one.flags)


# -- bash --

_BASH_LISTED = r"""_tianbiao_listed() {
    # the lines of $1 that begin as typed; where none does, files (-f) or folders (-d), as $2 says
    local typed="${cur#[\"\']}" line
    typed="${typed//\\/}"
    compopt -o filenames 2>/dev/null
    COMPREPLY=()
    while IFS= read -r line; do
        [[ -n $line && $line == "$typed"* ]] && COMPREPLY+=("$line")
    done <<< "$1"
    [[ ${#COMPREPLY[@]} -gt 0 || -z $2 ]] && return
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$2" -- "$typed")
}
"""


def _bash(everything: list[Level]) -> str:
    names = " ".join(level.name for level in everything if level.path)
    rows = [
        '# tianbiao 的 bash 补全：eval "$(tianbiao completion bash)"',
        "_tianbiao() {",
        '    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" at="" word i',
        f'    local known=" {names} "',
        f'    local valued=" {" ".join(_valued(everything))} "',
        "    # bash splits --table=x into three words",
        '    [[ $cur == "=" ]] && cur=""',
        '    [[ $prev == "=" ]] && prev="${COMP_WORDS[COMP_CWORD-2]}"',
        "    for ((i = 1; i < COMP_CWORD; i++)); do",
        '        if [[ $valued == *" $at:${COMP_WORDS[i]} "* ]]; then',
        '            [[ ${COMP_WORDS[i+1]} == "=" ]] && ((i++))',
        "            ((i++))",
        "            continue",
        "        fi",
        '        word="${at:+$at/}${COMP_WORDS[i]}"',
        '        [[ $known == *" $word "* ]] && at="$word"',
        "    done",
        '    case "$at:$prev" in',
    ]
    for level in everything:
        for one in level.options:
            if one.value:
                pattern = "|".join(f"{level.name}:{flag}" for flag in one.flags)
                rows.append(f"        {pattern}) {_bash_value(one.value)}; return ;;")
    rows += ["    esac", '    case "$at" in']
    for level in everything:
        flags = " ".join(flag for one in level.options for flag in one.flags)
        takes = Value("", tuple(name for name, _ in level.commands)) if level.commands else level.takes
        rows.append(f'        "{level.name}")')
        rows.append(f'            if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "{flags}" -- "$cur"))')
        rows.append(f"            else {_bash_value(takes)}; fi ;;")
    return "\n".join([*rows, "    esac", "}", f"{_BASH_LISTED}complete -F _tianbiao tianbiao", ""])


def _bash_value(value: Value) -> str:
    if value.words:
        return f'COMPREPLY=($(compgen -W "{" ".join(value.words)}" -- "$cur"))'
    listed = f'"$({value.listed})"' if value.listed else '""'
    return f"_tianbiao_listed {listed} {_BASH_FILES[value.files]}"


_BASH_FILES = {Files.NONE: '""', Files.ANY: "-f", Files.FOLDERS: "-d"}


# -- zsh --


def _zsh(everything: list[Level]) -> str:
    rows = [
        "#compdef tianbiao",
        "_tianbiao_listed() {",
        "    # what the command $1 prints one a line; where none of it fits, what completes files, $2",
        "    local -a names",
        '    names=(${(f)"$(eval "$1")"})',
        "    compadd -a names || ${=2}",
        "}",
    ]
    for level in everything:
        rows += [f"{_zsh_name(level.path)}() {{", "    local curcontext=$curcontext state line", "    _arguments -C \\"]
        rows += [f"        {_quoted(_zsh_option(flag, one))} \\" for one in level.options for flag in one.flags]
        if not level.commands:
            rows += [f"        {_quoted(f'*:{level.takes.name}:{_zsh_value(level.takes)}')}", "}"]
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
    rows += [
        'if [[ "$funcstack[1]" == _tianbiao ]]; then',
        '    _tianbiao "$@"',
        "else",
        "    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }",
        "    compdef _tianbiao tianbiao",
        "fi",
    ]
    return "\n".join([*rows, ""])


def _zsh_name(path: tuple[str, ...]) -> str:
    return "_".join(("_tianbiao", *path))


def _zsh_option(flag: str, one: Option) -> str:
    if one.value is None:
        return f"{flag}[{_plain(one.help)}]"
    joined = "=" if flag.startswith("--") else ""
    return f"{flag}{joined}[{_plain(one.help)}]:{_plain(one.value.name)}:{_zsh_value(one.value)}"


def _zsh_value(value: Value) -> str:
    if value.words:
        return f"({' '.join(value.words)})"
    files = _ZSH_FILES[value.files]
    return f'{{_tianbiao_listed "{value.listed}" "{files}"}}' if value.listed else files or " "


_ZSH_FILES = {Files.NONE: "", Files.ANY: "_files", Files.FOLDERS: "_files -/"}


# -- fish --

_FISH_HEAD = """function __tianbiao_at
    # whether the commands typed so far are just $argv[1]
    set -l at ""
    set -l value no
    set -l typed (commandline -opc)
    set -e typed[1]
    for word in $typed
        if test $value = yes
            set value no
        else if contains -- "$at:$word" $__tianbiao_valued
            set value yes
        else if contains -- (string trim -l -c / -- "$at/$word") $__tianbiao_known
            set at (string trim -l -c / -- "$at/$word")
        end
    end
    test "$at" = "$argv[1]"
end
function __tianbiao_listed
    # the given lines, and files where none of them begins as typed
    set -l typed (commandline -ct | string trim -l -c '"\\'' | string unescape)
    string match -rq -- '^'(string escape --style=regex -- "$typed") $argv
    or __fish_complete_path (commandline -ct)
    printf '%s\\n' $argv
end
"""


def _fish(everything: list[Level]) -> str:
    rows = [
        "# tianbiao 的 fish 补全",
        f"set -g __tianbiao_known {' '.join(level.name for level in everything if level.path)}",
        f"set -g __tianbiao_valued {' '.join(_valued(everything))}",
        f"{_FISH_HEAD}complete -c tianbiao -f",
    ]
    for level in everything:
        at = _quoted(f'__tianbiao_at "{level.name}"')
        start = f"complete -c tianbiao -n {at}"
        rows += [f"{start} -a {_quoted(name)} -d {_quoted(_plain(about))}" for name, about in level.commands]
        for one in level.options:
            spelled = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in one.flags)
            value = f" -r{_fish_value(one.value)}" if one.value else ""
            rows.append(f"{start} {spelled}{value} -d {_quoted(_plain(one.help))}")
        if not level.commands:
            rows.append(f"{start}{_fish_value(level.takes)}")
    return "\n".join([*rows, ""])


def _fish_value(value: Value) -> str:
    if value.words:
        return f" -f -a {_quoted(' '.join(value.words))}"
    if value.listed:
        found = f"(__tianbiao_listed ({value.listed}))" if value.files is Files.ANY else f"({value.listed})"
        return f" -f -a {_quoted(found)}"
    return _FISH_FILES[value.files]


_FISH_FILES = {Files.NONE: " -f", Files.ANY: " -F", Files.FOLDERS: " -f -a '(__fish_complete_directories)'"}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _plain(text: str) -> str:
    """A help text without what shells would read as something else."""
    return "".join(" " if char in "[]:'\"\\`$\n" else char for char in text)
