"""Repetition, levels and the progress file: what comes back when, and that nothing is lost."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.training import Graded, Material, Progress, ProgressFile, ask, levels, memory, planner
from domain.training.memory import INTERVALS, MISSED_INTERVALS, Card, Missed
from domain.training.progress import LessonMark, answered, finish, read_to, weak_topics
from domain.training.progress_file import decode, encode

DAY = datetime.date(2026, 3, 2)


def later(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


def test_right_answers_on_their_days_lengthen_the_interval() -> None:
    card, day = None, DAY
    gaps = []
    for _ in range(8):
        card = memory.after(card, 1.0, day)
        gaps.append((card.due - day).days)
        day = card.due
    assert gaps == [*INTERVALS[1:], INTERVALS[-1], INTERVALS[-1]]


def test_a_wrong_answer_starts_over_and_comes_back_the_same_day() -> None:
    card = Card(4, DAY, 5, 5.0)
    assert memory.after(card, 0.0, DAY) == Card(0, DAY, 6, 5.0)
    assert memory.due_topics({"a": Card(0, DAY), "b": Card(0, later(1))}, DAY) == ["a"]


def test_half_right_stays_and_early_practice_does_not_rush() -> None:
    card = Card(2, DAY)
    assert memory.after(card, 0.5, DAY).box == 2
    early = memory.after(Card(2, later(3)), 1.0, DAY)
    assert (early.box, early.due) == (2, later(3))


def test_a_missed_exercise_returns_after_one_three_and_seven_days() -> None:
    missed = memory.missed_after((), "classify:1:1", 0.0, DAY)
    day = DAY
    for gap in MISSED_INTERVALS:
        assert memory.due_exercises(missed, day + datetime.timedelta(days=gap - 1)) == []
        day += datetime.timedelta(days=gap)
        assert memory.due_exercises(missed, day) == ["classify:1:1"]
        missed = memory.missed_after(missed, "classify:1:1", 1.0, day)
    assert missed == ()


def test_missing_it_again_starts_over() -> None:
    once = (Missed("classify:1:1", DAY, 2),)
    assert memory.missed_after(once, "classify:1:1", 0.2, DAY) == (Missed("classify:1:1", later(1), 0),)


def test_an_answer_is_remembered_by_kind_topic_and_exercise(material: Material) -> None:
    exercise = ask(material, "classify:1:1:slot:output.quality")
    known = answered(Progress(), exercise, Graded(0.5, (), {"slot:output.quality": 0.5}), DAY)
    assert known.kind("classify").recent == (0.5,)
    assert known.cards["slot:output.quality"].seen == 1
    assert known.missed[0].exercise == exercise.id
    assert (known.days, known.last_day, known.answered) == (1, DAY, 1)


def test_levels_come_one_after_the_other(material: Material) -> None:
    classify, form, reviewer = (ask(material, f"{kind}:1:1") for kind in ("classify", "form", "reviewer"))
    good = Graded(1.0, (), {}, passed=True)
    known = answered(Progress(), form, good, DAY)
    assert levels.title(known) == levels.NONE_TITLE
    for _ in range(levels.CLASSIFY_LEAST):
        known = answered(known, classify, good, DAY)
    assert levels.title(known) == "合格"
    for _ in range(2):
        known = answered(known, reviewer, good, DAY)
    assert levels.title(known) == "合格"
    known = answered(known, reviewer, good, DAY)
    assert levels.title(known) == "熟练"
    assert levels.following(known) is None
    for _ in range(10):
        known = answered(known, classify, Graded(0.0, ()), DAY)
    assert levels.title(known) == levels.NONE_TITLE


def test_the_planner_asks_again_what_was_missed_and_trains_what_is_due(material: Material) -> None:
    known = Progress("甲", "甲", missed=(Missed("classify:甲:5", DAY),))
    exercise, after = planner.next_exercise(material, known, DAY)
    assert exercise.id == "classify:甲:5"
    assert after.counter == 0
    exercise, after = planner.next_exercise(material, known, DAY, asked=[exercise.id])
    assert exercise.id != "classify:甲:5"
    assert after.counter == 1
    cards = {"slot:effect.satisfaction": Card(0, DAY, 2, 0.5)}
    exercise, _ = planner.next_exercise(material, Progress("甲", "甲", cards=cards), DAY)
    assert exercise.posed.topics == ("slot:effect.satisfaction",)


def test_the_planner_never_runs_out_and_never_repeats_an_id(material: Material) -> None:
    known, seen = Progress("乙", "乙"), []
    for _ in range(150):
        exercise, known = planner.next_exercise(material, known, DAY, asked=seen)
        known = answered(known, exercise, Graded(1.0, (), dict.fromkeys(exercise.posed.topics, 1.0)), DAY)
        seen.append(exercise.id)
    assert len(set(seen)) == 150
    assert len({identity.split(":")[0] for identity in seen}) >= 7


def test_a_missed_exercise_whose_material_is_gone_is_dropped(material: Material) -> None:
    known = Progress("甲", "甲", missed=(Missed("defects:1:1:rule:R999", DAY), Missed("nope:1:1", DAY)))
    _, after = planner.next_exercise(material, known, DAY)
    assert after.missed == ()


def test_weak_topics_are_those_that_went_badly_more_than_once() -> None:
    cards = {"a": Card(0, DAY, 3, 0.5), "b": Card(0, DAY, 1, 0.0), "c": Card(0, DAY, 4, 4.0), "d": Card(0, DAY, 2, 1.0)}
    assert weak_topics(Progress(cards=cards)) == ["a", "d"]


# --- the file --------------------------------------------------------------------------------------------------------

scores = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
dates = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1))
cards = st.builds(Card, st.integers(0, 6), dates, st.integers(0, 99), scores)
words = st.text(min_size=1, max_size=12)


@given(
    st.builds(
        Progress,
        trainee=st.text(max_size=10),
        seed=st.sampled_from(["1", "甲", "a-b"]),
        counter=st.integers(0, 9999),
        days=st.integers(0, 999),
        last_day=st.none() | dates,
        lessons=st.dictionaries(words, st.builds(LessonMark, st.integers(0, 9), st.integers(0, 9), st.none() | dates)),
        cards=st.dictionaries(words, cards, max_size=4),
        missed=st.lists(st.builds(Missed, words, dates, st.integers(0, 2)), max_size=3).map(tuple),
    )
)
def test_progress_round_trips_through_its_file(progress: Progress) -> None:
    loaded = decode(encode(progress))
    assert loaded is not None
    assert loaded.problems == ()
    assert loaded.progress == progress
    assert encode(loaded.progress) == encode(progress)


def test_progress_is_kept_between_sittings(tmp_path: Path, material: Material) -> None:
    file = ProgressFile(tmp_path / "learn", "学员 甲")
    known = file.load().progress
    assert known.seed == "学员-甲"
    known = answered(known, ask(material, "classify:1:1"), Graded(0.0, (), {"slot:output.cost": 0.0}), DAY)
    known = read_to(known, material.lessons["why"], 4, 0, DAY)
    file.save(finish(known, material.lessons["tour"], DAY))
    again = ProgressFile(tmp_path / "learn").load()
    assert again.problems == ()
    assert again.progress.lesson("why").page == 4
    assert again.progress.finished() == ("tour",)
    assert [path.name for path in (tmp_path / "learn").iterdir()] == ["progress.toml"]


@pytest.mark.parametrize(
    "damage", [b"\xff\xfe\x00", b"schema_version = 1\n[kind", b"", b"schema_version = 99\n", b"schema_version = true\n"]
)
def test_a_damaged_file_is_said_kept_and_not_fatal(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "progress.toml"
    path.write_bytes(damage)
    file = ProgressFile(tmp_path, "甲")
    loaded = file.load()
    assert len(loaded.problems) == 1
    assert loaded.progress.trainee == "甲"
    file.save(loaded.progress)
    file.save(loaded.progress)
    assert (tmp_path / "progress-damaged-1.toml").read_bytes() == damage
    assert ProgressFile(tmp_path).load().problems == ()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_partly_wrong_file_keeps_what_is_right(tmp_path: Path) -> None:
    text = (
        'schema_version = 1\ntrainee = "甲"\ndays = "many"\nmissed = [{exercise = "a:1:1"}, {exercise = "b:1:1", due = 2026-01-01}]\n'
        "[kind.classify]\nanswered = 3\npoints = 2.5\nbest = 1.0\npassed = 2\nrecent = [1.0, 0.5]\n[kind.target]\nanswered = 1\n"
        '[topic."slot:x"]\nbox = 99\ndue = 2026-01-01\nseen = 1\npoints = 1\n[topic.bad]\ndue = "soon"\n[lesson]\nwhy = 5\n'
    )
    (tmp_path / "progress.toml").write_text(text, "utf-8")
    loaded = ProgressFile(tmp_path).load()
    assert len(loaded.problems) == 4
    assert loaded.progress.kind("classify").answered == 3
    assert loaded.progress.cards["slot:x"].box == len(INTERVALS) - 1
    assert loaded.progress.missed == (Missed("b:1:1", datetime.date(2026, 1, 1)),)


@given(st.binary(max_size=200))
def test_no_bytes_can_break_the_reading(data: bytes) -> None:
    decode(data.decode("utf-8", errors="replace"))
