"""A sitting as a trainee lives it: pages, answers, commands, coming back, the end."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from domain.training import Material, Mode, Progress, Trainer, ask, key
from domain.training.layout import WIDTH, width
from domain.training.variants import variant_of, varied

DAY = datetime.date(2026, 3, 2)


def trainer(material: Material, known: Progress | None = None) -> Trainer:
    return Trainer(material, known or Progress("甲", "甲"), DAY)


def right(material: Material, sitting: Trainer) -> object:
    return key(material, ask(material, sitting.question().key))


def test_a_lesson_goes_page_by_page_then_exercise_by_exercise_to_its_end(material: Material) -> None:
    sitting = trainer(material).lesson("why")
    pages = exercises = 0
    while (question := sitting.question()).mode is not Mode.DONE:
        assert max(width(line) for line in (*question.lines, question.ask)) <= WIDTH
        if question.mode is Mode.PAGE:
            pages += 1
            assert sitting.answer("").score is None
        else:
            exercises += 1
            reply = sitting.answer(right(material, sitting))
            assert reply.score == 1
            assert max(map(width, reply.lines)) <= WIDTH
    assert (pages, exercises) == (9, 5)
    assert sitting.progress.finished() == ("why",)
    assert "得分率100%" in "".join(question.lines)
    assert sitting.answer("").leave


def test_every_lesson_can_be_taken_to_its_end(material: Material) -> None:
    known = Progress("甲", "甲")
    for lesson in material.lessons.values():
        sitting = trainer(material, known).lesson(lesson.id)
        while (question := sitting.question()).mode is not Mode.DONE:
            reply = sitting.answer("" if question.mode is Mode.PAGE else right(material, sitting))
            assert question.mode is Mode.PAGE or reply.score == 1, question.key
        known = sitting.progress
    assert len(known.finished()) == 11


def test_a_lesson_goes_on_where_it_was_left(material: Material) -> None:
    sitting = trainer(material).lesson("2")
    for _ in range(3):
        sitting.answer("")
    again = trainer(material, sitting.progress).lesson("reading")
    assert again.question().key == sitting.question().key == "reading/4"
    for _ in range(6):
        again.answer("")
    again.answer("/跳过")
    left = again.question().key
    assert trainer(material, again.progress).lesson("reading").question().key == left


def test_a_finished_lesson_starts_again_with_new_exercises(material: Material) -> None:
    first = trainer(material).lesson("goals")
    ids = [step for step in first._steps if isinstance(step, str)]
    while first.question().mode is not Mode.DONE:
        first.answer("" if first.question().mode is Mode.PAGE else "/跳过")
    again = trainer(material, first.progress).lesson("goals")
    assert again.question().key == "goals/1"
    assert [step for step in again._steps if isinstance(step, str)] != ids


def test_commands_hint_give_up_skip_go_back_and_end(material: Material) -> None:
    sitting = trainer(material).exercises(["classify:c:1", "classify:c:2", "classify:c:3"])
    assert "检验问句" in "".join(sitting.answer("/提示").lines)
    assert sitting.answer("?").again
    assert sitting.question().key == "classify:c:1"
    gave_up = sitting.answer("/答案")
    assert gave_up.score == 0
    assert gave_up.lines[0].startswith("答案：")
    assert sitting.answer("/跳过").score is None
    assert sitting.question().key == "classify:c:3"
    sitting.answer("/上一页")
    assert sitting.question().key == "classify:c:2"
    ended = sitting.answer("/结束")
    assert ended.leave
    assert "做了1题" in "".join(ended.lines)


def test_an_empty_answer_is_not_graded(material: Material) -> None:
    sitting = trainer(material).exercises(["classify:c:1"])
    reply = sitting.answer("  ")
    assert reply.again
    assert reply.score is None
    assert sitting.progress.answered == 0


def test_practice_is_endless_but_a_sitting_has_a_length(material: Material) -> None:
    sitting = trainer(material).practice(count=4)
    seen = []
    while (question := sitting.question()).mode is not Mode.DONE:
        seen.append(question.key)
        assert question.of == 4
        sitting.answer("/答案")
    assert len(set(seen)) == 4
    endless = trainer(material).practice("sums", 0)
    for _ in range(25):
        assert endless.question().kind == "sums"
        endless.answer("0")
    assert endless.question().of == 0


def test_what_was_missed_comes_back_the_next_day(material: Material) -> None:
    sitting = trainer(material).practice("classify", 1)
    missed = sitting.question().key
    sitting.answer("/答案")
    tomorrow = Trainer(material, sitting.progress, DAY + datetime.timedelta(days=1)).practice("classify", 3)
    assert tomorrow.question().key == missed


def test_a_new_level_is_told_when_it_is_reached(material: Material) -> None:
    sitting = trainer(material).practice("classify", 10)
    replies = [sitting.answer(right(material, sitting)) for _ in range(10)]
    assert "升到“入门”" in "".join(replies[-1].lines)
    assert not any("升到" in line for reply in replies[:-1] for line in reply.lines)


def test_a_task_whose_answer_was_seen_counts_for_no_level(material: Material) -> None:
    seen = trainer(material).exercises(["reviewer:x:1"])
    seen.answer("/答案")
    again = trainer(material, seen.progress).exercises(["reviewer:x:1", "reviewer:x:2"])
    assert "这次算复习，不计升级" in "".join(again.answer(right(material, again)).lines)
    assert again.progress.kind("reviewer").passed == 0
    assert "复习" not in "".join(again.answer(right(material, again)).lines)
    assert again.progress.kind("reviewer").passed == 1


def test_a_form_may_be_answered_with_a_form(material: Material) -> None:
    sitting = trainer(material).exercises(["form:a:1"])
    question = sitting.question()
    assert (question.mode, question.kind) == (Mode.LONG, "form")
    assert "产出目标/数量" in question.prefill
    data = ask(material, "form:a:1").data
    story = material.story(data["story"])
    assert sitting.answer(varied(story, material.example(story.example), variant_of(data["variant"]))[1]).score == 1


def test_progress_is_given_to_the_caller_after_every_step(material: Material) -> None:
    kept: list[Progress] = []
    sitting = Trainer(material, Progress("甲", "甲"), DAY, kept.append).lesson("why")
    sitting.answer("")
    sitting.answer("")
    assert [known.lesson("why").page for known in kept] == [2, 3]


def test_a_sitting_writes_nothing_by_itself(material: Material, fill_disk: Callable[[], None]) -> None:
    sitting = trainer(material).practice("defects", 2)
    fill_disk()
    sitting.answer("1")
    sitting.answer("2")
    assert sitting.question().mode is Mode.DONE


def test_the_tour_is_short_and_can_be_repeated(material: Material) -> None:
    sitting = trainer(material).tour()
    assert sum(len(line) for page in material.lessons["tour"].pages for line in page.text.split("\n")) < 900
    while sitting.question().mode is not Mode.DONE:
        sitting.answer("" if sitting.question().mode is Mode.PAGE else "3")
    assert sitting.progress.finished() == ("tour",)
    assert trainer(material, sitting.progress).tour().question().key == "tour/1"
