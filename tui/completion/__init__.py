"""Completion for shells (补全), made from the parser."""

from __future__ import annotations

import argparse

from tui.completion import bash, fish, zsh
from tui.completion.levels import levels

__all__ = ["SHELLS", "levels", "script"]

SHELLS = {"bash": bash.script, "zsh": zsh.script, "fish": fish.script}
"""What writes the script for a shell."""


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script for one of `SHELLS`."""
    return SHELLS[shell](levels(parser))
