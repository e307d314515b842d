"""Forms on their way in: whatever a person does before saving, no text is lost but what was dropped on purpose."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import answers
from domain.changes import Record
from domain.exchange import Oddity, OddityKind, read
from domain.fields import Field, Kind
from domain.framework import framework
from domain.marks import WEIGHTS, row_key
from domain.model import fields
from domain.records.codec import decode, encode
from domain.records.store import Store
from tests.paths import THREE_FORMS
from tui import incoming
from tui.incoming import Form, Loose
from tui.screens.understood_rows import state


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
    return incoming.forms_of(read(THREE_FORMS.read_bytes(), THREE_FORMS.name))


def test_untouched_forms_are_saved_as_they_were_read(forms: tuple[Form, ...]) -> None:
    assert [form.to_save() for form in forms] == [
        one.record for one in read(THREE_FORMS.read_bytes(), THREE_FORMS.name)
    ]


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("电话：5970000", "5970000"),
        ("5970000", "5970000"),
        ("电话：", "电话："),
        ("见附件\n电话：5970000", "见附件\n电话：5970000"),
        (f"{'说明' * 11}：5970000", f"{'说明' * 11}：5970000"),
    ],
)
def test_only_a_label_before_a_value_goes(text: str, words: str) -> None:
    assert Loose(text).words_for(PHONE) == words


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("5970000", ["联系人 张工 电话"]),
        ("联系人 张工 电话 5970000", []),
        ("0631-5970000", ["×联系人 张工 电话 5970000"]),
    ],
)
def test_of_a_line_that_holds_several_things_the_rest_stays(
    forms: tuple[Form, ...], words: str, left: list[str]
) -> None:
    name = by_key("project.unit")
    form = Form(forms[0].record, loose=(Loose("联系人 张工 电话 5970000"),))
    form = incoming.loosen(form, name)
    old = form.loose[-1]
    form, _ = incoming.place_in_field(form, 0, name, words)
    assert [f"{'×' * one.dropped}{one.text}" for one in form.loose if one != old] == left


def test_one_indicator_after_the_other_is_taken_out_of_a_line(forms: tuple[Form, ...]) -> None:
    slot = framework().slots[4]
    form = Form(forms[0].record, loose=(Loose("指标：更换灯具数 40盏；亮灯率 >=98%；居民满意度 >=90%"),))
    form, _ = incoming.place_in_slot(form, 0, slot, "亮灯率 >=98%")
    assert [one.text for one in form.loose] == ["指标：更换灯具数 40盏；居民满意度 >=90%"]
    form, _ = incoming.place_in_slot(form, 0, slot, "居民满意度 >=90%")
    assert [one.text for one in form.loose] == ["指标：更换灯具数 40盏"]
    form, _ = incoming.place_in_slot(form, 0, slot, "更换灯具数 40盏")
    assert form.loose == ()


def test_what_is_not_understood_stays_loose(forms: tuple[Form, ...]) -> None:
    form = Form(forms[0].record, loose=(Loose("上半年"),))
    same, note = incoming.place_in_field(form, 0, START, "上半年")
    assert same is form
    assert "上半年" in note


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
    doubt = Oddity(OddityKind.NOT_UNDERSTOOD, "看不懂", PHONE.path, raw="上半年")
    other = Oddity(OddityKind.DAMAGED, "第3行读不了")
    form = Form(read(THREE_FORMS.read_bytes())[0].record, (doubt, other))
    assert state(form, PHONE) == "！"
    form, _ = incoming.set_field(form, PHONE, "5970000")
    assert state(form, PHONE) == "√"
    assert form.others == [other]


def test_what_was_not_understood_is_there_to_be_corrected_and_goes_once_it_is() -> None:
    text = THREE_FORMS.read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(text) if "开始时间" in line)
    text[at] = "开始时间：\t上半年"
    [form, *_] = incoming.forms_of(read("\n".join(text).encode()))
    assert incoming.to_edit(form, START) == "上半年"
    assert [one.text for one in form.left] == ["开始时间：上半年"]
    form, _ = incoming.set_field(form, START, "2020-01-01")
    assert form.left == ()
    assert [one.text for one in form.loose] == ["开始时间：上半年"]


def test_what_is_missing_is_said_for_as_long_as_it_is(forms: tuple[Form, ...]) -> None:
    name = by_key("project.name")
    emptied = incoming.loosen(forms[0], name)
    [before] = [odd.text for odd in incoming.looked_over([emptied])[0].oddities if odd.kind is OddityKind.MISSING]
    assert name.spec.label in before
    filled, _ = incoming.place_in_field(emptied, len(emptied.loose) - 1, name, "线路租用费")
    after = [odd.text for odd in incoming.looked_over([filled])[0].oddities if odd.kind is OddityKind.MISSING]
    assert not any(name.spec.label in text for text in after)


def test_an_indicator_gets_another_name_target_and_slot(forms: tuple[Form, ...]) -> None:
    form = forms[0]
    row = form.declaration.indicators[0]
    form = replace(form, record=form.record.marked(WEIGHTS, row_key(row), "10"))
    form, note = incoming.change_row(form, 0, "光纤租用条数", "=147条")
    assert note == ""
    changed = form.declaration.indicators[0]
    assert (changed.slot, changed.name, changed.target) == (row.slot, "光纤租用条数", "=147条")
    assert row_key(row) not in form.record.marks("origins")
    assert form.record.marks("origins")[row_key(changed)] == "typed"
    slot = framework().slots[-1]
    form = incoming.move_row(form, 0, slot)
    moved = [row for row in form.declaration.indicators if row.slot == slot.key]
    assert (moved[-1].name, moved[-1].target) == ("光纤租用条数", "=147条")
    assert form.record.marks("origins")[row_key(moved[-1])] == "imported"
    assert form.record.marks(WEIGHTS) == {row_key(moved[-1]): "10"}
    same, note = incoming.change_row(form, 0, " ", "1")
    assert same is form
    assert "指标名称" in note


def test_a_dropped_indicator_can_come_back_where_it_was(forms: tuple[Form, ...]) -> None:
    form = forms[0]
    row = form.declaration.indicators[0]
    without = incoming.drop_row(form, 0)
    assert row not in without.declaration.indicators
    assert without.left == form.left
    number = len(without.loose) - 1
    slot = next(slot for slot in framework().slots if slot.key == row.slot)
    back, note = incoming.place_in_slot(
        incoming.drop(without, number), number, slot, without.loose[number].words_for(slot)
    )
    assert note == ""
    assert set(back.declaration.indicators) == set(form.declaration.indicators)


def test_what_is_still_misplaced_after_an_exchange_is_said_again() -> None:
    plan, measures, goal = by_key("narrative.plan"), by_key("narrative.measures"), by_key("narrative.overall_goal")
    form = Form(read(THREE_FORMS.read_bytes())[0].record)
    form, _ = incoming.set_field(form, plan, "《网格化管理工作例会制度》《督办制度》")
    form, _ = incoming.set_field(form, measures, "每月检查一次")
    [wrong] = incoming.looked_over([incoming.exchange(incoming.exchange(form, plan, goal), goal, plan)])
    assert state(wrong, plan) == "！"
    [right] = incoming.looked_over([incoming.exchange(wrong, plan, measures)])
    assert state(right, plan) == "√"


def test_texts_shifted_between_fields_all_come_home() -> None:
    """One form as it should be, and the same texts one field further, as where a line was lost while copying."""
    right = read(THREE_FORMS.read_bytes())[0].record.declaration
    shifted = [by_key(f"narrative.{name}") for name in ("basis", "necessity", "measures", "plan", "overall_goal")]
    texts = [
        f"{words}，" * 8 for words in ("会议纪要第二次", "热线必须开通", "《督办制度》", "每月缴费一次", "线路全年畅通")
    ]
    good, bad = right, replace(right, project=replace(right.project, name="错位的一张"))
    for at, one in enumerate(shifted):
        good = good.replace(one.path, texts[at])
        bad = bad.replace(one.path, texts[at - 1])
    both = incoming.looked_over([Form(Record(good)), Form(Record(bad))])
    form = both[1]
    assert len(form.homes) == len(shifted)
    home = incoming.looked_over([both[0], incoming.bring_home(form)])[1]
    assert [home.declaration.get(one.path) for one in shifted] == texts
    assert home.homes == {}
    assert not any(odd.meant for odd in home.oddities)


LONG = [one for one in fields() if one.spec.kind is Kind.LONG]
WORDS = st.text(st.sampled_from("线路畅通率甲乙丙年初：=147条\n "), min_size=1, max_size=20).filter(str.strip)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("field", "slot", "exchange", "home", "drop", "loosen", "row", "move")),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=12,
)


@given(loose=st.lists(WORDS, min_size=1, max_size=4), steps=STEPS)
def test_nothing_is_lost_on_the_way(loose: list[str], steps: list[tuple[str, int, int]]) -> None:
    form = Form(read(THREE_FORMS.read_bytes())[0].record, loose=tuple(Loose(text) for text in loose))
    before = Counter(everything(form))
    everywhere = list(fields())
    for step, one, other in steps:
        if step == "exchange":
            form = incoming.exchange(form, LONG[one % len(LONG)], LONG[other % len(LONG)])
        elif step == "home":
            form = incoming.bring_home(incoming.looked_over([form])[0])
        elif step == "loosen":
            form = incoming.loosen(form, LONG[one % len(LONG)])
        elif step == "row" and form.declaration.indicators:
            form = incoming.drop_row(form, one % len(form.declaration.indicators))
        elif step == "move" and form.declaration.indicators:
            slot = framework().slots[other % len(framework().slots)]
            form = incoming.move_row(form, one % len(form.declaration.indicators), slot)
        elif form.loose:
            number = one % len(form.loose)
            text = form.loose[number].text
            if step == "drop":
                form = incoming.drop(form, number)
            elif step == "slot":
                form, _ = incoming.place_in_slot(form, number, framework().slots[other % len(framework().slots)], text)
            elif everywhere[other % len(everywhere)].spec.kind is Kind.LONG:
                form, _ = incoming.place_in_field(form, number, everywhere[other % len(everywhere)], text)
    lost = before - Counter(everything(form))
    assert not set(lost) - {"\n", " "}


def test_forms_named_as_records_that_are_there_are_counted(forms: tuple[Form, ...], tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert incoming.named_again(forms, store) == 0
    store.add(forms[0].record)
    assert incoming.named_again(forms, store) == 1
    assert incoming.named_again([replace(forms[0], wanted=False), *forms[1:]], store) == 0
