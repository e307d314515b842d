"""A long text in one's own editor, and long results in a pager: nothing is lost, nothing is in the way."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.changes import Record
from domain.model import Declaration
from domain.records.codec import encode
from domain.records.store import Store
from tests.fakes import on_disk
from tests.tui.conftest import PtyApp
from tui import editing

PLAN = "narrative.plan"


def editor(folder: Path, body: str) -> str:
    """A program that edits the file it is given, as Python code does that knows it as `path`."""
    path = folder / "editor.py"
    path.write_text(f"import os, sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n{body}\n", encoding="utf-8")
    return f"{sys.executable} {path}"


def test_what_the_editor_wrote_comes_back_clean(tmp_path: Path) -> None:
    state = tmp_path / "state"
    mode = tmp_path / "mode"
    body = f"Path({str(mode)!r}).write_text(oct(path.stat().st_mode))\npath.write_text(path.read_text() + '二\\x1b[31m\\n')"
    assert editing.edit("一\n", editor(tmp_path, body), state) == ("一\n二\n", "")
    assert stat.S_IMODE(int(mode.read_text(), 8)) == 0o600
    assert list(state.iterdir()) == []


def test_the_line_end_that_editors_add_is_not_kept(tmp_path: Path) -> None:
    assert editing.edit("一", editor(tmp_path, "path.write_text('二\\n')"), tmp_path / "s") == ("二", "")


@pytest.mark.parametrize(
    "body", ["path.write_text('写了一半')\nsys.exit(1)", "path.write_bytes(b'\\xff\\xfe')", "path.unlink()"]
)
def test_an_editor_that_fails_changes_nothing_and_loses_nothing(tmp_path: Path, body: str) -> None:
    state = tmp_path / "state"
    text, problem = editing.edit("一", editor(tmp_path, body), state)
    assert text == "一"
    assert "这一项没有动" in problem
    for left in state.iterdir():
        assert str(left) in problem


def test_an_editor_that_is_not_there_says_what_to_change(tmp_path: Path) -> None:
    text, problem = editing.edit("一", "/no/such/editor", tmp_path / "state")
    assert text == "一"
    assert "请改配置里的 editor" in problem
    assert "引号" in editing.edit("一", 'vi "', tmp_path / "state")[1]


def test_which_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    assert editing.command("") == "vi"
    monkeypatch.setenv("EDITOR", "nano")
    assert editing.command("") == "nano"
    monkeypatch.setenv("VISUAL", "code -w")
    assert (editing.command(""), editing.command("emacs")) == ("code -w", "emacs")


# -- on a terminal --


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str | None]:
    return {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE")}


def test_from_the_field_and_back(start: Callable[..., PtyApp], tmp_path: Path, env: dict[str, str | None]) -> None:
    store = Store(tmp_path / "records")
    path = store.add(Record(Declaration().replace(("project", "name"), "热线")))
    env["EDITOR"] = editor(tmp_path, "path.write_text(path.read_text() + '，1月签合同')")
    app = start(argv=[sys.executable, "-m", "tui", "--dir", str(store.folder), "fill", path.stem], env=env)
    assert app.shows("搜索") or app.shows("热线")
    app.type("/去 项目实施计划", "\r")
    assert app.shows("F9写好了")
    app.type("分两步", "\x05")
    assert app.shows("分两步，1月签合同")
    app.type("\x1b[20~")
    assert app.until(lambda: on_disk(path).declaration.get(("narrative", "plan")) == "分两步，1月签合同")


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/no/such editor", "打不开（没有这个文件或文件夹）"),
        ("'vi", "引号不成对"),
        ("false", "没有正常结束（1）"),
        ("sh -c 'echo 乙 >> \"$0\"; exit 3'", "编辑器写的还在"),
    ],
)
def test_an_editor_that_fails_is_told_on_the_screen(
    start: Callable[..., PtyApp], tmp_path: Path, env: dict[str, str | None], command: str, told: str
) -> None:
    store = Store(tmp_path / "records")
    path = store.add(Record(Declaration().replace(("project", "name"), "热线")))
    env["EDITOR"] = command
    app = start(argv=[sys.executable, "-m", "tui", "--dir", str(store.folder), "fill", path.stem], env=env)
    assert app.shows("热线")
    app.type("/去 项目实施计划", "\r")
    assert app.shows("F9写好了")
    app.type("分两步", "\x05")
    assert app.until(lambda: told in app.text.replace("\n", "")), app.text
    app.type("走")
    assert app.shows("分两步走")
    assert told in app.text.replace("\n", "")


def test_a_row_begun_at_the_bottom_of_a_long_text_shows_at_once(
    start: Callable[..., PtyApp], tmp_path: Path, env: dict[str, str | None]
) -> None:
    store = Store(tmp_path / "records")
    path = store.add(Record(Declaration().replace(("project", "name"), "热线")))
    app = start(argv=[sys.executable, "-m", "tui", "--dir", str(store.folder), "fill", path.stem], env=env)
    assert app.shows("热线")
    app.type("/去 项目实施计划", "\r")
    assert app.shows("F9写好了")
    app.type(*(key for number in range(9) for key in (f"第{number}步", "\r")))
    assert app.until(lambda: "第0步" not in app.text), app.text
    column, row, _ = app.cursor
    assert (column, app.lines[row], app.lines[row - 1].strip()) == (0, "", "第8步")
    app.send("字" * 39)  # to the end of the row
    assert app.until(lambda: "字" * 39 in app.text), app.text
    app.send("满")
    assert app.until(lambda: "满" in app.text), app.text
    assert app.lines[app.cursor[1]].strip() == "满"


def test_a_short_field_keeps_to_the_screen(
    start: Callable[..., PtyApp], tmp_path: Path, env: dict[str, str | None]
) -> None:
    env["EDITOR"] = "/no/such/editor"
    app = start(argv=[sys.executable, "-m", "tui", "--dir", str(tmp_path / "records"), "fill"], env=env)
    assert app.shows("年份")
    app.type("\x05")
    assert app.shows("编辑器是写长文字用的")


def test_a_long_result_goes_through_the_pager(
    start: Callable[..., PtyApp], tmp_path: Path, env: dict[str, str | None]
) -> None:
    store = Store(tmp_path / "records")
    path = store.add(Record(Declaration().replace(("narrative", "plan"), "\n".join(f"第{n}步" for n in range(60)))))
    env["PAGER"] = editor(tmp_path, "").replace("editor.py", "pager.py")
    (tmp_path / "pager.py").write_text(
        "import sys\nprint('翻页', len(sys.stdin.read().split('\\n')) > 60)\n", encoding="utf-8"
    )
    base = [sys.executable, "-m", "tui", "--dir", str(store.folder)]
    app = start(argv=[*base, "show", path.stem], env=env)
    assert app.exit_code() == 0
    assert app.text.strip() == "翻页 True"
    for flags, variables in ((["--no-pager"], {}), ([], {"TIANBIAO_PAGER": "none"}), ([], {"PAGER": "/no/such/pager"})):
        app = start(argv=[*base, *flags, "show", path.stem], env={**env, **variables})
        assert app.exit_code() == 0
        assert "第59步" in app.raw.decode()


@pytest.mark.parametrize("pager", ["cat", "less"])
def test_the_pager_gets_what_the_terminal_reads(
    start: Callable[..., PtyApp], tmp_path: Path, env: dict[str, str | None], pager: str
) -> None:
    known = subprocess.run(["locale", "-a"], capture_output=True, timeout=60, check=True).stdout
    if b"zh_CN.gb18030" not in known or shutil.which(pager) is None:
        pytest.skip(f"the locale zh_CN.GB18030 or {pager} is not installed")
    path = tmp_path / "form.toml"
    plan = "\n".join(f"第{n}步" for n in range(60))
    path.write_text(encode(Record(Declaration().replace(("narrative", "plan"), plan))), encoding="utf-8")
    env |= {"LC_ALL": "zh_CN.GB18030", "PAGER": pager}
    app = start(argv=[sys.executable, "-m", "tui", "show", str(path)], env=env)
    assert app.until(lambda: "项目名称".encode("gb18030") in app.raw), app.raw
    assert "项目名称".encode() not in app.raw


def test_a_short_result_does_not(start: Callable[..., PtyApp], tmp_path: Path, env: dict[str, str | None]) -> None:
    store = Store(tmp_path / "records")
    for number in (1, 2):
        store.add(Record(Declaration().replace(("project", "year"), 2020 + number)))
    first, second = sorted(one.stem for one in store.paths())
    env["PAGER"] = "/no/such/pager"
    app = start(argv=[sys.executable, "-m", "tui", "--dir", str(store.folder), "diff", first, second], env=env)
    assert app.exit_code() == 1
    assert "/no/such" not in app.text


def test_a_damaged_record_is_mended_in_the_editor(
    start: Callable[..., PtyApp], tmp_path: Path, env: dict[str, str | None]
) -> None:
    store = Store(tmp_path / "records")
    path = store.add(Record(Declaration().replace(("project", "name"), "热线").replace(("project", "unit"), "水利站")))
    sound = path.read_text("utf-8")
    path.write_text(sound.replace("[project]", "[project").replace('name = "', "name = ", 1), "utf-8")
    damaged = path.read_text("utf-8")
    env["EDITOR"] = editor(
        tmp_path,
        "old = path.read_text('utf-8')\n"
        "new = old.replace('[project\\n', '[project]\\n')\n"
        "path.write_text(new if new != old else old.replace('name = ', 'name = \"', 1), 'utf-8')",
    )
    app = start(argv=[sys.executable, "-m", "tui", "--dir", str(store.folder)], env=env, wait="损坏")
    app.type("\r")
    for why in ("方括号没有关上", "引号"):
        assert app.shows(why)
        assert app.shows("用编辑器")
        app.type("用编辑器\r")
    assert app.shows("填表｜热线｜项目信息 2/26｜已存"), app.text
    copies = [one.read_text("utf-8") for one in (store.folder / ".tianbiao" / "trash").iterdir()]
    assert damaged in copies
