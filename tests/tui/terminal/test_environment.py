"""Environment, probe, start-up, clipboard, crash reports and the names we lean on."""

from __future__ import annotations

import base64
import os
import select
import subprocess
import sys
import termios
import time

import pytest

from tui.terminal import crash, osc52, patches
from tui.terminal.environment import color_system, prepare, suitability
from tui.terminal.modes import LEAVE, Terminal
from tui.terminal.patches import ATTRIBUTES, SIGNATURES, check_patched_names
from tui.terminal.prepaint import Opening
from tui.terminal.probe import LIMIT, QUESTION, take_reports


def test_patched_names():
    assert check_patched_names() == []


@pytest.mark.parametrize("name", [*SIGNATURES, *ATTRIBUTES])
def test_a_patched_name_that_goes_away_is_named(name, monkeypatch):
    """Moving the pin of Textual fails here, by name, and not in a user's terminal."""
    find = patches._find
    monkeypatch.setattr(patches, "_find", lambda wanted: find(f"{wanted}_gone" if wanted == name else wanted))
    assert check_patched_names() == [f"{name} is gone"]


@pytest.mark.parametrize("name", ["textual.no_such_module:App", "textual.app:NoApp", "textual.app:App.no_method"])
def test_a_name_that_is_nowhere(name):
    assert patches._find(name) is None


def test_a_changed_signature_is_named(monkeypatch):
    monkeypatch.setattr("textual.app.App._display", lambda self, screen: None)
    assert check_patched_names() == ["textual.app:App._display(self, screen) was (self, screen, renderable)"]


def test_prepare():
    environ = {
        "COLUMNS": "80",
        "LINES": "24",
        "TEXTUAL_DEBUG": "1",
        "TERM": "xterm-256color",
        "ESCDELAY": "50",
        "TEXTUAL_FPS": "5",
    }
    prepare(environ)
    assert not {"COLUMNS", "LINES", "TEXTUAL_DEBUG"} & environ.keys()
    assert environ["TEXTUAL_DISABLE_KITTY_KEY"] == "1"
    assert environ["TEXTUAL_COLOR_SYSTEM"] == "256"
    assert environ["ESCDELAY"] == "50"
    assert environ["TEXTUAL_FPS"] == "1000"


def test_prepare_comes_first():
    import textual  # noqa: F401

    with pytest.raises(RuntimeError):
        prepare()


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm"}, "standard"),
        ({"TERM": "vt100"}, "standard"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "256"),
        ({"TERM": "tmux-256color"}, "256"),
        ({}, "standard"),
    ],
)
def test_colours(environ, wanted):
    assert color_system(environ) == wanted


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({}, "ok"),
        ({"TERM": ""}, "dumb_terminal"),
        ({"TERM": "dumb"}, "dumb_terminal"),
        ({"TERM": "linux"}, "chinese_not_shown"),
        ({"TERM": "linux", "SSH_CONNECTION": "10.0.0.1 1 2 3"}, "ok"),
        ({"LANG": "zh_CN.GBK"}, "not_utf8"),
        ({"LANG": "zh_CN"}, "not_utf8"),
        ({"LANG": "zh_CN.UTF-8"}, "ok"),
        ({"LANG": "C"}, "ok"),
        ({"LC_ALL": "zh_CN.GB18030", "LANG": "zh_CN.UTF-8"}, "not_utf8"),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "zh_CN.GBK"}, "not_utf8"),
        ({"LC_CTYPE": "zh_CN.utf8", "LANG": "zh_CN.GBK"}, "ok"),
        ({"LANG": "en_US.UTF-8@euro"}, "ok"),
        ({"LANG": "en_US.ISO-8859-1"}, "not_utf8"),
    ],
)
def test_suitability(environ, code):
    verdict = suitability({"TERM": "xterm", **environ}, terminals=True)
    assert (verdict.code, verdict.ok) == (code, code == "ok")
    assert bool(verdict.message) is not verdict.ok
    assert "\n" not in verdict.message


def test_suitability_without_terminals():
    assert suitability({"TERM": "xterm"}, terminals=False).code == "not_a_terminal"


def test_start_up_imports_neither_textual_nor_slow_modules():
    code = (
        "import sys; from tui import cli, opening; opening.environment.prepare({});"
        "sys.exit(bool({'textual', 'rich', 'typing', 're', 'asyncio', 'argparse'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-S", "-c", code], check=False, env={"PYTHONPATH": "."}).returncode == 0


@pytest.mark.parametrize(
    ("data", "columns", "rest"),
    [
        (b"", [], b""),
        (b"a\x1b[1;5Rb\x1b[1;2Rc", [5, 2], b"abc"),
        (b"\x1b[A\x1b[12;", [], b"\x1b[A\x1b[12;"),
        (b"\x1b[\x1b[1;5R", [5], b"\x1b["),
        (b"\x1b[5R\x1b[;R", [], b"\x1b[5R\x1b[;R"),
    ],
)
def test_reports(data, columns, rest):
    assert take_reports(data) == (columns, rest)


@pytest.fixture
def pty():
    master, slave = os.openpty()
    yield master, Terminal(slave, slave)
    os.close(master)
    os.close(slave)


def drain(master: int, wanted: bytes = b"") -> bytes:
    """What the terminal has got, at least until `wanted` is in it."""
    data, deadline = b"", time.monotonic() + 5
    while time.monotonic() < deadline and select.select([master], [], [], 0 if data and wanted in data else 0.2)[0]:
        data += os.read(master, 4096)
    return data


def opening(pty, answer: bytes):
    """An opening whose answer is there already."""
    master, terminal = pty
    terminal.enter_raw()
    os.write(master, answer)
    start = Opening("填表", terminal)
    start.begin()
    return start


@pytest.mark.parametrize(
    ("answer", "encoding", "ambiguous", "keys"),
    [
        (b"\x1b[1;5R\x1b[1;2R", "utf-8", "narrow", b""),
        (b"a\x1b[1;5Rb\x1b[1;3R\xe4", "utf-8", "wide", b"ab\xe4"),
        (b"\x1b[1;7R", "gbk", "unknown", b""),
        (b"\x1b[1;9R", "other", "unknown", b""),
    ],
)
def test_opening(pty, answer, encoding, ambiguous, keys):
    start = opening(pty, answer)
    report = start.finish()
    assert (report.encoding, report.ambiguous, start.terminal.leftover) == (encoding, ambiguous, keys)
    assert report.readable is (encoding == "utf-8")
    written = drain(pty[0], b"?1049h" if report.readable else QUESTION)
    assert QUESTION in written
    assert (b"?1049h" in written) is report.readable
    start.close()
    assert (b"?1049l" in drain(pty[0], b"?1049l")) is report.readable


def test_opening_without_an_answer(pty):
    begun = time.monotonic()
    start = opening(pty, b"x")
    assert time.monotonic() - begun < LIMIT, "the question does not wait for its answer"
    assert "正在打开".encode() in drain(pty[0], "正在打开".encode())
    report = start.finish()
    assert (report.answered, report.readable, report.ambiguous) == (False, True, "unknown")
    assert start.terminal.leftover == b"x"


def test_terminal_modes(pty):
    master, terminal = pty
    before = termios.tcgetattr(terminal.in_fd)
    terminal.enter_raw()
    terminal.enter_raw()
    assert not termios.tcgetattr(terminal.in_fd)[3] & (termios.ECHO | termios.ICANON | termios.ISIG)
    assert terminal.enter_screen()
    assert terminal.enter_screen() == ""
    terminal.leave()
    terminal.leave()
    assert termios.tcgetattr(terminal.in_fd) == before
    assert drain(master, LEAVE.encode()) == LEAVE.encode()
    assert terminal.size() == (80, 24)
    os.write(master, b"\n")
    assert terminal.read_available() == b"\n"


def test_writing_to_a_terminal_that_does_not_read(pty):
    terminal = pty[1]
    terminal.enter_raw()
    assert not terminal.write(b"x" * 1_000_000, limit=0.1)


def test_clipboard():
    plain = osc52.sequence("复制", {"TERM": "xterm"})
    assert plain == f"\x1b]52;c;{base64.b64encode('复制'.encode()).decode()}\x07"
    assert (
        osc52.sequence("复制", {"TERM": "screen-256color", "TMUX": "/tmp/x"}) == f"{plain}\x1bPtmux;\x1b{plain}\x1b\\"
    )
    assert osc52.sequence("复制", {"TERM": "screen"}) == ""
    assert osc52.sequence("复制", {"TERM": "xterm", "STY": "1.pts"}) == ""
    assert osc52.sequence("字" * 20_000, {"TERM": "xterm"}) == ""


def test_crash_report(tmp_path):
    secret = "".join(["涉密", "内容"])  # what the code says may be reported, what the variable holds may not

    def fail(secret):
        try:
            int(secret)
        except ValueError as error:
            raise RuntimeError(secret) from error

    path = tmp_path / "state" / "crash.txt"
    with pytest.raises(RuntimeError) as caught:
        fail(secret)
    assert crash.write_report(caught.value, path)
    assert not crash.write_report(caught.value, path / "no")
    text = path.read_text("utf-8")
    assert secret not in text
    assert "RuntimeError" in text
    assert "ValueError" in text
    assert "in fail" in text
    assert str(path) in crash.message(True, path)
    assert "可能没有保存" in crash.message(False, None)


@pytest.mark.parametrize("end", [b"", OSError(5, "Input/output error")])
def test_what_came_before_the_link_was_lost_is_read(monkeypatch, end):
    reading, writing = os.pipe()
    os.close(writing)  # there is always something to be read: the end
    pieces = iter([b"abc", b"def"])

    def read(descriptor, count):
        piece = next(pieces, end)
        if isinstance(piece, OSError):
            raise piece
        return piece

    monkeypatch.setattr("tui.terminal.modes.os.read", read)
    terminal = Terminal(reading)
    assert terminal.read_available() == b"abcdef"
    with pytest.raises(EOFError):
        terminal.read_available()
    os.close(reading)
