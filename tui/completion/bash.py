"""Completion in bash."""

from __future__ import annotations

from collections.abc import Sequence

from tui.completion.levels import Files, Level, Value, valued

_LISTED = r"""_tianbiao_listed() {
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


def script(everything: Sequence[Level]) -> str:
    """The script for bash."""
    names = " ".join(level.name for level in everything if level.path)
    rows = [
        '# tianbiao 的 bash 补全：eval "$(tianbiao completion bash)"',
        "_tianbiao() {",
        '    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}" at="" word i',
        f'    local known=" {names} "',
        f'    local valued=" {" ".join(valued(everything))} "',
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
                rows.append(f"        {pattern}) {_value(one.value)}; return ;;")
    rows += ["    esac", '    case "$at" in']
    for level in everything:
        flags = " ".join(flag for one in level.options for flag in one.flags)
        takes = Value("", tuple(name for name, _ in level.commands)) if level.commands else level.takes
        rows.append(f'        "{level.name}")')
        rows.append(f'            if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W "{flags}" -- "$cur"))')
        rows.append(f"            else {_value(takes)}; fi ;;")
    return "\n".join([*rows, "    esac", "}", f"{_LISTED}complete -F _tianbiao tianbiao", ""])


def _value(value: Value) -> str:
    if value.words:
        return f'COMPREPLY=($(compgen -W "{" ".join(value.words)}" -- "$cur"))'
    listed = f'"$({value.listed})"' if value.listed else '""'
    return f"_tianbiao_listed {listed} {_FILES[value.files]}"


_FILES = {Files.NONE: '""', Files.ANY: "-f", Files.FOLDERS: "-d"}
