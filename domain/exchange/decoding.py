"""Bytes of unknown encoding (编码) to text: UTF-8 with or without BOM, UTF-16, GB18030; damage is counted and said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from domain.exchange.limits import MAX_TEXT, MAX_TEXT_BYTES
from domain.exchange.oddities import Oddity, OddityKind
from domain.exchange.types import ImportProblem


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, and what was odd about its bytes."""

    text: str
    oddities: tuple[Oddity, ...] = ()


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> Text:
    """The text of a file; raises ImportProblem for one that is too large or no text at all."""
    if len(data) > MAX_TEXT_BYTES:
        raise ImportProblem(
            f"文件有 {len(data) // 1_000_000} MB，超过 {MAX_TEXT_BYTES // 1_000_000} MB 的上限，不像填报表。请只留下表格部分再导入。"
        )
    found = _decoded(data)
    if len(found.text) > MAX_TEXT:
        raise ImportProblem(f"文字超过 {MAX_TEXT // 10_000} 万字，不像填报表。请分成几个文件再导入。")
    if len(_CONTROLS.findall(found.text)) > 8 + len(found.text) // 50:
        raise ImportProblem(
            "文件不是文字（里面多是控制字节）。支持 txt、md、html、csv、json、toml、docx、xlsx；请另存为其中一种再导入。"
        )
    return found


def _decoded(data: bytes) -> Text:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], encoding)
    if b"\0" in data and (guess := _utf16(data)):
        return _lenient(data, guess)
    try:
        return Text(data.decode("utf-8"))
    except UnicodeDecodeError:
        if _mostly_utf8(data):
            return _lenient(data, "utf-8")
    return _lenient(data, "gb18030")


def _utf16(data: bytes) -> str:
    """UTF-16 without BOM: ASCII signs leave zero bytes on one side only."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) < 8 * min(even, odd) + 2:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _mostly_utf8(data: bytes) -> bool:
    """Whether a damaged file is UTF-8 all the same: few broken places among many whole Chinese characters."""
    text = data.decode("utf-8", "replace")
    whole = sum(1 for char in text if char > "\x7f" and char != "�")
    return text.count("�") * 5 < whole


def _lenient(data: bytes, encoding: str) -> Text:
    try:
        return Text(data.decode(encoding))
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        broken = text.count("�")
        said = f"文件第 {error.start + 1} 个字节起有 {broken} 处读不了（按 {encoding.upper()} 读），已用“�”代替，请对照原件"
        return Text(text, (Oddity(OddityKind.DAMAGED, said),))
