"""csv, JSON, TOML and Markdown from other hands."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from domain.changes import Record
from domain.exchange import Imported, exporter, read
from domain.exchange.from_csv import bare, guarded
from domain.marks import WEIGHTS
from domain.model import Declaration, Indicator
from domain.records.codec import encode


def one(text: str, name: str = "") -> Imported:
    (found,) = read(text.encode(), name)
    return found


@pytest.mark.parametrize("sign", [",", ";"])
def test_indicator_rows(sign: str):
    rows = (
        ["一级指标", "二级指标", "三级指标", "目标值"],
        ["产出目标", "数量", "'=甲", "'=4盏"],
        ["", "", "乙", ">=1次"],
    )
    found = one("\n".join(sign.join(row) for row in rows))
    assert found.record.declaration.indicators == (
        Indicator("产出目标", "数量", "=甲", "=4盏"),
        Indicator("产出目标", "数量", "乙", ">=1次"),
    )


def test_what_the_whole_terms_columns_say_otherwise_stays():
    rows = (
        "一级指标,二级指标,三级指标,目标值,二级指标,三级指标,目标值",
        "产出目标,数量,管道长度,=40公里,数量,管道长度,=12公里",
        "产出目标,数量,泵站数,=2座,数量,泵站数,=2座",
    )
    found = one("\n".join(rows))
    assert [(row.name, row.target) for row in found.record.declaration.indicators] == [
        ("管道长度", "=12公里"),
        ("泵站数", "=2座"),
    ]
    assert found.unplaced == ("管道长度：=40公里",)


def test_a_form_saved_as_csv_by_a_spreadsheet():
    text = (
        "2020年部门项目支出预算绩效目标下达表,,,\n预算单位：,湖东街道办,,\n"
        '项目名称*：,"路灯,维护",项目类别：,其他\n项目概况：,"甲\n乙",,\n'
    )
    for data in (text.encode("gb18030"), text.encode("utf-8-sig")):
        (found,) = read(data, "a.csv")
        assert found.record.declaration.project.name == "路灯,维护"
        assert found.record.declaration.narrative.overview == "甲\n乙"


@pytest.mark.parametrize("text", ["=", "=1", "+1", "-1", "@a", "'=1", "''", "'", "平常", ""])
def test_formulas_are_kept_from_spreadsheets(text: str):
    assert bare(guarded(text)) == text
    assert len(text) < 2 or guarded(text)[0] not in "=+-@"


def test_json_with_chinese_keys():
    table = {
        "年度": 2020, "项目名称": "路灯", "项目总金额": 24.63, "是否包含政府采购": False,
        "文字": {"项目概况": "甲\n乙", "项目立项依据": None, "别的": "丙"},
        "绩效指标": [{"一级指标": "产出目标", "二级指标": "数量", "三级指标": "灯数", "年度目标值": "=4盏", "权重": 10}],
    }  # fmt: skip
    forms = read(json.dumps([table, table], ensure_ascii=False).encode())
    assert len(forms) == 2
    declaration = forms[0].record.declaration
    assert declaration.project.year == 2020
    assert declaration.funding.total == Decimal("24.63")
    assert declaration.project.procurement is False
    assert declaration.narrative.overview == "甲\n乙"
    assert declaration.indicators == (Indicator("产出目标", "数量", "灯数", "=4盏"),)
    assert "别的：丙" in forms[0].unplaced
    assert forms[0].record.marks(WEIGHTS) == {"产出目标/数量/灯数": "10"}


def test_json_with_our_keys_and_a_list_of_records():
    first = json.loads(exporter("json").write(Record(Declaration().replace(("project", "name"), "甲"))))
    second = {**first, "project": {"name": "乙", "start_date": "2020-01-01"}, "funding": {"total": "24.63"}}
    forms = read(json.dumps({"records": [first, second]}).encode())
    assert [form.record.declaration.project.name for form in forms] == ["甲", "乙"]
    assert forms[1].record.declaration.funding.total == Decimal("24.63")
    assert forms[1].record.marks("origins")["funding.total"] == "imported"


def test_a_record_file_keeps_its_marks_and_additions():
    record = Record(
        Declaration().replace(("project", "name"), "甲"),
        {"origins": {"project.name": "typed"}},
        {"unplaced": {"text": ["乙"]}},
    )
    found = one(encode(record), "a.toml")
    assert found.record == record
    assert found.unplaced == ("乙",)
    bad = one("[project]\nname = true\n")
    assert any(odd.doubtful and "应当是文字" in odd.text for odd in bad.oddities)


def test_markdown_from_another_hand():
    text = (
        "# 2020年部门项目支出预算绩效目标下达表\n\n| 栏目 | 内容 |\n|:--|--:|\n| **项目名称** | 路灯 \\| 维护<br>费 |\n\n"
        "## 项目概况\n\n甲 *强调*\n\n乙\n\n## 附记\n\n丙\n"
    )
    found = one(text)
    declaration = found.record.declaration
    assert declaration.project.name == "路灯 | 维护 费"
    assert declaration.narrative.overview == "甲 *强调*\n乙"
    assert any("丙" in text for text in found.unplaced)
    assert any("附记" in text for text in found.unplaced)
