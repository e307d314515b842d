"""Commands about suggestions: for a record, or for many projects given as JSON lines."""

from __future__ import annotations

import argparse

from tui.folders import Folders


def run_suggest(arguments: argparse.Namespace, folders: Folders) -> int:
    """Print suggestions."""
    raise NotImplementedError
