"""The frameworks as data: slots, roles and the way from one to the other."""

from __future__ import annotations

import pytest

from domain.framework import Slot, crosswalk, framework

OURS = framework()
SLOTS = [pytest.param(slot, id="/".join(slot.key)) for slot in OURS.slots]


def test_the_forms_own_framework_has_four_times_twenty_slots() -> None:
    assert len({slot.level1 for slot in OURS.slots}) == 4
    assert len(OURS.slots) == len({slot.key for slot in OURS.slots}) == 20
    assert [slot.level1 for slot in OURS.slots] == sorted(
        [slot.level1 for slot in OURS.slots], key=[slot.level1 for slot in OURS.slots].index
    )


def test_roles_and_level_2_names_are_unique() -> None:
    assert len({slot.role for slot in OURS.slots}) == 20
    assert len({slot.level2 for slot in OURS.slots}) == 20


@pytest.mark.parametrize("slot", SLOTS)
def test_every_slot_says_everything(slot: Slot) -> None:
    said = (
        slot.meaning,
        slot.belongs,
        slot.not_here,
        slot.test,
        slot.why,
        slot.good,
        slot.bad,
        slot.mistake,
        slot.when_empty,
    )
    assert all(text.strip() for text in said)
    assert len(set(said)) == len(said)
    assert len(slot.meaning) <= 60


@pytest.mark.parametrize("slot", SLOTS)
def test_a_slot_is_found_by_names_and_role(slot: Slot) -> None:
    assert OURS.slot(slot.level1, slot.level2) is slot
    assert OURS.by_role(slot.role) is slot
    assert OURS.by_level2(slot.level2) is slot
    assert slot.place == f"{slot.level1}›{slot.level2}"


def test_unknown_slots_and_frameworks() -> None:
    assert OURS.slot("产出目标", "没有") is None
    assert OURS.by_role("none") is None
    assert OURS.by_level2("") is None
    with pytest.raises(KeyError):
        framework("none")


def test_every_role_has_a_way_to_the_national_framework() -> None:
    national = framework("national-2021")
    way = crosswalk(OURS.id, national.id)
    assert set(way) == {slot.role for slot in OURS.slots}
    for crossing in way.values():
        assert not crossing.level1 or national.slot(crossing.level1, crossing.level2) is not None
        assert crossing.level1 or crossing.note
    assert crosswalk("none", OURS.id) == {}
