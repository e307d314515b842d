"""The configuration: flag over environment over file over what is usual; faults are told and stop nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Declaration
from domain.records.store import Store
from tests.tui.conftest import PtyApp
from tui import config, keymap
from tui.actions import SCREENS
from tui.cli import main
from tui.config import SETTINGS, load
from tui.remapping import remapped, spell

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the configuration file stands; nothing else is set."""
    for setting in SETTINGS:
        monkeypatch.delenv(setting.variable, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "config" / "tianbiao" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture(autouse=True)
def _usual_keys() -> Iterator[None]:
    yield
    keymap.choose({})


def test_without_a_file_everything_is_as_usual(file: Path) -> None:
    found = load()
    assert found.values == {setting.name: setting.usual for setting in SETTINGS}
    assert set(found.origins.values()) == {"默认"}
    assert found.problems == ()


def test_a_flag_goes_before_the_environment_before_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('theme = "light"\nrecords = "~/甲"\nmouse = true\n', encoding="utf-8")
    assert load().text("theme") == "light"
    assert load().folders.records == Path("~/甲").expanduser()
    assert load().on("mouse")
    monkeypatch.setenv("TIANBIAO_THEME", "contrast")
    monkeypatch.setenv("TIANBIAO_MOUSE", "0")
    found = load()
    assert (found.text("theme"), found.on("mouse")) == ("contrast", False)
    assert found.origins["theme"] == "环境变量 TIANBIAO_THEME"
    found = load({"theme": "mono", "records": None})
    assert (found.text("theme"), found.origins["theme"]) == ("mono", "选项 --theme")
    assert found.origins["records"] == "配置文件"


def test_no_color_and_terminals_without_colours_are_mono(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('theme = "light"\n', encoding="utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    assert load().text("theme") == "mono"
    assert load({"theme": "dark"}).text("theme") == "dark"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "vt220")
    assert load().text("theme") == "mono"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('# 甲\ncolour = "x"\n', "第 2 行：不认识“colour”"),
        ('\n\nmouse = "yes"\n', "第 3 行：mouse 要写 true 或 false"),
        ("theme = 3\n", "第 1 行：theme 要写一段带引号的文字"),
        ('theme = "pink"\n', "没有“pink”，可以是：dark、light、contrast、mono"),
        ('records = "a\\u001bb"\n', "控制字符"),
        ('theme = "light"\ntheme = \n', "第 2 行第"),
        ('theme = "light', "没有用上"),
        ('[keys]\n"home.roll" = "f6"\n', "第 2 行：F6 在“主屏”已是“新”"),
        ('[keys]\n"home.nothing" = "f6"\n', "第 2 行：没有叫“home.nothing”的动作"),
        ('[keys]\n"home.open" = "f6"\n', "不能换"),
        ('[keys]\n"home.roll" = "ctrl+h"\n', "退格是同一个字节"),
        ('[keys]\n"home.roll" = 5\n', '要写成 "f5"'),
        ('[keys]\nhome.roll = "f11"\n', "到不了程序"),
        ('[keys]\n"home.roll" = []\n', "至少一个键"),
        ("keys = 3\n", "不认识“keys”"),
        ("[other]\nx = 1\n", "不认识“other”"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_do(file: Path, text: str, told: str) -> None:
    file.write_text(text, encoding="utf-8")
    [problem] = load().problems
    assert told in problem
    assert str(file) in problem
    assert any(word in problem for word in ("请", "要写", "可以", "看 tianbiao"))


def test_a_file_that_is_no_text_stops_nothing(file: Path) -> None:
    for data in (b"\xff\xfe\x00", "主题 = “深”".encode("gbk"), b"[" * 5000, b"x" * 300_000):
        file.write_bytes(data)
        assert len(load().problems) == 1
    file.unlink()
    file.mkdir()
    [problem] = load().problems
    assert "读不了" in problem


def test_what_is_good_in_a_faulty_file_is_used(file: Path) -> None:
    file.write_text('nothing = 1\ntheme = "light"\n[keys]\n"home.roll" = "f12"\n"fill.check" = "ctrl+m"\n', "utf-8")
    found = load()
    assert found.text("theme") == "light"
    assert found.keys == {"home.roll": "f12"}
    assert len(found.problems) == 2


# -- keys --


def test_keys_may_be_spelled_as_people_do() -> None:
    assert [spell(key) for key in ("F5", "^X", "Ctrl-X", "C-x", " ctrl+x ", "Shift-Tab")] == [
        "f5", "ctrl+x", "ctrl+x", "ctrl+x", "ctrl+x", "shift+tab",
    ]  # fmt: skip
    assert remapped({"home.check": ["F5", "^X"]}) == ({"home.check": "f5,ctrl+x"}, [])


def test_two_actions_may_exchange_their_keys() -> None:
    taken, refused = remapped({"home.check": "f6", "home.new": "f5"})
    assert taken == {"home.check": "f6", "home.new": "f5"}
    assert not refused


def test_a_key_for_every_screen_must_be_free_on_every_screen() -> None:
    taken, [(name, problem)] = remapped({"page.leave": "f9"})
    assert (taken, name) == ({}, "page.leave")
    assert "F9" in problem
    assert remapped({"page.leave": "f12"})[0] == {"page.leave": "f12"}


def test_keys_that_edit_text_stay() -> None:
    taken, refused = remapped({"fill.check": "ctrl+u"})
    assert not taken
    assert "删到行首" in refused[0][1]


def test_a_letter_is_no_key_for_an_action() -> None:
    for key in ("x", "数", "enter", "up", "alt+f4", ""):
        assert remapped({"home.roll": key})[0] == {}


# -- what people see --


def test_the_sample_is_the_usual_configuration(file: Path) -> None:
    file.write_text(config.sample(), encoding="utf-8")
    assert load().problems == ()
    rows = [row[2:] if row.startswith("# ") and "=" in row else row for row in config.sample().split("\n")[1:]]
    file.write_text("\n".join(row for row in rows if not row.startswith("# ")), encoding="utf-8")
    found = load()
    assert found.problems == ()
    assert found.values == {setting.name: setting.usual for setting in SETTINGS}
    assert set(found.origins.values()) == {"配置文件"}
    free = {f"{screen}.{one.name}" for screen in SCREENS for one in SCREENS[screen].actions if not one.fixed}
    assert set(found.keys) == free


def test_the_command_prints_values_and_writes_a_sample(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config"]) == 0
    said = capsys.readouterr()
    assert 'theme = "dark"\t默认' in said.out
    assert str(file) in said.err
    assert main(["--theme", "light", "config"]) == 0
    assert 'theme = "light"\t选项 --theme' in capsys.readouterr().out
    assert main(["config", "--init"]) == 0
    assert file.read_text(encoding="utf-8") == config.sample()
    assert main(["config", "--init"]) == 2
    assert "没有动它" in capsys.readouterr().err


def test_the_documentation_names_every_setting_and_variable() -> None:
    text = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.name}`" in text
        assert setting.variable in text
        assert setting.about in text


def test_no_file_costs_no_parser(file: Path) -> None:
    script = "import sys; from tui import config; config.load(); print('tomllib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, timeout=60, check=True)
    assert done.stdout == b"False\n"


# -- on a terminal --


def test_changed_keys_act_and_show_on_the_screen(start: Callable[..., PtyApp], file: Path, tmp_path: Path) -> None:
    file.write_text('[keys]\n"home.learn" = "f12"\n"page.leave" = ["ctrl+x", "f10"]\nnothing = "f9"\n', "utf-8")
    env = {"XDG_CONFIG_HOME": str(file.parents[1]), "XDG_DATA_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    app = start(argv=[sys.executable, "-m", "tui"], env=env)
    assert app.shows("F12学习")
    assert app.shows("第 4 行：没有叫“nothing”")
    assert "^X离开" in app.lines[-1]
    app.type("\x1b[24~")
    assert app.shows("第1课")
    app.type("\x18")
    assert app.shows("搜索：")
    app.type("\x18", "\r")
    assert app.exit_code() == 0


def test_the_key_test_shows_what_arrives(start: Callable[..., PtyApp], file: Path, tmp_path: Path) -> None:
    env = {"XDG_CONFIG_HOME": str(file.parents[1]), "XDG_DATA_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    app = start(argv=[sys.executable, "-m", "tui", "keys"], env=env)
    assert app.shows("按一个键")
    app.type("\x1b[15~")
    assert app.shows("F5　1b 5b 31 35 7e　主屏：检查")
    app.type("数")
    assert app.shows("e6 95 b0　打字时就是它自己")
    app.type("\x11")
    assert app.shows("Ctrl+Q　11　整个程序：离开")
    app.type("\x1b[21~")
    assert app.shows("再按一次 F10 就离开")
    app.type("\x1b[21~")
    assert app.exit_code() == 0


def test_where_everything_goes_line_by_line_the_key_test_says_where_it_is(start: Callable[..., PtyApp]) -> None:
    app = start(argv=[sys.executable, "-m", "tui", "keys"], env={"TIANBIAO_PLAIN": "1"})
    assert app.exit_code() == 2
    assert "按键测试要在整屏界面里做；有哪些键，看 tianbiao keys --list。" in app.text


@pytest.mark.parametrize("record", ["?", "?learn 1"])
def test_a_word_with_a_question_mark_is_a_records_name_and_nothing_else(
    start: Callable[..., PtyApp], record: str
) -> None:
    app = start(argv=[sys.executable, "-m", "tui", "fill", record])
    assert app.exit_code() == 3
    assert f"没有找到记录“{record}”" in app.text


def test_exports_go_into_the_folder_for_exports(
    file: Path, tmp_path: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "导出"
    folder.mkdir()
    file.write_text(f"export_folder = '{folder}'\n", encoding="utf-8")
    path = store.add(Record(Declaration().replace(("project", "name"), "热线")))
    assert main(["--dir", str(store.folder), "export", path.stem, "--to", "md"]) == 0
    assert capsys.readouterr().out.strip() == str(folder / f"{path.stem}.md")
    assert (folder / f"{path.stem}.md").exists()


def test_a_home_folder_of_nobody_stays_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--dir", "~没有这个人/记录", "list"]) == 0
    assert capsys.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []
