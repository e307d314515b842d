"""Nothing leaves the machine, nothing is open to others, nothing that was typed is written anywhere but into the record."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.stress import commands
from tests.stress.conftest import Run, environment

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

Start = Callable[..., "PtyApp"]

SECRET = "不能外传的一段话"
ROOT = commands.ROOT
SOURCES = sorted(path for package in ("domain", "suggest", "tui") for path in (ROOT / package).rglob("*.py"))
NETWORK = frozenset(
    "socket ssl http urllib.request urllib3 requests httpx aiohttp ftplib smtplib imaplib poplib telnetlib xmlrpc"
    " socketserver webbrowser asyncio.streams multiprocessing".split()
)
CLOSED = "from tests.stress.commands import closed_network; closed_network(); from tui.cli import main; raise SystemExit(main({}))"
CRASHING = """
from tui.dialogue.core import Dialogue

def fails(self, identity, argument=""):
    typed = self.session.typing_at(self.key)
    raise RuntimeError(f"the message may hold {typed}")

Dialogue.command = fails
from tui.cli import main
raise SystemExit(main(["fill"]))
"""


def tree(below: Path) -> set[Path]:
    return set(below.rglob("*"))


def open_to_others(paths: Iterable[Path]) -> list[str]:
    """What anybody but the owner could read, with its mode."""
    return [f"{path} {path.lstat().st_mode & 0o777:o}" for path in paths if path.lstat().st_mode & 0o077]


def imported(path: Path) -> Iterator[str]:
    """Every module that a source file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_module_knows_the_network() -> None:
    assert len(SOURCES) > 150
    found = [(path.name, name) for path in SOURCES for name in imported(path) if _is_network(name)]
    assert found == []


def _is_network(name: str) -> bool:
    parts = name.split(".")
    return any(".".join(parts[:length]) in NETWORK for length in range(1, len(parts) + 1))


def test_no_command_uses_the_network_or_leaves_anything_open_to_others(every_command: Run) -> None:
    """The network was closed while they ran; the folder for exports is the test's own."""
    assert every_command.code == 0, every_command.screen
    assert len(every_command.new) > 20
    assert open_to_others(every_command.new - {every_command.below / "out"}) == []


def test_a_dialogue_with_the_network_closed(start: Start, tmp_path: Path) -> None:
    env = {**environment(tmp_path), "TEXTUAL_LOG": str(tmp_path / "log.txt"), "TEXTUAL": "debug,devtools"}
    app = start(argv=[sys.executable, "-c", CLOSED.format([])], env=env, wait="新填一张表")
    for keys, wanted in (
        ("\x1b[17~", "年份"), ("2021\r", "预算单位"), (f"{SECRET}\r", "项目名称"), ("热线线路租用费\r", "项目类别"),
        ("\x1b[17~", "指标表"), ("\x1b[21~", "项目类别"), ("\x1b[15~", "检查"), ("\x1b[21~", "项目类别"),
        ("\x1b[21~", "离开吗"), ("y", "1 份记录"), ("\x1b[21~", "离开填表"),
    ):  # fmt: skip
        app.type(keys)
        assert app.shows(wanted), app.text
    app.send("y")
    assert app.exit_code() == 0
    new = tree(tmp_path)
    assert len(new) > 6
    assert open_to_others(new) == []
    assert not (tmp_path / "log.txt").exists()
    holding = {path.parent.name for path in new if path.is_file() and SECRET.encode() in path.read_bytes()}
    assert holding <= {"records", ".tianbiao", "tianbiao"}
    assert not [path for path in new if path.suffix in (".log", ".txt")]


@pytest.mark.parametrize("accept", [False, True])
def test_a_crash_report_holds_nothing_that_was_typed(start: Start, tmp_path: Path, accept: bool) -> None:
    app = start(argv=[sys.executable, "-c", CRASHING], env=environment(tmp_path), wait="年份")
    app.type("2021\r")
    assert app.shows("预算单位")
    app.type(SECRET, *("\r",) * accept)
    app.send("\x1bOP")
    assert app.exit_code() == 70
    log = tmp_path / "state" / "tianbiao" / "crash.log"
    text = log.read_text(encoding="utf-8")
    assert "RuntimeError" in text
    assert "core.py" in text or "fill.py" in text
    assert not set(SECRET) & set(text)
    assert open_to_others([log, log.parent]) == []
    last_screen = app.raw.decode().rpartition("\x1b[?1049l")[2]
    assert "程序出错" in last_screen
    assert SECRET not in last_screen
    [path] = (tmp_path / "records").glob("*.toml")
    kept = path.read_bytes() + (tmp_path / "records" / ".tianbiao" / f"{path.stem}.journal").read_bytes()
    assert SECRET.encode() in kept
