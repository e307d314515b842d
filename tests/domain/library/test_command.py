"""The commands without a command line: text, data and exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from domain.library import builtin_library, command, open_library
from domain.library.checks.lint import lint_text
from domain.library.format import format_library

from .test_lint import SOUND


@pytest.fixture(scope="module")
def library():
    return open_library()


def test_search_prints_slot_name_target_and_id(library):
    output = command.search(library, "zjdwl")
    assert output.lines[0] == "投入管理　预算资金到位率　=100%　[general-budget-funds-in-place-rate]"
    assert output.code == 0
    assert json.loads(json.dumps(output.data))[0]["match"] == "拼音首字母"


def test_search_in_a_slot_and_in_vain(library):
    assert all(line.startswith("满意度") for line in command.search(library, "群众", level2="满意度").lines)
    assert command.search(library, "不存在的东西啊呀").code == 1
    assert command.search(library, "群众", level2="没有").code == 2


def test_lists_show_no_braces(library):
    lines = command.search(library, "租用数量").lines
    assert any("〔对象〕租用数量" in line for line in lines)
    assert not any("{" in line for line in lines)


def test_show_by_id_by_name_and_in_vain(library):
    output = command.show(library, "line-rental-count")
    assert output.lines[0] == "名称：〔对象〕租用数量（例：光纤租用数量）"
    assert output.data["name"] == "{对象}租用数量"
    assert command.show(library, "〔对象〕租用数量").data["id"] == "line-rental-count"
    assert command.show(library, "光纤租用数量").data["id"] == "line-rental-count"
    assert json.loads(json.dumps(output.data))["keywords"]
    missing = command.show(library, "线路畅通")
    assert missing.code == 1
    assert any("线路畅通率" in line for line in missing.said)
    assert missing.lines == ()


def test_show_names_the_file_of_an_own_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "自编.toml").write_text(format_library([SOUND]), encoding="utf-8")
    own = open_library(tmp_path)
    assert any("自编.toml" in line for line in command.show(own, SOUND["id"]).lines)


def test_stats_add_up(library):
    data = command.stats(library).data
    assert sum(data["slots"].values()) == data["entries"] == len(builtin_library())
    assert sum(data["main_sectors"].values()) == data["entries"]
    assert sum(data["sources"].values()) == data["entries"]


def test_check_exits_1_with_each_fault_named(tmp_path: Path):
    path = tmp_path / "坏.toml"
    bad = [SOUND | {"unit": "辆"}, SOUND | {"id": "sani-verb-name", "name": "加强清运管理"}]
    path.write_text(format_library(bad), encoding="utf-8")
    output = command.check([path], builtin_library())
    assert output.code == 1
    assert {fault["code"] for fault in output.data} >= {"suffix-unit", "verb-name"}
    assert output.lines[-1].startswith("检查了 1 个文件：")
    path.write_text(format_library([SOUND]), encoding="utf-8")
    assert command.check([path], builtin_library()).code == 0


@pytest.mark.parametrize(("level2", "sector"), [("", ""), ("质量", "环卫"), ("满意度", "通用"), ("投入管理", "通用")])
def test_a_skeleton_parses_and_lacks_only_what_must_be_filled_in(level2: str, sector: str):
    output = command.new(level2, sector)
    faults = lint_text("\n".join(output.lines), "x")
    assert {fault.code for fault in faults} <= {"empty", "missing-keywords", "own-synonym", "thin-text"}
    assert output.data["toml"].startswith("#")


def test_a_skeleton_for_nothing_we_know():
    assert command.new("没有").code == 2
    assert command.new(sector="火星").code == 2


def test_format_says_and_hands_over(tmp_path: Path):
    path = tmp_path / "a.toml"
    path.write_text("# 我的库\n" + format_library([SOUND]).replace(" = ", "=") + "\n", encoding="utf-8")
    output = command.format_file(path)
    assert output.data["changed"]
    path.write_text(output.data["toml"], encoding="utf-8")
    assert not command.format_file(path).data["changed"]
    assert path.read_text(encoding="utf-8").startswith("# 我的库\nschema_version = 1\n")
    path.write_text("[[entry]", encoding="utf-8")
    assert command.format_file(path).code == 3
    assert command.format_file(tmp_path / "没有.toml").code == 3
