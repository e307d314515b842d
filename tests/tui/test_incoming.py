"""Forms on their way in: whatever a person does before saving, no text is lost but what was dropped on purpose."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import answers
from domain.exchange import ImportProblem, read
from domain.fields import Field, Kind
from domain.framework import framework
from domain.model import fields
from domain.records.codec import decode, encode
from tui import incoming
from tui.incoming import Form, Loose

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "domain" / "exchange" / "samples" / "three-forms.txt"


def by_key(key: str) -> Field:
    return next(one for one in fields() if one.key == key)


OVERVIEW, START, PHONE = by_key("narrative.overview"), by_key("project.start_date"), by_key("project.phone")


def everything(form: Form) -> str:
    """All texts of a form, wherever they stand."""
    declaration = form.declaration
    texts = [answers.shown(declaration.get(one.path)) for one in fields()]
    texts += [f"{row.name} {row.target}" for row in declaration.indicators]
    return "\n".join([*texts, *(one.text for one in form.loose)])


@pytest.fixture
def forms() -> tuple[Form, ...]:
    return incoming.forms_of(read(SAMPLE.read_bytes(), SAMPLE.name))


def test_untouched_forms_are_saved_as_they_were_read(forms: tuple[Form, ...]) -> None:
    assert [form.to_save() for form in forms] == [one.record for one in read(SAMPLE.read_bytes(), SAMPLE.name)]


def test_a_paragraph_goes_behind_what_is_there(forms: tuple[Form, ...]) -> None:
    form = Form(forms[0].record, loose=(Loose("另有一段"),))
    before = form.declaration.narrative.overview
    form, note = incoming.place_in_field(form, 0, OVERVIEW, "另有一段")
    assert (form.declaration.narrative.overview, form.loose, note) == (f"{before}\n另有一段", (), "")
    assert form.record.marks("origins")[OVERVIEW.key] == "imported"


def test_what_gives_way_becomes_loose(forms: tuple[Form, ...]) -> None:
    form = Form(forms[0].record, loose=(Loose("电话：5970000"),))
    old = form.declaration.project.phone
    form, _ = incoming.place_in_field(form, 0, PHONE, form.loose[0].words_for(PHONE))
    assert form.declaration.project.phone == "5970000"
    assert [one.text for one in form.loose] == [f"{PHONE.spec.label}：{old}"]


def test_what_is_not_understood_stays_loose(forms: tuple[Form, ...]) -> None:
    form = Form(forms[0].record, loose=(Loose("年初"),))
    same, note = incoming.place_in_field(form, 0, START, "年初")
    assert same is form
    assert "年初" in note


def test_a_loose_text_becomes_an_indicator_in_its_slot(forms: tuple[Form, ...]) -> None:
    slot = framework().slots[7]
    form = Form(forms[0].record, loose=(Loose("线路畅通率 >=99%"),))
    form, _ = incoming.place_in_slot(form, 0, slot, form.loose[0].text)
    order = [one.key for one in framework().slots]
    placed = [order.index(row.slot) for row in form.declaration.indicators]
    assert placed == sorted(placed)
    assert ("线路畅通率", ">=99%") in [
        (row.name, row.target) for row in form.declaration.indicators if row.slot == slot.key
    ]


def test_dropped_texts_stay_behind_and_the_rest_is_kept(forms: tuple[Form, ...]) -> None:
    form = Form(forms[0].record, loose=(Loose("甲"), Loose("乙")))
    form = incoming.drop(form, 0)
    assert form.to_save().extra["unplaced"] == {"text": ["乙"]}
    assert decode(encode(form.to_save())).record == form.to_save()
    assert "unplaced" not in incoming.drop(form, 1).to_save().extra
    assert incoming.drop(form, 0).to_save().extra["unplaced"] == {"text": ["甲", "乙"]}


def test_an_oddity_is_settled_with_its_field() -> None:
    form = Form(read(SAMPLE.read_bytes())[0].record, ("“联系电话”里可能错了", "第3行：可能错了"))
    assert incoming.state(form, PHONE) == "！"
    form, _ = incoming.set_field(form, PHONE, "5970000")
    assert incoming.state(form, PHONE) == "√"
    assert form.others == ["第3行：可能错了"]


def test_what_is_still_misplaced_after_an_exchange_is_said_again() -> None:
    plan, measures, goal = by_key("narrative.plan"), by_key("narrative.measures"), by_key("narrative.overall_goal")
    form = Form(read(SAMPLE.read_bytes())[0].record)
    form, _ = incoming.set_field(form, plan, "《网格化管理工作例会制度》《督办制度》")
    form, _ = incoming.set_field(form, measures, "每月检查一次")
    wrong = incoming.exchange(incoming.exchange(form, plan, goal), goal, plan)
    assert incoming.state(wrong, plan) == "！"
    assert incoming.state(incoming.exchange(wrong, plan, measures), plan) == "√"


LONG = [one for one in fields() if one.spec.kind is Kind.LONG]
WORDS = st.text(st.sampled_from("线路畅通率甲乙丙年初：=147条\n "), min_size=1, max_size=20).filter(str.strip)
STEPS = st.lists(
    st.tuples(st.sampled_from(("field", "slot", "exchange", "drop")), st.integers(0, 30), st.integers(0, 30)),
    max_size=12,
)


@given(loose=st.lists(WORDS, min_size=1, max_size=4), steps=STEPS)
def test_nothing_is_lost_on_the_way(loose: list[str], steps: list[tuple[str, int, int]]) -> None:
    form = Form(read(SAMPLE.read_bytes())[0].record, loose=tuple(Loose(text) for text in loose))
    before = sorted(everything(form).replace("\n", "").replace(" ", ""))
    everywhere = list(fields())
    for step, one, other in steps:
        if step == "exchange":
            form = incoming.exchange(form, LONG[one % len(LONG)], LONG[other % len(LONG)])
        elif form.loose:
            number = one % len(form.loose)
            text = form.loose[number].text
            if step == "drop":
                form = incoming.drop(form, number)
            elif step == "slot":
                form, _ = incoming.place_in_slot(form, number, framework().slots[other % len(framework().slots)], text)
            elif everywhere[other % len(everywhere)].spec.kind is Kind.LONG:
                form, _ = incoming.place_in_field(form, number, everywhere[other % len(everywhere)], text)
    assert sorted(everything(form).replace("\n", "").replace(" ", "")) == before


# -- files --


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    path.touch()
    os.truncate(path, incoming.MAX_FILE + 5)
    with pytest.raises(ImportProblem, match="上限"):
        incoming.read_file(path)


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: os.mkfifo(path), lambda path: None])
def test_what_is_no_file_is_said(tmp_path: Path, make: object) -> None:
    path = tmp_path / "它"
    make(path)  # type: ignore[operator]
    with pytest.raises(ImportProblem):
        incoming.read_file(path)
