"""Numbers and measure words (数词, 量词) as written in forms: half-width view, Chinese numerals, patterns the readers share."""

from __future__ import annotations

import re
from decimal import Decimal

from domain.numerals import DIGITS, STEPS

_WIDE = str.maketrans(
    "０１２３４５６７８９．＋－＊／（）％＝：；×✕✖［］【】﹝﹞　", "0123456789.+-*/()%=:;***[][]〔〕 "
)

_MYRIADS = {"万": 10_000, "亿": 100_000_000}
MULTIPLIERS = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
"""What may stand between digits and unit: 3万亩, 5千人."""

MEASURES = (
    "平方公里 平方千米 平方米 立方米 万平方米 平米 公里 千米 延米 公顷 公斤 千克 毫米 厘米 "
    "兆瓦时 兆瓦 千伏安 人次 人份 户次 家次 场次 批次 台次 台班 车次 班次 架次 件次 册次 课时 学时 点位 工时 人日 人天 千瓦时 千瓦 "
    "㎡ m² m³ km² km "
    "个 名 人 位 户 家 所 处 座 栋 幢 间 套 台 部 辆 艘 架 条 根 件 份 册 本 张 块 面 棵 株 盏 只 头 匹 尾 羽 箱 桶 支 枚 瓶 袋 盒 "
    "吨 斤 克 升 亩 米 里 次 场 期 批 班 节 门 项 宗 起 例 篇 幅 版 集 路 核 席 岗 组 队 对 种 款 孔 口 眼 扇 床 片 卷 页 道 捆 副 付 "
    "具 把 桩 天 小时 分钟 届 字 度 类 镇 乡 村 县 M"
).split()
"""Measure words and units of count; M (兆) is kept out of the pattern below, a bandwidth is no quantity delivered."""

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
CHINESE = "[零\u3007一二两三四五六七八九十百千万亿]+"
_LONG = sorted((re.escape(word) for word in MEASURES if len(word) > 1), key=len, reverse=True)
_SHORT = "".join(word for word in MEASURES if len(word) == 1 and word != "M")
MEASURE = rf"{'|'.join(_LONG)}|[{_SHORT}]"


def half(text: str) -> str:
    """Full-width digits, signs and brackets as ASCII, one for one, so that positions stay; full-width commas are kept."""
    return text.translate(_WIDE)


def arabic(digits: str, multiplier: str = "") -> Decimal:
    """("1,760", "") → 1760; ("1.2", "万") → 12000."""
    return _tidy(Decimal(digits.replace(",", "")) * MULTIPLIERS[multiplier])


def chinese(text: str) -> Decimal | None:
    """三十二 → 32, 两千 → 2000, 一万二千 → 12000; None for what is no well-formed numeral (万千, 二〇一九 as a year)."""
    if not text or (len(text) > 1 and not any(char in STEPS or char in _MYRIADS for char in text)):
        return None
    total = section = 0
    digit: int | None = None
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in STEPS:
            if digit is None and (section or char != "十"):
                return None
            section += (1 if digit is None else digit) * STEPS[char]
            digit = None
        else:
            section += digit or 0
            if not section:
                return None
            total, section, digit = (total + section) * _MYRIADS[char], 0, None
    return Decimal(total + section + (digit or 0))


def _tidy(number: Decimal) -> Decimal:
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()
