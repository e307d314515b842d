"""How the program ends: keys, signals, a lost link, a failure; acceptance checks 20, 23 to 25, 30."""

from __future__ import annotations

import os
import signal

import pytest


def draft(tmp_path):
    path = tmp_path / "draft"
    return path.read_text("utf-8") if path.exists() else ""


def typed(app, text="甲乙"):
    app.send(text)
    assert app.until(lambda: (app.lines[0], app.lines[1].strip()) == (f"标题 {text}", text)), app.text


def restored(app):
    tail = app.raw[-200:]
    return b"\x1b[?1049l" in tail and app.raw.rstrip().rpartition(b"\x1b[?1049l")[2].startswith(b"\x1b[?25h")


def test_keys_that_end_other_programs(start, tmp_path):
    app = start()
    typed(app)
    app.type("\x04", "\x1a", "\x1c", "\x03")
    assert app.shows("再按一次 Ctrl+C")
    app.type("\x13")
    assert app.shows("已保存")
    assert app.code is None
    app.send("\x03")
    assert app.exit_code() == 130
    assert draft(tmp_path).startswith("甲乙")
    assert restored(app)


def test_leaving_waits_for_nothing(start):
    app = start()
    typed(app)
    app.send("\x11")
    assert app.exit_code(3) == 0, "waits for something; bench/terminal_bench.py has the figure"
    assert restored(app)


@pytest.mark.parametrize("ignored", [False, True])
def test_lost_link(start, tmp_path, ignored):
    app = start(ignore_hup=ignored)
    typed(app)
    app.hang_up()
    assert app.exit_code(3) == 129
    assert draft(tmp_path).startswith("甲乙")


def test_hang_up_signal_alone(start, tmp_path):
    app = start()
    typed(app)
    app.kill(signal.SIGHUP)
    assert app.exit_code(3) == 129
    assert draft(tmp_path).startswith("甲乙")
    assert restored(app)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_terminated(start, tmp_path, number, code):
    app = start()
    typed(app)
    app.kill(number)
    assert app.exit_code() == code
    assert draft(tmp_path).startswith("甲乙")
    assert restored(app)


def test_terminated_while_stuck(start, tmp_path):
    app = start()
    typed(app)
    app.send("\x0f")
    assert app.until((tmp_path / "frozen").exists)
    app.kill(signal.SIGTERM)
    assert app.exit_code(5) == 143
    assert draft(tmp_path).startswith("甲乙")
    assert restored(app)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143)])
def test_terminal_stops_reading(start, tmp_path, number, code):
    app = start()
    typed(app)
    app.send("\x18")  # the demo now paints without end, and nobody reads
    ticks = tmp_path / "ticks"

    def count():
        return int(ticks.read_text() or 0) if ticks.exists() else 0

    assert app.unread_until(lambda: count() >= 200), "the event loop must not wait for the terminal"
    app.kill(number)
    ended: list[int] = []

    def gone() -> bool:
        pid, status = os.waitpid(app.pid, os.WNOHANG) if not ended else (0, 0)
        if pid:
            ended.append(os.waitstatus_to_exitcode(status))
        return bool(ended)

    assert app.unread_until(gone, 5)
    app.code = ended[0]
    assert ended == [code]
    assert draft(tmp_path).startswith("甲乙")


def test_a_terminal_that_reads_again_sees_the_newest_picture(start, tmp_path):
    app = start()
    typed(app)
    app.send("\x18")
    ticks = tmp_path / "ticks"
    assert app.unread_until(lambda: ticks.exists() and int(ticks.read_text() or 0) > 200)
    read = len(app.raw)
    newest = int(ticks.read_text())
    assert app.until(lambda: app.lines[0].strip() and int(app.lines[0][: len(str(newest))]) >= newest), app.text
    assert len(app.raw) - read < 400_000, "old pictures are skipped"


def test_failure(start, tmp_path):
    app = start()
    typed(app, "涉密内容")
    app.quiet()
    before = len(app.raw)
    app.send("\x14")
    assert app.exit_code() == 70
    after = app.raw[before:].decode()
    assert "程序出错，已停止。填写内容已保存。" in after
    assert "涉密内容" not in after
    assert "\x1b[?1049l" in after
    assert draft(tmp_path).startswith("涉密内容")
    report = (tmp_path / "crash.txt").read_text("utf-8")
    assert "ValueError" in report
    assert "action_fail" in report
    assert "涉密内容" not in report
    assert (tmp_path / "crash.txt").stat().st_mode & 0o77 == 0
