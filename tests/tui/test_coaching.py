"""The coach beside a dialogue: what it asks after which answer, and what it says of the reason given."""

from __future__ import annotations

import pytest

from tests.fakes import QUALITY, QUANTITY, Talk, texts
from tui import wiring
from tui.coaching import KEY, Coach, coach_for
from tui.dialogue import Question, Role


@pytest.fixture
def coach(talk: Talk) -> Coach:
    """Beside a talk that stands at 产出目标›数量."""
    talk.go(QUANTITY)
    return coach_for(talk.dialogue)


def answered(coach: Coach, talk: Talk, text: str) -> Question:
    """What is asked after an answer."""
    coach.watch(talk.question)
    talk.say(text)
    return coach.question(talk.question)[0]


def test_the_reason_for_a_new_row_is_asked_and_judged(coach: Coach, talk: Talk) -> None:
    asked = answered(coach, talk, "1")
    assert asked.key == KEY
    assert "租用光纤数" in asked.ask
    slot = wiring.material().framework.slot(*QUANTITY)
    assert slot is not None
    right = asked.choices.index(slot.test) + 1
    said = texts(coach.answer(str(right)), Role.HELP)
    assert said.startswith("对。\n")
    assert "与“租用宽带数”" in said


@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_another_reason_is_said_to_ask_for_another_slot(coach: Coach, talk: Talk, wrong: int) -> None:
    asked = answered(coach, talk, "1")
    slots = [one for one in wiring.material().framework.slots if one.test in asked.choices and one.key != QUANTITY]
    other = slots[wrong - 1]
    said = texts(coach.answer(str(asked.choices.index(other.test) + 1)), Role.HELP)
    assert said.startswith(f"那一句问的是“{other.level2}”。\n")


def test_no_answer_is_judged_and_the_explanation_stays(coach: Coach, talk: Talk) -> None:
    answered(coach, talk, "1")
    said = texts(coach.answer(""), Role.HELP)
    assert said
    assert "对。" not in said.split("\n")
    assert not coach.asks


def test_an_answer_that_adds_no_row_is_not_asked_about(coach: Coach, talk: Talk) -> None:
    assert answered(coach, talk, "").key != KEY
    assert not coach.asks


def test_a_row_taken_back_is_no_longer_asked_about(coach: Coach, talk: Talk) -> None:
    assert answered(coach, talk, "1").key == KEY
    talk.dialogue.command("undo")
    assert coach.question(talk.question)[0].key != KEY


def test_a_name_that_the_library_files_elsewhere_is_told(coach: Coach, talk: Talk) -> None:
    entry = next(one for one in wiring.material().entries if one.slot == QUALITY)
    asked = answered(coach, talk, f"{entry.name} =3个")
    assert asked.key == KEY
    assert "›".join(QUALITY) in texts(coach.answer(""), Role.HELP).split("\n")[-1]


def test_each_question_is_helped_with_once(coach: Coach, talk: Talk) -> None:
    assert coach.question(talk.question)[1] != ()
    assert coach.question(talk.question)[1] == ()


def test_what_a_review_would_say_is_said_once_of_the_same_form(coach: Coach, talk: Talk) -> None:
    assert coach.summary() != ()
    assert coach.summary() == ()
    talk.say("1")
    assert coach.summary() != ()
