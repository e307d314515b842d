"""Numbers written in Chinese characters (汉字数字), also those of invoices (大写), as figures."""

from __future__ import annotations

from domain.patterns import later

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"\u3007": 0, "\u25cb": 0, "两": 2}
STEPS = {"十": 10, "百": 100, "千": 1000}
RUN = "[零\u3007\u25cb一二两三四五六七八九十百千]+"
_SPELLED = later(rf"(?<![\d.]){RUN}(?:点{RUN})?")
_INVOICE = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆", "一二三四五六七八九十百千元")


def value_of(text: str) -> str:
    """The figures of a number in characters: 一百二十 → 120, 二〇二一 → 2021, 九十八点五 → 98.5."""
    whole, _, part = text.partition("点")
    fraction = "." + "".join(str(DIGITS[sign]) for sign in part if sign in DIGITS) if part else ""
    if not any(sign in STEPS for sign in whole):
        return "".join(str(DIGITS[sign]) for sign in whole) + fraction
    total, digit = 0, 0
    for sign in whole:
        if sign in STEPS:
            total += (digit or 1) * STEPS[sign]
            digit = 0
        else:
            digit = DIGITS[sign]
    return f"{total + digit}{fraction}"


def spelled_out(text: str) -> str:
    """A text with every number in characters as figures; 万 and 亿 stay units: 贰拾肆万陆仟元 → 24万6000元."""
    return _SPELLED.sub(lambda found: value_of(found[0]), text.translate(_INVOICE))
