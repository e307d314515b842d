"""What people type as an answer, understood: one parser for each kind of field, results and never exceptions.

An answer may carry further edits (全年 fills both dates) and a note of what was computed or assumed; a refusal says in Chinese
what to type instead and may offer candidates to choose from by number.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from domain import numerals, pinyin, quantity, subjects
from domain.fields import Field, FieldPath, Kind, Spec
from domain.model import Declaration
from domain.narrative import bare_headings
from domain.patterns import later
from domain.project import Coded
from domain.quantity import Money, Problem
from domain.text import clean, one_line

START: FieldPath = ("project", "start_date")
END: FieldPath = ("project", "end_date")


@dataclass(frozen=True, slots=True)
class Understood:
    """An answer understood: the value, what else it settles, and a note where something was computed or assumed."""

    value: Any
    note: str = ""
    also: Mapping[FieldPath, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer not understood: what to type instead, and candidates (text to answer with) where there are some."""

    message: str
    candidates: tuple[str, ...] = ()


SUBJECTS_OFFERED = 9
"""Subjects to choose from at most, so that one digit chooses."""

Answer = Understood | Refused
Parser = Callable[[Field, str, Declaration], Answer]


def parse(one: Field, text: str, declaration: Declaration) -> Answer:
    """Understand what was typed for a field; the declaration gives the year that short dates fall into."""
    return PARSERS[one.spec.kind](one, text, declaration)


def is_budget_year(year: int) -> bool:
    """Whether a number can be a budget year (预算年度) at all."""
    return 1990 <= year <= 2100


def _year(one: Field, text: str, declaration: Declaration) -> Answer:
    figures = numerals.spelled_out(quantity.half_width(text))
    digits = re.sub(r"[年度\s]", "", figures)
    if not re.fullmatch(r"\d{4}|\d{2}", digits):
        told = [year for year in re.findall(r"(?<!\d)\d{4}(?!\d)", figures) if is_budget_year(int(year))]
        if len(told) == 1:
            return Refused(f"年份请只写 {told[0]} 四位数字；其余的字后面的栏目里会问到。")
        return Refused("年份请写四位数字，例如 2021。")
    year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    if not is_budget_year(year):
        return Refused(f"{year} 不像预算年度，请写四位年份，例如 2021。")
    return Understood(year)


def _text(one: Field, text: str, declaration: Declaration) -> Answer:
    found = _limited(one_line(text), one.spec)
    endings, neighbour = one.spec.mistaken
    if isinstance(found, Refused) or not found.value.endswith(endings):
        return found
    return replace(found, note=f"这一栏是{one.spec.label}，写的像是{neighbour}；写错了请回上一项改")


def _long(one: Field, text: str, declaration: Declaration) -> Answer:
    found = _limited(clean(text).strip("\n"), one.spec)
    if isinstance(found, Refused) or not (bare := bare_headings(found.value)):
        return found
    return replace(found, note=f"提纲里“{'、'.join(bare)}”下面还空着，回上一项补上，或删掉这几行")


def _limited(text: str, spec: Spec) -> Answer:
    over = len(text) - spec.max_chars
    if over > 0:
        return Refused(f"“{spec.label}”最多{spec.max_chars}字，多了{over}字；请删减后再确认，文字还在输入框里。")
    return Understood(text)


def _choice(one: Field, text: str, declaration: Declaration) -> Answer:
    line = one_line(text)
    meant = [choice for choice, words in zip(one.spec.choices, one.spec.spoken, strict=False) if _says(line, words)]
    return _one_of(one.spec.choices, meant[0] if len(meant) == 1 else line, one.spec.label)


def _says(text: str, words: str) -> bool:
    return any(word in text for word in words.split())


def _one_of(choices: tuple[str, ...], text: str, label: str) -> Answer:
    digits = quantity.half_width(text)
    if digits.isdecimal() and len(digits) <= 4 and 1 <= int(digits) <= len(choices):
        return Understood(choices[int(digits) - 1])
    hits = [choice for choice in choices if text == choice]
    hits = hits or [choice for choice in choices if text and text in choice]
    if not hits and pinyin.is_initials(text):
        hits = [choice for choice in choices if pinyin.matches(text, pinyin.keys(choice)) == 0]
    if len(hits) == 1:
        return Understood(hits[0])
    return Refused(f"{label}请从下面选一个，写序号、文字或拼音首字母都行。", tuple(hits or choices))


_YES = frozenset("是 是的 有 有的 包含 含 包括 涉及 需要 分 y yes 1 true 对 要 s".split())
_NO = frozenset("否 无 没 没有 不包含 不含 不包括 不涉及 不需要 无需 不用 不要 不分 不是 n no 0 2 false 不 f".split())


def _yes_no(one: Field, text: str, declaration: Declaration) -> Answer:
    word = quantity.half_width(text).strip().lower().rstrip("。.")
    if word in _YES:
        return Understood(True)
    if word in _NO:
        return Understood(False)
    return Refused("请回答“是”或“否”（y、n 也行）。", ("是", "否"))


def _phone(one: Field, text: str, declaration: Declaration) -> Answer:
    number = re.sub(r"\s+", "", quantity.half_width(text))
    if not re.fullmatch(r"[\d\-+()转,/]+", number):
        return Refused("电话请写数字，例如 5970000、0631-5970000 或11位手机号。")
    digits = re.sub(r"\D", "", number)
    note = "" if 7 <= len(digits) <= 12 else f"共{len(digits)}位数字，请核对是否少写或多写"
    return Understood(number, note) if len(number) <= one.spec.max_chars else Refused("电话太长了，请只写一个号码。")


_MONTH = later(r"(?:[0-9]{4}年)?[0-9]{1,2}月")
"""A month alone: its first day where the project begins, its last where it ends."""


def _date(one: Field, text: str, declaration: Declaration) -> Answer:
    year = declaration.project.year
    if quantity.whole_year(text):
        if year is None:
            return Refused("还没有填年份，“全年”算不出日期；请写成 2020-1-1，或先 /去 年份。")
        try:
            start, end = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        except (ValueError, OverflowError):
            return Refused(f"年份 {year} 不对，“全年”算不出日期；请先 /去 年份 改好。")
        both: dict[FieldPath, datetime.date] = {START: start, END: end}
        value = both.pop(one.path, start)
        return Understood(value, f"全年：{start} 至 {end}，开始和结束时间都填好了", both)
    span = re.split(r"\s*(?:至|到|—|～|~)\s*", text.strip())
    if len(span) == 2 and one.path == START and all(span):
        first, last = quantity.parse_date(span[0], year), quantity.parse_date(span[1], year)
        if isinstance(first, datetime.date) and isinstance(last, datetime.date):
            return Understood(first, f"{first} 至 {last}，开始和结束时间都填好了", {END: last})
    if _MONTH.fullmatch(numerals.spelled_out(quantity.half_width(re.sub(r"\s", "", text)))):
        found = quantity.parse_date(text + ("底" if one.path == END else "初"), year)
        return Refused(found.message) if isinstance(found, Problem) else Understood(found, f"按 {found} 记下")
    found = quantity.parse_date(text, year)
    return Refused(found.message) if isinstance(found, Problem) else Understood(found)


def _money(one: Field, text: str, declaration: Declaration) -> Answer:
    found = quantity.parse_money(text)
    return Refused(found.message) if isinstance(found, Problem) else _amount(found)


def _amount(money: Money) -> Answer:
    return Understood(money.amount, money.note)


_CODED = later(r"[\[［【(（]\s*([0-9A-Za-z]{2,20})\s*[\]］】)）]\s*(.*)|([0-9]{3,20})\s*(.*)")
"""A code in brackets, or a run of digits before the name; 5G网络 is a name."""


_CUT_CODE = later(r"[.．·—－-]\s*[0-9０-９]")
"""What follows a code that was written with a point or dash in it (2021.13.1), which no table of subjects has."""


def coded(text: str) -> Coded:
    """[003001007036]其他, 003001007036 其他 or 其他, taken as written."""
    match = _CODED.fullmatch(text.strip())
    if not match:
        return Coded("", text.strip())
    code, name = match[1] or match[3], (match[2] or match[4] or "").strip()
    return Coded(code, name) if any(char.isdigit() for char in code) else Coded("", text.strip())


_PART_OF_A_NAME = 3
"""Characters from which a part of a choice's name stands for it: 其他 is a category of its own on local lists."""


def _coded(one: Field, text: str, declaration: Declaration) -> Answer:
    line = one_line(text)
    if len(line) > one.spec.max_chars:
        return _limited(line, one.spec)
    value, spec = coded(line), one.spec
    if value.code or not spec.choices:
        return Understood(value)
    in_chinese = bool(re.search("[一-鿿]", line))
    found = _one_of(spec.choices, line, spec.label)
    if isinstance(found, Understood) and (len(line) >= _PART_OF_A_NAME or not in_chinese):
        return Understood(Coded("", found.value))
    if in_chinese:
        return Understood(
            value, f"“{line}”不在列出的{spec.label}里，已照原样记下；本地系统里有编码的，写成“[编码]名称”"
        )
    return Refused(
        f"“{line}”看不出是哪一类。请写序号、名称、本地的编码或“[编码]名称”；还不知道就写 /跳过。", spec.choices
    )


def _subjects(one: Field, text: str, declaration: Declaration) -> Answer:
    table = one.spec.table
    pieces = split_subjects(one_line(text))
    found: list[Coded] = []
    notes = []
    for number, piece in enumerate(pieces):
        subject = _subject(table, piece)
        if isinstance(subject, Refused):
            return _with_the_rest(subject, [str(other) for other in found], pieces[number + 1 :])
        found.append(subject)
        if subject.code and subjects.table(table).get(subject.code) is None:
            notes.append(f"{subject.code} 不在内置科目表里，已照原样记下，请自行核对")
        elif len(subject.code) not in (0, subjects.CODE_LENGTH[table]):
            notes.append(f"{subject.code} 是上级科目，一般要填到最末级")
    return Understood(tuple(found), "；".join(dict.fromkeys(notes)))


def _with_the_rest(refused: Refused, before: list[str], after: list[str]) -> Refused:
    """Candidates for one subject of a list, each with the others, so that choosing one loses none of them."""
    return Refused(refused.message, tuple(", ".join([*before, one, *after]) for one in refused.candidates))


def split_subjects(text: str) -> list[str]:
    """A list of subjects as on the form, divided by commas or 、; a name that itself contains 、 stays in one piece."""
    pieces = re.split(r"[,，;；]\s*(?=[\[［【\dA-Za-z一-鿿])|、\s*(?=[\[［【\d])", text)
    return [part.strip() for piece in pieces for part in _parts(piece) if part.strip()]


def _parts(piece: str) -> list[str]:
    if "、" not in piece or coded(piece).code:
        return [piece]
    one_name = any(subjects.find(table, piece) for table in subjects.CODE_LENGTH)
    return [piece] if one_name else piece.split("、")


def _subject(table: str, piece: str) -> Coded | Refused:
    """The subject that a code, a name, both, a part of the name or its pinyin initials stand for."""
    written = coded(piece)
    if _CUT_CODE.match(written.name) and written.code:
        return Refused(
            f"科目编码“{piece}”里不能有点号、横线；请只写数字（如 30207）、名称的一部分，或拼音首字母（如 ydf）。"
        )
    known = Coded(written.code, subjects.table(table).get(written.code, ""))
    if written.code and written.name:
        return known if piece == subjects.told_apart(table, known) else written
    if written.code.isdigit() and known.name:
        return known
    hits = subjects.find(table, written.code or written.name, SUBJECTS_OFFERED + 1)
    if hits:
        return _meant_of(table, piece, hits)
    if written.code.isdigit():
        return written
    return Refused(f"没有找到科目“{piece}”。请写编码（如 30207）、名称的一部分，或拼音首字母（如 ydf）。")


def _meant_of(table: str, piece: str, hits: Sequence[Coded]) -> Coded | Refused:
    """The one of several hits that is meant, last-level subjects of exactly that name before the others; else all to choose from."""
    exact = [hit for hit in hits if piece == hit.name and len(hit.code) == subjects.CODE_LENGTH[table]]
    fitting = exact or hits
    if len(fitting) == 1 or (not exact and piece in (hits[0].code, hits[0].name)):
        return fitting[0]
    offered = tuple(subjects.told_apart(table, hit) for hit in fitting[:SUBJECTS_OFFERED])
    if len(fitting) <= SUBJECTS_OFFERED:
        return Refused(f"“{piece}”能对上几个科目，请写序号选一个。", offered)
    more = "在前面加上类、款的名称（如 人大 行政运行）" if exact else "把名称写全一点"
    many = f"“{piece}”能对上的科目不止{len(offered)}个，先列这些：请写序号选一个，都不是就{more}，或写编码。"
    return Refused(many, offered)


PARSERS: Mapping[Kind, Parser] = {
    Kind.YEAR: _year,
    Kind.TEXT: _text,
    Kind.LONG: _long,
    Kind.CHOICE: _choice,
    Kind.CODED: _coded,
    Kind.SUBJECTS: _subjects,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
    Kind.MONEY: _money,
    Kind.PHONE: _phone,
}


def told(one: Field, value: Any) -> str:
    """A field's value as it is said back to people: as it stands on the form, money with its unit (24.63万元)."""
    unit = "万元" if one.spec.kind is Kind.MONEY and value is not None else ""
    return f"{shown(value)}{unit}"


def shown(value: Any) -> str:
    """A field's value as it stands on the form and in an input: 24.63, 2020-01-01, 是, [30207]邮电费."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return quantity.plain(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
