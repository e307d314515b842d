"""Numbers written in Chinese characters (汉字数字) as figures: 百分之九十八 → 98%, 九成五 → 95%, 三十条 → 30条."""

from __future__ import annotations

import re

from domain.numerals import DIGITS, RUN, value_of

_SHARE = re.compile(rf"百分之({RUN}(?:点{RUN})?|[\d.]+)")
_MILLE = re.compile(rf"千分之({RUN}(?:点{RUN})?|[\d.]+)")
_TENTHS = re.compile(r"([一二两三四五六七八九十])成([一二三四五六七八九半])?(?![功为立员本效果])")
_UNITS = (
    "个 条 部 台 套 人 名 户 次 场 期 件 起 项 处 所 座 元 万 天 小时 分钟 月 日 年 公里 平方 吨 亩 批 份 张 页 家 辆 支 % ‰"
).split()
_COUNTED = re.compile(rf"(?<![\d.])({RUN})(?=\s*(?:{'|'.join(_UNITS)}))")
_THOUSANDS = re.compile(rf"(?<![\d.])({RUN})万({RUN})(?=\s*(?:{'|'.join(_UNITS)}))")


def in_figures(text: str) -> str:
    """A text with shares, tenths and counted numbers as figures; a lone 一 (一次性) stays a word."""
    text = _SHARE.sub(lambda found: f"{_figure(found[1])}%", text)
    text = _MILLE.sub(lambda found: f"{_figure(found[1])}‰", text)
    text = _TENTHS.sub(_tenths, text)
    text = _THOUSANDS.sub(lambda found: str(int(value_of(found[1])) * 10_000 + int(value_of(found[2]))), text)
    return _COUNTED.sub(lambda found: found[1] if found[1] == "一" else value_of(found[1]), text)


def _figure(number: str) -> str:
    return number if number[0].isdigit() and number.isascii() else "100" if number == "百" else value_of(number)


def _tenths(found: re.Match[str]) -> str:
    tens = int(value_of(found[1])) * 10
    return f"{tens + (5 if found[2] == '半' else DIGITS[found[2]] if found[2] else 0)}%"
