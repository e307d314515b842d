"""Whatever ends the program, every accepted answer and the text in progress are there at the next start."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.changes import Record
from domain.model import Declaration, Project
from domain.records.codec import decode
from domain.records.store import Store, read_text

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

Start = Callable[..., "PtyApp"]
F6, F7 = "\x1b[17~", "\x1b[18~"
HALF = "网格平台光纤租"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    places = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    return {**places, "TIANBIAO_DIR": str(tmp_path / "records")}


@pytest.fixture
def run(start: Start, environment: dict[str, str]) -> Callable[..., PtyApp]:
    return lambda *arguments, **more: start(argv=[sys.executable, "-m", "tui", *arguments], env=environment, **more)


def answer_three(app: PtyApp) -> None:
    """Year, unit, and half of the name, which the program has taken before this returns."""
    app.type("2021\r")
    assert app.shows("预算单位")
    app.type("水源保护站\r")
    assert app.shows("项目名称")
    app.type(HALF)
    assert app.shows(f"> {HALF}")


def journal_holds(folder: Path, text: str) -> bool:
    return any(text in path.read_text(encoding="utf-8") for path in folder.glob("records/.tianbiao/*.journal"))


def left_on_disk(folder: Path) -> str:
    """Everything that is to say where a text went, for a test that does not find it."""
    found = [
        path for path in folder.rglob("*") if path.is_file() and path.suffix in (".journal", ".toml", ".log", ".left")
    ]
    return "\n".join(f"--- {path.relative_to(folder)}\n{path.read_text(encoding='utf-8')}" for path in found)


def check_saved(tmp_path: Path) -> None:
    [path] = Store(tmp_path / "records").paths()
    project = decode(read_text(path)).record.declaration.project
    assert (project.year, project.unit) == (2021, "水源保护站")


def check_goes_on(run: Callable[..., PtyApp], tmp_path: Path) -> None:
    """The next start names the unfinished record first; Enter is back at the question with the half text in it."""
    before = left_on_disk(tmp_path)
    app = run(wait="接着填")
    app.type("\r")
    assert app.shows(f"> {HALF}"), f"{app.text}\n{before}"
    assert "项目名称" in app.text


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_the_record_being_typed_is_offered_before_one_saved_meanwhile(
    run: Callable[..., PtyApp], tmp_path: Path, number: signal.Signals
) -> None:
    app = run("fill", wait="年份")
    answer_three(app)
    Store(tmp_path / "records").add(Record(Declaration(project=Project(year=2022, name="后来存的"))))
    app.type("用")
    assert app.until(lambda: journal_holds(tmp_path, f"{HALF}用"))
    app.kill(number)
    app.exit_code()
    app = run(wait="接着填")
    assert app.shows("> 2021"), app.text
    assert "2022 后来存的" in app.text


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_signals(run: Callable[..., PtyApp], tmp_path: Path, number: signal.Signals) -> None:
    app = run("fill", wait="年份")
    answer_three(app)
    if number is signal.SIGKILL:
        assert app.until(lambda: journal_holds(tmp_path, HALF))
    app.kill(number)
    assert app.exit_code() == {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGHUP: 129}[number]
    check_saved(tmp_path)
    check_goes_on(run, tmp_path)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_row_half_typed_in_the_table(run: Callable[..., PtyApp], tmp_path: Path, number: signal.Signals) -> None:
    app = run("fill", wait="年份")
    answer_three(app)
    app.type(F6)
    assert app.shows("指标表｜")
    app.type("预算到位")
    assert app.shows("> 预算到位")
    assert app.until(lambda: journal_holds(tmp_path, "预算到位"))
    if number != signal.SIGKILL:
        app.type("率 =9")
        assert app.shows("> 预算到位率 =9")
    app.kill(number)
    app.exit_code()
    app = run(wait="接着填")
    app.type("\r")
    assert app.shows("投入与目标管理›投入管理")
    assert app.shows("> 预算到位" if number == signal.SIGKILL else "> 预算到位率 =9"), left_on_disk(tmp_path)


CODES = {signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.mark.parametrize("number", CODES)
def test_keys_that_the_program_has_not_read_yet(
    run: Callable[..., PtyApp], tmp_path: Path, number: signal.Signals
) -> None:
    """A busy computer: the keys lie in the terminal when the signal is there, which Python takes before everything else."""
    app = run("fill", wait="年份")
    app.type("2021\r")
    assert app.shows("预算单位")
    app.quiet()
    app.kill(signal.SIGSTOP)
    app.send("水源保护站\r")
    app.send(HALF)
    app.kill(number)
    app.kill(signal.SIGCONT)
    assert app.exit_code() == CODES[number]
    check_saved(tmp_path)
    assert journal_holds(tmp_path, HALF), left_on_disk(tmp_path)
    check_goes_on(run, tmp_path)


@pytest.mark.parametrize("number", CODES)
def test_two_signals_at_once(run: Callable[..., PtyApp], tmp_path: Path, number: signal.Signals) -> None:
    """A server that goes down sends both, one right after the other."""
    app = run("fill", wait="年份")
    answer_three(app)
    app.kill(signal.SIGSTOP)
    app.send("赁")
    for one in (number, *CODES, number):
        app.kill(one)
    app.kill(signal.SIGCONT)
    assert app.exit_code() in CODES.values()
    assert journal_holds(tmp_path, f"{HALF}赁"), left_on_disk(tmp_path)


OPENING = """
import os, signal, sys
from tui.terminal import environment, signals
from tui.cli import main
signals.GRACE = 1
prepare, (_, what, half, *arguments), seen = environment.prepare, sys.argv, []
def prepared():
    prepare()
    from textual.app import App
    from tui.app import FormApp
    from tui.widgets.answer import Answer
    mount, use_line = FormApp.on_mount, Answer.use_line
    def mounted(self):
        os.kill(os.getpid(), signal.SIGSTOP)
        mount(self)
    def used(self, text, *more, **options):
        again = text == half and seen[-1:] not in ([], [half])
        seen.append(text)
        if again:
            os.kill(os.getpid(), signal.SIGTERM)
            while what == "stuck":
                signal.pause()
        use_line(self, text, *more, **options)
    async def shut_down(self):
        await App._shutdown(self)
        os.kill(os.getpid(), signal.SIGHUP)
    if what == "stops":
        FormApp.on_mount = mounted
    elif what == "ends":
        FormApp._shutdown = shut_down
    else:
        Answer.use_line = used
environment.prepare = prepared
sys.exit(main(["fill", *arguments]))
"""
"""The program, which stops before its first screen, is sent SIGHUP once its widgets are gone, or SIGTERM when a text is about to
be put into the input again."""


def test_a_signal_when_the_input_is_gone_already(
    start: Start, run: Callable[..., PtyApp], environment: dict[str, str], tmp_path: Path
) -> None:
    """What a widget that has been taken down says of its text takes no text's place."""
    app = start(argv=[sys.executable, "-c", OPENING, "ends", ""], env=environment, wait="年份")
    answer_three(app)
    app.kill(signal.SIGTERM)
    assert app.exit_code() == 129, app.text
    check_saved(tmp_path)
    check_goes_on(run, tmp_path)


@pytest.mark.parametrize("number", CODES)
def test_let_go_on_while_it_ends(run: Callable[..., PtyApp], tmp_path: Path, number: signal.Signals) -> None:
    """A shell that lets a stopped program go on before it is ended, in whichever order the two are seen."""
    app = run("fill", wait="年份")
    answer_three(app)
    app.kill(number)
    for _ in range(50):
        with suppress(ProcessLookupError):
            app.kill(signal.SIGCONT)
        app.read(0.002)
    assert app.exit_code() == CODES[number], app.text
    check_goes_on(run, tmp_path)


@pytest.mark.parametrize("then", ["goes on", "stuck"])
def test_a_signal_between_a_question_and_the_text_for_its_input(
    run: Callable[..., PtyApp], start: Start, environment: dict[str, str], tmp_path: Path, then: str
) -> None:
    """What the input holds then belongs to the question before, and must not take the place of the half text.

    stuck: the event loop is, so that the alarm ends the program in the midst of it all.
    """
    app = run("fill", wait="年份")
    answer_three(app)
    app.kill(signal.SIGTERM)
    assert app.exit_code() == 143
    [path] = Store(tmp_path / "records").paths()
    app = start(argv=[sys.executable, "-c", OPENING, then, HALF, path.stem], env=environment, wait=f"> {HALF}")
    app.type(F7)
    assert app.shows("> 水源保护站")
    app.type("\r")
    assert app.exit_code() == 143, app.text
    check_goes_on(run, tmp_path)


@pytest.mark.parametrize("number", CODES)
def test_keys_typed_before_the_first_question_stands(
    start: Start, environment: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    app = start(argv=[sys.executable, "-c", OPENING, "stops", ""], env=environment)
    app.until(lambda: os.waitpid(app.pid, os.WUNTRACED | os.WNOHANG)[0])
    app.send(HALF + HALF)
    app.kill(number)
    app.kill(signal.SIGCONT)
    assert app.exit_code() == CODES[number], app.text
    assert journal_holds(tmp_path, HALF + HALF), left_on_disk(tmp_path)


def test_closed_terminal(run: Callable[..., PtyApp], tmp_path: Path) -> None:
    app = run("fill", wait="年份")
    answer_three(app)
    app.hang_up()
    _, status = os.waitpid(app.pid, 0)
    app.code = os.waitstatus_to_exitcode(status)
    check_saved(tmp_path)
    check_goes_on(run, tmp_path)


def test_gbk_bytes(run: Callable[..., PtyApp], tmp_path: Path) -> None:
    app = run("fill", wait="年份")
    answer_three(app)
    app.send("用费".encode("gbk"))
    app.send("好")
    assert app.shows("好")
    app.type("\r")
    assert app.until(lambda: "项目类别" in app.text)
    check_saved(tmp_path)
