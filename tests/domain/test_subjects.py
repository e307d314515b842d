"""Code tables: by code, by part of the name, by pinyin initials."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import pinyin, subjects
from domain.project import Coded

TABLES = [subjects.ECONOMIC, subjects.FUNCTIONAL]
POST = Coded("30207", "邮电费")


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_whole(name: str) -> None:
    table = subjects.table(name)
    lengths = (3, 5, 7)
    assert len(table) > 100
    assert all(
        code.isdigit() and len(code) in lengths and label.strip() == label != "" for code, label in table.items()
    )
    assert any(len(code) == subjects.CODE_LENGTH[name] for code in table)


@pytest.mark.parametrize("query", ["30207", "邮电费", "邮电", "ydf", "YDF", " 邮电 "])
def test_the_one_meant_comes_first(query: str) -> None:
    assert subjects.find(subjects.ECONOMIC, query)[0] == POST


def test_prefix_lists_what_can_be_filled_in_first() -> None:
    found = subjects.find(subjects.ECONOMIC, "302", limit=50)
    assert found[0].code == "302"  # the code itself
    assert all(one.code.startswith("302") for one in found)
    lengths = [len(one.code) for one in found[1:]]
    assert lengths == sorted(lengths, reverse=True)


def test_no_more_than_asked_for() -> None:
    assert len(subjects.find(subjects.FUNCTIONAL, "其他")) == 9
    assert len(subjects.find(subjects.FUNCTIONAL, "其他", limit=3)) == 3


def test_nothing_fits() -> None:
    assert subjects.find(subjects.ECONOMIC, "火星") == []


@pytest.mark.parametrize("name", TABLES)
@given(query=st.text(max_size=8))
def test_find_never_raises_and_finds_only_what_is_there(name: str, query: str) -> None:
    table = subjects.table(name)
    assert all(table[one.code] == one.name for one in subjects.find(name, query))


@pytest.mark.parametrize("name", TABLES)
def test_every_subject_is_found_by_its_code_and_its_name(name: str) -> None:
    for code, label in subjects.table(name).items():
        assert subjects.find(name, code)[0] == Coded(code, label)
        assert label in [one.name for one in subjects.find(name, label)]


@pytest.mark.parametrize(
    ("query", "text", "at"),
    [
        ("zjdwl", "资金到位率", 0),
        ("zjdw", "资金到位率", 0),
        ("dwl", "资金到位率", 2),
        ("cz", "重置", 0),
        ("zz", "重置", 0),
        ("5gjz", "5G基站", 0),
        ("abc", "资金", None),
        ("zjdwll", "资金到位率", None),
    ],
)
def test_initials(query: str, text: str, at: int | None) -> None:
    assert pinyin.matches(query, pinyin.keys(text)) == at


def test_punctuation_is_passed_over() -> None:
    assert pinyin.matches("wxhf", pinyin.keys("维修（护）费")) == 0


@pytest.mark.parametrize(
    ("text", "can_be"), [("yd", True), ("YD", True), ("y", False), ("y1", False), ("邮电", False), ("", False)]
)
def test_what_can_be_initials(text: str, can_be: bool) -> None:
    assert pinyin.is_initials(text) is can_be


def test_every_character_of_the_tables_has_its_initial() -> None:
    names = {
        char for name in TABLES for label in subjects.table(name).values() for char in label if "一" <= char <= "鿿"
    }
    assert [char for char in names if not pinyin.keys(char)] == []


@pytest.mark.parametrize(
    ("table", "code", "shown"),
    [
        (subjects.ECONOMIC, "30207", "[30207]邮电费"),
        (subjects.ECONOMIC, "30902", "[30902]办公设备购置（资本性支出（基本建设））"),
        (subjects.ECONOMIC, "31002", "[31002]办公设备购置（资本性支出）"),
        (subjects.FUNCTIONAL, "2010101", "[2010101]行政运行（人大事务）"),
    ],
)
def test_subjects_of_one_name_are_told_apart_in_lists(table: str, code: str, shown: str) -> None:
    assert subjects.told_apart(table, Coded(code, subjects.table(table)[code])) == shown


@pytest.mark.parametrize("name", TABLES)
def test_no_two_complete_subjects_look_alike_without_their_codes(name: str) -> None:
    full = [
        Coded(code, label) for code, label in subjects.table(name).items() if len(code) == subjects.CODE_LENGTH[name]
    ]
    shown = [subjects.told_apart(name, one).partition("]")[2] for one in full]
    assert len(set(shown)) == len(full), [one for one in shown if shown.count(one) > 1]


def test_words_before_the_name_are_of_its_headings() -> None:
    assert [one.code for one in subjects.find(subjects.FUNCTIONAL, "人大 行政运行")] == ["2010101"]
    assert subjects.find(subjects.FUNCTIONAL, "火星 行政运行") == []
