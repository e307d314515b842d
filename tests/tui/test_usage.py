"""Help of every command, and the manual page."""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

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


def test_the_manual_page_says_it_all(tmp_path: Path) -> None:
    text = manual.page()
    for name in commands(parser()):
        assert f".SS tianbiao {name}" in text or not name
    assert all(setting.variable in text for setting in SETTINGS)
    if shutil.which("man") is None:
        pytest.skip("man is not installed")
    path = tmp_path / "tianbiao.1"
    path.write_text(text, encoding="utf-8")
    env = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "MANWIDTH": "78"}
    shown = subprocess.run(["man", "-l", str(path)], capture_output=True, timeout=60, check=True, env=env)
    assert "部门项目支出预算绩效目标下达表的终端填报助手" in shown.stdout.decode()
    assert "tianbiao check 2020-热线 --fix" in shown.stdout.decode()
