"""Completion for shells: the shells themselves are asked, at their prompts, and each skips with a word where it is not."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Declaration
from domain.records.store import Store
from tests.tui.conftest import PtyApp
from tui.arguments import parser
from tui.completion import levels, script

ROOT = Path(__file__).resolve().parents[2]
BASH_COMPLETION = Path("/usr/share/bash-completion/bash_completion")
CLEAR = "\x15\x0c"
"""Keys that drop what is typed and clear the screen, in bash and in zsh."""


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """An environment in which `tianbiao` is this program, with three records, one of them named by hand."""
    store = Store(tmp_path / "records")
    for name in ("热线 费用", "网格通"):
        path = store.add(Record(Declaration().replace(("project", "year"), 2020).replace(("project", "name"), name)))
    shutil.copy(path, store.folder / "去年 的(改).toml")
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
    assert offered(program, "tianbiao", "help", "exp") == ["export"]
    assert offered(program, "tianbiao", "learn", "ex") == ["exam"]
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


def needed(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_can_read_it(shell: str, tmp_path: Path) -> None:
    needed(shell)
    path = tmp_path / "script"
    path.write_text(script(parser(), shell), encoding="utf-8")
    done = subprocess.run([shell, "-n", str(path)], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# -- at the prompt --

TYPED = (
    ("tianbiao fi", "tianbiao fill "),
    ("tianbiao --plain fi", "tianbiao --plain fill "),
    ("tianbiao --dir show fi", "tianbiao --dir show fill "),
    ("tianbiao library se", "tianbiao library search "),
    ("tianbiao library check --j", "tianbiao library check --json "),
    ("tianbiao --theme=l", "tianbiao --theme=light "),
    ("tianbiao check --min-severity w", "tianbiao check --min-severity warning "),
    ("tianbiao suggest --slot 产出目标/数", "tianbiao suggest --slot 产出目标/数量 "),
    ("tianbiao show 2020-热", "tianbiao show 2020-热线-费用 "),
    ("tianbiao diff 2020-网格通 2020-热", "tianbiao diff 2020-网格通 2020-热线-费用 "),
    ("tianbiao show 去", "tianbiao show 去年\\ 的\\(改\\) "),
    ("tianbiao show '去年 ", "tianbiao show '去年 的(改)' "),
    ("tianbiao show 去年\\ 的", "tianbiao show 去年\\ 的\\(改\\) "),
    ("tianbiao export x --to=import-t", "tianbiao export x --to=import-table "),
    ("tianbiao import 表", "tianbiao import 表\\ 一.txt "),
    ("tianbiao check 表", "tianbiao check 表\\ 一.txt "),
    ("tianbiao check --table=表", "tianbiao check --table=表\\ 一.txt "),
    ("tianbiao collect 另", "tianbiao collect 另一处/"),
)
"""What is typed before the tab, and what then stands there."""

SET_UP = {
    "bash": (".bashrc", "PS1='> '", ["bash", "--rcfile", "{home}/.bashrc", "-i"]),
    "zsh": (".zshrc", "PS1='> '; autoload -Uz compinit; compinit -D -u", ["zsh", "-o", "NO_GLOBAL_RCS", "-i"]),
}
Prompt = Callable[..., PtyApp]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a file and a folder in it."""
    home = tmp_path / "home"
    (home / "另一处").mkdir(parents=True)
    (home / "表 一.txt").touch()
    return home


@pytest.fixture
def prompt(start: Callable[..., PtyApp], program: dict[str, str], home: Path) -> Prompt:
    """Open a shell at home, with further lines before and after those of its own start-up file."""

    def begin(shell: str, *, before: str = "", after: str = "") -> PtyApp:
        needed(shell)
        name, own, command = SET_UP[shell]
        (home / name).write_text(f"{before}\n{own}\n{after}\ncd\n", encoding="utf-8")
        env = {**program, "HOME": str(home), "ZDOTDIR": str(home), "XDG_DATA_HOME": str(home), "INPUTRC": "/dev/null"}
        return start(argv=[word.format(home=home) for word in command], env=env, wait=">")

    return begin


def completes(shell: PtyApp, typed: str, becomes: str) -> None:
    shell.send(typed)
    assert shell.shows(f"> {typed.rstrip()}")
    shell.send("\t")
    # what follows shows whether the shell has left a blank behind the word
    assert shell.until(lambda: f"> {becomes.rstrip()}" in shell.text), f"{typed!r}:\n{shell.text}"
    shell.send("@")
    assert shell.shows(f"> {becomes}@"), shell.text
    shell.send(CLEAR)
    assert shell.until(lambda: shell.text.strip() == ">"), shell.text


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_tab_completes_the_word(prompt: Prompt, shell: str) -> None:
    at = prompt(shell, after=f'eval "$(tianbiao completion {shell})"')
    for typed, becomes in TYPED:
        completes(at, typed, becomes)


def test_zsh_finds_the_installed_script(prompt: Prompt, home: Path) -> None:
    (home / "_tianbiao").write_text(script(parser(), "zsh"), encoding="utf-8")
    at = prompt("zsh", before="fpath=($ZDOTDIR $fpath)")
    for typed, becomes in TYPED[:2]:
        completes(at, typed, becomes)


def test_zsh_starts_its_completion_where_nothing_has(prompt: Prompt) -> None:
    at = prompt("zsh", before='PS1=""; eval "$(tianbiao completion zsh)"')
    completes(at, *TYPED[0])
    assert "not found" not in at.text


@pytest.mark.skipif(not BASH_COMPLETION.exists(), reason="bash-completion is not installed")
def test_bash_completion_finds_the_installed_script(prompt: Prompt, home: Path) -> None:
    path = home / "bash-completion" / "completions" / "tianbiao"
    path.parent.mkdir(parents=True)
    path.write_text(script(parser(), "bash"), encoding="utf-8")
    at = prompt("bash", after=f". {BASH_COMPLETION}")
    for typed, becomes in TYPED[:2]:
        completes(at, typed, becomes)


@pytest.mark.parametrize(("typed", "becomes"), TYPED)
def test_fish_offers_it(program: dict[str, str], home: Path, typed: str, becomes: str) -> None:
    needed("fish")
    (home / "script.fish").write_text(script(parser(), "fish"), encoding="utf-8")
    asked = ["fish", "--no-config", "-c", "source script.fish; complete -C $argv[1]", typed]
    done = subprocess.run(asked, capture_output=True, env=program, cwd=home, timeout=60, check=True)
    assert done.stderr == b""
    offered = [line.split("\t")[0] for line in done.stdout.decode().splitlines()]
    assert [shlex.split(becomes)[-1]] == offered
