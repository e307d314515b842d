"""Help of every command, and the manual page."""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from domain.textwidth import text_width
from tui import manual
from tui.arguments import parser
from tui.config import SETTINGS
from tui.usage import EXAMPLES


def commands(top: argparse.ArgumentParser, path: str = "") -> dict[str, argparse.ArgumentParser]:
    found = {path: top}
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, one in action.choices.items():
                found |= commands(one, f"{path} {name}".strip())
    return found


def test_every_command_has_examples_and_no_example_is_left_over() -> None:
    assert set(commands(parser())) == set(EXAMPLES)
    for one in commands(parser()).values():
        assert "例子：" in one.format_help()


@pytest.mark.parametrize("typed", [typed for examples in EXAMPLES.values() for typed, _ in examples])
def test_every_example_is_understood(typed: str) -> None:
    words = shlex.split(typed.partition("$(")[2].rstrip(')"') or typed)
    at = words.index("tianbiao")
    arguments = [word for word in words[at + 1 :] if word not in (">", words[-1] if ">" in words else None)]
    assert parser().parse_args(arguments)


@pytest.fixture
def manual_page(tmp_path: Path) -> Path:
    path = tmp_path / "tianbiao.1"
    path.write_text(manual.page(date(2026, 1, 2)), encoding="utf-8")
    return path


def test_the_manual_page_says_it_all(manual_page: Path) -> None:
    text = manual_page.read_text(encoding="utf-8")
    for name in commands(parser()):
        assert f".SS tianbiao {name}" in text or not name
    assert all(setting.variable in text for setting in SETTINGS)


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
@pytest.mark.parametrize("columns", [60, 80, 132])
def test_man_shows_the_page_and_breaks_its_lines(manual_page: Path, columns: int) -> None:
    env = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "MANWIDTH": str(columns)}
    asked = ["man", "--warnings", "-l", str(manual_page)]
    done = subprocess.run(asked, capture_output=True, timeout=60, check=True, env=env)
    shown = done.stdout.decode()
    assert done.stderr == b""
    assert "部门项目支出预算绩效目标下达表的终端填报助手" in shown
    assert "tianbiao check 2020-热线 --fix" in shown
    assert max(map(text_width, shown.splitlines())) <= columns


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
def test_mandoc_has_nothing_against_the_page(manual_page: Path) -> None:
    asked = ["mandoc", "-T", "lint", "-W", "warning", str(manual_page)]
    done = subprocess.run(asked, capture_output=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == (b"", b"")
