"""What holds for every kind of exercise, over many seeds: answerable, full marks for its key, less for no answer."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.training import Exercise, ExerciseError, Material, ask, exported, grade, key
from domain.training.exercise import parse_id
from domain.training.kinds import KINDS
from domain.training.layout import WIDTH, width
from domain.training.practice import topics

NAMES = [kind.id for kind in KINDS]
SEEDS = {"defects": 40, "reviewer": 30, "form": 20}


def ids(name: str, seed: str = "s") -> list[str]:
    return [f"{name}:{seed}:{number}" for number in range(1, SEEDS.get(name, 120) + 1)]


Asked = Callable[[str], Exercise]


@pytest.fixture(scope="module")
def asked(material: Material) -> Asked:
    """The exercise of an id, made once for all tests that only look at it."""
    return cache(lambda identity: ask(material, identity))


@pytest.mark.parametrize("name", NAMES)
def test_an_exercises_own_key_earns_everything(material: Material, asked: Asked, name: str) -> None:
    for identity in ids(name):
        exercise = asked(identity)
        result = grade(material, exercise, key(material, exercise))
        assert (result.score, result.passed) == (1.0, True), identity
        assert set(result.topics.values()) <= {1.0}, identity


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_and_nonsense_earn_less_than_a_pass(material: Material, asked: Asked, name: str) -> None:
    for identity in ids(name)[:30]:
        exercise = asked(identity)
        for answer in (None, "", "不知道", [], {}):
            if answer in ("", None, []) and key(material, exercise) in ("0", "优"):
                continue
            assert grade(material, exercise, answer).score < 0.8, (identity, answer)


@pytest.mark.parametrize("name", NAMES)
def test_every_explanation_names_a_test_question(material: Material, asked: Asked, name: str) -> None:
    for identity in ids(name)[:30]:
        exercise = asked(identity)
        for answer in (key(material, exercise), "不知道"):
            assert "检验问句" in "".join(grade(material, exercise, answer).explanation), identity


@pytest.mark.parametrize("name", NAMES)
def test_exercises_differ_between_numbers_and_seeds_but_not_between_calls(material: Material, name: str) -> None:
    def content(identity: str) -> str:
        exercise = ask(material, identity)
        return json.dumps([exercise.data, exercise.posed.lines], ensure_ascii=False, sort_keys=True)

    first = [content(identity) for identity in ids(name)[:20]]
    assert first == [content(identity) for identity in ids(name)[:20]]
    assert len(set(first)) > 10 if name != "form" else len(set(first)) > 5
    assert first != [content(identity) for identity in ids(name, "other")[:20]]


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_survives_json_and_grades_the_same(material: Material, asked: Asked, name: str) -> None:
    for identity in ids(name)[:10]:
        exercise = asked(identity)
        again = ask(material, json.loads(json.dumps(exported(exercise), ensure_ascii=False)))
        assert again.posed == exercise.posed
        for answer in (key(material, exercise), "1", "不知道"):
            assert grade(material, again, answer) == grade(material, exercise, answer)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_fits_the_page_and_says_what_to_do(asked: Asked, name: str) -> None:
    for identity in ids(name)[:40]:
        posed = asked(identity).posed
        assert posed.lines
        assert posed.ask
        assert max(map(width, posed.lines)) <= WIDTH, identity
        assert len(set(posed.choices)) == len(posed.choices), identity


def test_every_topic_can_be_asked_for_and_is_what_is_trained(material: Material) -> None:
    for topic, kind in topics(material):
        exercise = ask(material, f"{kind.id}:t:1:{topic}")
        result = grade(material, exercise, key(material, exercise))
        assert result.score == 1.0, (kind.id, topic)
        if topic.startswith(("slot:", "rule:", "field:", "lesson:")):
            assert topic in exercise.posed.topics, (kind.id, topic)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 99) | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=JSON)
def test_no_answer_can_break_the_grading(material: Material, asked: Asked, name: str, answer: object) -> None:
    exercise = asked(f"{name}:f:2")
    result = grade(material, exercise, answer)
    assert 0.0 <= result.score <= 1.0
    assert result.explanation


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=st.sampled_from(NAMES),
    data=st.dictionaries(
        st.sampled_from(
            [
                "name",
                "level1",
                "level2",
                "text",
                "form",
                "example",
                "rules",
                "options",
                "choices",
                "answer",
                "ask",
                "story",
                "fields",
                "paragraphs",
                "operators",
                "unit",
                "low",
                "high",
                "basis",
                "judged",
                "target",
                "was",
            ]
        ),
        JSON,
        max_size=6,
    ),
)
def test_a_table_that_is_no_exercise_is_refused_and_nothing_else(material: Material, wanted: str, data: dict) -> None:
    with contextlib.suppress(ExerciseError):
        grade(material, ask(material, {"kind": wanted, **data}), "1")


@pytest.mark.parametrize("text", ["", "classify", "classify:7", "classify:7:x", ":7:1", "classify::1", "classify:7:-1"])
def test_an_id_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ExerciseError, match="题号"):
        parse_id(text)


@pytest.mark.parametrize(
    "wanted",
    [
        "nope:1:1",
        "classify:1:1:slot:nowhere",
        "defects:1:1:level:9",
        "defects:1:1:rule:R999",
        "repair:1:1:rule:R1",
        "quiz:why:99",
        "order:1:1:field:nothing",
        {"kind": "nope"},
        {"id": 5},
        {},
        5,
        {"kind": "sums"},
        {"kind": "form", "story": "none"},
    ],
)
def test_exercises_that_do_not_exist_are_refused_in_words(material: Material, wanted: object) -> None:
    with pytest.raises(ExerciseError):
        ask(material, wanted)  # type: ignore[arg-type]
