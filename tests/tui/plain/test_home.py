"""The whole program line by line: home, and what the full screen has screens of its own for."""

from __future__ import annotations

import codecs
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from domain import entering
from domain.changes import Record
from domain.entering import State
from domain.exchange import EXPORTERS
from domain.marks import ORIGINS
from domain.model import Declaration, Indicator
from domain.records.store import Store
from tests.fakes import on_disk
from tests.tui.conftest import PtyApp
from tui.dialogue.commands import COMMANDS
from tui.plain import home
from tui.session import Session

ROOT = Path(__file__).resolve().parents[3]
FORM = (
    Declaration(
        indicators=(
            Indicator("产出目标", "数量", "租用光纤数", "=147条"),
            Indicator("产出目标", "数量", "布点数", "=20个"),
        )
    )
    .replace(("project", "year"), 2020)
    .replace(("project", "name"), "热线")
)
Lines = Callable[..., str]


@pytest.fixture
def path(store: Store) -> Path:
    return store.add(Record(FORM))


@pytest.fixture
def lines(records: Path, tmp_path: Path) -> Lines:
    """What `tianbiao --plain` says to these lines."""

    def run(*typed: str, code: int = 0, encoding: str = "utf-8", env: dict[str, str] | None = None) -> str:
        xdg = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE")}
        environ = {**os.environ, **xdg, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **(env or {})}
        command = [sys.executable, "-W", "error", "-m", "tui", "--plain", "--dir", str(records)]
        text = "".join(f"{one}\n" for one in typed).encode(encoding)
        done = subprocess.run(
            command, input=text, capture_output=True, env=environ, cwd=tmp_path, timeout=120, check=False
        )
        said = done.stdout.decode(encoding)
        assert done.returncode == code, (said, done.stderr.decode(encoding, "replace"))
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x1b─-╿▀-▟]", said)
        return said

    return run


def test_home_lists_the_records_by_number_and_says_what_can_be_done(lines: Lines, path: Path) -> None:
    said = lines("退出")
    assert "助手：主屏，1 份记录。\n1. 2020 热线，填了" in said
    for word in ("新", "导入", "结转 序号", "导出 序号", "预览 序号", "删 序号", "回收", "指标库", "学习"):
        assert f"\n{word}：" in said


def test_a_record_is_opened_filled_and_left(lines: Lines, path: Path) -> None:
    lines("1", "/去 预算单位", "社管中心", "/退出", "退出")
    assert on_disk(path).declaration.project.unit == "社管中心"


def test_the_end_of_the_input_ends_it_wherever_it_comes(lines: Lines, path: Path) -> None:
    for typed in ((), ("1",), ("1", "/指标表"), ("1", "/指标表", "加"), ("导入",), ("指标库",), ("1", "/检查")):
        assert "输入结束" in lines(*typed)


def test_the_overview_jumps_by_number_and_by_name(lines: Lines, path: Path) -> None:
    said = lines("1", "/概览", "2", "社管中心", "/概览", "填报人", "方小禾", "/退出", "退出")
    assert re.search(r"\n3\. .*，(已填|没看过)：热线\n", said)
    project = on_disk(path).declaration.project
    assert (project.unit, project.filler) == ("社管中心", "方小禾")


def test_the_table_is_edited_by_numbers(lines: Lines, path: Path) -> None:
    typed = (
        "改 1",
        "租用光纤条数 =150条",
        "下移 1",
        "删 1",
        "y",
        "撤销",
        "加",
        "质量",
        "线路可用率 >=99%",
        "改 9",
        "改",
        "吃",
    )
    said = lines("1", "/指标表", *typed, "", "/退出", "退出")
    rows = [(row.level2, row.name, row.target) for row in on_disk(path).declaration.indicators]
    assert ("数量", "租用光纤条数", "=150条") in rows
    assert ("质量", "线路可用率", ">=99%") in rows
    assert len(rows) == 3
    assert "\n1. 产出目标 数量：" in said
    assert "没有第“9”条" in said
    assert "没有“吃”" in said


def test_a_review_goes_there_ignores_with_a_reason_and_mends(lines: Lines, path: Path) -> None:
    said = lines("1", "/检查", "忽略 1", "忽略 1 已和财政局说好", "去 1", "/退出", "退出")
    assert "请写上理由" in said
    assert "略 " in said
    assert "已和财政局说好" in said
    assert on_disk(path).marks("ignored")


def test_a_review_says_what_can_be_mended_by_itself(lines: Lines, store: Store) -> None:
    row = Indicator("投入与目标管理", "投入管理", "预算资金到位率", "100%")
    store.add(Record(FORM.replace(("indicators",), (*FORM.indicators, row))))
    [fixable] = [line for line in lines("检查 1", "", "/退出", "退出").split("\n") if "（能自动改）" in line]
    assert "R14" in fixable
    said = lines("检查 1", f"改 {fixable.split('.')[0]}", "y", "", "/退出", "退出")
    assert "指标表 原：预算资金到位率 100%\n指标表 改：预算资金到位率 =100%\n" in said


def test_a_review_is_told_again_only_once_it_is_another(lines: Lines, path: Path) -> None:
    said = lines("1", "/检查", "去 99", "忽略 1", "吃饭", "忽略 1 系统里没有这一栏", "", "/退出", "退出")
    assert said.count("【完整性 ") == 2
    assert said.count("可以写：去 序号") == 5


def test_import_shows_what_was_understood_and_asks(lines: Lines, records: Path, tmp_path: Path) -> None:
    (tmp_path / "表.txt").write_text("项目名称\t网格通\n年份\t2021\n", encoding="utf-8")
    said = lines("导入", "没有.txt", "导入", "表.txt", "y", "导入", "粘贴", "项目名称\t热线\n.", "n", "退出")
    assert "没有这个文件" in said
    assert "认出第 1/1 张：" in said
    [made] = records.glob("*.toml")
    assert on_disk(made).declaration.project.name == "网格通"


def test_a_paste_that_was_not_decided_on_is_offered_again(lines: Lines, records: Path) -> None:
    assert "认出第 1/1 张" in lines("导入", "粘贴", "项目名称\t热线", "年份\t2021", ".")
    assert not list(records.glob("*.toml"))
    said = lines("导入", "粘贴", "y", "y", "导入", "粘贴", "项目名称\t别的", ".", "n", "退出")
    assert said.count("接着看？") == 1
    [made] = records.glob("*.toml")
    assert on_disk(made).declaration.project.name == "热线"


def test_a_record_is_exported_previewed_rolled_and_brought_back(lines: Lines, path: Path, tmp_path: Path) -> None:
    said = lines("导出 1", "1", "", "预览 1", "结转 1", "y", "/退出", "删 1", "y", "回收", "1", "退出")
    assert "写好了：" in said
    assert (tmp_path / f"{path.stem}.txt").exists()
    assert "项目名称：热线" in said
    assert "由2020年的表结转而来" in said
    assert "没有真的删掉" in said
    assert "取回来了" in said
    assert len(list(path.parent.glob("*.toml"))) == 2


def test_another_project_is_begun_from_a_record(lines: Lines, path: Path) -> None:
    said = lines("另起 1", "n", "另起 1", "y", "/去 项目名称", "路灯改造", "/退出", "退出")
    assert said.count("照另一个项目起的") == 1
    names = {on_disk(one).declaration.project.name for one in path.parent.glob("*.toml")}
    assert names == {"热线", "路灯改造"}


def test_records_are_found_by_initials_and_by_state(lines: Lines, path: Path) -> None:
    for query, count in (("rx", 1), ("没填完", 1), ("填完了", 0)):
        assert f"找到 {count} 份" in lines(f"找 {query}", "退出")


@pytest.mark.parametrize(("answer", "made"), [("y", True), ("n", False)])
def test_a_missing_folder_is_made_only_where_that_is_wanted(
    lines: Lines, path: Path, tmp_path: Path, answer: str, made: bool
) -> None:
    said = lines("导出 1", "1", "新夹/甲.txt", answer, "退出")
    assert "没有文件夹" in said
    assert (tmp_path / "新夹" / "甲.txt").exists() is made


def test_a_name_that_no_disk_holds_is_said(lines: Lines, path: Path) -> None:
    said = lines("导出 1", "1", "长" * 100, "列表", "退出")
    assert "文件名太长。请换个位置或文件名再写" in said
    assert "主屏，1 份记录" in said.partition("文件名太长")[2]


@pytest.mark.parametrize("where", ["导入", "导出 1"])
def test_a_home_folder_of_nobody_ends_nothing(lines: Lines, path: Path, where: str) -> None:
    typed = ["~没有这人/甲.txt"] if where == "导入" else ["1", "~没有这人/甲.txt", "n"]
    assert "主屏，1 份记录" in lines(where, *typed, "列表", "退出")


def test_entry_ticks_piece_by_piece(lines: Lines, path: Path, store: Store) -> None:
    said = lines("1", "/录入", "", "", "上", "停", "/退出", "退出")
    assert "录入 1/" in said
    assert State.DONE in entering.states(Session(store, store.open(path)).with_ticks).values()


def test_the_library_is_searched_and_an_entry_taken(lines: Lines, path: Path) -> None:
    said = lines("1", "/指标库", "预算执行率", "1", "y", "", "", "/退出", "退出")
    assert "计算方法：" in said
    assert len(on_disk(path).declaration.indicators) == 3


def test_two_records_are_compared(lines: Lines, path: Path, store: Store) -> None:
    store.add(Record(FORM.replace(("project", "year"), 2021).replace(("project", "unit"), "社管中心")))
    said = lines("1", "/对比", "1", "/退出", "退出")
    assert "社管中心" in said


def test_a_record_is_compared_with_the_one_that_is_named(lines: Lines, path: Path, store: Store) -> None:
    for year in (2021, 2022):
        store.add(Record(FORM.replace(("project", "year"), year).replace(("project", "unit"), f"{year}中心")))
    said = lines("1", "/对比 2021", "/退出", "退出")
    assert "和哪一份比" not in said
    assert "2021中心" in said


def test_what_nobody_looked_at_is_gone_through(lines: Lines, store: Store) -> None:
    record = Record(FORM).marked(ORIGINS, "project.name", "imported")
    path = store.add(record)
    said = lines("1", "/未看", "", "/退出", "退出")
    assert "没人看过" in said
    assert on_disk(path).declaration.project.name == "热线"


@pytest.mark.parametrize("word", ["?", "？", "/命令", "/帮助"])
def test_help_at_home_goes_by_the_words_of_a_conversation_too(lines: Lines, path: Path, word: str) -> None:
    assert lines(word, "/退出").count("新：新填一张表") == 2


@pytest.mark.parametrize("word", ["退出", "/退出", "离开", "q"])
def test_home_is_left_by_a_word(lines: Lines, path: Path, word: str) -> None:
    said = lines(word, "列表")
    assert "输入结束" not in said
    assert said.count("1 份记录") == 1


def test_the_review_table_is_among_the_formats(lines: Lines, path: Path, tmp_path: Path) -> None:
    number = len(EXPORTERS) + 1
    lines(f"导出 1\n{number}", "", "1", "/导出", str(number + 1), "", "/退出", "退出")
    written = {one.name for one in tmp_path.iterdir() if path.stem in one.name}
    assert written == {f"{path.stem}-review-docx.docx", f"{path.stem}-review-xlsx.xlsx"}


def test_lessons_are_taken_from_home_and_from_a_record(lines: Lines, path: Path) -> None:
    said = lines("学习", "1", "", "/结束", "1", "/学习", "2", "/结束", "/去 预算单位", "热线中心", "/退出", "退出")
    assert "第1课" in said
    assert "第2课" in said
    assert on_disk(path).declaration.project.unit == "热线中心"


def test_what_is_not_understood_says_what_to_write(lines: Lines, path: Path) -> None:
    said = lines("吃饭", "结转 7", "删", "找 没有的", "帮助", "退出")
    assert "没有“吃饭”。请写序号" in said
    assert "没有第“7”份" in said
    assert "找到 0 份" in said


def test_every_command_of_the_conversation_does_something_here(lines: Lines, path: Path) -> None:
    for command in COMMANDS:
        if command.id not in ("quit", "draft"):
            assert "个命令。" not in lines("1", f"/{command.names[0]}", *[""] * 12)


def test_a_long_text_in_the_editor(lines: Lines, path: Path, tmp_path: Path) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import sys\nopen(sys.argv[1], 'w').write('一月签合同\\n三月验收')\n", encoding="utf-8")
    env = {"EDITOR": f"{sys.executable} {script}"}
    said = lines("1", "/编辑器", "/去 项目实施计划", "/编辑器", "", "/退出", "退出", env=env)
    assert "编辑器是写长文字用的" in said
    assert on_disk(path).declaration.narrative.plan == "一月签合同\n三月验收"


def test_the_documentation_names_what_can_be_written_at_home() -> None:
    text = (ROOT / "docs" / "plain.md").read_text(encoding="utf-8")
    for word, _ in home.COMMANDS:
        assert f"`{word.split()[0]}" in text


def test_in_a_chinese_locale_of_the_terminal_itself(
    start: Callable[..., PtyApp], records: Path, path: Path, tmp_path: Path
) -> None:
    known = subprocess.run(["locale", "-a"], capture_output=True, timeout=60, check=True).stdout
    if b"zh_CN.gb18030" not in known:
        pytest.skip("the locale zh_CN.GB18030 is not installed")
    env: dict[str, str | None] = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "STATE")}
    argv = [sys.executable, "-m", "tui", "--dir", str(records)]
    env |= {"LC_ALL": "zh_CN.GB18030"}
    app = start(argv=argv, env=env)
    said = codecs.getincrementaldecoder("gb18030")("replace")
    assert app.until(lambda: "你（主屏）" in said.decode(app.raw) or said.reset())
    assert b"\x1b[?1049h" not in app.raw
    for typed in ("1", "/去 预算单位", "社管中心㎡", "/退出", "退出"):
        app.send(f"{typed}\n".encode("gb18030"))
        app.quiet(0.3)
    assert app.exit_code() == 0
    assert on_disk(path).declaration.project.unit == "社管中心㎡"


def test_a_record_is_reviewed_from_home_and_then_filled_on(lines: Lines, path: Path) -> None:
    said = lines("检查 1", "", "/退出", "退出")
    assert said.index("没有填") < said.index("打开 2020-热线.toml") < said.rindex("主屏，1 份记录")


def test_the_records_are_listed_again_and_one_without_a_name_by_its_file(lines: Lines, store: Store) -> None:
    store.add(Record(FORM.replace(("project", "name"), "")))
    said = lines("列表", "退出")
    assert said.count("1. 2020-未命名，填了") == 2


def test_a_new_record_left_at_once_leaves_nothing_behind(lines: Lines, store: Store) -> None:
    said = lines("新", "/退出", "退出")
    assert "不留记录" in said
    assert "主屏，0 份记录" in said
    assert store.paths() == store.drafts() == []


def test_what_was_written_of_a_new_record_and_not_taken_is_kept_and_said(lines: Lines, store: Store) -> None:
    said = lines("新", "不是年份", "/退出", "1", "/退出", "删 1", "y", "退出")
    assert "只写了“不是年份”，没有记下，先留着；不要这份就在主屏上删掉。" in said
    assert "写过但没有记下：不是年份" in said.partition("先留着")[2]
    assert store.paths() == store.drafts() == []
