"""Files that mean harm or are something else: refused with a message that says how to go on."""

from __future__ import annotations

import io
import zipfile

import pytest

from domain.changes import Record
from domain.exchange import ImportProblem, exporter, limits, read
from tests.domain.exchange.mutations import read_or_refusal


def refused(data: bytes, name: str = "") -> str:
    with pytest.raises(ImportProblem) as caught:
        read(data, name)
    return str(caught.value)


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return file.getvalue()


def office(kind: str, name: str, content: bytes) -> bytes:
    """A good office file with one member exchanged."""
    source = zipfile.ZipFile(io.BytesIO(exporter(kind).write(Record())))
    return zipped({**{member: source.read(member) for member in source.namelist()}, name: content})


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为 .xlsx"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"Rar!\x1a\x07", "解压"),
        (b"\x1f\x8b\x08", "解压"),
        (b"{\\rtf1\\ansi", "docx"),
        (b"", "空"),
        (b"\0" * 100, "空"),
    ],
)
def test_other_kinds_of_file(data: bytes, word: str):
    assert word in refused(data)


def test_a_zip_is_not_a_form():
    assert "解压" in refused(zipped({"表.txt": "项目名称：甲".encode()}))
    assert "OpenDocument" in refused(zipped({"content.xml": b"<a/>"}))


def test_zip_bombs():
    assert "炸弹" in refused(zipped({"word/document.xml": b"<a>" + b" " * 30_000_000}))
    assert "炸弹" in refused(zipped({f"word/{number}.bin": b"" for number in range(limits.MAX_MEMBERS + 1)}))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs(kind: str, encoding: str):
    name = "word/document.xml" if kind == "docx" else "xl/workbook.xml"
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
    assert "实体" in refused(office(kind, name, bomb.encode(encoding)))


def test_xml_in_a_strange_encoding():
    page = '<?xml version="1.0" encoding="utf-7"?><a/>'
    assert "编码" in refused(office("docx", "word/document.xml", page.encode()))
    assert "编码" in refused(office("docx", "word/document.xml", "<?xml version='1.0'?><a/>".encode("cp037")))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_damaged_office_files(kind: str):
    good = exporter(kind).write(Record())
    assert "请" in refused(good[: len(good) // 2])
    name = "word/document.xml" if kind == "docx" else "xl/worksheets/sheet1.xml"
    assert "请" in refused(office(kind, name, b"<broken"))


def test_sizes():
    assert "上限" in refused(b"a" * (limits.MAX_TEXT_BYTES + 1))
    assert "万字" in refused("项目名称：甲\n".encode() + b"a" * (limits.MAX_TEXT + 1))
    assert "格" in refused("项目名称：甲\n".encode() + b"\t" * 1_000_000)
    assert "张表" in refused(("项目名称：\t甲\n" * 3_000).encode())


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 50_000, '[{"a": 1', '{"项目名称": }', "[" + "9" * 5000 + "]"]
)
def test_json_that_is_none(text: str):
    assert "请" in refused(text.encode(), "a.json")


def test_toml_that_is_none():
    assert "第 3 行" in refused(b'[project]\nname = "a"\nunit = \n')


def test_a_csv_that_is_cut_off():
    assert "csv" in refused(('一级指标,二级指标,三级指标,目标值\n"' + "a" * 200_000).encode(), "a.csv")


def test_binary_rubbish():
    assert "不是文字" in refused(bytes(range(32)) * 50)


@pytest.mark.parametrize(
    "text", ["<html>" + "<table><tr><td>" * 5_000, "项目名称：" + "<p>" * 200_000, "项目概况：\t" + "&amp;" * 200_000]
)
def test_deep_and_long_markup_ends_soon(text: str):
    forms = read_or_refusal(text.encode())
    assert "请" in forms if isinstance(forms, str) else forms
