"""What a newcomer meets: giving up explains without blame, one wrong step is one wrong step, nonsense is asked for again."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from domain.library.entry import filled
from domain.training import Material, Mode, Progress, Trainer, ask, grade, key
from domain.training.kinds import KINDS
from domain.training.kinds.sums import read_steps
from domain.training.layout import WIDTH, rewrap, width
from domain.training.pages import page_lines, show_lines

DAY = datetime.date(2026, 3, 2)
BLAME = ("没有看懂", "不对", "没有改动", "没有过关", "没能读懂", "缺：")


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS])
def test_giving_up_shows_the_answer_and_why_but_finds_no_fault(material: Material, kind: str) -> None:
    for number in range(1, 6):
        reply = Trainer(material, Progress("甲", "甲"), DAY).exercises([f"{kind}:面生:{number}"]).answer("/答案")
        assert reply.lines[0].startswith("答案："), number
        assert "检验问句" in "".join(reply.lines).replace(" ", "")
        assert not any(line.startswith(BLAME) for line in reply.lines[1:]), (number, reply.lines)


@pytest.mark.parametrize("kind", ["quiz", "classify", "order", "sums", "target", "goal", "defects", "reviewer"])
def test_nonsense_is_asked_for_again_and_its_grade_says_why(material: Material, kind: str) -> None:
    exercise = ask(material, f"{kind}:面生:2")
    result = grade(material, exercise, "呵呵")
    assert result.score == 0
    assert result.unread
    assert result.unread in result.explanation


def test_a_judged_target_wants_a_judging_word(material: Material) -> None:
    exercise = ask(material, {"kind": "target", "name": "民主议事程序规范性", "level2": "决策管理", "judged": ["规范"]})
    assert grade(material, exercise, "呵呵").unread
    wrong = grade(material, exercise, "健全")
    assert (wrong.score, wrong.unread) == (0, "")
    assert grade(material, exercise, "规范").score == 1


def test_in_a_calculation_one_step_alone_is_wrong_as_it_is_printed(material: Material) -> None:
    for number in range(1, 120):
        exercise = ask(material, f"sums:面生:{number}")
        steps = read_steps(exercise.data["text"])
        off = []
        for at, step in enumerate(steps, 1):
            above = steps[: at - 1]
            printed = step.computed
            if step.label == "合计":
                printed = sum((one.stated for one in above), Decimal(0))
            elif step.label == "折合万元":
                printed = above[-1].stated / 10000
            if printed != step.stated:
                off.append(at)
        assert off == ([exercise.data["wrong"]] if exercise.data["wrong"] else []), exercise.data["text"]


def test_a_total_of_the_right_results_may_be_called_wrong_too(material: Material) -> None:
    text = "宽带费：1200元×12个月=14400元。补助：500元×12个月=6500元。合计20400元，即2.04万元。"
    exercise = ask(material, {"kind": "sums", "text": text})
    scores = {answer: grade(material, exercise, answer).score for answer in ("2", "2 3", "3", "2 3 4", "0")}
    assert scores == {"2": 1, "2 3": 1, "3": 0, "2 3 4": 0.5, "0": 0}


def test_a_reviewer_hears_which_warnings_were_not_named(material: Material) -> None:
    for number in range(1, 20):
        exercise = ask(material, f"reviewer:面生:{number}")
        result = grade(material, exercise, key(material, exercise))
        said = "".join(result.explanation)
        warned = "错误0处" not in said and "警告0处" not in said
        assert any(line.startswith("没有点到的警告") for line in result.explanation) == warned


@pytest.mark.parametrize("guess", ["优", "良", "中", "差", "良 {}", "中 {}", "差 {}"])
def test_a_reviewer_cannot_pass_by_guessing(material: Material, guess: str) -> None:
    for number in range(1, 25):
        exercise = ask(material, f"reviewer:乱猜:{number}")
        every = " ".join(str(at) for at, _ in enumerate(exercise.posed.choices, 1))
        assert not grade(material, exercise, guess.format(every)).passed, number


def test_a_sound_form_given_to_the_reviewer_wants_only_the_grade(material: Material) -> None:
    exercise = ask(material, {"kind": "reviewer", "example": "t-road-repair"})
    assert grade(material, exercise, "优").passed
    assert not grade(material, exercise, "优 1 2").passed


def test_another_year_is_named(material: Material) -> None:
    exercise = ask(material, {"kind": "goal", "example": "t-hotline-lines"})
    said = grade(material, exercise, "2019年租用话务专线3条，来电群众满意度不低于92%。").explanation
    assert "缺：写的是2019年，开头写“2021年”。" in said


def test_a_lesson_never_asks_the_same_twice(material: Material) -> None:
    for lesson in material.lessons.values():
        for seed in ("1", "甲", "乙", "root"):
            shown = [ask(material, identity).posed.lines for identity in lesson.exercise_ids(seed)]
            assert len(shown) == len(set(shown)), (lesson.id, seed)


def test_the_end_of_a_lesson_says_where_to_go_on(material: Material) -> None:
    for lesson in material.lessons.values():
        sitting = Trainer(material, Progress("甲", "甲"), DAY).lesson(lesson.id)
        while (question := sitting.question()).mode is not Mode.DONE:
            sitting.answer("" if question.mode is Mode.PAGE else "/跳过")
        following = f"第{lesson.number + 1}课" if lesson.number < 10 else "照故事填表"
        assert following in "".join(question.lines)
        assert question.title.removesuffix("：结束") not in question.lines


def test_what_a_rule_took_away_is_shown_beside_what_it_put_in(material: Material) -> None:
    lines = show_lines(material, {"kind": "rule", "rule": "R9", "example": "t-grid-terminals"})
    assert "  弄坏：删掉资产管理（固定资产入账率）" in lines


@pytest.mark.parametrize("columns", [WIDTH, 58, 40])
def test_exercises_are_laid_out_anew_for_a_narrow_screen(material: Material, columns: int) -> None:
    for kind in ("defects", "order", "classify", "goal", "sums"):
        for number in range(1, 6):
            lines = ask(material, f"{kind}:面生:{number}").posed.lines
            fresh = rewrap(lines, columns)
            assert max(map(width, fresh)) <= columns
            assert "".join(fresh).replace(" ", "") == "".join(lines).replace(" ", "")
            if columns == WIDTH:
                assert fresh == lines


def test_a_row_of_a_table_goes_on_under_its_last_column(material: Material) -> None:
    page = next(page for page in material.lessons["framework"].pages if page.title.startswith("二十格"))
    rows = page_lines(material, page, 58)
    start = rows[0].index("投入管理")
    assert width(rows[1]) - width(rows[1].lstrip()) == width(rows[0][:start])


def test_nothing_is_drawn_whose_example_cannot_be_counted_so(material: Material) -> None:
    names = [filled(entry.name) for entry in material.drawn if entry.unit == "台"]
    assert names
    assert not [name for name in names if "光纤" in name]
