"""The shape of an entry that a person wrote, checked by pydantic. Imported only where a library file has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from domain.framework import framework
from domain.library.entry import BASES, DIRECTIONS, GAPS, KINDS, OPERATORS, PURPOSES, SECTORS, SOURCES, gaps_of
from domain.library.faults import Hit
from domain.library.source import unknown_key_hint

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)+$"


def _one_of(words: tuple[str, ...]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in words:
            shown = "、".join(word or '""' for word in words)
            raise PydanticCustomError(
                "words", "“{value}”不在可用的词里，只能是：{words}", {"value": value, "words": shown}
            )
        return value

    return AfterValidator(check)


def _gaps(name: str) -> str:
    found = gaps_of(name)
    if len(found) > 1:
        raise PydanticCustomError("gap", "一个名称最多留一个空位")
    if found and found[0] not in GAPS:
        known = "、".join(f"{{{gap}}}" for gap in GAPS)
        raise PydanticCustomError("gap", "没有空位“{gap}”，只有 {known}", {"gap": found[0], "known": known})
    if "{" in name.replace(f"{{{found[0]}}}", "") if found else "{" in name or "}" in name:
        raise PydanticCustomError("gap", "花括号没有成对")
    return name


Text = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class EntryModel(BaseModel):
    """An [[entry]] as written; domain.library.entry.Entry is what it becomes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
    level1: Word
    level2: Word
    name: Annotated[str, StringConstraints(min_length=2, max_length=40), AfterValidator(_gaps)]
    template: bool
    keywords: Annotated[list[Word], Field(min_length=3, max_length=10)]
    synonyms: Annotated[list[Word], Field(min_length=1, max_length=6)]
    sectors: Annotated[list[Annotated[str, _one_of(SECTORS)]], Field(min_length=1)]
    purposes: Annotated[list[Annotated[str, _one_of(PURPOSES)]], Field(min_length=1)]
    kind: Annotated[str, _one_of(KINDS)]
    operator: Annotated[str, _one_of((*OPERATORS, ""))]
    target: Annotated[str, StringConstraints(max_length=20)]
    unit: Annotated[str, StringConstraints(max_length=20)]
    direction: Annotated[str, _one_of(DIRECTIONS)]
    definition: Text
    formula: Text
    basis: Annotated[list[Annotated[str, _one_of(BASES)]], Field(min_length=1)]
    basis_note: Text
    evidence: Annotated[list[Word], Field(min_length=1, max_length=4)]
    mistake: Text
    national: Annotated[str, StringConstraints(max_length=40)]
    source: Annotated[str, _one_of(SOURCES)]
    retired: bool = False
    use_instead: Annotated[str, StringConstraints(max_length=60)] = ""


def shape_hits(table: Mapping[str, Any], *, partial: bool = False) -> Iterator[Hit]:
    """What is wrong with the shape of an entry; `partial` allows missing keys (a change to an entry that exists)."""
    try:
        EntryModel.model_validate(dict(table))
    except ValidationError as error:
        for found in error.errors():
            if not (partial and found["type"] == "missing"):
                yield _hit(found)
    yield from _slot_hits(table, partial)


def _slot_hits(table: Mapping[str, Any], partial: bool) -> Iterator[Hit]:
    level1, level2, name = table.get("level1"), table.get("level2"), table.get("name")
    if isinstance(level1, str) and isinstance(level2, str):
        if framework().slot(level1, level2) is None:
            place = framework().by_level2(level2)
            advice = f"“{level2}”在“{place.level1}”下面" if place else "照抄表上的一级、二级名称"
            yield Hit("level2", "slot", f"框架里没有“{level1}›{level2}”这一格；{advice}。")
    elif partial and (level1 is None) != (level2 is None):
        yield Hit("level1", "slot", "要改所属的格子，level1 和 level2 请一起写。")
    template = table.get("template")
    if isinstance(name, str) and isinstance(template, bool) and template != bool(gaps_of(name)):
        wanted = "true" if gaps_of(name) else "false"
        yield Hit("template", "template", f"名称里{'有' if gaps_of(name) else '没有'}空位，template 应写 {wanted}。")


_COUNTS = {"keywords": "关键词 3 到 10 个", "synonyms": "同义名 1 到 6 个", "evidence": "证明材料 1 到 4 份"}


def _hit(error: Any) -> Hit:
    key = str(error["loc"][0]) if error["loc"] else ""
    kind, context = error["type"], error.get("ctx", {})
    match kind:
        case "missing":
            return Hit(key, "missing-key", f"缺少 {key}，请补上（各键的写法见 docs/library.md）。")
        case "extra_forbidden":
            return Hit(key, "unknown-key", f"没有 {key} 这个键，请删去或改对{unknown_key_hint(key)}。")
        case "too_short" | "too_long":
            return Hit(
                key, f"{key}-count", f"{_COUNTS.get(key, key + ' 至少一个')}，现在是 {context['actual_length']} 个。"
            )
        case "string_pattern_mismatch":
            return Hit(
                key, "id-form", "id 要用小写英文词加连字符，至少两段，例如 training-attendance-rate；定下后不再改。"
            )
        case "string_too_short":
            return Hit(key, "empty", f"{key} 不能空着。")
        case "string_too_long":
            return Hit(key, "too-long", f"{key} 太长，最多 {context['max_length']} 个字。")
        case "words":
            return Hit(key, f"unknown-{_SINGULAR.get(key, key)}", f"{key}：{error['msg']}。")
        case "gap":
            return Hit(key, "gap", f"{error['msg']}。")
    return Hit(key, "type", f"{key} 的类型不对，应是{_TYPES.get(kind, '规定的写法')}。")


_SINGULAR = {"sectors": "sector", "purposes": "purpose"}
_TYPES = {"string_type": "带引号的文字", "list_type": "方括号括起的若干文字", "bool_type": " true 或 false"}
