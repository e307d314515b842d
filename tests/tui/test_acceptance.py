"""Acceptance checks that concern the whole program, on a real pty; docs/terminal.md says which test stands for which check."""

from __future__ import annotations

import ast
import marshal
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.records.codec import decode
from domain.records.store import Store, read_text
from tests.paths import ROOT, WATER_SUPPLY

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

Run = Callable[..., "PtyApp"]
ENTER, TAB, DOWN = "\r", "\t", "\x1b[B"
F1, F2, F3, F4 = "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS"
F5, F6, F7, F8, F9, F10 = (f"\x1b[{number}~" for number in (15, 17, 18, 19, 20, 21))
MARKUP = "错[/b]误[@click=app.quit]点[/][2024]3号"


@pytest.fixture
def run(start: Run, records: Path) -> Run:
    """Start the program on a folder of its own."""

    def begin(*arguments: str, env: dict[str, str | None] | None = None, **options: object) -> PtyApp:
        environment = {"TIANBIAO_DIR": str(records), "TMPDIR": str(records.parent), **(env or {})}
        return start(argv=[sys.executable, "-m", "tui", *arguments], env=environment, **options)

    return begin


def sheet(folder: Path, name: str, **replaced: str) -> Path:
    """The sample as a file of this name, with some of its texts replaced."""
    text = WATER_SUPPLY.read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def tour(app: PtyApp) -> None:
    """Through every screen: from home into the record, its views and back, then what home opens."""
    app.type(F4)
    assert app.shows("预览")
    app.type(F10, ENTER)
    assert app.shows("填表｜")
    app.type(F1, F3)
    for key, shown in ((F4, "全表｜"), (F6, "指标表｜"), (F5, "检查｜")):
        app.type(key)
        assert app.shows(shown), app.text
        app.type(F10)
    for command, shown in (
        ("/预览", "预览"),
        ("/指标库", "指标库｜"),
        ("/导出", "导出｜"),
        ("/录入", "录入｜"),
        ("/对比", "对比｜"),
    ):
        app.type(command + ENTER)
        assert app.shows(f" {shown}"), app.text
        app.type(F10)
    app.type(F10)
    assert app.shows("离开吗")
    app.type(ENTER)
    assert app.shows("份记录")
    for key, shown in ((F7, "指标库"), (F8, "学习"), (F2, "导入")):
        app.type(key)
        assert app.shows(shown), app.text
        app.type(F10)


def test_a_whole_form_without_esc_alt_or_mouse(run: Run, records: Path) -> None:
    """Check 19: typed answers, Tab, Enter, function keys and arrows do everything."""
    app = run("fill", wait="属于哪一年")
    for answer, following in (("2021", "预算单位"), ("水源保护站", "项目名称"), ("水源地巡护服务", "")):
        app.type(answer, TAB)
        assert app.shows(following), app.text
    for _ in range(60):
        if "都问过一遍了" in app.text:
            break
        app.type(F8)
    assert app.shows("都问过一遍了"), app.text
    app.type(F6, *[DOWN] * 7, F5)
    assert app.shows("检查｜"), app.text
    app.type(F10, F10, F2)
    assert app.shows("已存到"), app.text
    app.type(F10)
    assert app.shows("离开吗")
    app.send(ENTER)
    assert app.exit_code() == 0
    [path] = Store(records).paths()
    project = decode(read_text(path)).record.declaration.project
    assert (project.year, project.unit, project.name) == (2021, "水源保护站", "水源地巡护服务")


def test_hostile_texts_never_reach_the_terminal(run: Run, records: Path, tmp_path: Path) -> None:
    """Check 16: in an imported sheet, in a record and in half an answer; every screen is visited."""
    hostile = "汛期\x1b]0;PWN\x07\x1b[2J\x9b2J\x05\u202e漂浮物"
    path = sheet(tmp_path, "表.txt", 汛期漂浮物=hostile, 方某=f"方{hostile}某")
    imported = run("import", str(path))
    assert imported.exit_code() == 0, imported.text
    [record] = Store(records).paths()
    escaped = "".join(f"\\u{ord(char):04x}" for char in hostile)
    written = record.read_text(encoding="utf-8").replace("水源保护站", f"水源{escaped}保护站")
    record.write_text(written, encoding="utf-8")
    app = run(wait="份记录")
    clears = app.raw.count(b"\x1b[2J")
    tour(app)
    app.type(F6)
    app.send(f"\x1b[200~{hostile}\x1b[201~")
    assert app.shows("漂浮物"), app.text
    for piece in (b"PWN", b"\x1b]0", b"\x05", "\x9b".encode(), "\u202e".encode()):
        assert piece not in imported.raw + app.raw, piece
    assert app.raw.count(b"\x1b[2J") == clears, "the screen is only cleared at the start"


def test_markup_is_shown_letter_by_letter_on_every_screen(run: Run, tmp_path: Path) -> None:
    """Check 17: in a field, in a table cell, in a file's name."""
    path = sheet(tmp_path, "错[b]误.txt", 农村饮用水源地巡护=MARKUP, 水源地巡护次数=f"{MARKUP}次数")
    assert run("import", str(path)).exit_code() == 0
    app = run(wait=MARKUP[:20])
    app.type(ENTER)
    assert app.shows(f"｜2021 {MARKUP}"), app.text
    app.type(F6)
    assert app.shows(MARKUP[:20]), app.text
    app.type(F10, F10, ENTER)
    assert app.shows("份记录")
    tour(app)
    assert app.code is None


@pytest.mark.parametrize("env", [{"TERM": "xterm"}, {"NO_COLOR": "1"}])
def test_meaning_without_colours(run: Run, tmp_path: Path, env: dict[str, str | None]) -> None:
    """Check 22: the current row, the caret and an error are marked by a character, not by a colour alone."""
    assert run("import", str(sheet(tmp_path, "表.txt"))).exit_code() == 0
    app = run(wait="份记录", env=env)
    assert app.until(lambda: any(row.startswith("> ") for row in app.lines)), app.text
    app.type(ENTER)
    assert app.shows("填表｜")
    app.type("/去 年份\r")
    assert app.shows("属于哪一年")
    app.type("\x15", "不是年份\r")
    assert app.until(lambda: any(row.startswith("！") for row in app.lines)), app.text
    assert app.cursor[2]
    assert b"38;5" not in app.raw
    if "NO_COLOR" in env:
        assert not re.search(rb"\x1b\[[0-9;]*\b(?:3[0-7]|4[0-7]|9[0-7])\b[0-9;]*m", app.raw)


def test_bytes_of_the_program(run: Run, tmp_path: Path) -> None:
    """Check 28, with the tighter budgets of this project: nothing while idle, little for everything else."""
    assert run("import", str(sheet(tmp_path, "表.txt"))).exit_code() == 0
    app = run("fill", Store(tmp_path / "records").paths()[0].stem, wait="F10")
    app.quiet(0.3)
    assert len(app.raw) < 4000

    def cost(*keys: str) -> int:
        before = len(app.raw)
        for key in keys:
            app.send(key)
            app.quiet(0.3)
        return len(app.raw) - before

    spent = {"overview": cost(F4), "search": cost("数量"), "jump": cost(ENTER)}
    assert app.shows("产出目标›数量"), app.text
    spent |= {
        "character": cost("甲"),
        "list": cost("乙"),
        "table": cost(F6),
        "back": cost(F10),
        "next": cost("\x15", TAB),
    }
    before = len(app.raw)
    app.quiet(2.0)
    assert len(app.raw) == before, "an idle screen costs nothing"
    assert spent["character"] < 900, spent
    assert max(spent[name] for name in ("overview", "jump", "table", "back")) < 5000, spent
    assert spent["next"] < 3000, spent


def test_no_screen_works_while_nobody_types(run: Run, records: Path) -> None:
    """One screen over another, the engine loaded: after a key's work is done, next to no processor time is used."""
    app = run(wait="F10")
    app.type(F8)
    assert app.shows("学习")
    app.type(ENTER)
    assert app.shows("下一页")
    app.quiet(2.0)  # the engine loads meanwhile

    def ticks() -> int:
        return sum(int(number) for number in Path(f"/proc/{app.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13])

    before = ticks()
    app.quiet(1.5)
    assert ticks() - before <= 0.2 * os.sysconf("SC_CLK_TCK")


def test_a_planted_dictionary_cache_is_not_read(run: Run, tmp_path: Path) -> None:
    """Check 29: another user's jieba.cache in the temporary folder; keys are answered while the engine loads.

    How soon they are is a figure of bench/terminal_bench.py.
    """
    planted = tmp_path / "jieba.cache"
    planted.write_bytes(marshal.dumps(({"水源": 9_000_000, "地": 1}, 9_000_001)))
    if os.getuid() == 0:
        os.chown(planted, 65534, 65534)
    os.utime(planted, (1, 2))
    app = run("fill", wait="属于哪一年", env={"PYTHONWARNINGS": "default"})
    app.type("2021\r")
    assert app.shows("预算单位")
    for number in range(1, 13):  # typed on, then with pauses in which the engine loads
        app.quiet(0.7 if number > 6 else 0.05)
        app.send("水")
        assert app.shows(f"> {'水' * number}"), app.text
    app.type("\x15", "/去 数量\r")
    assert app.shows("产出目标›数量"), app.text
    app.type("次数")
    assert app.until(lambda: any("次数" in row for row in app.lines[-7:-2])), app.text
    assert "Warning" not in app.text
    assert b"Warning" not in app.raw
    assert [path.name for path in tmp_path.iterdir() if "jieba" in path.name] == ["jieba.cache"]
    assert planted.stat().st_mtime == 2
    assert planted.stat().st_atime == 1, "nobody read it"


def test_every_check_has_its_test() -> None:
    """docs/terminal.md names a test for each of the thirty checks, and every named test exists."""
    rows = re.findall(r"^\| (\d+) \|.*\| (.+) \|$", (ROOT / "docs" / "terminal.md").read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 31))
    for number, named in rows:
        tests = re.findall(r"`([\w/]+\.py)::(\w+)`", named)
        assert tests, f"check {number} names no test"
        for path, name in tests:
            tree = ast.parse((ROOT / "tests" / "tui" / path).read_text(encoding="utf-8"))
            assert any(getattr(one, "name", "") == name for one in tree.body), f"check {number}: {path}::{name} is gone"
