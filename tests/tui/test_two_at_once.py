"""Two real programs at one record, each on its own terminal."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from domain.records import naming
from domain.records.store import Store
from tests.domain.records.programs import edit
from tests.fakes import on_disk

if TYPE_CHECKING:
    from tests.tui.conftest import PtyApp

Start = Callable[..., "PtyApp"]
Run = Callable[..., "PtyApp"]


@pytest.fixture
def run(start: Start, tmp_path: Path) -> Run:
    environment = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
    environment["TIANBIAO_DIR"] = str(tmp_path / "records")
    return lambda *arguments, **more: start(argv=[sys.executable, "-m", "tui", *arguments], env=environment, **more)


def begin(run: Run) -> PtyApp:
    app = run("fill", wait="年份")
    app.type("2021\r")
    assert app.shows("预算单位")
    app.type("水源保护站\r")
    assert app.shows("项目名称")
    app.type("巡查\r")
    assert app.shows("项目类别")
    return app


def the_record(tmp_path: Path) -> Path:
    [path] = Store(tmp_path / "records").paths()
    return path


def test_the_second_looks_takes_over_and_both_know(run: Run, tmp_path: Path) -> None:
    first = begin(run)
    second = run("fill", "2021-巡查", wait="有人在填")
    assert f"进程 {first.pid}" in second.text.replace("\n", "")
    second.type("1\r")
    assert second.shows("只看")
    second.type("乱改\r")
    assert second.shows("没有改")
    assert "> 乱改" in second.text
    second.type("\x15/接手\r")
    assert second.shows("已从")
    assert second.until(lambda: "｜已存" in second.lines[0])
    second.type("/去 联系电话\r")
    assert second.until(lambda: "联系电话" in "".join(second.lines[-5:]))
    second.type("5970000\r")
    assert second.shows("联系电话：5970000")
    first.type("其他")
    assert first.shows("接手了这份记录")
    assert first.until(lambda: "只看" in first.lines[0])
    first.type("2\r")
    assert first.shows("> 其他")
    first.type("\r")
    assert first.shows("项目类别：")
    second.type("/去 填报人\r")
    second.type("方小禾\r")
    assert second.shows("接手了这份记录")
    project = on_disk(the_record(tmp_path)).declaration.project
    assert (project.phone, project.filler) == ("5970000", "")
    assert project.category.name


def test_a_killed_program_holds_nobody_up(run: Run, tmp_path: Path) -> None:
    first = begin(run)
    first.kill(signal.SIGKILL)
    first.exit_code()
    assert naming.lock_path(the_record(tmp_path)).exists()
    second = run("fill", "2021-巡查", wait="项目类别")
    assert "有人在填" not in second.text
    second.type("\x11")
    second.type("y")
    assert second.exit_code() == 0
    assert not naming.lock_path(the_record(tmp_path)).exists()


def test_idle_at_an_open_record_nothing_is_sent(run: Run) -> None:
    app = begin(run)
    app.quiet(1.0)
    before = len(app.raw)
    assert not app.until(lambda: len(app.raw) > before, timeout=2.0)


def test_a_hand_edit_under_an_open_record_is_merged_or_asked_about(run: Run, tmp_path: Path) -> None:
    app = begin(run)
    path = the_record(tmp_path)
    edit(path, "水源保护站", "镇水利站")
    app.type("\r")
    assert app.shows("已按栏目合并")
    assert on_disk(path).declaration.project.unit == "镇水利站"
    app.type("/去 预算单位\r")
    assert app.shows("> 镇水利站")
    edit(path, "镇水利站", "县水利局")
    app.type("\x15水务中心\r")
    assert app.shows("两边都改了：预算单位")
    assert app.shows("文件里的：县水利局")
    app.type("2\r")
    assert app.shows("都定好了")
    assert on_disk(path).declaration.project.unit == "县水利局"


F5, F6, F8, F9, F10 = "\x1b[15~", "\x1b[17~", "\x1b[19~", "\x1b[20~", "\x1b[21~"


def test_who_only_looks_is_told_on_every_page_that_nothing_is_changed(run: Run, tmp_path: Path) -> None:
    first = begin(run)
    second = run("fill", "2021-巡查", wait="有人在填")
    second.type("1\r")
    assert second.shows("只看。回车看下一项")
    second.type(F5)
    assert second.shows("检查｜")
    for key in (F6, F8):
        second.type(key)
        assert second.until(lambda: "现在只看，没有改" in second.lines[-1]), second.text
        second.type("\x1b[B")
        assert second.until(lambda: "现在只看" not in second.lines[-1]), second.text
    second.type(F10)
    assert second.until(lambda: "只看" in second.lines[0])
    second.type("/录入\r")
    assert second.shows("打勾记不下来")
    second.type(F9)
    assert second.shows("只看，没有改")
    assert second.until(lambda: "已录 0/" in second.lines[0])
    second.type(F10)
    assert second.until(lambda: "只看" in second.lines[0])
    second.type(F10)
    assert second.shows("现在只看。离开吗")
    second.type("y")
    assert second.exit_code() == 0
    first.type("1\r")
    assert first.until(lambda: "｜已存" in first.lines[0])


def test_taken_over_in_the_table_the_filer_is_told_and_can_leave(run: Run, tmp_path: Path) -> None:
    first = begin(run)
    first.type(F6)
    assert first.shows("指标表｜0 条")
    second = run("fill", "2021-巡查", wait="有人在填")
    second.type("2\r")
    assert second.shows("已从")
    first.type("巡查次数 =12次\r")  # written down in memory; from now on the record is only looked at
    assert first.shows("指标表｜1 条")
    first.type("再加一条 =1次\r")
    assert first.shows("现在只看，没有改"), first.text
    assert first.shows("再加一条 =1次")
    first.type(F10)
    assert first.shows("接手了这份记录")
    assert on_disk(the_record(tmp_path)).declaration.indicators == ()
    first.type("2\r")
    assert first.shows("已从")
    assert [row.name for row in on_disk(the_record(tmp_path)).declaration.indicators] == ["巡查次数"]


def test_what_the_loser_types_outlives_its_kill_and_is_offered(run: Run, tmp_path: Path) -> None:
    first = begin(run)
    second = run("fill", "2021-巡查", wait="有人在填")
    second.type("2\r")
    assert second.shows("已从")
    first.type("其他")
    assert first.shows("接手了这份记录")
    first.type("1\r")
    assert first.until(lambda: "只看" in first.lines[0])
    first.type("\x15/去 项目概况\r")
    assert first.shows("分四部分写"), first.text
    first.type("后来写的一段")
    left = naming.left_folder(tmp_path / "records")
    assert first.until(lambda: any("后来写的一段" in path.read_text(encoding="utf-8") for path in left.glob("*.left")))
    first.kill(signal.SIGKILL)
    assert first.exit_code() == -9
    second.type("\x11", "y")
    assert second.exit_code() == 0
    again = run("fill", "2021-巡查", wait="放回了输入框")
    assert "项目类别、项目概况" in "".join(line.strip() for line in again.lines), again.text
    again.type("\x15/去 项目概况\r")
    assert again.until(lambda: "后来写的一段" in "".join(again.lines[10:])), again.text
    again.type(F9)
    assert again.shows("6 字，已记下")
    assert on_disk(the_record(tmp_path)).declaration.narrative.overview == "后来写的一段"
    assert list(left.iterdir()) == []


@pytest.mark.parametrize("way", [("fill",), ("--plain", "fill"), ()], ids=" ".join)
def test_a_hand_edit_between_two_runs_is_told_on_opening(run: Run, tmp_path: Path, way: tuple[str, ...]) -> None:
    app = begin(run)
    app.kill(signal.SIGTERM)
    app.exit_code()
    path = the_record(tmp_path)
    edit(path, "水源保护站", "镇水利站")
    again = run(*way, *([path.stem] if way else ()), wait=None if way else "回车接着填")
    if not way:
        again.type("\r")
    assert again.shows("在程序之外被改过"), again.text
    assert again.shows("改 预算单位"), again.text


def test_a_damaged_record_is_brought_back_from_home(run: Run, tmp_path: Path) -> None:
    app = begin(run)
    app.kill(signal.SIGTERM)
    app.exit_code()
    path = the_record(tmp_path)
    path.write_bytes(path.read_bytes()[:50])
    home = run(wait="损坏")
    home.type("\r")
    assert home.shows("看文件里还剩什么")
    home.type("\r")
    assert home.shows("schema_version")
    home.type("\x1b[21~")
    assert home.shows("搜索")
    home.type("\r")
    assert home.shows("用流水里最后的样子恢复")
    home.type("\x1b[B", "\r")
    assert home.shows("项目类别")
    assert on_disk(path).declaration.project.unit == "水源保护站"


def test_history_from_home_and_trash(run: Run, tmp_path: Path) -> None:
    app = begin(run)
    app.type("\x1b[21~")
    assert app.shows("离开吗")
    app.type("y")
    assert app.exit_code() == 0
    home = run(wait="巡查")
    home.type("\x0f")
    assert home.shows("离开时")
    assert home.shows("填 年份、预算单位、项目名称")
    home.type("\r")
    assert home.shows("水源保护站")
    home.type("\x1b[21~", "\x1b[21~")
    assert home.shows("搜索")
    home.type("\x0b")
    assert home.shows("移到回收文件夹")
    home.type("y")
    assert home.shows("没有真的删掉")
    home.type("\x0f")
    assert home.shows("删除的")
    home.type("\r")
    assert home.shows("取回")
    home.type("y")
    assert home.shows("取回来了")
    assert on_disk(the_record(tmp_path)).declaration.project.name == "巡查"


def test_line_by_line_the_same_question(run: Run, tmp_path: Path) -> None:
    first = begin(run)
    plain = run("--plain", "fill", "2021-巡查", wait="有人在填")
    assert plain.shows("2. 接手过来，接着填")
    plain.type("2\r")
    assert plain.shows("已从")
    assert plain.shows("项目类别")
    first.type("其他\r")
    assert first.shows("接手了这份记录")
