"""Names spelled by pinyin initials, over a small library and a small record of our own."""

from __future__ import annotations

import pytest

from domain.library import builtin_library
from suggest.compose import MAX_NAME
from suggest.segment import load_segment
from suggest.wording import OwnWords, Speller, Told, initials, opened, wording_data

SLOT = ("产出目标", "数量")
NAMES = (
    "{对象}购置数量",
    "设备购置数",
    "座椅更换数量",
    "路灯安装数量",
    "树木补植株数",
    "公厕保洁面积",
    "志愿者培训人数",
    "学员人数",
)
TEXTS = (("公园座椅更新项目", 4), ("更换座椅和凉亭护栏，补植香樟。护栏油漆喷涂两遍，按计划完成。", 1))


def speller(*rows: str, names: tuple[str, ...] = NAMES) -> Speller:
    like = builtin_library()[0]
    entries = [like._replace(level1=SLOT[0], level2=SLOT[1], name=name, synonyms=()) for name in names]
    segment = load_segment()
    return Speller(
        opened(wording_data(entries, segment)), "/".join(SLOT), OwnWords(Told(TEXTS, rows), segment), segment
    )


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("zyghsl", "座椅更换数量"),
        ("zygh", "座椅更换数量"),
        ("hlghsl", "护栏更换数量"),
        ("hlptsl", "护栏喷涂数量"),
        ("护栏ptsl", "护栏喷涂数量"),
        ("护栏喷涂", "护栏喷涂数量"),
        ("lthlsl", "凉亭护栏数量"),
    ],
)
def test_words_of_the_library_and_of_the_record_make_a_name(query: str, wanted: str) -> None:
    assert wanted in speller().names(query, 5)


@pytest.mark.parametrize("query", ["szsd", "szsdwx", "szsdwxsl"])
def test_what_a_row_filed_before_is_about_may_be_measured_otherwise(query: str) -> None:
    assert "石桌、石凳维修数量" not in speller().names(query, 5)
    assert "石桌、石凳维修数量" in speller("石桌、石凳维修合格率").names(query, 5)


@pytest.mark.parametrize("query", ["", "z", "zy", "zyg!", "z" * 25, "zy gh", "qqqq", "，，，"])
def test_what_spells_nothing(query: str) -> None:
    assert speller().names(query, 5) == []


def test_people_are_counted_only_behind_words_for_people() -> None:
    spelled = speller()
    assert spelled.names("座椅更", 5)
    assert not [name for name in (*spelled.names("座椅更", 5), *spelled.names("hlp", 5)) if "人数" in name]
    assert "学员人数" in spelled.names("xyr", 5)


@pytest.mark.parametrize("query", ["zyghslsl", "gyzygxslzyghslzyghsl", "slslsl"])
def test_no_name_stutters_or_grows_too_long(query: str) -> None:
    for name in speller().names(query, 5):
        assert "数量数量" not in name
        assert len(name) <= MAX_NAME


def test_further_letters_give_the_same_as_all_at_once() -> None:
    step_by_step = speller()
    for size in range(3, 7):
        step_by_step.names("hlghsl"[:size], 5)
    assert step_by_step.names("hlghsl", 5) == speller().names("hlghsl", 5)


def test_a_word_is_typed_by_each_of_its_readings() -> None:
    assert initials("重复") == {"zf", "cf"}
    assert initials("GPS定位") == {"gpsdw"}
    assert initials("，") == set()
    assert initials("很长很长很长的词") == set()


def test_without_a_library_the_record_alone_spells_nothing() -> None:
    assert speller(names=()).names("hlghsl", 5) == []
