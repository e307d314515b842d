"""Two forms compared: what differs in the form's own terms, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.comparing import RowKind, compare, match_rows, target_delta
from domain.comparing_report import Look, data, report
from domain.comparing_texts import Mark, pieces, sentences
from domain.model import Declaration, Funding, Indicator, Narrative, Project
from tests.domain.strategies import declarations

QUANTITY = ("产出目标", "数量")
QUALITY = ("产出目标", "质量")


def row(name: str, target: str = "", slot: tuple[str, str] = QUANTITY) -> Indicator:
    return Indicator(*slot, name, target)


def lines(before: Declaration, after: Declaration) -> list[str]:
    return [line.text for line in report(compare(before, after), "旧", "新")]


@given(declarations())
def test_a_form_is_the_same_as_itself(form: Declaration) -> None:
    found = compare(form, form)
    assert found.equal
    assert "完全一样" in lines(form, form)[-1]


@given(declarations(), declarations())
def test_every_difference_is_found_and_nothing_else(one: Declaration, other: Declaration) -> None:
    found = compare(one, other)
    for change in found.fields:
        assert one.get(change.field.path) != other.get(change.field.path)
    back = one
    for change in found.fields:
        back = back.replace(change.field.path, other.get(change.field.path))
    assert (back.project, back.funding, back.narrative) == (other.project, other.funding, other.narrative)
    gone = [change.before for change in found.rows if change.before]
    come = [change.after for change in found.rows if change.after]
    assert sorted(map(repr, come)) == sorted(map(repr, _without(other.indicators, one.indicators, gone)))
    json.dumps(data(found, "旧", "新"))
    assert lines(one, other)


def _without(rows: tuple[Indicator, ...], same_as: tuple[Indicator, ...], gone: list[Indicator]) -> list[Indicator]:
    """The rows less those that stand unchanged on the other side."""
    kept = list(same_as)
    for one in gone:
        kept.remove(one)
    left = list(rows)
    for one in kept:
        left.remove(one)
    return left


def test_money_with_difference_and_percentage() -> None:
    before, after = (Declaration(funding=Funding(requested=Decimal(text))) for text in ("24.63", "29.5"))
    assert "本年度预算申请金额：24.63万元 → 29.5万元（+4.87万元，+19.8%）" in lines(before, after)
    assert data(compare(before, after), "a", "b")["fields"][0]["percent"] == "19.8"
    assert "项目总金额：（空） → 5万元" in lines(Declaration(), Declaration(funding=Funding(total=Decimal(5))))
    grown = lines(Declaration(funding=Funding(total=Decimal(0))), Declaration(funding=Funding(total=Decimal(5))))
    assert "项目总金额：0万元 → 5万元（+5万元）" in grown


def test_texts_by_sentence() -> None:
    old = "承接热线业务。向143个村居提供宽带；保障运行。"
    new = "承接热线业务。向147个村居提供宽带；保障运行。新增两条专线。"
    before, after = (Declaration(narrative=Narrative(overview=text)) for text in (old, new))
    assert lines(before, after)[2:-1] == [
        "项目概况：改 1 句，加 1 句（24 → 31 字）",
        "  ~ 向[-143-]{+147+}个村居提供宽带；",
        "  + 新增两条专线。",
    ]


def test_changed_words_are_marked_by_signs_and_by_looks() -> None:
    old, new = "每季度向143个村居缴纳光纤费用12.5万元。", "每季度按合同向147个村居支付光纤费用12.8万元。"
    found = compare(*(Declaration(narrative=Narrative(plan=text)) for text in (old, new)))
    [line] = [line for line in report(found, "旧", "新") if line.look is Look.CHANGED]
    assert line.text == "  ~ 每季度{+按合同+}向[-143-]{+147+}个村居[-缴纳-]{+支付+}光纤费用[-12.5-]{+12.8+}万元。"
    assert "".join(text for _, text in line.parts) == line.text
    assert [text for look, text in line.parts if look is Look.GONE] == ["[-143-]", "[-缴纳-]", "[-12.5-]"]
    [sentence] = data(found, "a", "b")["fields"][0]["sentences"]
    assert (sentence["mark"], sentence["before"], sentence["after"]) == ("~", old, new)


SENTENCES = st.text(st.sampled_from("租用光纤条向村居1234,%。；\n"), max_size=60)


@given(SENTENCES, SENTENCES)
def test_both_sides_can_be_read_off_the_pieces(old: str, new: str) -> None:
    found = list(pieces(old, new))
    gone, come = Counter(sentences(old)), Counter(sentences(new))
    assert Counter(piece.before for piece in found if piece.before) <= gone
    assert Counter(piece.after for piece in found if piece.after) <= come
    unchanged = gone - Counter(piece.before for piece in found if piece.before)
    assert unchanged == come - Counter(piece.after for piece in found if piece.after)


WORDS = ("每季度", "按合同", "向143个村居", "缴纳", "光纤", "费用", "12.5万元", "并验收")


@given(st.permutations(WORDS), st.integers(0, len(WORDS) - 1), st.sampled_from(("", "支付", "12.8万元", "同时、")))
def test_both_sides_can_be_read_off_the_words_of_a_changed_sentence(words: list[str], at: int, other: str) -> None:
    old, new = "".join(words), "".join([*words[:at], other, *words[at + 1 :]])
    [piece] = pieces(old, new)
    assert "".join(run.words for run in piece.runs if run.mark is not Mark.NEW) == piece.before == old
    assert "".join(run.words for run in piece.runs if run.mark is not Mark.GONE) == piece.after == new


def test_a_sentence_of_thousands_of_characters_is_not_compared_by_words() -> None:
    old, new = "的" * 4000, "的" * 3999 + "甲"
    assert [(piece.mark, piece.runs) for piece in pieces(old, new)] == [(Mark.GONE, ()), (Mark.NEW, ())]


def test_a_sentence_put_in_between_does_not_part_a_changed_one() -> None:
    before = Declaration(narrative=Narrative(plan="每月缴纳147条光纤的租金。"))
    after = Declaration(narrative=Narrative(plan="先签合同。每月缴纳150条光纤的租金。"))
    assert [line[:3] for line in lines(before, after)[3:-1]] == ["  +", "  ~"]


def test_sentences_that_have_nothing_in_common_are_not_mixed() -> None:
    old, new = "平台已经建成。维护由中标单位承担。", "租用光纤一百条。每季度验收一次。"
    before, after = (Declaration(narrative=Narrative(plan=text)) for text in (old, new))
    assert [line[:3] for line in lines(before, after)[3:-1]] == ["  -", "  -", "  +", "  +"]


def test_a_text_divided_otherwise_is_said_so() -> None:
    before, after = (
        Declaration(narrative=Narrative(plan=text)) for text in ("一月签订。二月验收。", "一月签订。\n二月验收。")
    )
    assert "项目实施计划：句子都一样，只有空格或分段不同" in lines(before, after)


def test_sentences_keep_their_marks() -> None:
    assert sentences("甲。“乙。”丙；丁\n戊！") == ["甲。", "“乙。”", "丙；", "丁", "戊！"]


def test_indicators_by_slot_and_name_then_by_name_then_by_likeness() -> None:
    before = (row("租用光纤数", "=147条"), row("档案管理健全性", "健全"), row("信息报告及时率", ">=98%"), row("旧的"))
    after = (
        row("信息报告及时率", ">=98%", QUALITY),
        row("租用光纤条数", "=150条"),
        row("全新的一条", "=1个"),
        row("档案管理健全性", "健全"),
    )
    assert match_rows(before, after) == [(0, 1), (1, 3), (2, 0)]
    found = compare(Declaration(indicators=before), Declaration(indicators=after))
    assert {(change.kind, change.row.name) for change in found.rows} == {
        (RowKind.RENAMED, "租用光纤条数"),
        (RowKind.ADDED, "全新的一条"),
        (RowKind.REMOVED, "旧的"),
        (RowKind.MOVED, "信息报告及时率"),
    }
    assert found.same_rows == 1
    text = lines(Declaration(indicators=before), Declaration(indicators=after))
    assert "  改名 产出目标›数量　租用光纤数 → 租用光纤条数　=147条 → =150条（+3条，+2%）" in text
    assert "  换格 产出目标›数量 → 产出目标›质量　信息报告及时率　>=98%" in text


def test_rows_that_stand_twice_are_matched_one_to_one() -> None:
    before = (row("培训", "=1次"), row("培训", "=2次"))
    assert match_rows(before, tuple(reversed(before))) == [(0, 1), (1, 0)]
    assert len(match_rows(before, before[:1])) == 1


@pytest.mark.parametrize(
    ("old", "new", "delta"),
    [
        ("=147条", "=150条", "+3条，+2%"),
        (">=98%", ">=95%", "-3个百分点"),
        ("<3‰", "<2‰", "-1个千分点"),
        ("=147条", ">=147条", ""),
        ("=147条", "=147部", ""),
        ("健全", "=1项", ""),
        ("", "=1项", ""),
    ],
)
def test_how_far_a_target_moved(old: str, new: str, delta: str) -> None:
    assert target_delta(old, new) == delta


def test_a_thousand_rows_on_both_sides_take_no_time() -> None:
    before = tuple(row(f"旧指标{number}") for number in range(2000))
    after = tuple(row(f"新的一项{number}") for number in range(2000))
    assert match_rows(before, after) == []


def test_framework_and_empty_values() -> None:
    one = Declaration(project=Project(unit=" "))
    assert compare(one, replace(one, project=Project())).equal
    assert "指标框架：xiada-2020 → national-2021" in lines(one, replace(one, framework="national-2021"))
