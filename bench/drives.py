"""What the bench does at the keys of each program, and the figures that come of it (ms, bytes, MB)."""

from __future__ import annotations

import itertools
import json
import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import ground
from terminal import Key, Terminal

Figures = dict[str, float]
Rows = Mapping[str, list[str]]

UP, DOWN, ERASE = "\x1b[A", "\x1b[B", "\x15"
F1, F2, F3, F4 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS"
F5, F6, F7, F8, F9, F10 = (f"\x1b[{number}~" for number in (15, 17, 18, 19, 20, 21))
FILLING = "填表｜"
SCREENS = {
    "overview": (F4, "全表｜"),
    "table": (F6, "指标表｜"),
    "review": (F5, "检查｜"),
    "preview": ("/预览\r", "预览"),
    "library": ("/指标库\r", "指标库｜"),
    "export": ("/导出\r", "导出"),
}
"""How a screen is opened from an empty line of the conversation, and what its title then says; F10 leaves each."""

PLACES = ("联系电话", "项目名称", "数量", "质量", "满意度")
"""Where the hour is spent: two fields of the form and three slots of the indicator table."""

PROGRESS = 2000
"""Keys after which the hour says how far it is."""

ROUNDS = 2
"""Times the words are typed where suggestions change; what is seen for the first time takes longer, in every program."""

OPTION_ROWS = 5
"""Suggestions on a screen of 24 rows."""

LOADING = 0.01
"""Seconds of processor time in a second beyond which something is still being loaded."""

FIRST_QUESTION = "属于哪一年"


def printing(environment: Mapping[str, str]) -> Figures:
    """Python printing one word: nothing can be readable sooner."""
    terminal = Terminal([sys.executable, "-c", "print('填表')"], environment)
    terminal.wait_for("填表")
    terminal.close()
    return {"readable": (terminal.first_text or 0.0) * 1000}


def first_question(folder: Path) -> Figures:
    """A new form: to the first question, a line of Chinese into its field, a while of nothing, and out."""
    terminal = Terminal(ground.program("fill"), ground.environment(folder))
    figures = started(terminal, FIRST_QUESTION) | typed(terminal, ground.LINE) | idle(terminal)
    figures["memory warm"] = terminal.memory()[0]
    terminal.press(ERASE)
    terminal.press(F10)
    figures["leaving"] = terminal.leave("\r") * 1000
    terminal.close()
    return figures


def home(folder: Path) -> Figures:
    """The list of all records: start, search, open one."""
    terminal = Terminal(ground.program(), ground.environment(folder))
    figures = {"home": terminal.wait_for("份记录") * 1000}
    terminal.settle()
    figures["home bytes"] = float(terminal.bytes)
    search = [terminal.press(char) for char in "27号"]
    figures["home search bytes"] = statistics.median(key.bytes for key in search)
    figures["home search settled"] = statistics.median(key.settled for key in search) * 1000
    terminal.close()
    return figures


def questions(folder: Path) -> Figures:
    """Every question of a new form, the first ones answered and the others passed over."""
    terminal = Terminal(ground.program("fill"), ground.environment(folder))
    terminal.wait_for(FIRST_QUESTION)
    terminal.settle()
    terminal.idle(4.0)
    keys = []
    for answer in ground.ANSWERS:
        for char in answer:
            terminal.send(char)
        terminal.settle()
        keys.append(terminal.press("\r"))
    keys += [terminal.press(F8) for _ in range(40)]
    terminal.close()
    return {
        "question bytes": max(key.bytes for key in keys),
        "question settled": statistics.median(key.settled for key in keys) * 1000,
        "worst question ms": max(key.settled for key in keys) * 1000,
    }


def at_work(folder: Path, stem: str, rows: Path) -> Figures:
    """In a record: suggestions as one types, every screen and back.

    The suggestions seen are written to `rows`, for the peers to show the same.
    """
    terminal = Terminal(ground.program("fill", stem), ground.environment(folder))
    terminal.wait_for("F10离开")
    terminal.settle()
    terminal.idle(4.0)  # the filer reads, the engine loads
    figures: Figures = {}
    go(terminal, "数量")
    seen: dict[str, list[str]] = {}
    keys = []
    for word in ground.WORDS * ROUNDS:
        for number, char in enumerate(word, 1):
            before = offered(terminal)
            key = terminal.press(char)
            seen[word[:number]] = offered(terminal)
            if seen[word[:number]] != before:
                keys.append(key)
        terminal.press(ERASE)
    rows.write_text(json.dumps(seen, ensure_ascii=False), encoding="utf-8")
    figures |= listed(keys)
    changes: list[Key] = []
    for name in SCREENS:
        opened, closed = visit(terminal, name)
        changes += [opened, closed]
        figures[f"{name} bytes"], figures[f"{name} ms"] = float(opened.bytes), opened.settled * 1000
    figures["screen bytes"] = max(key.bytes for key in changes)
    figures["worst screen ms"] = max(key.settled for key in changes) * 1000
    terminal.close()
    return figures


def stalls(folder: Path) -> Figures:
    """The longest wait for an echo: typing on from the first moment, then with pauses in which the engine loads."""
    terminal = Terminal(ground.program("fill"), ground.environment(folder))
    terminal.wait_for(FIRST_QUESTION)
    waits = []
    for number in range(24):
        waits.append(terminal.answer(ground.LINE[number % len(ground.LINE)]))
        terminal.idle(0.09)
    for number in range(30):
        terminal.idle(0.62 + 0.013 * number)
        waits.append(terminal.answer("字"))
    terminal.close()
    return {"worst echo ms": max(waits) * 1000}


def hour(folder: Path, stem: str, keys: int = 20_000) -> Figures:
    """An hour's use in a few minutes: words into fields and searches as an input method commits them, and every screen."""
    terminal = Terminal(ground.program("fill", stem), ground.environment(folder))
    terminal.wait_for("F10离开")
    terminal.settle()
    sent = told = 0
    for place, screen in zip(itertools.cycle(PLACES), itertools.cycle(SCREENS)):
        go(terminal, place)
        for word in (*ground.WORDS * 12, ground.INITIALS, ground.LINE):
            for text in (word, ERASE):
                terminal.send(text)
                terminal.idle(0.01)
                sent += len(text)
        visit(terminal, screen, meanwhile=[DOWN] * 10 + [UP] * 5)
        sent += len(place) + 19
        if sent >= told + PROGRESS:
            told = sent
            print(f"the hour: {sent} of {keys} keys, {terminal.memory()[0]:.1f} MB", file=sys.stderr)
        if sent >= keys:
            break
    peak, now = terminal.memory()
    terminal.close()
    return {"memory after an hour": peak, "memory after an hour, resident": now}


def peer(command: Sequence[str], environment: Mapping[str, str], rows: Rows) -> Figures:
    """The same line and the same suggestions in another program."""
    terminal = Terminal(command, environment)
    figures = started(terminal, "READY") | typed(terminal, ground.LINE) | idle(terminal)
    for _ in ground.LINE:
        terminal.press("\x7f")
    keys, before = [], list[str]()
    for word in ground.WORDS * ROUNDS:
        for number, char in enumerate(word, 1):
            key = terminal.press(char)
            if rows.get(word[:number]) != before:
                keys.append(key)
            before = rows.get(word[:number], [])
        for _ in word:
            terminal.press("\x7f")
        before = []
    figures |= listed(keys)
    figures["leaving"] = terminal.leave("\x11" if "textual" in command[1] else "\x03") * 1000
    terminal.close()
    return figures


# -- pieces --


def go(terminal: Terminal, place: str) -> None:
    """To a place of the form, by the overview: what stands in the input does not matter there."""
    for keys in (F4, place, "\r"):
        terminal.press(keys)


def visit(terminal: Terminal, name: str, meanwhile: Sequence[str] = ()) -> tuple[Key, Key]:
    """To a screen and back, what was typed erased first; what opening and leaving cost. Raises TimeoutError where it fails."""
    keys, title = SCREENS[name]
    terminal.press(ERASE)
    opened = terminal.press(keys)
    terminal.wait_until(lambda: title in terminal.screen.display[0], 5.0, title)
    for key in meanwhile:
        terminal.send(key)
        terminal.idle(0.01)
    closed = terminal.press(F10)
    terminal.wait_until(lambda: FILLING in terminal.screen.display[0], 5.0, FILLING)
    return opened, closed


def started(terminal: Terminal, ready: str) -> Figures:
    """From the command to a screen that can be typed on."""
    usable = terminal.wait_for(ready)
    terminal.settle()
    peak = terminal.memory()[0]
    return {
        "readable": (terminal.first_text or 0.0) * 1000,
        "usable": usable * 1000,
        "first screen bytes": float(terminal.bytes),
        "memory": peak,
    }


def typed(terminal: Terminal, text: str) -> Figures:
    """A line, one key at a time."""
    keys = [terminal.press(char) for char in text]
    return {
        "character bytes": statistics.mean(key.bytes for key in keys),
        "character needed": statistics.mean(key.needed for key in keys),
        "character settled": statistics.median(key.settled for key in keys) * 1000,
    }


def listed(keys: Sequence[Key]) -> Figures:
    """Keys that change the list of suggestions."""
    return {
        "list bytes": statistics.mean(key.bytes for key in keys),
        "list needed": statistics.mean(key.needed for key in keys),
        "list first": statistics.median(key.first for key in keys) * 1000,
        "list settled": statistics.median(key.settled for key in keys) * 1000,
    }


def idle(terminal: Terminal, seconds: float = 4.0) -> Figures:
    """Nobody types, and what loads in the background has been loaded."""
    for _ in range(20):
        busy = terminal.cpu()
        terminal.idle(1.0)
        if terminal.cpu() - busy < LOADING:
            break
    busy, sent = terminal.cpu(), terminal.idle(seconds)
    return {"idle bytes": float(sent), "idle cpu": (terminal.cpu() - busy) * 1000 / seconds}


def offered(terminal: Terminal) -> list[str]:
    """The suggestions on the screen: the rows between the question and the input line."""
    return [row.strip() for row in terminal.screen.display[-2 - OPTION_ROWS : -2] if row.strip()]
