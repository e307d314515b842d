"""The content itself: lessons fit the page, live examples work, example forms are sound, stories agree with their forms."""

from __future__ import annotations

import re

import pytest

from domain.data import data_path
from domain.records.codec import decode, encode
from domain.training import TOUR, Material, ask, find_lesson, grade, key
from domain.training.exercise import ExerciseError
from domain.training.facts import holds
from domain.training.forms import as_form, blank_sheet, form_lines, read_sheet, sheet_of
from domain.training.layout import WIDTH, width, wrap
from domain.training.pages import page_lines

MOST_LINES = 20
LESSONS = ["why", "reading", "framework", "outputs", "effects", "inputs", "targets", "goals", "head", "review"]
EXAMPLES = sorted(path.stem for path in data_path("examples").glob("*.toml"))
STORIES = sorted(path.stem for path in data_path("stories").glob("*.toml"))


def test_there_are_ten_lessons_in_order_and_a_tour(material: Material) -> None:
    assert [lesson.id for lesson in material.lessons.values()] == [TOUR, *LESSONS]
    assert [lesson.number for lesson in material.lessons.values()] == list(range(11))


def test_there_are_at_least_twelve_examples_and_stories_over_different_sectors(material: Material) -> None:
    assert len(EXAMPLES) >= 12
    assert len(STORIES) >= 12
    assert len({story.sector for story in material.stories.values()}) >= 12


@pytest.mark.parametrize("identity", [TOUR, *LESSONS])
def test_every_page_is_one_short_screen(material: Material, identity: str) -> None:
    lesson = material.lessons[identity]
    for page in lesson.pages:
        lines = page_lines(material, page)
        assert lines, page.title
        assert len(lines) <= MOST_LINES, (page.title, len(lines))
        assert max(map(width, lines)) <= WIDTH, page.title


@pytest.mark.parametrize("identity", LESSONS)
def test_a_lesson_takes_about_ten_minutes_and_has_live_examples_and_exercises(
    material: Material, identity: str
) -> None:
    lesson = material.lessons[identity]
    read = sum(len(line) for page in lesson.pages for line in page_lines(material, page))
    exercises = lesson.exercise_ids("x")
    assert 900 <= read <= 4000
    assert 8 <= lesson.minutes <= 12
    assert len(exercises) >= 4
    assert sum(bool(page.shows) for page in lesson.pages) >= 2
    for exercise_id in exercises:
        exercise = ask(material, exercise_id)
        assert grade(material, exercise, key(material, exercise)).score == 1, exercise_id


def test_every_question_has_one_right_choice_and_says_why(material: Material) -> None:
    for lesson in material.lessons.values():
        for quiz in lesson.quizzes:
            assert quiz["choices"].count(quiz["answer"]) == 1, quiz["ask"]
            assert len(set(quiz["choices"])) == len(quiz["choices"]) >= 3
            assert "检验问句" in quiz["why"], quiz["ask"]


@pytest.mark.parametrize("wanted", ["3", "第3课", "framework", "取名字"])
def test_a_lesson_is_found_by_number_id_or_words(material: Material, wanted: str) -> None:
    assert find_lesson(material, wanted).id == "framework"


def test_a_lesson_that_does_not_exist_is_answered_with_the_list(material: Material) -> None:
    with pytest.raises(ExerciseError, match="为什么要填"):
        find_lesson(material, "没有这一课")


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_sound_and_in_the_records_own_bytes(material: Material, name: str) -> None:
    declaration = material.examples[name]
    outcome = material.review(declaration)
    assert [(one.rule.id, one.hit.message) for one in outcome.findings] == []
    assert outcome.grade.label == "优"
    text = data_path("examples", f"{name}.toml").read_text("utf-8")
    decoded = decode(text)
    assert not decoded.oddities
    assert encode(decoded.record) == text


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_names_no_person(material: Material, name: str) -> None:
    assert material.examples[name].project.filler == "经办人"
    assert re.fullmatch(r"55501\d\d", material.examples[name].project.phone)


@pytest.mark.parametrize("name", STORIES)
def test_a_storys_facts_stand_in_its_text_and_in_its_form(material: Material, name: str) -> None:
    story = material.stories[name]
    declaration = material.example(story.example)
    assert len(story.facts) >= 7
    assert 250 <= len(story.text) <= 900
    for fact in story.facts:
        assert holds(material, declaration, fact), fact.what
        if fact.number:
            digits = story.text.replace("26万", "260000")
            assert fact.number in digits or f"{int(float(fact.number)) // 10000}万" in story.text, fact.what


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_form_reads_back_from_its_sheet(material: Material, name: str) -> None:
    declaration = material.examples[name]
    assert read_sheet(sheet_of(declaration)) == declaration
    assert max(map(width, form_lines(declaration))) <= WIDTH


def test_a_sheet_is_understood_as_in_conversation(material: Material) -> None:
    text = "年份：2021\n开始时间：全年\n项目总金额：187200元\n项目概况：1、背景\n2、内容\n"
    text += "产出/数量\uff5c租用线路数\uff5c=3条\n质量 | 畅通率 | >=99%"
    declaration = read_sheet(text)
    assert str(declaration.project.end_date) == "2021-12-31"
    assert str(declaration.funding.total) == "18.72"
    assert declaration.narrative.overview == "1、背景\n2、内容"
    assert [row.slot for row in declaration.indicators] == [("产出目标", "数量"), ("产出目标", "质量")]


def test_a_blank_sheet_reads_as_an_empty_form_and_nonsense_is_refused(material: Material) -> None:
    assert read_sheet(blank_sheet()).indicators == ()
    with pytest.raises(ExerciseError, match="没有看懂这一行"):
        read_sheet("随便写的一句话")
    with pytest.raises(ExerciseError, match="不是表上的一格"):
        read_sheet("项目名称：甲\n天外/飞来|名称|=1个")
    with pytest.raises(ExerciseError, match="读不了"):
        as_form(material, "[project]\n[funding]\nname =")


def test_no_line_starts_or_ends_where_it_must_not() -> None:
    text = "一二三四五六七八九，（十）“引”：" * 20
    for columns in range(20, 50):
        for line in wrap(text, columns):
            assert width(line) <= columns
            assert line[0] not in "，）”：。"
            assert line[-1] not in "（“"


def test_no_word_is_lost_in_wrapping() -> None:
    text = "2000元/条·月×3条×12个月=72000元 and a very long word " + "x" * 90
    assert "".join(wrap(text, 30)).replace(" ", "") == text.replace(" ", "")
