"""Commands about the program itself: its configuration, its keys, completion for shells, help."""

from __future__ import annotations

import argparse

from domain.records.atomic import reason, write_atomic
from tui import OK, UNREADABLE, USAGE, config, keymap
from tui.actions import SCREENS
from tui.folders import Folders
from tui.headless.common import complain


def run_config(arguments: argparse.Namespace, folders: Folders) -> int:
    """`tianbiao config [--init]`: the values in force with where each came from; a commented sample."""
    settings: config.Config = arguments.config
    if not arguments.init:
        complain(
            f"配置文件：{settings.path}{'' if settings.path.exists() else '（还没有，tianbiao config --init 写一份样本）'}"
        )
        for line in config.lines(settings):
            print(line)
        return UNREADABLE if settings.problems else OK
    try:
        settings.path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(settings.path, config.sample().encode(), exclusive=True)
    except FileExistsError:
        complain(f"{settings.path} 已经有了，没有动它。想重来，请先改名或删掉它。")
        return USAGE
    except OSError as error:
        complain(f"没有写成 {settings.path}：{reason(error)}，请改好再试。")
        return UNREADABLE
    print(settings.path)
    return OK


def run_keys(arguments: argparse.Namespace, folders: Folders) -> int:
    """`tianbiao keys --list`: every action with its id and keys; without --list the key test on the full screen."""
    if not arguments.list:
        from tui.opening import Wanted, open_screen

        return open_screen({"records": str(folders.records)}, Wanted(key_test=True))
    keymap.choose(arguments.config.keys)
    for screen, one in SCREENS.items():
        for action in one.actions:
            identity = f"{screen}.{action.name}"
            keys = " ".join(map(keymap.key_name, keymap.keys_of(identity, action)))
            print(f"{identity}\t{keys}\t{one.title}：{action.about}{'　（不能换）' if action.fixed else ''}")
    return OK


def run_completion(arguments: argparse.Namespace, folders: Folders) -> int:
    """`tianbiao completion SHELL`: the script that completes commands, options and records."""
    from tui.arguments import parser
    from tui.completion import script

    print(script(parser(), arguments.shell), end="")
    return OK


def run_help(arguments: argparse.Namespace, folders: Folders) -> int:
    """`tianbiao help [COMMAND …]`: the same as `tianbiao COMMAND … --help`."""
    from tui.arguments import parsed

    parsed([*arguments.about, "--help"])
    return OK
