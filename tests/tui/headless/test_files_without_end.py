"""Every command that reads a file that somebody names: one without an end is refused, not read until memory ends."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT

ENDLESS = "/dev/zero"
MEMORY = 1_500_000_000
"""Bytes of address space that a command gets; the program itself takes a third of it."""
COMMANDS = [
    ["show", ENDLESS],
    ["import", ENDLESS],
    ["check", ENDLESS],
    ["diff", ENDLESS, ENDLESS],
    ["new", "--from", ENDLESS],
    ["suggest", "--jsonl", ENDLESS],
    ["learn", "grade", "--jsonl", ENDLESS],
    ["library", "check", ENDLESS],
    ["library", "format", ENDLESS],
    ["fill", "--plain", ENDLESS],
]


@pytest.mark.skipif(not Path(ENDLESS).exists(), reason="there is no /dev/zero")
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_a_file_without_end_is_refused(words: list[str], records: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--dir", str(records), *words],
        capture_output=True,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    assert done.returncode == 3, done.stderr.decode()[-400:]
    assert b"Traceback" not in done.stderr
