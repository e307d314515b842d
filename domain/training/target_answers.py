"""Targets as trainees write them (目标值作答): with the name before, the source after, numbers in characters, any operator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.quantity import Target, parse_target
from domain.training.answers import as_text, flat
from domain.training.numerals import in_figures

_SOURCES: Mapping[str, str] = {
    "预算支出标准": r"支出|限额|定额|市场价|报价|标准单价|补贴标准|补助标准",
    "历史标准": r"历史|去年|上年|往年|历年|前三年|近三年|以往",
    "行业标准": r"行业|国家|国标|规范|规程|服务等级|上级考核",
    "计划标准": r"计划|合同|任务|清单|批复|方案|协议",
}
"""Words that show where a value comes from, by the source's name."""
_BEFORE = re.compile(r"^(?:目标值|指标值|应当|应该|应|要求|要|写成|写|为|是|定为|定|设为|[:：])+\s*")
_WORDS = (
    (re.compile(r"^(?:不得|不能|不可)(?:低于|少于|小于)\s*(?=\d)|^(?:最少|最低|起码|大于或者等于)\s*(?=\d)"), ">="),
    (
        re.compile(
            r"^(?:不得|不能|不可)(?:高于|超过|多于|大于|超)\s*(?=\d)|^(?:最多|最高|上限|不超|小于或者等于|控制在)\s*(?=\d)"
            r"|^(?:不晚于|不迟于|最晚|最迟)\s*(?=\d)"
        ),
        "<=",
    ),
    (re.compile(r"^(?:正好|刚好|共|共计|一共)\s*(?=\d)"), "="),
)
"""Operators in words beyond those that the form itself takes."""
_AFTER = (
    (re.compile(r"[及或含]?(?:以内|之内|内|以下|封顶)(?:到场|到达|送达|完成|办结|修复|恢复|响应|处置|解决)?$"), "<="),
    (re.compile(r"[及或含]?(?:以上|之上|(?<!\d)起)$"), ">="),
)
_HALF = re.compile(r"半(?=个?(?:小时|天|月|年))")
_ONE = re.compile(r"(?<![\u4e00-\u9fff])一(?=个?(?:小时|天|周|月|年|次|起|件)(?!性))")
_PER = re.compile(r"^([^\d每]*)((?:每一?(?:平方米|公里|人次|[\u4e00-\u9fff]))+)(?=[^\d]*\d)")
"""每台不超过5000元: for what the amount is paid stands before it."""
_YEARLY = re.compile(r"^(?:全年|每年|年内|年度)")
_VERB = re.compile(r"^[\u4e00-\u9fff]{1,8}?(?=[\d<>=])")
_CLAUSE = re.compile(r"^[\u4e00-\u9fff]{2,12}[,，](?=\s*[<>=≥≤]?\s*\d)")
"""全部签证，100%: what is said before the target."""
_SPLIT = re.compile(r"(.*?\d[\d,]*(?:\.\d+)?\s*[^\s,;、(。]*(?:\s*/\s*[^\s,;、(。]+)?)(.*)", re.DOTALL)
_DATE = re.compile(
    r"(?:(\d{4})\s*[年./-])?\s*(\d{1,2})\s*(?:月份?|[./-])\s*(?:(\d{1,2})\s*[日号]?|底|末|初)?(.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class TargetAnswer:
    """A target understood, and the name of its source (计划标准, 历史标准 …), "" where none was given."""

    target: Target
    source: str = ""


def read_target(answer: Any, name: str = "") -> TargetAnswer:
    """The target and source of an answer, a text or {"target", "source"}; never fails."""
    if isinstance(answer, Mapping):
        given, source = (
            as_text(answer.get("target", answer.get("目标值"))),
            as_text(answer.get("source", answer.get("来源"))),
        )
        read = read_target(given, name)
        return TargetAnswer(read.target, source_in(source) or source or read.source)
    text = in_figures(flat(as_text(answer).replace("\n", " ")).replace("。", "").strip("“”\"'"))
    bare = _BEFORE.sub("", text.removeprefix(flat(name)).strip()) if name else _BEFORE.sub("", text)
    bare = re.sub(r"(\d)\s*\(([^()\s]{1,6})\)", r"\1\2", _YEARLY.sub("", bare))
    bare = _ONE.sub("1", _HALF.sub("0.5", bare))
    per = _PER.match(bare)
    if per and "元" in bare and "/" not in bare:
        bare = re.sub(r"((?:千|万|亿)?元)", rf"\1{re.sub('每一?', '/', per[2])}", per[1] + bare[per.end() :], count=1)
    bare = _CLAUSE.sub("", bare)
    match = _SPLIT.match(bare)
    if match is None:
        word, _, rest = re.sub(r"[,;、(]", " ", bare).partition(" ")
        return TargetAnswer(parse_target(word), source_in(rest))
    target = parse_target(_operator(match[1].strip()))
    if not target.is_number:  # 租用3条
        target = parse_target(_operator(_VERB.sub("", match[1].strip())))
    return TargetAnswer(target, source_in(match[2]))


def _operator(text: str) -> str:
    """The target with its operator as a sign: 最低98%, 4小时内, 98%起."""
    for pattern, sign in _WORDS:
        text = pattern.sub(sign, text)
    for pattern, sign in _AFTER:
        if re.match(rf"(?:{sign}\s*)?\d", text) and pattern.search(text):
            return sign + pattern.sub("", text).removeprefix(sign).strip()
    return text


def source_in(text: str) -> str:
    """The source that a text speaks of, "" for none."""
    return next((name for name, words in _SOURCES.items() if re.search(words, text)), "")


@dataclass(frozen=True, slots=True)
class DateAnswer:
    """A day or month understood, and whether it is written as a limit (6月30日前, 12月底前, <=6月30日)."""

    month: int
    day: int | None
    limit: bool


def read_date(answer: Any, name: str = "") -> DateAnswer | None:
    """The date of an answer; None where there is none, or where the month or the day does not exist."""
    text = as_text(answer.get("target", answer.get("目标值")) if isinstance(answer, Mapping) else answer)
    bare = in_figures(flat(text.replace("\n", " "))).removeprefix(flat(name)).strip()
    match = _DATE.search(bare)
    if match is None or not 1 <= int(match[2]) <= 12 or (match[3] and not 1 <= int(match[3]) <= 31):
        return None
    before, after = bare[: match.start()], match[4]
    limit = bool(
        re.search(r"<|≤|不晚于|不迟于|最晚|最迟", before) or re.match(r"\s*(?:以前|之前|前|以内|内|止|完成)", after)
    )
    return DateAnswer(int(match[2]), int(match[3]) if match[3] else None, limit or bool(re.search(r"底|末", bare)))
