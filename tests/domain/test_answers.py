"""One parser for every kind of field: results and never exceptions."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import subjects
from domain.answers import END, PARSERS, START, Refused, Understood, coded, parse, shown, split_subjects
from domain.fields import Field, Kind
from domain.model import Coded, Declaration, fields, spec_at

FORM_2020 = Declaration().replace(("project", "year"), 2020)
FIELDS = {one.key: one for one in fields()}
NATURE, CATEGORY, PHONE = FIELDS["project.nature"], FIELDS["project.category"], FIELDS["project.phone"]
ECONOMIC, FUNCTIONAL = FIELDS["project.economic_subjects"], FIELDS["project.functional_subjects"]
PROCUREMENT, STARTS, ENDS = FIELDS["project.procurement"], FIELDS["project.start_date"], FIELDS["project.end_date"]
POST, RENT, TRAVEL = Coded("30207", "邮电费"), Coded("30214", "租赁费"), Coded("30211", "差旅费")


def value(one: Field, text: str, form: Declaration = FORM_2020) -> Any:
    found = parse(one, text, form)
    assert isinstance(found, Understood), found
    return found.value


def refusal(one: Field, text: str, form: Declaration = FORM_2020) -> Refused:
    found = parse(one, text, form)
    assert isinstance(found, Refused), found
    assert found.message.endswith("。")
    return found


def test_every_kind_has_a_parser() -> None:
    assert set(PARSERS) == set(Kind)


@given(
    st.sampled_from(list(FIELDS.values())),
    st.one_of(st.text(max_size=60), st.text("²1２,、[]（） x年月日全至元%是yd\n", max_size=20)),
)
def test_no_answer_raises_and_every_refusal_says_what_to_do(one: Field, text: str) -> None:
    for form in (Declaration(), FORM_2020, Declaration().replace(("project", "year"), 10**6)):
        found = parse(one, text, form)
        if isinstance(found, Refused):
            assert "请" in found.message
        else:
            assert parse(one, shown(found.value), form) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", "特定目标类项目"),
        ("特定目标类", "特定目标类项目"),
        ("qtyz", "其他运转类项目"),
        ("其他", "其他"),
        ("003001007036", "[003001007036]"),
        ("[003001007036]其他", "[003001007036]其他"),
    ],
)
def test_a_category_is_one_of_those_listed_or_a_local_one(text: str, expected: str) -> None:
    assert str(value(CATEGORY, text)) == expected


def test_a_category_that_is_not_listed_is_taken_with_a_word() -> None:
    found = parse(CATEGORY, "改扩建工程", FORM_2020)
    assert isinstance(found, Understood)
    assert found.value == Coded("", "改扩建工程")
    assert "不在列出的项目类别里" in found.note
    listed = parse(CATEGORY, "人员类项目", FORM_2020)
    assert isinstance(listed, Understood)
    assert not listed.note


@pytest.mark.parametrize("text", ["F", "5", "12", "？？", "abc"])
def test_what_can_be_no_category_is_asked_again(text: str) -> None:
    assert refusal(CATEGORY, text).candidates == CATEGORY.spec.choices


@pytest.mark.parametrize(
    ("text", "expected"),
    [("每年", "经常性项目"), ("每年都做的", "经常性项目"), ("只做一次", "一次性项目"), ("分几年做完", "阶段性项目")],
)
def test_a_choice_may_be_said_in_the_words_of_its_question(text: str, expected: str) -> None:
    assert value(NATURE, text) == expected


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("背景如下。\n1、项目背景：\n2、项目内容：\n养护公路。\n3、项目范围：\n", "项目背景、项目范围"),
        ("1、项目背景：路旧。\n2、项目内容：养护。\n\n3、项目范围：\n\n4、组织架构：镇政府实施。", "项目范围"),
        ("1、项目背景：\n路旧。", ""),
        ("项目背景：", ""),
    ],
)
def test_headings_of_the_outline_left_bare_are_named(text: str, bare: str) -> None:
    found = parse(FIELDS["narrative.overview"], text, FORM_2020)
    assert isinstance(found, Understood)
    assert found.note.partition("”")[0].partition("“")[2] == bare


def test_words_are_given_for_each_choice_or_for_none() -> None:
    for one in FIELDS.values():
        assert len(one.spec.spoken) in (0, len(one.spec.choices)), one.key


def test_every_candidate_is_an_answer() -> None:
    for one, text in ((NATURE, "性"), (ECONOMIC, "费"), (ECONOMIC, "ydf, 费, 30211"), (PROCUREMENT, "也许")):
        candidates = refusal(one, text).candidates
        assert len(candidates) > 1
        for candidate in candidates:
            value(one, candidate)


@pytest.mark.parametrize(
    ("text", "year"),
    [("2020", 2020), ("2020年", 2020), ("2020 年度", 2020), ("２０２１", 2021), ("21", 2021), ("二〇二一年", 2021)],
)
def test_year(text: str, year: int) -> None:
    assert value(FIELDS["project.year"], text) == year


@pytest.mark.parametrize("text", ["今年", "1900", "2200", "202", "20200101", "-1", "²"])
def test_no_year(text: str) -> None:
    assert "2021" in refusal(FIELDS["project.year"], text).message


@pytest.mark.parametrize("text", ["2026年中心小学屋面维修项目", "填2026"])
def test_a_year_among_other_words_is_named(text: str) -> None:
    assert "2026" in refusal(FIELDS["project.year"], text).message


@pytest.mark.parametrize("text", ["2025年2026年", "202020年", "1890年的事"])
def test_no_year_is_named_where_none_or_several_are_told(text: str) -> None:
    assert "四位数字，例如" in refusal(FIELDS["project.year"], text).message


@pytest.mark.parametrize(
    ("key", "text", "looks_like"),
    [
        ("project.unit", "中心小学屋面维修项目", "项目名称"),
        ("project.unit", "区社会治理服务中心", ""),
        ("project.name", "区教育和体育局", "单位名称"),
        ("project.name", "热线线路租用费", ""),
    ],
)
def test_a_text_meant_for_the_neighbour_is_kept_and_told(key: str, text: str, looks_like: str) -> None:
    found = parse(FIELDS[key], text, FORM_2020)
    assert isinstance(found, Understood)
    assert found.value == text
    assert looks_like in found.note
    assert bool(found.note) == bool(looks_like)


def test_text_is_one_clean_line() -> None:
    assert value(FIELDS["project.name"], " 热线\r\n线路\x1b[31m费\u200b ") == "热线 线路费"


def test_too_long_a_text_says_by_how_much() -> None:
    one = FIELDS["project.name"]
    assert "多了3字" in refusal(one, "长" * (one.spec.max_chars + 3)).message
    assert value(one, "长" * one.spec.max_chars)


def test_long_text_keeps_its_paragraphs() -> None:
    assert value(FIELDS["narrative.overview"], "\n一\r\n\r\n　二\n") == "一\n\n　二"


@pytest.mark.parametrize("text", ["1", "１", "经常性项目", "经常", "jcx", "JCXXM"])
def test_choice_by_number_words_or_initials(text: str) -> None:
    assert value(NATURE, text) == "经常性项目"


@pytest.mark.parametrize("text", ["0", "4", "²", "性", "", "abc"])
def test_no_choice_offers_them(text: str) -> None:
    assert set(refusal(NATURE, text).candidates) <= set(NATURE.spec.choices)
    assert refusal(NATURE, text).candidates


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("[003001007036]其他", "003001007036", "其他"),
        ("［003001007036］其他", "003001007036", "其他"),
        ("003001007036 其他", "003001007036", "其他"),
        ("003001007036", "003001007036", ""),
        ("其他", "", "其他"),
        ("信息化（软件）", "", "信息化（软件）"),
        ("5G网络建设", "", "5G网络建设"),
        ("[A01]其他", "A01", "其他"),
    ],
)
def test_category_as_written(text: str, code: str, name: str) -> None:
    assert value(CATEGORY, text) == coded(text) == Coded(code, name)


@pytest.mark.parametrize("text", ["是", "有", "y", "Y", "yes", "1", "包含", "１"])
def test_yes(text: str) -> None:
    assert value(PROCUREMENT, text) is True


@pytest.mark.parametrize("text", ["否", "无", "n", "No", "2", "没有。", "不包含"])
def test_no(text: str) -> None:
    assert value(PROCUREMENT, text) is False


@pytest.mark.parametrize(
    "text", ["5970000", "0631-5970000", "13800000000", "（0631）5970000", "０６３１－５９７００００转8001"]
)
def test_phone(text: str) -> None:
    assert value(PHONE, text).replace("（", "(").isprintable()


def test_odd_phone_is_taken_with_a_note() -> None:
    found = parse(PHONE, "597", FORM_2020)
    assert isinstance(found, Understood)
    assert "共3位" in found.note
    assert "请核对" in found.note


@pytest.mark.parametrize("text", ["见通讯录", "5970000abc", "1" * 31])
def test_no_phone(text: str) -> None:
    refusal(PHONE, text)


def test_whole_year_settles_both_dates() -> None:
    first, last = datetime.date(2020, 1, 1), datetime.date(2020, 12, 31)
    at_start, at_end = parse(STARTS, "全年", FORM_2020), parse(ENDS, "全年", FORM_2020)
    assert isinstance(at_start, Understood)
    assert isinstance(at_end, Understood)
    assert (at_start.value, at_start.also) == (first, {END: last})
    assert (at_end.value, at_end.also) == (last, {START: first})
    assert "2020-12-31" in at_start.note


def test_a_span_at_the_start_settles_both_dates() -> None:
    for text in ("2020-3-1至2020-6-30", "3月1日到6月30日", "3月初 — 6月底", "2020-3-1~2020-6-30"):
        found = parse(STARTS, text, FORM_2020)
        assert isinstance(found, Understood)
        assert found.value == datetime.date(2020, 3, 1)
        assert found.also == {END: datetime.date(2020, 6, 30)}


@pytest.mark.parametrize("text", ["3月", "2020年3月", " ３ 月 "])
def test_a_month_alone_begins_and_ends_with_it(text: str) -> None:
    assert value(STARTS, text) == datetime.date(2020, 3, 1)
    assert value(ENDS, text) == datetime.date(2020, 3, 31)
    found = parse(ENDS, text, FORM_2020)
    assert isinstance(found, Understood)
    assert "2020-03-31" in found.note


@pytest.mark.parametrize("year", [None, 0, 10**30])
def test_whole_year_without_a_year_asks_for_it(year: int | None) -> None:
    assert "年份" in refusal(STARTS, "全年", Declaration().replace(("project", "year"), year)).message


@pytest.mark.parametrize(
    "text", ["30207", "[30207]", "[30207]邮电费", "30207 邮电费", "邮电费", "邮电", "ydf", "YDF", "［30207］邮电费"]
)
def test_one_subject(text: str) -> None:
    assert value(ECONOMIC, text) == (POST,)


@pytest.mark.parametrize(
    "text", ["ydf, zlf", "30207，30214", "邮电费、租赁费", "[30207]邮电费、[30214]租赁费", "30207; zlf"]
)
def test_several_subjects(text: str) -> None:
    assert value(ECONOMIC, text) == (POST, RENT)


def test_a_repeated_subject_is_kept() -> None:
    assert value(ECONOMIC, "ydf, ydf, ydf") == (POST, POST, POST)


def test_unknown_code_is_taken_with_a_hint() -> None:
    found = parse(FUNCTIONAL, "[2019998]不认识的支出", FORM_2020)
    assert isinstance(found, Understood)
    assert found.value == (Coded("2019998", "不认识的支出"),)
    assert "不在内置科目表里" in found.note


def test_bare_unknown_code_is_taken_with_a_hint() -> None:
    found = parse(ECONOMIC, "30988", FORM_2020)
    assert isinstance(found, Understood)
    assert found.value == (Coded("30988", ""),)


def test_heading_is_taken_with_a_hint() -> None:
    found = parse(ECONOMIC, "302", FORM_2020)
    assert isinstance(found, Understood)
    assert "上级科目" in found.note


def test_several_fitting_subjects_are_offered() -> None:
    refused = refusal(ECONOMIC, "费")
    assert 1 < len(refused.candidates) <= 9
    assert "序号" in refused.message


def test_more_subjects_than_are_offered_is_said() -> None:
    many, few = refusal(FUNCTIONAL, "卫生"), refusal(ECONOMIC, "设备购置")
    assert len(many.candidates) == 9
    assert "不止9个" in many.message
    assert len(few.candidates) < 9
    assert "不止" not in few.message


def test_choosing_among_candidates_loses_no_other_subject() -> None:
    refused = refusal(ECONOMIC, "ydf, 补贴, 30211")
    for candidate in refused.candidates:
        found = value(ECONOMIC, candidate)
        assert found[0] == POST
        assert found[-1] == TRAVEL
        assert len(found) == 3


@pytest.mark.parametrize("text", ["2021.13.1", "30207．02", "[30207].1", "ydf, 2021.13.1", "0631-5970000"])
def test_a_code_with_a_point_or_dash_in_it_is_refused(text: str) -> None:
    assert "点号" in refusal(ECONOMIC, text).message


def test_no_such_subject_says_how_to_search() -> None:
    message = refusal(ECONOMIC, "火星旅行").message
    assert "30207" in message
    assert "ydf" in message


@pytest.mark.parametrize("table", [subjects.ECONOMIC, subjects.FUNCTIONAL])
def test_every_subject_as_shown_is_understood_again(table: str) -> None:
    one = ECONOMIC if table == subjects.ECONOMIC else FUNCTIONAL
    for code, name in subjects.table(table).items():
        assert value(one, shown((Coded(code, name),))) == (Coded(code, name),)


@pytest.mark.parametrize("table", [subjects.ECONOMIC, subjects.FUNCTIONAL])
def test_every_subject_as_lists_tell_it_apart_is_understood_again(table: str) -> None:
    one = ECONOMIC if table == subjects.ECONOMIC else FUNCTIONAL
    for code, name in subjects.table(table).items():
        assert value(one, subjects.told_apart(table, Coded(code, name))) == (Coded(code, name),)


def test_a_name_that_two_subjects_have_is_asked_about() -> None:
    found = refusal(ECONOMIC, "办公设备购置")
    assert found.candidates == ("[30902]办公设备购置（资本性支出（基本建设））", "[31002]办公设备购置（资本性支出）")


def test_a_name_that_a_heading_shares_is_the_complete_subject() -> None:
    assert value(FUNCTIONAL, "武装警察部队") == (Coded("2040101", "武装警察部队"),)


def test_a_name_that_dozens_have_says_how_to_narrow_it() -> None:
    found = refusal(FUNCTIONAL, "行政运行")
    assert len(found.candidates) == 9
    assert "如 人大 行政运行" in found.message
    assert value(FUNCTIONAL, "人大 行政运行") == (Coded("2010101", "行政运行"),)


def test_a_name_that_contains_a_separator_is_one_subject() -> None:
    assert split_subjects("环境保护法规、规划及标准") == ["环境保护法规、规划及标准"]
    assert split_subjects("[2110104]生态、环境, 其他") == ["[2110104]生态、环境", "其他"]


@pytest.mark.parametrize(
    ("held", "text"),
    [
        (None, ""),
        (True, "是"),
        (False, "否"),
        (2020, "2020"),
        (Decimal("24.60"), "24.6"),
        (Decimal("1E+3"), "1000"),
        (datetime.date(2020, 1, 1), "2020-01-01"),
        ((POST, RENT), "[30207]邮电费, [30214]租赁费"),
        (POST, "[30207]邮电费"),
        ("热线", "热线"),
    ],
)
def test_shown(held: object, text: str) -> None:
    assert shown(held) == text


def test_what_is_shown_is_understood_as_the_same() -> None:
    held: dict[str, object] = {
        "project.year": 2020,
        "project.name": "热线线路租用费",
        "project.category": Coded("003001007036", "其他"),
        "project.nature": "一次性项目",
        "project.has_subprojects": False,
        "project.economic_subjects": (POST, RENT, POST),
        "project.phone": "0631-5970000",
        "project.end_date": datetime.date(2020, 12, 31),
        "funding.total": Decimal("24.63"),
        "narrative.overview": "一\n二",
    }
    for key, one in FIELDS.items():
        if key in held:
            assert value(one, shown(held[key])) == held[key]


def test_no_parser_knows_a_field_by_name() -> None:
    assert spec_at(START).kind is spec_at(END).kind is Kind.DATE
