"""The help of a command (命令的帮助), made from its parser and its examples; counted in columns, as Chinese needs it."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable, Iterator

from domain.textwidth import text_width, wrap
from tui.usage import EXAMPLES

NARROWEST, WIDEST = 40, 100
HEAD = 34
"""Columns that what is typed may take beside what it does; where it takes more, that stands on the next line."""
RIGHT = 32
"""Columns that are left for what it does, however narrow the terminal."""
REPEATED = {"?": "[{0}]", "+": "{0} …", "*": "[{0} …]", argparse.PARSER: "{0} …"}
"""How often an argument may come, by argparse's `nargs`."""


def page(one: argparse.ArgumentParser) -> str:
    """What --help prints."""
    width = max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))
    commands = [(name, about) for name, _, about in commands_of(one)]
    arguments = [] if commands else [action for action in one._actions if not action.option_strings]
    options = [action for action in one._actions if action.option_strings]
    sections = {
        "命令": commands,
        "参数": [(spelled(action), action.help or "") for action in arguments],
        "选项": [(spelled(action), action.help or "") for action in options],
        "例子": EXAMPLES[one.prog.partition(" ")[2]],
    }
    parts = [[call(one)], wrap(one.description or "", width)]
    parts += [[f"{title}：", *_table(rows, width)] for title, rows in sections.items() if rows]
    parts.append(wrap(one.epilog or "", width))
    return "\n\n".join("\n".join(rows) for rows in parts if any(rows)) + "\n"


def call(one: argparse.ArgumentParser) -> str:
    """How a command is called; options that may be left out are not named one by one."""
    options = [action for action in one._actions if action.option_strings]
    needed = [f"{action.option_strings[0]} {action.metavar}" for action in options if action.required]
    taken = [
        REPEATED.get(str(action.nargs), "{0}").format(spelled(action))
        for action in one._actions
        if not action.option_strings
    ]
    return f"用法：{' '.join([one.prog, '[选项]', *needed, *taken])}"


def spelled(action: argparse.Action) -> str:
    """An argument as it is typed: its name, or an option's spellings with what follows them."""
    name = action.metavar if isinstance(action.metavar, str) else action.dest
    if not action.option_strings:
        return name
    return "、".join(action.option_strings) + ("" if action.nargs == 0 else f" {name}")


def commands_of(top: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """The commands right under a parser: name, parser, what it is for."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            about = {one.dest: one.help or "" for one in action._choices_actions}
            yield from ((name, one, about[name]) for name, one in action.choices.items())


def _table(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """What is typed on the left, what it does on the right; where that does not fit beside it, below."""
    listed = list(rows)
    widths = [text_width(typed) for typed, _ in listed]
    column = 4 + max((one for one in widths if one <= min(HEAD, width - RIGHT)), default=4)
    for typed, does in listed:
        lines = wrap(does, width - column)
        head = f"  {typed}"
        if text_width(head) + 2 <= column:
            head += " " * (column - text_width(head)) + lines.pop(0)
        yield head.rstrip()
        yield from (" " * column + line for line in lines)
