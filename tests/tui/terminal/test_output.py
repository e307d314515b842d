"""What is drawn on a real pty, where the cursor stands and what it costs: acceptance checks 1 to 8, 22, 27, 28."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pyte
import pytest

AMBIGUOUS = "“”‘’—…①≥·°℃"

TEXT = (
    "第一项 按照《中华人民共和国预算法》、《项目支出绩效评价管理办法》（财预〔2020〕10号）等规定，围绕“过紧日子”要求，"
    "采购GB/T32795-2010标准的设备147台，验收合格率≥98%，保障全市12345热线（含夜间）正常运行，群众满意度达到95%以上。"
)


def fill(app, text="甲乙"):
    app.send(text)
    assert app.until(lambda: app.lines[1] == f" {text}" and app.lines[0] == f"标题 {text}"), app.text


def fill_more(app):
    app.send("丙")
    assert app.until(lambda: app.lines[1] == " 甲乙丙"), app.text


def test_cursor_behind_typed_text(start):
    app = start()
    app.send("a中文")
    assert app.until(lambda: app.lines[1] == " a中文" and app.cursor == (6, 1, True)), app.cursor


def test_cursor_in_a_scrolled_field(start):
    app = start()
    app.send("汉" * 60)
    assert app.until(lambda: app.cursor[0] >= 77), app.cursor
    x, y, shown = app.cursor
    assert shown
    assert y == 1
    assert x <= 79
    assert app.screen.buffer[1][x - 1].data in ("", "汉")
    app.type(*["\x1b[D"] * 60)
    assert app.until(lambda: app.cursor == (1, 1, True)), app.cursor
    app.type("\x1b[C")
    assert app.until(lambda: app.cursor == (3, 1, True)), app.cursor


def test_cursor_in_a_dialog_and_back(start):
    app = start()
    app.send("甲\x1bOR")
    assert app.until(lambda: "对话框" in app.text and app.cursor[1] not in (0, 1) and app.cursor[2])
    x, y, _ = app.cursor
    app.type("内")
    assert app.until(lambda: app.cursor == (x + 2, y, True)), app.text
    assert app.screen.buffer[y][x].data == "内"
    app.send("\x1bOS")
    assert app.until(lambda: app.cursor == (3, 1, True)), app.cursor


def test_cursor_in_a_long_field(start):
    app = start()
    app.type("\t", "\t")
    app.send("\x1b[200~" + TEXT + "\n第二段\x1b[201~")
    assert app.until(lambda: "第二段" in app.text)
    x, y, shown = app.cursor
    assert (app.lines[y].strip(), x, shown) == ("第二段", 7, True)
    app.type("\x1b[A", "\x1b[D")
    assert app.until(lambda: app.cursor == (5, y - 1, True)), app.text


def test_cursor_hidden_in_a_list(start):
    app = start()
    app.type("\t", "\t", "\t")
    assert app.until(lambda: not app.cursor[2] and "> ①线路" in app.text), app.text
    app.type("\x1b[B")
    assert app.until(lambda: "> 温度℃" in app.text), app.text
    app.type("\x1b[Z")
    assert app.until(lambda: app.cursor[2])


def test_cursor_follows_the_focus_without_a_change_on_the_screen(start):
    app = start()
    app.send("\t\t\t\t")
    assert app.until(lambda: app.cursor == (7, 17, True)), app.cursor
    app.send("\t")
    assert app.until(lambda: app.cursor == (1, 1, True)), app.cursor


def test_line_breaks(start):
    app = start()
    app.type("\t", "\t")
    app.send("\x1b[200~" + TEXT + "\x1b[201~")
    assert app.shows("以上。")
    lines = [line.strip() for line in app.lines[3:11] if line.strip()]
    assert len(lines) >= 3
    for line in lines:
        assert line[0] not in "、。，；：！？）》”"
        assert line[-1] not in "（《“"
    assert app.screen.buffer[3][64].data != " " or app.screen.buffer[3][65].data != " ", "first line is not filled"
    assert any("GB/T32795-2010" in line for line in lines)


def test_columns_of_a_table_stand_in_line(start):
    app = start()
    bars = {x for y in range(11, 17) for x in range(80) if app.screen.buffer[y][x].data == "|"}
    assert bars == {22}
    assert "很长很长很长很长…" in app.text


@pytest.mark.parametrize("answers", ["wide", "silent"])
def test_probe_answers(start, answers):
    app = start(answers=answers)
    app.send("a中文")
    assert app.until(lambda: app.lines[1] == " a中文"), app.text


@pytest.mark.parametrize("case", [{"answers": "gbk", "wait": "GBK"}, {"env": {"LANG": "zh_CN.GBK"}, "wait": "UTF-8"}])
def test_no_full_screen_where_chinese_cannot_be_read(start, case):
    app = start(**case)
    assert app.exit_code() == 2
    assert b"?1049h" not in app.raw


@pytest.mark.parametrize("env", [{"TERM": None}, {"TERM": "dumb"}])
def test_no_full_screen_on_a_dumb_terminal(start, env):
    app = start(env=env, wait="TERM")
    assert app.exit_code() == 2
    assert b"\x1b" not in app.raw


@pytest.mark.parametrize("shell", [": | exec {}", "{} | cat", "{} <&-", "{} 2>&-", "{} > /dev/null"])
def test_no_full_screen_without_a_terminal(start, shell):
    command = f"{sys.executable} {Path(__file__).parent / 'demo_app.py'}"
    app = start(argv=["/bin/sh", "-c", shell.format(command)], wait=None)
    assert app.exit_code(5) is not None
    assert b"\x1b" not in app.raw


@pytest.mark.parametrize(
    "env", [{"TERM": "xterm"}, {"NO_COLOR": "1"}, {"TERM": "vt100", "COLUMNS": "40", "LINES": "10"}]
)
def test_few_colours(start, env):
    app = start(env=env)
    app.type("\t", "\t", "\t")
    assert app.until(lambda: "> ①线路" in app.text), app.text
    assert b";2;" not in app.raw
    assert "|第二列" in app.text


def test_window_sizes(start):
    app = start(env={"COLUMNS": "80", "LINES": "24"})
    fill(app)
    before = app.text
    for size in ((20, 5), (1, 1), (20, 5)):
        app.resize(*size)
        app.quiet(0.1)
    assert app.shows("窗口太小")
    app.resize(120, 40)
    assert app.until(lambda: app.lines[1] == " 甲乙" and "> " not in app.text and "|第二列" in app.text), app.text
    app.resize(80, 24)
    assert app.until(lambda: app.text == before), app.text
    fill_more(app)


def test_suspended_and_brought_back(start):
    app = start()
    fill(app)
    before = app.text
    app.kill(signal.SIGTSTP)
    assert app.until(lambda: os.waitpid(app.pid, os.WNOHANG | os.WUNTRACED)[0])
    assert app.until(lambda: app.raw.endswith(b"\x1b[?25h"))
    app.stream.feed("\x1b[2J\x1b[H$ 别的程序".encode())
    app.kill(signal.SIGCONT)
    assert app.until(lambda: app.text == before and app.cursor == (5, 1, True)), app.text
    fill_more(app)


def test_stopped_without_warning(start):
    app = start()
    fill(app)
    before = app.text
    app.kill(signal.SIGSTOP)
    assert app.until(lambda: os.waitpid(app.pid, os.WNOHANG | os.WUNTRACED)[0])
    app.stream.feed("\x1b[?7h\x1b[2J\x1b[H$ 别的程序".encode())
    app.kill(signal.SIGCONT)
    assert app.until(lambda: app.text == before and app.cursor == (5, 1, True)), app.text


def test_another_program_in_between(start):
    app = start()
    fill(app)
    app.send("\x12")
    assert app.until(lambda: "在别的程序里".encode() in app.raw and app.raw.count(b"?1049h") == 2)
    assert app.until(lambda: app.lines[1] == " 甲乙" and app.cursor == (5, 1, True)), app.text
    fill_more(app)


def test_copying(start):
    app = start()
    app.send("\x19")
    assert app.shows("copied True")
    assert b"\x1b]52;c;5aSN5Yi255qE5YaF5a65\x07" in app.raw


def test_terminal_with_wide_ambiguous_characters(start, monkeypatch):
    stock = pyte.screens.wcwidth
    monkeypatch.setattr(pyte.screens, "wcwidth", lambda char: 2 if char in AMBIGUOUS else stock(char))
    app = start()
    app.send("a“①”—中")
    assert app.until(lambda: app.lines[1].replace(" ", "") == "a“①”—中" and app.cursor == (12, 1, True)), app.cursor
    bars = {x for y in range(11, 17) for x in range(80) if app.screen.buffer[y][x].data == "|"}
    assert bars == {22}
    assert "很长很长很长很长…" in app.text
    app.type("\x1b[D", "\x1b[D", "≥")
    assert app.until(lambda: app.cursor == (10, 1, True)), app.text
    assert app.lines[1].replace(" ", "") == "a“①”≥—中"


def test_slow_link_gets_the_typed_character_first(start, tmp_path):
    options = tmp_path / "options.txt"
    options.write_text(
        "\n".join(f"学校{number}的很长的名称" for number in range(20))
        + "\n"
        + "医院的名称很长很长很长很长很长很长很长\n" * 12,
        "utf-8",
    )
    form = str(Path(__file__).parent / "slow_form.py")
    app = start(argv=[sys.executable, form, str(options)], answers="slow", wait="READY")
    app.quiet()
    before = len(app.raw)
    app.send("医")
    assert app.until(lambda: "医院的名称" in app.text and "学校" not in app.text and app.cursor == (2, 0, True)), (
        app.text
    )
    sent = app.raw[before:].decode()
    assert sent.startswith("医"), "a frame of its own, before the large one that hides the cursor"
    assert "\x1b[?25l" in sent


def test_redraw(start):
    app = start()
    fill(app)
    before = app.text
    app.stream.feed("\x1b[5;5H\x1b(0乱\x1b[31mxxxx\x1b[r".encode())
    app.send("\x0c")
    assert app.until(lambda: app.text == before and app.cursor == (5, 1, True)), app.text


def test_nothing_is_sent_for_the_mouse_pointer(start):
    """OSC 22, on which Textual insists at each new screen, is printed by terminals that do not know it."""
    app = start()
    app.type("\x1bOR", "\x1bOS")
    app.quiet(0.2)
    assert b"\x1b]" not in app.raw


def test_bytes(start):
    app = start()
    app.quiet(0.2)
    assert len(app.raw) < 4000
    costs = {}
    for name, key in (("character", "预"), ("second", "算"), ("tab", "\t"), ("dialog", "\x1bOR"), ("closed", "\x1bOS")):
        before = len(app.raw)
        app.send(key)
        app.quiet(0.15)
        costs[name] = len(app.raw) - before
    before = len(app.raw)
    app.quiet(2.0)
    assert len(app.raw) == before, "an idle screen costs nothing"
    assert costs["character"] < 30, costs
    assert costs["second"] < 30, costs
    assert costs["tab"] < 30, costs
    assert costs["dialog"] < 2500, costs
    assert costs["closed"] < 2500, costs
