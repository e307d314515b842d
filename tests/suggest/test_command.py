"""The headless command: JSON-able answers, JSON lines in and out, and what it says about bad input."""

from __future__ import annotations

import json

import pytest

from domain.framework import framework
from domain.model import Declaration
from suggest.command import SuggestError, as_text, declaration_of, run, run_lines, slot_of
from suggest.engine import Engine

LINE = {
    "id": "a",
    "unit": "区城管局",
    "project": "路灯维修",
    "narrative": "维修路灯300盏，满意度90%。",
    "amount_wan": 12.5,
    "year": 2021,
    "x": 1,
}


def test_an_answer_has_every_slot(engine: Engine) -> None:
    answer = run(engine, declaration_of(LINE), identity="a")
    assert list(answer["slots"]) == ["/".join(slot.key) for slot in framework().slots]
    first = answer["slots"]["产出目标/数量"][0]
    assert set(first) == {"id", "name", "target", "score", "reasons"}
    assert first["target"] == "=300盏"
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer
    assert "产出目标›数量" in as_text(answer)
    assert as_text({"slots": {}}).startswith("没有")


def test_one_slot_can_be_asked_for(engine: Engine) -> None:
    answer = run(engine, declaration_of(LINE), ("产出目标", "成本"), 2)
    assert list(answer["slots"]) == ["产出目标/成本"]
    assert len(answer["slots"]["产出目标/成本"]) == 2
    assert "<=12.5万元" in json.dumps(answer, ensure_ascii=False)


def test_a_line_for_each_line(engine: Engine) -> None:
    lines = list(run_lines(engine, [json.dumps(LINE), "", "  ", json.dumps({"id": "b", "project": None})]))
    assert [json.loads(line)["id"] for line in lines] == ["a", "b"]
    assert set(json.loads(lines[0])) == {"id", "slots"}
    assert "\n" not in lines[0]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"x"',
        '{"project": 3}',
        '{"amount_wan": "many"}',
        '{"amount_wan": -1}',
        '{"amount_wan": "NaN"}',
        '{"unit": []}',
        f'{{"id": {"1" * 5000}}}',
        "[" * 100_000,
    ],
)
def test_bad_lines_are_named(engine: Engine, line: str) -> None:
    with pytest.raises(SuggestError, match="第2行"):
        list(run_lines(engine, ["{}", line]))


def test_a_bad_line_is_named_once_with_the_place_in_it(engine: Engine) -> None:
    with pytest.raises(SuggestError) as raised:
        list(run_lines(engine, ["", '{"id": 一}'], first=7))
    assert str(raised.value) == "第8行从第8个字符起不是 JSON"


def test_what_a_line_says_becomes_a_declaration() -> None:
    declaration = declaration_of({"project": "a\nb", "narrative": "x\r\ny\x1b[31m", "amount_wan": "3", "year": "二"})
    assert declaration.project.name == "a b"
    assert declaration.narrative.overview == "x\ny"
    assert declaration.project.year is None
    assert declaration_of({}) == Declaration()


def test_slots_have_names() -> None:
    assert slot_of("产出目标/数量", framework()) == ("产出目标", "数量")
    assert slot_of("产出目标›数量", framework()) == ("产出目标", "数量")
    assert slot_of("数量", framework()) == ("产出目标", "数量")
    with pytest.raises(SuggestError, match="产出目标/质量"):
        slot_of("无", framework())
