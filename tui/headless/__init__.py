"""The headless commands: data on stdout, messages on stderr, no Textual.

Each takes the parsed arguments and the folders and returns an exit code: 0 ok, 1 findings, 2 usage, 3 unreadable input.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from importlib import import_module

from tui.folders import Folders

Command = Callable[[argparse.Namespace, Folders], int]


COMMANDS: Mapping[str, tuple[str, str]] = {
    "import": ("records", "run_import"),
    "export": ("records", "run_export"),
    "show": ("records", "run_show"),
    "list": ("records", "run_list"),
    "new": ("records", "run_new"),
    "paths": ("records", "run_paths"),
    "diff": ("handover", "run_diff"),
    "collect": ("handover", "run_collect"),
    "entry": ("handover", "run_entry"),
    "check": ("review", "run_check"),
    "history": ("history", "run_history"),
    "trash": ("history", "run_trash"),
    "suggest": ("suggesting", "run_suggest"),
    "library": ("library", "run_library"),
    "learn": ("learning", "run_learn"),
    "config": ("configuring", "run_config"),
    "keys": ("configuring", "run_keys"),
    "completion": ("configuring", "run_completion"),
    "help": ("configuring", "run_help"),
}
"""Module and function of each command: a command pays for its own imports only."""


def command(name: str) -> Command:
    """The command of this name, imported now; raises KeyError for none."""
    module, function = COMMANDS[name]
    found: Command = getattr(import_module(f"{__name__}.{module}"), function)
    return found
