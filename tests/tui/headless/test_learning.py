"""`tianbiao learn …`: lessons line by line, papers, grading in bulk, progress, the report of a class."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from tui import welcome
from tui.arguments import LEARN_ACTIONS
from tui.cli import main
from tui.config import load
from tui.folders import folders
from tui.headless.learning import ACTIONS


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch):
    def typed(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return typed


def learn(*arguments: str) -> int:
    return main(["learn", *arguments])


def test_a_lesson_goes_on_where_the_input_ended(type_in, capsys) -> None:
    type_in("", "", "")
    assert learn("1") == 0
    out = capsys.readouterr().out
    assert out.startswith("助手：第1课")
    assert "（4/" in out
    assert "你：" in out
    assert "\x1b" not in out
    type_in()
    assert learn("why", "--plain") == 0
    again = capsys.readouterr().out
    assert "（4/" in again
    assert "（1/" not in again


def test_an_answer_is_scored_and_explained(type_in, capsys) -> None:
    type_in("4")
    assert learn("quiz:why:1") == 0
    type_in("2")
    assert learn("quiz:why:1") == 0
    out = capsys.readouterr().out
    assert "得分 0" in out
    assert "得分 100" in out
    assert "检验问句" in out


def test_a_slash_word_that_is_no_command_is_not_graded(type_in, capsys) -> None:
    type_in("/帮忙", "/提示", "/答案")
    assert learn("quiz:why:1") == 0
    out = capsys.readouterr().out
    assert "没有“/帮忙”这个命令" in out
    assert out.index("没有“/帮忙”") < out.index("答案：")
    assert out.count("（1/1）") == 1


def test_a_long_answer_ends_with_a_full_stop(type_in, capsys) -> None:
    type_in("2022年委托审计项目18个，", "出具审计报告18份。", ".", "/结束")
    assert learn("goal:x:1") == 0
    out = capsys.readouterr().out
    assert "最后单独一行写一个“.”结束" in out
    assert "得分" in out
    assert "做了1题" in out


def test_an_empty_answer_costs_nothing(type_in, capsys) -> None:
    type_in("", ".", "/结束")
    assert learn("goal:x:1") == 0
    out = capsys.readouterr().out
    assert out.count("还没有作答") == 2
    assert "得分 " not in out


def test_an_unknown_lesson_is_named(capsys) -> None:
    assert learn("没有这一课") == 2
    said = capsys.readouterr()
    assert "没有这一课" in said.err
    assert said.out == ""


def test_records_stay_as_they_are(type_in, capsys) -> None:
    main(["new", "--year", "2021"])
    [record] = load().folders.records.glob("*.toml")
    before = record.read_bytes()
    type_in("1", "2", "3", "/结束")
    assert learn() == 0
    assert record.read_bytes() == before
    assert [path.name for path in load().folders.records.iterdir()] == [record.name]
    assert (welcome.learn_folder(folders()) / "progress.toml").exists()


def test_a_paper_is_the_same_for_everyone_and_its_key_earns_all(tmp_path: Path, capsys) -> None:
    for name in ("a", "b"):
        assert learn("exam", "--seed", "7", "-n", "14", "--out", str(tmp_path / f"{name}.md")) == 0
    assert capsys.readouterr().out.split() == [
        str(tmp_path / file) for one in "ab" for file in (f"{one}.md", f"{one}-答案.md", f"{one}.jsonl")
    ]
    assert (tmp_path / "a.md").read_bytes() == (tmp_path / "b.md").read_bytes()
    assert "参考答案" in (tmp_path / "a-答案.md").read_text(encoding="utf-8")
    assert learn("grade", "--jsonl", str(tmp_path / "a.jsonl"), "--json", "--key") == 0
    results = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(results) == 14
    answers = "".join(json.dumps({"exercise": one["exercise"], "answer": one["key"]}) + "\n" for one in results)
    (tmp_path / "a.jsonl").write_text(answers, encoding="utf-8")
    assert learn("grade", "--jsonl", str(tmp_path / "a.jsonl"), "--json") == 0
    assert {json.loads(line)["score"] for line in capsys.readouterr().out.splitlines()} == {1.0}
    assert learn("exam", "--seed", "7", "-n", "14", "--out", str(tmp_path / "a.md")) == 0
    assert "没有覆盖" in capsys.readouterr().err
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == answers


@pytest.mark.parametrize(
    "arguments",
    [
        ("exam",),
        ("exam", "--seed", "7"),
        ("exam", "--seed", "7", "-n", "0", "--out", "p.md"),
        ("exam", "--seed", "7", "--out", "p.jsonl"),
        ("grade", "--json"),
        ("report",),
        ("1", "2"),
    ],
)
def test_wrong_usage_is_said(arguments: tuple[str, ...], capsys) -> None:
    assert learn(*arguments) == 2
    said = capsys.readouterr()
    assert said.err
    assert said.out == ""


def test_a_bad_line_does_not_stop_the_others(tmp_path: Path, capsys) -> None:
    path = tmp_path / "answers.jsonl"
    good = json.dumps({"exercise": "quiz:why:1", "answer": "2"}).encode()
    path.write_bytes(b"\xef\xbb\xbf" + good + b"\n{\n\xff\xfe\n\n[1]\n" + good + b"\n")
    assert learn("grade", "--jsonl", str(path), "--json") == 1
    results = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["score"] for one in results] == [1.0, 0.0, 0.0, 0.0, 1.0]
    assert [one["line"] for one in results] == [1, 2, 3, 5, 6]
    assert learn("grade", "--jsonl", str(path)) == 1
    assert "得分 100" in capsys.readouterr().out
    assert learn("grade", "--jsonl", str(tmp_path / "missing")) == 3


def test_a_published_form_may_be_the_answer(capsys, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "samples" / "water-supply.txt").read_text(encoding="utf-8")
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps({"exercise": "form:7:1", "answer": text}) + "\n", encoding="utf-8")
    assert learn("grade", "--jsonl", str(path), "--json") == 0
    [result] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "没能读懂" not in result["explanation"]


def test_a_paper_says_which_option_is_missing(tmp_path: Path, capsys) -> None:
    for given, said in ((("--seed", "7"), "还缺 --out。"), (("--out", str(tmp_path / "卷.md")), "还缺 --seed。")):
        assert learn("exam", *given) == 2
        assert said in capsys.readouterr().err
    assert learn("exam") == 2
    assert "还缺 --seed、--out。" in capsys.readouterr().err


def test_a_folder_without_progress_is_said(tmp_path: Path, capsys) -> None:
    assert learn("report", str(tmp_path)) == 0
    assert "没有学员的进度文件" in capsys.readouterr().err


def test_progress_and_the_report_of_a_class(type_in, tmp_path: Path, capsys) -> None:
    type_in("2", "/结束")
    learn("quiz:why:1")
    capsys.readouterr()
    assert learn("progress") == 0
    assert "选择题  1题" in capsys.readouterr().out
    (tmp_path / "class" / "=王").mkdir(parents=True)
    shutil.copy(welcome.learn_folder(folders()) / "progress.toml", tmp_path / "class" / "=王")
    (tmp_path / "class" / "bad.toml").write_text("x", encoding="utf-8")
    assert learn("report", str(tmp_path / "class"), "--csv") == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0].startswith("学员,等级,答题")
    assert len(said.out.splitlines()) == 2
    assert "bad.toml" in said.err
    assert learn("report", str(tmp_path / "class")) == 0
    assert "学员" in capsys.readouterr().out
    assert learn("report", str(tmp_path / "missing")) == 3


def test_a_damaged_progress_file_is_said_and_kept(type_in, capsys) -> None:
    place = welcome.learn_folder(folders())
    place.mkdir(parents=True)
    (place / "progress.toml").write_text("[[", encoding="utf-8")
    type_in("2")
    assert learn("quiz:why:1") == 0
    assert "已损坏" in capsys.readouterr().err
    assert (place / "progress-damaged-1.toml").read_text(encoding="utf-8") == "[["


def test_the_tour_is_offered_once_to_a_newcomer() -> None:
    assert welcome.offer_tour(folders())
    assert not welcome.offer_tour(folders())


def test_the_tour_is_not_offered_to_someone_with_records() -> None:
    main(["new"])
    assert not welcome.offer_tour(folders())


def test_the_actions_that_help_and_completion_name_are_those_there_are() -> None:
    assert set(LEARN_ACTIONS) == set(ACTIONS)
