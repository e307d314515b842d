"""For a teacher: papers, bulk grading, the class report; and the same exercises on every machine."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from domain.training import (
    ExerciseError,
    Graded,
    Material,
    Progress,
    ProgressFile,
    ask,
    coach,
    exam,
    grade_lines,
    progress_lines,
    report,
)
from domain.training.layout import width
from domain.training.progress import answered, finish
from tests.paths import ROOT

DAY = datetime.date(2026, 3, 2)


def test_everyone_gets_the_same_paper_for_a_seed(material: Material) -> None:
    one, same, other = exam(material, 7, 24), exam(material, "7", 24), exam(material, 8, 24)
    assert one.markdown() == same.markdown()
    assert one.key_markdown() == same.key_markdown()
    assert one.markdown() != other.markdown()


def test_a_paper_repeats_nothing_and_covers_every_kind(material: Material) -> None:
    paper = exam(material, 3, 60)
    assert len({exercise.id for exercise in paper.exercises}) == 60
    assert len({exercise.posed.lines for exercise in paper.exercises}) == 60
    assert {exercise.kind for exercise in paper.exercises} == {
        "quiz",
        "classify",
        "order",
        "sums",
        "repair",
        "target",
        "goal",
        "defects",
        "reviewer",
        "form",
    }


def test_a_paper_shows_no_answers_and_its_key_shows_all(material: Material) -> None:
    paper = exam(material, 5, 30)
    shown, solved = paper.markdown(), paper.key_markdown()
    assert "答案" not in shown
    assert shown.count("题号：") == solved.count("题号：") == 30
    assert solved.count("答案：") == 30
    assert solved.count("检验问句") >= 30


def test_a_papers_answer_sheet_with_the_keys_earns_everything(material: Material) -> None:
    rows = [json.loads(line) for line in exam(material, 4, 36).jsonl().splitlines()]
    empty = list(grade_lines(material, (json.dumps(row) for row in rows), with_key=True))
    assert max(result["score"] for result in empty) < 0.8
    filled = [json.dumps({"exercise": one["exercise"], "answer": one["key"]}, ensure_ascii=False) for one in empty]
    results = list(grade_lines(material, filled))
    assert {result["score"] for result in results} == {1.0}
    assert all(result["passed"] and "检验问句" in result["explanation"] for result in results)


@pytest.mark.parametrize(("seed", "n"), [("1", 0), ("1", 201), ("", 5), ("a:b", 5)])
def test_a_paper_that_cannot_be_is_refused(material: Material, seed: str, n: int) -> None:
    with pytest.raises(ExerciseError):
        exam(material, seed, n)


def test_a_bad_line_does_not_stop_the_others(material: Material) -> None:
    lines = [
        "\ufeff" + json.dumps({"exercise": "quiz:why:1", "answer": 2}),
        "{bad",
        "",
        "[]",
        '{"answer": 1}',
        json.dumps({"exercise": "nope:1:1"}),
        json.dumps({"exercise": {"kind": "sums", "text": "没有算式"}, "answer": 1}),
        json.dumps({"exercise": {"kind": "classify", "name": 5}}),
        json.dumps({"exercise": "quiz:why:2", "answer": "3"}),
    ]
    results = list(grade_lines(material, lines))
    assert [result["line"] for result in results] == [1, 2, 4, 5, 6, 7, 8, 9]
    assert [result["score"] for result in results] == [1, 0, 0, 0, 0, 0, 0, 1]
    assert [("error" in result) for result in results] == [False, True, True, True, True, True, True, False]
    assert all(json.loads(json.dumps(result)) == result for result in results)


def test_published_forms_may_be_given_as_text_where_an_importer_is_there(material: Material) -> None:
    from dataclasses import replace

    example = material.example("t-legal-aid")
    with_importer = replace(material, importer=lambda text: example)
    result = list(
        grade_lines(with_importer, [json.dumps({"exercise": {"kind": "defects", "form": "表格\t粘贴"}, "answer": 0})])
    )
    assert result[0]["score"] == 1


def some_progress(material: Material, name: str) -> Progress:
    known = Progress(name, "1")
    for number in range(12):
        exercise = ask(material, f"classify:1:{number}:slot:output.cost")
        known = answered(known, exercise, Graded(0.5, (), {"slot:output.cost": 0.5}), DAY)
    return finish(known, material.lessons["why"], DAY)


def test_a_report_has_a_row_for_every_trainee_and_says_what_it_could_not_read(
    material: Material, tmp_path: Path
) -> None:
    ProgressFile(tmp_path / "li").save(some_progress(material, "李同学"))
    ProgressFile(tmp_path / "wang").save(some_progress(material, ""))
    (tmp_path / "evil.toml").write_text(
        (tmp_path / "li" / "progress.toml").read_text("utf-8").replace("李同学", "=1+1"), "utf-8"
    )
    (tmp_path / "other.toml").write_text("a = 1", "utf-8")
    (tmp_path / "broken.toml").write_text("[", "utf-8")
    (tmp_path / "2021-热线.toml").write_text('schema_version = 1\n[project]\nname = "热线"\n', "utf-8")
    found = report(material, tmp_path)
    assert [row[0] for row in found.rows] == ["=1+1", "wang", "李同学"]
    assert len(found.problems) == 3
    rows = list(csv.reader(io.StringIO(found.csv())))
    assert [row[0] for row in rows] == ["学员", "'=1+1", "wang", "李同学"]
    assert {len(row) for row in rows} == {11}
    assert rows[1][2:6] == ["12", "50%", "1/10", "50%"]
    assert "产出目标›成本" in rows[1][-1]
    lines = found.table().split("\n")
    assert len(lines) == 4
    assert len({width(line[: line.index("起步")]) for line in lines[1:]}) == 1


def test_progress_is_told_in_words(material: Material) -> None:
    text = "\n".join(progress_lines(material, some_progress(material, "甲")))
    assert "等级：起步" in text
    assert "学完 2026-03-02" in text
    assert "得分率50%" in text
    assert "还没有做过练习" in "\n".join(progress_lines(material, Progress()))


def test_teaching_beside_the_work_gives_text_only(material: Material) -> None:
    slot = ("产出目标", "质量")
    assert "检验问句" in "".join(coach.after_pick(material, slot, "线路畅通率"))
    assert coach.after_pick(material, ("没有", "这格"), "x") == ()
    assert "同样的词" in coach.runner_up("甲率", ["同样的词", "本格常用"], "乙率", ["本格常用"])
    said = "".join(coach.summing_up(material, material.example("t-legal-aid").replace(("narrative", "plan"), "")))
    assert "良" in said
    assert "实施计划" in said


_SCRIPT = """
from domain.training import Material, ask, exam
from domain.training.kinds import KINDS
import hashlib, json
material = Material()
text = json.dumps([ask(material, f"{kind.id}:7:{n}").data for kind in KINDS for n in (1, 2, 3)], ensure_ascii=False, sort_keys=True)
print(hashlib.sha256((text + exam(material, 7, 14).markdown()).encode()).hexdigest())
"""


def test_exercises_are_the_same_in_every_process() -> None:
    def run(seed: str) -> str:
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT], env=env, cwd=ROOT, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert run("1") == run("99")


def test_a_library_that_grows_leaves_most_exercises_as_they_were(material: Material) -> None:
    from dataclasses import replace

    smaller = replace(material, library=tuple(entry for at, entry in enumerate(material.library) if at % 20))
    ids = [f"classify:7:{number}" for number in range(1, 101)]
    same = sum(ask(material, one).data == ask(smaller, one).data for one in ids)
    assert same >= 85


def test_the_course_needs_no_face_and_no_segmenter() -> None:
    code = "import sys, domain.training, domain.training.kinds, domain.training.coach\n"
    code += "print([m for m in ('textual', 'rich', 'jieba', 'tui', 'suggest') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
