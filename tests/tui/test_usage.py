"""Help of every command, and the manual page."""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
from datetime import date
from itertools import takewhile
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


def test_every_argument_says_what_it_is() -> None:
    for name, one in commands(parser()).items():
        assert [action.dest for action in one._actions if not (action.help or action.choices)] == [], name


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
@pytest.mark.parametrize("name", EXAMPLES)
def test_help_stays_within_the_terminal(name: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    text = commands(parser())[name].format_help()
    typed = {f"  {typed}" for typed, _ in EXAMPLES[name]}
    too_wide = [row for row in text.splitlines() if text_width(row) > columns and row not in typed]
    assert [row for row in too_wide if not row.startswith("用法")] == []
    assert text.startswith(f"用法：{f'tianbiao {name}'.strip()} [选项]")


@pytest.mark.parametrize("typed", [typed for examples in EXAMPLES.values() for typed, _ in examples])
def test_every_example_is_understood(typed: str) -> None:
    words = shlex.split(typed.partition("$(")[2].rstrip(')"') or typed)
    at = words.index("tianbiao")
    arguments = takewhile(lambda word: word not in (">", "|"), words[at + 1 :])
    assert parser().parse_args(list(arguments))


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
