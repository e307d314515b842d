"""Completion in zsh."""

from __future__ import annotations

from collections.abc import Sequence

from tui.completion.levels import Files, Level, Option, Value, plain, quoted


def script(everything: Sequence[Level]) -> str:
    """The script for zsh."""
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
        rows += [f"{_name(level.path)}() {{", "    local curcontext=$curcontext state line", "    _arguments -C \\"]
        rows += [f"        {quoted(_option(flag, one))} \\" for one in level.options for flag in one.flags]
        if not level.commands:
            rows += [f"        {quoted(f'*:{level.takes.name}:{_value(level.takes)}')}", "}"]
            continue
        rows += [
            "        '1:命令:->command' '*::参数:->rest'",
            '    case "$state" in',
            "    command)",
            "        local -a known",
        ]
        rows += ["        known=("]
        rows += [f"            {quoted(name + ':' + plain(about))}" for name, about in level.commands]
        rows += ["        )", "        _describe 命令 known ;;", "    rest)", '        case "$line[1]" in']
        rows += [f"        {name}) {_name((*level.path, name))} ;;" for name, _ in level.commands]
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


def _name(path: tuple[str, ...]) -> str:
    return "_".join(("_tianbiao", *path))


def _option(flag: str, one: Option) -> str:
    if one.value is None:
        return f"{flag}[{plain(one.help)}]"
    joined = "=" if flag.startswith("--") else ""
    return f"{flag}{joined}[{plain(one.help)}]:{plain(one.value.name)}:{_value(one.value)}"


def _value(value: Value) -> str:
    if value.words:
        return f"({' '.join(value.words)})"
    files = _FILES[value.files]
    return f'{{_tianbiao_listed "{value.listed}" "{files}"}}' if value.listed else files or " "


_FILES = {Files.NONE: "", Files.ANY: "_files", Files.FOLDERS: "_files -/"}
