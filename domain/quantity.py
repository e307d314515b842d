"""Targets, money and dates as people type them: parse, normalise, print. Money is a Decimal in 万元 throughout."""

from __future__ import annotations

import ast
import datetime
import operator
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from domain.numerals import spelled_out
from domain.patterns import later
from domain.text import brief

CENT = Decimal("0.01")
"""Rounding step of amounts in 万元: the published forms show two decimals."""
YUAN_PER_WAN = Decimal(10000)
MAX_AMOUNT = Decimal(10) ** 9
"""Amounts above this many 万元 are refused as slips."""

_HALF = str.maketrans(
    "０１２３４５６７８９．，＋－＊／（）％＝＜＞：；　×✕✖xX＂“”",
    "0123456789.,+-*/()%=<>:; ***" + "**" + '"""',
)


def half_width(text: str) -> str:
    """Full-width digits and signs to ASCII, × to *, for parsing only."""
    return text.translate(_HALF)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an answer could not be understood, in Chinese, saying what to type instead."""

    message: str


# --- money ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Money:
    """An amount understood: 万元, with a note where something was computed, converted or rounded."""

    amount: Decimal
    note: str = ""


_TERM = later(r"(\d[\d,]*(?:\.\d+)?)\s*(万元|万|元|亿元|亿)?")
_SEVERAL_UNITS = later(r"(?:(\d+)亿)?(?:(\d{1,4})万元?)?(?:(\d{1,4}(?:\.\d+)?)元|(\d{4}))?")
"""24万6300元, 1亿2000万: parts that each follow on the larger one."""
_ODD_COMMA = later(r"\d,(?!\d{3}(?!\d))")
_NOISE = (
    r"(?:/|每|一)?(?:个月|个|月|年|季度|季|次|人次|人|名|部|台|套|条|户|天|日|小时|"
    r"平方米|公里|米|家|处|期|批|辆|件|册|份|场|节|课时|学时|吨|亩|株|棵|盏|座|间|张)"
)
_UNIT_NOISE = later(_NOISE)
_RUN_TOGETHER = later(rf"\d(?:{_NOISE}|万元|万|元|亿元|亿)\d")
"""3台80万: nothing says what is to be done with the two numbers."""
_MONEY_HELP = "请写成 24.63（万元）、246300元，或算式 1720元*12个月。"


def parse_money(text: str) -> Money | Problem:
    """Understand an amount: 24.63, 24.63万, 246300元, ¥246300, 24万6300元, 二十五万, 1720元*12个月+6450元*12个月.

    The result is in 万元, rounded to 0.01.
    """
    bare = re.sub(r"人民币|[约\s]", "", half_width(text)).rstrip("。.;；")
    bare = re.sub(r"^=(?=.*[*+])", "", bare)  # =1720元*12, as in a spreadsheet
    if not bare.strip("¥￥"):
        return Problem("还没有写金额。" + _MONEY_HELP)
    if _ODD_COMMA.search(bare):
        return Problem(f"“{_short(bare)}”里的逗号不在千位上：小数点请写“.”（24.63），千位写 246,300元，或者不写逗号。")
    found = _money_in_figures(bare, text.strip())
    if isinstance(found, Problem) and (figures := re.sub("[整正]$", "", spelled_out(bare))) != bare:
        spelled = _money_in_figures(figures, text.strip())
        return found if isinstance(spelled, Problem) else spelled
    return found


def _money_in_figures(bare: str, shown: str) -> Money | Problem:
    bare = re.sub(r"(?<=\d)[wW]", "万", re.sub(r"^[¥￥](\d[\d,]*(?:\.\d+)?)$", r"\1元", bare))
    left, _, stated = re.sub("[¥￥]", "", bare).partition("=")
    if simple := _TERM.fullmatch(left):
        return _simple_money(simple, shown)
    several = _SEVERAL_UNITS.fullmatch(left)
    if left and several and not stated:
        hundred_millions, ten_thousands = Decimal(several[1] or 0), Decimal(several[2] or 0)
        yuan = Decimal(several[3] or several[4] or 0)
        wan = hundred_millions * YUAN_PER_WAN + ten_thousands + yuan / YUAN_PER_WAN
        return _rounded(wan, f"{shown} = {plain(wan)}万元")
    return _computed_money(left, stated, shown)


def _simple_money(match: re.Match[str], shown: str) -> Money | Problem:
    number, unit = Decimal(match[1].replace(",", "")), match[2] or ""
    wan = number / YUAN_PER_WAN if unit == "元" else number * YUAN_PER_WAN if unit.startswith("亿") else number
    note = ""
    if unit == "元" or unit.startswith("亿"):
        note = f"{shown} = {plain(wan)}万元"
    elif not unit and number >= YUAN_PER_WAN:
        note = f"按 {plain(number)}万元 记下；如果是元，请写成 {plain(number)}元"
    return _rounded(wan, note)


def _rounded(wan: Decimal, note: str) -> Money | Problem:
    if wan > MAX_AMOUNT:
        return Problem("金额大得不像是真的，请核对单位（万元还是元）。")
    if wan == wan.quantize(CENT):
        return Money(_tidy(wan), note)
    rounded = wan.quantize(CENT, ROUND_HALF_UP)
    start = note or f"{plain(wan)}万元"
    return Money(_tidy(rounded), f"{start}，四舍五入为 {plain(rounded)}万元")


def _computed_money(expression: str, stated: str, shown: str) -> Money | Problem:
    if _RUN_TOGETHER.search(expression):
        return Problem(f"“{_short(expression)}”里两个数之间少了 + 或 *。{_MONEY_HELP}")
    bare = re.sub(r"(\d+(?:\.\d+)?)亿元?", rf"(\1*{YUAN_PER_WAN})万", _UNIT_NOISE.sub("", expression))
    has_yuan = "元" in bare.replace("万元", "")
    has_wan = "万" in bare
    if has_yuan and has_wan:
        return Problem("算式里既有元又有万元，请统一成一种单位再算。")
    bare = bare.replace("万元", "").replace("万", "").replace("元", "").replace(",", "")
    counted = bare != expression and re.fullmatch(r"[0-9.]*", bare) is not None  # 3部 is a quantity, not a sum
    try:
        if counted and not has_yuan and not has_wan:
            raise ValueError(expression)
        value = evaluate(bare)
    except (ValueError, InvalidOperation, DivisionByZero):
        return Problem(f"没有看懂金额“{_short(shown)}”。{_MONEY_HELP}")
    if value < 0:
        return Problem("算出来是负数，请检查算式。")
    value = abs(value)
    wan = value / YUAN_PER_WAN if has_yuan else value
    note = f"{expression} = {plain(value)}元 = {plain(wan)}万元" if has_yuan else f"{expression} = {plain(wan)}万元"
    if not has_yuan and not has_wan and value >= YUAN_PER_WAN:
        note += "（按万元算的；如果是元，请在算式里写上“元”）"
    if stated:
        claimed = _TERM.fullmatch(stated)
        if claimed and Decimal(claimed[1].replace(",", "")) not in (value, wan):
            note += f"（您写的是 {stated}，请核对）"
    return _rounded(wan, note)


_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def evaluate(expression: str) -> Decimal:
    """Value of + - * / and brackets over decimal numbers; raises ValueError for anything else or over 200 characters."""
    if len(expression) > 200:
        raise ValueError("too long")
    if not re.fullmatch(r"[0-9.+\-*/()]+", expression) or "**" in expression or "//" in expression:
        raise ValueError(expression)
    pieces = re.sub(r"\d+(?:\.\d+)?|\.\d+", lambda number: repr(number[0]), expression)
    try:
        tree = ast.parse(pieces, mode="eval")
    except SyntaxError as error:
        raise ValueError(expression) from error
    return _value(tree.body)


def _value(node: ast.expr) -> Decimal:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return Decimal(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        result: Decimal = _OPERATORS[type(node.op)](_value(node.left), _value(node.right))
        return result
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    raise ValueError(ast.dump(node))


def plain(number: Decimal) -> str:
    """A number without exponent and without trailing zeros: Decimal("24.60") → "24.6"."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


_WEIGHT = later(r"(\d{1,3}(?:\.\d{1,4})?)\s*[分%]?")


def parse_weight(text: str) -> Decimal | None:
    """A weight (权重) such as 10, 7.5分, 20%; None for anything else."""
    match = _WEIGHT.fullmatch(half_width(text).strip())
    return Decimal(match[1]) if match else None


def _tidy(number: Decimal) -> Decimal:
    return Decimal(plain(number))


def _short(text: str) -> str:
    return brief(text, 30)


# --- dates ---------------------------------------------------------------------------------------------------------

_DATE = later(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?")
_COMPACT = later(r"(\d{4})(\d{2})(\d{2})")
_MONTH = later(r"(?:(\d{4})[-/.年])?(\d{1,2})月?(底|末|初)?")
_END_OF_YEAR = later(r"(?:(\d{4})年?|[本当]?年)(?:(底|末|终)|初)")
_DATE_HELP = "请写成 2020-1-1、20200101 或 1月1日；全年项目写“全年”。"


def parse_date(text: str, year: int | None) -> datetime.date | Problem:
    """Understand a day: 2020-1-1, 20200101, 1月1日 (in `year`), 二〇二〇年一月一日, 3月底 (last day), 3月初 (first day), 年底."""
    plain_text = spelled_out(re.sub(r"\s+", "", half_width(text)))
    if match := _END_OF_YEAR.fullmatch(plain_text):
        plain_text = f"{match[1]}-" * bool(match[1]) + ("12-31" if match[2] else "1-1")
    match = _COMPACT.fullmatch(plain_text) or _DATE.fullmatch(plain_text)
    if match:
        found_year, month, day = match[1], int(match[2]), int(match[3])
    else:
        match = _MONTH.fullmatch(plain_text)
        if not match or not (match[3] or match[1]):
            return Problem(f"没有看懂日期“{_short(text)}”。{_DATE_HELP}")
        found_year, month = match[1], int(match[2])
        day = _last_day(int(found_year or year or 2000), month) if match[3] in ("底", "末") else 1
    if not found_year and year is None:
        return Problem("还没有填年份，请把年也写上，例如 2020-1-1。")
    try:
        return datetime.date(int(found_year) if found_year else int(year or 0), month, day)
    except (ValueError, OverflowError):
        return Problem(f"{_short(text)} 不是真实的日期，请核对年、月和日。")


def _last_day(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def whole_year(text: str) -> bool:
    """Whether the answer means the whole budget year (全年)."""
    bare = re.sub(r"\s+", "", half_width(text)).rstrip("。.")
    return bare in ("全年", "整年", "一年", "全年度", "1-12月", "1月-12月", "1至12月", "1月至12月")


# --- targets -------------------------------------------------------------------------------------------------------

OPERATORS = ("=", ">=", "<=", ">", "<")
_SIGNS = {
    "≥": ">=",
    "≤": "<=",
    "≧": ">=",
    "≦": "<=",
    "＝": "=",
    "﹥": ">",
    "＞": ">",
    "＜": "<",
    "〉": ">",
    "〈": "<",
    "=>": ">=",
    "=<": "<=",
}
_WORDS = (
    (later(r"^(?:不低于|不少于|不小于|至少|大于等于|大于或等于|达到?)\s*(?=\d)"), ">="),
    (later(r"^(?:不高于|不超过|不大于|不多于|至多|小于等于|小于或等于|控制在)\s*(?=\d)"), "<="),
    (later(r"^(?:高于|大于|超过|多于)\s*(?=\d)"), ">"),
    (later(r"^(?:低于|小于|少于)\s*(?=\d)"), "<"),
    (later(r"^(?:等于)\s*(?=\d)"), "="),
)
_AFTER = ((later(r"(?:及|或)?以上$"), ">="), (later(r"(?:及|或)?(?:以下|以内)$"), "<="))
_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")
_TARGET = later(r"(>=|<=|=|>|<)?\s*(\d[\d,]*(?:\.\d+)?)\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    """A target value (年度目标值) understood; `text` is what stands on the form.

    operator is "" where none was written; number is None for a judged (定性) word such as 健全.
    """

    text: str
    operator: str = ""
    number: Decimal | None = None
    unit: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the target is quantitative (定量)."""
        return self.number is not None

    @property
    def is_rate(self) -> bool:
        """Whether the target is a percentage."""
        return self.unit.startswith(("%", "‰"))


def parse_target(text: str) -> Target:
    """Understand a target: =147条, ≥98%, 98%, <3%, 不低于95%, 95%以上, 健全. Never fails: what is no number is a word.

    The text keeps the filer's own figures and unit; signs and words for an operator become = >= <= > <.
    """
    shown = text.strip().translate(_DIGITS)
    for sign, ascii_sign in _SIGNS.items():
        shown = shown.replace(sign, ascii_sign)
    shown = re.sub(r"^([<>])\s+=", r"\1=", shown.replace("％", "%"))
    for pattern, sign in _WORDS:
        shown = pattern.sub(sign, shown)
    for pattern, sign in _AFTER:
        if re.match(rf"(?:{sign}\s*)?\d", shown) and pattern.search(shown):
            shown = sign + pattern.sub("", shown).removeprefix(sign)
            break
    match = _TARGET.fullmatch(shown)
    if not match:
        return Target(shown)
    sign, digits, unit = match[1] or "", match[2], match[3].strip()
    if not sign and re.match(r"[-/.年月~至:：]|\d", unit):
        return Target(shown)
    return Target(f"{sign}{digits}{unit}", sign, Decimal(digits.replace(",", "")), unit)


_WHEN = later(r"(?:\d{4}[年.\-/])?\d{1,2}(?:月|[.\-/]\d{1,2}).{0,6}(?:前|底|末|内|日)")


_NAME_END = later(r"(?:率|数|数量|性|满意度|知晓度|认可度|情况|费|费用|成本|面积)$")
"""How names of indicators end and units do not: 12345热线接通率, 5G基站数."""


def looks_like_target(text: str) -> bool:
    """Whether a line typed at the indicator prompt is a target rather than a name: 98%, >=3次, 不低于95%, 3月底前."""
    target = parse_target(text)
    if _WHEN.fullmatch(target.text):
        return True
    if not target.is_number:
        return False
    return bool(target.operator) or (0 < len(target.unit) <= 6 and not _NAME_END.search(target.unit))
