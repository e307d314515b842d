"""Records as TOML and back: what is kept, what is reported, and bytes that stay the same."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.changes import Record
from domain.fields import FieldPath
from domain.model import Coded, Declaration, Indicator, fields
from domain.records.codec import (
    MAX_ROWS,
    NewerSchemaError,
    RecordError,
    decode,
    encode,
    from_document,
    from_plain,
    to_document,
    to_plain,
)
from tests.domain.strategies import ADDED, VALUES, declarations, records

FULL = Record(
    Declaration(
        indicators=(
            Indicator("投入与目标管理", "投入管理", "预算资金到位率", "100%"),
            Indicator("产出目标", "数量", "租用光纤数", "=147条"),
            Indicator("产出目标", "数量"),
        )
    )
    .replace(("project", "year"), 2020)
    .replace(("project", "unit"), "社管中心")
    .replace(("project", "name"), "热线线路租用费")
    .replace(("project", "category"), Coded("003001007036", "其他"))
    .replace(("project", "nature"), "经常性项目")
    .replace(("project", "has_subprojects"), False)
    .replace(("project", "functional_subjects"), (Coded("2019999", "其他一般公共服务支出"),) * 2)
    .replace(("project", "economic_subjects"), (Coded("30207", "邮电费"),))
    .replace(("project", "filler"), "方小禾")
    .replace(("project", "phone"), "5550123")
    .replace(("project", "start_date"), datetime.date(2020, 1, 1))
    .replace(("project", "end_date"), datetime.date(2020, 12, 31))
    .replace(("project", "procurement"), True)
    .replace(("project", "five_expenses"), False)
    .replace(("funding", "total"), Decimal("24.63"))
    .replace(("funding", "requested"), Decimal("24.60"))
    .replace(("funding", "previous_budget"), Decimal("1E+2"))
    .replace(("funding", "previous_executed"), Decimal(0))
    .replace(("narrative", "overview"), '1、项目背景：按“部署”\n2、项目内容：含 \\ 与 """ 三个引号\n')
    .replace(("narrative", "basis"), "《方案》"),
    {"origins": {"project.name": "typed"}, "skipped": {"narrative.remarks": True}},
)

GOLDEN = """\
schema_version = 1
framework = "xiada-2020"

[project]
year = 2020
unit = "社管中心"
name = "热线线路租用费"
category = { code = "003001007036", name = "其他" }
nature = "经常性项目"
has_subprojects = false
functional_subjects = [
  { code = "2019999", name = "其他一般公共服务支出" },
  { code = "2019999", name = "其他一般公共服务支出" },
]
economic_subjects = [{ code = "30207", name = "邮电费" }]
filler = "方小禾"
phone = "5550123"
start_date = 2020-01-01
end_date = 2020-12-31
procurement = true
five_expenses = false

[funding]
total = 24.63
requested = 24.6
previous_budget = 100
previous_executed = 0

[narrative]
overview = \"\"\"
1、项目背景：按“部署”
2、项目内容：含 \\\\ 与 \\"\\"\\" 三个引号
\"\"\"
basis = "《方案》"

[[indicators]]
level1 = "投入与目标管理"
level2 = "投入管理"
name = "预算资金到位率"
target = "100%"

[[indicators]]
level1 = "产出目标"
level2 = "数量"
name = "租用光纤数"
target = "=147条"

[[indicators]]
level1 = "产出目标"
level2 = "数量"
name = ""
target = ""

[meta.origins]
"project.name" = "typed"

[meta.skipped]
"narrative.remarks" = true
"""


def test_the_bytes_are_the_contract() -> None:
    assert encode(FULL) == GOLDEN


def test_the_golden_record_comes_back() -> None:
    decoded = decode(GOLDEN)
    assert decoded.record == FULL
    assert decoded.oddities == ()


def test_an_empty_record_has_its_tables_and_nothing_else() -> None:
    text = encode(Record())
    assert text == 'schema_version = 1\nframework = "xiada-2020"\n\n[project]\n\n[funding]\n\n[narrative]\n'
    assert decode(text).record == Record()


@given(records())
def test_every_record_comes_back_the_same_and_in_the_same_bytes(record: Record) -> None:
    text = encode(record)
    decoded = decode(text)
    assert decoded.record == record
    assert decoded.oddities == ()
    assert encode(decoded.record) == text


@given(records())
def test_nothing_but_text_reaches_the_file(record: Record) -> None:
    text = encode(record)
    assert all(char == "\n" or char.isprintable() or char == "\u3000" or ord(char) > 0x7F for char in text)


@given(declarations(), ADDED, st.sampled_from(["", "project", "funding", "narrative", "indicators", "meta", "own"]))
def test_what_a_person_added_survives(form: Declaration, added: dict[str, Any], where: str) -> None:
    document = tomllib.loads(encode(Record(form)), parse_float=Decimal)
    if where == "indicators":
        assume(form.indicators)
        place = document["indicators"][-1]
    else:
        place = document.setdefault(where, {}) if where else document
    fresh = {key: value for key, value in added.items() if key not in place and not _known(where, key)}
    place.update(fresh)
    once = from_document(document)
    again = decode(encode(once.record))
    assert once.record.declaration == again.record.declaration == form
    written = tomllib.loads(encode(again.record), parse_float=Decimal)
    kept = written["indicators"][-1] if where == "indicators" else written.get(where, {}) if where else written
    for key, value in fresh.items():
        assert kept[key] == value


def _known(where: str, key: str) -> bool:
    top = {"project", "funding", "narrative", "indicators", "meta", "unreadable", "schema_version", "framework"}
    return key in {"level1", "level2", "name", "target"} or key in top or (where, key) in {one.path for one in fields()}


@given(st.sampled_from([one.path for one in fields()]), VALUES)
def test_what_has_the_wrong_type_stays_in_the_file(path: FieldPath, value: Any) -> None:
    section, key = str(path[0]), str(path[1])
    decoded = from_document({section: {key: value}})
    written = tomllib.loads(encode(decoded.record), parse_float=Decimal)[section]
    if decoded.oddities:
        assert decoded.record.declaration == Declaration()
        assert key in decoded.oddities[0]
        assert written[key] == value
        assert decode(encode(decoded.record)).record == decoded.record


@pytest.mark.parametrize("number", ["inf", "-inf", "nan", "1e400", "1e999999", "1e-300"])
@pytest.mark.parametrize("key", ["total", "mine"])
def test_numbers_that_are_no_amount_neither_break_nor_bloat_the_file(key: str, number: str) -> None:
    decoded = decode(f"[funding]\n{key} = {number}\n")
    text = encode(decoded.record)
    assert len(text) < 500
    assert encode(decode(text).record) == text
    assert decoded.record.declaration == Declaration()


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("total = 24.630", "24.63"),
        ("total = 2e1", "20"),
        ("total = 100", "100"),
        ('total = "24.63"', "24.63"),
        ("total = -0.0", "0"),
    ],
)
def test_amounts_are_tidied(line: str, value: str) -> None:
    [total] = [decode(f"[funding]\n{line}\n").record.declaration.funding.total]
    assert str(total) == value


def test_an_answer_takes_the_place_of_what_was_not_understood() -> None:
    record = decode('[project]\nstart_date = "开春"\n').record
    assert 'start_date = "开春"' in encode(record)
    answered = replace(
        record, declaration=record.declaration.replace(("project", "start_date"), datetime.date(2020, 3, 1))
    )
    assert "start_date = 2020-03-01" in encode(answered)
    assert "开春" not in encode(answered)


def test_rows_not_understood_are_kept_aside_and_those_kept_before_too() -> None:
    once = decode('indicators = [{ name = true }, { level1 = "甲", level2 = "乙", name = "丙" }]\n')
    assert once.oddities == ("indicators[0]：四项都应当是文字，存盘时移到 [unreadable]，不会丢；请改好再打开",)
    assert once.record.declaration.indicators == (Indicator("甲", "乙", "丙"),)
    again = decode(encode(once.record).replace("[unreadable]", "[[indicators]]\nname = false\n\n[unreadable]"))
    kept = tomllib.loads(encode(again.record))["unreadable"]
    assert sorted(row["name"] for rows in kept.values() for row in rows) == [False, True]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('year = "2022"', 2022),
        ("phone = 5970000", "5970000"),
        ("unit = 2022-12-31", "2022-12-31"),
        ("name = 1.50", "1.5"),
        ("start_date = 2022-03-01T00:00:00", datetime.date(2022, 3, 1)),
        ('start_date = "2022-03-01"', datetime.date(2022, 3, 1)),
    ],
)
def test_what_a_person_plainly_means_is_taken_as_meant(line: str, value: object) -> None:
    read = decode(f"[project]\n{line}\n")
    assert read.oddities == ()
    assert read.record.declaration.get(("project", line.split(" ")[0])) == value


def test_a_target_without_quotes_is_a_target() -> None:
    [row] = decode(
        '[[indicators]]\nlevel1 = "甲"\nlevel2 = "乙"\nname = "丙"\ntarget = 84\n'
    ).record.declaration.indicators
    assert row.target == "84"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[project]\n\nyear = "今年"\n',
            "第 3 行 project.year（年份）：应当是四位整数年份，“今年”没有用上，原样留在文件里",
        ),
        ("[project]\nunit = ['甲', '乙']\n", "第 2 行 project.unit（预算单位）：应当是文字"),
        ("[project]\nyear = 2022\n\n[funding]\ntotal = '不少'\n", "第 5 行 funding.total（项目总金额）：应当是数字"),
        ("[project]\nstart_date = 2022-03-01T08:00:00\n", "第 2 行 project.start_date（开始时间）：应当是日期"),
        ("year = 1\nproject = '热线'\n", "第 2 行 project：应当是一张表"),
        ("[indicators]\nname = '热线'\n", "第 1 行 indicators：应当写成 [[indicators]]"),
        ("[[indicators]]\nname = '甲'\n[[indicators]]\nname = ['乙']\n", "第 3 行 indicators[1]：四项都应当是文字"),
        ("framework = 3\n", "第 1 行 framework：应当是文字"),
    ],
)
def test_what_was_not_understood_is_told_with_its_line_and_what_to_do(text: str, said: str) -> None:
    [oddity] = decode(text).oddities
    assert oddity.startswith(said)
    assert "请改好" in oddity


def test_rows_of_the_same_name_keep_their_own_additions() -> None:
    row = '[[indicators]]\nlevel1 = "甲"\nlevel2 = "乙"\nname = "丙"\n'
    text = encode(decode(f'{row}note = "一"\n\n{row}\n{row}note = "三"\n').record)
    assert [table.get("note") for table in tomllib.loads(text)["indicators"]] == ["一", None, "三"]


@pytest.mark.parametrize("section", ["project", "funding", "narrative", "meta", "unreadable", "indicators"])
def test_a_table_that_is_none_is_kept_aside(section: str) -> None:
    decoded = decode(f"{section} = 5\n")
    assert decoded.record.declaration == Declaration()
    [kept] = tomllib.loads(encode(decoded.record))["unreadable"].values()
    assert kept in (5, [5])


def test_what_was_kept_aside_twice_is_kept_twice() -> None:
    once = encode(decode("project = 5\nframework = 7\n").record)
    assert "framework = 7" in once
    again = encode(decode("project = 6\n" + once.replace("[project]\n", "")).record)
    assert set(tomllib.loads(again)["unreadable"].values()) == {5, 6}


def test_texts_are_cleaned_on_reading() -> None:
    record = decode('[project]\nname = "热线\\u001b[31m\\n费"\n[narrative]\nplan = "一\\r\\n二\\u202e"\n').record
    assert record.declaration.project.name == "热线 费"
    assert record.declaration.narrative.plan == "一\n二"


def test_the_file_may_be_of_an_older_schema_or_name_none() -> None:
    assert decode("").record == Record()
    assert decode("schema_version = 0\n").record == Record()


def test_a_newer_schema_is_refused() -> None:
    with pytest.raises(NewerSchemaError, match="升级"):
        decode("schema_version = 2\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[project\n", "第 1 行第"),
        ("甲", "第 1 行"),
        ('name = "', "TOML"),
        ("a = " + "[" * 5000, "嵌套"),
        ("a = " + "9" * 5000, "读不了的值"),
        ("x" * 5_000_001, "过大"),
        ("[[indicators]]\n" * (MAX_ROWS + 1), "行"),
    ],
)
def test_what_is_no_record_is_refused_in_chinese(text: str, said: str) -> None:
    with pytest.raises(RecordError, match=said):
        decode(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[project]\nunit = '甲'\nunit = '乙'\n", "第 3 行第 11 列附近写错了（“unit”写了两遍，只留一处）"),
        ("[project]\n[funding]\n[project]\n", "第 3 行第 9 列附近写错了（“[project]”前面已经有了，合成一处）"),
        ("unit = “教育局”\n", "引号要用半角的"),
        ("unit = 教育局\n", "文字要放在半角引号里"),
        ("total = 48.96万元\n", "数只写数字，不带逗号和单位"),
        ("total = 1,720\n", "数只写数字，不带逗号和单位"),
        ("phone = 06315550101\n", "0 开头的号码要放在半角引号里"),
        ("unit = '甲' 乙\n", "文字要放在半角引号里"),
        ("start = 2022-3-1\n", "日期写成 2020-01-01"),
        ("<<<<<<< HEAD\nyear = 2021\n", "是 git 合并留下的标记"),
        ("【funding】\n", "表名的方括号要用半角的"),
        ("// 说明\n", "注释要以 # 开头"),
        ("项目总金额 = 3\n", "用英文"),
        ("plan = '一月'\n二月付款\n", "这一行不在引号里"),
        ("[indicators]\nname = '甲'\n[[indicators]]\n", "两层方括号"),
        ("[indicators]\nname = '甲'\n[indicators]\n", "两层方括号"),
        ("start = 2022.3.1\n", "日期写成 2020-01-01"),
        ("unit = '教育局\n", "引号没有成对"),
        ('unit = "C:\\目录"\n', "反斜杠要写两个"),
        ("unit：'教育局'\n", "半角的 ="),
        ("codes = [1, 2\nunit = 1\n", "方括号没有关上"),
        ("codes = { a = 1\n", "花括号没有关上"),
        ("[project\n", "表名的方括号没有关上"),
        ('plan = """按月\n', "在文件末尾断开了（有一处引号没有成对"),
        ("a\x1b[31m = 1\n", "第 1 行"),
    ],
)
def test_what_is_no_toml_is_told_with_its_place_and_the_likely_cause(text: str, said: str) -> None:
    with pytest.raises(RecordError) as told:
        decode(text)
    assert said in str(told.value)
    assert "请用编辑器改好" in str(told.value)
    assert "\x1b" not in str(told.value)


@given(st.text(max_size=80))
def test_any_text_is_a_record_or_refused(text: str) -> None:
    try:
        record = decode(text).record
    except RecordError:
        return
    assert encode(decode(encode(record)).record) == encode(record)


@given(declarations())
def test_plain_values_come_back(form: Declaration) -> None:
    document = to_document(form)
    for one in fields():
        value = form.get(one.path)
        held = document[str(one.path[0])].get(one.path[1])
        if held is not None:
            assert from_plain(one.path, held) == value
            assert from_plain(one.path, to_plain(value)) == value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("project", "start_date"), "开春"),
        (("funding", "total"), "二十万"),
        (("project", "procurement"), "是"),
        (("project", "year"), "今年"),
    ],
)
def test_plain_values_that_do_not_fit_are_refused(path: FieldPath, value: object) -> None:
    with pytest.raises(ValueError, match=str(path[1])):
        from_plain(path, value)


def test_json_may_hold_dates_and_money_as_text() -> None:
    form = from_document({"project": {"start_date": "2020-01-01"}, "funding": {"total": "24.63"}}).record.declaration
    assert form.project.start_date == datetime.date(2020, 1, 1)
    assert form.funding.total == Decimal("24.63")


def test_a_misspelt_key_is_told_with_the_one_that_was_meant() -> None:
    text = (
        'schema_version = 1\n[project]\nyaer = 2021\n"项目名称" = "热线"\nmy_note = "甲"\n'
        '[fundin]\n[office]\n[[indicators]]\nnam = "乙"\n'
    )
    read = decode(text)
    assert [one.partition("？")[0] for one in read.oddities] == [
        "第 3 行 project.yaer：没有这个键，是不是 year",
        "第 4 行 project.项目名称：没有这个键，是不是 name",
        "第 8 行 indicators[0].nam：没有这个键，是不是 name",
        "第 6 行 fundin：没有这个键，是不是 funding",
    ]
    assert read.record.extra["project"] == {"yaer": 2021, "项目名称": "热线", "my_note": "甲"}
    assert "yaer = 2021" in encode(read.record)
