"""Commands about review: check records as the finance bureau would."""

from __future__ import annotations

import argparse

from tui.folders import Folders


def run_check(arguments: argparse.Namespace, folders: Folders) -> int:
    """Review records; exit 1 when an error stands."""
    raise NotImplementedError
