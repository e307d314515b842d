"""Completion in fish."""

from __future__ import annotations

from collections.abc import Sequence

from tui.completion.levels import Files, Level, Value, plain, quoted, valued

_HEAD = """function __tianbiao_at
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


def script(everything: Sequence[Level]) -> str:
    """The script for fish."""
    rows = [
        "# tianbiao 的 fish 补全",
        f"set -g __tianbiao_known {' '.join(level.name for level in everything if level.path)}",
        f"set -g __tianbiao_valued {' '.join(valued(everything))}",
        f"{_HEAD}complete -c tianbiao -f",
    ]
    for level in everything:
        at = quoted(f'__tianbiao_at "{level.name}"')
        start = f"complete -c tianbiao -n {at}"
        rows += [f"{start} -a {quoted(name)} -d {quoted(plain(about))}" for name, about in level.commands]
        for one in level.options:
            spelled = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in one.flags)
            value = f" -r{_value(one.value)}" if one.value else ""
            rows.append(f"{start} {spelled}{value} -d {quoted(plain(one.help))}")
        if not level.commands:
            rows.append(f"{start}{_value(level.takes)}")
    return "\n".join([*rows, ""])


def _value(value: Value) -> str:
    if value.words:
        return f" -f -a {quoted(' '.join(value.words))}"
    if value.listed:
        found = f"(__tianbiao_listed ({value.listed}))" if value.files is Files.ANY else f"({value.listed})"
        return f" -f -a {quoted(found)}"
    return _FILES[value.files]


_FILES = {Files.NONE: " -f", Files.ANY: " -F", Files.FOLDERS: " -f -a '(__fish_complete_directories)'"}
