"""Completion for shells: what bash offers, and scripts that the shells can read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Declaration
from domain.records.store import Store
from tui.arguments import parser
from tui.completion import levels, script

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """An environment in which `tianbiao` is this program, with two records."""
    store = Store(tmp_path / "records")
    for name in ("热线 费用", "网格通"):
        store.add(Record(Declaration().replace(("project", "year"), 2020).replace(("project", "name"), name)))
    command = tmp_path / "bin" / "tianbiao"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    path = f"{command.parent}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "TIANBIAO_DIR": str(store.folder), "LC_ALL": "C.UTF-8"}


def offered(program: dict[str, str], *words: str) -> list[str]:
    """What bash completes the last of these words to."""
    typed = " ".join(f"'{word}'" for word in words)
    asked = (
        f'eval "$(tianbiao completion bash)"; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _tianbiao; '
        "printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    run = ["bash", "--norc", "-c", asked]
    done = subprocess.run(run, capture_output=True, env=program, timeout=60, check=True)
    assert done.stderr == b""
    return done.stdout.decode().split()


def test_bash_completes_commands_options_and_values(program: dict[str, str]) -> None:
    assert offered(program, "tianbiao", "ch") == ["check"]
    assert {"show", "check", "config", "keys"} <= set(offered(program, "tianbiao", ""))
    assert offered(program, "tianbiao", "library", "se") == ["search"]
    assert "--min-severity" in offered(program, "tianbiao", "check", "--")
    assert offered(program, "tianbiao", "check", "--min-severity", "") == ["error", "warning", "info"]
    assert offered(program, "tianbiao", "--theme", "l") == ["light"]
    assert offered(program, "tianbiao", "completion", "") == ["bash", "zsh", "fish"]


def test_bash_completes_records_and_files(program: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "表.txt").touch()
    assert "2020-网格通" in offered(program, "tianbiao", "show", "")
    assert offered(program, "tianbiao", "show", "2020-网") == ["2020-网格通"]
    assert len(offered(program, "tianbiao", "diff", "2020-网格通", "2020-")) >= 2
    assert offered(program, "tianbiao", "import", f"{tmp_path}/表") == [f"{tmp_path}/表.txt"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_is_in_the_script(shell: str) -> None:
    text = script(parser(), shell)
    for level in levels(parser()):
        for name, _ in level.commands:
            assert name in text
        for one in level.options:
            assert all(flag.lstrip("-") in text for flag in one.flags)
    assert "tianbiao list" in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_can_read_it(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    path = tmp_path / "script"
    path.write_text(script(parser(), shell), encoding="utf-8")
    done = subprocess.run([shell, "-n", str(path)], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
