"""HTML from the browser: tables merged and nested, input fields, pages of one file, and text that only looks like HTML."""

from __future__ import annotations

import pytest

from domain.exchange import Imported, read
from domain.model import Indicator


def one(text: str) -> Imported:
    (found,) = read(text.encode())
    return found


TABLE = """<!DOCTYPE html><html><head><title>2020年部门项目支出预算绩效目标下达表</title><style>td{color:red}</style></head><body>
<h2>2020年部门项目支出预算绩效目标下达表</h2><p>年份（2020）</p>
<script>var a = "项目名称：假的";</script>
<table border=1>
<tr><td>预算单位：</td><td colspan="3">湖东街道办</td></tr>
<tr><td>项目名称*：<td>路灯<br>维护费<td>项目类别：<td>[001]其他
<tr><td>项目概况*：</td><td colspan=3><p>一、背景</p>
  <p>二、内容   多个
     空格</p></td></tr>
<tr><td rowspan=2>产出目标</td><td rowspan="2">数量</td><td>灯数</td><td>=4盏</td></tr>
<tr><td>巡查次数</td><td>&gt;=12次</td></tr>
<tr><td></td><td>质量</td><td>故障率</td><td>&lt;3%</td></tr>
</table></body></html>"""


def test_a_saved_page():
    found = one(TABLE)
    declaration = found.record.declaration
    assert declaration.project.year == 2020
    assert declaration.project.name == "路灯 维护费"
    assert declaration.narrative.overview == "一、背景\n二、内容 多个 空格"
    assert declaration.indicators == (
        Indicator("产出目标", "数量", "灯数", "=4盏"),
        Indicator("产出目标", "数量", "巡查次数", ">=12次"),
        Indicator("产出目标", "质量", "故障率", "<3%"),
    )
    assert not found.unplaced


def test_typed_values_of_a_form_page():
    found = one(
        "<html><body><table><tr><td>项目名称</td><td><input type=text value='路灯'><input type=hidden value='x9'></td></tr>"
        "<tr><td>项目性质</td><td><select><option>一次性项目<option selected>经常性项目</select></td></tr>"
        "<tr><td>是否包含政府采购</td><td><input type=radio checked>是 <input type=radio>否</td></tr>"
        "<tr><td>项目概况</td><td><textarea>第一行&#10;第二行</textarea></td></tr></table></body></html>"
    )
    declaration = found.record.declaration
    assert declaration.project.name == "路灯"
    assert declaration.project.nature == "经常性项目"
    assert declaration.project.procurement is True
    assert "第一行" in declaration.narrative.overview
    assert "第二行" in declaration.narrative.overview


def test_tables_inside_tables_and_blocks_outside():
    found = one(
        "<html><table><tr><td>导航</td><td><table><tr><td>项目名称：</td><td>路灯</td></tr></table></td></tr></table>"
        "<div><label>填报人：</label><span>林某</span></div><div>联系电话：<b>8800123</b></div></html>"
    )
    project = found.record.declaration.project
    assert (project.name, project.filler, project.phone) == ("路灯", "林某", "8800123")
    assert any("导航" in text for text in found.unplaced)


def test_a_page_saved_as_one_file():
    page = "<html><table><tr><td>项目名称：</td><td>路灯</td></tr></table></html>"
    archive = (
        'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n--b--\r\n"
    )
    assert one(archive).record.declaration.project.name == "路灯"


@pytest.mark.parametrize("encoding", ["gb2312", "utf-8", "utf-16"])
def test_pages_in_other_encodings(encoding: str):
    (found,) = read(TABLE.encode(encoding))
    assert found.record.declaration.project.unit == "湖东街道办"


def test_unclosed_and_crossed_tags():
    found = one("<html><table><tr><td>项目名称：<td>甲<tr><td>填报人：<td>乙<div>丙</table><p>联系电话：123")
    project = found.record.declaration.project
    assert (project.name, project.filler, project.phone) == ("甲", "乙 丙", "123")


def test_text_with_paragraph_tags_is_no_page():
    found = one("项目名称：\t甲\n项目概况：\t<p>乙</p> <p>丙</p>\t\t\n")
    assert found.record.declaration.narrative.overview == "乙\n丙"


def test_line_breaks_in_a_text_area_are_kept():
    page = "<table><tr><td>项目名称</td><td>路灯</td></tr><tr><td>项目概况</td><td><textarea>\n一\r\n二\n</textarea></td></tr></table>"
    assert one(page).record.declaration.narrative.overview == "一\n二"


def test_text_below_the_indicator_table_is_no_indicator():
    page = (
        "<table><tr><td>项目名称</td><td>路灯</td></tr></table><table><tr><td>一级指标</td><td>二级指标</td>"
        "<td>三级指标</td><td>年度目标值</td></tr><tr><td>产出目标</td><td>数量</td><td>路灯数</td><td>=3盏</td></tr>"
        "</table><p>技术支持</p>"
    )
    found = one(page)
    assert found.record.declaration.indicators == (Indicator("产出目标", "数量", "路灯数", "=3盏"),)
    assert found.unplaced == ("技术支持",)
