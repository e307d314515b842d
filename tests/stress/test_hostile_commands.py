"""Every command with hostile records, files, arguments and environment, on a terminal: nothing of them acts on it."""

from __future__ import annotations

from tests.stress import commands, hostile
from tests.stress.conftest import Run
from tui.headless import COMMANDS


def test_no_command_lets_a_control_through(every_command: Run) -> None:
    assert every_command.code == 0, every_command.screen
    assert hostile.leaks(every_command.raw) == []
    assert "[red]红[/]" in every_command.raw.decode()


def test_every_command_was_run(every_command: Run) -> None:
    """A new command has its lines in commands.py."""
    [layer] = (every_command.below / "data" / "tianbiao" / "library").iterdir()
    run = {arguments[0] for arguments in commands.all_commands(every_command.below, hostile.FILE_NAME, layer)}
    assert run >= set(COMMANDS)
