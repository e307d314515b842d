"""What undoing and redoing tell the engine of picks."""

from __future__ import annotations

import pytest

from domain.marks import SUGGESTED
from domain.model import Indicator
from tests.fakes import QUANTITY, Talk

TAKEN = [("租用光纤数", True)]


@pytest.fixture
def slot(talk: Talk) -> Talk:
    """At 产出目标›数量."""
    talk.say("2020")
    talk.go(QUANTITY)
    return talk


def test_a_pick_that_is_undone_no_longer_counts_and_redone_does_again(slot: Talk) -> None:
    slot.say("1")
    assert slot.suggester.learned == TAKEN
    slot.dialogue.command("undo")
    assert slot.suggester.learned == []
    slot.dialogue.command("redo")
    assert slot.suggester.learned == TAKEN


def test_a_pick_of_an_earlier_run_is_taken_back_too(slot: Talk) -> None:
    slot.say("1")
    later = slot.again()
    later.dialogue.command("undo")
    assert later.rows == []
    assert later.suggester.learned == []


def test_two_picks_are_undone_one_by_one(slot: Talk) -> None:
    slot.say("1 3")
    slot.dialogue.command("undo")
    assert slot.suggester.learned == TAKEN


def test_a_pick_in_place_of_another_row_is_taken_back(slot: Talk) -> None:
    slot.say("自己写的数量 =3条")
    slot.session.change_row(0, Indicator(*QUANTITY, "租用光纤数", "=147条"), SUGGESTED)
    slot.suggester.learned.append(TAKEN[0])
    slot.dialogue.command("undo")
    assert slot.suggester.learned == []


def test_undoing_anything_else_of_a_picked_row_leaves_the_count(slot: Talk) -> None:
    slot.say("1")
    slot.dialogue.command("edit", "1")
    slot.say("=150条")
    slot.dialogue.command("undo")
    slot.dialogue.command("delete", "1")
    slot.dialogue.command("undo")
    assert slot.rows == [("租用光纤数", "=147条")]
    assert slot.suggester.learned == TAKEN


def test_rows_of_ones_own_teach_nothing(slot: Talk) -> None:
    slot.say("自己写的数量 =3条")
    slot.dialogue.command("undo")
    slot.dialogue.command("redo")
    assert slot.suggester.learned == []
